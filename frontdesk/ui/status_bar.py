"""The status bar: whether everything is saved, what waits, and the two keys that help at any moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from frontdesk.ui.commands import Commands
from frontdesk.ui.widgets.buttons import button
from frontdesk.ui.widgets.icons import IconLabel
from frontdesk.ui.widgets.labels import Tone, label, set_tone
from frontdesk.ui.widgets.layouts import clothe, row
from frontdesk.ui.widgets.pills import KeyCap
from frontdesk.ui.widgets.theme import theme

State = Literal["saved", "saving", "unsaved", "offline", "back"]
HEIGHT = 26
SAVING_AFTER_MS = 400
_LOOKS: dict[State, tuple[str, str, Tone]] = {
    "saved": ("circle-check", "ok", "text2"),
    "saving": ("loader-circle", "text2", "text2"),
    "unsaved": ("pencil", "warn", "warn"),
    "offline": ("wifi-off", "danger", "danger"),
    "back": ("circle-check", "ok", "ok"),
}


class StatusBar(QWidget):
    """The line at the bottom of the window.

    Attributes:
        drafts_wanted: list what waits to be finished.
    """

    drafts_wanted = Signal()

    def __init__(self, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        clothe(self, "foot")
        self.measure()
        self._state: State = "saved"
        self._icon = IconLabel("circle-check", "ok", 14)
        self._words = label("", "small", "text2")
        self._words.setObjectName("saving-state")
        self._drafts = button("", self.drafts_wanted.emit, kind="foot")
        self._drafts.setObjectName("drafts")
        self._drafts.hide()
        self._work = label("", "small", "text2")
        self._work.setObjectName("work")
        self._stop: Callable[[], object] | None = None
        self._cancel = button(self.tr("Cancel"), self._cancel_work, kind="foot")
        undo = button(self.tr("Undo last change"), lambda: commands.run("edit.undo"), kind="foot")
        keys = button(self.tr("All keys"), lambda: commands.run("help.keys"), kind="foot")
        line = row(
            self._icon,
            self._words,
            14,
            self._drafts,
            14,
            self._work,
            self._cancel,
            None,
            undo,
            KeyCap("Ctrl+Z"),
            10,
            keys,
            KeyCap("F1"),
            gap=5,
            margins=(14, 0, 14, 0),
        )
        self.hide_work()
        self.setLayout(line)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.timeout.connect(lambda: self.show_state("saving", self.tr("Saving…")))
        self.show_saved()

    def measure(self) -> None:
        """Take the height that fits the text size."""
        self.setFixedHeight(theme().px(HEIGHT))

    def show_state(self, state: State, words: str) -> None:
        """Show a state in its words and tone; a lost connection is read out at once, and once."""
        is_news, self._state = state != self._state, state
        icon, token, tone = _LOOKS[state]
        self._icon.show_icon(icon, token)
        self._words.setText(words)
        set_tone(self._words, tone)
        if is_news and state == "offline":
            event = QAccessibleAnnouncementEvent(self, words)
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
            QAccessible.updateAccessibility(event)

    def show_saved(self) -> None:
        """Nothing is under way, everything is safe."""
        self.show_state("saved", self.tr("All changes saved"))

    def set_writing(self, is_writing: bool) -> None:
        """A command is under way, or all are done; said only when it takes longer than 400 ms."""
        if is_writing:
            self._late.start(SAVING_AFTER_MS)
            return
        self._late.stop()
        if self._state in {"saved", "saving"}:
            self.show_saved()

    def set_drafts(self, count: int) -> None:
        """How many drafts wait to be finished."""
        words = self.tr("1 draft") if count == 1 else self.tr("{count} drafts").format(count=count)
        self._drafts.setText(words)
        self._drafts.setAccessibleName(words)
        self._drafts.setVisible(bool(count))

    def drafts_place(self) -> QPoint:
        """Where the list of drafts opens, on the screen."""
        return self._drafts.mapToGlobal(QPoint(0, 0))

    def show_work(self, words: str, cancel: Callable[[], object] | None) -> None:
        """What runs in the background and how far it is; with Cancel where it can be stopped."""
        self._work.setText(words)
        self._work.show()
        self._stop = cancel
        self._cancel.setVisible(cancel is not None)

    def hide_work(self) -> None:
        """Nothing runs in the background any more."""
        self._work.hide()
        self._cancel.hide()

    def work(self) -> str:
        """What runs in the background, in words; empty when nothing does."""
        return "" if self._work.isHidden() else self._work.text()

    def _cancel_work(self) -> None:
        if self._stop is not None:
            self._stop()

    def text(self) -> str:
        """The state in words."""
        return self._words.text()
