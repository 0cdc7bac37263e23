"""What a rule looks at, and everything that a ruling brought."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from frontdesk.domain import rules
from frontdesk.domain.problems import Conflict, Refused
from frontdesk.domain.records import Appointment
from frontdesk.domain.workflow import Disposition, Happening, Outcome, Stage
from frontdesk.store import activities, appointments, cases, followups, histories, leads, money, people
from frontdesk.store.engine import Database
from frontdesk.store.tx import Tx
from tests.databases import writing
from tests.store.practices import MONDAY, enquiry, occasion, open_practice, person

LATER = MONDAY + timedelta(hours=1)


def test_a_new_lead_reads_back_as_it_was_written(tx: Tx) -> None:
    case = enquiry(tx, open_practice(tx))
    assert cases.case(tx, case.lead.id) == case


def test_a_new_lead_leaves_its_first_status_change(tx: Tx) -> None:
    case = enquiry(tx, open_practice(tx))
    (change,) = histories.status_changes(tx, case.lead.id)
    assert (change.from_status, change.to_status, change.since, change.until, change.rule) == (None, "new", MONDAY, None, "created")


def test_a_logged_attempt_comes_back_with_everything_it_brought(tx: Tx) -> None:
    practice = open_practice(tx)
    case = enquiry(tx, practice)
    ruling = rules.attempt(case, occasion(tx, practice, at=LATER), channel="call", disposition=Disposition.NO_ANSWER)
    after = cases.apply(tx, case, ruling)
    again = cases.case(tx, case.lead.id)
    assert again == after
    assert (again.lead.status, again.lead.stage, again.lead.attempts, again.lead.version) == ("attempting", Stage.FOLLOW_UP, 1, 2)
    assert again.follow_up.due == LATER + timedelta(hours=4)
    assert [each.number for each in activities.of_lead(tx, case.lead.id) if each.counted] == [1]


def test_the_second_attempt_ends_the_first_follow_up(tx: Tx) -> None:
    practice = open_practice(tx)
    case = enquiry(tx, practice)
    for hour in (1, 2):
        ruling = rules.attempt(
            case, occasion(tx, practice, at=MONDAY + timedelta(hours=hour)), channel="call", disposition=Disposition.NO_ANSWER
        )
        case = cases.apply(tx, case, ruling)
    first, second = followups.of_lead(tx, case.lead.id)
    assert (first.ending, first.ended_at, second.ending) == ("completed", MONDAY + timedelta(hours=2), None)
    assert followups.open_of(tx, case.lead.id) == second


def test_a_change_of_status_ends_the_one_before(tx: Tx) -> None:
    practice = open_practice(tx)
    case = enquiry(tx, practice)
    cases.apply(tx, case, rules.choose_status(case, occasion(tx, practice, at=LATER), "contacted"))
    first, second = histories.status_changes(tx, case.lead.id)
    assert (first.until, second.from_status, second.to_status, second.until) == (LATER, "new", "contacted", None)


def test_an_attempt_that_moves_only_the_stage_leaves_a_status_change(tx: Tx) -> None:
    practice = open_practice(tx)
    case = enquiry(tx, practice, workflow="three_attempts")
    ruling = rules.attempt(case, occasion(tx, practice, "three_attempts", LATER), channel="call", disposition=Disposition.NO_ANSWER)
    cases.apply(tx, case, ruling)
    change = histories.status_changes(tx, case.lead.id)[-1]
    assert (change.from_status, change.to_status, change.from_stage, change.to_stage) == ("created", "created", "new", "follow_up")
    assert change.since == LATER


def test_a_lost_lead_keeps_its_reason_and_has_no_follow_up(tx: Tx) -> None:
    practice = open_practice(tx)
    case = enquiry(tx, practice)
    case = cases.apply(tx, case, rules.attempt(case, occasion(tx, practice), channel="call", disposition=Disposition.NO_ANSWER))
    answers = rules.Answers(reason="price_shopping", note="too far")
    case = cases.apply(tx, case, rules.choose_status(case, occasion(tx, practice, at=LATER), "lost", answers))
    again = cases.case(tx, case.lead.id)
    assert (again.lead.outcome, again.lead.reason, again.follow_up) == (Outcome.LOST, "price_shopping", None)


def test_an_appointment_is_booked_and_then_attended(tx: Tx) -> None:
    practice = open_practice(tx)
    case = enquiry(tx, practice)
    slot = Appointment(0, None, LATER + timedelta(days=2), LATER, zone="Europe/Istanbul")
    case = cases.apply(tx, case, rules.book(case, occasion(tx, practice, at=LATER), slot))
    case = cases.apply(tx, case, rules.settle(case, occasion(tx, practice, at=LATER + timedelta(days=2)), Happening.ATTEND))
    (kept,) = appointments.of_lead(tx, case.lead.id)
    assert (kept.state, kept.starts, case.lead.status) == ("attended", slot.starts, "consult_completed")
    assert cases.case(tx, case.lead.id) == case


def test_revenue_adds_up_on_the_lead(tx: Tx) -> None:
    practice = open_practice(tx)
    case = enquiry(tx, practice)
    for amount in (5000, 250):
        case = cases.apply(tx, case, rules.invoice(case, occasion(tx, practice, at=LATER), amount))
    assert [each.amount for each in money.of_lead(tx, case.lead.id)] == [5000, 250]
    assert cases.case(tx, case.lead.id).lead.status == "procedure_completed"


def test_a_status_that_sets_do_not_call_marks_the_person(tx: Tx) -> None:
    practice = open_practice(tx)
    case = enquiry(tx, practice)
    ruling = rules.choose_status(case, occasion(tx, practice, at=LATER), "contacted")
    cases.apply(tx, case, replace(ruling, case=replace(ruling.case, do_not_call=True)))
    assert people.get(tx, case.lead.person_id).do_not_call
    assert cases.case(tx, case.lead.id).do_not_call


def test_a_case_of_another_version_is_a_conflict(tx: Tx) -> None:
    case = enquiry(tx, open_practice(tx))
    with pytest.raises(Conflict, match="changed_elsewhere"):
        cases.case(tx, case.lead.id, version=7)


def test_an_unknown_lead_is_refused(tx: Tx) -> None:
    with pytest.raises(Refused, match="lead_unknown"):
        cases.case(tx, 5)


def test_writing_over_somebody_elses_change_is_a_conflict(database: Database) -> None:
    with writing(database) as tx:
        practice = open_practice(tx)
        case = enquiry(tx, practice)
    with writing(database) as tx:
        leads.save(tx, case.lead, replace(case.lead, important=True))
    with pytest.raises(Conflict, match="changed_elsewhere"), writing(database) as tx:
        leads.save(tx, case.lead, replace(case.lead, interest="implants"))


def test_several_cases_come_in_the_order_asked_for(tx: Tx) -> None:
    practice = open_practice(tx)
    made = [enquiry(tx, practice, person(name)) for name in ("A", "B", "C")]
    ids = [case.lead.id for case in made]
    assert cases.cases(tx, [ids[2], 99, ids[0]]) == [made[2], made[0]]
