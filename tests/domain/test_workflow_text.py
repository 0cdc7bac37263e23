"""Workflows read from their text and written again, and every way in which one is refused (workflows.md section 2)."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from frontdesk.domain import rules, workflow_text
from frontdesk.domain.problems import Refused
from frontdesk.domain.workflow import Asks, GiveUp, Happening, Role, Stage
from tests.domain.cases import NOW, PRESETS, case_in, occasion, preset, written

OWN: dict[str, Any] = {
    "key": "own",
    "label": "Ours",
    "about": "A practice's own workflow.",
    "initial": "fresh",
    "counted_channels": ["call", "pigeon"],
    "uncounted_channels": ["text"],
    "move_follow_up_roles": ["call_centre", "manager"],
    "waits_into_opening": True,
    "reopening_restarts": False,
    "response_amber": "2m",
    "response_red": "1d",
    "converted": "booked",
    "attempts": {
        "maximum": 20,
        "give_up": "after_a_wait",
        "gives_up_to": "gone",
        "reason": "silent",
        "grace": "90m",
        "reached": "met",
        "waits": [
            {"attempt": 1, "without_date": "1m", "left_message": "2h", "no_answer": "365d"},
            {"attempt": 2, "without_date": "90m", "left_message": "1d", "no_answer": "60m"},
        ],
    },
    "statuses": [
        {"key": "fresh", "label": "Fresh", "stage": "new", "when": "Just in", "tone": "new", "icon": "x", "entered": "automatic"},
        {
            "key": "met",
            "label": "Met",
            "stage": "follow_up",
            "when": "Spoken to",
            "tone": "contacted",
            "icon": "x",
            "stale_days": 9,
            "wait": "3h",
        },
        {
            "key": "in_book",
            "label": "In the book",
            "stage": "booked",
            "when": "Booked",
            "tone": "sched",
            "icon": "x",
            "roles": ["call_centre"],
        },
        {
            "key": "last_try",
            "label": "Last try",
            "stage": "follow_up",
            "when": "Once more",
            "tone": "follow",
            "icon": "x",
            "number": 2,
            "follows": ["met"],
        },
        {
            "key": "gone",
            "label": "Gone",
            "stage": "lost",
            "when": "Will not come",
            "tone": "dead",
            "icon": "x",
            "asks": ["reason", "note"],
            "reasons": "why",
            "sets_do_not_call": True,
            "stops_marketing": True,
            "reopenable": False,
        },
        {"key": "old", "label": "Old", "stage": "seen", "when": "No longer used", "tone": "consult", "icon": "x", "hidden": True},
    ],
    "triggers": {
        "book": {"to": "in_book", "stages": ["new"], "statuses": ["fresh", "met"]},
        "cancel": {"to": "met", "follow_up_now": True, "restarts": True},
        "enrol": {"from_lost": True, "to": "old"},
        "move": {},
    },
    "reasons": [
        {"key": "silent", "label": "Silent after {max} attempts", "lists": ["why"], "group": "unreachable", "needs_attempts": "maximum"},
        {"key": "money", "label": "Money", "lists": ["why", "other"], "group": "price", "needs_note": True, "needs_attempts": 2},
        {"key": "robot", "label": "By the system", "lists": ["why"], "system_only": True},
        {"key": "former", "label": "Former", "lists": ["why"], "hidden": True},
    ],
}


def own(*change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    """The practice's own workflow, changed."""
    text = copy.deepcopy(OWN)
    for each in change:
        each(text)
    return text


@pytest.mark.parametrize("key", PRESETS)
def test_what_is_written_reads_back_as_the_same_preset(key: str) -> None:
    assert workflow_text.read(workflow_text.written(preset(key))) == preset(key)


@pytest.mark.parametrize("key", PRESETS)
def test_a_preset_is_written_as_plain_values_that_a_file_can_hold(key: str) -> None:
    def plain(value: object) -> bool:
        if isinstance(value, dict):
            return all(type(name) is str and plain(each) for name, each in value.items())
        return all(map(plain, value)) if isinstance(value, list) else type(value) in {str, int, bool}

    assert plain(workflow_text.written(preset(key)))


def test_a_workflow_of_the_practices_own_survives_writing_with_every_value_it_has() -> None:
    made = workflow_text.read(OWN)
    assert workflow_text.read(workflow_text.written(made)) == made
    assert workflow_text.written(workflow_text.read(workflow_text.written(made))) == workflow_text.written(made)


