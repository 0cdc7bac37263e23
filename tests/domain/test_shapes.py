"""What does not fit a shape is said by its place, by what stands there, and by what could."""

from __future__ import annotations

from typing import Any

import pytest

from frontdesk.domain import workflow_text
from frontdesk.domain.problems import Refused
from frontdesk.domain.rehearsal import rehearse
from tests.domain.test_rehearsal import SCRIPT
from tests.domain.test_workflow_text import own

FIRST = SCRIPT["events"][0]
OUTCOMES = ("no_answer", "left_message", "spoke", "set_follow_up")
STAGES = ("new", "follow_up", "booked", "rebook", "seen", "won", "lost", "not_qualified", "excluded")


def refused(script: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        rehearse(script, lambda key: own(lambda text: None))  # type: ignore[arg-type,return-value]
    return caught.value


def event(**values: object) -> dict[str, object]:
    return SCRIPT | {"events": [FIRST, {"at": "2026-03-02T09:07", **values}]}


@pytest.mark.parametrize(
    ("script", "code", "field", "facts"),
    [
        (
            event(do="attempt", disposition="angry"),
            "value_not_known",
            "events[1].disposition",
            {"word": "angry", "kind": "disposition", "choices": OUTCOMES},
        ),
        (event(do="look", note=5), "kind_wrong", "events[1].note", {"wanted": ("str",)}),
        (event(do="invoice", amount=[]), "kind_wrong", "events[1].amount", {"wanted": ("int", "float", "str")}),
        (SCRIPT | {"events": [5]}, "kind_wrong", "events[0]", {"wanted": ("object",)}),
        (SCRIPT | {"holidays": 5}, "kind_wrong", "holidays", {"wanted": ("array",)}),
        (
            SCRIPT | {"opening_hours": {"day": []}},
            "value_not_known",
            "opening_hours",
            {"word": "day", "kind": "opening_hours", "choices": ("fri", "mon", "sat", "sun", "thu", "tue", "wed")},
        ),
        (
            SCRIPT | {"wrkflow": 1},
            "word_unknown",
            "wrkflow",
            {"word": "wrkflow", "choices": ("workflow", "time_zone", "events", "opening_hours", "holidays")},
        ),
        ({"workflow": "x"}, "word_missing", "time_zone", {"word": "time_zone"}),
        (event(), "word_missing", "events[1].do", {"word": "do"}),
        ([], "kind_wrong", "script", {"wanted": ("object",)}),
    ],
)
def test_a_script(script: object, code: str, field: str, facts: dict[str, object]) -> None:
    problem = refused(script)
    assert (problem.code, problem.field) == (code, field)
    found = {
        name: tuple(sorted(value)) if name == "choices" and field == "opening_hours" else value for name, value in problem.facts.items()
    }
    assert found == facts


@pytest.mark.parametrize(
    ("change", "field", "facts"),
    [
        (lambda text: text["reasons"][1].update(needs_attempts=-1), "reasons[1].needs_attempts", {"wanted": ("count",)}),
        (
            lambda text: text["reasons"][1].update(needs_attempts="some"),
            "reasons[1].needs_attempts",
            {"word": "some", "kind": "needs_attempts", "choices": ("maximum",)},
        ),
        (
            lambda text: text["triggers"]["book"].update(stages=["limbo"]),
            "triggers[...].stages[0]",
            {"word": "limbo", "kind": "stages", "choices": STAGES},
        ),
        (lambda text: text["triggers"]["book"].update(to=5), "triggers[...].to", {"wanted": ("str",)}),
    ],
)
def test_a_workflow(change: Any, field: str, facts: dict[str, object]) -> None:
    with pytest.raises(Refused) as caught:
        workflow_text.read(own(change))
    assert (caught.value.field, caught.value.facts) == (field, facts)
