"""A fold: a heading that opens and closes what stands below it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.ui.widgets.buttons import button, set_icon
from frontdesk.ui.widgets.labels import label
from frontdesk.ui.widgets.layouts import column, row
from frontdesk.ui.widgets.pills import KeyCap


class Fold(QWidget):
    """A heading with an arrow, an optional count and key, and a body that it shows or hides.

    Attributes:
        toggled: whether the body is open now.
    """

    toggled = Signal(bool)

    def __init__(self, words: str, body: QWidget, *, count: str = "", key: str = "", is_open: bool = False) -> None:
        super().__init__()
        self._words, self._body = words, body
        self._head = button(words, self.toggle, kind="fold")
        self._count = label(count, "small", "text3")
        head = row(self._head, self._count, None, gap=4)
        if key:
            head.addWidget(KeyCap(key))
        self.setLayout(column(head, body, gap=4))
        self.set_open(is_open)

    def set_count(self, count: str) -> None:
        """Show how much stands below."""
        self._count.setText(count)
        self._name()

    def is_open(self) -> bool:
        """Whether the body is shown."""
        return not self._body.isHidden()

    def set_open(self, is_open: bool) -> None:
        """Show or hide the body."""
        self._body.setVisible(is_open)
        set_icon(self._head, "chevron-down" if is_open else "chevron-right", "text2", 14)
        self._name()

    def toggle(self) -> None:
        """Open it when closed, close it when open."""
        self.set_open(not self.is_open())
        self.toggled.emit(self.is_open())

    def _name(self) -> None:
        state = self.tr("open") if self.is_open() else self.tr("closed")
        self._head.setAccessibleName(", ".join(part for part in (self._words.replace("&", ""), self._count.text(), state) if part))
