"""A date and time in words: one text field, and below it at once how the words were understood.

The field knows no clock and no grammar: `read(text)` gives what was understood, or None. `frontdesk.domain.when` is behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QToolButton, QWidget
from typing_extensions import override

from frontdesk.ui.widgets.icons import IconLabel, icon
from frontdesk.ui.widgets.labels import label, set_tone
from frontdesk.ui.widgets.layouts import clothe, column, holder, row
from frontdesk.ui.widgets.popups import open_below
from frontdesk.ui.widgets.undo_strip import announce


@dataclass(frozen=True, slots=True)
class Understood:
    """What the words mean.

    Attributes:
        instant: the moment in UTC; for a day without a time the first moment of it at which something can be done.
        any_time: only the day was given.
        day: the local day.
        words: how it is echoed: "Wed 25 Nov, 15:00 · in 28 h".
        instead: what to type for the next opening when the practice is closed then, empty when it is open.
        closed: the sentence for that: "Closed then. Thu 26, 8:00 instead?"
    """

    instant: datetime
    day: date
    words: str
    instead: str = ""
    closed: str = ""
    any_time: bool = False


Read = Callable[[str], Understood | None]


class DateField(QWidget):
    """The field with its echo line.

    Attributes:
        changed: another moment, or none, is understood now.
    """

    changed = Signal()

    def __init__(self, read: Read, write: Callable[[date, datetime | None], str], name: str = "", parent: QWidget | None = None) -> None:
        """`write` turns a day and an optional moment into words that `read` understands, for the picker and the arrow keys."""
        super().__init__(parent)
        self._read, self._write = read, write
        self._aside = ""
        self._understood: Understood | None = None
        self.line = _Line(self)
        self.line.setAccessibleName(name or self.tr("Date and time in words"))
        self._icon = IconLabel("check", "ok", 14)
        self._echo = label("", "smallstrong", "ok", tabular=True)
        self._echo.setObjectName("echo")
        self._more = label("", "small", "text3")
        self._clash = label("", "small", "warn", wrap=True)
        self._clash.setObjectName("warning")
        clash = row(IconLabel("triangle-alert", "warn", 14), self._clash, gap=6)
        clash.setStretch(1, 1)
        self._warned = holder(clash)
        self._warned.hide()
        self.setLayout(column(self.line, row(self._icon, self._echo, self._more, None, gap=6), self._warned, gap=4))
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._reread)
        self._reread()

    def understood(self) -> Understood | None:
        """What is understood now, None when nothing is typed or the words mean nothing."""
        return self._understood

    def text(self) -> str:
        """The words as typed."""
        return self.line.text()

    def set_text(self, words: str) -> None:
        """Put words into the field, as if they had been typed."""
        self.line.setText(words)

    def set_aside(self, words: str) -> None:
        """A quiet remark behind the echo, such as "1 other follow-up at 15:00"."""
        self._aside = words
        self._show()

    def warn(self, words: str) -> None:
        """A line below the echo: what to know before this time is taken; empty takes it away. It is read out, and refuses nothing."""
        if words != self._clash.text():
            self._clash.setText(words)
            self._warned.setVisible(bool(words))
            if words:
                announce(self.line, words)

    def warning(self) -> str:
        """What is warned of, empty when there is nothing."""
        return self._clash.text()

    def aside(self) -> str:
        """The quiet remark behind the echo."""
        return self._aside

    def echo(self) -> str:
        """The line under the field."""
        return self._echo.text()

    def move_days(self, by: int) -> None:
        """Move what is understood by whole days."""
        if self._understood is not None:
            found = self._understood
            self._say(found.day + timedelta(days=by), None if found.any_time else found.instant)

    def accept_opening(self) -> bool:
        """Take the next opening when the practice is closed then; False when there is nothing to take."""
        if self._understood is None or not self._understood.instead:
            return False
        self.line.setText(self._understood.instead)
        return True

    def pick(self) -> None:
        """Open the month; Enter or a click takes the day, Esc leaves everything as it was."""
        picker = _Month(self, self._understood.day if self._understood else None)
        picker.picked.connect(lambda day: self._say(day, None))
        picker.show_below(self.line)

    def _say(self, day: date, instant: datetime | None) -> None:
        self.line.setText(self._write(day, instant))
        announce(self.line, self._echo.text())

    def _reread(self) -> None:
        typed = self.line.text().strip()
        self._understood = self._read(typed) if typed else None
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        found, typed = self._understood, bool(self.line.text().strip())
        self._icon.setVisible(typed)
        if found is None:
            self._icon.show_icon("info", "text3")
            words, tone = (self.tr("Try “tomorrow 3pm” or “in 2 days”") if typed else ""), "text3"
        elif found.closed:
            self._icon.show_icon("triangle-alert", "warn")
            words, tone = found.closed, "warn"
        else:
            self._icon.show_icon("check", "ok")
            words, tone = found.words, "ok"
        self._echo.setText(words)
        set_tone(self._echo, tone)  # type: ignore[arg-type] # one of three literals
        more = self.tr("Tab accepts") if found and found.closed else self._aside if found else ""
        self._more.setText(f"·  {more}" if more else "")


class _Line(QLineEdit):
    def __init__(self, field: DateField) -> None:
        super().__init__(field)
        self._field = field
        month = self.addAction(icon("calendar", "text3"), QLineEdit.ActionPosition.TrailingPosition)
        month.setToolTip(self.tr("Choose in the month (Alt+Down)"))
        month.triggered.connect(field.pick)
        for made in self.findChildren(QToolButton):
            made.setAccessibleName(self.tr("Choose in the month"))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (event.key(), event.modifiers())
        if keys == (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier):
            self._field.pick()
        elif event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._field.move_days(1 if event.key() == Qt.Key.Key_Up else -1)
        else:
            super().keyPressEvent(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        # The first Tab takes the offered opening, the second one goes on.
        return (next and self._field.accept_opening()) or super().focusNextPrevChild(next)


class _Month(QFrame):
    picked = Signal(object)

    def __init__(self, parent: QWidget, day: date | None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        clothe(self, "popup")
        self._calendar = QCalendarWidget()
        self._calendar.setAccessibleName(self.tr("Month"))
        self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):  # red is for what is late
            self._calendar.setWeekdayTextFormat(weekend, self._calendar.weekdayTextFormat(Qt.DayOfWeek.Monday))
        if day is not None:
            self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._calendar.activated.connect(self._take)
        self._calendar.clicked.connect(self._take)
        self.setLayout(column(self._calendar, margins=(6, 6, 6, 6)))

    def show_below(self, line: QWidget) -> None:
        open_below(self, line)
        self._calendar.setFocus()

    def _take(self, day: QDate) -> None:
        self.picked.emit(date(day.year(), day.month(), day.day()))
        self.close()
