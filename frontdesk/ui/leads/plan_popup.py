"""The same next contact for all selected leads: one date in words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from frontdesk.domain.problems import Refused
from frontdesk.domain.rules import Plan
from frontdesk.ui.lead.date_fields import date_field
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.lead.slots import AsksWhen
from frontdesk.ui.problems import sentence
from frontdesk.ui.widgets.buttons import button
from frontdesk.ui.widgets.forms import Field
from frontdesk.ui.widgets.layouts import clothe, column, row
from frontdesk.ui.widgets.popups import open_below
from frontdesk.ui.widgets.theme import theme


class PlanPopup(AsksWhen, QFrame):
    """Asks when; closes with Esc.

    Attributes:
        planned: the Plan.
    """

    planned = Signal(object)

    def __init__(self, number: int, practice: Practice, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("plan-of-many")
        title = self.tr("Follow up {n} leads").format(n=number)
        self.setAccessibleName(title)
        clothe(self, "popup")
        self.practice = practice
        self.when = date_field(practice, self.tr("When"))
        self.when.setMinimumWidth(theme().px(300))
        self._field = Field(title, self.when)
        save = button(self.tr("Set follow-up"), self.save)
        self.setLayout(column(self._field, row(None, save), gap=8, margins=(12, 10, 12, 10)))
        self.when.line.returnPressed.connect(self.save)

    def show_below(self, widget: QWidget) -> None:
        """Open under a button."""
        open_below(self, widget)
        self.when.setFocus()

    def save(self) -> None:
        """Give the plan, when the words mean a moment."""
        found = self.when.understood()
        if found is None:
            self._field.refuse(sentence(Refused("when_not_understood" if self.when.text().strip() else "follow_up_needed")))
            return
        self.planned.emit(Plan(found.instant, any_time=found.any_time))

    def refuse(self, problem: Refused) -> None:
        """Say why it can't be saved."""
        self._field.refuse(sentence(problem))
