"""From nothing to this program's schema on both databases, all or nothing, and what an older or newer one is told."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine, make_url

from frontdesk.domain.problems import Refused
from frontdesk.store import backup, local, schema, triggers, upgrade
from frontdesk.store import tables as t
from frontdesk.store.engine import Database, open_database
from tests.databases import NOW, reading, writing
from tests.store.rows import add_source

ROOT = Path(__file__).parents[2]


@pytest.fixture
def bare_url(shared_url: str) -> Iterator[str]:
    """An empty PostgreSQL database of its own."""
    plain = shared_url.replace("+psycopg", "")
    name = f"{make_url(shared_url).database}_bare"  # workers share one server
    bare = psycopg.sql.Identifier(name)
    with psycopg.connect(plain, autocommit=True) as server:
        server.execute(psycopg.sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(bare))
        server.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(bare))
        yield make_url(shared_url).set(database=name).render_as_string(hide_password=False)
        server.execute(psycopg.sql.SQL("DROP DATABASE {} WITH (FORCE)").format(bare))


def test_an_empty_file_beside_backups_is_a_damaged_practice_and_no_new_one(local_path: Path) -> None:
    backup.back_up(local_path, backup.folder_of(local_path), now=NOW)
    local_path.write_bytes(b"")
    for attempt in (lambda: upgrade.upgrade_file(local_path, now=NOW), lambda: open_database(local_path, now=NOW)):
        with pytest.raises(Refused, match="database_damaged"):
            attempt()
    assert local_path.read_bytes() == b""
    local_path.unlink()
    open_database(local_path, now=NOW).close()


@pytest.fixture(params=["sqlite", "postgresql"])
def upgraded(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A database that came to head by its revisions."""
    if request.param == "sqlite":
        engine = upgrade.local_engine(request.getfixturevalue("local_path"))
    else:
        engine = upgrade.server_engine(make_url(request.getfixturevalue("shared_url")))
    yield engine
    engine.dispose()


@pytest.fixture
def created(request: pytest.FixtureRequest, upgraded: Engine, tmp_path: Path) -> Iterator[Engine]:
    """A database of the same kind that was made from the tables at once."""
    if upgraded.dialect.name == "sqlite":
        engine = upgrade.local_engine(tmp_path / "created.db")
    else:
        engine = upgrade.server_engine(make_url(request.getfixturevalue("bare_url")))
    with engine.begin() as connection:
        t.metadata.create_all(connection)
        triggers.create(connection)
    yield engine
    engine.dispose()


def version(path: Path, number: str) -> None:
    connection = driver.connect(str(path), isolation_level=None)
    connection.execute("UPDATE alembic_version SET version_num = ?", (number,))
    connection.close()


def test_at_head_the_database_is_what_the_tables_say(upgraded: Engine) -> None:
    with upgraded.connect() as connection:
        assert upgrade.differences(connection) == []


def test_a_migrated_database_has_the_shape_of_one_made_at_once(upgraded: Engine, created: Engine) -> None:
    with upgraded.connect() as one, created.connect() as other:
        assert upgrade.shape(one) == upgrade.shape(other)


def test_every_trigger_is_there_at_head(upgraded: Engine, created: Engine) -> None:
    with upgraded.connect() as one, created.connect() as other:
        assert triggers.present(one) == triggers.present(other) == triggers.names(upgraded.dialect.name)


def test_every_constraint_has_a_name(upgraded: Engine) -> None:
    with upgraded.connect() as connection:
        facts = [
            fact for (_, kind), many in upgrade.shape(connection).items() if kind in {"checks", "references", "unique"} for fact in many
        ]
    assert facts
    assert [fact for fact in facts if "'name': 'None'" in fact] == []


def test_upgrading_what_is_at_head_changes_nothing(local_path: Path) -> None:
    with open_database(local_path, now=NOW) as database, writing(database) as tx:
        add_source(tx, "A")
    assert upgrade.upgrade_file(local_path, now=NOW) is None
    with open_database(local_path, now=NOW) as database, reading(database) as tx:
        assert tx.value(t.source.select()) is not None


def test_a_path_with_awkward_letters_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "50 % of it, Łódź?#" / "práctice %s.db"
    open_database(path, now=NOW).close()
    assert files_state(path) is schema.State.CURRENT


def files_state(path: Path) -> schema.State:
    connection = local.connect(path, read_only=True)
    try:
        return schema.state(connection)
    finally:
        connection.close()


def test_a_newer_local_database_is_read_but_not_written(local_path: Path) -> None:
    version(local_path, "9999")
    with open_database(local_path, now=NOW) as database:
        assert database.refusal == "database_newer"
        with reading(database) as tx:
            assert tx.rows(t.source.select()) == []
        with pytest.raises(Refused, match="database_newer"), writing(database):
            pass
        database.checkpoint()


