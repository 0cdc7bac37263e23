"""Kept totals equal a recount, whatever is written, moved or taken back."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from frontdesk.domain import rules
from frontdesk.domain.records import Appointment, Case, Location, Revenue
from frontdesk.domain.workflow import Disposition
from frontdesk.store import cases, leads, locations, money, sources, totals
from frontdesk.store import tables as t
from frontdesk.store.tx import Tx
from tests.store.practices import MONDAY, Practice, enquiry, occasion, open_practice, person


@pytest.fixture
def practice(tx: Tx) -> Practice:
    return open_practice(tx)


def kept(tx: Tx, measure: str) -> dict[date, int]:
    tx.finish(None)
    rows = tx.rows(t.total.select().with_only_columns(t.total.c.day, t.total.c[measure]))
    found: dict[date, int] = {}
    for day, count in rows:
        found[day] = found.get(day, 0) + count
    return {day: count for day, count in found.items() if count}


def test_a_new_lead_counts_on_its_local_day(tx: Tx, practice: Practice) -> None:
    enquiry(tx, practice, at=MONDAY.replace(hour=22))  # already Tuesday in Istanbul
    assert kept(tx, "created") == {date(2026, 3, 3): 1}


def test_a_booking_counts_where_the_lead_came_in_and_on_its_own_day(tx: Tx, practice: Practice) -> None:
    case = enquiry(tx, practice)
    later = MONDAY + timedelta(days=3)
    cases.apply(tx, case, rules.book(case, occasion(tx, practice, at=later), Appointment(0, None, later, later)))
    assert (kept(tx, "booked"), kept(tx, "booked_then")) == ({date(2026, 3, 2): 1}, {date(2026, 3, 5): 1})


def test_money_counts_where_the_lead_came_in_and_on_the_day_it_was_paid(tx: Tx, practice: Practice) -> None:
    case = enquiry(tx, practice)
    money.add(tx, Revenue(0, case.lead.id, 700, date(2026, 4, 1)), case.lead)
    assert (kept(tx, "revenue"), kept(tx, "revenue_then")) == ({date(2026, 3, 2): 700}, {date(2026, 4, 1): 700})


def test_an_excluded_lead_counts_nowhere(tx: Tx, practice: Practice) -> None:
    case = enquiry(tx, practice)
    money.add(tx, Revenue(0, case.lead.id, 700, date(2026, 4, 1)), case.lead)
    tx.finish(None)
    cases.apply(tx, case, rules.choose_status(case, occasion(tx, practice), "invalid", rules.Answers(reason="spam", verified=True)))
    assert (kept(tx, "created"), kept(tx, "revenue"), kept(tx, "revenue_then")) == ({}, {}, {})


def test_a_recount_agrees_after_a_hundred_random_writes(tx: Tx, practice: Practice) -> None:
    chance = random.Random(5)
    other = locations.add(tx, Location(0, "Second office", "Asia/Tokyo"))
    source = sources.get_or_create(tx, "Website")
    known = [enquiry(tx, practice, person("A", str(place)), at=MONDAY - timedelta(hours=7 * place)) for place in range(6)]
    for step in range(100):
        place = chance.randrange(len(known))
        known[place] = _something(tx, practice, chance, known[place], (other.id, source))
        if step % 10 == 9:
            tx.finish(None)
    tx.finish(None)
    assert totals.differences(tx) == []
    assert kept(tx, "created")


def _something(tx: Tx, practice: Practice, chance: random.Random, case: Case, others: tuple[int, int]) -> Case:
    office, source = others
    happening = occasion(tx, practice)
    edits = (
        {"owner_id": chance.choice((None, practice.grace.id, practice.omar.id)), "source_id": chance.choice((None, source))},
        {"location_id": chance.choice((practice.location.id, office))},
    )
    choice = chance.randrange(6)
    if choice < len(edits):
        return replace(case, lead=leads.save(tx, case.lead, replace(case.lead, **edits[choice])))
    if choice == 2:
        money.add(tx, Revenue(0, case.lead.id, chance.randrange(1, 900), date(2026, 3, chance.randrange(1, 28))), case.lead)
        return case
    if not case.lead.is_open:
        ruling = rules.invoice(case, happening, 100) if case.lead.outcome == "won" else rules.reopen(case, happening)
    elif choice == 3:
        ruling = rules.attempt(case, happening, channel="call", disposition=Disposition.SPOKE)
    elif choice == 4:
        ruling = rules.choose_status(case, happening, "invalid", rules.Answers(reason="spam", verified=True))
    else:
        ruling = chance.choice(
            (rules.invoice(case, happening, 100), rules.choose_status(case, happening, "lost", rules.Answers(reason="insurance")))
        )
    return cases.apply(tx, case, ruling)


def test_a_lost_total_is_noticed_and_rebuilt(tx: Tx, practice: Practice) -> None:
    enquiry(tx, practice)
    tx.finish(None)
    tx.write(t.total.delete())
    assert [key.day for key in totals.differences(tx)] == [date(2026, 3, 2)]
    totals.rebuild(tx)
    assert totals.differences(tx) == []
