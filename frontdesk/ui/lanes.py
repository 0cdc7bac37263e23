"""The threads that jobs runs on: one writer, two readers, one for long work, four for connectors; and none at all for tests."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Literal, Protocol

Lane = Literal["writer", "readers", "long", "connectors"]
THREADS: dict[Lane, int] = {"writer": 1, "readers": 2, "long": 1, "connectors": 4}


class Lanes(Protocol):
    """Where calls run."""

    def run(self, lane: Lane, call: Callable[[], object]) -> None:
        """Run a call on a lane, in the order of sending; the call never raises."""

    def close(self) -> None:
        """Forget what waits, let what runs end."""


class Threads:
    """The real lanes."""

    def __init__(self) -> None:
        self._pools = {lane: ThreadPoolExecutor(count, thread_name_prefix=lane) for lane, count in THREADS.items()}
        self._is_open = True

    def run(self, lane: Lane, call: Callable[[], object]) -> None:
        """Queue a call; after `close` it is dropped, as its window has gone."""
        if self._is_open:
            self._pools[lane].submit(call)

    def close(self) -> None:
        """Forget what waits, let what runs end."""
        self._is_open = False
        for pool in self._pools.values():
            pool.shutdown(wait=True, cancel_futures=True)


class Inline:
    """Every call runs at once on the calling thread: for tests of pages, and for pictures."""

    def run(self, lane: Lane, call: Callable[[], object]) -> None:
        """Run it now."""
        call()

    def close(self) -> None:
        """Nothing is running."""
