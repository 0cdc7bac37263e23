"""Where a sentence of the specification leaves two readings: the one taken (docs/decisions/0004), where no other test says it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from frontdesk.domain import rules
from frontdesk.domain.problems import Refused
from frontdesk.domain.rules import Answers, Plan
from frontdesk.domain.workflow import Happening
from tests.domain.cases import HOUR, NOW, case_in, occasion


def test_cancelled_chosen_by_hand_does_not_restart_the_count() -> None:
    lead = rules.choose_status(case_in("front_desk", "scheduled", attempts=4), occasion("front_desk"), "cancelled").case.lead
    assert (lead.attempts, lead.next_follow_up) == (4, None)


def test_a_follow_up_set_after_its_clock_was_cancelled_starts_it_again() -> None:
    case = case_in("six_follow_ups", "follow_up_6", due=NOW + HOUR, attempts=6, timer_due=NOW + 3 * HOUR)
    cancelled = rules.cancel_follow_up(case, occasion("six_follow_ups")).case
    assert rules.set_follow_up(cancelled, occasion("six_follow_ups"), Plan(NOW + 5 * HOUR)).case.lead.timer_due == NOW + 7 * HOUR


def test_contacted_chosen_by_hand_does_not_stamp_reached() -> None:
    stamps = rules.choose_status(case_in("front_desk", "new"), occasion("front_desk"), "contacted").case.lead.stamps
    assert (stamps.reached, stamps.first_attempt) == (None, None)


def test_follow_up_k_chosen_by_hand_stamps_the_first_attempt_when_it_raises_the_count() -> None:
    case = case_in("six_follow_ups", "consultation_cancelled")
    assert rules.choose_status(case, occasion("six_follow_ups"), "follow_up_2", Answers(note="x")).case.lead.stamps.first_attempt == NOW
    counted = replace(case, lead=replace(case.lead, attempts=3))
    assert rules.choose_status(counted, occasion("six_follow_ups"), "follow_up_2", Answers(note="x")).case.lead.stamps.first_attempt is None


@pytest.mark.parametrize("happening", [Happening.CANCEL, Happening.NO_SHOW, Happening.ATTEND])
def test_an_event_of_no_live_appointment_is_only_recorded_on_a_closed_lead_too(happening: Happening) -> None:
    case = case_in("front_desk", "lost")
    ruling = rules.settle(case, occasion("front_desk"), happening)
    assert (ruling.rule, ruling.case) == ("recorded", case)


def test_a_payment_of_a_won_lead_is_recorded_and_the_lead_came_back() -> None:
    ruling = rules.invoice(case_in("front_desk", "procedure_completed"), occasion("front_desk"), 500)
    assert (ruling.rule, ruling.case.lead.came_back_at, ruling.case.lead.status) == ("came_back", NOW, "procedure_completed")
    assert ruling.revenue is not None


def test_a_lead_that_is_not_qualified_can_still_be_sold_by_an_enrolment() -> None:
    assert rules.enrol(case_in("six_follow_ups", "out_of_area"), occasion("six_follow_ups"), "1").case.lead.status == "sold"


@pytest.mark.parametrize(("status", "reason"), [("contacted", "insurance"), ("lost", "spam")])
def test_the_present_status_with_a_reason_that_does_not_belong_to_it_is_refused_for_the_reason(status: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.choose_status(case_in("front_desk", status), occasion("front_desk"), status, Answers(reason))
    assert (refused.value.code, refused.value.field) == ("reason_unknown", "reason")
