"""The local database: one SQLite file, opened through sqlcipher3, the only SQLite in the process."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import Any

import sqlcipher3.dbapi2 as driver

from frontdesk.domain.problems import Refused
from frontdesk.store.dialects import SQLITE
from frontdesk.store.faults import translating
from frontdesk.store.link import Write, check_count, grouped
from frontdesk.store.statements import Prepared, Values

OLDEST = (3, 51, 3)  # before it, a checkpoint beside a writer could lose pages of the WAL
BUSY_SECONDS = 5

_WRITABLE = "PRAGMA journal_mode=WAL"
_PRAGMAS = (
    "PRAGMA synchronous=FULL",  # NORMAL loses acknowledged rows in a power cut
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-65536",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA wal_autocheckpoint=0",  # the watcher checkpoints between clicks: the 99th of 100 writes 10 ms -> 3 ms
)
_STEPS_BETWEEN_LOOKS = 100_000  # of SQLite's machine, a few milliseconds
_POLL_SECONDS = 0.25  # one look costs 4 microseconds
LONGEST_LOG = 64 * 1024 * 1024


def check_library(version: tuple[int, ...] = driver.sqlite_version_info) -> None:
    """Refuse an SQLite that is known to lose data."""
    if version < OLDEST:
        raise Refused("sqlite_too_old", version=".".join(map(str, version)))


def connect(path: Path, *, read_only: bool = False) -> driver.Connection:
    """A connection with every setting; settings go to the driver, since Core would begin a transaction first and make some of them void."""
    uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    with translating():
        connection = driver.connect(
            uri, uri=True, isolation_level=None, check_same_thread=False, cached_statements=256, timeout=BUSY_SECONDS
        )
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")  # else a damaged file writes to stderr
            for pragma in _PRAGMAS if read_only else (*_PRAGMAS, _WRITABLE):
                connection.execute(pragma)
        except driver.Error:
            connection.close()
            raise
    return connection


class LocalLink:
    """One connection to the file."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.broken = False
        self.connection = connect(path, read_only=read_only)
        self._cursor = self.connection.cursor()
        self._until: float | None = None
        self.connection.set_progress_handler(self._is_late, _STEPS_BETWEEN_LOOKS)

    def _is_late(self) -> bool:
        return self._until is not None and monotonic() > self._until

    def begin(self, *, write: bool, seconds: float | None) -> None:
        """Writers take the one writer's place at once, so that no transaction finds out at its end that it came too late."""
        self._until = None if seconds is None else monotonic() + seconds
        with translating():
            self._cursor.execute("BEGIN IMMEDIATE" if write else "BEGIN")

    def read(self, asked: Sequence[tuple[Prepared, Values]]) -> list[list[tuple[Any, ...]]]:
        """One after the other: there is nobody to travel to."""
        cursor = self._cursor
        with translating():
            return [each.read(cursor.execute(each.sql, each.arguments(values)).fetchall()) for each, values in asked]

    def send(self, writes: Sequence[Write]) -> None:
        """One by one, neighbours with the same statement in one call."""
        cursor = self._cursor
        with translating():
            for prepared, values, target, *_ in grouped(writes):
                if isinstance(values, list):
                    cursor.executemany(prepared.sql, [prepared.arguments(each) for each in values])
                else:
                    cursor.execute(prepared.sql, prepared.arguments(values))
                if target is not None:
                    check_count(cursor.rowcount, target)

    def commit(self, *, ring: bool) -> None:
        """Other connections see it by `PRAGMA data_version`; no bell is needed."""
        with translating():
            self._cursor.execute("COMMIT")

    def rollback(self) -> None:
        """SQLite may have rolled back by itself already (disk full, damaged page)."""
        self._until = None
        try:
            if self.connection.in_transaction:
                self._cursor.execute("ROLLBACK")
        except driver.Error:
            self.broken = True

    def close(self) -> None:
        """End the connection."""
        self._cursor.close()
        self.connection.close()


class LocalHome:
    """A file of this computer."""

    dialect = SQLITE

    def __init__(self, path: Path) -> None:
        self.path = path
        self._wal = path.with_name(path.name + "-wal")
        self._too_long = LONGEST_LOG

    def link(self, *, read_only: bool) -> LocalLink:
        """A new connection."""
        return LocalLink(self.path, read_only=read_only)

    def tidy(self) -> None:
        """Keep the log from growing without end where nobody watches (a long import on the command line)."""
        if _size(self._wal) > self._too_long:
            self.checkpoint(whole=True)
            self._too_long = _size(self._wal) + LONGEST_LOG  # a reader may have kept the log from being emptied: not again at once

    def checkpoint(self, *, whole: bool = False) -> None:
        """Carry the log over into the file, as far as nobody reads (`whole`: wait for readers, and empty the log)."""
        connection = connect(self.path)
        try:
            with translating():
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)" if whole else "PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        finally:
            connection.close()

    def bell(self) -> LocalBell:
        """A new bell that rings at every commit of another connection."""
        return LocalBell(self.path)

    def close(self) -> None:
        """The last connection to leave writes the log back into the file by itself."""


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


class LocalBell:
    """Rings when any other connection, of this process or another, has committed. One thread waits, any thread stops it."""

    def __init__(self, path: Path) -> None:
        self._connection = connect(path, read_only=True)
        self._stopped = threading.Event()
        self._version = self._data_version()

    def wait(self, seconds: float) -> bool:
        """Whether it rang within that time; False also once it is stopped."""
        until = monotonic() + seconds
        while True:
            version = self._data_version()
            if version != self._version:
                self._version = version
                return True
            left = until - monotonic()
            if left <= 0 or self._stopped.wait(min(left, _POLL_SECONDS)):
                return False

    def stop(self) -> None:
        """Let the waiting thread go."""
        self._stopped.set()

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def _data_version(self) -> int:
        with translating():
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])
