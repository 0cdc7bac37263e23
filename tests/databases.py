"""Empty databases at this program's schema for the tests of store and services: SQLite copied from a template, PostgreSQL emptied."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from frontdesk.domain.workflow import Role
from frontdesk.store.engine import Database, open_database
from frontdesk.store.tx import Tx

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KINDS = ("sqlite", "postgresql")


def writing(
    database: Database, *, who: int | None = None, role: Role = Role.MANAGER, now: datetime = NOW, **more: Any
) -> AbstractContextManager[Tx]:
    """A write transaction of a manager on a fixed morning."""
    return database.writing(who=who, role=role, now=now, **more)


def reading(database: Database, *, who: int | None = None, role: Role = Role.MANAGER, now: datetime = NOW) -> AbstractContextManager[Tx]:
    """A read transaction of a manager on a fixed morning."""
    return database.reading(who=who, role=role, now=now)


@pytest.fixture(scope="session")
def template_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty local database at head, in one file; copy it, never open it."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    open_database(path, now=NOW).close()
    return path


@pytest.fixture
def local_path(template_file: Path, tmp_path: Path) -> Path:
    """A fresh local database that nobody has open."""
    path = tmp_path / "practice.db"
    shutil.copyfile(template_file, path)
    return path


@pytest.fixture
def local_database(local_path: Path) -> Iterator[Database]:
    """A fresh local database, open."""
    with open_database(local_path, now=NOW) as database:
        yield database


@pytest.fixture(scope="session")
def upgraded_url(postgres_url: str) -> str:
    """The shared database of this run, at head."""
    from frontdesk.store import upgrade

    upgrade.upgrade_server(postgres_url)
    return postgres_url


@pytest.fixture
def shared_url(upgraded_url: str) -> str:
    """The shared database of this run, at head and empty."""
    with psycopg.connect(upgraded_url.replace("+psycopg", "")) as connection:
        connection.execute("SET LOCAL session_replication_role = replica")  # no triggers, no foreign keys
        for (table,) in connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
        ).fetchall():
            connection.execute(psycopg.sql.SQL("DELETE FROM {}").format(psycopg.sql.Identifier(table)))
        connection.execute("INSERT INTO feed(id, token) VALUES (1, %s)", (secrets.token_hex(16),))
    return upgraded_url


@pytest.fixture
def shared_database(shared_url: str) -> Iterator[Database]:
    """The shared database, empty and open."""
    with open_database(shared_url, now=NOW) as database:
        yield database


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest) -> Database:
    """An empty database at head, of either kind."""
    found: Database = request.getfixturevalue("local_database" if request.param == "sqlite" else "shared_database")
    return found