def test_a_revision_nobody_knows_is_not_ours(local_path: Path) -> None:
    version(local_path, "0000x")
    with pytest.raises(Refused, match="database_foreign"):
        open_database(local_path, now=NOW)


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = driver.connect(str(path), isolation_level=None)
    connection.execute("CREATE TABLE song(id INTEGER)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(Refused, match="database_foreign"):
        open_database(path, now=NOW)
    assert path.read_bytes() == before


def test_an_older_local_database_is_backed_up_and_then_upgraded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "practice.db"
    newer = shipped_with_a_second_revision(tmp_path)
    open_database(path, now=NOW).close()
    monkeypatch.setattr("frontdesk.store.upgrade.shipped", lambda folder: newer)
    monkeypatch.setattr("frontdesk.store.schema.shipped", lambda folder: newer)
    open_database(path, now=NOW).close()
    connection = local.connect(path)
    assert "extra" in schema.tables(connection)
    assert schema.revision(connection) == "0002"
    connection.close()
    (kept,) = backup.backups(path, tmp_path / "backups")
    assert "before-upgrade" in kept.name


def shipped_with_a_second_revision(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    shutil.copytree(ROOT / "migrations", folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "0002_extra.py").write_text(
        'import sqlalchemy as sa\nfrom alembic import op\nrevision = "0002"\ndown_revision = "0001"\n'
        "def upgrade():\n"
        '    op.create_table("extra", sa.Column("id", sa.Integer, primary_key=True))\n'
        '    with op.batch_alter_table("staff", recreate="always") as batch:\n'
        '        batch.add_column(sa.Column("extra", sa.Integer))\n'
    )
    return folder


def test_rebuilding_a_table_keeps_references_and_triggers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "practice.db"
    newer = shipped_with_a_second_revision(tmp_path)
    with open_database(path, now=NOW) as database, writing(database) as tx:
        tx.insert(t.location, {"id": 1, "name": "Main", "zone": "UTC"})
    monkeypatch.setattr("frontdesk.store.upgrade.shipped", lambda folder: newer)
    upgrade.upgrade_file(path, now=NOW)
    engine = upgrade.local_engine(path)
    with engine.connect() as connection:
        assert triggers.present(connection) == triggers.names("sqlite")
    engine.dispose()
    assert backup.examine(path) == []


def test_the_shared_database_is_never_upgraded_by_opening_it(bare_url: str) -> None:
    with pytest.raises(Refused, match="database_needs_upgrade"):
        open_database(bare_url, now=NOW)
    upgrade.upgrade_server(bare_url)
    open_database(bare_url, now=NOW).close()
    upgrade.upgrade_server(bare_url)


@pytest.mark.parametrize(("found", "code"), [("9999", "database_newer"), ("0000x", "database_foreign")])
def test_a_shared_database_of_another_program_version_is_not_upgraded(bare_url: str, found: str, code: str) -> None:
    upgrade.upgrade_server(bare_url)
    with psycopg.connect(bare_url.replace("+psycopg", "")) as server:
        server.execute("UPDATE alembic_version SET version_num = %s", (found,))
    with pytest.raises(Refused, match=code):
        upgrade.upgrade_server(bare_url)


def test_a_newer_shared_database_is_read_but_not_written(bare_url: str) -> None:
    upgrade.upgrade_server(bare_url)
    with psycopg.connect(bare_url.replace("+psycopg", "")) as server:
        server.execute("UPDATE alembic_version SET version_num = '9999'")
    with open_database(bare_url, now=NOW) as database, pytest.raises(Refused, match="database_newer"), writing(database):
        pass


def test_a_shared_database_of_another_program_is_refused(bare_url: str) -> None:
    with psycopg.connect(bare_url.replace("+psycopg", "")) as server:
        server.execute("CREATE TABLE song(id integer)")
    with pytest.raises(Refused, match="database_foreign"):
        open_database(bare_url, now=NOW)


KILLED_AT = """
import os, signal, sys
from datetime import datetime, UTC
from pathlib import Path
from sqlalchemy import event
from frontdesk.store import upgrade
left = int(sys.argv[2])
def count(*args):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
make = upgrade.local_engine if "://" not in sys.argv[1] else upgrade.server_engine
def counting(place):
    engine = make(place)
    event.listen(engine, "after_cursor_execute", count)
    return engine
if "://" in sys.argv[1]:
    upgrade.server_engine = counting
    upgrade.upgrade_server(sys.argv[1])
else:
    upgrade.local_engine = counting
    upgrade.upgrade_file(Path(sys.argv[1]), now=datetime(2026, 3, 2, tzinfo=UTC))
"""


def killed(place: str, after: int) -> bool:
    """Whether the upgrade was killed after so many statements (False: it had fewer)."""
    done = subprocess.run([sys.executable, "-c", KILLED_AT, place, str(after)], cwd=ROOT, capture_output=True, check=False, timeout=120)
    assert done.returncode in {0, -signal.SIGKILL}, done.stderr.decode()
    return done.returncode != 0


def cuts(config: pytest.Config) -> list[int]:
    return list(range(0, 150, 5)) if config.getoption("--slow") else [0, 9, 70]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_killed_upgrade_of_a_file_leaves_the_old_schema_and_the_next_one_succeeds(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    for after in cuts(pytestconfig):
        path = tmp_path / f"{after}.db"
        if killed(str(path), after):
            assert files_state(path) is schema.State.EMPTY
        with open_database(path, now=NOW) as database:
            assert usable(database)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_killed_upgrade_of_a_server_leaves_the_old_schema_and_the_next_one_succeeds(bare_url: str, pytestconfig: pytest.Config) -> None:
    for after in cuts(pytestconfig)[:: 1 if pytestconfig.getoption("--slow") else 2]:
        with psycopg.connect(bare_url.replace("+psycopg", ""), autocommit=True) as server:
            server.execute("DROP SCHEMA public CASCADE")
            server.execute("CREATE SCHEMA public")
        if killed(bare_url, after):
            with pytest.raises(Refused, match="database_needs_upgrade"):
                open_database(bare_url, now=NOW)
        upgrade.upgrade_server(bare_url)
        with open_database(bare_url, now=NOW) as database:
            assert usable(database)


def usable(database: Database) -> bool:
    with writing(database) as tx:
        return add_source(tx, "A") > 0
