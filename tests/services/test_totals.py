"""After any work the kept totals are what a recount says, every invariant of a lead holds, and undoing it all leads back to the start."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from frontdesk.domain.problems import Conflict, Refused
from frontdesk.domain.rules import Answers
from frontdesk.domain.workflow import Disposition, Outcome, Role
from frontdesk.services import appointments, attempts, followups, leads, money, people, timers, undo
from frontdesk.services.leads import LeadFacts
from frontdesk.services.practices import PRESETS, preset
from frontdesk.store import seals, totals
from frontdesk.store.engine import Database
from tests.services.practice import Clock, Office, begin

Act = Callable[[Office, random.Random, int], Any]


def status(office: Office, chance: random.Random, lead_id: int) -> Any:
    workflow = preset(office.lead(lead_id).workflow)
    chosen = chance.choice(list(workflow.statuses.values()))
    reasons = [each.key for each in workflow.reasons.values() if chosen.reasons in each.lists]
    answers = Answers(chance.choice(reasons) if reasons else None, "a note", office.people[Role.MANAGER].id, verified=True)
    return office.do(leads.change_status, lead_id=lead_id, to=chosen.key, answers=answers)


ACTS: tuple[Act, ...] = (
    lambda office, chance, lead_id: office.new(
        f"P {chance.random()}", facts=LeadFacts(owner_id=chance.choice([None, office.people[Role.MANAGER].id]))
    ),
    lambda office, chance, lead_id: office.do(
        attempts.log_attempt, lead_id=lead_id, channel="call", disposition=chance.choice([None, *list(Disposition)[:3]]), note="x"
    ),
    status,
    status,
    lambda office, chance, lead_id: office.do(
        appointments.book_appointment, lead_id=lead_id, starts=office.clock.now + timedelta(days=chance.randint(1, 9))
    ),
    lambda office, chance, lead_id: office.do(
        chance.choice([appointments.cancel_appointment, appointments.mark_no_show, appointments.mark_attended]), lead_id=lead_id
    ),
    lambda office, chance, lead_id: office.do(
        chance.choice([money.record_revenue, money.record_invoice]), lead_id=lead_id, amount=chance.randint(1, 999)
    ),
    lambda office, chance, lead_id: office.do(attempts.log_inbound, lead_id=lead_id, channel=chance.choice(["call", "voicemail"])),
    lambda office, chance, lead_id: office.do(followups.set_follow_up, lead_id=lead_id, plan=office.plan(days=chance.randint(1, 30))),
    lambda office, chance, lead_id: office.do(leads.reopen, lead_id=lead_id),
    lambda office, chance, lead_id: office.do(leads.assign, chosen=[(lead_id, None)], owner_id=office.desk.who.id),
    lambda office, chance, lead_id: office.do(
        leads.edit_lead, lead_id=lead_id, facts={"created": office.clock.now - timedelta(days=chance.randint(0, 40))}
    ),
    lambda office, chance, lead_id: office.do(leads.mark_duplicate, lead_id=lead_id, of=chance.choice(ids(office))),
    lambda office, chance, lead_id: office.do(
        people.merge_people, winner_id=office.lead(lead_id).person_id, loser_id=office.lead(chance.choice(ids(office))).person_id
    ),
    lambda office, chance, lead_id: office.do(timers.apply_due),
    lambda office, chance, lead_id: office.do(undo.undo),
    lambda office, chance, lead_id: office.do(undo.redo),
)


def ids(office: Office) -> list[int]:
    return [row["id"] for row in office.rows()["lead"]]


@pytest.mark.parametrize("workflow", PRESETS)
def test_random_work_leaves_totals_seals_and_leads_right(database: Database, clock: Clock, workflow: str) -> None:
    office, chance = begin(database, clock, workflow), random.Random(f"{workflow} 4711")
    known = [office.new(f"Person {number}") for number in range(4)]
    for _ in range(90):
        clock.advance(hours=chance.choice([0, 1, 5, 30]), minutes=1)
        try:
            chance.choice(ACTS)(office, chance, chance.choice(known))
        except (Refused, Conflict):
            continue
    assert office.desk.ask(totals.differences) == []
    office.do(seals.add)
    assert office.desk.ask(seals.verify).problems == ()
    for lead_id in ids(office):
        check_lead(office, lead_id)


def check_lead(office: Office, lead_id: int) -> None:
    """What is true of every lead at any time."""
    case = office.case(lead_id)
    lead, changes = case.lead, [row for row in office.rows()["status_change"] if row["lead_id"] == lead_id]
    assert lead.is_open or (case.follow_up is None and lead.timer_due is None)
    assert (case.follow_up.due if case.follow_up else None) == lead.next_follow_up
    assert lead.outcome is not Outcome.WON or lead.stamps.won is not None
    assert [row["until"] for row in changes].count(None) == 1
    assert (changes[-1]["to_status"], changes[-1]["to_stage"]) == (lead.status, lead.stage)
    assert [row["until"] for row in changes[:-1]] == [row["since"] for row in changes[1:]]


def test_undoing_everything_leads_back_to_the_first_state(office: Office) -> None:
    chance = random.Random(12)
    known = [office.new(f"Person {number}") for number in range(2)]
    before, steps = office.rows(), 0
    for _ in range(40):
        office.clock.advance(minutes=7)
        try:
            chance.choice(ACTS[:12])(office, chance, chance.choice(known))
        except (Refused, Conflict):
            continue
        steps += 1
    for _ in range(steps):
        try:
            office.do(undo.undo)
        except Refused:
            break
        if office.rows() == before:
            return
    assert office.rows() == before