def test_every_value_of_a_workflow_arrives() -> None:
    made = workflow_text.read(OWN)
    gone, policy = made.statuses["gone"], made.attempts
    assert policy is not None
    assert (policy.maximum, policy.give_up, policy.grace, len(policy.waits)) == (20, GiveUp.AFTER_A_WAIT, timedelta(minutes=90), 2)
    assert policy.wait(1, None) == timedelta(minutes=1)
    assert (gone.asks, gone.reopenable, gone.sets_do_not_call, gone.stops_marketing) == (
        frozenset((Asks.REASON, Asks.NOTE)),
        False,
        True,
        True,
    )
    assert (made.statuses["in_book"].roles, made.statuses["met"].wait) == (frozenset((Role.CALL_CENTRE,)), timedelta(hours=3))
    assert (made.statuses["last_try"].number, made.statuses["last_try"].follows) == (2, frozenset(("met",)))
    assert (made.response_red, made.converted, made.reopening_restarts) == (timedelta(days=1), Stage.BOOKED, False)
    assert made.triggers[Happening.BOOK].stages == {Stage.NEW}
    assert made.attempts_needed(made.reasons["silent"]) == 20
    assert [reason.key for reason in made.reasons_for(gone)] == ["silent", "money", "robot"]


def test_a_hidden_status_needs_no_way_to_it() -> None:
    made = preset("front_desk")
    hidden = replace(made, statuses=dict(made.statuses) | {"not_qualified": replace(made.statuses["not_qualified"], hidden=True)})
    assert workflow_text.read(workflow_text.written(hidden)) == hidden


def status(key: str, **values: object) -> Callable[[dict[str, Any]], None]:
    return lambda text: next(each for each in text["statuses"] if each["key"] == key).update(values)


def attempts(**values: object) -> Callable[[dict[str, Any]], None]:
    return lambda text: text["attempts"].update(values)


def wait(row: int, **values: object) -> Callable[[dict[str, Any]], None]:
    return lambda text: text["attempts"]["waits"][row].update(values)


def trigger(name: str, **values: object) -> Callable[[dict[str, Any]], None]:
    return lambda text: text["triggers"].setdefault(name, {}).update(values)


def reason(row: int, **values: object) -> Callable[[dict[str, Any]], None]:
    return lambda text: text["reasons"][row].update(values)


def add_status(**values: object) -> Callable[[dict[str, Any]], None]:
    return lambda text: text["statuses"].append(text["statuses"][1] | values)


def top(**values: object) -> Callable[[dict[str, Any]], None]:
    return lambda text: text.update(values)


REFUSED = [
    ("an unknown key", top(colour="red"), "word_unknown", "colour"),
    ("an unknown key of a status", status("met", colour="red"), "word_unknown", "statuses[1].colour"),
    ("an unknown key of a reason", reason(0, colour="red"), "word_unknown", "reasons[0].colour"),
    ("an unknown key of a trigger", trigger("book", colour="red"), "word_unknown", "triggers[...].colour"),
    ("an unknown key of a wait", wait(1, colour="red"), "word_unknown", "attempts.waits[1].colour"),
    ("an unknown event", trigger("dance", to="met"), "value_not_known", "triggers"),
    ("an unknown stage", status("met", stage="limbo"), "value_not_known", "statuses[1].stage"),
    ("an unknown role", status("met", roles=["boss"]), "value_not_known", "statuses[1].roles[0]"),
    ("an unknown question", status("met", asks=["colour"]), "value_not_known", "statuses[1].asks[0]"),
    ("an unknown group", reason(0, group="weather"), "value_not_known", "reasons[0].group"),
    ("an unknown way of giving up", attempts(give_up="never"), "value_not_known", "attempts.give_up"),
    ("something left out", lambda text: text.pop("initial"), "word_missing", "initial"),
    ("a number of attempts below 0", reason(1, needs_attempts=-1), "kind_wrong", "reasons[1].needs_attempts"),
    ("an unknown tone", status("met", tone="loud"), "tone_unknown", "statuses.met.tone"),
    ("the same status twice", add_status(), "workflow_key_twice", "statuses.met"),
    ("the same reason twice", reason(1, key="silent"), "workflow_key_twice", "reasons.silent"),
    ("a key with a blank", add_status(key="two words"), "workflow_key_not_valid", "statuses.two words"),
    ("a wait of no time", wait(0, no_answer="0m"), "wait_out_of_range", "attempts.waits.1.no_answer"),
    ("a wait of more than a year", wait(1, left_message="366d"), "wait_out_of_range", "attempts.waits.2.left_message"),
    ("a wait of more hours than a year", wait(1, without_date="8761h"), "wait_out_of_range", "attempts.waits.2.without_date"),
    ("a wait in seconds", wait(1, without_date="30s"), "wait_not_understood", "attempts.waits.2.without_date"),
    ("a wait that is negative", attempts(grace="-4h"), "wait_not_understood", "attempts.grace"),
    ("a wait of a status", status("met", wait="0h"), "wait_out_of_range", "statuses.met.wait"),
    ("a response that is none", top(response_amber="soon"), "wait_not_understood", "response_amber"),
    ("a response of two years", top(response_red="730d"), "wait_out_of_range", "response_red"),
    ("an attempt table that begins at 2", wait(0, attempt=2), "attempt_table_has_a_hole", "attempts.waits"),
    ("an attempt table with a hole", wait(1, attempt=3), "attempt_table_has_a_hole", "attempts.waits"),
    ("an attempt table with nothing in it", attempts(waits=[]), "attempt_table_has_a_hole", "attempts.waits"),
    ("a maximum of 1", attempts(maximum=1), "maximum_out_of_range", "attempts.maximum"),
    ("a maximum of 21", attempts(maximum=21), "maximum_out_of_range", "attempts.maximum"),
    ("no grace", attempts(grace=None), "grace_needed", "attempts.grace"),
    ("giving up into an open status", attempts(gives_up_to="met"), "giving_up_must_close", "attempts.gives_up_to"),
    ("giving up into a status that is not there", attempts(gives_up_to="limbo"), "status_unknown", "attempts.gives_up_to"),
    ("giving up for a reason that is not there", attempts(reason="weather"), "reason_unknown", "attempts.reason"),
    ("giving up for a reason of another list", reason(0, lists=["other"]), "reason_unknown", "attempts.reason"),
    ("giving up without the reason that is asked for", attempts(reason=None), "reason_needed", "attempts.reason"),
    ("a reached status that is not there", attempts(reached="limbo"), "status_unknown", "attempts.reached"),
    ("an initial status that is not there", top(initial="limbo"), "status_unknown", "initial"),
    ("an initial status of another stage", top(initial="met"), "initial_status_not_new", "initial"),
    ("a transition to a status that is not there", trigger("cancel", to="limbo"), "status_unknown", "triggers.cancel.to"),
    ("a transition from a status that is not there", trigger("book", statuses=["limbo"]), "status_unknown", "triggers.book.statuses"),
    ("a number without a status", trigger("attempt", to="try_{n}"), "status_unknown", "triggers.attempt.to"),
    ("a number where nothing is counted", trigger("cancel", to="try_{n}"), "status_unknown", "triggers.cancel.to"),
    ("a status that follows one that is not there", status("last_try", follows=["limbo"]), "status_unknown", "statuses.last_try.follows"),
    ("a status that cannot be reached", add_status(key="island", entered="automatic"), "status_cannot_be_reached", "statuses.island"),
    ("a status that only follows itself", add_status(key="island", follows=["island"]), "status_cannot_be_reached", "statuses.island"),
    ("a status that asks for a reason and has no list", status("gone", reasons=None), "reason_unknown", "attempts.reason"),
    ("a status whose list is empty", status("met", reasons="nothing"), "status_has_no_reasons", "statuses.met.reasons"),
    ("a status that asks for a reason without a list", status("met", asks=["reason"]), "status_has_no_reasons", "statuses.met.reasons"),
    ("a trigger into a status that asks for a reason", trigger("cancel", to="gone"), "trigger_gives_no_reason", "triggers.cancel.to"),
    ("a trigger that moves closed leads", trigger("book", stages=["new", "lost"]), "trigger_moves_closed_leads", "triggers.book.stages"),
]


