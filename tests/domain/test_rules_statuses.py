"""A status chosen by hand, the checks in their order, reasons, roles, and reopening (workflows.md section 3)."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from msgspec.structs import replace

from frontdesk.domain import rules, workflow_text
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import ActivityKind, Ending
from frontdesk.domain.rules import Answers, Plan
from frontdesk.domain.workflow import Asks, Outcome, Role, Stage
from tests.domain.cases import HOUR, NOW, OPEN_STATUSES, PRESETS, case_in, last, occasion, preset, said, states, written

GOOD = {Asks.NOTE: {"note": "asked"}, Asks.TO_PERSON: {"to_person": 3}, Asks.VERIFIED: {"verified": True}}
PAIRS = [
    pytest.param(workflow, start, to, id=f"{workflow}: {start} -> {to}")
    for workflow in PRESETS
    for start in preset(workflow).statuses
    for to, status in preset(workflow).statuses.items()
    if start != to and status.by_hand
]


def answers(workflow: str, to: str) -> Answers:
    """What the status asks for, answered."""
    made = preset(workflow)
    given: dict[str, object] = {}
    for asked in made.statuses[to].asks:
        given |= GOOD.get(asked, {})
    reason = made.reasons_for(made.statuses[to])[0].key if Asks.REASON in made.statuses[to].asks else None
    return Answers(reason=reason, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(("workflow", "start", "to"), PAIRS)
def test_every_status_that_may_be_chosen_follows_every_other(workflow: str, start: str, to: str) -> None:
    case = case_in(workflow, start, due=None if start not in OPEN_STATUSES[workflow] else NOW + HOUR, attempts=1)
    ruling = rules.choose_status(case, occasion(workflow), to, answers(workflow, to))
    after, status = ruling.case.lead, preset(workflow).statuses[to]
    assert (after.status, after.outcome, after.status_since, ruling.rule, ruling.by_system) == (
        to,
        status.outcome,
        NOW,
        "status_chosen",
        False,
    )
    if case.follow_up is not None:
        assert ruling.ended is not None
        assert ruling.ended.ending is (Ending.COMPLETED if status.outcome is Outcome.OPEN else Ending.CANCELLED)
    if start not in OPEN_STATUSES[workflow] and status.outcome is Outcome.OPEN:
        assert (after.attempts, after.next_follow_up) == ((status.number or 0), NOW + (status.wait or timedelta(0)))


AUTOMATIC = [
    pytest.param(workflow, key, id=f"{workflow}: {key}")
    for workflow, keys in {
        "three_attempts": ("created",),
        "six_follow_ups": (
            "new_lead_no_action_yet",
            "consultation_booked",
            "consultation_rescheduled_and_booked",
            "consultation_cancelled",
            "sold",
        ),
    }.items()
    for key in keys
]


@pytest.mark.parametrize(("workflow", "to"), AUTOMATIC)
def test_an_automatic_status_is_refused_even_to_an_administrator(workflow: str, to: str) -> None:
    start = OPEN_STATUSES[workflow][1]
    with pytest.raises(Refused) as refused:
        rules.choose_status(case_in(workflow, start), occasion(workflow, role=Role.ADMINISTRATOR), to)
    assert (refused.value.code, refused.value.field) == ("status_is_automatic", "to")


def test_the_automatic_statuses_are_these_and_no_others() -> None:
    found = {(workflow, key) for workflow in PRESETS for key, status in preset(workflow).statuses.items() if not status.by_hand}
    assert found == {tuple(cell.values) for cell in AUTOMATIC}


# What is wrong, in the order in which it is said: each row is wrong in everything that follows, too.
ORDER = [
    ("three_attempts", "nowhere", Answers("nonsense"), Role.AUDITOR, "status_unknown", "to"),
    ("three_attempts", "created", Answers("nonsense"), Role.AUDITOR, "status_is_automatic", "to"),
    ("three_attempts", "contacted", Answers(), Role.AUDITOR, "already_there", "to"),
    ("three_attempts", "invalid", Answers(), Role.AUDITOR, "role_not_allowed", "role"),
    ("three_attempts", "invalid", Answers(), Role.RECEPTIONIST, "reason_needed", "reason"),
    ("three_attempts", "invalid", Answers("price_shopping"), Role.RECEPTIONIST, "reason_unknown", "reason"),
    ("three_attempts", "invalid", Answers("spam"), Role.RECEPTIONIST, "verified_needed", "verified"),
    ("three_attempts", "dead", Answers("spam"), Role.RECEPTIONIST, "reason_unknown", "reason"),
    ("three_attempts", "dead", Answers("best_practices"), Role.MANAGER, "reason_is_automatic", "reason"),
    ("three_attempts", "dead", Answers("not_recorded"), Role.MANAGER, "reason_is_automatic", "reason"),
    ("three_attempts", "dead", Answers("no_contact"), Role.MANAGER, "reason_needs_attempts", "reason"),
    ("three_attempts", "dead", Answers("something_else"), Role.MANAGER, "note_needed", "note"),
    ("three_attempts", "dead", Answers("something_else", "  "), Role.MANAGER, "note_needed", "note"),
    ("three_attempts", "transfer", Answers(), Role.CALL_CENTRE, "note_needed", "note"),
    ("three_attempts", "transfer", Answers(note="hers"), Role.CALL_CENTRE, "to_person_needed", "to_person"),
    ("three_attempts", "scheduled", Answers("insurance"), Role.MANAGER, "reason_unknown", "reason"),
    ("three_attempts", "scheduled", Answers(follow_up=Plan(NOW)), Role.MANAGER, "time_is_past", "follow_up"),
    ("three_attempts", "dead", Answers("insurance", follow_up=Plan(NOW + HOUR)), Role.MANAGER, "lead_is_closed", "follow_up"),
]


@pytest.mark.parametrize(
    ("workflow", "to", "given", "role", "code", "field"),
    [pytest.param(*row, id=f"{row[1]} {row[2].reason} {row[3]}: {row[4]}") for row in ORDER],
)
def test_the_checks_come_in_the_order_of_the_specification(
    *, workflow: str, to: str, given: Answers, role: Role, code: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        rules.choose_status(case_in(workflow, "contacted", attempts=2), occasion(workflow, role=role), to, given)
    assert (refused.value.code, refused.value.field) == (code, field)


def everything(**asked: object) -> object:
    """Our workflow, with a status that asks for everything at once."""
    text = dict(written("front_desk"))
    statuses = [dict(status) for status in text["statuses"]]  # type: ignore[union-attr]
    statuses[-1] |= {"asks": ["reason", "note", "to_person", "verified"], "roles": ["call_centre"]} | asked
    return workflow_text.read(text | {"statuses": statuses})


@pytest.mark.parametrize(
    ("role", "given", "code"),
    [
        (Role.RECEPTIONIST, Answers(), "role_not_allowed"),
        (Role.CALL_CENTRE, Answers(), "reason_needed"),
        (Role.CALL_CENTRE, Answers("spam"), "note_needed"),
        (Role.CALL_CENTRE, Answers("spam", "x"), "to_person_needed"),
        (Role.CALL_CENTRE, Answers("spam", "x", 3), "verified_needed"),
    ],
)
def test_a_status_that_asks_for_everything_says_one_thing_after_the_other(role: Role, given: Answers, code: str) -> None:
    with pytest.raises(Refused, match=code):
        rules.choose_status(case_in("front_desk", "new"), occasion(everything(), role=role), "invalid", given)


def test_a_status_that_may_only_follow_some_is_refused_from_others() -> None:
    made = everything(follows=["contacted"])
    assert (
        rules.choose_status(case_in("front_desk", "contacted"), occasion(made), "invalid", Answers("spam", "x", 3, True)).rule
        == "status_chosen"
    )
    with pytest.raises(Refused) as refused:
        rules.choose_status(case_in("front_desk", "new"), occasion(made), "invalid", Answers("spam", "x", 3, True))
    assert (refused.value.code, refused.value.field) == ("status_not_allowed_from_here", "to")


LOSSES = [
    pytest.param(workflow, key, reason, id=f"{workflow}: {key} {reason.key}")
    for workflow in PRESETS
    for key, status in preset(workflow).statuses.items()
    for reason in preset(workflow).reasons_for(status)
]


@pytest.mark.parametrize(("workflow", "to", "reason"), LOSSES)
def test_a_reason_of_the_list_can_be_chosen_unless_the_system_alone_gives_it(workflow: str, to: str, reason: object) -> None:
    case = case_in(workflow, OPEN_STATUSES[workflow][0], attempts=preset(workflow).attempts_needed(reason))
    given = Answers(reason.key, "why", verified=True)
    if reason.system_only:
        with pytest.raises(Refused, match="reason_is_automatic"):
            rules.choose_status(case, occasion(workflow), to, given)
    else:
        lead = rules.choose_status(case, occasion(workflow), to, given).case.lead
        assert (lead.status, lead.reason, lead.loss_note) == (to, reason.key, "why")


@pytest.mark.parametrize(("workflow", "attempts", "missing"), [("three_attempts", 0, 3), ("three_attempts", 2, 1), ("front_desk", 5, 1)])
def test_s0_18_a_reason_says_how_many_attempts_it_still_needs(workflow: str, attempts: int, missing: int) -> None:
    closed = "dead" if workflow == "three_attempts" else "lost"
    with pytest.raises(Refused) as refused:
        rules.choose_status(case_in(workflow, "contacted", attempts=attempts), occasion(workflow), closed, Answers("no_contact"))
    assert refused.value.facts["missing"] == missing


def test_a_hidden_reason_cannot_be_chosen_any_more() -> None:
    made = preset("front_desk")
    hidden = dataclasses.replace(
        made, reasons=dict(made.reasons) | {"insurance": dataclasses.replace(made.reasons["insurance"], hidden=True)}
    )
    with pytest.raises(Refused, match="reason_unknown"):
        rules.choose_status(case_in(made, "new"), occasion(hidden), "lost", Answers("insurance"))


def test_s2_09_the_reason_of_lost_is_optional_in_appointment_led() -> None:
    assert said(last("appointment_led", "03-02T10:00 status to=lost"), "status reason") == ("lost", None)
    assert said(last("appointment_led", "03-02T10:00 status to=lost reason=no_contact"), "status reason") == ("lost", "no_contact")


def test_s4_10_the_reason_can_be_changed_by_hand_after_giving_up() -> None:
    lines = tuple(f"03-0{day}T10:00 attempt channel=call" for day in (3, 4, 5))
    found = states("three_attempts", *lines, "03-06T10:00 status to=dead reason=no_contact", "03-06T11:00 status to=dead reason=no_contact")
    assert said(found[3], "reason by") == ("best_practices", "system")
    assert said(found[4], "status reason by rule") == ("dead", "no_contact", "user", "reason_changed")
    assert said(found[5], "refused field") == ("already_there", "to")


def test_changing_the_reason_changes_nothing_else() -> None:
    case = case_in("front_desk", "lost", came_back_at=NOW)
    ruling = rules.choose_status(case, occasion("front_desk"), "lost", Answers("insurance", "the plan ended"))
    assert ruling.case.lead == replace(case.lead, reason="insurance", loss_note="the plan ended")


def test_the_kind_of_an_invalid_lead_can_be_changed_without_the_tick() -> None:
    assert (
        rules.choose_status(case_in("front_desk", "invalid"), occasion("front_desk"), "invalid", Answers("test")).rule == "reason_changed"
    )


@pytest.mark.parametrize("role", Role)
def test_s1_21_consultation_cancelled_and_dnc_is_for_the_call_centre_and_managers(role: Role) -> None:
    allowed = role in {Role.CALL_CENTRE, Role.MANAGER, Role.ADMINISTRATOR}
    lines = ("03-02T10:00 status to=consultation_cancelled_and_dnc role=" + role,)
    state = last("six_follow_ups", *lines)
    assert (state.get("status"), state.get("field")) == (("consultation_cancelled_and_dnc", None) if allowed else (None, "role"))


@pytest.mark.parametrize("to", ["dnc", "consultation_cancelled_and_dnc"])
def test_s1_17_dnc_blocks_dialling_also_after_reopening(to: str) -> None:
    found = states("six_follow_ups", f"03-02T10:00 status to={to}", "03-02T11:00 reopen", "03-02T12:00 attempt channel=call note=x")
    assert said(found[2], "status rule") == ("new_lead_no_action_yet", "reopened")
    assert said(found[3], "refused field") == ("do_not_call", "channel")


@pytest.mark.parametrize(
    ("workflow", "to", "wishes"),
    [
        ("six_follow_ups", "dnc", (True, False)),
        ("six_follow_ups", "out_of_area", (False, True)),
        ("sales_funnel", "not_qualified", (False, True)),
        ("front_desk", "lost", (False, False)),
    ],
)
def test_a_status_writes_the_wishes_of_the_person(workflow: str, to: str, wishes: tuple[bool, bool]) -> None:
    case = case_in(workflow, OPEN_STATUSES[workflow][0])
    after = rules.choose_status(case, occasion(workflow), to, answers(workflow, to)).case
    assert (after.do_not_call, after.no_marketing) == wishes
    again = rules.choose_status(replace(case, do_not_call=True, no_marketing=True), occasion(workflow), to, answers(workflow, to))
    assert not {effect.kind for effect in again.effects} & {"do_not_call", "no_marketing"}


def test_s0_09_a_transfer_changes_the_owner_and_is_handed_over() -> None:
    ruling = rules.choose_status(
        case_in("three_attempts", "created"), occasion("three_attempts"), "transfer", Answers(note="surgery", to_person=3)
    )
    assert (ruling.case.lead.owner_id, ruling.case.lead.handed_at) == (3, NOW)
    assert ruling.activity is not None
    assert (ruling.activity.kind, ruling.activity.note) == (ActivityKind.NOTE, "surgery")


def test_a_status_without_a_note_leaves_no_line_of_its_own() -> None:
    assert rules.choose_status(case_in("front_desk", "new"), occasion("front_desk"), "contacted").activity is None


def test_scheduled_needs_no_appointment_by_hand() -> None:
    lead = rules.choose_status(case_in("three_attempts", "contacted"), occasion("three_attempts"), "scheduled").case.lead
    assert (lead.status, lead.stamps.booked, lead.furthest) == ("scheduled", NOW, Stage.BOOKED)


@pytest.mark.parametrize(("count", "chosen", "after"), [(0, 3, 3), (1, 6, 6), (5, 2, 5), (2, 2, 2), (8, 6, 8)])
def test_s1_06_choosing_follow_up_k_raises_the_count_to_k_and_never_lowers_it(count: int, chosen: int, after: int) -> None:
    case = case_in("six_follow_ups", "consultation_cancelled", attempts=count)
    lead = rules.choose_status(case, occasion("six_follow_ups"), f"follow_up_{chosen}", Answers(note="x")).case.lead
    assert (lead.attempts, lead.next_follow_up) == (after, NOW + 48 * HOUR)


def test_s1_09_entering_the_next_follow_up_completes_the_one_before_and_carries_the_note() -> None:
    case = case_in("six_follow_ups", "follow_up_1", due=NOW, attempts=1)
    ruling = rules.choose_status(case, occasion("six_follow_ups"), "follow_up_2", Answers(note="ask again"))
    assert ruling.ended is not None
    assert ruling.ended.ending is Ending.COMPLETED
    assert ruling.case.follow_up is not None
    assert (ruling.case.follow_up.note, ruling.case.follow_up.set_by) == ("ask again", None)


def test_a_status_with_a_date_has_that_follow_up_by_the_person() -> None:
    plan = Plan(NOW + HOUR, note="her own")
    case = case_in("six_follow_ups", "follow_up_1", due=NOW, attempts=1)
    ruling = rules.choose_status(case, occasion("six_follow_ups"), "follow_up_2", Answers(note="ask again", follow_up=plan))
    assert ruling.case.follow_up is not None
    assert (ruling.case.follow_up.due, ruling.case.follow_up.note, ruling.case.follow_up.set_by) == (NOW + HOUR, "her own", 7)


# ---------------------------------------------------------------------------------------------------------- reopening

CLOSED = [
    pytest.param(workflow, key, id=f"{workflow}: {key}")
    for workflow in PRESETS
    for key, status in preset(workflow).statuses.items()
    if status.outcome in {Outcome.LOST, Outcome.EXCLUDED}
]


@pytest.mark.parametrize(("workflow", "closed"), CLOSED)
def test_a_lost_or_excluded_lead_reopens_into_the_status_it_had(workflow: str, closed: str) -> None:
    start = OPEN_STATUSES[workflow][1]
    case = case_in(workflow, start, attempts=2, due=NOW + HOUR)
    shut = rules.choose_status(case, occasion(workflow), closed, answers(workflow, closed)).case
    ruling = rules.reopen(shut, occasion(workflow, NOW + HOUR))
    lead = ruling.case.lead
    assert (lead.status, lead.reason, lead.attempts, lead.next_follow_up) == (start, None, 0, NOW + HOUR)
    assert (lead.stamps, ruling.case.do_not_call) == (shut.lead.stamps, shut.do_not_call)


def test_from_one_closed_status_to_another_it_still_reopens_into_the_open_one() -> None:
    lines = (
        "03-02T10:00 status to=contacted",
        "03-02T11:00 status to=lost reason=insurance",
        "03-02T12:00 status to=invalid reason=spam verified=yes",
    )
    assert said(last("front_desk", *lines, "03-02T13:00 reopen"), "status follow_up reason rule") == (
        "contacted",
        "03-02T13:00",
        None,
        "reopened",
    )


def test_a_lead_whose_earlier_status_nobody_knows_reopens_into_the_first() -> None:
    assert rules.reopen(case_in("front_desk", "lost", reopens_to=None), occasion("front_desk")).case.lead.status == "new"


@pytest.mark.parametrize(
    ("status", "role", "code"),
    [
        ("procedure_completed", Role.MANAGER, "cannot_be_reopened"),
        ("new", Role.MANAGER, "already_open"),
        ("lost", Role.AUDITOR, "role_not_allowed"),
    ],
)
def test_reopening_is_refused(status: str, role: Role, code: str) -> None:
    with pytest.raises(Refused, match=code):
        rules.reopen(case_in("front_desk", status), occasion("front_desk", role=role))


def test_a_status_can_say_that_it_is_not_reopened() -> None:
    with pytest.raises(Refused, match="cannot_be_reopened"):
        rules.reopen(case_in("front_desk", "invalid"), occasion(everything(reopenable=False)))


def test_a_won_lead_may_be_moved_back_by_hand() -> None:
    lead = rules.choose_status(case_in("front_desk", "procedure_completed"), occasion("front_desk"), "consult_completed").case.lead
    assert (lead.status, lead.furthest, lead.next_follow_up) == ("consult_completed", Stage.WON, NOW)


@pytest.mark.parametrize("workflow", ["appointment_led", "front_desk"])
def test_to_rebook_is_as_far_as_booked(workflow: str) -> None:
    lead = rules.choose_status(case_in(workflow, OPEN_STATUSES[workflow][0]), occasion(workflow), "cancelled").case.lead
    assert (lead.stage, lead.furthest) == (Stage.REBOOK, Stage.BOOKED)
