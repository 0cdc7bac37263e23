"""The practice of a bench, filled in bulk past the services and kept in a temporary folder for the next run; work is done on a copy."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

import psycopg
from psycopg import sql

from bench import invented
from bench.invented import MORE_SOURCES, NOW, OWNERS, SOURCES, Invented
from bench.rows import COLUMNS, Ground, Rows
from bench.server import Server
from frontdesk.domain.records import Source, StaffMember
from frontdesk.domain.workflow import Role
from frontdesk.services.desk import Desk
from frontdesk.services.lists import choices
from frontdesk.services.practices import Beginning, open_desk
from frontdesk.store import local, locations, sources, staff, totals, upgrade
from frontdesk.store.statements import microseconds
from frontdesk.store.tx import Tx

ROOT = Path(__file__).resolve().parent.parent
SHAPED_BY = ("migrations/versions/*.py", "frontdesk/store/grams.py", "frontdesk/domain/contacts/names.py", "bench/*.py")
ALWAYS = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
BEGINNING = Beginning("Bench", "Europe/Istanbul", "TR", "EUR", person="Owner 0", hours=ALWAYS)
_CHUNK = 10_000


class Clock:
    """The present of all desks; it is moved by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> Any:
        return self.now


@lru_cache(maxsize=1)
def folder() -> Path:
    """Where filled databases are kept, under the hash of everything that shapes them; the older ones go."""
    found = hashlib.sha256()
    for pattern in SHAPED_BY:
        for file in sorted(ROOT.glob(pattern)):
            if file.name not in {"goals.py", "measuring.py", "report.py", "works.py", "__main__.py", "start_up.py", "window.py"}:
                found.update(file.read_bytes())
    name = f"frontdesk-bench-{os.getuid()}-"
    place = Path(tempfile.gettempdir(), name + found.hexdigest()[:12])
    for old in place.parent.glob(name + "*"):
        if old != place:
            shutil.rmtree(old, ignore_errors=True)
    place.mkdir(mode=0o755, exist_ok=True)
    return place


def server_folder() -> Path:
    """Where the server keeps its filled databases."""
    place = folder() / "server"
    place.mkdir(mode=0o755, exist_ok=True)
    return place


@contextmanager
def desk_at(place: str | Path, clock: Clock) -> Iterator[Desk]:
    """The administrator's desk, who is the first of the owners."""
    desk = open_desk(place, person=BEGINNING.person, clock=clock, beginning=BEGINNING)
    try:
        yield desk
    finally:
        desk.database.close()


def local_copy(place: Path, size: int, work: Path) -> Path:
    """A file of so many leads to work on."""
    whole = place / f"local-{size}.db"
    if not whole.exists():
        with _told(f"filling a local practice of {size:,} leads"):
            made = place / "being-made.db"
            made.unlink(missing_ok=True)
            _fill_local(made, size)
            made.rename(whole)
    return Path(shutil.copyfile(whole, work / whole.name))


def shared_copy(server: Server, size: int) -> str:
    """The address of a database of so many leads to work on."""
    whole = f"shared_{size}"
    if not server.has(whole):
        with _told(f"filling a shared practice of {size:,} leads"):
            _fill_shared(server, server.create("being_made"), size)
            server.rename("being_made", whole)
    return server.create("work", whole)


def floor_copy(place: Path, size: int, work: Path, load: Callable[[Path], None]) -> Path:
    """The floor's file of so many leads to work on."""
    whole = place / f"floor-{size}.db"
    if not whole.exists():
        with _told(f"filling the local floor of {size:,} leads"):
            made = place / "being-made.db"
            made.unlink(missing_ok=True)
            load(made)
            made.rename(whole)
    return Path(shutil.copyfile(whole, work / whole.name))


def shared_floor_copy(server: Server, size: int, load: Callable[[str], None]) -> str:
    """The name of the floor's database of so many leads to work on."""
    whole = f"floor_{size}"
    if not server.has(whole):
        with _told(f"filling the shared floor of {size:,} leads"):
            server.create("being_made")
            load("being_made")
            server.rename("being_made", whole)
    server.create("floor_work", whole)
    return "floor_work"


