"""The shared database: PostgreSQL through psycopg, each transaction in one pipeline (read, write, commit = three trips)."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

import psycopg
from psycopg import generators, pq
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from frontdesk.domain.problems import Refused
from frontdesk.store import server_faults  # noqa: F401 - its errors are understood from here on
from frontdesk.store.dialects import POSTGRES
from frontdesk.store.faults import translating
from frontdesk.store.link import WORTH_GROUPING, Write, check_count, grouped
from frontdesk.store.statements import Prepared, Values

OLDEST = 150000
NEWEST_MINORS = {15: 18, 16: 14, 17: 10, 18: 4}  # as of November 2026; two behind is said in the log
CONNECT_SECONDS = 5
_SLICE_SECONDS = 0.25  # how soon a stopped bell lets go

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_GUARDED = {"sslmode": "verify-full", "require_auth": "scram-sha-256", "channel_binding": "require"}
_SETTINGS = (
    "-c timezone=UTC -c idle_in_transaction_session_timeout=60000 -c search_path=public -c client_min_messages=error"
    " -c statement_timeout=15000"  # the watchdog frees the desk earlier; this frees the server of a query nobody waits for any more
)
_NO_DEADLINE = "SET LOCAL statement_timeout = 0"
_BEGIN = {True: "BEGIN ISOLATION LEVEL READ COMMITTED", False: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}

log = logging.getLogger(__name__)


def connect(url: URL) -> psycopg.Connection[Any]:
    """A connection; anything but loopback must prove who it is, and no setting of the user's can change that."""
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    hosts = psycopg.conninfo.conninfo_to_dict(plain).get("host") or ""
    guarded: dict[str, Any] = dict(_GUARDED)
    near = all(not host or host.startswith("/") or host in _LOOPBACK for host in str(hosts).split(","))
    with translating():
        return psycopg.connect(
            plain,
            autocommit=True,
            connect_timeout=CONNECT_SECONDS,
            options=_SETTINGS,
            application_name="frontdesk",
            **({} if near else guarded),
        )


def address(text: str) -> URL:
    """The server in an address like postgresql://ada@server/practice; anything else leads nowhere."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise Refused("database_unreachable") from None
    if url.get_backend_name() != "postgresql":
        raise Refused("database_unreachable")
    return url


def check_server(version: int) -> None:
    """Refuse a server that lacks what the store needs; say in the log when it misses two or more corrections."""
    if version < OLDEST:
        raise Refused("server_too_old", version=str(version // 10000))
    major, minor = divmod(version, 10000)
    if minor + 2 <= NEWEST_MINORS.get(major, 0):
        log.warning("PostgreSQL %s.%s misses corrections; the newest known is %s.%s", major, minor, major, NEWEST_MINORS[major])


class Watchdog:
    """Shuts the socket of a call that takes too long: TCP's own settings do not free a desk from a frozen server."""

    def __init__(self) -> None:
        self._until: dict[ServerLink, float] = {}
        self._news = threading.Condition()
        self._thread: threading.Thread | None = None

    def watch(self, link: ServerLink, until: float) -> None:
        """Shut the link at that moment unless it is let off before."""
        with self._news:
            self._until[link] = until
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="frontdesk-watchdog", daemon=True)
                self._thread.start()
            if len(self._until) == 1:
                self._news.notify()

    def let_off(self, link: ServerLink) -> None:
        """The call is over."""
        self._until.pop(link, None)

    def stop(self) -> None:
        """End the thread."""
        with self._news:
            thread, self._thread = self._thread, None
            self._news.notify()
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        with self._news:
            while self._thread is threading.current_thread():
                waiting = list(self._until.items())
                for link, until in waiting:
                    if until <= monotonic():
                        self._until.pop(link, None)
                        link.cut()
                rest = [until - monotonic() for _, until in waiting if until > monotonic()]
                self._news.wait(max(min(rest), 0.01) if rest else None)


