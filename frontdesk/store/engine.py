"""An open database: hands out transactions, one connection each, on whatever thread asks."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sqlalchemy import bindparam, func, select, union_all

from frontdesk.domain.problems import Conflict, Refused
from frontdesk.domain.workflow import Role
from frontdesk.store import backup, files, following, local, schema
from frontdesk.store.faults import Broken, TryAgain
from frontdesk.store.ids import Ids
from frontdesk.store.link import Link
from frontdesk.store.local import LocalBell, LocalHome
from frontdesk.store.statements import Book
from frontdesk.store.tables import command_key, metadata
from frontdesk.store.tx import AlreadyDone, Tx

if TYPE_CHECKING:
    from frontdesk.store.server import ServerBell, ServerHome

__all__ = ["Database", "following", "open_database"]

CALL_SECONDS = 10
_MOST_IDLE = 6
_MADE_HERE = [table.c.id for table in metadata.sorted_tables if "id" in table.c]
_HIGHEST_IDS = union_all(*(select(func.max(column).label("highest")) for column in _MADE_HERE)).subquery()
_HIGHEST_ID = select(func.coalesce(func.max(_HIGHEST_IDS.c.highest), 0))
_DONE = select(command_key.c.change, command_key.c.answer).where(command_key.c.key == bindparam("key"))


class Database:
    """One open database.

    Attributes:
        refusal: the code that every write is refused with, or None when it can be written.
        seconds: how long one transaction may take before it is ended.
    """

    def __init__(self, home: LocalHome | ServerHome, *, refusal: str | None = None, seconds: float = CALL_SECONDS) -> None:
        self.home = home
        self.refusal = refusal
        self.seconds = seconds
        self.ids = Ids()
        self._book = Book(home.dialect)
        self._idle: deque[Link] = deque()
        self._writer = threading.Lock()

    @property
    def is_local(self) -> bool:
        """Whether it is a file of this computer."""
        return isinstance(self.home, LocalHome)

    @contextmanager
    def reading(self, *, who: int | None, role: Role, now: datetime, long: bool = False) -> Iterator[Tx]:
        """A snapshot to read from; never waits for a writer. `long` lifts the deadline."""
        with self._linked(write=False, long=long) as link:
            tx = Tx(link, self._book, self.ids, who=who, role=role, now=now)
            yield tx
            if tx.has_written:  # it would be lost without a word
                raise Broken("write_in_reading")
            link.commit(ring=False)

    @contextmanager
    def writing(self, *, who: int | None, role: Role, now: datetime, key: str | None = None, long: bool = False) -> Iterator[Tx]:
        """A transaction that lasts when the block ends, and leaves nothing when it raises.

        Raises:
            AlreadyDone: when `key` was used before; also when the second run failed only because the first one went through, and
                when the answer to our own COMMIT was lost but the rows are there.
        """
        if self.refusal is not None:
            raise Refused(self.refusal)
        try:
            with self._turn(), self._linked(write=True, long=long) as link:
                tx = Tx(link, self._book, self.ids, who=who, role=role, now=now)
                yield tx
                tx.finish(key)
                link.commit(ring=bool(tx.topics))
        except (Refused, Conflict, Broken):
            done = None if key is None else self._done(key, now)
            if done is None:
                raise
            raise done from None
        self.home.tidy()

    def checkpoint(self) -> None:
        """Carry the local log over into the file as far as nobody reads; the watcher does it between clicks."""
        if isinstance(self.home, LocalHome) and self.refusal is None:
            self.home.checkpoint()

    def bell(self) -> LocalBell | ServerBell:
        """A bell with a connection of its own, for the watcher's thread: it rings when somebody has committed."""
        return self.home.bell()

    def problems(self) -> list[str]:
        """What the database itself finds wrong with its file, in its own words; a server looks after that itself."""
        return backup.examine(self.home.path) if isinstance(self.home, LocalHome) else []

    @contextmanager
    def claim(self, what: str) -> Iterator[None]:
        """Be the only program that does one thing with a local file; a server is shared, and its rows say who does what.

        Raises:
            Refused: `database_in_use` while another program does it.
        """
        hold = files.Hold(self.home.path, what) if isinstance(self.home, LocalHome) else None
        try:
            yield
        finally:
            if hold is not None:
                hold.release()

    def close(self) -> None:
        """End all connections; a local file is written back whole."""
        while self._idle:
            self._idle.pop().close()
        self.home.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Writers of this process line up here, in order, instead of asking SQLite again and again."""
        if not self.is_local:
            yield
            return
        if not self._writer.acquire(timeout=local.BUSY_SECONDS):
            raise Refused("database_locked")
        try:
            yield
        finally:
            self._writer.release()

    @contextmanager
    def _linked(self, *, write: bool, long: bool) -> Iterator[Link]:
        try:
            link = self._idle.pop()
        except IndexError:
            link = self.home.link(read_only=self.refusal is not None)
        try:
            link.begin(write=write, seconds=None if long else self.seconds)
            yield link
        except BaseException:
            link.rollback()
            raise
        finally:
            if link.broken or len(self._idle) >= _MOST_IDLE:
                link.close()
            else:
                self._idle.append(link)

    def _done(self, key: str, now: datetime) -> AlreadyDone | None:
        with suppress(Refused, TryAgain), self.reading(who=None, role=Role.ADMINISTRATOR, now=now) as tx:
            row = tx.row(_DONE, key=key)
            return None if row is None else AlreadyDone(row[0], row[1])
        return None


def open_database(place: str | Path, *, now: datetime, seconds: float = CALL_SECONDS) -> Database:
    """Open the file or the server (`postgresql://…`), bringing a local one to this program's schema, with a backup first.

    Raises:
        Refused: it cannot be used from where it lies, is damaged, is no database of ours, or is shared and not upgraded yet.
    """
    if "://" in str(place):
        return _open_shared(str(place), seconds)
    return _open_local(Path(place), now, seconds)


def _open_shared(place: str, seconds: float) -> Database:
    from frontdesk.store.server import ServerHome, address  # noqa: PLC0415 - its driver costs 70 ms, which a local practice need not wait for

    home = ServerHome(address(place))
    link = home.link(read_only=False)
    try:
        state = schema.state(link.connection)
        if state in {schema.State.OLDER, schema.State.EMPTY}:
            raise Refused("database_needs_upgrade")
        if state is schema.State.FOREIGN:
            raise Refused("database_foreign")
    except BaseException:
        link.close()
        home.close()
        raise
    link.close()
    return Database(home, refusal="database_newer" if state is schema.State.NEWER else None, seconds=seconds)


def _open_local(path: Path, now: datetime, seconds: float) -> Database:
    local.check_library()
    files.check_place(path)
    state = files.state(path)
    if state is schema.State.FOREIGN:
        raise Refused("database_foreign")
    if state in {schema.State.EMPTY, schema.State.OLDER}:
        from frontdesk.store import upgrade  # noqa: PLC0415 - Alembic costs 100 ms and is needed once for each version

        upgrade.upgrade_file(path, now=now)
    refusal = "database_newer" if state is schema.State.NEWER else None
    database = Database(LocalHome(path), refusal=refusal, seconds=seconds)
    try:
        with database.reading(who=None, role=Role.AUDITOR, now=now) as tx:
            database.ids.start_after(tx.value(_HIGHEST_ID))
    except BaseException:
        database.close()
        raise
    return database
