"""One transaction: reads at once, collects writes and their journal rows, sends them at the end or before the next read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Dialect, Executable, Insert, Table, insert

from frontdesk.domain.workflow import Role
from frontdesk.store import entries
from frontdesk.store.dialects import one_of
from frontdesk.store.ids import Ids
from frontdesk.store.link import Link, Write
from frontdesk.store.statements import Book, Values, as_json
from frontdesk.store.tables import command_key, metadata

__all__ = ["AlreadyDone", "Tx", "follows", "one_of"]

Row = tuple[Any, ...]
Follower = Callable[["Tx", int, Mapping[str, Any] | None, Mapping[str, Any]], None]

_FOLLOWERS: dict[str, list[Follower]] = {}
_KEY = insert(command_key).inline()
_RANKS = {table.name: rank for rank, table in enumerate(metadata.sorted_tables)}
_NOT_COMPARED = frozenset({"id", "version"})


def follows(table: str) -> Callable[[Follower], Follower]:
    """Register what is derived from a table: called with the whole row before (None when it is new) and after every write of it."""

    def register(follower: Follower) -> Follower:
        _FOLLOWERS.setdefault(table, []).append(follower)
        return follower

    return register


class AlreadyDone(Exception):
    """A command with this key was carried out before; this time nothing was written.

    Attributes:
        change: the change it made then, or None when it changed nothing.
        answer: what was kept in `Tx.answer` then.
    """

    def __init__(self, change: int | None, answer: str | None) -> None:
        super().__init__(change)
        self.change = change
        self.answer = answer


class Tx:
    """What every store function, query and command gets as its first argument.

    Attributes:
        who: the person who asked for it, or None for the program itself.
        change: the unit of undo that the next writes belong to.
        topics: what was touched, for the pages that show it (`lead:5`, `leads`, `settings`).
        kept: what a module wants to remember until the end (deltas of totals); under the module's own key.
        answer: JSON to give back when the same command key comes again.
    """

    def __init__(self, link: Link, book: Book, ids: Ids, *, who: int | None, role: Role, now: datetime) -> None:
        self.who, self.role, self.now = who, role, now
        self.change = ids.new(now)
        self.rule = ""
        self.topics: set[str] = set()
        self.kept: dict[str, Any] = {}
        self.answer: str | None = None
        self._link, self._book, self._ids = link, book, ids
        self._system = who is None
        self._undoable = True
        self._undoes: int | None = None
        self._writes: list[Write] = []
        self._entries: list[dict[str, Any]] = []
        self._marked: set[int] = set()
        self._foreseen: dict[int, list[Row]] = {}
        self._last: dict[str, Callable[[Tx], None]] = {}
        self._has_written = False

    @property
    def dialect(self) -> Dialect:
        """The database's dialect, for the few statements that differ."""
        return self._book.dialect

    @property
    def is_local(self) -> bool:
        """Whether this is the SQLite file."""
        return self._book.dialect.name == "sqlite"

    @property
    def signed_by(self) -> int | None:
        """Who signs what is written now: the person, or nobody where the program acts by itself."""
        return None if self._system else self.who

    @property
    def has_written(self) -> bool:
        """Whether anything was written so far."""
        return self._has_written

    def new_id(self) -> int:
        """An id for a new row."""
        return self._ids.new(self.now)

    # ------------------------------------------------------------------------------------------------------ reading

    def rows(self, statement: Executable, /, **values: Any) -> list[Row]:
        """All rows of a query; pending writes are sent first."""
        foreseen = self._foreseen.pop(id(statement), None) if self._foreseen and not self._writes else None
        return self.rows_together((statement, values))[0] if foreseen is None else foreseen

    def row(self, statement: Executable, /, **values: Any) -> Row | None:
        """The first row of a query, or None."""
        found = self.rows(statement, **values)
        return found[0] if found else None

    def value(self, statement: Executable, /, **values: Any) -> Any:
        """The first cell of the first row, or None."""
        found = self.row(statement, **values)
        return None if found is None else found[0]

    def rows_together(self, *asked: tuple[Executable, Mapping[str, Any]]) -> list[list[Row]]:
        """The rows of several queries that do not need each other: one trip to a shared database instead of many."""
        if self._writes:
            self._send()
        return self._link.read([(self._book.prepared(statement), values) for statement, values in asked])

    def foresee(self, *statements: Executable) -> None:
        """Ask several questions without values in one trip; each answer waits for who asks next, unless something is written before."""
        answers = self.rows_together(*((statement, {}) for statement in statements))
        self._foreseen = {id(statement): rows for statement, rows in zip(statements, answers, strict=True)}

    # ------------------------------------------------------------------------------------------------------ writing

    def insert(self, table: Table, row: Mapping[str, Any], *, lead_id: int | None = None, person_id: int | None = None) -> None:
        """Add a row, with its journal row."""
        row = dict(row)
        self._writes.append(Write(self._book.insert(table, tuple(row)), row, is_insert=True, rank=_RANKS[table.name]))
        known = {name: value for name, value in row.items() if value is not None}
        self._record(table, row["id"], (None, known), (lead_id, person_id))
        self._follow(table, row["id"], None, row)

    def update(
        self,
        table: Table,
        row_id: int,
        before: Mapping[str, Any],
        after: Mapping[str, Any],
        *,
        lead_id: int | None = None,
        person_id: int | None = None,
    ) -> bool:
        """Change the columns that differ, with a journal row; False when none does.

        Raises:
            Conflict: when it is sent, if the row's version is not `before["version"]` any more.
        """
        new = {name: value for name, value in after.items() if before.get(name) != value and name not in _NOT_COMPARED}
        if not new:
            return False
        old = {name: before.get(name) for name in new}
        values = {f"new_{name}": value for name, value in new.items()}
        values["row_id"] = row_id
        names = tuple(new)
        if "version" in table.c:
            version = before["version"]
            values.update(row_version=version, new_version=version + 1)
            old["version"], new["version"] = version, version + 1  # in the journal too: undo asks whether the row is still the same
            names += ("version",)
        self._writes.append(Write(self._book.update(table, names), values, (table.name, row_id)))
        self._record(table, row_id, (old, new), (lead_id, person_id))
        self._follow(table, row_id, before, after)
        return True

    def write(self, statement: Executable, /, **values: Any) -> None:
        """Write something derived (search, totals): no journal row, and it may meet any number of rows."""
        self._has_written = True
        self._writes.append(Write(self._book.prepared(statement), values, is_insert=isinstance(statement, Insert)))

    def write_many(self, statement: Executable, rows: Sequence[Mapping[str, Any]], /) -> None:
        """The same statement for many rows."""
        if rows:
            self._has_written = True
            self._writes.append(Write(self._book.prepared(statement), list(rows), is_insert=isinstance(statement, Insert)))

    def at_end(self, key: str, function: Callable[[Tx], None]) -> None:
        """Call the function once, just before the transaction ends; a second function under the same key is ignored."""
        self._last.setdefault(key, function)

    # ------------------------------------------------------------------------------------------------ why, and which

    @contextmanager
    def because(self, rule: str, *, system: bool | None = None, undoable: bool | None = None) -> Iterator[None]:
        """Journal the writes of this block with that rule, as the system's own or outside of the person's undo when told."""
        kept = self.rule, self._system, self._undoable
        self.rule = rule
        self._system = self._system if system is None else system
        self._undoable = self._undoable if undoable is None else undoable
        try:
            yield
        finally:
            self.rule, self._system, self._undoable = kept

    @contextmanager
    def new_change(self, *, undoes: int | None = None) -> Iterator[int]:
        """Give the writes of this block a change of their own: one per lead in a tick or an import, or the undoing of another change."""
        kept = self.change, self._undoes
        self.change, self._undoes = self.new_id(), undoes
        try:
            yield self.change
        finally:
            self.change, self._undoes = kept

    # -------------------------------------------------------------------------------------------------------- ending

    def send(self) -> None:
        """Send everything that waits, journal rows too; needed before reading the journal of this very transaction."""
        if self._entries:
            self._queue_entries()
        if self._writes:
            self._send()

    def finish(self, key: str | None) -> None:
        """Send the rest: what was kept until the end, the journal and the command key."""
        while self._last:  # a function at the end may ask for another one
            _, function = self._last.popitem()
            function(self)
        if key is not None:
            change = self.change if self._has_written else None
            self._writes.append(Write(self._book.prepared(_KEY), {"key": key, "change": change, "at": self.now, "answer": self.answer}))
        self.send()

    def _send(self) -> None:
        writes, self._writes = self._writes, []
        self._foreseen.clear()
        self._link.send(writes)

    def _queue_entries(self) -> None:
        rows, self._entries = self._entries, []
        entries.complete(rows)
        if not self.is_local:
            self._writes.append(Write(self._book.prepared(entries.INSERT_NUMBERED), {"rows": as_json(rows)}))
            return
        stored: list[Values] = [*rows]
        highest = self._link.read([(self._book.prepared(entries.HIGHEST), {})])[0][0][0]
        for number, row in enumerate(rows, highest + 1):
            row.update(number=number, txid=None)
        self._writes.append(Write(self._book.prepared(entries.INSERT), stored))
        self._writes.append(Write(self._book.prepared(entries.INSERT_DETAIL), stored))

    def _record(
        self, table: Table, row_id: int, columns: tuple[Mapping[str, Any] | None, Mapping[str, Any]], about: tuple[int | None, int | None]
    ) -> None:
        self._has_written = True
        is_first = self._undoable and not self._system and self.change not in self._marked
        if is_first:
            self._marked.add(self.change)
        before, after = columns
        self._entries.append(
            {
                "change": self.change,
                "undoes": self._undoes,
                "who": self.signed_by,
                "system": self._system,
                "at": self.now,
                "rule": self.rule,
                "table_name": str(table.name),  # Core's own kind of text asks the driver for an adapter at every row
                "row_id": row_id,
                "action": "insert" if before is None else "update",
                "lead_id": about[0],
                "person_id": about[1],
                "undoable": is_first,
                "before": entries.text(before),
                "after": entries.text(after),
            }
        )
        self._touch(table, *about)

    def _touch(self, table: Table, lead_id: int | None, person_id: int | None) -> None:
        topics = self.topics
        if lead_id is not None:
            topics.add(f"lead:{lead_id}")
            topics.add("leads")
        if person_id is not None:
            topics.add(f"person:{person_id}")
        topic = table.info.get("topic")
        if topic is not None:
            topics.add(topic)

    def _follow(self, table: Table, row_id: int, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> None:
        for follower in _FOLLOWERS.get(table.name, ()):
            follower(self, row_id, before, after)
