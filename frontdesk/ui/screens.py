"""A window that fits its screen: its status bar can always be seen."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QStyle, QWidget

ROOMY = QSize(1366, 768)
"""A screen that is smaller is filled."""
_EDGE = 8


def fit(window: QWidget, room: QRect | None = None) -> bool:
    """Make a window no larger than what is free of its screen less the frame; whether it should fill the screen instead.

    Before the window is shown its frame is not known: the style's title bar and an edge stand for it.
    """
    free = room or window.screen().availableGeometry()
    bar = window.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
    most = QSize(free.width() - 2 * _EDGE, free.height() - bar - _EDGE)
    if window.isMaximized():
        return True
    window.resize(window.size().boundedTo(most))
    frame = QRect(window.pos(), window.size()).adjusted(-_EDGE, -bar, _EDGE, _EDGE)
    if not free.contains(frame):
        window.move(free.left() + (free.width() - window.width()) // 2, free.top() + bar + (most.height() - window.height()) // 2)
    return free.width() < ROOMY.width() or free.height() < ROOMY.height()


def show_fitted(window: QWidget, *, fills: bool = True) -> None:
    """Show a window within its screen; `fills` lets it take all of a small one."""
    if fit(window) and fills:
        window.showMaximized()
    else:
        window.show()
