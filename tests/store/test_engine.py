"""Opening a database, and everything that can go wrong with one: a clear code each time, nothing lost, never a driver's error."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy import bindparam, func, literal, make_url, select

from frontdesk.domain.problems import Conflict, Refused
from frontdesk.domain.workflow import Role
from frontdesk.store import backup, faults, local, server
from frontdesk.store import tables as t
from frontdesk.store.engine import Database, open_database
from frontdesk.store.faults import Broken, TryAgain
from frontdesk.store.tx import AlreadyDone
from tests.databases import NOW, reading, writing
from tests.store.rows import add_source, source_row

ROOT = Path(__file__).parents[2]
COUNT = select(func.count()).select_from(t.source)


def count(database: Database) -> int:
    with reading(database) as tx:
        return int(tx.value(COUNT))


# ------------------------------------------------------------------------------------------------------------- opening


def test_a_missing_local_database_is_made_with_its_folder(tmp_path: Path) -> None:
    with open_database(tmp_path / "new" / "practice.db", now=NOW) as database:
        assert count(database) == 0


def test_the_file_is_opened_with_the_settings_that_lose_nothing(local_path: Path) -> None:
    connection = local.connect(local_path)
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "wal_autocheckpoint": 0, "trusted_schema": 0}
    assert {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted
    connection.close()


def test_closing_writes_the_log_back_into_the_file(local_path: Path) -> None:
    with open_database(local_path, now=NOW) as database, writing(database) as tx:
        add_source(tx, "A")
    assert [each.name for each in local_path.parent.glob("practice.db*")] == ["practice.db"]


def test_an_old_sqlite_is_refused() -> None:
    with pytest.raises(Refused, match="sqlite_too_old"):
        local.check_library((3, 40, 1))
    local.check_library()


def test_an_old_server_is_refused_and_one_behind_is_logged(log_warnings: list[logging.LogRecord]) -> None:
    with pytest.raises(Refused, match="server_too_old"):
        server.check_server(140011)
    server.check_server(150018)
    assert log_warnings == []
    server.check_server(150002)
    assert [record.getMessage() for record in log_warnings] == ["PostgreSQL 15.2 misses corrections; the newest known is 15.18"]
    log_warnings.clear()


def test_a_server_that_is_not_there_is_unreachable() -> None:
    with pytest.raises(Refused, match="database_unreachable"):
        open_database("postgresql://anna@127.0.0.1:1/clinic", now=NOW)


def test_a_server_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "CONNECT_SECONDS", 2)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(Refused, match="database_unreachable"):
        open_database(f"postgresql://anna@127.0.0.1:{silent.getsockname()[1]}/clinic", now=NOW)


def test_a_server_elsewhere_must_prove_who_it_is_whatever_the_address_says(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, object] = {}

    def connect(address: str, **settings: object) -> None:
        asked.update(settings)
        raise psycopg.OperationalError

    monkeypatch.setattr(psycopg, "connect", connect)
    with pytest.raises(Refused, match="database_unreachable"):
        server.connect(make_url("postgresql://anna@db.example.org/clinic?sslmode=disable"))
    assert (asked["sslmode"], asked["require_auth"], asked["channel_binding"]) == ("verify-full", "scram-sha-256", "require")


def test_a_server_link_carries_the_servers_clock(shared_database: Database) -> None:
    link = shared_database.home.link(read_only=False)
    assert isinstance(link, server.ServerLink)
    with psycopg.connect(server_address(shared_database)) as other:
        row = other.execute("SELECT clock_timestamp()").fetchone()
    assert row is not None
    assert abs((link.now - row[0]).total_seconds()) < 5
    link.close()


def server_address(database: Database) -> str:
    assert isinstance(database.home, server.ServerHome)
    return database.home.url.set(drivername="postgresql").render_as_string(hide_password=False)


# -------------------------------------------------------------------------------------------------------- many at once


def test_readers_do_not_wait_for_a_writer_and_see_only_what_is_done(database: Database) -> None:
    with writing(database) as tx:
        add_source(tx, "A")
        tx.send()
        assert count(database) == 0
    assert count(database) == 1


def test_a_reader_sees_one_moment_however_long_it_reads(database: Database) -> None:
    with reading(database) as tx:
        assert tx.value(COUNT) == 0
        with writing(database) as other:
            add_source(other, "A")
        assert tx.value(COUNT) == 0


def test_a_reading_transaction_cannot_write_on_a_server(shared_database: Database) -> None:
    def write() -> None:
        with reading(shared_database) as tx:
            tx.write(t.source.insert(), **source_row(1, "A"))
            tx.rows(COUNT)

    with pytest.raises(Refused, match="database_read_only"):
        write()


def test_many_threads_write_and_nothing_is_lost(database: Database) -> None:
    def write(name: int) -> None:
        for n in range(10):
            with writing(database) as tx:
                add_source(tx, f"{name}.{n}")

    threads = [threading.Thread(target=write, args=(name,)) for name in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(database) == 60


def test_more_connections_than_are_kept_are_closed_again(database: Database) -> None:
    everyone_in = threading.Barrier(9)

    def read() -> None:
        with reading(database) as tx:
            tx.value(COUNT)
            everyone_in.wait(20)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    everyone_in.wait(20)
    for thread in threads:
        thread.join()
    assert count(database) == 0


def test_two_that_wait_for_each_other_are_told_to_try_again(shared_database: Database) -> None:
    with writing(shared_database) as tx:
        ids = [add_source(tx, "A"), add_source(tx, "B")]
    both_in = threading.Barrier(2)
    outcomes: list[str] = []

    def change(first: int, second: int) -> None:
        try:
            with writing(shared_database) as tx:
                row = source_row(first, "?")
                tx.update(t.source, first, row, {**row, "channel": "x"})
                tx.send()
                both_in.wait(20)
                row = source_row(second, "?")
                tx.update(t.source, second, row, {**row, "channel": "x"})
            outcomes.append("done")
        except TryAgain:
            outcomes.append("again")
        except Conflict:
            outcomes.append("changed")

    threads = [threading.Thread(target=change, args=pair) for pair in (ids, ids[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) in (["again", "done"], ["again", "changed"])


# --------------------------------------------------------------------------------------------------------------- faults


def test_a_file_that_another_program_writes_to_is_locked(
    local_database: Database, local_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "BUSY_SECONDS", 0.05)
    other = local.connect(local_path)
    other.execute("BEGIN IMMEDIATE")
    with open_database(local_path, now=NOW) as impatient, pytest.raises(Refused, match="database_locked"), writing(impatient):
        pass
    other.close()
    with writing(local_database) as tx:
        add_source(tx, "A")
    assert count(local_database) == 1


def test_a_writer_of_this_program_that_never_ends_locks_out_the_next(local_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "BUSY_SECONDS", 0.05)
    with writing(local_database):
        refused: list[str] = []

        def write() -> None:
            try:
                with writing(local_database):
                    pass
            except Refused as refusal:
                refused.append(refusal.code)

        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert refused == ["database_locked"]


@pytest.fixture
def read_only_file(local_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that cannot be written (by a flag, since root writes to anything)."""
    real = driver.connect

    def connect(address: str, **settings: object) -> object:
        connection = real(address, **settings)
        connection.execute("PRAGMA query_only=ON")
        return connection

    monkeypatch.setattr(driver, "connect", connect)
    return local_path


