"""The honest page of a screen that is not in this version yet: says so, and leads to what there is."""

from __future__ import annotations

from collections.abc import Callable

from typing_extensions import override

from frontdesk.ui.widgets.buttons import button
from frontdesk.ui.widgets.pages import Page


class NotYetPage(Page):
    """A page that promises nothing."""

    def __init__(self, name: str, title: str, purpose: str, icon: str, go_to_leads: Callable[[], object]) -> None:
        super().__init__(name, title)
        self._go = button(self.tr("Open Lea&ds"), go_to_leads, icon="users")
        words = self.tr("{title} is not in this version yet.").format(title=title)
        self.show_empty(f"{words}\n{purpose}", [self._go], icon=icon)

    @override
    def main_list(self) -> Page | None:
        """The one button takes the focus."""
        self._go.setFocus()
        return None
