"""The Details tab: the full form of a lead and its person, saved with Ctrl+Enter."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Lead, Person
from frontdesk.ui.lead.lead_fields import LeadFields
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.problems import sentence
from frontdesk.ui.widgets.buttons import CheckBox, button
from frontdesk.ui.widgets.keys import shortcut
from frontdesk.ui.widgets.labels import label
from frontdesk.ui.widgets.layouts import column, row
from frontdesk.ui.widgets.pills import KeyCap


class Details(QWidget):
    """The form of the lead in front; what somebody is typing is not overwritten by what others changed.

    Attributes:
        saved: PersonFields, LeadFacts and the wishes (do not call, no marketing).
        rested: what to keep as a draft.
    """

    saved = Signal(object, object, object)
    rested = Signal(object)

    def __init__(self, practice: Practice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = LeadFields(practice, with_note=False)
        self._do_not_call = CheckBox(self.tr("Does not want to be c&alled"))
        self._no_marketing = CheckBox(self.tr("No ad&vertising"))
        wishes = self.form.add_row()
        self.form.add("do_not_call", "", self._do_not_call, beside=wishes)
        self.form.add("no_marketing", "", self._no_marketing, beside=wishes)
        for box in (self._do_not_call, self._no_marketing):
            box.setAccessibleName(box.text().replace("&", ""))
        self._state = label("", "small", "text3")
        self._save = button(self.tr("Save changes"), self.save)
        self._save.setObjectName("save-details")
        self._back = button(self.tr("Put back"), self._restore, kind="plain")
        self.setLayout(column(self.form, row(self._save, KeyCap("Ctrl+Enter"), self._back, self._state, None), gap=12))
        shortcut(self, "Ctrl+Return", self.save)
        self._shown: dict[str, str] = {}
        self._lead: tuple[Lead, Person] | None = None
        self.form.changed.connect(self._note_change)
        self.form.rested.connect(lambda: self.rested.emit(self.form.texts()) if self.is_changed() else None)
        self._note_change()

    def show_lead(self, lead: Lead, person: Person, draft: Mapping[str, str] | None = None) -> None:
        """Show a lead; the same lead again leaves alone what was typed meanwhile."""
        same = self._lead is not None and self._lead[0].id == lead.id
        self._lead = (lead, person)
        if same and self.is_changed():
            return
        self._restore()
        if draft:
            self.form.restore(draft)
            self._note_change()

    def is_changed(self) -> bool:
        """Whether something was typed that is not saved."""
        return self._lead is not None and self.form.texts() != self._shown

    def accept(self) -> None:
        """The changes were saved: what stands here is what is known."""
        self._shown = self.form.texts()
        self._note_change()

    def save(self) -> None:
        """Send the whole form."""
        self.form.accept_all()
        try:
            person, facts = self.form.person(), self.form.facts()
        except Refused as problem:
            self.form.refuse(problem.field, sentence(problem))
            return
        wishes = {"do_not_call": self._do_not_call.isChecked(), "no_marketing": self._no_marketing.isChecked()}
        self.saved.emit(person, facts, wishes)

    def _restore(self) -> None:
        if self._lead is None:
            return
        lead, person = self._lead
        self.form.show_lead(lead, person)
        self.form.restore({"do_not_call": "yes" if person.do_not_call else "", "no_marketing": "yes" if person.no_marketing else ""})
        self.form.accept_all()
        self._shown = self.form.texts()
        self._note_change()

    def _note_change(self) -> None:
        changed = self.is_changed()
        self._save.setEnabled(changed)
        self._back.setEnabled(changed)
        self._state.setText(self.tr("Not saved yet") if changed else "")
