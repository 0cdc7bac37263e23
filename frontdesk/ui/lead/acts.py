"""The row of actions of the profile, and what came of a call, e-mail or text that was just begun."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from shiboken6 import isValid

from frontdesk.domain.workflow import Disposition
from frontdesk.ui.widgets.buttons import button, icon_button
from frontdesk.ui.widgets.labels import label
from frontdesk.ui.widgets.layouts import clear, column, row, surface
from frontdesk.ui.widgets.pills import KeyCap

CALL, EMAIL, TEXT = "call", "email_reply", "text"
_OUTCOMES: Mapping[str, tuple[tuple[Disposition | None, str, str], ...]] = MappingProxyType(
    {
        CALL: (
            (Disposition.NO_ANSWER, "No answer", "N"),
            (Disposition.LEFT_MESSAGE, "Left message", "M"),
            (Disposition.SPOKE, "Spoke", "S"),
        ),
        EMAIL: ((None, "E-mail sent", ""), (Disposition.SPOKE, "They answered", "")),
        TEXT: ((None, "Text sent", ""), (Disposition.SPOKE, "They answered", "")),
    }
)


class Actions(QWidget):
    """Call, E-mail, Text, Follow up, Schedule.

    Attributes:
        wanted: "call", "email", "text", "follow_up" or "appointment".
    """

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, tuple[QPushButton, str]] = {}
        self._line = row(gap=6)
        self.setLayout(self._line)
        self._add("call", self.tr("Call"), "phone", "Ctrl+D", self.tr("Call {name}"))
        self._add("email", self.tr("E-mail"), "mail", "E", self.tr("E-mail {name}"))
        self._add("text", self.tr("Text"), "message-square", "T", self.tr("Text {name}"))
        self._add("follow_up", self.tr("Follow up"), "clock", "F", self.tr("Follow up {name}"))
        schedule = icon_button("calendar-plus", "", lambda: self.wanted.emit("appointment"), size=18)
        schedule.setProperty("kind", "outlined")
        schedule.setFixedWidth(36)
        self._keep("appointment", schedule, self.tr("Schedule an appointment for {name}"), "B")
        self._line.addStretch(1)

    def show_lead(self, name: str, why_not: Mapping[str, str]) -> None:
        """Name the actions after the person; those in `why_not` are disabled, with the reason as tool tip."""
        for key, (made, pattern) in self._buttons.items():
            made.setAccessibleName(pattern.format(name=name))
            made.setEnabled(key not in why_not)
            made.setToolTip(why_not.get(key) or f"{pattern.format(name=name)} ({made.property('shown_key')})")

    def _add(self, key: str, words: str, icon: str, shown_key: str, pattern: str) -> None:
        made = button(words, lambda: self.wanted.emit(key), icon=icon)
        self._keep(key, made, pattern, shown_key)

    def _keep(self, key: str, made: QPushButton, pattern: str, shown_key: str) -> None:
        made.setObjectName(f"act-{key}")
        made.setProperty("shown_key", shown_key)
        made.setAccessibleName(pattern.format(name="").strip())
        self._buttons[key] = (made, pattern)
        self._line.addWidget(made)


class Outcomes(QWidget):
    """What came of a contact that was begun here; it stays until it is answered or closed.

    Attributes:
        chosen: the channel and the disposition.
    """

    chosen = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before: QWidget | None = None
        self._line = row(gap=6)
        self._question = label("", "smallstrong", "text2")
        close = icon_button("x", self.tr("Nothing to note down"), self._leave, size=14)
        inner = column(row(self._question, None, close), self._line, gap=2, margins=(12, 4, 6, 10))
        self.setLayout(column(surface("well", inner)))
        self.setObjectName("outcomes")
        self.hide()

    def ask(self, channel: str) -> None:
        """Ask what came of it."""
        clear(self._line)
        self._before = QApplication.focusWidget()
        self._question.setText(self.tr("What came of it?"))
        first: QPushButton | None = None
        for disposition, words, key in _OUTCOMES[channel]:
            made = button(self.tr(words), lambda found=disposition: self._answer(channel, found))  # type: ignore[misc]
            made.setObjectName(f"outcome-{disposition or 'sent'}")
            self._line.addWidget(made)
            first = first or made
            if key:
                self._line.addWidget(KeyCap(key))
        self._line.addStretch(1)
        self.show()
        if first is not None:
            first.setFocus()

    def _leave(self) -> None:
        """Go away, the focus back to where it was."""
        if self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def _answer(self, channel: str, disposition: Disposition | None) -> None:
        self._leave()
        self.chosen.emit(channel, disposition)