def _fill_local(file: Path, size: int) -> None:
    clock = Clock()
    with desk_at(file, clock) as desk:
        ground = _prepared(desk)
    connection = local.connect(file)
    for setting in ("foreign_keys=OFF", "synchronous=OFF", "cache_size=-400000"):
        connection.execute(f"PRAGMA {setting}")
    cursor = connection.cursor()
    named = cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").fetchall()
    cursor.execute("BEGIN")
    for name, _ in named:
        cursor.execute(f'DROP INDEX "{name}"')
    for rows in _chunked(size, Ground(ground.location_id, ground.owners, ground.sources, microseconds, lambda day: day.isoformat())):
        words = rows.pop("words")
        for table, many in rows.items():
            names = COLUMNS[table].split()
            cursor.executemany(f"INSERT INTO {table}({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", many)
        cursor.executemany("INSERT INTO person_words(person_id, names, digits) VALUES (?, ?, ?)", [row[:3] for row in words])
        cursor.executemany("INSERT INTO search_person(rowid, grams) VALUES (?, ?)", [(row[0], " ".join(row[3])) for row in words])
    for _, text in named:
        cursor.execute(text)
    cursor.execute("COMMIT")
    cursor.close()
    connection.close()
    with desk_at(file, clock) as desk:
        _count(desk)


def _fill_shared(server: Server, url: str, size: int) -> None:
    upgrade.upgrade_server(url)
    with desk_at(url, Clock()) as desk:
        ground = _prepared(desk)
        with server.connected("being_made") as connection:
            _copy_in(connection, size, Ground(ground.location_id, ground.owners, ground.sources, lambda at: at, lambda day: day))
        _count(desk)


def _copy_in(connection: psycopg.Connection[Any], size: int, ground: Ground) -> None:
    connection.execute("SET session_replication_role = replica")  # neither triggers nor references
    named = connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
        " AND indexname NOT IN (SELECT conname FROM pg_constraint) AND indexname NOT LIKE 'alembic%'"
    ).fetchall()
    for name, _ in named:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    for rows in _chunked(size, ground):
        for table, many in rows.items():
            names = COLUMNS[table].split()
            stored = "person_words" if table == "words" else table
            with connection.cursor().copy(f"COPY {stored}({', '.join(names)}) FROM STDIN".encode()) as target:
                for row in many:
                    target.write_row(row)
    for _, text in named:
        connection.execute(text.encode())
    connection.execute("SELECT setval(pg_get_serial_sequence('journal', 'number'), (SELECT max(number) + 1 FROM journal))")
    connection.execute("VACUUM ANALYZE")


def _prepared(desk: Desk) -> Ground:
    """The practice with its owners and sources, made by the store as always."""
    desk.do(_colleagues)
    known = desk.ask(choices)
    owners = {name: key for key, name in known.staff.items()}
    labels = {label: key for key, label in known.sources.items()}
    return Ground(
        desk.ask(locations.everywhere)[0].id,
        tuple(owners[f"Owner {place}"] for place in range(OWNERS)),
        tuple(labels[label] for label in SOURCES + MORE_SOURCES),
        lambda at: at,
        lambda day: day,
    )


def _colleagues(tx: Tx) -> None:
    with tx.because("bench", undoable=False):
        for place in range(1, OWNERS):
            staff.add(tx, StaffMember(0, f"Owner {place}", Role.RECEPTIONIST))
        for label in SOURCES + MORE_SOURCES:
            sources.add(tx, Source(0, label, "Digital"))


def _count(desk: Desk) -> None:
    """The kept totals, counted by the program itself."""
    with desk.database.writing(who=None, role=Role.ADMINISTRATOR, now=NOW, long=True) as tx:
        totals.rebuild(tx)


def _chunked(size: int, ground: Ground) -> Iterator[dict[str, list[tuple[Any, ...]]]]:
    journal_rows = 100_000  # above those of setting the practice up
    for chunk in _pieces(invented.leads(size)):
        rows = Rows(ground, journal_rows)
        for lead in chunk:
            rows.add(lead)
        journal_rows = rows.number
        yield rows.tables


def _pieces(every: Iterable[Invented]) -> Iterator[list[Invented]]:
    rest = iter(every)
    while piece := list(islice(rest, _CHUNK)):
        yield piece


@contextmanager
def _told(what: str) -> Iterator[None]:
    start = perf_counter()
    yield
    print(f"{what}: {perf_counter() - start:.0f} s", flush=True)
