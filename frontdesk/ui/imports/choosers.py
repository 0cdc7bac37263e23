"""Pieces that several steps use: a drop-down in a long list, a figure with its words, and the grid of such a list."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout
from typing_extensions import override

from frontdesk.ui.widgets.buttons import DropDown
from frontdesk.ui.widgets.figures import figure
from frontdesk.ui.widgets.labels import label, set_tone
from frontdesk.ui.widgets.layouts import clothe, column


class Chooser(DropDown):
    """A drop-down that the wheel does not turn: who scrolls a long list must not change what it passes."""

    def share(self, choices: QStandardItemModel, width: int) -> None:
        """Offer what many others offer too, in one model: a file may have a hundred columns."""
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumWidth(width)
        self.setModel(choices)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def shared(choices: Iterable[tuple[object, str]]) -> QStandardItemModel:
    """Choices (key and words) as one model for many drop-downs."""
    model = QStandardItemModel()
    for key, words in choices:
        item = QStandardItem(words)
        item.setData(key, Qt.ItemDataRole.UserRole)
        model.appendRow(item)
    return model


class Figure(QFrame):
    """A count and what it counts."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._number = label("–", "number", tabular=True)
        self._words = label(words, "small", "text2", wrap=True)
        clothe(self, "card")
        self.setLayout(column(self._number, self._words, gap=0, margins=(16, 10, 16, 10)))

    def show_number(self, number: int) -> None:
        """Show a count; readers hear it with its words."""
        self._number.setText(figure(number))
        self.setAccessibleName(f"{figure(number)} {self._words.text()}")

    def warn(self, wanted: bool) -> None:
        """Show the count as something to look at."""
        set_tone(self._number, "danger" if wanted else "text")

    def number(self) -> str:
        """The count as it is shown."""
        return self._number.text()


def grid(*stretches: int, vertical: int = 8) -> QGridLayout:
    """A grid whose columns share the width in these parts; 0 takes what its widgets need."""
    made = QGridLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setHorizontalSpacing(12)
    made.setVerticalSpacing(vertical)
    for at, stretch in enumerate(stretches):
        made.setColumnStretch(at, stretch)
    return made


def heads(into: QGridLayout, *words: str) -> None:
    """The heads of a grid's columns."""
    for at, each in enumerate(words):
        if each:
            into.addWidget(label(each, "label", "text3"), 0, at)
