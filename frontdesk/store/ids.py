"""64-bit ids made by the program: 42 bits of time in milliseconds, 21 random bits, rising within one open database."""

from __future__ import annotations

import secrets
import threading
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_RANDOM_BITS = 21
_LARGEST = (1 << 63) - 1


class Ids:
    """Makes ids that never fall, on whatever thread they are asked for, so that newer rows stand at the end of every index."""

    __slots__ = ("_earliest", "_last", "_lock", "_now")

    def __init__(self) -> None:
        self._last = 0
        self._now, self._earliest = _EPOCH, 0
        self._lock = threading.Lock()

    def new(self, now: datetime) -> int:
        """The next id; several in one millisecond follow each other, so an import leaves no holes for another desk to hit."""
        with self._lock:
            if now is not self._now:  # a transaction asks many times at its one moment
                self._now, self._earliest = now, (now - _EPOCH) // _MILLISECOND << _RANDOM_BITS
            earliest = self._earliest
            self._last = (self._last + 1 if self._last >= earliest else earliest | secrets.randbits(_RANDOM_BITS)) & _LARGEST
            return self._last

    def start_after(self, highest: int) -> None:
        """Go on above the ids that are there: a program for practice starts again and again at the same moment."""
        with self._lock:
            self._last = max(self._last, highest)
