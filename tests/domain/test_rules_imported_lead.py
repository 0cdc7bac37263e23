"""A new lead of a file, made in one step, is the lead that the slow way makes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from frontdesk.domain import rules
from frontdesk.domain.problems import Conflict
from frontdesk.domain.records import Activity
from frontdesk.domain.rules import Arrival, Facts, Plan
from frontdesk.domain.workflow import Stage
from tests.domain.cases import HOUR, NOW, case_in, occasion

DAY = 24 * HOUR


@pytest.mark.parametrize("workflow", ["front_desk", "three_attempts", "six_follow_ups", "appointment_led", "sales_funnel"])
def test_every_status_of_every_workflow_is_made_as_the_slow_way_makes_it(workflow: str) -> None:
    at = occasion(workflow)
    arrival = Arrival(3, 1, "import", NOW - 9 * DAY, 7)
    for status in at.workflow.statuses:
        facts = Facts(status=status, stamps={"booked": NOW - 2 * DAY}, revenue=100, revenue_on=date(2026, 3, 1), overwrites=True)
        quick = rules.imported_lead(at, arrival, facts, {"interest": "Veneers"})
        slow = rules.imported(replace(rules.create(at, arrival).case), at, facts)
        expected = replace(slow.case.lead, interest="Veneers")
        assert replace(quick.case.lead, reopens_to=None) == replace(expected, reopens_to=None), status
        assert quick.revenue == slow.revenue


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, ("new", Stage.NEW, 0)),
        ({"attempts": 2}, ("new", Stage.FOLLOW_UP, 2)),
        ({"status": "attempting", "follow_up": Plan(NOW + DAY)}, ("attempting", Stage.FOLLOW_UP, 0)),
        ({"status": "lost", "follow_up": Plan(NOW + DAY)}, ("lost", Stage.LOST, 0)),
    ],
)
def test_what_the_file_leaves_out_is_what_its_status_proves(facts: dict[str, Any], expected: tuple[str, Stage, int]) -> None:
    ruling = rules.imported_lead(occasion("front_desk"), Arrival(3, 1, "import", None, 7), Facts(**facts), {})
    lead = ruling.case.lead
    assert (lead.status, lead.stage, lead.attempts) == expected
    assert (ruling.case.follow_up is not None) == (lead.status == "attempting")
    assert lead.stamps.created == NOW


def test_an_enquiry_from_the_future_of_a_wrong_clock_came_in_now() -> None:
    ruling = rules.imported_lead(occasion("front_desk"), Arrival(3, 1, "import", NOW + DAY, 7), Facts(), {})
    assert ruling.case.lead.stamps.created == NOW


def test_attempts_of_nought_prove_no_attempt() -> None:
    ruling = rules.imported(case_in("front_desk", "new", attempts=1), occasion("front_desk"), Facts(attempts=0, overwrites=True))
    assert (ruling.case.lead.attempts, ruling.case.lead.stamps.first_attempt) == (0, None)


def test_a_voicemail_that_brings_a_lead_waits_to_be_called_back() -> None:
    activity: Activity | None = rules.create(occasion("front_desk"), Arrival(3, 1, "voicemail")).activity
    assert activity is not None
    assert activity.unsettled


def test_a_conflict_carries_its_code_and_its_facts() -> None:
    conflict = Conflict("changed_elsewhere", table="lead", row=7)
    assert (conflict.code, conflict.facts, str(conflict)) == ("changed_elsewhere", {"table": "lead", "row": 7}, "changed_elsewhere")
