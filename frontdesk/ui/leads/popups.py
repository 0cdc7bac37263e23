"""The popups below a filter chip: check boxes for what can be one of several, periods and days for dates."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QDateEdit, QFrame, QWidget

from frontdesk.ui.leads.conditions import PERIODS, SPANS, Values, name_of, tr
from frontdesk.ui.widgets.buttons import CheckBox, button
from frontdesk.ui.widgets.labels import label
from frontdesk.ui.widgets.layouts import clothe, column, hline, holder, row, scrolled
from frontdesk.ui.widgets.popups import open_below
from frontdesk.ui.widgets.theme import theme

_TALLEST = 360
_PAST = ("today", "yesterday", "last_7", "last_30", "last_90", "this_month", "last_month", "this_year")
_COMING = ("overdue", "today", "coming_7")


class FilterPopup(QFrame):
    """A popup that closes with Esc or a click beside it.

    Attributes:
        chosen: the key of the condition and its values; none takes it away.
    """

    chosen = Signal(str, object)

    def __init__(self, key: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName(f"filter-{key}")
        self.setAccessibleName(name_of(key))
        self.key = key
        clothe(self, "popup")

    def show_below(self, chip: QWidget) -> None:
        """Open under a chip."""
        open_below(self, chip)
        first = self.nextInFocusChain()
        if first is not None:
            first.setFocus()


class ChoicePopup(FilterPopup):
    """Any of several; every tick is shown in the list at once."""

    def __init__(self, key: str, options: Sequence[tuple[str, str]], values: Values, parent: QWidget) -> None:
        super().__init__(key, parent)
        self._boxes = []
        for value, words in options:
            box = CheckBox(words.replace("&", "&&"), checked=value in values)
            box.setAccessibleName(words)
            box.toggled.connect(self._tell)
            self._boxes.append((value, box))
        boxes = holder(column(*(box for _, box in self._boxes), gap=1, margins=(6, 4, 10, 4)))
        area = scrolled(boxes)
        area.setFixedHeight(min(theme().px(_TALLEST), boxes.sizeHint().height() + 4))
        area.setMinimumWidth(max(theme().px(190), boxes.sizeHint().width() + 16))
        self.setLayout(column(area, margins=(6, 6, 6, 6)))

    def _tell(self) -> None:
        self.chosen.emit(self.key, tuple(value for value, box in self._boxes if box.isChecked()))


class SpanPopup(FilterPopup):
    """A period by name, or from day to day."""

    def __init__(self, key: str, today: QDate, values: Values, parent: QWidget) -> None:
        super().__init__(key, parent)
        names = _COMING if key == "next_follow_up" else _PAST
        periods = [button(tr(PERIODS[name]).capitalize(), partial(self._choose, (name,)), kind="plain") for name in names]
        self._from, self._to = self._day(tr("From"), today.addDays(-30), values, 0), self._day(tr("To"), today, values, 1)
        days = column(
            row(label(tr("From"), "label", "text2"), None, self._from),
            row(label(tr("To"), "label", "text2"), None, self._to),
            row(None, button(tr("Show these days"), self._take_days)),
            gap=6,
            margins=(8, 4, 8, 4),
        )
        self.setLayout(column(*periods, hline(), days, gap=2, margins=(6, 6, 6, 6)))

    def _day(self, name: str, day: QDate, values: Values, at: int) -> QDateEdit:
        field = QDateEdit(QDate.fromString(values[at], Qt.DateFormat.ISODate) if len(values) == 2 and values[at] else day)
        field.setCalendarPopup(True)
        field.setAccessibleName(f"{self.accessibleName()}, {name}")
        field.setMinimumWidth(theme().px(120))
        return field

    def _take_days(self) -> None:
        first, last = sorted((self._from.date().toString(Qt.DateFormat.ISODate), self._to.date().toString(Qt.DateFormat.ISODate)))
        self._choose((first, last))

    def _choose(self, values: Values) -> None:
        self.chosen.emit(self.key, values)
        self.close()


def is_span(key: str) -> bool:
    """Whether a condition is about days."""
    return key in SPANS
