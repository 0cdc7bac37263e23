"""Keys that belong to one part of a window: they work while the focus is inside it, and never through an overlay."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from frontdesk.ui.widgets.overlay import Overlay

INSIDE = Qt.ShortcutContext.WidgetWithChildrenShortcut
ALONE = Qt.ShortcutContext.WidgetShortcut


def shortcut(owner: QWidget, keys: str, do: Callable[[], object], context: Qt.ShortcutContext = INSIDE) -> QShortcut:
    """Let keys do something while the focus is in a widget or what it contains.

    The context is set after the shortcut is made: the constructor of PySide 6.11 takes `context=` and forgets it when it is
    given a callable too, and the keys then work in the whole window.
    """
    made = QShortcut(QKeySequence(keys), owner)
    made.setContext(context)
    made.activated.connect(lambda: None if is_covered(owner) else do())
    return made


def is_covered(widget: QWidget) -> bool:
    """Whether an overlay stands over the widget."""
    return any(each.isVisible() and each is not widget and not each.isAncestorOf(widget) for each in widget.window().findChildren(Overlay))
