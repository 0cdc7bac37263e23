"""Read a workflow from a mapping (a preset's TOML, or what the practice has saved) and refuse it as a whole when anything is wrong.

A refusal's `field` is the place (`statuses.follow_up_2.wait`) and its code the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from datetime import timedelta
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar

import msgspec

from frontdesk.domain.problems import Refused
from frontdesk.domain.workflow import (
    ACTING,
    OPEN_STAGES,
    Asks,
    AttemptPolicy,
    Entry,
    GiveUp,
    Happening,
    Reason,
    Role,
    Stage,
    Status,
    Trigger,
    Waits,
    Workflow,
)

UNITS = MappingProxyType({"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)})
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=365)
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


class _Text(msgspec.Struct, forbid_unknown_fields=True):
    """A table of the file; a word that it does not have is refused with its place."""


class _StatusText(_Text):
    key: str
    label: str
    stage: Stage
    when: str
    tone: str
    icon: str
    entered: Entry = Entry.BOTH
    roles: frozenset[Role] = frozenset()
    follows: frozenset[str] = frozenset()
    asks: frozenset[Asks] = frozenset()
    reasons: str | None = None
    wait: str | None = None
    number: int | None = None
    sets_do_not_call: bool = False
    stops_marketing: bool = False
    reopenable: bool = True
    stale_days: int | None = None
    hidden: bool = False


class _ReasonText(_Text):
    key: str
    label: str
    lists: frozenset[str]
    group: Literal["unreachable", "price", "fit", "timing", "competitor", "coverage", "other"] = "other"
    needs_note: bool = False
    needs_attempts: Annotated[int, msgspec.Meta(ge=0)] | Literal["maximum"] = 0
    system_only: bool = False
    hidden: bool = False


class _WaitsText(_Text):
    attempt: int
    without_date: str
    left_message: str
    no_answer: str


class _AttemptsText(_Text):
    maximum: int
    give_up: GiveUp
    gives_up_to: str
    waits: tuple[_WaitsText, ...]
    reason: str | None = None
    grace: str | None = None
    reached: str | None = None


class _TriggerText(_Text):
    to: str | None = None
    stages: frozenset[Stage] = frozenset()
    statuses: frozenset[str] = frozenset()
    follow_up_now: bool = False
    restarts: bool = False
    from_lost: bool = False


class _WorkflowText(_Text):
    key: str
    label: str
    about: str
    initial: str
    counted_channels: frozenset[str]
    uncounted_channels: frozenset[str]
    statuses: tuple[_StatusText, ...]
    reasons: tuple[_ReasonText, ...] = ()
    triggers: dict[Happening, _TriggerText] = {}
    attempts: _AttemptsText | None = None
    move_follow_up_roles: frozenset[Role] = frozenset()
    waits_into_opening: bool = False
    reopening_restarts: bool = True
    response_amber: str = "5m"
    response_red: str = "30m"
    converted: Literal["booked", "won"] = "won"


def read(mapping: Mapping[str, object]) -> Workflow:
    """The workflow that a mapping describes; Refused names the place of what is wrong."""
    try:
        text = msgspec.convert(mapping, _WorkflowText)
    except msgspec.ValidationError as problem:
        sentence, _, place = str(problem).partition(" - at ")
        raise Refused("workflow_not_readable", place.strip("`$.") or "workflow", detail=sentence) from None
    workflow = _workflow(text)
    _check(workflow)
    return workflow


def written(workflow: Workflow) -> dict[str, Any]:
    """The mapping that `read` makes the same workflow from."""
    plain: dict[str, Any] = {
        name: _plain(getattr(workflow, name))
        for name in _WorkflowText.__struct_fields__
        if name not in {"statuses", "reasons", "triggers", "attempts"} and getattr(workflow, name) is not None
    }
    plain["statuses"] = [_table(status) for status in workflow.statuses.values()]
    plain["reasons"] = [
        _table(reason) | ({"needs_attempts": "maximum"} if reason.needs_attempts < 0 else {}) for reason in workflow.reasons.values()
    ]
    plain["triggers"] = {happening.value: _table(trigger) for happening, trigger in workflow.triggers.items()}
    if workflow.attempts:
        waits = [{"attempt": number, **_table(waits)} for number, waits in enumerate(workflow.attempts.waits, start=1)]
        plain["attempts"] = _table(workflow.attempts) | {"waits": waits}
    return plain


def duration(text: str, place: str) -> timedelta:
    """A wait written as a number and a unit (`90m`, `4h`, `7d`); Refused outside one minute to one year."""
    found = re.fullmatch(r"(\d{1,6})([mhd])", text)
    if found is None:
        raise Refused("wait_not_understood", place)
    span = int(found[1]) * UNITS[found[2]]
    if not SHORTEST <= span <= LONGEST:
        raise Refused("wait_out_of_range", place)
    return span


def _workflow(text: _WorkflowText) -> Workflow:
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


def _status(text: _StatusText) -> Status:
    values = {name: getattr(text, name) for name in text.__struct_fields__}
    if text.tone not in TONES:
        raise Refused("tone_unknown", f"statuses.{text.key}.tone")
    values["wait"] = duration(text.wait, f"statuses.{text.key}.wait") if text.wait else None
    return Status(**values)


def _reason(text: _ReasonText) -> Reason:
    values = {name: getattr(text, name) for name in text.__struct_fields__}
    values["needs_attempts"] = -1 if text.needs_attempts == "maximum" else text.needs_attempts
    return Reason(**values)


def _trigger(happening: Happening, text: _TriggerText) -> Trigger:
    values = {name: getattr(text, name) for name in text.__struct_fields__}
    return Trigger(**values | {"stages": text.stages or ACTS_FROM[happening]})


def _policy(text: _AttemptsText) -> AttemptPolicy:
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


def _check(workflow: Workflow) -> None:
    """Everything that one table cannot say by itself."""
    for place, key in _named_statuses(workflow):
        if key not in workflow.statuses:
            raise Refused("status_unknown", place, status=key)
    if workflow.statuses[workflow.initial].stage is not Stage.NEW:
        raise Refused("initial_status_not_new", "initial")
    _check_attempts(workflow)
    _check_reasons(workflow)
    _check_triggers(workflow)
    reached = _reachable(workflow)
    for status in workflow.statuses.values():
        if status.key not in reached and not status.hidden:
            raise Refused("status_cannot_be_reached", f"statuses.{status.key}", status=status.key)


def _named_statuses(workflow: Workflow) -> Iterable[tuple[str, str]]:
    yield "initial", workflow.initial
    for status in workflow.statuses.values():
        yield from ((f"statuses.{status.key}.follows", key) for key in status.follows)
    for happening, trigger in workflow.triggers.items():
        yield from ((f"triggers.{happening}.to", key) for key in sorted(_targets(workflow, happening, trigger)))
        yield from ((f"triggers.{happening}.statuses", key) for key in trigger.statuses)
    if policy := workflow.attempts:
        yield "attempts.gives_up_to", policy.gives_up_to
        if policy.reached:
            yield "attempts.reached", policy.reached


def _targets(workflow: Workflow, happening: Happening, trigger: Trigger) -> set[str]:
    """Every status a trigger can move to; `{n}` runs over all attempts, and means nothing to what is not counted."""
    counted = happening in {Happening.ATTEMPT, Happening.SPOKE} and workflow.attempts
    numbers = range(1, counted.maximum + 1) if counted else (0,)
    return {target for number in numbers if (target := trigger.target(number))}


def _check_attempts(workflow: Workflow) -> None:
    policy = workflow.attempts
    if policy is None:
        return
    fewest, most = 2, 20
    if not fewest <= policy.maximum <= most:
        raise Refused("maximum_out_of_range", "attempts.maximum")
    if workflow.statuses[policy.gives_up_to].stage in OPEN_STAGES:
        raise Refused("giving_up_must_close", "attempts.gives_up_to")
    closing = workflow.statuses[policy.gives_up_to]
    if policy.reason is None and Asks.REASON in closing.asks:
        raise Refused("reason_needed", "attempts.reason")
    if policy.reason is not None and (
        policy.reason not in workflow.reasons or closing.reasons not in workflow.reasons[policy.reason].lists
    ):
        raise Refused("reason_unknown", "attempts.reason", reason=policy.reason)


def _check_reasons(workflow: Workflow) -> None:
    for status in workflow.statuses.values():
        wanted = status.reasons is not None or Asks.REASON in status.asks
        if wanted and not any(not reason.system_only for reason in workflow.reasons_for(status)):
            raise Refused("status_has_no_reasons", f"statuses.{status.key}.reasons", status=status.key)


def _check_triggers(workflow: Workflow) -> None:
    """What moves by itself has nobody to ask for a reason, and leaves closed leads alone (workflows.md section 5)."""
    for happening, trigger in workflow.triggers.items():
        if trigger.stages - OPEN_STAGES:
            raise Refused("trigger_moves_closed_leads", f"triggers.{happening}.stages")
        for key in sorted(_targets(workflow, happening, trigger)):
            if Asks.REASON in workflow.statuses[key].asks:
                raise Refused("trigger_gives_no_reason", f"triggers.{happening}.to", status=key)


def _reachable(workflow: Workflow) -> set[str]:
    """The statuses that a lead can ever be in."""
    moved = {key for happening, trigger in workflow.triggers.items() for key in _targets(workflow, happening, trigger)} | {workflow.initial}
    reached = moved | ({workflow.attempts.gives_up_to} if workflow.attempts else set())
    while fresh := {s.key for s in workflow.statuses.values() if s.by_hand and (not s.follows or s.follows & reached)} - reached:
        reached |= fresh
    return reached


def _table(record: Status | Reason | Trigger | AttemptPolicy | Waits) -> dict[str, Any]:
    """A record as a table of the file, without what is left at its default."""
    differing = (item.name for item in fields(record) if item.default is MISSING or getattr(record, item.name) != item.default)
    return {name: _plain(getattr(record, name)) for name in differing}


def _plain(value: object) -> object:
    if isinstance(value, timedelta):
        return f"{value // UNITS['m']}m"
    if isinstance(value, frozenset | set):
        return sorted(str(item) for item in value)
    return str(value) if isinstance(value, Stage | Role | Entry | GiveUp) else value
