"""Hide personal details: names, numbers and notes in lists become dots on a screen that patients can see."""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QObject, Signal

_WORD = re.compile(r"\w[\w'’-]*")


class Privacy(QObject):
    """Whether personal details are hidden now.

    Attributes:
        changed: they are hidden or shown from now on.
    """

    changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.is_on = False

    def set_on(self, is_on: bool) -> None:
        """Hide or show personal details in all lists."""
        if is_on != self.is_on:
            self.is_on = is_on
            self.changed.emit(is_on)

    def shown(self, text: str) -> str:
        """The text as it may be seen now: `Priya Nair` becomes `P••• N•••`, a number keeps no digit."""
        return masked(text) if self.is_on else text


def masked(text: str) -> str:
    """The first letter of each word and dots; digits give nothing away."""
    return _WORD.sub(lambda found: ("•" if found[0][0].isdigit() else found[0][0]) + "•••", text)


@cache
def privacy() -> Privacy:
    """The switch of this program."""
    return Privacy()
