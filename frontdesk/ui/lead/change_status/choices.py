"""What the two lists of Change status share: one tab stop, and the keys of the dialog are left to the dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QStyledItemDelegate, QWidget
from typing_extensions import override


class ChoiceList(QListWidget):
    """Rows to choose one of; arrows move, letters search, digits and Enter are keys of the dialog."""

    def __init__(self, drawn: type[QStyledItemDelegate], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(drawn(self))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdigit() or event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
        else:
            super().keyPressEvent(event)
