"""What other desks and commands changed: one thread that waits for the bell, reads the news and tells the window; it also tidies and ticks."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from frontdesk.domain.problems import Conflict, Refused
from frontdesk.services import timers
from frontdesk.services.desk import Desk
from frontdesk.store import feed, seals
from frontdesk.store.faults import Broken, TryAgain
from frontdesk.store.feed import Cursor

log = logging.getLogger(__name__)
POLL_SECONDS = 15.0
"""A lost bell is made good after this long."""
ROUND_SECONDS = 5.0
"""How often the leads whose time has run out are closed, and the journal is sealed."""

PAUSE_SECONDS = 1.0
"""How long after a failure the connection is tried again."""


@dataclass(frozen=True, slots=True)
class Listeners:
    """Whom to tell: of changed topics (None means everything), and of a lost or regained connection."""

    changed: Callable[[frozenset[str] | None], None]
    connected: Callable[[bool], None]


class Watch:
    """The watcher of one window."""

    def __init__(self, desk: Desk, listeners: Listeners) -> None:
        self._desk, self._listeners = desk, listeners
        self._bell = desk.database.home.bell()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self._is_connected = True
        self._cursor: Cursor | None = None

    def start(self) -> None:
        """Begin to watch; what was committed before is taken as known."""
        self._cursor = self._desk.ask(feed.start)
        self._thread.start()

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._stop.set()
        self._bell.stop()
        if self._thread.is_alive():
            self._thread.join(POLL_SECONDS)
        self._bell.close()

    def look(self) -> None:
        """One round: news to the listeners, then what is due; the first one only finds out where the news begin."""
        self._cursor = self._tell(self._cursor)
        self._desk.do(timers.apply_due)
        self._desk.do(seals.add)
        self._desk.database.home.tidy()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._round()
            except Conflict:
                self._say_connected(True)  # another desk sealed at the same moment: it is done
            except (Refused, TryAgain):
                self._say_connected(False)
                self._hang_bell_anew()
            except Exception as problem:  # one round that fails must not end all later ones
                log.error("the watcher met %s", problem.rule if isinstance(problem, Broken) else type(problem).__name__)

    def _round(self) -> None:
        rung = not self._is_connected or self._bell.wait(min(POLL_SECONDS, ROUND_SECONDS))  # back again: what was missed comes at once
        if self._stop.is_set():
            return
        if rung:
            self._cursor = self._tell(self._cursor)
        else:
            self.look()
        self._say_connected(True)

    def _hang_bell_anew(self) -> None:
        """A bell whose connection was lost never rings again; after a moment, so that a server that comes back is not overrun."""
        if not self._stop.wait(PAUSE_SECONDS):
            with suppress(Refused, TryAgain):
                self._bell, lost = self._desk.database.home.bell(), self._bell
                lost.close()

    def _tell(self, cursor: Cursor | None) -> Cursor:
        if cursor is None:
            return self._desk.ask(feed.start)
        found = self._desk.ask(feed.news, cursor)
        if found.everything:
            self._listeners.changed(None)
        elif found.topics:
            self._listeners.changed(found.topics)
        return found.cursor

    def _say_connected(self, connected: bool) -> None:
        if connected is not self._is_connected:
            self._is_connected = connected
            self._listeners.connected(connected)
