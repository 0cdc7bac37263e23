"""A pane that scrolls: its bar takes its room from the margin, so that nothing moves when it comes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from frontdesk.ui.widgets.layouts import holder, scrolled

SIDE, BAR = 20, 12
_GAP, _BETWEEN = 12, 32


class Halves(QGridLayout):
    """Three parts below each other; with much room the second one stands beside the two others."""

    def __init__(self, first: QWidget, second: QWidget, third: QWidget) -> None:
        super().__init__()
        self._parts = (first, second, third)
        self.setContentsMargins(0, 0, 0, 0)
        self.setVerticalSpacing(_GAP)
        self._is_beside: bool | None = None
        self.spread(is_beside=False)

    def spread(self, *, is_beside: bool) -> None:
        """Side by side, or below each other."""
        if is_beside == self._is_beside:
            return
        self._is_beside = is_beside
        for part in self._parts:
            self.removeWidget(part)
        first, second, third = self._parts
        top = Qt.AlignmentFlag.AlignTop
        self.addWidget(first, 0, 0)
        if is_beside:
            self.addWidget(second, 0, 1, 2, 1, top)
            self.addWidget(third, 1, 0, top)
        else:
            self.addWidget(second, 1, 0)
            self.addWidget(third, 2, 0)
        self.setHorizontalSpacing(_BETWEEN if is_beside else 0)
        self.setRowStretch(1, 1 if is_beside else 0)  # a tall second part leaves the first one as it is
        self.setColumnStretch(0, 2)
        self.setColumnStretch(1, 3 if is_beside else 0)


def scrolled_pane(content: QVBoxLayout) -> QScrollArea:
    """The content of a right pane in its scroll area, with the margins of a pane."""
    content.setContentsMargins(SIDE, 16, SIDE, 12)
    area = scrolled(holder(content))

    def make_room(_least: int, most: int) -> None:
        beside_bar = SIDE - BAR if most else SIDE
        is_mirrored = area.layoutDirection() is Qt.LayoutDirection.RightToLeft  # margins do not turn round, and the bar does
        content.setContentsMargins(beside_bar if is_mirrored else SIDE, 16, SIDE if is_mirrored else beside_bar, 12)

    area.verticalScrollBar().rangeChanged.connect(make_room)
    return area
