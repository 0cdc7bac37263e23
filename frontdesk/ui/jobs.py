"""Everything that takes time runs here, off the GUI thread, and lands back on it.

`jobs.do` runs a command on the one writer thread, `jobs.ask` a query on one of two readers, `jobs.work` something long on its own
thread, `jobs.fetch` a connector's call on a pool of four: a click never waits behind an import or a report. Workers get plain data
and no QObject; results cross by one queued signal. Callbacks run on the GUI thread, and not at all when their owner has gone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import Any, Literal, Protocol
from uuid import uuid4

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from frontdesk.domain.problems import Conflict, Refused
from frontdesk.ui.lanes import Lane, Lanes

log = logging.getLogger(__name__)
Landed = Callable[[Any], object]
NEWS_EVERY_MS = 1500


class Desk(Protocol):
    """What jobs needs of `services.desk.Desk`."""

    def do_once(self, key: str | None, command: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Run a command in one transaction, at most once for a key; gives `value`, `topics` and `change`."""

    def ask(self, query: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Run a query in one reading transaction; gives its value."""


@dataclass(eq=False, slots=True)
class _Call:
    """One call on its way; stays on the GUI thread but for `stop`."""

    kind: Literal["do", "ask", "work", "fetch"]
    name: str
    owner: QObject
    on_done: Landed
    on_refused: Callable[[Refused], object] | None
    on_conflict: Callable[[Conflict], object] | None
    key: str | None
    on_progress: Callable[[int, int], object] | None = None
    stop: Event = field(default_factory=Event)


@dataclass(frozen=True, slots=True)
class Work:
    """Long work that is under way; `cancel` asks it to stop at its next chance."""

    stop: Event

    def cancel(self) -> None:
        """Ask the work to stop; it lands as it chooses to, and leaves nothing behind."""
        self.stop.set()


class NotOpen:
    """The desk before the database is open: only `work` and `fetch` make sense then."""

    def do_once(self, key: str | None, command: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Nothing can be changed yet."""
        raise Refused("database_missing")

    def ask(self, query: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Nothing can be asked yet."""
        raise Refused("database_missing")


class Jobs(QObject):
    """The one way from a page to the desk and to connectors.

    Attributes:
        changed: topics that a command changed, here or at another desk, None for everything; `live` passes them on.
        connected: whether the database can be reached, when that changes.
        writing: whether a command is under way, for "Saving…".
        refused: a refusal that nobody asked to be told of, with the owner of the call.
        conflicted: a conflict that nobody asked to be told of, with the owner of the call.
        crashed: the exception of a call that should not have failed, with the name of what was called.
    """

    changed = Signal(object)
    connected = Signal(bool)
    writing = Signal(bool)
    refused = Signal(object, object)
    conflicted = Signal(object, object)
    crashed = Signal(object, str)
    _landed = Signal(int, str, object)

    def __init__(self, desk: Desk, lanes: Lanes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._lanes = desk, lanes
        self._calls: dict[int, _Call] = {}
        self._newest: dict[str, int] = {}
        self._number = 0
        self._news: list[frozenset[str] | None] = []
        self._told = QElapsedTimer()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._tell_news)
        self._writes = 0
        # Queued where the signal comes from a worker, direct where an inline runner sends it from this thread.
        self._landed.connect(self._land, Qt.ConnectionType.AutoConnection)

    def use(self, desk: Desk) -> None:
        """From now on everything goes to this desk."""
        self._desk = desk

    def do(
        self,
        command: Callable[..., Any],
        /,
        *,
        owner: QObject,
        on_done: Landed,
        on_refused: Callable[[Refused], object] | None = None,
        on_conflict: Callable[[Conflict], object] | None = None,
        key: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Run a command; `on_done` gets the desk's Done (value, topics, change) after `changed` has told the other pages.

        Two calls with the same key: the earlier one is not run if it still waits, and its answer is dropped if it runs.
        """
        call = _Call("do", _name(command), owner, on_done, on_refused, on_conflict, key)
        self._writes += 1
        if self._writes == 1:
            self.writing.emit(True)
        click = uuid4().hex  # made at the click: after a lost answer nothing is done twice
        self._send("writer", call, lambda: self._desk.do_once(click, command, **kwargs))

    def ask(
        self,
        query: Callable[..., Any],
        /,
        *,
        owner: QObject,
        on_done: Landed,
        on_refused: Callable[[Refused], object] | None = None,
        key: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Run a query; `on_done` gets its value. A newer call with the same key makes this one unwanted."""
        call = _Call("ask", _name(query), owner, on_done, on_refused, None, key)
        self._send("readers", call, lambda: self._desk.ask(query, **kwargs))

    def work(
        self,
        function: Callable[..., Any],
        /,
        *,
        owner: QObject,
        on_done: Landed,
        on_progress: Callable[[int, int], object] | None = None,
        on_refused: Callable[[Refused], object] | None = None,
        on_conflict: Callable[[Conflict], object] | None = None,
        key: str | None = None,
        **kwargs: Any,
    ) -> Work:
        """Run `function(desk, progress=…, cancelled=…, **kwargs)` on the thread for long work.

        The function calls `progress(done, total)` as often as it likes and returns soon after `cancelled()` has become true.
        """
        call = _Call("work", _name(function), owner, on_done, on_refused, on_conflict, key, on_progress)
        number = self._number + 1

        def report(done: int, total: int) -> None:
            self._landed.emit(number, "progress", (done, total))

        self._send("long", call, lambda: function(self._desk, progress=report, cancelled=call.stop.is_set, **kwargs))
        return Work(call.stop)

    def fetch(
        self,
        function: Callable[..., Any],
        /,
        *,
        owner: QObject,
        on_done: Landed,
        on_refused: Callable[[Refused], object] | None = None,
        key: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Run a connector's function, or anything else that needs no database, such as reading the head of a file."""
        self._send("connectors", _Call("fetch", _name(function), owner, on_done, on_refused, None, key), lambda: function(**kwargs))

    def is_busy(self) -> bool:
        """Whether anything is under way or waiting."""
        return bool(self._calls)

    def tell_changed(self, topics: frozenset[str] | None) -> None:
        """Another desk changed something; may be called on any thread (the watcher's)."""
        self._landed.emit(0, "changed", topics)

    def tell_connected(self, is_connected: bool) -> None:
        """The connection was lost or is back; may be called on any thread (the watcher's)."""
        self._landed.emit(0, "connected", is_connected)

    def tell_crashed(self, error: BaseException, doing: str) -> None:
        """Something failed outside a call; may be called on any thread."""
        self._landed.emit(0, "bug", (error, doing))

    def close(self) -> None:
        """Take no more work, let the running write end, then end the threads."""
        for call in self._calls.values():
            call.stop.set()
        self._lanes.close()

    def _send(self, lane: Lane, call: _Call, run: Callable[[], Any]) -> None:
        self._number += 1
        number = self._number
        self._calls[number] = call
        if call.key is not None:
            before = self._calls.get(self._newest.get(call.key, 0))
            if before is not None and before.kind != "work":
                before.stop.set()
            self._newest[call.key] = number
        skip = call.stop.is_set if call.kind != "work" else _never
        self._lanes.run(lane, lambda: self._landed.emit(number, *_outcome(run, skip)))

    def _land(self, number: int, how: str, what: Any) -> None:
        if how == "progress":
            self._show_progress(number, what)
        elif how == "changed":
            self._take_news(what)
        elif how == "connected":
            self.connected.emit(what)
        elif how == "bug":
            self.crashed.emit(*what)
        else:
            self._end(number, how, what)

    def _take_news(self, topics: frozenset[str] | None) -> None:
        """News at once; while many come in a row, as from an import at another desk, all of them together every now and then."""
        self._news.append(topics)
        since = self._told.elapsed() if self._told.isValid() else NEWS_EVERY_MS
        if since >= NEWS_EVERY_MS:
            self._tell_news()
        elif not self._later.isActive():
            self._later.start(NEWS_EVERY_MS - since)

    def _tell_news(self) -> None:
        news, self._news = self._news, []
        self._told.start()
        self.changed.emit(None if None in news else frozenset().union(*(topics for topics in news if topics)))

    def _end(self, number: int, how: str, what: Any) -> None:
        call = self._calls.pop(number)
        if call.kind == "do":
            self._writes -= 1
            if self._writes == 0:
                self.writing.emit(False)
        if how == "done" and call.kind == "do" and what.topics:
            self.changed.emit(frozenset(what.topics))
        if how == "crashed":
            self.crashed.emit(what, call.name)
        elif how != "skipped" and self._is_wanted(call, number):
            self._answer(call, how, what)

    def _answer(self, call: _Call, how: str, what: Any) -> None:
        if how == "done":
            call.on_done(what)
        elif how == "refused" and call.on_refused is not None:
            call.on_refused(what)
        elif how == "refused":
            self.refused.emit(call.owner, what)
        elif call.on_conflict is not None:
            call.on_conflict(what)
        else:
            self.conflicted.emit(call.owner, what)

    def _show_progress(self, number: int, what: tuple[int, int]) -> None:
        call = self._calls.get(number)
        if call is not None and call.on_progress is not None and isValid(call.owner):
            call.on_progress(*what)

    def _is_wanted(self, call: _Call, number: int) -> bool:
        return isValid(call.owner) and (call.key is None or self._newest.get(call.key) == number)


def _outcome(run: Callable[[], Any], skip: Callable[[], bool]) -> tuple[str, Any]:
    if skip():
        return "skipped", None
    try:
        return "done", run()
    except Refused as problem:
        return "refused", problem
    except Conflict as problem:
        return "conflict", problem
    except Exception as problem:
        log.error("a call failed: %s", type(problem).__name__)  # its words may quote a patient; the report has the places
        return "crashed", problem


def _name(function: Callable[..., Any]) -> str:
    return getattr(function, "__qualname__", type(function).__name__)


def _never() -> bool:
    return False
