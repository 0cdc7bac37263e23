"""The foot of the import: what is under way at the left; Back and the main action at the right."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from frontdesk.ui.widgets.buttons import button
from frontdesk.ui.widgets.figures import figure
from frontdesk.ui.widgets.icons import IconLabel
from frontdesk.ui.widgets.labels import label
from frontdesk.ui.widgets.layouts import row
from frontdesk.ui.widgets.pills import KeyCap

_QUIET_MS = 150


class Foot(QWidget):
    """Back, the main action with its key, and what is under way.

    Attributes:
        back_wanted: one step back.
        on_wanted: the main action.
        stop_wanted: what is under way shall stop.
    """

    back_wanted = Signal()
    on_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._icon, self._busy = IconLabel("loader-circle", "text2"), label("", tone="text2", tabular=True)
        self._words = ""
        self._stop = button(self.tr("Stop"), self.stop_wanted.emit, kind="plain")
        self._back = button(self.tr("&Back"), self.back_wanted.emit)
        self._on = button("", self.on_wanted.emit, kind="primary")
        self._on.setObjectName("continue")
        self._key = KeyCap("Ctrl+Enter")
        self.setLayout(row(self._icon, self._busy, self._stop, None, self._back, self._on, self._key))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(lambda: self._show_busy(True))
        self.calm()

    def offer(self, *, can_go_back: bool, on: str) -> None:
        """Say what the main action is; empty for none."""
        self._back.setVisible(can_go_back)
        if on:
            self._on.setText(on)
            self._on.setAccessibleName(on.replace("&", ""))
        self._on.setVisible(bool(on))
        self._key.setVisible(bool(on))

    def busy(self, words: str) -> None:
        """Say what is under way, when it takes longer than a moment; the main action waits for it."""
        self._words = words
        self._busy.setText(words)
        self._on.setEnabled(False)
        self._soon.start(_QUIET_MS)

    def progress(self, done: int, of: int) -> None:
        """Say how far it is."""
        self._busy.setText(f"{self._words} {figure(done)} / {figure(of)}")

    def calm(self) -> None:
        """Nothing is under way any more."""
        self._soon.stop()
        self._show_busy(False)
        self._on.setEnabled(True)

    def is_busy(self) -> bool:
        """Whether something is under way."""
        return not self._on.isEnabled()

    def _show_busy(self, shown: bool) -> None:
        for widget in (self._icon, self._busy, self._stop):
            widget.setVisible(shown)
