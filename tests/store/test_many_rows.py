"""Many rows written in one transaction: on a server they travel as one value for each table, and lie there as if each had come alone."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from frontdesk.domain.problems import Refused
from frontdesk.store import journal, seals
from frontdesk.store import tables as t
from frontdesk.store.engine import Database
from frontdesk.store.link import WORTH_GROUPING
from tests.databases import reading, writing
from tests.store.rows import add_person, add_source, person_row, source_row

MANY = 2 * WORTH_GROUPING
SAID = ("plain", "Zoë 李 🦷", "'; DROP TABLE lead; --", 'a "b" \\ \n\t c', "\u202eright to left", "")
PEOPLE = select(t.person.c.id, t.person.c.first_name, t.person.c.birth_date, t.person.c.do_not_call, t.person.c.merged_into)


def test_rows_lie_there_as_they_were_given(database: Database) -> None:
    with writing(database) as tx:
        rows = [
            person_row(tx.new_id(), SAID[n % len(SAID)])
            | {"birth_date": date(1980, 1, 1 + n % 28) if n % 3 else None, "do_not_call": n % 2 == 0}
            for n in range(MANY)
        ]
        for row in rows:
            tx.insert(t.person, row, person_id=row["id"])
    with reading(database) as tx:
        found = {row[0]: row[1:] for row in tx.rows(PEOPLE)}
        told = {line.row_id: line for line in journal.changes_of(tx, *{row[0] for row in tx.rows(select(t.journal.c.change))})}
    assert found == {row["id"]: (row["first_name"], row["birth_date"], row["do_not_call"], None) for row in rows}
    assert all((told[row["id"]].after or {})["first_name"] == row["first_name"] for row in rows)


def test_their_journal_verifies(database: Database) -> None:
    with writing(database) as tx:
        for n in range(MANY):
            add_person(tx, f"P{n}")
    with writing(database) as tx:
        seals.add(tx)
    with reading(database) as tx:
        report = seals.verify(tx)
    assert (report.sealed, report.problems) == (MANY, ())


def test_what_is_larger_than_the_line_to_the_server_arrives(database: Database) -> None:
    """A socket takes some hundred kilobytes at once; what is left waits until the server has read them."""
    labels = {f"{n}" + "x" * 200_000 for n in range(MANY)}
    with writing(database) as tx:
        for label in sorted(labels):
            add_source(tx, label)
    with reading(database) as tx:
        assert {row[0] for row in tx.rows(select(t.source.c.label))} == labels


def test_one_value_larger_than_the_line_to_the_server_arrives(database: Database) -> None:
    with writing(database) as tx:
        source_id = tx.new_id()
        tx.insert(t.source, source_row(source_id, "A") | {"label": "x" * 8_000_000})
    with reading(database) as tx:
        assert len(tx.value(select(t.source.c.label))) == 8_000_000


@pytest.mark.parametrize("text", ["a\x00b", "half \ud83d of a pair"])
def test_text_that_a_server_cannot_hold_is_refused(shared_database: Database, text: str) -> None:
    def write() -> None:
        with writing(shared_database) as tx:
            for n in range(MANY):
                add_source(tx, text if n == 5 else f"S{n}")

    with pytest.raises(Refused, match="text_not_valid"):
        write()
    with reading(shared_database) as tx:
        assert tx.rows(select(t.source.c.id)) == []