def test_a_read_only_file_can_be_read_and_says_so_when_written(read_only_file: Path) -> None:
    with open_database(read_only_file, now=NOW) as database:
        assert count(database) == 0
        with pytest.raises(Refused, match="database_read_only"), writing(database) as tx:
            add_source(tx, "A")


@pytest.fixture
def nearly_full(local_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A file that may not grow by more than a few pages: SQLite tells it as a full disk."""
    real = driver.connect

    def connect(address: str, **settings: object) -> object:
        connection = real(address, **settings)
        if "practice.db" in address:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count={pages + 3}")
        return connection

    with monkeypatch.context() as patch:
        patch.setattr(driver, "connect", connect)
        yield local_path


def test_a_full_disk_loses_nothing_that_was_acknowledged_and_reading_goes_on(nearly_full: Path) -> None:
    acknowledged = 0
    with open_database(nearly_full, now=NOW) as database:

        def write_on() -> None:
            nonlocal acknowledged
            for _ in range(1000):
                with writing(database) as tx:
                    add_source(tx, "x" * 500 + str(acknowledged))
                acknowledged += 1

        with pytest.raises(Refused, match="disk_full"):
            write_on()
        assert count(database) == acknowledged > 0
    assert backup.examine(nearly_full) == []


def test_a_query_that_takes_too_long_is_ended(database: Database) -> None:
    database.seconds = 0.3
    endless = select(literal(0).label("n")).cte(recursive=True)
    endless = endless.union_all(select(endless.c.n + 1).where(endless.c.n < bindparam("most")))
    with pytest.raises(Refused, match="database_slow"), reading(database) as tx:
        tx.value(select(func.count()).select_from(endless), most=10**9)
    assert count(database) == 0


def test_long_work_has_no_deadline(database: Database) -> None:
    database.seconds = -1.0
    with database.reading(who=None, role=Role.AUDITOR, now=NOW, long=True) as tx:
        assert tx.value(COUNT) == 0


def test_a_session_that_was_ended_is_unreachable_and_the_next_call_works(shared_database: Database) -> None:
    def be_ended() -> None:
        with writing(shared_database) as tx:
            add_source(tx, "A")
            session = tx.value(select(func.pg_backend_pid()))
            with psycopg.connect(server_address(shared_database), autocommit=True) as administrator:
                administrator.execute("SELECT pg_terminate_backend(%s, 5000)", (session,))

    with pytest.raises(Refused, match="database_unreachable"):
        be_ended()
    assert count(shared_database) == 0


def test_a_commit_whose_answer_was_lost_is_found_by_its_key(shared_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    real = server.ServerLink.commit

    def lose_the_answer(link: server.ServerLink, *, ring: bool) -> None:
        real(link, ring=ring)
        if ring:
            raise Refused("database_unreachable")

    monkeypatch.setattr(server.ServerLink, "commit", lose_the_answer)
    with pytest.raises(AlreadyDone) as caught, writing(shared_database, key="click") as tx:
        add_source(tx, "A")
    assert caught.value.change == tx.change
    assert count(shared_database) == 1


def test_a_call_that_failed_with_a_key_while_the_database_is_gone_keeps_its_own_refusal(local_database: Database, local_path: Path) -> None:
    def fail() -> None:
        with writing(local_database, key="click"):
            for each in local_path.parent.glob("practice.db*"):
                each.unlink()
            raise Refused("reason_needed")

    with pytest.raises(Refused, match="reason_needed"):
        fail()


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("40001", TryAgain),
        ("40P01", TryAgain),
        ("23505", Conflict),
        ("53100", Refused),
        ("08006", Refused),
        ("23514", Broken),
        ("42P01", Broken),
    ],
)
def test_a_server_error_is_told_by_its_state_alone(state: str, expected: type[Exception]) -> None:
    found = faults.translated(psycopg.errors.lookup(state)("Key (phone)=(+49 171 5551234) already exists"))
    assert type(found) is expected
    assert "5551234" not in repr(found)
    assert "5551234" not in str(vars(found))


def test_a_server_error_without_a_state_is_the_network_or_a_bug() -> None:
    assert getattr(faults.translated(psycopg.OperationalError("gone")), "code", "") == "database_unreachable"
    assert type(faults.translated(psycopg.ProgrammingError("wrong"))) is Broken


def test_a_local_error_without_a_code_is_a_bug_unless_the_text_is_damaged() -> None:
    assert type(faults.translated(driver.InterfaceError("wrong"))) is Broken
    assert getattr(faults.translated(driver.OperationalError("Could not decode to UTF-8 column")), "code", "") == "database_damaged"


@pytest.mark.parametrize(("label", "code"), [("half a \ud83d", "text_not_valid"), (1 << 70, "number_too_large")])
def test_what_no_database_can_hold_is_refused(database: Database, label: object, code: str) -> None:
    column = "label" if isinstance(label, str) else "version"
    with pytest.raises(Refused, match=code), writing(database) as tx:
        tx.insert(t.source, {**source_row(tx.new_id(), "A"), column: label})


def test_a_nul_is_refused_by_a_server(shared_database: Database) -> None:
    with pytest.raises(Refused, match="text_not_valid"), writing(shared_database) as tx:
        add_source(tx, "A\0B")


def test_a_program_that_starts_again_at_the_same_moment_makes_new_ids(local_path: Path) -> None:
    made: list[int] = []
    for number in range(50):
        with open_database(local_path, now=NOW) as database, writing(database) as tx:
            made.append(add_source(tx, str(number)))
    assert made == sorted(set(made))


def test_a_wrong_statement_is_a_bug(database: Database) -> None:
    with pytest.raises(Broken), reading(database) as tx:
        tx.rows(select(func.no_such_function()))


# --------------------------------------------------------------------------------------------------------------- damage
