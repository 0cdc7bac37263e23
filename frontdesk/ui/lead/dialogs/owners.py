"""Who works a lead: handed over with a note, or simply given to another owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from frontdesk.domain.problems import Refused
from frontdesk.domain.records import StaffId
from frontdesk.services.decisions import Subject
from frontdesk.ui.lead.dialogs import inputs
from frontdesk.ui.lead.dialogs.forms import FormDialog
from frontdesk.ui.lead.effects import Change, Said, tell
from frontdesk.ui.lead.practices import Practice


@dataclass(frozen=True, slots=True)
class HandOver:
    """To whom, and what they must know."""

    to_person: StaffId
    note: str


class HandOverDialog(FormDialog):
    """Hand a lead to a colleague, who finds it on top of their queue; answers with a HandOver."""

    def __init__(self, host: QWidget, subject: Subject, practice: Practice) -> None:
        super().__init__(host, host.tr("Hand over"), [subject], practice, height=400)
        self.to_person, self.note = inputs.colleagues(self.practice), inputs.note_area()
        self.form.add("to_person", self.tr("Who takes it o&ver"), self.to_person, aside=self.tr("required"))
        self.form.add("note", self.tr("No&te"), self.note, aside=self.tr("required"))
        self.name_action(self.tr("Transfer"))
        self.finish()

    @override
    def answer(self) -> HandOver:
        case = self.subjects[0].case
        if not case.lead.is_open:
            raise Refused("lead_is_closed")
        to_person, note = inputs.colleague(self.to_person), self.note.toPlainText().strip()
        if to_person is None:
            raise Refused("to_person_needed", "to_person")
        if not note:
            raise Refused("note_needed", "note")
        return HandOver(to_person, note)

    @override
    def said(self) -> list[Said]:
        given, case = self.answer(), self.subjects[0].case
        after = replace(case, lead=replace(case.lead, owner_id=given.to_person))
        return tell([Change(case, after)], self.practice)


class OwnerDialog(FormDialog):
    """Give leads to another owner, or to nobody; answers with the owner's id or None."""

    def __init__(self, host: QWidget, subjects: Sequence[Subject], practice: Practice) -> None:
        super().__init__(host, host.tr("Owner"), subjects, practice, height=310)
        self.owner = inputs.colleagues(self.practice, self.tr("Nobody"))
        owners = {subject.case.lead.owner_id for subject in subjects}
        self.owner.choose(owners.pop() if len(owners) == 1 else None)
        self.form.add("owner_id", self.tr("O&wner"), self.owner)
        self.name_action(self.tr("Change owner"))
        self.finish()

    @override
    def answer(self) -> StaffId | None:
        return inputs.colleague(self.owner)

    @override
    def said(self) -> list[Said]:
        owner = inputs.colleague(self.owner)
        name = self.practice.person(owner) if owner is not None else self.tr("nobody")
        words = self.tr("Belongs to {name}.").format(name=name)
        if len(self.subjects) > 1:
            words = self.tr("{n} leads belong to {name}.").format(n=len(self.subjects), name=name)
        return [Said("user-check", words), Said("undo-2", self.tr("You can undo this."))]
