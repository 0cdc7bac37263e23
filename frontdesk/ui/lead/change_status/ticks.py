"""A check box that must be ticked, with a place for the sentence that says so."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.ui.widgets.buttons import CheckBox
from frontdesk.ui.widgets.labels import label
from frontdesk.ui.widgets.layouts import column
from frontdesk.ui.widgets.undo_strip import announce


class Tick(QWidget):
    """The check box and its error sentence.

    Attributes:
        changed: it was ticked, or the tick was taken away.
    """

    changed = Signal()

    def __init__(self, words: str, name: str) -> None:
        super().__init__()
        self.box = CheckBox(words)
        self.box.setObjectName(name)
        self._wrong = label("", "small", "danger", wrap=True)
        self._wrong.hide()
        self.setLayout(column(self.box, self._wrong, gap=2))
        self.setFocusProxy(self.box)
        self.box.toggled.connect(self._toggled)

    def refuse(self, sentence: str) -> None:
        """Show what is missing, and read it out."""
        self._wrong.setText(sentence)
        self._wrong.show()
        self.box.setAccessibleDescription(sentence)
        announce(self.box, sentence)

    def error(self) -> str:
        """The error sentence, empty when there is none."""
        return "" if self._wrong.isHidden() else self._wrong.text()

    def _toggled(self) -> None:
        self._wrong.hide()
        self.box.setAccessibleDescription("")
        self.changed.emit()
