"""Bring a database to this program's schema: one transaction, no alembic.ini, the open connection handed to migrations/env.py."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from frontdesk.domain.problems import Refused
from frontdesk.places import shipped
from frontdesk.store import backup, files, local, schema, server, triggers
from frontdesk.store.faults import Broken, translated
from frontdesk.store.tables import feed, metadata

log = logging.getLogger(__name__)

_LOCK = 4711  # of PostgreSQL: one desk upgrades, the others wait and then find nothing left to do
_AUTOGENERATE = ["alembic.autogenerate.*", "alembic.ext.checkconstraint_byname"]  # CHECKs are compared only with the second
_DERIVED = "search_"


def upgrade_file(path: Path, *, now: datetime) -> Path | None:
    """Create a local database, or bring an older one up to date after a backup; returns the backup's path."""
    files.check_place(path)
    kept, state = None, files.state(path)
    _check_ours(state)
    folder = backup.folder_of(path)
    if state is schema.State.EMPTY and path.exists() and backup.backups(path, folder):
        raise Refused("database_damaged")  # a practice lay here: what emptied the file must not begin another one
    if state is schema.State.OLDER:
        kept = backup.back_up(path, folder, now=now, why="before-upgrade")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise Refused("database_not_openable") from None
    _upgrade(local_engine(path))
    return kept


def upgrade_server(url: str) -> None:
    """Create or upgrade the shared schema; only ever called by *upgrade*, never by opening."""
    link = server.connect(server.address(url))
    try:
        state = schema.state(link)
    finally:
        link.close()
    _check_ours(state)
    _upgrade(server_engine(server.address(url)))


def _check_ours(state: schema.State) -> None:
    if state is schema.State.NEWER:
        raise Refused("database_newer")
    if state is schema.State.FOREIGN:
        raise Refused("database_foreign")


def local_engine(path: Path) -> Engine:
    """Core on the file; `module=` keeps Python's own sqlite3 out of the process."""
    engine = create_engine("sqlite://", module=driver, creator=lambda: local.connect(path), poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        _driver(connection).execute("BEGIN IMMEDIATE")

    return engine


def server_engine(url: URL) -> Engine:
    """Core on the server."""

    def connect() -> Any:
        connection = server.connect(url)
        connection.autocommit = False
        return connection

    return create_engine("postgresql+psycopg://", creator=connect, poolclass=NullPool, hide_parameters=True)


def _upgrade(engine: Engine, to: str = "head") -> None:
    try:
        with _structure_change(engine) as connection:
            triggers.drop(connection)
            _migrate(connection, to)
            triggers.create(connection)
            if connection.execute(feed.select()).first() is None:
                connection.execute(feed.insert(), {"id": 1, "token": secrets.token_hex(16)})
    except DBAPIError as error:
        raise translated(error.orig if isinstance(error.orig, Exception) else error) from None
    finally:
        engine.dispose()


def _migrate(connection: Connection, to: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(shipped("migrations")).replace("%", "%%"))
    config.attributes.update(connection=connection, metadata=metadata)  # its naming convention names what revisions create
    command.upgrade(config, to)


@contextmanager
def _structure_change(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        is_local = connection.dialect.name == "sqlite"
        if is_local:  # outside of a transaction, on the driver: Core would begin one and make the settings void without a word
            _driver(connection).execute("PRAGMA foreign_keys=OFF")  # else batch mode's DROP TABLE sets referring rows to NULL
            _driver(connection).execute("PRAGMA legacy_alter_table=ON")  # else RENAME fails on triggers that name the table
        with connection.begin():
            if not is_local:
                connection.exec_driver_sql(
                    "SET LOCAL statement_timeout = 0"
                )  # a large table takes its time, and other desks wait their turn
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%(lock)s)", {"lock": _LOCK})
            yield connection
            if is_local and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise Broken("foreign_key")


def _driver(connection: Connection) -> Any:
    return connection.connection.dbapi_connection


def differences(connection: Connection) -> list[Any]:
    """What the models say and the database has not; empty at head. A changed CHECK text is seen by `shape` only."""
    options = {
        "target_metadata": metadata,
        "compare_type": True,
        "compare_server_default": True,
        "include_object": _is_ours,
        "autogenerate_plugins": _AUTOGENERATE,
    }
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def shape(connection: Connection) -> dict[tuple[str, str], list[str]]:
    """All that reflection can say, to compare a migrated database with a `create_all` one: CHECK texts and index conditions too."""
    found: dict[tuple[str, str], list[str]] = {}
    inspector = inspect(connection)
    readers: dict[str, Callable[[], Any]] = {
        "columns": inspector.get_multi_columns,
        "key": inspector.get_multi_pk_constraint,
        "references": inspector.get_multi_foreign_keys,
        "unique": inspector.get_multi_unique_constraints,
        "checks": inspector.get_multi_check_constraints,
        "indexes": inspector.get_multi_indexes,
    }
    for kind, read in readers.items():
        for (_, table), facts in read().items():
            if not table.startswith((_DERIVED, "alembic_")):
                found[table, kind] = sorted(str(_plain(fact)) for fact in (facts if isinstance(facts, list) else [facts]))
    return found


def _plain(fact: Any) -> Any:
    """Reflected types and options compare by identity; their words compare by what they say."""
    if isinstance(fact, dict):
        return {name: _plain(value) for name, value in sorted(fact.items())}
    return str(fact)


def _is_ours(thing: object, name: str | None, kind: str, reflected: bool, compare_to: object) -> bool:
    """Leave out what Core does not know: the FTS5 tables with their shadow tables."""
    return not (kind == "table" and reflected and compare_to is None and str(name).startswith(_DERIVED))
