"""F6: from pane to pane in the order Find, navigation, main list, right pane, status bar."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from frontdesk.ui.widgets.tab_order import place_of, tab_stops


def next_pane(root: QWidget, panes: Sequence[QWidget | None], *, forward: bool) -> None:
    """Move the focus to the next pane that is there, around the ends; from between two panes to the one behind or before."""
    there = [pane for pane in panes if pane is not None and pane.isVisible()]
    focused = QApplication.focusWidget()
    inside = [place for place, pane in enumerate(there) if focused is not None and (pane is focused or pane.isAncestorOf(focused))]
    at = inside[0] if inside else _before(root, there, forward=forward)
    for distance in range(1, len(there) + 1):
        pane = there[(at + (distance if forward else -distance)) % len(there)]
        target = next(iter(tab_stops(pane)), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return


def _before(root: QWidget, panes: Sequence[QWidget], *, forward: bool) -> int:
    """The pane that the focus, which is in none, has just passed."""
    stops = tab_stops(root, *panes[:2])
    at = place_of(QApplication.focusWidget(), stops, root)
    starts = [next((stops.index(stop) for stop in tab_stops(pane) if stop in stops), len(stops)) for pane in panes]
    return sum(start <= at for start in starts) - (1 if forward else 0)
