"""A pane that scrolls: its bar takes its room from the margin, so that nothing moves when it comes."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QVBoxLayout

from frontdesk.ui.widgets.layouts import holder, scrolled

SIDE, BAR = 20, 12


def scrolled_pane(content: QVBoxLayout) -> QScrollArea:
    """The content of a right pane in its scroll area, with the margins of a pane."""
    content.setContentsMargins(SIDE, 16, SIDE, 12)
    area = scrolled(holder(content))

    def make_room(_least: int, most: int) -> None:
        content.setContentsMargins(SIDE, 16, SIDE - BAR if most else SIDE, 12)

    area.verticalScrollBar().rangeChanged.connect(make_room)
    return area
