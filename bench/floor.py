"""The floor: the same durable work in raw SQL through the drivers, with a minimal schema and the right indexes."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from typing_extensions import override

from bench.invented import ACTIVITIES, MORE_SOURCES, NOW, SOURCES, STATUSES, Invented, leads
from bench.server import Server
from frontdesk.store import local as store_local
from frontdesk.store.statements import microseconds

LOST = STATUSES.index("lost")
FIRST_CLOSED = STATUSES.index("procedure_completed")
_LEAD = """CREATE TABLE lead(id {key}, full_name text NOT NULL, phone text, phone_digits text, phone_tail text, email text,
 source_id integer NOT NULL, owner_id integer NOT NULL, stage integer NOT NULL, next_follow_up {at}, created_at {at} NOT NULL,
 closed_at {at}, amount_cents bigint, lost_reason integer, version integer NOT NULL DEFAULT 1)"""
_ACTIVITY = """CREATE TABLE activity(id {key}, lead_id bigint NOT NULL REFERENCES lead(id), kind integer NOT NULL, at {at} NOT NULL,
 user_id integer NOT NULL, note text)"""
_INDEXES = (
    f"CREATE INDEX lead_open ON lead(owner_id, next_follow_up, id) WHERE stage < {FIRST_CLOSED}",
    "CREATE INDEX lead_tail ON lead(phone_tail)",
    "CREATE UNIQUE INDEX lead_email ON lead(email)",
    "CREATE INDEX lead_funnel ON lead(created_at, stage, source_id, amount_cents)",
    "CREATE INDEX activity_lead ON activity(lead_id, at)",
)
_SHOWN = "id, full_name, phone, email, source_id, owner_id, stage, next_follow_up, amount_cents"
_STORED = (
    "full_name, phone, phone_digits, phone_tail, email, source_id, owner_id, stage, next_follow_up, created_at, closed_at, amount_cents,"
    " lost_reason"
)
_NOTES = ("called", "no answer", "sent price list", "booked a visit", "follow-up set")
_CHUNK = 20_000


class Floor:
    """What both databases share; `mark` is how the driver writes a parameter."""

    mark = "?"
    contains = ""

    def __init__(self, cursor: Any) -> None:
        self.cursor = cursor
        marks = ", ".join([self.mark] * 13)
        self._add_lead = f"INSERT INTO lead({_STORED}) VALUES ({marks})"
        self._add_activity = f"INSERT INTO activity(lead_id, kind, at, user_id, note) VALUES ({', '.join([self.mark] * 5)})"
        self._lose = (
            f"UPDATE lead SET stage = {LOST}, lost_reason = {self.mark}, closed_at = {self.mark}, next_follow_up = NULL,"
            f" version = version + 1 WHERE id = {self.mark} AND stage <> {LOST}"
        )
        self._page = (
            f"SELECT {_SHOWN} FROM lead WHERE owner_id = {self.mark} AND stage < {FIRST_CLOSED} ORDER BY next_follow_up, id LIMIT 100"
        )
        self._by_tail = f"SELECT {_SHOWN} FROM lead WHERE phone_tail = {self.mark} ORDER BY id DESC LIMIT 50"

    @staticmethod
    def at(moment: datetime) -> Any:
        """An instant as it is stored."""
        return microseconds(moment)

    def create(self, lead: Invented) -> None:
        """W1."""
        self.cursor.execute("BEGIN")
        lead_id = self._insert(self._row(lead))
        self.cursor.execute(self._add_activity, (lead_id, 9, self.at(NOW), lead.owner + 1, "created"))
        self.cursor.execute("COMMIT")

    def lose(self, number: int) -> None:
        """W2: one update and one line of history, committed."""
        self.cursor.execute("BEGIN")
        self.cursor.execute(self._lose, (2, self.at(NOW), number + 1))
        self.cursor.execute(self._add_activity, (number + 1, 8, self.at(NOW), 1, "lost: price"))
        self.cursor.execute("COMMIT")

    def page(self, owner: int) -> int:
        """W3."""
        return self._rows(self._page, owner + 1)

    def find_name(self, part: str) -> int:
        """W4."""
        return self._rows(self._by_name, self._wanted(part))

    def find_digits(self, tail: str) -> int:
        """W4: the last seven digits, from an index of their own."""
        return self._rows(self._by_tail, tail)

    def read_in(self, file: Path) -> int:
        """W6: from the file to committed rows, without a check or a normal form but the digits."""
        with file.open(encoding="utf-8", newline="") as source:
            rows = [self._cells(row) for row in csv.DictReader(source)]
        self.cursor.execute("BEGIN")
        self._bulk(rows)
        self.cursor.execute("COMMIT")
        return len(rows)

    def load(self, size: int) -> None:
        """Fill an empty database, then index it."""
        for chunk in _chunks(leads(size)):
            self._load_rows("lead", ["id", *_STORED.split(", ")], [(lead.number + 1, *self._row(lead)) for lead in chunk])
            names = ["lead_id", "kind", "at", "user_id", "note"]
            self._load_rows("activity", names, [row for lead in chunk for row in self._activities(lead)])
        for sql in _INDEXES:
            self.cursor.execute(sql)

    _by_name = ""

    def _wanted(self, part: str) -> str:
        raise NotImplementedError

    def _insert(self, row: tuple[Any, ...]) -> int:
        raise NotImplementedError

    def _bulk(self, rows: list[tuple[Any, ...]]) -> None:
        raise NotImplementedError

    def _load_rows(self, table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
        raise NotImplementedError

    def _rows(self, statement: str, value: object) -> int:
        return len(self.cursor.execute(statement, (value,)).fetchall())

    def _row(self, lead: Invented) -> tuple[Any, ...]:
        stage = STATUSES.index(lead.status)
        follow_up, closed = (each and self.at(each) for each in (lead.follow_up, lead.closed))
        amount = None if lead.amount is None else lead.amount * 100
        places = (lead.source + 1, lead.owner + 1, stage, follow_up, self.at(lead.created), closed, amount, 0 if lead.reason else None)
        return (lead.name, lead.phone, lead.digits, lead.digits[-7:], lead.email, *places)

    def _activities(self, lead: Invented) -> Iterator[tuple[Any, ...]]:
        for place in range(ACTIVITIES):
            yield lead.number + 1, place, self.at(lead.created + timedelta(days=place)), lead.owner + 1, _NOTES[place]

    def _cells(self, row: dict[str, str]) -> tuple[Any, ...]:
        digits = "".join(letter for letter in row["Phone"] if letter.isdigit())
        source = (SOURCES + MORE_SOURCES).index(row["Source"]) + 1
        name = f"{row['First name']} {row['Last name']}"
        return (name, row["Phone"], digits, digits[-7:], row["Email"], source, 1, 0, None, self.at(NOW), None, None, None)


class LocalFloor(Floor):
    """sqlcipher3, WAL and FULL, as the program opens its own file."""

    _by_name = f"SELECT {_SHOWN} FROM lead WHERE id IN (SELECT rowid FROM lead_words WHERE lead_words MATCH ?) ORDER BY id DESC LIMIT 50"

    @override
    def load(self, size: int) -> None:
        self.cursor.execute("PRAGMA synchronous=OFF")
        self.cursor.execute(_LEAD.format(key="integer PRIMARY KEY", at="integer"))
        self.cursor.execute(_ACTIVITY.format(key="integer PRIMARY KEY", at="integer"))
        self.cursor.execute("BEGIN")
        super().load(size)
        self.cursor.execute("CREATE VIRTUAL TABLE lead_words USING fts5(full_name, content='lead', content_rowid='id', tokenize='trigram')")
        self.cursor.execute("INSERT INTO lead_words(lead_words) VALUES ('rebuild')")
        self.cursor.execute("COMMIT")
        self.cursor.execute("ANALYZE")
        self.cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @override
    def _wanted(self, part: str) -> str:
        return f'"{part}"'

    @override
    def _insert(self, row: tuple[Any, ...]) -> int:
        self.cursor.execute(self._add_lead, row)
        lead_id = int(self.cursor.lastrowid)
        self.cursor.execute("INSERT INTO lead_words(rowid, full_name) VALUES (?, ?)", (lead_id, row[0]))
        return lead_id

    @override
    def _bulk(self, rows: list[tuple[Any, ...]]) -> None:
        top = self.cursor.execute("SELECT max(id) FROM lead").fetchone()[0]
        self.cursor.executemany(self._add_lead, rows)
        self.cursor.execute("INSERT INTO lead_words(rowid, full_name) SELECT id, full_name FROM lead WHERE id > ?", (top,))
        copied = "INSERT INTO activity(lead_id, kind, at, user_id, note) SELECT id, 9, ?, owner_id, 'imported' FROM lead WHERE id > ?"
        self.cursor.execute(copied, (self.at(NOW), top))

    @override
    def _load_rows(self, table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
        marks = ", ".join("?" * len(columns))
        self.cursor.executemany(f"INSERT INTO {table}({', '.join(columns)}) VALUES ({marks})", rows)


class SharedFloor(Floor):
    """psycopg, one statement after another as most programs do it."""

    mark = "%s"
    _by_name = f"SELECT {_SHOWN} FROM lead WHERE full_name ILIKE %s ORDER BY id DESC LIMIT 50"

    @staticmethod
    @override
    def at(moment: datetime) -> Any:
        return moment

    @override
    def load(self, size: int) -> None:
        self.cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        self.cursor.execute(_LEAD.format(key="bigint PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY", at="timestamptz"))
        self.cursor.execute(_ACTIVITY.format(key="bigint PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY", at="timestamptz"))
        super().load(size)
        self.cursor.execute(f"ALTER TABLE lead ALTER COLUMN id RESTART WITH {size + 1}")
        self.cursor.execute("CREATE INDEX lead_name ON lead USING gin (full_name gin_trgm_ops)")
        self.cursor.execute("VACUUM ANALYZE")

    @override
    def _wanted(self, part: str) -> str:
        return f"%{part}%"

    @override
    def _insert(self, row: tuple[Any, ...]) -> int:
        return int(self.cursor.execute(self._add_lead + " RETURNING id", row).fetchone()[0])

    @override
    def _bulk(self, rows: list[tuple[Any, ...]]) -> None:
        top = self.cursor.execute("SELECT max(id) FROM lead").fetchone()[0]
        self._load_rows("lead", _STORED.split(", "), rows)
        copied = "INSERT INTO activity(lead_id, kind, at, user_id, note) SELECT id, 9, %s, owner_id, 'imported' FROM lead WHERE id > %s"
        self.cursor.execute(copied, (NOW, top))

    @override
    def _load_rows(self, table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
        with self.cursor.copy(f"COPY {table}({', '.join(columns)}) FROM STDIN") as target:
            for row in rows:
                target.write_row(row)


@contextmanager
def local(file: Path) -> Iterator[LocalFloor]:
    """The floor of a file."""
    connection = store_local.connect(file)
    try:
        yield LocalFloor(connection.cursor())
    finally:
        connection.close()


@contextmanager
def shared(server: Server, name: str) -> Iterator[SharedFloor]:
    """The floor of a server's database."""
    with server.connected(name) as connection:
        yield SharedFloor(connection.cursor())


def fill_local(file: Path, size: int) -> None:
    """Make the floor's file."""
    with local(file) as floor:
        floor.load(size)


def fill_shared(server: Server, name: str, size: int) -> None:
    """Fill the floor's database."""
    with shared(server, name) as floor:
        floor.load(size)


def _chunks(every: Iterable[Invented]) -> Iterator[list[Invented]]:
    rest = iter(every)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk
