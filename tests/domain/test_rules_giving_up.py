"""Giving up in its three ways, the clock and what moves or stops it, and the restart of the count (workflows.md section 4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from frontdesk.domain import rules, workflow_text
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Case, Ending
from frontdesk.domain.rules import Answers, Plan
from frontdesk.domain.workflow import Disposition, Stage, Workflow
from tests.domain.cases import HOUR, NOW, PRESETS, at, case_in, last, occasion, preset, said, states, written


def calls(count: int, how: str = "no_answer") -> tuple[str, ...]:
    """One attempt a day at 10:00, from 3 March on."""
    return tuple(f"03-{3 + number:02}T10:00 attempt channel=call disposition={how} note=rang" for number in range(count))


def clock(lines: tuple[str, ...], workflow: str) -> datetime | None:
    """When the lead is closed by itself if nothing more happens; None when it is not within a year."""
    found = states(workflow, *lines, "12-31T23:00 look")
    closed = [state["at"] for state in found if state.get("rule") == "attempts_exhausted"]
    return datetime.fromisoformat(str(closed[0])) if closed else None


# ------------------------------------------------------------------------------------------------------------- at once


@pytest.mark.parametrize("disposition", [None, *Disposition])
def test_s4_09_the_last_attempt_without_a_date_closes_at_once_unless_it_was_a_conversation(disposition: Disposition | None) -> None:
    if disposition is Disposition.SET_FOLLOW_UP:
        return  # needs a date, which keeps the lead alive: S4.07
    case = case_in("three_attempts", "created", attempts=2, due=NOW)
    ruling = rules.attempt(case, occasion("three_attempts"), channel="call", disposition=disposition)
    alive = disposition is Disposition.SPOKE
    assert (ruling.case.lead.is_open, ruling.by_system) == (alive, not alive)


def test_giving_up_at_once_is_the_systems_and_counting_the_attempt_is_the_persons() -> None:
    case = case_in("three_attempts", "created", attempts=2, due=NOW)
    ruling = rules.attempt(case, occasion("three_attempts"), channel="call")
    signed = {effect.kind: (effect.by_system, effect.rule) for effect in ruling.effects}
    assert signed["attempts"] == (False, "attempt_logged")
    assert signed["status"] == signed["reason"] == signed["outcome"] == signed["stamp_lost"] == (True, "attempts_exhausted")


def test_an_attempt_beyond_the_last_that_had_a_date_gives_up() -> None:
    lines = (*calls(2), "03-05T10:00 attempt channel=call follow_up=03-06T10:00", "03-06T10:00 attempt channel=call")
    assert said(last("three_attempts", *lines), "status attempts by rule") == ("dead", 4, "system", "attempts_exhausted")


def test_s0_19_a_raised_maximum_gives_up_later() -> None:
    text = dict(written("three_attempts"))
    four = workflow_text.read(text | {"attempts": {**text["attempts"], "maximum": 4}})  # type: ignore[dict-item]
    found = states(four, *calls(4, "left_message"))
    assert [said(state, "status follow_up") for state in found[3:]] == [("created", "03-06T10:00"), ("dead", None)]


# ------------------------------------------------------------------------------------- after the last follow-up + 2 h


def test_s1_18_attempt_6_sets_a_follow_up_and_two_hours_after_it_the_lead_is_cold() -> None:
    found = states("six_follow_ups", *calls(6), "03-31T10:00 look")
    assert said(found[6], "status follow_up by rule") == ("follow_up_6", "03-10T10:00", "user", "attempt_wait")
    assert said(found[7], "at status follow_up by rule reason") == ("03-10T12:00", "cold_lead", None, "system", "attempts_exhausted", None)


SIX_CLOCKS = [
    ("no clock before the last", calls(5), None),
    ("from its time", calls(6), "03-10T12:00"),
    ("a date given with attempt 6", (*calls(5), "03-08T10:00 attempt channel=call follow_up=03-20T09:00 note=x"), "03-20T11:00"),
    ("moved by a follow-up", (*calls(6), "03-09T10:00 follow_up follow_up=03-25T10:00"), "03-25T12:00"),
    ("moved by the date of a text", (*calls(6), "03-09T10:00 attempt channel=text follow_up=03-25T10:00"), "03-25T12:00"),
    ("left by a text", (*calls(6), "03-09T10:00 attempt channel=text"), "03-10T12:00"),
    ("left by attempt 7 without a date", (*calls(6), "03-09T10:00 attempt channel=call note=x"), "03-10T12:00"),
    ("left by a conversation without a date", (*calls(6), "03-09T10:00 attempt channel=visit note=x"), "03-10T12:00"),
    ("moved by attempt 7 with a date", (*calls(6), "03-09T10:00 attempt channel=call note=x follow_up=03-12T10:00"), "03-12T12:00"),
    ("left by an inbound call", (*calls(6), "03-09T10:00 inbound channel=call"), "03-10T12:00"),
    ("stopped by a status", (*calls(6), "03-09T10:00 status to=follow_up_2 note=x"), None),
    ("stopped by a booking", (*calls(6), "03-09T10:00 book starts=03-20T10:00"), None),
    ("not started by a date once booked", (*calls(6), "03-09T10:00 book", "03-09T11:00 follow_up follow_up=03-11T10:00"), None),
    (
        "not started by a date with a seen status",
        (*calls(6), "03-09T10:00 status to=not_sold_thinking_it_over follow_up=03-11T10:00"),
        None,
    ),
    ("started by Follow up 6 by hand", ("03-03T10:00 status to=follow_up_6 note=x",), "03-05T12:00"),
    ("started by Follow up 6 by hand with a date", ("03-03T10:00 status to=follow_up_6 note=x follow_up=03-09T10:00",), "03-09T12:00"),
    ("not started by Follow up 5 by hand", ("03-03T10:00 status to=follow_up_5 note=x",), None),
    (
        "attempt after Follow up 5 by hand",
        ("03-03T10:00 status to=follow_up_5 note=x", "03-04T10:00 attempt channel=call note=x"),
        "03-06T12:00",
    ),
    (
        "attempt 7 after falling back",
        (*calls(6), "03-09T10:00 status to=follow_up_2 note=x", "03-09T11:00 attempt channel=call note=x"),
        "03-11T13:00",
    ),
    ("reopened, it counts from the start", (*calls(6), "03-11T10:00 reopen", "03-11T11:00 follow_up follow_up=03-15T10:00"), "03-10T12:00"),
]


@pytest.mark.parametrize(("lines", "due"), [pytest.param(*row[1:], id=f"S1.18 {row[0]}") for row in SIX_CLOCKS])
def test_the_clock_of_after_the_last_follow_up(lines: tuple[str, ...], due: str | None) -> None:
    assert clock(lines, "six_follow_ups") == (at(due) if due else None)


def test_attempt_7_without_a_date_completes_the_follow_up() -> None:
    state = last("six_follow_ups", *calls(6), "03-09T10:00 attempt channel=call note=x")
    assert said(state, "status attempts follow_up rule") == ("follow_up_6", 7, None, "attempt_logged")


def test_a_cancelled_follow_up_takes_its_clock_with_it() -> None:
    case = case_in("six_follow_ups", "follow_up_6", due=NOW + HOUR, attempts=6, timer_due=NOW + 3 * HOUR)
    ruling = rules.cancel_follow_up(case, occasion("six_follow_ups"))
    assert (ruling.case.lead.next_follow_up, ruling.case.lead.timer_due) == (None, None)


def test_giving_up_cancels_the_open_follow_up() -> None:
    case = case_in("six_follow_ups", "follow_up_6", due=NOW - 2 * HOUR, attempts=6, timer_due=NOW)
    ruling = rules.give_up(case, occasion("six_follow_ups"))
    assert ruling.ended is not None
    assert ruling.ended.ending is Ending.CANCELLED


# -------------------------------------------------------------------------------------------------- after a wait, 24 h

FRONT_CLOCKS = [
    ("no clock before the last", calls(5), None),
    ("24 h after attempt 6", calls(6), "03-09T10:00"),
    ("stopped by a date given with attempt 6", (*calls(5), "03-08T10:00 attempt channel=call follow_up=03-20T09:00"), None),
    ("stopped by a follow-up", (*calls(6), "03-08T11:00 follow_up follow_up=03-25T10:00"), None),
    ("stopped by the date of a text", (*calls(6), "03-08T11:00 attempt channel=text follow_up=03-25T10:00"), None),
    ("left by a text", (*calls(6), "03-08T11:00 attempt channel=text"), "03-09T10:00"),
    ("counted anew from attempt 7", (*calls(6), "03-08T18:00 attempt channel=call"), "03-09T18:00"),
    ("stopped by a conversation", (*calls(6), "03-08T18:00 attempt channel=visit"), None),
    ("stopped by attempt 7 with a date", (*calls(6), "03-08T18:00 attempt channel=call follow_up=03-12T10:00"), None),
    ("stopped by an inbound call", (*calls(6), "03-08T18:00 inbound channel=call"), None),
    ("stopped by a status", (*calls(6), "03-08T18:00 status to=contacted"), None),
    ("stopped by a booking", (*calls(6), "03-08T18:00 book"), None),
    ("the present status again does not stop it", (*calls(6), "03-08T18:00 status to=attempting"), "03-09T10:00"),
    (
        "after the date of attempt 6, attempt 7",
        (*calls(5), "03-08T10:00 attempt channel=call follow_up=03-20T09:00", "03-20T09:00 attempt channel=call"),
        "03-21T09:00",
    ),
]


@pytest.mark.parametrize(("lines", "due"), [pytest.param(*row[1:], id=f"front_desk {row[0]}") for row in FRONT_CLOCKS])
def test_the_clock_of_after_a_wait(lines: tuple[str, ...], due: str | None) -> None:
    assert clock(lines, "front_desk") == (at(due) if due else None)


def test_attempt_6_of_front_desk_sets_no_follow_up_and_is_closed_by_the_system() -> None:
    found = states("front_desk", *calls(6), "03-31T10:00 look")
    assert said(found[6], "status attempts follow_up by rule") == ("attempting", 6, None, "user", "give_up_wait")
    assert said(found[7], "at status reason by rule") == ("03-09T10:00", "lost", "no_contact", "system", "attempts_exhausted")


def test_an_inbound_contact_that_stops_the_clock_sets_a_follow_up_due_now() -> None:
    state = last("front_desk", *calls(6), "03-08T18:00 inbound channel=text")
    assert said(state, "status follow_up rule") == ("attempting", "03-08T18:00", "inbound")


def test_an_inbound_contact_without_a_clock_leaves_the_follow_up() -> None:
    state = last("front_desk", *calls(1), "03-03T11:00 inbound channel=call")
    assert said(state, "attempts follow_up rule") == (1, "03-03T14:00", "inbound")


# ---------------------------------------------------------------------------------------------------------- the timer


@pytest.mark.parametrize(
    "event", ["attempt channel=call", "follow_up follow_up=03-12T10:00", "inbound channel=call", "status to=contacted", "look"]
)
def test_a_timer_due_at_the_instant_of_an_event_fires_first(event: str) -> None:
    found = states("front_desk", *calls(6), f"03-09T10:00 {event}")
    assert said(found[7], "at status rule") == ("03-09T10:00", "lost", "attempts_exhausted")
    assert len(found) == 9


@pytest.mark.parametrize("event", ["follow_up follow_up=03-12T10:00", "status to=contacted"])
def test_an_event_a_minute_before_the_timer_stops_it(event: str) -> None:
    assert len(states("front_desk", *calls(6), f"03-09T09:59 {event}", "03-31T10:00 look")) == 9


def test_a_timer_fires_at_its_own_time_and_once() -> None:
    found = states("six_follow_ups", *calls(6), "03-20T10:00 look", "03-21T10:00 look")
    assert [short for state in found[7:] for short in said(state, "at rule")] == [
        *("03-10T12:00", "attempts_exhausted"),
        *("03-20T10:00", "look"),
        *("03-21T10:00", "look"),
    ]


def test_timers_after_the_last_event_do_not_fire() -> None:
    assert [state["rule"] for state in states("front_desk", *calls(6))][-1] == "give_up_wait"


@pytest.mark.parametrize(("workflow", "status"), [("front_desk", "lost"), ("sales_funnel", "follow_up")])
def test_a_timer_that_has_nothing_to_do_stops(workflow: str, status: str) -> None:
    case = case_in(workflow, status, timer_due=NOW)
    ruling = rules.give_up(case, occasion(workflow))
    assert (ruling.rule, ruling.case.lead.status, ruling.case.lead.timer_due) == ("recorded", status, None)


def test_the_fact_of_giving_up_is_at_the_timers_time() -> None:
    case = case_in("front_desk", "attempting", attempts=6, timer_due=NOW)
    lead = rules.give_up(case, occasion("front_desk", NOW)).case.lead
    assert (lead.status_since, lead.stamps.lost, lead.reopens_to, lead.stage) == (NOW, NOW, "attempting", Stage.LOST)


# -------------------------------------------------------------------------------------------------------- the restart


@pytest.mark.parametrize("workflow", PRESETS)
@pytest.mark.parametrize("event", ["cancel", "no_show"])
def test_cancelled_and_did_not_arrive_restart_the_count(workflow: str, event: str) -> None:
    lines = (*calls(2), "03-05T10:00 book starts=03-09T10:00", f"03-09T10:30 {event}", "03-09T11:00 attempt channel=call note=x")
    assert [state["attempts"] for state in states(workflow, *lines)] == [0, 1, 2, 2, 0, 1]


def test_reopening_restarts_the_count_even_of_a_status_that_is_the_counter() -> None:
    found = states("six_follow_ups", *calls(6), "03-11T10:00 reopen", "03-11T11:00 attempt channel=call note=x")
    assert said(found[8], "status attempts follow_up rule") == ("follow_up_6", 0, "03-11T10:00", "reopened")
    assert said(found[9], "status attempts") == ("follow_up_1", 1)


def test_an_open_status_chosen_on_a_closed_lead_restarts_the_count() -> None:
    found = states("front_desk", *calls(6), "03-11T10:00 status to=contacted")
    assert said(found[-1], "status attempts follow_up reason rule") == ("contacted", 0, "03-11T10:00", None, "status_chosen")


def test_follow_up_3_chosen_on_a_closed_lead_counts_3() -> None:
    found = states("six_follow_ups", *calls(6), "03-11T10:00 status to=follow_up_3 note=x")
    assert said(found[-1], "status attempts follow_up") == ("follow_up_3", 3, "03-13T10:00")


def not_restarting() -> Workflow:
    return replace(preset("front_desk"), reopening_restarts=False)


def test_whether_reopening_restarts_is_a_value_of_the_workflow() -> None:
    case = case_in("front_desk", "lost", attempts=6)
    assert rules.reopen(case, occasion(not_restarting())).case.lead.attempts == 6
    assert rules.choose_status(case, occasion(not_restarting()), "contacted").case.lead.attempts == 6


# ----------------------------------------------------------------------------------- a practice's own mixture of these


def own(**attempts: object) -> Workflow:
    text = dict(written("front_desk"))
    return workflow_text.read(text | {"attempts": {**text["attempts"], **attempts}})  # type: ignore[dict-item]


def test_a_conversation_stops_the_clock_of_after_the_last_follow_up_where_there_is_a_reached_status() -> None:
    made = own(give_up="after_last_follow_up", grace="2h")
    case = Case(case_in(made, "contacted", attempts=6, timer_due=NOW + HOUR).lead)
    lead = rules.attempt(case, occasion(made), channel="visit").case.lead
    assert (lead.next_follow_up, lead.timer_due) == (NOW + 168 * HOUR, None)


def test_after_the_last_follow_up_works_without_numbered_statuses() -> None:
    made = own(give_up="after_last_follow_up", grace="2h", maximum=2)
    case = case_in(made, "attempting", attempts=1)
    ruling = rules.attempt(case, occasion(made), channel="call")
    assert (ruling.case.lead.next_follow_up, ruling.case.lead.timer_due) == (NOW + 24 * HOUR, NOW + 26 * HOUR)
    moved = rules.set_follow_up(ruling.case, occasion(made), Plan(NOW + 48 * HOUR))
    assert moved.case.lead.timer_due == NOW + 50 * HOUR


def test_a_status_chosen_with_a_date_stops_the_clock_where_the_status_is_no_counter() -> None:
    made = own(give_up="after_last_follow_up", grace="2h", maximum=2)
    case = case_in(made, "attempting", attempts=2, timer_due=NOW + HOUR)
    lead = rules.choose_status(case, occasion(made), "contacted", Answers(follow_up=Plan(NOW + HOUR))).case.lead
    assert (lead.next_follow_up, lead.timer_due) == (NOW + HOUR, None)


def test_giving_up_may_lead_to_a_status_of_its_own_with_the_reason_that_it_needs() -> None:
    with pytest.raises(Refused, match="reason_needed"):
        own(reason=None)
