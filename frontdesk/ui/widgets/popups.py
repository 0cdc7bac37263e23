"""Where a menu, a list or a small form opens that belongs to a control."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

_GAP, _EDGE = 4, 8


def open_below(popup: QWidget, control: QWidget) -> None:
    """Open it under its control, from where reading starts, inside the window as far as it is wide enough."""
    popup.adjustSize()
    width = popup.sizeHint().width() if isinstance(popup, QMenu) else popup.width()
    corner = control.mapToGlobal(QPoint(0, control.height() + _GAP))
    if control.isRightToLeft():
        corner.setX(corner.x() + control.width() - width)
    left = control.window().mapToGlobal(QPoint(_EDGE, 0)).x()
    last = left + control.window().width() - 2 * _EDGE - width
    corner.setX(max(left, min(corner.x(), last)))
    if isinstance(popup, QMenu):
        popup.popup(corner)
    else:
        popup.move(corner)
        popup.show()
