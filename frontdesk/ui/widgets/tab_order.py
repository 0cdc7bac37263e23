"""The order of Tab: as a window is laid out, whenever its parts were made."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLayout, QWidget
from typing_extensions import override


class TabOrder(QObject):
    """Before a Tab inside `owner` is obeyed, puts the control that comes next in the layout next in Qt's own order.

    Qt puts a part that is made later, like a chip or the profile, behind everything else of its window.
    """

    def __init__(self, owner: QWidget, root: QWidget, *first: QWidget) -> None:
        super().__init__(owner)
        self._root, self._first = root, first
        owner.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_early = event.type() is QEvent.Type.ShortcutOverride
        if is_early and isinstance(event, QKeyEvent) and event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            self._arrange(is_forward=event.key() == Qt.Key.Key_Tab)
        return False

    def _arrange(self, *, is_forward: bool) -> None:
        focused = QApplication.focusWidget()
        stop = next_stop(self._root, *self._first, forward=is_forward)
        if focused is not None and stop is not None and stop is not focused:
            QWidget.setTabOrder(*((focused, stop) if is_forward else (stop, focused)))


def tab_stops(root: QWidget, *first: QWidget) -> list[QWidget]:
    """Every control below `root` that Tab reaches: those in `first` before the others, else in the order of the layouts."""
    found = (stop for part in (*first, root) for stop in _parts(part) if _takes_tab(stop) and stop.isVisibleTo(root))
    return list(dict.fromkeys(found))


def next_stop(root: QWidget, *first: QWidget, forward: bool) -> QWidget | None:
    """The control that Tab reaches from where the focus is, around the ends."""
    stops = tab_stops(root, *first)
    if not stops:
        return None
    focused = QApplication.focusWidget()
    at = place_of(focused, stops, root)
    step = 1 if forward else -1 if focused in stops else 0
    return stops[(at + step) % len(stops)]


def place_of(widget: QWidget | None, stops: list[QWidget], root: QWidget) -> int:
    """The place of a widget among the stops; for one that is none, the place of the last stop before it; else -1."""
    if widget in stops:
        return stops.index(widget)
    before = -1
    for part in _parts(root):
        if part is widget:
            return before
        before = stops.index(part) if part in stops else before
    return -1


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and widget.focusProxy() is None


def _parts(widget: QWidget) -> Iterator[QWidget]:
    yield widget
    for child in dict.fromkeys((*_laid_out(widget.layout()), *widget.children())):
        if isinstance(child, QWidget) and not child.isWindow() and not child.isHidden():
            yield from _parts(child)


def _laid_out(layout: QLayout | None) -> Iterator[QWidget]:
    for at in range(layout.count() if layout is not None else 0):
        item = layout.itemAt(at)  # type: ignore[union-attr] # there are items
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield widget
        else:
            yield from _laid_out(item.layout())
