"""From the words of a file to the workflow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import TypeVar

from frontdesk.domain.problems import Refused
from frontdesk.domain.shapes import shaped
from frontdesk.domain.workflow import (
    ACTING,
    OPEN_STAGES,
    AttemptPolicy,
    GiveUp,
    Happening,
    Reason,
    Stage,
    Status,
    Trigger,
    Waits,
    Workflow,
)
from frontdesk.domain.workflow_text.checks import check
from frontdesk.domain.workflow_text.durations import duration
from frontdesk.domain.workflow_text.words import AttemptsText, ReasonText, StatusText, TriggerText, WorkflowText

TONES = frozenset(("new", "contacted", "follow", "sched", "consult", "done", "transfer", "dead", "invalid"))
ACTS_FROM: Mapping[Happening, frozenset[Stage]] = MappingProxyType(
    {
        Happening.ATTEMPT: ACTING,
        Happening.SPOKE: ACTING,
        Happening.BOOK: ACTING | {Stage.BOOKED},
        Happening.REBOOK: ACTING | {Stage.BOOKED},
        Happening.INVOICE: OPEN_STAGES,
        Happening.ENROL: OPEN_STAGES,
    }
    | dict.fromkeys((Happening.MOVE, Happening.CANCEL, Happening.NO_SHOW, Happening.ATTEND), frozenset((Stage.BOOKED,)))
)
"""From which effective stages a trigger acts where its workflow names none (workflows.md section 5)."""

Keyed = TypeVar("Keyed", Status, Reason)


def read(mapping: Mapping[str, object]) -> Workflow:
    """The workflow that a mapping describes; Refused names the place of what is wrong."""
    workflow = _workflow(shaped(mapping, WorkflowText, "workflow"))
    check(workflow)
    return workflow


def _workflow(text: WorkflowText) -> Workflow:
    plain = {name: getattr(text, name) for name in ("key", "label", "about", "initial", "counted_channels", "uncounted_channels")}
    return Workflow(
        **plain,
        statuses=_keyed((_status(status) for status in text.statuses), "statuses"),
        reasons=_keyed((_reason(reason) for reason in text.reasons), "reasons"),
        triggers=MappingProxyType({happening: _trigger(happening, trigger) for happening, trigger in text.triggers.items()}),
        attempts=_policy(text.attempts) if text.attempts else None,
        move_follow_up_roles=text.move_follow_up_roles,
        waits_into_opening=text.waits_into_opening,
        reopening_restarts=text.reopening_restarts,
        response_amber=duration(text.response_amber, "response_amber"),
        response_red=duration(text.response_red, "response_red"),
        converted=Stage(text.converted),
    )


def _keyed(records: Iterable[Keyed], place: str) -> Mapping[str, Keyed]:
    found: dict[str, Keyed] = {}
    for record in records:
        if record.key in found:
            raise Refused("workflow_key_twice", f"{place}.{record.key}")
        if not re.fullmatch(r"[a-z][a-z0-9_]*", record.key):
            raise Refused("workflow_key_not_valid", f"{place}.{record.key}")
        found[record.key] = record
    return MappingProxyType(found)


def _status(text: StatusText) -> Status:
    values = {name: getattr(text, name) for name in text.__struct_fields__}
    if text.tone not in TONES:
        raise Refused("tone_unknown", f"statuses.{text.key}.tone")
    values["wait"] = duration(text.wait, f"statuses.{text.key}.wait") if text.wait else None
    return Status(**values)


def _reason(text: ReasonText) -> Reason:
    values = {name: getattr(text, name) for name in text.__struct_fields__}
    values["needs_attempts"] = -1 if text.needs_attempts == "maximum" else text.needs_attempts
    return Reason(**values)


def _trigger(happening: Happening, text: TriggerText) -> Trigger:
    values = {name: getattr(text, name) for name in text.__struct_fields__}
    return Trigger(**values | {"stages": text.stages or ACTS_FROM[happening]})


def _policy(text: AttemptsText) -> AttemptPolicy:
    place = "attempts.waits"
    if [waits.attempt for waits in text.waits] != list(range(1, len(text.waits) + 1)) or not text.waits:
        raise Refused("attempt_table_has_a_hole", place)
    rows = tuple(
        Waits(
            **{
                name: duration(getattr(row, name), f"{place}.{row.attempt}.{name}")
                for name in ("without_date", "left_message", "no_answer")
            }
        )
        for row in text.waits
    )
    if text.give_up is not GiveUp.AT_ONCE and text.grace is None:
        raise Refused("grace_needed", "attempts.grace")
    grace = duration(text.grace, "attempts.grace") if text.grace else timedelta(0)
    return AttemptPolicy(text.maximum, rows, text.give_up, text.gives_up_to, text.reason, grace, text.reached)
