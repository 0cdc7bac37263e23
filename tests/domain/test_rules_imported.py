"""What a file says about a lead is taken as a fact (workflows.md section 5, Common to all; architecture.md section 6, two times)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from frontdesk.domain import rules
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Case
from frontdesk.domain.rules import Facts, Plan
from frontdesk.domain.workflow import Outcome, Role, Stage
from tests.domain.cases import HOUR, NOW, case_in, occasion

DAY = 24 * HOUR
WON = NOW - 20 * HOUR


def imported(case: Case, workflow: str = "front_desk", role: Role = Role.MANAGER, **facts: object) -> rules.Ruling:
    return rules.imported(case, occasion(workflow, role=role), Facts(**facts))  # type: ignore[arg-type]


def test_the_status_was_entered_when_the_file_says_and_its_stamp_is_that_day() -> None:
    lead = imported(case_in("front_desk", "new"), status="procedure_completed", stamps={"won": WON, "seen": WON - DAY}).case.lead
    assert (lead.status, lead.stage, lead.outcome, lead.furthest) == ("procedure_completed", Stage.WON, Outcome.WON, Stage.WON)
    assert (lead.stamps.won, lead.stamps.seen, lead.status_since) == (WON, WON - DAY, WON)


def test_without_a_date_for_its_stage_the_newest_date_of_the_file_counts() -> None:
    lead = imported(case_in("front_desk", "new"), status="contacted", stamps={"first_attempt": WON}).case.lead
    assert (lead.status, lead.status_since, lead.stamps.first_attempt) == ("contacted", WON, WON)
    assert imported(case_in("front_desk", "new"), status="procedure_completed").case.lead.stamps.won == NOW - 48 * HOUR


@pytest.mark.parametrize(
    ("workflow", "status", "reason", "kept"),
    [
        ("front_desk", "lost", "insurance", "insurance"),
        ("front_desk", "lost", None, "not_recorded"),
        ("front_desk", "lost", "the weather", "not_recorded"),
        ("front_desk", "not_qualified", None, "not_recorded"),
        ("front_desk", "invalid", None, "not_recorded"),
        ("six_follow_ups", "cold_lead", None, "not_recorded"),
        ("front_desk", "contacted", "insurance", None),
        ("front_desk", "procedure_completed", "insurance", None),
    ],
)
def test_an_imported_loss_without_a_reason_is_not_recorded(workflow: str, status: str, reason: str | None, kept: str | None) -> None:
    first = "new" if workflow == "front_desk" else "new_lead_no_action_yet"
    lead = imported(case_in(workflow, first), workflow, status=status, reason=reason).case.lead
    assert (lead.status, lead.reason) == (status, kept)


def test_an_excluded_status_that_asks_for_nothing_gets_no_reason() -> None:
    made = occasion("front_desk").workflow
    plain = replace(made, statuses=dict(made.statuses) | {"invalid": replace(made.statuses["invalid"], asks=frozenset())})
    case = case_in("front_desk", "new")
    assert rules.imported(case, occasion(plain), Facts(status="invalid")).case.lead.reason is None


@pytest.mark.parametrize(("overwrites", "kept"), [(True, WON), (False, NOW - 47 * HOUR)])
def test_a_stamp_is_filled_and_only_an_overwriting_file_corrects_it(overwrites: bool, kept: object) -> None:
    case = case_in("front_desk", "scheduled")
    assert imported(case, stamps={"booked": WON}, overwrites=overwrites).case.lead.stamps.booked == kept


@pytest.mark.parametrize(("overwrites", "kept"), [(True, (4, "E-2")), (False, (2, "E-1"))])
def test_attempts_and_the_enrolment_number_are_filled_or_overwritten(overwrites: bool, kept: tuple[int, str]) -> None:
    case = case_in("front_desk", "attempting", attempts=2, enrolment_number="E-1")
    lead = imported(case, attempts=4, enrolment_number="E-2", overwrites=overwrites).case.lead
    assert (lead.attempts, lead.enrolment_number) == kept
    filled = imported(case_in("front_desk", "attempting"), attempts=4, enrolment_number="E-2").case.lead
    assert (filled.attempts, filled.enrolment_number) == (4, "E-2")


@pytest.mark.parametrize(("overwrites", "kept"), [(True, ("insurance", "new plan")), (False, ("invalid_phone_number", ""))])
def test_the_reason_of_a_lead_that_is_lost_already_is_overwritten_only_on_demand(overwrites: bool, kept: tuple[str, str]) -> None:
    lead = imported(case_in("front_desk", "lost"), status="lost", reason="insurance", loss_note="new plan", overwrites=overwrites).case.lead
    assert (lead.reason, lead.loss_note) == kept


def test_a_follow_up_of_the_file_is_set_on_an_open_lead_by_the_system() -> None:
    ruling = imported(case_in("front_desk", "attempting"), follow_up=Plan(NOW + DAY))
    assert ruling.case.follow_up is not None
    assert (ruling.case.lead.next_follow_up, ruling.case.follow_up.set_by) == (NOW + DAY, None)


def test_a_follow_up_of_the_file_stops_the_clock_of_giving_up_as_any_other() -> None:
    case = case_in("front_desk", "attempting", attempts=6, timer_due=NOW + HOUR)
    assert imported(case, follow_up=Plan(NOW + DAY)).case.lead.timer_due is None


def test_a_follow_up_of_the_file_replaces_an_open_one_only_on_demand_and_never_by_itself() -> None:
    case = case_in("front_desk", "attempting", due=NOW + HOUR)
    assert imported(case, follow_up=Plan(NOW + DAY)).case.follow_up == case.follow_up
    assert imported(case, follow_up=Plan(NOW + HOUR), overwrites=True).case.follow_up == case.follow_up
    assert imported(case, follow_up=Plan(NOW + DAY), overwrites=True).case.lead.next_follow_up == NOW + DAY


def test_a_closed_lead_of_the_file_has_no_follow_up() -> None:
    assert imported(case_in("front_desk", "new"), status="lost", follow_up=Plan(NOW + DAY)).case.lead.next_follow_up is None


@pytest.mark.parametrize(
    ("amount", "on", "kept"), [(500, None, (500, date(2026, 2, 28))), (500, date(2026, 1, 5), (500, date(2026, 1, 5)))]
)
def test_revenue_of_the_file_is_recorded(amount: int, on: date | None, kept: tuple[int, date]) -> None:
    revenue = imported(case_in("front_desk", "new"), revenue=amount, revenue_on=on).revenue
    assert revenue is not None
    assert (revenue.amount, revenue.received_on) == kept


@pytest.mark.parametrize("amount", [None, 0, -5])
def test_no_revenue_is_no_revenue(amount: int | None) -> None:
    assert imported(case_in("front_desk", "new"), revenue=amount).revenue is None


def test_a_file_that_says_nothing_changes_nothing() -> None:
    case = case_in("front_desk", "attempting", due=NOW + HOUR, attempts=2)
    assert imported(case).case == case


def test_an_auditor_imports_nothing() -> None:
    with pytest.raises(Refused, match="role_not_allowed"):
        imported(case_in("front_desk", "new"), role=Role.AUDITOR)
