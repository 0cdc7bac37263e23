"""The rehearsal: the example of workflows.md section 7 to the letter, undo, keys, and scripts that are not valid."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import pytest

from frontdesk.domain import rehearsal
from frontdesk.domain.problems import Refused
from tests.domain.cases import PRESETS, last, preset, said, states

SCRIPT = json.loads("""
{"workflow": "three_attempts", "time_zone": "America/New_York", "opening_hours": {"mon": ["08:00", "18:00"]}, "holidays": [],
 "events": [
  {"at": "2026-03-02T09:00", "do": "create", "channel": "web_form"},
  {"at": "2026-03-02T09:07", "do": "attempt", "channel": "call", "disposition": "left_message"},
  {"at": "2026-03-02T13:30", "do": "attempt", "channel": "text", "disposition": "left_message"},
  {"at": "2026-03-02T14:00", "do": "attempt", "channel": "call", "disposition": "no_answer"},
  {"at": "2026-03-03T14:05", "do": "attempt", "channel": "email_reply"},
  {"at": "2026-03-03T15:00", "do": "look"}]}
""")

STATES = """
{"states": [
 {"at": "2026-03-02T09:00:00-05:00", "status": "created", "stage": "new", "attempts": 0, "follow_up": null, "reason": null, "by": "user", "rule": "created"},
 {"at": "2026-03-02T09:07:00-05:00", "status": "created", "stage": "follow_up", "attempts": 1, "follow_up": "2026-03-02T13:07:00-05:00", "reason": null, "by": "user", "rule": "attempt_wait"},
 {"at": "2026-03-02T13:30:00-05:00", "status": "created", "stage": "follow_up", "attempts": 1, "follow_up": "2026-03-02T13:07:00-05:00", "reason": null, "by": "user", "rule": "uncounted_contact"},
 {"at": "2026-03-02T14:00:00-05:00", "status": "created", "stage": "follow_up", "attempts": 2, "follow_up": "2026-03-03T14:00:00-05:00", "reason": null, "by": "user", "rule": "attempt_wait"},
 {"at": "2026-03-03T14:05:00-05:00", "status": "dead", "stage": "lost", "attempts": 3, "follow_up": null, "reason": "best_practices", "by": "system", "rule": "attempts_exhausted"},
 {"at": "2026-03-03T15:00:00-05:00", "status": "dead", "stage": "lost", "attempts": 3, "follow_up": null, "reason": "best_practices", "by": "user", "rule": "look"}]}
"""


def rehearse(script: Mapping[str, object]) -> dict[str, list[dict[str, object]]]:
    return rehearsal.rehearse(script, preset)


def test_the_example_of_the_specification_comes_out_to_the_letter() -> None:
    assert json.dumps(rehearse(SCRIPT)) == json.dumps(json.loads(STATES))


# ------------------------------------------------------------------------------------------------------- undo and keys

UNDOABLE = [
    "attempt channel=call note=x",
    "attempt channel=text",
    "follow_up follow_up=03-05T10:00",
    "book starts=03-09T10:00",
    "invoice amount=120",
    "enrol number=7",
    "inbound channel=call",
]


@pytest.mark.parametrize("event", UNDOABLE)
@pytest.mark.parametrize("workflow", PRESETS)
def test_undo_restores_the_state_before_the_last_change(workflow: str, event: str) -> None:
    found = states(workflow, f"03-02T10:00 {event}", "03-02T11:00 undo")
    assert found[2] == found[0] | {"at": "2026-03-02T11:00:00+00:00", "rule": "undone"}


def test_undo_takes_back_giving_up_at_once_together_with_its_attempt() -> None:
    lines = ("03-02T10:00 attempt channel=call", "03-02T11:00 attempt channel=call", "03-02T12:00 attempt channel=call", "03-02T13:00 undo")
    assert said(last("three_attempts", *lines), "status attempts follow_up reason by rule") == (
        "created",
        2,
        "03-02T15:00",
        None,
        "user",
        "undone",
    )


def test_undo_twice_takes_back_two_changes_and_then_there_is_nothing_left() -> None:
    lines = ("03-02T10:00 attempt channel=call", "03-02T11:00 attempt channel=call", *["03-02T12:00 undo"] * 3)
    found = states("three_attempts", *lines)
    assert [state.get("attempts") for state in found] == [0, 1, 2, 1, 0, None]
    assert said(found[5], "refused field") == ("nothing_to_undo", None)


def test_undo_does_not_count_a_look_a_refusal_or_a_repetition() -> None:
    lines = (
        "03-02T10:00 attempt channel=call key=a",
        "03-02T10:01 look",
        "03-02T10:02 status to=dead",
        "03-02T10:03 attempt channel=call key=a",
        "03-02T11:00 undo",
    )
    assert said(last("three_attempts", *lines), "attempts rule") == (0, "undone")


SIX = tuple(f"03-{day:02}T10:00 attempt channel=call note=x" for day in range(2, 8))


@pytest.mark.parametrize("workflow", ["six_follow_ups", "front_desk"])
def test_a_timer_that_is_taken_back_does_not_fire_again(workflow: str) -> None:
    found = states(workflow, *SIX, "03-20T10:00 undo", "03-31T10:00 look", "04-30T10:00 look")
    assert [state["rule"] for state in found[7:]] == ["attempts_exhausted", "undone", "look", "look"]
    assert said(found[-1], "status attempts follow_up") == said(found[6], "status attempts follow_up")


def test_a_timer_that_is_taken_back_does_not_fire_again_after_another_undo_either() -> None:
    found = states("front_desk", *SIX, "03-07T11:00 attempt channel=text", "03-20T10:00 undo", "03-20T11:00 undo", "03-31T10:00 look")
    assert [state["rule"] for state in found[8:]] == ["attempts_exhausted", "undone", "undone", "look"]


@pytest.mark.parametrize(
    ("workflow", "event", "closed"),
    [
        ("front_desk", "attempt channel=call", "2026-03-22T10:00"),
        ("six_follow_ups", "attempt channel=call note=x", "2026-03-23T12:00"),
        ("six_follow_ups", "follow_up follow_up=03-25T10:00", "2026-03-25T12:00"),
        ("six_follow_ups", "status to=follow_up_6 note=x", None),
    ],
)
def test_after_a_timer_was_taken_back_the_next_attempt_or_follow_up_starts_it_anew(workflow: str, event: str, closed: str | None) -> None:
    found = states(workflow, *SIX, "03-20T10:00 undo", f"03-21T10:00 {event}", "05-31T10:00 look")
    again = [str(state["at"])[:16] for state in found[9:] if state.get("rule") == "attempts_exhausted"]
    assert again == ([closed] if closed else [])


def test_undo_of_a_change_that_stopped_a_clock_lets_it_run_out_at_once_when_its_time_is_past() -> None:
    found = states("front_desk", *SIX, "03-07T11:00 status to=contacted", "03-20T10:00 undo", "03-20T11:00 look")
    assert [said(state, "at rule status") for state in found[7:]] == [
        ("03-07T11:00", "status_chosen", "contacted"),
        ("03-20T10:00", "undone", "attempting"),
        ("03-20T10:00", "attempts_exhausted", "lost"),
        ("03-20T11:00", "look", "lost"),
    ]


def test_an_auditor_takes_nothing_back() -> None:
    assert said(last("front_desk", "03-02T10:00 attempt channel=call", "03-02T11:00 undo role=auditor"), "refused field") == (
        "role_not_allowed",
        "role",
    )


@pytest.mark.parametrize("event", ["attempt channel=call", "status to=contacted", "look", "undo", "follow_up follow_up=03-25T10:00"])
def test_the_same_key_twice_changes_nothing(event: str) -> None:
    found = states("front_desk", "03-02T10:00 attempt channel=call key=k", f"03-02T11:00 {event} key=k")
    assert found[2] == found[1] | {"at": "2026-03-02T11:00:00+00:00", "rule": "repeated"}


def test_the_key_of_a_refused_event_can_be_used_again() -> None:
    found = states("front_desk", "03-02T10:00 status to=lost key=k", "03-02T10:01 status to=lost reason=insurance key=k")
    assert [found[1].get("refused"), found[2].get("rule")] == ["reason_needed", "status_chosen"]


def test_the_key_of_an_event_that_was_taken_back_stays_used() -> None:
    lines = ("03-02T10:00 attempt channel=call key=k", "03-02T11:00 undo", "03-02T12:00 attempt channel=call key=k")
    assert said(last("front_desk", *lines), "attempts rule") == (0, "repeated")


def test_the_create_event_has_a_key_too() -> None:
    script = SCRIPT | {"events": [SCRIPT["events"][0] | {"key": "k"}, SCRIPT["events"][1] | {"key": "k"}]}
    assert [state["rule"] for state in rehearse(script)["states"]] == ["created", "repeated"]


def test_a_refused_event_says_when_why_and_where_and_changes_nothing() -> None:
    found = states("three_attempts", "03-02T10:00 status to=dead", "03-02T10:01 look")
    assert found[1] == {"at": "2026-03-02T10:00:00+00:00", "refused": "reason_needed", "field": "reason"}
    assert found[2] == found[0] | {"at": "2026-03-02T10:01:00+00:00", "rule": "look"}


def test_a_lead_that_was_refused_can_only_be_refused_again() -> None:
    create, *others = SCRIPT["events"]
    script = SCRIPT | {"events": [create | {"role": "auditor", "key": "k"}, *others, others[-1] | {"key": "k"}]}
    assert [state["refused"] for state in rehearse(script)["states"]] == ["role_not_allowed"] + ["no_lead_yet"] * 6


EVERY = (
    "03-02T10:00 attempt channel=call disposition=set_follow_up follow_up=03-02T12:00 note=lunch",
    "03-02T12:00 follow_up follow_up=03-03T12:00 note=later role=receptionist key=b",
    "03-03T12:00 status to=transfer note=surgery to_person=kim",
    "03-03T12:30 attempt channel=visit",
    "03-03T13:00 book appointment=a starts=03-09T10:00",
    "03-03T14:00 move appointment=a starts=03-10T10:00",
    "03-10T09:00 cancel appointment=a",
    "03-10T10:00 book appointment=b starts=03-11T10:00",
    "03-11T10:20 no_show appointment=b",
    "03-11T10:30 book",
    "03-12T10:00 attend",
    "03-12T10:10 invoice amount=120.50",
    "03-12T10:20 enrol number=E-1",
    "03-12T10:30 status to=invalid reason=test verified=yes",
    "03-12T10:40 inbound channel=text",
    "03-12T10:50 reopen",
    "03-12T11:00 undo",
    "03-12T11:10 look",
)


def test_every_event_of_the_specification_can_be_played() -> None:
    found = states("three_attempts", *EVERY)
    assert [said(state, "status rule") for state in found[1:]] == [
        ("created", "follow_up_given"),
        ("created", "follow_up_set"),
        ("transfer", "status_chosen"),
        ("contacted", "conversation_wait"),
        ("scheduled", "booked"),
        ("scheduled", "moved"),
        ("contacted", "cancelled"),
        ("scheduled", "booked"),
        ("contacted", "did_not_arrive"),
        ("scheduled", "booked"),
        ("scheduled", "attended"),
        ("scheduled", "invoiced"),
        ("scheduled", "enrolled"),
        ("invalid", "status_chosen"),
        ("invalid", "came_back"),
        ("scheduled", "reopened"),
        ("invalid", "undone"),
        ("invalid", "look"),
    ]


def test_a_follow_up_without_a_date_is_refused() -> None:
    assert said(last("front_desk", "03-02T10:00 follow_up note=soon"), "refused field") == ("follow_up_needed", "follow_up")


@pytest.mark.parametrize("amount", [120, 120.5, "120.50"])
def test_an_amount_is_a_number_or_its_text(amount: object) -> None:
    script = SCRIPT | {"events": [SCRIPT["events"][0], {"at": "2026-03-02T10:00", "do": "invoice", "amount": amount}]}
    assert rehearse(script)["states"][1]["rule"] == "invoiced"


@pytest.mark.parametrize("amount", [None, 0, -5, "0.001"])
def test_a_payment_of_nothing_is_refused(amount: object) -> None:
    script = SCRIPT | {"events": [SCRIPT["events"][0], {"at": "2026-03-02T10:00", "do": "invoice", "amount": amount}]}
    assert said(rehearse(script)["states"][1], "refused field") == ("amount_not_positive", "amount")


# --------------------------------------------------------------------------------------------- scripts that are not valid


def changed(change: Callable[[dict[str, object]], None]) -> dict[str, object]:
    script = json.loads(json.dumps(SCRIPT))
    change(script)
    return script


def second(**values: object) -> dict[str, object]:
    """The example with its second event replaced by another at 9:07."""
    return changed(lambda script: script["events"].__setitem__(1, {"at": "2026-03-02T09:07", **values}))  # type: ignore[attr-defined]


INVALID = [
    ("an unknown word at the top", SCRIPT | {"wrkflow": 1}, "word_unknown", "wrkflow"),
    ("no mapping of hours", SCRIPT | {"opening_hours": 8}, "kind_wrong", "opening_hours"),
    ("events that are no list", SCRIPT | {"events": {}}, "kind_wrong", "events"),
    ("no workflow", {key: value for key, value in SCRIPT.items() if key != "workflow"}, "word_missing", "workflow"),
    ("an unknown workflow", SCRIPT | {"workflow": "mine"}, "workflow_unknown", "workflow"),
    ("an unknown zone", SCRIPT | {"time_zone": "Mars/Base"}, "zone_unknown", "time_zone"),
    ("an unknown weekday", SCRIPT | {"opening_hours": {"day": []}}, "value_not_known", "opening_hours"),
    ("opening times that make no sense", SCRIPT | {"opening_hours": {"mon": ["9", "8"]}}, "opening_times_wrong", "opening_hours.mon"),
    ("a holiday that is none", SCRIPT | {"holidays": ["Easter"]}, "holiday_wrong", "holidays"),
    ("no events", SCRIPT | {"events": []}, "script_begins_with_create", "events"),
    ("no create at the beginning", SCRIPT | {"events": SCRIPT["events"][1:]}, "script_begins_with_create", "events"),
    ("create twice", second(do="create", channel="call"), "script_begins_with_create", "events"),
    ("an unknown event", second(do="dance"), "value_not_known", "events[1].do"),
    ("an unknown word of an event", second(do="look", colour="red"), "word_unknown", "events[1].colour"),
    ("a word of another event", second(do="look", channel="call"), "word_unknown", "events[1].channel"),
    ("no channel", second(do="attempt"), "word_missing", "events[1].channel"),
    ("an unknown channel", second(do="attempt", channel="pigeon"), "value_not_known", "events[1].channel"),
    ("an unknown inbound channel", second(do="inbound", channel="web_form"), "value_not_known", "events[1].channel"),
    ("an unknown disposition", second(do="attempt", channel="call", disposition="shrug"), "value_not_known", "events[1].disposition"),
    ("an unknown role", second(do="look", role="boss"), "value_not_known", "events[1].role"),
    ("no status", second(do="status"), "word_missing", "events[1].to"),
    ("a time that is none", second(do="follow_up", follow_up="soon"), "time_not_understood", "events[1].follow_up"),
    ("a day that is none", second(do="book", starts="2026-02-30T10:00"), "time_not_understood", "events[1].starts"),
    ("a time in a gap", second(do="book", starts="2026-03-08T02:30"), "time_in_gap", "events[1].starts"),
    ("an amount that is none", second(do="invoice", amount="much"), "amount_not_understood", "events[1].amount"),
    ("an endless amount", second(do="invoice", amount="Infinity"), "amount_not_understood", "events[1].amount"),
    (
        "times out of order",
        changed(lambda script: script["events"].reverse() or script["events"].insert(0, script["events"].pop())),
        "script_times_out_of_order",
        "events[2].at",
    ),  # type: ignore[attr-defined]
]


@pytest.mark.parametrize(("script", "code", "place"), [pytest.param(*row[1:], id=row[0]) for row in INVALID])
def test_a_script_that_is_not_valid_is_refused_with_its_place(script: dict[str, object], code: str, place: str) -> None:
    with pytest.raises(Refused) as refused:
        rehearse(script)
    assert (refused.value.code, refused.value.field) == (code, place)


def test_a_time_in_a_gap_is_refused_even_in_an_event_that_is_repeated() -> None:
    events = [
        SCRIPT["events"][0] | {"key": "k"},
        {"at": "2026-03-02T10:00", "do": "follow_up", "follow_up": "2026-03-08T02:30", "key": "k"},
    ]
    with pytest.raises(Refused, match="time_in_gap"):
        rehearse(SCRIPT | {"events": events})


def test_what_is_unknown_is_named() -> None:
    with pytest.raises(Refused) as refused:
        rehearse(second(do="dance"))
    assert (refused.value.facts["word"], refused.value.facts["kind"]) == ("dance", "do")
    assert "look" in refused.value.facts["choices"]  # type: ignore[operator]
