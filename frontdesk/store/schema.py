"""Which schema a database has, told without loading Alembic: revision ids are the numbers of the files in migrations/versions."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Any

from frontdesk.places import shipped
from frontdesk.store.faults import translating


class State(StrEnum):
    """How a database's schema stands to this program's."""

    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"
    FOREIGN = "foreign"


def is_damaged(path: Path, connection: Any, found: State) -> bool:
    """A file that says nothing of its schema but is not empty, is unsound where it seems to be somebody else's, or is headed wrongly."""
    with translating():
        if found is State.EMPTY:
            return int(connection.execute("PRAGMA page_count").fetchone()[0]) > 1
        if found is State.FOREIGN:
            return str(connection.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok"
    with path.open("rb") as file:
        return not set(file.read(20)[18:]) <= {1, 2}  # else SQLite opens it, and refuses to write


def known() -> tuple[str, ...]:
    """The revisions that this program knows, oldest first."""
    versions = shipped("migrations") / "versions"
    return tuple(sorted(file.name.partition("_")[0] for file in versions.glob("[0-9]*_*.py")))


def revision(connection: Any) -> str | None:
    """The revision that a driver's connection finds written in its database, or None where nothing is."""
    if "alembic_version" not in tables(connection):
        return None
    with translating():
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])


def tables(connection: Any) -> frozenset[str]:
    """The tables of a driver's connection, without those of the database itself."""
    is_local = not hasattr(connection, "pgconn")
    listing = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        if is_local
        else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    )
    with translating():
        return frozenset(row[0] for row in connection.execute(listing).fetchall())


def state(connection: Any) -> State:
    """How the database behind a driver's connection stands to this program."""
    found = revision(connection)
    if found is None:
        return State.FOREIGN if tables(connection) else State.EMPTY
    names = known()
    if found == names[-1]:
        return State.CURRENT
    if found in names:
        return State.OLDER
    return State.NEWER if found > names[-1] else State.FOREIGN
