"""What stands where the rows would be: nothing in this view, no leads at all, or an error with Try again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from frontdesk.ui.widgets.buttons import button
from frontdesk.ui.widgets.icons import IconLabel
from frontdesk.ui.widgets.labels import label
from frontdesk.ui.widgets.layouts import column, row, surface


class ListState(QStackedWidget):
    """The card of the table, and the state in its place; the filters above stay."""

    def __init__(self, table: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = table
        self._table = surface("card", column(table, margins=(1, 4, 1, 6)))
        self.addWidget(self._table)
        self._state: QWidget | None = None
        self._sentence = ""

    def show_rows(self) -> None:
        """The table again."""
        was_inside = self._has_focus()
        self.setCurrentWidget(self._table)
        if was_inside:
            self._rows.setFocus()

    def show_state(
        self, sentence: str, actions: Sequence[tuple[str, Callable[[], object]]], *, icon: str = "inbox", token: str = "text3"
    ) -> None:
        """A sentence, and what can be done; the first action is the one to take."""
        was_inside = self._has_focus()
        self._sentence = sentence
        words = label(sentence, "body", "text2", wrap=True)
        words.setObjectName("list-state")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        buttons = [button(text, done) for text, done in actions]
        state = surface("card", column(None, row(None, IconLabel(icon, token, 24), None), words, row(None, *buttons, None), None, gap=12))
        if self._state is not None:
            self.removeWidget(self._state)
            self._state.deleteLater()
        self._state = state
        self.addWidget(state)
        self.setCurrentWidget(state)
        if was_inside and buttons:
            buttons[0].setFocus()

    def _has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def text(self) -> str:
        """The sentence of the state, empty while rows are shown."""
        return "" if self.currentWidget() is self._table else self._sentence
