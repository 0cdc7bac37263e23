"""How the list and the right pane share the page."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton, QWidget

from frontdesk.ui.leads.listing import LeadTable
from frontdesk.ui.leads.pane import LeadPane
from frontdesk.ui.leads.view_tabs import ViewTabs
from frontdesk.ui.widgets.buttons import set_icon
from frontdesk.ui.widgets.pages import Page
from frontdesk.ui.widgets.theme import theme

WIDE_FROM, OVER_LIST_BELOW = 1600, 1120


class Widths(QObject):
    """Wider panes and more columns from 1600; below 1120 (more with larger text), or when somebody wants it so, the pane stands over the list.

    Attributes:
        is_full: whether the profile has the whole page because somebody wants it so.
    """

    def __init__(self, page: Page, pane: LeadPane, *, table: LeadTable, tabs: ViewTabs, columns: QPushButton) -> None:
        super().__init__(page)
        self._page, self._pane = page, pane
        self._left = cast("QWidget", page.undo_strip.parentWidget())
        self._table, self._tabs, self._columns = table, tabs, columns
        self.is_full = False
        self._is_spared = False
        theme().changed.connect(self.fit_again)

    def toggle(self) -> None:
        """The profile over the whole page, or beside the list again."""
        self.set_full(is_full=not self.is_full)
        if self.is_full and not self._pane.is_new():
            self._pane.view.go_to("status")
        else:
            self._table.setFocus()

    def set_full(self, *, is_full: bool) -> None:
        """The same, leaving the focus alone."""
        self.is_full = is_full
        if is_full:
            self._pane.show()
        self.fit()

    def fit_again(self) -> None:
        """The window or the text has another size: a pane with nothing in it does not stand over the list, and comes back beside it."""
        is_narrow = self._page.window().width() < theme().px(OVER_LIST_BELOW)
        if is_narrow and self._pane.is_empty() and not self._pane.isHidden():
            self._pane.hide()
            self._is_spared = True
        elif not is_narrow and self._is_spared:
            self._pane.show()
            self._is_spared = False
        self.fit()

    def fit(self) -> None:
        """Give everything the room that the window has."""
        width = self._page.window().width()
        is_wide, is_narrow = width >= theme().px(WIDE_FROM), width < theme().px(OVER_LIST_BELOW)
        is_over = (is_narrow or self.is_full) and not self._pane.isHidden()
        self._pane.set_wide(is_wide=is_wide, is_full=is_over)
        self._pane.view.head.show_full(is_full=self.is_full, can_change=not is_narrow)
        self._columns.setText(self.tr("Columns") if is_wide else "")
        set_icon(self._columns, "columns-3")  # in the middle where it stands alone
        self._left.setVisible(not is_over)
        self._table.set_wide(is_wide=is_wide)
        self._tabs.set_wide(is_wide=is_wide)
