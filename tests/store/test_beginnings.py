"""The end of a phone number is found by an index on both databases, however many numbers there are."""

from __future__ import annotations

from sqlalchemy import select

from frontdesk.store import people
from frontdesk.store import tables as t
from frontdesk.store.beginnings import begins_with
from frontdesk.store.engine import Database
from tests.databases import reading, writing
from tests.store.plans import plan_of
from tests.store.practices import person

_BY_END = select(t.contact_point.c.typed).where(begins_with(t.contact_point.c.reversed, "end"), t.LIVE_POINT)


def test_the_end_of_a_phone_is_looked_up_in_the_index(database: Database) -> None:
    assert "ix_contact_point_reversed" in plan_of(database, _BY_END, end="7654321")


def test_only_numbers_with_this_end_are_found(database: Database) -> None:
    with writing(database) as tx:
        for number in ("+905301234567", "+905301234568", "+905309994567"):
            people.add(tx, person("Ada", phones=(number,)))
    with reading(database) as tx:
        assert sorted(tx.rows(_BY_END, end="7654")) == [("+905301234567",), ("+905309994567",)]
