"""F6: from pane to pane in the order Find, navigation, main list, right pane, status bar."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def next_pane(panes: Sequence[QWidget | None], *, forward: bool) -> None:
    """Move the focus to the next pane that is there, around the ends."""
    there = [pane for pane in panes if pane is not None and pane.isVisible()]
    focused = QApplication.focusWidget()
    at = next((place for place, pane in enumerate(there) if focused is not None and (pane is focused or pane.isAncestorOf(focused))), -1)
    for distance in range(1, len(there) + 1):
        pane = there[(at + (distance if forward else -distance)) % len(there)]
        target = pane if pane.focusPolicy() & Qt.FocusPolicy.TabFocus else _first_in(pane)
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return


def _first_in(pane: QWidget) -> QWidget | None:
    controls = pane.findChildren(QWidget)
    return next((one for one in controls if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and one.isEnabled()), None)