class ServerLink:
    """One connection to the server."""

    def __init__(self, url: URL, watchdog: Watchdog) -> None:
        self.connection = connect(url)
        self._watchdog = watchdog
        self._open = ExitStack()
        self._pipeline: psycopg.Pipeline | None = None
        self._was_cut = False
        try:
            check_server(self.connection.info.server_version)
            self._set_clock()
        except BaseException:
            self.connection.close()
            raise

    def _set_clock(self) -> None:
        with translating():
            started = monotonic()
            row = self.connection.execute("SELECT clock_timestamp()").fetchone()
            middle = (started + monotonic()) / 2
        assert row is not None  # noqa: S101 - one row always; for the type checker
        self._clock: tuple[datetime, float] = row[0].astimezone(UTC), middle

    @property
    def now(self) -> datetime:
        """The server's clock, read once and carried on by this computer's stopwatch."""
        told, at = self._clock
        return told + timedelta(seconds=monotonic() - at)

    @property
    def broken(self) -> bool:
        """Whether it must not be used again."""
        return self._was_cut or self.connection.closed or self.connection.info.transaction_status != pq.TransactionStatus.IDLE

    def begin(self, *, write: bool, seconds: float | None) -> None:
        """BEGIN travels with the first query."""
        with translating():
            self._pipeline = self._open.enter_context(self.connection.pipeline())
            if seconds is not None:
                self._watchdog.watch(self, monotonic() + seconds)
            self.connection.execute(_BEGIN[write])
            if seconds is None:
                self.connection.execute(_NO_DEADLINE)

    def read(self, asked: Sequence[tuple[Prepared, Values]]) -> list[list[tuple[Any, ...]]]:
        """All queries in one trip."""
        with self._translating():
            cursors = [self.connection.cursor().execute(each.sql, each.arguments(values)) for each, values in asked]
            self._flush()
            return [each.read(cursor.fetchall()) for (each, _), cursor in zip(asked, cursors, strict=True)]

    def send(self, writes: Sequence[Write]) -> None:
        """All writes in one trip; where counts matter they are looked at when it is back, else COMMIT or the next read travels behind them."""
        awaited: list[tuple[psycopg.Cursor[Any], tuple[str, int]]] = []
        with self._translating():
            for prepared, values, target, *_ in grouped(writes):
                cursor = self.connection.cursor()
                if not isinstance(values, list):
                    cursor.execute(prepared.sql, prepared.arguments(values))
                elif len(values) >= WORTH_GROUPING and (whole := prepared.together(values)) is not None:
                    cursor.execute(*whole)
                else:
                    cursor.executemany(prepared.sql, [prepared.arguments(each) for each in values])
                if target is not None:
                    awaited.append((cursor, target))
            self._flush()
            if awaited and self._pipeline is not None:
                self._pipeline.sync()
        for cursor, target in awaited:
            check_count(cursor.rowcount, target)

    def commit(self, *, ring: bool) -> None:
        """The bell is rung after the commit, in a transaction of its own in the same trip: inside, it would line all writers up."""
        with self._translating():
            self.connection.execute("COMMIT")
            if ring:
                self.connection.execute("NOTIFY frontdesk")
            self._leave()

    def rollback(self) -> None:
        """Give it up; a link that cannot do that is `broken` and is closed by its owner."""
        with suppress(psycopg.Error):
            self._leave()
        with suppress(psycopg.Error):
            if not self.connection.closed and self.connection.info.transaction_status != pq.TransactionStatus.IDLE:
                self.connection.execute("ROLLBACK")

    def cut(self) -> None:
        """Shut the socket from the watchdog's thread: whoever waits on it gets an error at once."""
        self._was_cut = True
        with suppress(OSError, psycopg.Error), socket.fromfd(self.connection.pgconn.socket, socket.AF_INET, socket.SOCK_STREAM) as line:
            line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """End the connection."""
        self._watchdog.let_off(self)
        self.connection.close()

    @contextmanager
    def _translating(self) -> Iterator[None]:
        """A call that the watchdog ended failed by its slowness, not by the network."""
        try:
            with translating():
                yield
        except Refused:
            if self._was_cut:
                raise Refused("database_slow") from None
            raise

    def _flush(self) -> None:
        """Send all that waits.

        WORKAROUND: psycopg's pipeline (generators.py, `_pipeline_communicate`) ignores that `flush` left something because the socket was
        full; after a megabyte it waits for the answer to a question that the server has not got whole.
        """
        if self.connection.pgconn.flush():
            self.connection.wait(generators.send(self.connection.pgconn))

    def _leave(self) -> None:
        self._watchdog.let_off(self)
        self._pipeline = None
        self._open.close()


class ServerHome:
    """A server."""

    dialect = POSTGRES

    def __init__(self, url: URL) -> None:
        self.url = url
        self._watchdog = Watchdog()

    def link(self, *, read_only: bool) -> ServerLink:
        """A new connection; reading transactions are read only by themselves."""
        return ServerLink(self.url, self._watchdog)

    def tidy(self) -> None:
        """The server does that by itself."""

    def bell(self) -> ServerBell:
        """A new bell that rings at every commit of any desk."""
        return ServerBell(self.url)

    def close(self) -> None:
        """End the watchdog."""
        self._watchdog.stop()


class ServerBell:
    """Rings when any desk has committed. One thread waits, any thread stops it."""

    def __init__(self, url: URL) -> None:
        self._connection = connect(url)
        self._stopped = threading.Event()
        with translating():
            self._connection.execute("LISTEN frontdesk")

    def wait(self, seconds: float) -> bool:
        """Whether it rang within that time; False also once it is stopped."""
        until = monotonic() + seconds
        while not self._stopped.is_set() and (left := until - monotonic()) > 0:
            with translating():
                if any(True for _ in self._connection.notifies(timeout=min(left, _SLICE_SECONDS), stop_after=1)):
                    return True
        return False

    def stop(self) -> None:
        """Let the waiting thread go."""
        self._stopped.set()

    def close(self) -> None:
        """End the connection."""
        self._connection.close()
