"""The honest page of a screen that is not in this version yet: says so, and leads to what there is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton
from typing_extensions import override

from frontdesk.ui.widgets.buttons import button
from frontdesk.ui.widgets.pages import Page


class NotYetPage(Page):
    """A page that promises nothing.

    Attributes:
        leads_wanted: its one button was pressed.
    """

    leads_wanted = Signal()

    def __init__(self, name: str, title: str, purpose: str, icon: str) -> None:
        super().__init__(name, title)
        self._go = button(self.tr("Open Lea&ds"), self.leads_wanted.emit, icon="users")
        words = self.tr("{title} is not in this version yet.").format(title=title)
        self.show_empty(f"{words}\n{purpose}", [self._go], icon=icon)

    @override
    def main_list(self) -> QPushButton:
        return self._go
