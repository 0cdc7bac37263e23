"""Clocks that run out: any desk may notice it, and the effect happens once."""

from __future__ import annotations

import threading
from collections import Counter

import pytest

from frontdesk.domain.problems import Refused
from frontdesk.domain.rules import Answers
from frontdesk.domain.workflow import Disposition, Outcome, Role
from frontdesk.services import attempts, followups, leads, timers
from frontdesk.services.desk import Desk
from frontdesk.store import journal
from frontdesk.store.engine import Database, open_database
from frontdesk.store.faults import TryAgain
from tests.services.practice import Clock, Office, begin


def nearly_given_up(office: Office, name: str = "Mia Meyer") -> int:
    """A lead on its sixth attempt: 24 hours from now it is lost."""
    lead_id = office.new(name)
    for _ in range(6):
        office.do(attempts.log_attempt, lead_id=lead_id, channel="call", disposition=Disposition.NO_ANSWER)
    return lead_id


def times_given_up(office: Office) -> Counter[int]:
    """How often each lead was closed by its clock."""
    lines = [line for row in office.rows()["lead"] for line in office.desk.ask(journal.timeline, row["id"])]
    return Counter(line.row_id for line in lines if line.rule == "attempts_exhausted" and line.table == "lead")


def test_apply_due_closes_what_is_due_and_nothing_earlier(office: Office) -> None:
    lead_id = nearly_given_up(office)
    office.clock.advance(hours=23, minutes=59)
    assert office.do(timers.apply_due) == 0
    office.clock.advance(minutes=1)
    assert office.do(timers.apply_due) == 1
    lead = office.lead(lead_id)
    assert (lead.status, lead.outcome, lead.reason) == ("lost", Outcome.LOST, "no_contact")
    assert office.do(timers.apply_due) == 0


def test_apply_due_stamps_the_moment_the_clock_ran_out_and_signs_as_the_system(office: Office) -> None:
    lead_id = nearly_given_up(office)
    due = office.lead(lead_id).timer_due
    office.clock.advance(days=40)
    office.do(timers.apply_due)
    assert office.lead(lead_id).stamps.lost == due
    lines = [line for line in office.desk.ask(journal.timeline, lead_id) if line.rule == "attempts_exhausted"]
    assert lines
    assert all(line.system and line.who is None for line in lines)


def test_apply_due_gives_every_lead_a_change_of_its_own(office: Office) -> None:
    ids = [nearly_given_up(office, name) for name in ("Ann One", "Bo Two")]
    office.clock.advance(days=2)
    assert office.do(timers.apply_due) == 2
    changes = {line.change for each in ids for line in office.desk.ask(journal.timeline, each) if line.rule == "attempts_exhausted"}
    assert len(changes) == 2


def test_apply_due_takes_no_more_than_its_limit(office: Office) -> None:
    for name in ("Ann One", "Bo Two", "Cy Three"):
        nearly_given_up(office, name)
    office.clock.advance(days=2)
    assert [office.do(timers.apply_due, limit=2) for _ in range(3)] == [2, 1, 0]


def test_a_follow_up_by_hand_stops_the_clock(office: Office) -> None:
    lead_id = nearly_given_up(office)
    office.do(followups.set_follow_up, lead_id=lead_id, plan=office.plan(days=9))
    office.clock.advance(days=5)
    assert office.do(timers.apply_due) == 0


def test_a_clock_that_is_due_goes_before_what_somebody_does_at_that_moment(office: Office) -> None:
    lead_id = nearly_given_up(office)
    office.clock.advance(days=2)
    office.do(attempts.log_inbound, lead_id=lead_id, channel="call")
    lead = office.lead(lead_id)
    assert (lead.outcome, lead.came_back_at) == (Outcome.LOST, office.clock.now)
    assert set(times_given_up(office).values()) == {1}


def test_a_lead_that_was_closed_by_hand_has_no_clock(office: Office) -> None:
    lead_id = nearly_given_up(office)
    office.do(leads.change_status, lead_id=lead_id, to="lost", answers=Answers("insurance"))
    office.clock.advance(days=2)
    assert office.do(timers.apply_due) == 0
    assert office.lead(lead_id).reason == "insurance"


@pytest.mark.parametrize("desks", [4])
def test_apply_due_from_several_desks_at_once_closes_each_lead_once(database: Database, clock: Clock, desks: int) -> None:
    office = begin(database, clock)
    for number in range(12):
        nearly_given_up(office, f"Person {number}")
    clock.advance(days=2)
    place = database.home.path if database.is_local else database.home.url.render_as_string(hide_password=False)  # type: ignore[union-attr]
    start, closed, strange = threading.Barrier(desks), [0] * desks, list[BaseException]()

    def tick(number: int) -> None:
        try:
            with open_database(place, now=clock.now) as mine:
                desk = Desk(mine, office.people[Role.MANAGER], clock)
                start.wait()
                while batch := desk.do(timers.apply_due, limit=2).value:
                    closed[number] += batch
        except (Refused, TryAgain, threading.BrokenBarrierError) as problem:
            strange.append(problem)

    threads = [threading.Thread(target=tick, args=(number,)) for number in range(desks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not strange
    assert sum(closed) == 12
    assert office.do(timers.apply_due) == 0
    assert sorted(times_given_up(office).values()) == [1] * 12
