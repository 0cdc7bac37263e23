"""One signal for whatever changed, whoever changed it: own commands and other desks take the same path."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal


class Live(QObject):
    """Passes topics on to the pages, which mark themselves stale and refresh when they are visible.

    Attributes:
        changed: a frozenset of topics, or None when anything may have changed.
    """

    changed = Signal(object)

    def tell(self, topics: Iterable[str] | None) -> None:
        """Say that these topics changed, or everything (None); `jobs.changed` is connected here."""
        told = None if topics is None else frozenset(topics)
        if told is None or told:
            self.changed.emit(told)
