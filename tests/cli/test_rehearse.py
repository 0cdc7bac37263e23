"""`rehearse`: the example of workflows.md section 7 to the letter, and scripts that are not valid."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.shell import Shell

SCRIPT: dict[str, Any] = {
    "workflow": "three_attempts",
    "time_zone": "America/New_York",
    "opening_hours": {"mon": ["08:00", "18:00"]},
    "holidays": [],
    "events": [
        {"at": "2026-03-02T09:00", "do": "create", "channel": "web_form"},
        {"at": "2026-03-02T09:07", "do": "attempt", "channel": "call", "disposition": "left_message"},
        {"at": "2026-03-02T13:30", "do": "attempt", "channel": "text", "disposition": "left_message"},
        {"at": "2026-03-02T14:00", "do": "attempt", "channel": "call", "disposition": "no_answer"},
        {"at": "2026-03-03T14:05", "do": "attempt", "channel": "email_reply"},
        {"at": "2026-03-03T15:00", "do": "look"},
    ],
}
KEYS = ("at", "status", "stage", "attempts", "follow_up", "reason", "by", "rule")
STATES = [
    ("2026-03-02T09:00:00-05:00", "created", "new", 0, None, None, "user", "created"),
    ("2026-03-02T09:07:00-05:00", "created", "follow_up", 1, "2026-03-02T13:07:00-05:00", None, "user", "attempt_wait"),
    ("2026-03-02T13:30:00-05:00", "created", "follow_up", 1, "2026-03-02T13:07:00-05:00", None, "user", "uncounted_contact"),
    ("2026-03-02T14:00:00-05:00", "created", "follow_up", 2, "2026-03-03T14:00:00-05:00", None, "user", "attempt_wait"),
    ("2026-03-03T14:05:00-05:00", "dead", "lost", 3, None, "best_practices", "system", "attempts_exhausted"),
    ("2026-03-03T15:00:00-05:00", "dead", "lost", 3, None, "best_practices", "user", "look"),
]


@pytest.fixture
def script(tmp_path: Path) -> Path:
    return tmp_path / "script.json"


def test_rehearse_prints_the_example_of_the_specification_exactly(nowhere: Shell, script: Path) -> None:
    script.write_text(json.dumps(SCRIPT), "utf-8")
    printed = nowhere.ok("rehearse", str(script), clock=None)
    assert printed == {"states": [dict(zip(KEYS, state, strict=True)) for state in STATES]}
    assert [list(state) for state in printed["states"]] == [list(KEYS)] * len(STATES)


def test_rehearse_prints_a_state_a_line_as_the_specification_does(nowhere: Shell, script: Path) -> None:
    script.write_text(json.dumps(SCRIPT), "utf-8")
    states = [json.dumps(dict(zip(KEYS, state, strict=True))) for state in STATES]
    assert nowhere.run("rehearse", str(script), "--json").out == '{"states": [\n ' + ",\n ".join(states) + "]}\n"


def test_rehearse_needs_no_database_and_makes_none(nowhere: Shell, script: Path) -> None:
    script.write_text(json.dumps(SCRIPT), "utf-8")
    nowhere.ok("rehearse", str(script), clock=None)
    assert not Path(nowhere.place).exists()


def test_rehearse_tells_a_refused_event_among_the_states(nowhere: Shell, script: Path) -> None:
    refused = {"at": "2026-03-02T10:00", "do": "status", "to": "dead"}
    script.write_text(json.dumps(SCRIPT | {"events": [SCRIPT["events"][0], refused]}), "utf-8")
    told = nowhere.ok("rehearse", str(script), clock=None)["states"][-1]
    assert told == {"at": "2026-03-02T10:00:00-05:00", "refused": "reason_needed", "field": "reason"}


def test_rehearse_prints_a_table_for_people(nowhere: Shell, script: Path) -> None:
    script.write_text(json.dumps(SCRIPT), "utf-8")
    answer = nowhere.run("rehearse", str(script))
    assert answer.code == 0
    assert len(answer.out.splitlines()) == 1 + len(STATES)


def events(*more: dict[str, Any]) -> dict[str, Any]:
    return SCRIPT | {"events": [SCRIPT["events"][0], *more]}


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        (events({"at": "2026-03-01T10:00", "do": "look"}), "events[1].at"),
        (events({"at": "2026-03-08T02:30", "do": "look"}), "events[1].at"),
        (events({"at": "yesterday", "do": "look"}), "events[1].at"),
        (events({"at": "2026-03-02T10:00", "do": "dance"}), "events[1].do"),
        (events({"at": "2026-03-02T10:00", "do": "attempt"}), "events[1].channel"),
        (events({"at": "2026-03-02T10:00", "do": "attempt", "channel": "pigeon"}), "events[1].channel"),
        (events({"at": "2026-03-02T10:00", "do": "look", "note": "x"}), "events[1].note"),
        (events({"at": "2026-03-02T10:00", "do": "look", "nonsense": 1}), "events"),
        (events({"at": "2026-03-02T10:00", "do": "invoice", "amount": "much"}), "events[1].amount"),
        (SCRIPT | {"events": []}, "events"),
        (SCRIPT | {"workflow": "nonsense"}, "workflow"),
        (SCRIPT | {"time_zone": "Mars/Base"}, "time_zone"),
        (SCRIPT | {"opening_hours": {"mon": ["18:00", "08:00"]}}, "opening_hours"),
        (SCRIPT | {"opening_hours": {"someday": ["08:00", "18:00"]}}, "opening_hours"),
        (SCRIPT | {"holidays": ["soon"]}, "holidays"),
        (SCRIPT | {"nonsense": 1}, "nonsense"),
        ({"workflow": "three_attempts"}, "time_zone"),
    ],
)
def test_a_script_that_is_not_valid_is_exit_2_with_place_and_sentence(nowhere: Shell, script: Path, wrong: object, place: str) -> None:
    script.write_text(json.dumps(wrong), "utf-8")
    answer = nowhere.run("rehearse", str(script), "--json")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(place)
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"5", b"\xff\xfe\x00", b"[" * 100_000, b'{"events": NaN}'], ids=range(7))
def test_a_file_that_is_no_script_is_exit_2(nowhere: Shell, script: Path, content: bytes) -> None:
    script.write_bytes(content)
    answer = nowhere.run("rehearse", str(script))
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            events({"at": "2026-03-02T10:00", "do": "attempt", "channel": "call", "disposition": "angry"}),
            "events[1].disposition: “angry” is no outcome of a call. Use no_answer, left_message, spoke or set_follow_up.",
        ),
        (
            events({"at": "2026-03-02T10:00", "do": "look", "nonsense": 1}),
            "events[1].nonsense: There is no “nonsense” here. Use at, do, role, key, channel,",
        ),
        (
            events({"at": "2026-03-02T10:00", "do": "look", "note": "x"}),
            "events[1].note: There is no “note” here. Use at, do, role or key.",
        ),
        (events({"at": "2026-03-02T10:00", "do": "status"}), "events[1].to: “to” is missing. Add it."),
        (SCRIPT | {"events": {}}, "events: This must be a list."),
        ([], "script: This must be a table of words and values."),
    ],
)
def test_what_is_wrong_with_a_script_is_said_in_plain_words(nowhere: Shell, script: Path, change: object, sentence: str) -> None:
    script.write_text(json.dumps(change), "utf-8")
    assert nowhere.run("rehearse", str(script)).err.startswith(sentence)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'{"a": 1,\n 5}', "script: This is not sound JSON. Look at line 2, column 2.\n"),
        (b"\xff\xfe\x00", "script: This file is not text in UTF-8. Save it again as UTF-8.\n"),
        (b"[" * 100_000, "script: This file has brackets within brackets without end. Look at its beginning.\n"),
        (b"9" * 5000, "script: That number is too large.\n"),
    ],
)
def test_a_script_that_cannot_be_read_says_why(nowhere: Shell, script: Path, content: bytes, sentence: str) -> None:
    script.write_bytes(content)
    assert nowhere.run("rehearse", str(script)).err == sentence


def test_a_script_that_is_not_there_is_exit_2(nowhere: Shell, tmp_path: Path) -> None:
    for place, sentence in (
        (tmp_path / "none.json", "There is no such file. Check the name."),
        (tmp_path, "That is a folder. Name a file in it."),
    ):
        answer = nowhere.run("rehearse", str(place))
        assert (answer.code, answer.err) == (2, f"script: {sentence}\n")
