"""What else is planned at a time that is being chosen, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from frontdesk.domain.rules import Plan
from frontdesk.services import appointments, followups
from frontdesk.services.slots import FREE, Slot, taken
from tests.services.practice import MONDAY, Office

AT = MONDAY + timedelta(days=2)


def booked(office: Office, name: str, *, minutes: int = 30, whom: str = "", shift: int = 0) -> int:
    lead_id = office.new(name)
    starts = AT + timedelta(minutes=shift)
    office.do(appointments.book_appointment, lead_id=lead_id, starts=starts, minutes=minutes, with_whom=whom)
    return lead_id


def clashing(office: Office, slot: Slot, *lead_ids: int) -> list[str]:
    return [each.who for each in office.desk.ask(taken, slot=slot, lead_ids=lead_ids).clashes]


def test_taken_counts_other_follow_ups_of_that_minute(office: Office) -> None:
    ids = [office.new(name) for name in ("Ann One", "Bo Two", "Cy Three", "Di Four")]
    for lead_id, plan in zip(
        ids, (Plan(AT), Plan(AT + timedelta(seconds=30)), Plan(AT + timedelta(minutes=1)), Plan(AT, any_time=True)), strict=True
    ):
        office.do(followups.set_follow_up, lead_id=lead_id, plan=plan)
    assert office.desk.ask(taken, slot=Slot(AT), lead_ids=()).follow_ups == 2
    assert office.desk.ask(taken, slot=Slot(AT), lead_ids=ids[:1]).follow_ups == 1
    office.do(followups.cancel_follow_up, lead_id=ids[1])
    assert office.desk.ask(taken, slot=Slot(AT), lead_ids=ids[:1]) == FREE


@pytest.mark.parametrize(
    ("shift", "minutes", "clash"),
    [(0, 30, True), (-30, 30, False), (-15, 30, True), (29, 15, True), (30, 15, False), (-60, 180, True), (10, 5, True)],
)
def test_taken_tells_consultations_that_overlap(office: Office, shift: int, minutes: int, clash: bool) -> None:
    booked(office, "Ann One", whom="Dr Lowe")
    assert clashing(office, Slot(AT + timedelta(minutes=shift), minutes, "Dr Lowe")) == ["Ann One"] * clash


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [("Dr Lowe", " dr lowe", True), ("Dr Lowe", "Dr Rao", False), ("", "Dr Rao", True), ("Dr Lowe", "", True), ("", "", True)],
)
def test_taken_asks_with_whom_they_are_where_both_say_so(office: Office, one: str, other: str, clash: bool) -> None:
    booked(office, "Ann One", whom=one)
    assert clashing(office, Slot(AT, 30, other)) == ["Ann One"] * clash


def test_taken_leaves_out_the_lead_itself_and_what_is_cancelled(office: Office) -> None:
    mine, other = booked(office, "Ann One"), booked(office, "Bo Two", shift=10)
    assert clashing(office, Slot(AT, 30), mine) == ["Bo Two"]
    office.do(appointments.cancel_appointment, lead_id=other)
    assert clashing(office, Slot(AT, 30), mine) == []
