"""Seals over the journal: what was tampered with is found, what was erased or moved is not mistaken for it."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from sqlalchemy import insert, select

from frontdesk.domain.problems import Conflict
from frontdesk.store import journal, local, seals
from frontdesk.store import tables as t
from frontdesk.store.engine import Database
from frontdesk.store.seals import Report, Tampering
from tests.databases import NOW, reading, writing
from tests.store.rows import add_source


def write(database: Database, *labels: str) -> None:
    for label in labels:
        with writing(database, who=7) as tx:
            add_source(tx, label)


def seal(database: Database) -> seals.Seal | None:
    with writing(database) as tx:
        return seals.add(tx)


def verify(database: Database) -> Report:
    with reading(database) as tx:
        return seals.verify(tx)


def as_owner(database: Database, *statements: str) -> None:
    """What only the owner of the file or the superuser can do: change what the triggers guard."""
    if database.is_local:
        connection = local.connect(database.home.path)  # type: ignore[union-attr]  # a local database has a path
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("PRAGMA foreign_keys=OFF")
        for statement in statements:
            connection.execute(statement)
        connection.close()
        return
    url = database.home.url.set(drivername="postgresql").render_as_string()  # type: ignore[union-attr]  # a shared database has an address
    with psycopg.connect(url) as server:
        server.execute("SET session_replication_role = replica")
        for statement in statements:
            server.execute(statement.encode())


def test_an_empty_journal_needs_no_seal_and_verifies(database: Database) -> None:
    assert seal(database) is None
    assert verify(database) == Report(0, 0, 0, 0, ())


def test_what_is_new_is_sealed_and_chained(database: Database) -> None:
    write(database, "A", "B")
    first = seal(database)
    write(database, "C")
    second = seal(database)
    assert first is not None
    assert second is not None
    assert (first.number, first.row_count, second.number, second.row_count) == (1, 2, 2, 1)
    assert second.previous == first.hash
    assert verify(database) == Report(2, 3, 0, 0, ())


def test_nothing_new_means_no_new_seal(database: Database) -> None:
    write(database, "A")
    seal(database)
    assert seal(database) is None


def test_rows_that_wait_for_their_seal_are_counted(database: Database) -> None:
    write(database, "A")
    seal(database)
    write(database, "B", "C")
    assert verify(database) == Report(1, 1, 2, 0, ())


def test_a_transaction_that_was_open_while_others_were_sealed_comes_into_the_next_seal(shared_database: Database) -> None:
    with writing(shared_database) as slow:
        add_source(slow, "early number")
        slow.send()
        write(shared_database, "late number")
        first = seal(shared_database)
    second = seal(shared_database)
    assert first is not None
    assert second is not None
    assert (first.row_count, second.row_count) == (1, 1)
    assert verify(shared_database) == Report(2, 2, 0, 0, ())


def test_two_desks_cannot_both_add_the_next_seal(shared_database: Database) -> None:
    write(shared_database, "A")

    def both() -> None:
        with writing(shared_database) as mine:
            seals.add(mine)
            seal(shared_database)

    with pytest.raises(Conflict, match="added_elsewhere"):
        both()
    assert verify(shared_database) == Report(1, 1, 0, 0, ())


def test_an_erasure_leaves_the_seals_whole(database: Database) -> None:
    write(database, "A", "B")
    seal(database)
    with writing(database) as tx:
        journal.redact(tx, [journal.highest(tx)])
    assert verify(database) == Report(1, 2, 0, 1, ())


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        ("UPDATE journal SET rule = 'nicer' WHERE number = (SELECT min(number) FROM journal)", Tampering("rows_changed", 1)),
        ("UPDATE journal SET who = 9 WHERE number = (SELECT max(number) FROM journal)", Tampering("rows_changed", 2)),
        ("DELETE FROM journal WHERE number = (SELECT min(number) FROM journal)", Tampering("rows_changed", 1)),
        ("UPDATE journal SET number = number + 1000000 WHERE number = (SELECT min(number) FROM journal)", Tampering("rows_changed", 1)),
        ("UPDATE seal SET hash = previous WHERE number = 1", Tampering("chain_broken", 2)),
        ("DELETE FROM seal WHERE number = 1", Tampering("seal_missing", 1)),
    ],
    ids=["rule changed", "person changed", "row deleted", "row moved", "seal changed", "seal deleted"],
)
def test_tampering_is_found(database: Database, tampering: str, found: Tampering) -> None:
    write(database, "A", "B")
    seal(database)
    write(database, "C")
    seal(database)
    as_owner(database, tampering)
    assert found in verify(database).problems


def test_a_changed_detail_is_found_with_its_row(database: Database) -> None:
    write(database, "A")
    seal(database)
    as_owner(database, "UPDATE journal_detail SET after = '{}'")
    with reading(database) as tx:
        number = journal.highest(tx)
    assert verify(database).problems == (Tampering("detail_changed", number),)


def test_a_row_put_in_later_is_found(database: Database) -> None:
    write(database, "A", "B")
    seal(database)
    copy = (
        "INSERT INTO journal (number, rule, change, system, at, table_name, row_id, action, undoable, txid, detail_hash)"
        " SELECT -5, 'forged', change, system, at, table_name, row_id, action, undoable, txid, detail_hash"
        " FROM journal WHERE number = (SELECT min(number) FROM journal)"
    )
    as_owner(database, copy)
    assert Tampering("rows_changed", 1) in verify(database).problems


def test_a_witness_finds_an_end_that_was_cut_off_and_sealed_anew(database: Database) -> None:
    write(database, "A")
    seal(database)
    write(database, "B")
    remembered = seal(database)
    assert remembered is not None
    with reading(database) as tx:
        assert seals.agrees(tx, remembered.number, remembered.hash)
    cut = ["DELETE FROM seal WHERE number = 2", "DELETE FROM journal_detail WHERE number = (SELECT max(number) FROM journal)"]
    as_owner(database, *cut, "DELETE FROM journal WHERE number = (SELECT max(number) FROM journal)")
    write(database, "C")
    seal(database)
    assert verify(database).problems == ()
    with reading(database) as tx:
        assert not seals.agrees(tx, remembered.number, remembered.hash)


def test_the_last_seal_is_the_newest(database: Database) -> None:
    write(database, "A")
    made = seal(database)
    with reading(database) as tx:
        assert seals.last(tx) == made


def test_seals_of_a_server_verify_after_a_move_to_a_file_and_go_on_there(shared_database: Database, local_database: Database) -> None:
    write(shared_database, "A", "B")
    seal(shared_database)
    write(shared_database, "C")
    seal(shared_database)
    move(shared_database, local_database)
    assert verify(local_database) == Report(2, 3, 0, 0, ())
    write(local_database, "D")
    assert seal(local_database) is not None
    assert verify(local_database) == Report(3, 4, 0, 0, ())


def test_seals_of_a_file_verify_after_a_move_to_a_server(shared_database: Database, local_database: Database) -> None:
    write(local_database, "A", "B")
    seal(local_database)
    move(local_database, shared_database)
    assert verify(shared_database) == Report(1, 2, 0, 0, ())


def move(source: Database, target: Database) -> None:
    for table in (t.journal, t.journal_detail, t.seal):
        with reading(source) as tx:
            rows: list[dict[str, Any]] = [dict(zip(table.c.keys(), row, strict=True)) for row in tx.rows(select(table))]
        with writing(target) as tx:
            tx.write_many(insert(table).inline(), rows)


def test_a_journal_longer_than_a_page_is_sealed_and_verified_whole(local_database: Database) -> None:
    with writing(local_database) as tx:
        for n in range(seals.BATCH + 10):
            add_source(tx, str(n))
    made = seal(local_database)
    assert made is not None
    assert (made.row_count, made.at) == (seals.BATCH + 10, NOW)
    assert verify(local_database).problems == ()
