"""The answers that several dialogs ask for in the same way: a date in words, a colleague, an amount, a length, a note."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDateEdit, QLineEdit, QPlainTextEdit
from typing_extensions import override

from frontdesk.domain import money
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import FollowUpKind, StaffId
from frontdesk.domain.rules import Plan
from frontdesk.domain.workflow import Role
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.lead.words import tr
from frontdesk.ui.widgets import icons
from frontdesk.ui.widgets.buttons import DropDown
from frontdesk.ui.widgets.date_field import DateField, Understood
from frontdesk.ui.widgets.theme import theme

LENGTHS = (15, 30, 45, 60, 90, 120)
USUAL_LENGTH = 30


class DayField(QDateEdit):
    """A day with its calendar; drawn like the drop-downs beside it."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not theme().is_high_contrast:
            mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            icons.paint(QPainter(self), QPointF(10 if mirrored else self.width() - 24, (self.height() - 14) / 2), "calendar", "text3", 14)


def understood(field: DateField, name: str) -> Understood | None:
    """What a date field means; None when it is empty, refused at `name` when nothing understands it."""
    found = field.understood()
    if found is None and field.text().strip():
        raise Refused("when_not_understood", name)
    return found


def plan(field: DateField, kind: FollowUpKind = FollowUpKind.CALL, note: str = "") -> Plan | None:
    """The follow-up that a date field asks for, None when it is empty."""
    found = understood(field, "follow_up")
    return Plan(found.instant, kind, note, found.any_time) if found else None


def kinds() -> DropDown:
    """What the next contact is."""
    names = {
        FollowUpKind.CALL: tr("Call"),
        FollowUpKind.EMAIL: tr("E-mail"),
        FollowUpKind.TEXT: tr("Text message"),
        FollowUpKind.OTHER: tr("Something else"),
    }
    return DropDown(tr("Kind"), list(names.items()))


def colleagues(practice: Practice, nothing: str = "") -> DropDown:
    """Colleagues who can work leads, with a first line for nobody chosen."""
    named = [(None, nothing or tr("Choose a colleague"))]
    active = [each for each in practice.members if each.active and each.role is not Role.AUDITOR]
    return DropDown(tr("Colleague"), [*named, *((each.id, each.name) for each in sorted(active, key=lambda each: each.name))])


def colleague(made: DropDown) -> StaffId | None:
    """The colleague that is chosen."""
    key = made.key()
    return key if isinstance(key, int) else None


def lengths() -> DropDown:
    """How long a consultation takes."""
    made = DropDown(tr("Length"), [(minutes, tr("{n} minutes").format(n=minutes)) for minutes in LENGTHS])
    made.choose(USUAL_LENGTH)
    return made


def note_area() -> QPlainTextEdit:
    """Two lines to write in; Tab goes on."""
    area = QPlainTextEdit()
    area.setTabChangesFocus(True)
    area.setFixedHeight(theme().px(44))
    return area


def day_field(practice: Practice) -> DayField:
    """A day that is not in the future; today at first."""
    today = practice.hours.day(practice.now())
    made = DayField(QDate(today.year, today.month, today.day))
    made.setMaximumDate(made.date())
    made.setDisplayFormat("d MMM yyyy")
    made.setCalendarPopup(True)
    return made


def day_of(made: QDateEdit) -> date:
    """The day that is chosen."""
    chosen = made.date()
    return date(chosen.year(), chosen.month(), chosen.day())


def amount_of(line: QLineEdit, practice: Practice) -> int:
    """The amount in minor units, 0 when nothing is typed; refused at `amount` when it is none or not above zero."""
    if not line.text().strip():
        return 0
    found = money.amount(line.text(), practice.book.currency, practice.book.country)
    if found <= 0:
        raise Refused("amount_not_positive", "amount")
    return found
