"""Filter chips: what narrows a list, each removable with a click, Enter or Delete; and the chips that add a filter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from frontdesk.ui.widgets.buttons import button, set_icon
from frontdesk.ui.widgets.layouts import clear, row


class Chips(QWidget):
    """Active filters first, then one chip for each filter that can be added.

    Attributes:
        removed: the key of the filter that shall go.
        wanted: the key of a filter to add; the page opens its choices at `chip(key)`.
    """

    removed = Signal(str)
    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row(gap=7)
        self.setLayout(self._row)
        self._chips: dict[str, QPushButton] = {}

    def offer(self, active: Sequence[tuple[str, str]], addable: Sequence[tuple[str, str]] = ()) -> None:
        """Show the active filters as (key, sentence) and those that can be added as (key, words)."""
        before, focused = list(self._chips), self._focused()
        if focused is not None:
            self.setFocus()  # or the focus would leave the bar with the chip that goes
        clear(self._row)
        self._chips = {}
        for key, sentence in active:
            self._add(key, _Active(sentence, self.tr("Filter, {what}").format(what=sentence)))
            self._chips[key].clicked.connect(lambda _=False, key=key: self.removed.emit(key))
        for key, words in addable:
            chip = button(words, kind="chip", name=self.tr("Add filter, {what}").format(what=words))
            chip.setAutoDefault(True)  # Enter opens it, as it removes the active ones
            set_icon(chip, "plus", "text2", 13)
            self._add(key, chip)
            chip.clicked.connect(lambda _=False, key=key: self.wanted.emit(key))
        self._row.addStretch(1)
        if focused is not None and self._chips:
            now = list(self._chips)
            key = before[focused] if before[focused] in now else now[min(focused, len(now) - 1)]
            self._chips[key].setFocus()

    def _focused(self) -> int | None:
        return next((at for at, chip in enumerate(self._chips.values()) if chip.hasFocus()), None)

    def chip(self, key: str) -> QPushButton | None:
        """The chip of a filter, to open its choices below it or to give it the focus."""
        return self._chips.get(key)

    def _add(self, key: str, chip: QPushButton) -> None:
        chip.setObjectName(f"chip-{key}")
        self._chips[key] = chip
        self._row.addWidget(chip)
        chip.show()  # at once: a chip that waits for its layout takes no focus


class _Active(QPushButton):
    """An active filter: the cross at its end says that a press removes it, Delete does it too."""

    def __init__(self, sentence: str, name: str) -> None:
        super().__init__(sentence)
        self.setProperty("kind", "chipon")
        self.setAutoDefault(False)
        self.setAccessibleName(name)
        # The cross stands behind the words, where an icon stands before them: the button is laid out the other way round.
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight if mirrored else Qt.LayoutDirection.RightToLeft)
        set_icon(self, "x", "accentText", 13)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)
