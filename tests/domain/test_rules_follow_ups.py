"""Setting, moving and cancelling the planned next contact (workflows.md section 3; S1.12, S4.23)."""

from __future__ import annotations

import pytest

from frontdesk.domain import rules
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Ending, FollowUpKind
from frontdesk.domain.rules import Plan
from frontdesk.domain.workflow import Role
from tests.domain.cases import HOUR, NOW, OPEN_STATUSES, PRESETS, case_in, last, occasion, preset, said, states

EVERY_OPEN = [pytest.param(workflow, status, id=f"{workflow}: {status}") for workflow in PRESETS for status in OPEN_STATUSES[workflow]]
EVERY_CLOSED = [
    pytest.param(workflow, status, id=f"{workflow}: {status}")
    for workflow in PRESETS
    for status in preset(workflow).statuses
    if status not in OPEN_STATUSES[workflow]
]


@pytest.mark.parametrize(("workflow", "status"), EVERY_OPEN)
def test_a_follow_up_replaces_the_open_one_which_is_closed_as_moved(workflow: str, status: str) -> None:
    case = case_in(workflow, status, due=NOW, attempts=1)
    ruling = rules.set_follow_up(case, occasion(workflow), Plan(NOW + HOUR, FollowUpKind.EMAIL, "send the price list", any_time=True))
    assert ruling.ended is not None
    assert ruling.ended.ending is Ending.MOVED
    planned = ruling.case.follow_up
    assert planned is not None
    assert (planned.due, planned.kind, planned.note, planned.any_time, planned.set_by) == (
        NOW + HOUR,
        FollowUpKind.EMAIL,
        "send the price list",
        True,
        7,
    )
    lead = ruling.case.lead
    assert (lead.status, lead.attempts, lead.stage, ruling.rule) == (status, 1, case.lead.stage, "follow_up_set")


@pytest.mark.parametrize(("workflow", "status"), EVERY_CLOSED)
def test_a_closed_lead_takes_no_follow_up(workflow: str, status: str) -> None:
    for change in (lambda case, now: rules.set_follow_up(case, now, Plan(NOW + HOUR)), rules.cancel_follow_up):
        with pytest.raises(Refused) as refused:
            change(case_in(workflow, status), occasion(workflow))
        assert (refused.value.code, refused.value.field) == ("lead_is_closed", "follow_up")


@pytest.mark.parametrize("minutes", [0, -1, -60])
def test_a_follow_up_in_the_past_is_refused(minutes: int) -> None:
    with pytest.raises(Refused) as refused:
        rules.set_follow_up(case_in("front_desk", "new"), occasion("front_desk"), Plan(NOW + minutes * HOUR / 60))
    assert (refused.value.code, refused.value.field) == ("time_is_past", "follow_up")


@pytest.mark.parametrize("role", [Role.CALL_CENTRE, Role.MANAGER, Role.ADMINISTRATOR])
def test_s1_12_the_call_centre_and_managers_move_an_open_follow_up_and_status_and_count_stay(role: Role) -> None:
    lines = ("03-02T10:00 attempt channel=call note=x", f"03-02T11:00 follow_up follow_up=03-09T10:00 role={role}")
    assert said(last("six_follow_ups", *lines), "status attempts follow_up rule") == ("follow_up_1", 1, "03-09T10:00", "follow_up_set")


def test_s1_12_a_receptionist_sets_a_first_one_but_moves_none() -> None:
    found = states(
        "six_follow_ups",
        "03-02T10:00 follow_up follow_up=03-05T10:00 role=receptionist",
        "03-02T11:00 follow_up follow_up=03-06T10:00 role=receptionist",
    )
    assert said(found[1], "follow_up") == ("03-05T10:00",)
    assert said(found[2], "refused field") == ("role_not_allowed", "role")


@pytest.mark.parametrize("workflow", [key for key in PRESETS if key != "six_follow_ups"])
def test_elsewhere_everybody_who_writes_moves_a_follow_up(workflow: str) -> None:
    lines = ("03-02T10:00 follow_up follow_up=03-05T10:00", "03-02T11:00 follow_up follow_up=03-06T10:00 role=receptionist")
    assert said(last(workflow, *lines), "follow_up") == ("03-06T10:00",)


@pytest.mark.parametrize("workflow", PRESETS)
def test_an_auditor_sets_nothing(workflow: str) -> None:
    assert said(last(workflow, "03-02T10:00 follow_up follow_up=03-05T10:00 role=auditor"), "refused field") == ("role_not_allowed", "role")


def test_a_follow_up_can_be_cancelled() -> None:
    ruling = rules.cancel_follow_up(case_in("front_desk", "attempting", due=NOW), occasion("front_desk"))
    assert ruling.ended is not None
    assert (ruling.ended.ending, ruling.case.follow_up, ruling.rule) == (Ending.CANCELLED, None, "follow_up_cancelled")


def test_without_a_follow_up_there_is_nothing_to_cancel() -> None:
    with pytest.raises(Refused) as refused:
        rules.cancel_follow_up(case_in("front_desk", "attempting"), occasion("front_desk"))
    assert (refused.value.code, refused.value.field) == ("no_follow_up", "follow_up")


def test_a_follow_up_that_is_due_adds_no_state_and_changes_nothing() -> None:
    found = states("three_attempts", "03-02T10:00 attempt channel=call", "03-09T10:00 look")
    assert said(found[2], "status attempts follow_up rule") == ("created", 1, "03-02T14:00", "look")
