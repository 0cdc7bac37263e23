"""Attempts: what counts, the waits, conversations and the three ways of giving up (workflows.md sections 3 and 4)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from frontdesk.domain import rules
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import ActivityKind, Ending
from frontdesk.domain.rules import Plan
from frontdesk.domain.workflow import Disposition, Role, Stage
from tests.domain.cases import HOUR, NOW, PRESETS, case_in, last, occasion, said, states

COUNTED = ("call", "call_answered", "email_reply", "visit")
UNCOUNTED = ("text", "chat_email", "automatic_email")
NO_ANSWER, LEFT, SPOKE = "disposition=no_answer", "disposition=left_message", "disposition=spoke"


def calls(*times: str, how: str = NO_ANSWER) -> tuple[str, ...]:
    return tuple(f"{time} attempt channel=call {how} note=rang" for time in times)


FIRST = "03-02T10:00"
TWO = calls(FIRST, "03-02T14:00")


ROWS = [
    # id, preset, what came before, the event, attempts, follow-up, rule
    ("S4.03 attempt 1 without date -> 4 h", "three_attempts", (), "attempt channel=email_reply", 1, "03-02T20:00", "attempt_wait"),
    ("S4.04 attempt 1 left message -> 4 h", "three_attempts", (), f"attempt channel=call {LEFT}", 1, "03-02T20:00", "attempt_wait"),
    ("S4.04 attempt 1 no answer -> 4 h", "three_attempts", (), f"attempt channel=call {NO_ANSWER}", 1, "03-02T20:00", "attempt_wait"),
    ("S4.05 attempt 2 without date -> 4 h", "three_attempts", calls(FIRST), "attempt channel=call", 2, "03-02T20:00", "attempt_wait"),
    (
        "S4.06 attempt 2 left message -> 24 h",
        "three_attempts",
        calls(FIRST),
        f"attempt channel=call {LEFT}",
        2,
        "03-03T16:00",
        "attempt_wait",
    ),
    (
        "S4.06 attempt 2 no answer -> 24 h",
        "three_attempts",
        calls(FIRST),
        f"attempt channel=call {NO_ANSWER}",
        2,
        "03-03T16:00",
        "attempt_wait",
    ),
    (
        "S4.07 attempt 3 with a date stays alive",
        "three_attempts",
        TWO,
        "attempt channel=call disposition=set_follow_up follow_up=03-09T09:00",
        3,
        "03-09T09:00",
        "follow_up_given",
    ),
    ("S4.08 attempt 3 left message -> dead", "three_attempts", TWO, f"attempt channel=call {LEFT}", 3, None, "attempts_exhausted"),
    ("S4.09 attempt 3 without date -> dead", "three_attempts", TWO, "attempt channel=call", 3, None, "attempts_exhausted"),
    (
        "S4.15 attempt 3 spoke -> the wait of attempt 2",
        "three_attempts",
        TWO,
        f"attempt channel=call {SPOKE}",
        3,
        "03-02T20:00",
        "conversation_wait",
    ),
    ("S1.07 attempt 1 -> 48 h", "six_follow_ups", (), f"attempt channel=call {NO_ANSWER} note=x", 1, "03-04T16:00", "attempt_wait"),
    (
        "S1.07 attempt 2 spoke -> 48 h",
        "six_follow_ups",
        calls(FIRST),
        f"attempt channel=call {SPOKE} note=x",
        2,
        "03-04T16:00",
        "attempt_wait",
    ),
    ("front_desk attempt 1 -> 4 h", "front_desk", (), f"attempt channel=call {LEFT}", 1, "03-02T20:00", "attempt_wait"),
    ("front_desk attempt 2 -> 24 h", "front_desk", calls(FIRST), f"attempt channel=call {LEFT}", 2, "03-03T16:00", "attempt_wait"),
    ("front_desk attempt 3 -> 48 h", "front_desk", TWO, f"attempt channel=call {LEFT}", 3, "03-04T16:00", "attempt_wait"),
    (
        "front_desk attempt 4 -> 96 h",
        "front_desk",
        (*TWO, *calls("03-02T15:00")),
        f"attempt channel=call {LEFT}",
        4,
        "03-06T16:00",
        "attempt_wait",
    ),
    (
        "front_desk attempt 5 -> 7 d",
        "front_desk",
        (*TWO, *calls("03-02T15:00", "03-02T15:30")),
        f"attempt channel=call {LEFT}",
        5,
        "03-09T16:00",
        "attempt_wait",
    ),
    ("front_desk attempt 1 spoke -> 4 h", "front_desk", (), f"attempt channel=call {SPOKE}", 1, "03-02T20:00", "conversation_wait"),
    ("appointment_led attempt sets nothing", "appointment_led", (), f"attempt channel=call {LEFT}", 1, None, "attempt_logged"),
    ("sales_funnel attempt sets nothing", "sales_funnel", (), f"attempt channel=call {SPOKE}", 1, None, "attempt_logged"),
]


@pytest.mark.parametrize(("workflow", "before", "event", "attempts", "due", "rule"), [pytest.param(*row[1:], id=row[0]) for row in ROWS])
def test_an_attempt_comes_back_as_the_table_says(
    *, workflow: str, before: tuple[str, ...], event: str, attempts: int, due: str | None, rule: str
) -> None:
    state = last(workflow, *before, f"03-02T16:00 {event}")
    assert said(state, "attempts follow_up rule") == (attempts, due, rule)


@pytest.mark.parametrize("workflow", PRESETS)
@pytest.mark.parametrize("channel", COUNTED)
def test_s4_11_to_s4_13_a_counted_channel_makes_the_lead_contacted(workflow: str, channel: str) -> None:
    state = last(workflow, f"03-02T10:00 attempt channel={channel} disposition=no_answer note=x")
    assert said(state, "stage attempts by") == ("follow_up", 1, "user")


@pytest.mark.parametrize("workflow", PRESETS)
@pytest.mark.parametrize("channel", UNCOUNTED)
def test_s4_14_s4_16_an_uncounted_channel_leaves_stage_and_follow_up(workflow: str, channel: str) -> None:
    found = states(workflow, "03-02T10:00 follow_up follow_up=03-05T10:00", f"03-02T11:00 attempt channel={channel} disposition=spoke")
    assert said(found[-1], "stage attempts follow_up rule") == ("new", 0, "03-05T10:00", "uncounted_contact")
    assert found[-1]["status"] == found[0]["status"]


@pytest.mark.parametrize("channel", UNCOUNTED)
def test_a_date_given_with_an_uncounted_contact_is_a_follow_up_set(channel: str) -> None:
    state = last("three_attempts", f"03-02T11:00 attempt channel={channel} follow_up=03-06T10:00")
    assert said(state, "stage attempts follow_up rule") == ("new", 0, "03-06T10:00", "follow_up_set")


def test_a_date_given_with_an_uncounted_contact_asks_for_the_role_that_may_move_the_open_one() -> None:
    lines = (*calls(FIRST), "03-02T11:00 attempt channel=text follow_up=03-06T10:00 role=receptionist")
    assert said(last("six_follow_ups", *lines), "refused field") == ("role_not_allowed", "role")


@pytest.mark.parametrize("channel", ["call_answered", "visit"])
def test_a_call_answered_or_a_visit_is_a_conversation_without_saying_so(channel: str) -> None:
    state = last("front_desk", f"03-02T10:00 attempt channel={channel}")
    assert said(state, "status rule") == ("contacted", "conversation_wait")


@pytest.mark.parametrize("channel", ["call", "email_reply"])
def test_a_call_or_an_e_mail_without_a_disposition_is_no_conversation(channel: str) -> None:
    assert said(last("front_desk", f"03-02T10:00 attempt channel={channel}"), "status rule") == ("attempting", "attempt_wait")


def test_a_call_answered_by_a_machine_is_no_conversation() -> None:
    assert last("three_attempts", "03-02T10:00 attempt channel=call_answered disposition=left_message")["status"] == "created"


@pytest.mark.parametrize("disposition", [SPOKE, NO_ANSWER])
def test_reached_is_stamped_by_a_conversation_only(disposition: str) -> None:
    how = Disposition(disposition.partition("=")[2])
    lead = rules.attempt(case_in("front_desk", "new"), occasion("front_desk"), channel="call", disposition=how).case.lead
    assert (lead.stamps.first_attempt, lead.stamps.reached) == (NOW, NOW if how is Disposition.SPOKE else None)


def test_an_attempt_completes_the_open_follow_up_even_when_it_sets_another() -> None:
    case = case_in("front_desk", "attempting", due=NOW, attempts=1)
    ruling = rules.attempt(case, occasion("front_desk"), channel="call", follow_up=Plan(NOW + HOUR))
    assert ruling.ended is not None
    assert (ruling.ended.id, ruling.ended.ending, ruling.ended.ended_at) == (8, Ending.COMPLETED, NOW)


@pytest.mark.parametrize(("by_hand", "set_by"), [(True, 7), (False, None)])
def test_s4_23_it_is_kept_whether_a_person_or_the_system_set_the_follow_up(by_hand: bool, set_by: int | None) -> None:
    plan = Plan(NOW + HOUR) if by_hand else None
    ruling = rules.attempt(case_in("front_desk", "new"), occasion("front_desk"), channel="call", follow_up=plan)
    assert ruling.case.follow_up is not None
    assert ruling.case.follow_up.set_by == set_by
    assert [effect.by_system for effect in ruling.effects if effect.kind == "follow_up_set"] == [not by_hand]


def test_the_activity_says_which_number_it_was() -> None:
    ruling = rules.attempt(case_in("front_desk", "attempting", attempts=2), occasion("front_desk"), channel="call", note="rang twice")
    assert ruling.activity is not None
    assert (ruling.activity.kind, ruling.activity.number, ruling.activity.counted) == (ActivityKind.ATTEMPT, 3, True)
    assert (ruling.activity.note, ruling.activity.by) == ("rang twice", 7)


def test_s1_08_the_note_of_an_attempt_stands_on_the_follow_up_where_the_status_asks_for_one() -> None:
    ruling = rules.attempt(case_in("six_follow_ups", "follow_up_1", attempts=1), occasion("six_follow_ups"), channel="call", note="ask Kim")
    assert ruling.case.follow_up is not None
    assert ruling.case.follow_up.note == "ask Kim"


def test_the_note_of_a_date_given_wins_over_that_of_the_attempt() -> None:
    plan = Plan(NOW + HOUR, note="after lunch")
    case = case_in("six_follow_ups", "follow_up_1", attempts=1)
    ruling = rules.attempt(case, occasion("six_follow_ups"), channel="call", follow_up=plan, note="ask Kim")
    assert ruling.case.follow_up is not None
    assert ruling.case.follow_up.note == "after lunch"


@pytest.mark.parametrize(
    ("workflow", "status"),
    [
        ("three_attempts", "scheduled"),
        ("six_follow_ups", "consultation_booked"),
        ("six_follow_ups", "not_sold_thinking_it_over"),
        ("appointment_led", "booked"),
        ("sales_funnel", "consult_completed"),
        ("front_desk", "scheduled"),
        ("front_desk", "consult_completed"),
    ],
)
@pytest.mark.parametrize("how", [Disposition.NO_ANSWER, Disposition.SPOKE])
def test_in_booked_and_seen_an_attempt_counts_and_does_nothing_else(workflow: str, status: str, how: Disposition) -> None:
    case = case_in(workflow, status, due=NOW + HOUR, attempts=9)
    ruling = rules.attempt(case, occasion(workflow), channel="call", disposition=how)
    lead = ruling.case.lead
    assert (lead.status, lead.attempts, lead.next_follow_up, lead.timer_due) == (status, 10, None, None)
    assert ruling.rule == "attempt_logged"


def test_in_booked_a_date_sets_the_follow_up_and_no_clock() -> None:
    case = case_in("six_follow_ups", "consultation_booked", attempts=9)
    lead = rules.attempt(case, occasion("six_follow_ups"), channel="call", follow_up=Plan(NOW + HOUR)).case.lead
    assert (lead.next_follow_up, lead.timer_due) == (NOW + HOUR, None)


@pytest.mark.parametrize("status", ["cancelled", "no_show"])
def test_in_rebook_the_waits_act_and_the_status_stays(status: str) -> None:
    case = case_in("front_desk", status)
    for how in (Disposition.NO_ANSWER, Disposition.SPOKE):
        lead = rules.attempt(case, occasion("front_desk"), channel="call", disposition=how).case.lead
        assert (lead.status, lead.next_follow_up) == (status, NOW + 4 * HOUR)


@pytest.mark.parametrize(("number", "wait"), [(1, 4), (2, 24), (3, 48), (4, 96), (5, 168), (6, 168), (9, 168)])
def test_a_conversation_takes_the_wait_of_attempt_n_but_at_most_of_the_one_before_the_last(number: int, wait: int) -> None:
    case = case_in("front_desk", "contacted", attempts=number - 1, timer_due=NOW + HOUR if number > 6 else None)
    lead = rules.attempt(case, occasion("front_desk"), channel="visit").case.lead
    assert (lead.next_follow_up, lead.timer_due) == (NOW + wait * HOUR, None)


def test_a_person_spoken_to_twice_is_still_contacted() -> None:
    assert last("three_attempts", *calls(FIRST, "03-02T11:00", how=SPOKE))["status"] == "contacted"


def test_spoken_to_after_a_transfer_is_contacted_and_taken_up() -> None:
    case = case_in("three_attempts", "transfer", handed_at=NOW - HOUR)
    lead = rules.attempt(case, occasion("three_attempts"), channel="visit").case.lead
    assert (lead.status, lead.handed_at) == ("contacted", None)


REFUSALS = [
    ("do_not_call before everything", {"do_not_call": True}, {"channel": "call"}, Role.AUDITOR, "do_not_call", "channel"),
    ("an auditor only reads", {}, {"channel": "call"}, Role.AUDITOR, "role_not_allowed", "role"),
    ("no such channel", {}, {"channel": "pigeon"}, Role.RECEPTIONIST, "channel_unknown", "channel"),
    (
        "S4.26 a date is needed",
        {},
        {"channel": "call", "disposition": Disposition.SET_FOLLOW_UP},
        Role.MANAGER,
        "follow_up_needed",
        "follow_up",
    ),
    ("a date in the past", {}, {"channel": "call", "follow_up": Plan(NOW - HOUR)}, Role.MANAGER, "time_is_past", "follow_up"),
    ("a date that is now", {}, {"channel": "text", "follow_up": Plan(NOW)}, Role.MANAGER, "time_is_past", "follow_up"),
    ("S1.10 a note", {}, {"channel": "call", "note": " "}, Role.MANAGER, "note_needed", "note"),
]


@pytest.mark.parametrize(("case", "answers", "role", "code", "field"), [pytest.param(*row[1:], id=row[0]) for row in REFUSALS])
def test_an_attempt_is_refused(case: dict[str, object], answers: dict[str, object], role: Role, code: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.attempt(replace(case_in("six_follow_ups", "follow_up_1"), **case), occasion("six_follow_ups", role=role), **answers)
    assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.parametrize("channel", ["call_answered", "email_reply", "visit", "text"])
def test_do_not_call_blocks_dialling_only(channel: str) -> None:
    case = replace(case_in("front_desk", "attempting"), do_not_call=True)
    assert rules.attempt(case, occasion("front_desk"), channel=channel).rule in {"attempt_wait", "conversation_wait", "uncounted_contact"}


@pytest.mark.parametrize("workflow", PRESETS)
@pytest.mark.parametrize("channel", [*COUNTED, *UNCOUNTED])
def test_on_a_closed_lead_a_contact_is_timeline_only(workflow: str, channel: str) -> None:
    closed = {"three_attempts": "dead", "six_follow_ups": "cold_lead", "sales_funnel": "not_qualified"}.get(workflow, "lost")
    case = case_in(workflow, closed, attempts=2)
    ruling = rules.attempt(case, occasion(workflow), channel=channel)
    assert ruling.case == case
    assert ruling.activity is not None
    assert not ruling.activity.counted


@pytest.mark.parametrize(
    "answers", ["follow_up=03-09T10:00", "disposition=set_follow_up", "disposition=set_follow_up follow_up=03-09T10:00"]
)
@pytest.mark.parametrize("channel", ["call", "text"])
def test_on_a_closed_lead_a_date_is_refused(channel: str, answers: str) -> None:
    lines = ("03-02T10:00 status to=not_qualified", f"03-02T11:00 attempt channel={channel} {answers}")
    assert said(last("sales_funnel", *lines), "refused field") == ("lead_is_closed", "follow_up")


def test_a_lead_created_by_a_call_has_no_attempt() -> None:
    for channel in sorted(rules.CREATED_BY):
        lead = rules.create(occasion("front_desk"), rules.Arrival(1, 1, channel)).case.lead
        assert (lead.attempts, lead.stage, lead.owner_id, lead.stamps.first_attempt) == (0, Stage.NEW, None, None)
