"""Clocks that have run out are found by their due instant, and by one desk only."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from frontdesk.store import leads, timers
from frontdesk.store.engine import Database
from frontdesk.store.tx import Tx
from tests.databases import writing
from tests.store.practices import MONDAY, enquiry, open_practice, person


def _with_clock(tx: Tx, hours: tuple[int, ...]) -> list[int]:
    practice = open_practice(tx)
    ids = []
    for hour in hours:
        lead = enquiry(tx, practice, person("A")).lead
        leads.save(tx, lead, replace(lead, timer_due=MONDAY + timedelta(hours=hour)))
        ids.append(lead.id)
    return ids


def test_due_clocks_come_longest_overdue_first(tx: Tx) -> None:
    ids = _with_clock(tx, (3, 1, 9, 2))
    assert timers.due(tx, MONDAY + timedelta(hours=3)) == [ids[1], ids[3], ids[0]]
    assert timers.due(tx, MONDAY + timedelta(hours=3), limit=1) == [ids[1]]
    assert timers.next_due(tx) == MONDAY + timedelta(hours=1)


def test_without_clocks_nothing_is_due(tx: Tx) -> None:
    assert (timers.due(tx, MONDAY), timers.next_due(tx)) == ([], None)


def test_two_desks_never_claim_the_same_lead(shared_database: Database) -> None:
    with writing(shared_database) as tx:
        ids = _with_clock(tx, (1, 2, 3))
    with writing(shared_database) as one, writing(shared_database) as other:
        first = timers.due(one, MONDAY + timedelta(hours=9), limit=2)
        second = timers.due(other, MONDAY + timedelta(hours=9), limit=9)
    assert (first, second) == (ids[:2], ids[2:])
