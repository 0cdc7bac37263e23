"""Whether everything that can be operated has a name for a screen reader; for the tests of the window and of every dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QMainWindow,
    QMdiArea,
    QScrollArea,
    QScrollBar,
    QStackedWidget,
    QTabWidget,
    QWidget,
)

# They hold controls and are none themselves.
CONTAINERS = (QMainWindow, QScrollArea, QStackedWidget, QTabWidget, QMdiArea, QScrollBar, QHeaderView)


def unnamed(root: QWidget) -> list[str]:
    """The controls in and below a widget that a screen reader could only call by their kind."""
    return [_described(each) for each in [root, *root.findChildren(QWidget)] if _is_operable(each) and not _name(each)]


def _is_operable(widget: QWidget) -> bool:
    if widget.objectName().startswith("qt_") or isinstance(widget.parent(), QComboBox | QAbstractSpinBox):
        return False  # an inner part of a control of Qt's, which has the name
    takes_focus = widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    return not isinstance(widget, CONTAINERS) and (takes_focus or isinstance(widget, QAbstractButton))


def _name(widget: QWidget) -> str:
    interface: QAccessibleInterface | None = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


def _described(widget: QWidget) -> str:
    parents: list[str] = []
    step: QWidget | None = widget
    while step is not None:
        parents.append(f"{type(step).__name__}({step.objectName()})")
        step = step.parentWidget()
    return " < ".join(parents)
