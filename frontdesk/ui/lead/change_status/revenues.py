"""Revenue per person, for a won status of many leads; an empty amount is added later (S3.23–S3.25)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from frontdesk.domain.problems import Refused
from frontdesk.domain.records import LeadId
from frontdesk.services.decisions import Subject
from frontdesk.ui.lead.dialogs.inputs import amount_of
from frontdesk.ui.lead.headlines import display_name
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.lead.words import tr
from frontdesk.ui.widgets.labels import ElidedLabel, label, restyle
from frontdesk.ui.widgets.layouts import column
from frontdesk.ui.widgets.privacy import privacy
from frontdesk.ui.widgets.theme import theme
from frontdesk.ui.widgets.undo_strip import announce


class RevenueTable(QWidget):
    """A line for every person.

    Attributes:
        changed: an amount was typed.
    """

    changed = Signal()

    def __init__(self, subjects: Sequence[Subject], practice: Practice) -> None:
        super().__init__()
        self._practice = practice
        self._lines: dict[LeadId, QLineEdit] = {}
        self._wrong = label("", "small", "danger", wrap=True)
        self._wrong.hide()
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        for at, subject in enumerate(subjects):
            name = privacy().shown(display_name(subject.person, practice))
            grid.addWidget(ElidedLabel(name), at, 0)
            grid.addWidget(self._line(subject.case.lead.id, name), at, 1)
        head = label(self.tr("Revenue of each person; leave empty what you add later"), "strong", wrap=True)
        self.setLayout(column(head, grid, self._wrong))

    def amounts(self) -> dict[LeadId, int]:
        """Minor units by lead, without those left empty; refused at the line that is no amount."""
        found: dict[LeadId, int] = {}
        for lead_id, line in self._lines.items():
            if amount := amount_of(line, self._practice):
                found[lead_id] = amount
        return found

    def refuse(self, sentence: str) -> None:
        """Show the sentence, and go to the first line that is no amount."""
        self._wrong.setText(sentence)
        self._wrong.show()
        line = next(line for line in self._lines.values() if not self._is_amount(line))
        restyle(line, "wrong", True)
        line.setFocus()
        announce(line, sentence)

    def _line(self, lead_id: LeadId, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setFixedWidth(theme().px(130))
        line.setAccessibleName(tr("Revenue of {name}").format(name=name))
        line.textChanged.connect(self._edited)
        self._lines[lead_id] = line
        return line

    def _is_amount(self, line: QLineEdit) -> bool:
        try:
            amount_of(line, self._practice)
        except Refused:
            return False
        return True

    def _edited(self) -> None:
        self._wrong.hide()
        for line in self._lines.values():
            restyle(line, "wrong", False)
        self.changed.emit()