@pytest.mark.parametrize(("change", "code", "place"), [pytest.param(*row[1:], id=row[0]) for row in REFUSED])
def test_a_workflow_is_refused_with_its_place(change: Callable[[dict[str, Any]], object], code: str, place: str) -> None:
    with pytest.raises(Refused) as refused:
        workflow_text.read(own(change))
    assert (refused.value.code, refused.value.field) == (code, place)


@pytest.mark.parametrize("maximum", [2, 3, 20])
def test_2_to_20_attempts_are_possible(maximum: int) -> None:
    made = workflow_text.read(own(attempts(maximum=maximum)))
    assert made.attempts is not None
    assert made.attempts.maximum == maximum


def test_numbered_statuses_must_reach_to_the_maximum() -> None:
    text = copy.deepcopy(dict(written("six_follow_ups")))
    text["attempts"]["maximum"] = 7  # type: ignore[index]
    with pytest.raises(Refused) as refused:
        workflow_text.read(text)
    assert (refused.value.code, refused.value.facts) == ("status_unknown", {"status": "follow_up_7"})


def test_numbers_need_an_attempt_policy() -> None:
    text = {key: value for key, value in written("six_follow_ups").items() if key != "attempts"}
    with pytest.raises(Refused, match="status_unknown"):
        workflow_text.read(text)


@pytest.mark.parametrize(("text", "minutes"), [("1m", 1), ("90m", 90), ("4h", 240), ("7d", 10080), ("365d", 525_600)])
def test_a_duration_is_a_number_and_a_unit(text: str, minutes: int) -> None:
    assert workflow_text.duration(text, "here") == timedelta(minutes=minutes)


def test_a_workflow_that_is_no_mapping_is_refused_as_a_whole() -> None:
    with pytest.raises(Refused) as refused:
        workflow_text.read([])  # type: ignore[arg-type]
    assert (refused.value.code, refused.value.field) == ("kind_wrong", "workflow")


def test_a_trigger_may_leave_the_status_and_only_restart_the_count() -> None:
    made = workflow_text.read(own(trigger("move", restarts=True)))
    case = case_in(made, "in_book", appointment=True, attempts=4)
    lead = rules.move(case, occasion(made), NOW, "a").case.lead
    assert (lead.status, lead.attempts) == ("in_book", 0)
