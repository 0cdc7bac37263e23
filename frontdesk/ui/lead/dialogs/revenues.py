"""Record money received from one lead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from frontdesk.domain.problems import Refused
from frontdesk.domain.rules import may_write
from frontdesk.services.decisions import Subject
from frontdesk.ui.lead.dialogs import inputs
from frontdesk.ui.lead.dialogs.forms import FormDialog
from frontdesk.ui.lead.effects import Said, change, tell
from frontdesk.ui.lead.practices import Practice


@dataclass(frozen=True, slots=True)
class RevenueAnswer:
    """Minor units, the day they came, and a note."""

    amount: int
    received_on: date
    note: str = ""


class RevenueDialog(FormDialog):
    """Add revenue; answers with a RevenueAnswer. The status stays."""

    def __init__(self, host: QWidget, subject: Subject, practice: Practice) -> None:
        super().__init__(host, host.tr("Add revenue"), [subject], practice, height=440)
        self.amount, self.day, self.note = QLineEdit(), inputs.day_field(self.practice), inputs.note_area()
        self.form.add("amount", self.tr("&Amount"), self.amount, aside=self.practice.book.currency)
        self.form.add("received_on", self.tr("Received o&n"), self.day)
        self.form.add("note", self.tr("No&te"), self.note, aside=self.tr("optional"))
        self.name_action(self.tr("Save revenue"))
        self.finish()

    @override
    def answer(self) -> RevenueAnswer:
        may_write(self.occasion(self.subjects[0]))
        return RevenueAnswer(self._amount(), inputs.day_of(self.day), self.note.toPlainText().strip())

    @override
    def said(self) -> list[Said]:
        return tell([change(self.subjects[0].case, [], self._amount())], self.practice)

    def _amount(self) -> int:
        amount = inputs.amount_of(self.amount, self.practice)
        if not amount:
            raise Refused("amount_not_positive", "amount")
        return amount
