"""Rows, columns and surfaces, so that a screen's layout reads like its picture."""

from __future__ import annotations

from typing import Literal, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

Surface = Literal["page", "bar", "rail", "pane", "foot", "card", "well", "dialog", "popup", "notice", "warn", "danger", "ok", "info"]
Item = QWidget | QLayout | int | None
Margins = tuple[int, int, int, int]
_Box = TypeVar("_Box", bound=QBoxLayout)


def row(*items: Item, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """Items side by side: a number is a space of that many pixels, None takes the room that is left."""
    return _filled(QHBoxLayout(), items, gap, margins)


def column(*items: Item, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """Items below each other: a number is a space of that many pixels, None takes the room that is left."""
    return _filled(QVBoxLayout(), items, gap, margins)


def surface(kind: Surface, layout: QLayout | None = None, *, parent: QWidget | None = None) -> QFrame:
    """A frame with the background and border of a kind of surface."""
    frame = QFrame(parent)
    clothe(frame, kind)
    if layout is not None:
        frame.setLayout(layout)
    return frame


def clothe(widget: QWidget, kind: Surface) -> None:
    """Give a widget the background and border of a kind of surface."""
    widget.setProperty("surface", kind)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)


def holder(layout: QLayout) -> QWidget:
    """A bare widget around a layout, for places that want a widget."""
    widget = QWidget()
    widget.setLayout(layout)
    return widget


def hline() -> QFrame:
    """A hairline across."""
    line = QFrame()
    line.setProperty("surface", "hline")
    line.setFixedHeight(1)
    return line


def vline() -> QFrame:
    """A hairline down."""
    line = QFrame()
    line.setProperty("surface", "vline")
    line.setFixedWidth(1)
    return line


def scrolled(content: QWidget) -> QScrollArea:
    """A widget that scrolls up and down when it is too tall, and never sideways."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    content.setProperty("surface", "clear")
    area.setWidget(content)
    content.setAutoFillBackground(False)
    return area


def clear(layout: QLayout) -> None:
    """Take every item out of a layout and let its widgets go."""
    while (item := layout.takeAt(0)) is not None:
        if (inner := item.layout()) is not None:
            clear(inner)
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def keep_size(widget: QWidget) -> None:
    """Never stretch a widget past its size hint."""
    widget.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


def _filled(layout: _Box, items: tuple[Item, ...], gap: int, margins: Margins) -> _Box:
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)
    return layout
