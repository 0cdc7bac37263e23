"""A script as written, and its events as steps: everything is read, and refused with its place, before the first one is played."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Literal, TypeVar

import msgspec

from frontdesk.domain import rules, workdays
from frontdesk.domain.problems import Refused
from frontdesk.domain.rules import Plan
from frontdesk.domain.shapes import shaped
from frontdesk.domain.workdays import OpeningHours
from frontdesk.domain.workflow import Disposition, Role, Workflow

ALWAYS = ("at", "do", "role", "key")
"""The words that every event may carry."""
ALLOWED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "create": frozenset(("channel",)),
        "attempt": frozenset(("channel", "disposition", "follow_up", "note")),
        "follow_up": frozenset(("follow_up", "note")),
        "status": frozenset(("to", "reason", "note", "verified", "to_person", "follow_up")),
        "book": frozenset(("appointment", "starts")),
        "move": frozenset(("appointment", "starts")),
        "cancel": frozenset(("appointment", "starts")),
        "no_show": frozenset(("appointment", "starts")),
        "attend": frozenset(("appointment", "starts")),
        "invoice": frozenset(("amount", "appointment")),
        "enrol": frozenset(("number",)),
        "inbound": frozenset(("channel",)),
        "reopen": frozenset(),
        "undo": frozenset(),
        "look": frozenset(),
    }
)
"""The words that each event may carry besides."""

NEEDED: Mapping[str, str] = MappingProxyType({"create": "channel", "attempt": "channel", "inbound": "channel", "status": "to"})
"""The word without which an event says nothing."""


T = TypeVar("T")


class Event(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One line of a script, as written."""

    at: str
    do: str
    role: Role = Role.MANAGER
    key: str | None = None
    channel: str | None = None
    disposition: Disposition | None = None
    follow_up: str | None = None
    note: str = ""
    to: str | None = None
    reason: str | None = None
    verified: bool = False
    to_person: str | None = None
    appointment: str | None = None
    starts: str | None = None
    amount: int | float | str | None = None
    number: str = ""


class Script(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A whole script; without opening hours the practice never closes."""

    workflow: str
    time_zone: str
    events: tuple[Event, ...]
    opening_hours: dict[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], object] | None = None
    holidays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One event, understood: its times are instants, its amount is minor units."""

    event: Event
    at: datetime
    follow_up: Plan | None
    starts: datetime | None
    amount: int


def steps(mapping: Mapping[str, object], workflow_of: Callable[[str], Workflow]) -> tuple[Workflow, OpeningHours, list[Step]]:
    """The workflow, the hours and the steps of a script; Refused with the place when it is not valid."""
    script = shaped(mapping, Script, "script")
    if not script.events or [event.do == "create" for event in script.events] != [True] + [False] * (len(script.events) - 1):
        raise Refused("script_begins_with_create", "events")
    workflow = _at_place("workflow", lambda: workflow_of(script.workflow))
    hours = OpeningHours.of(script.time_zone, script.opening_hours, script.holidays)
    found = [step(event, f"events[{number}]", workflow, hours) for number, event in enumerate(script.events)]
    for number, (before, after) in enumerate(itertools.pairwise(found), start=1):
        if after.at < before.at:
            raise Refused("script_times_out_of_order", f"events[{number}].at")
    return workflow, hours, found


def step(event: Event, place: str, workflow: Workflow, hours: OpeningHours) -> Step:
    """An event as a step; Refused with the place when it cannot be understood."""

    def instant(name: str, text: str) -> datetime:
        return _at_place(f"{place}.{name}", lambda: workdays.parse_local(text, hours.zone))

    _check_words(event, place, workflow)
    return Step(
        event,
        instant("at", event.at),
        Plan(instant("follow_up", event.follow_up), note=event.note) if event.follow_up else None,
        instant("starts", event.starts) if event.starts else None,
        _minor_units(event.amount, f"{place}.amount"),
    )


def _at_place(place: str, read: Callable[[], T]) -> T:
    """Read a part of the script; a refusal is one of the script, with its place."""
    try:
        return read()
    except Refused as problem:
        raise Refused(problem.code, place, **problem.facts) from None


def _check_words(event: Event, place: str, workflow: Workflow) -> None:
    if event.do not in ALLOWED:
        raise Refused("value_not_known", f"{place}.do", word=event.do, kind="do", choices=tuple(ALLOWED))
    given = {name for name in event.__struct_fields__ if getattr(event, name) not in (None, "", False)}
    if extra := given - ALLOWED[event.do] - set(ALWAYS):
        raise Refused("word_unknown", f"{place}.{min(extra)}", word=min(extra), choices=(*ALWAYS, *sorted(ALLOWED[event.do])))
    if (needed := NEEDED.get(event.do)) and needed not in given:
        raise Refused("word_missing", f"{place}.{needed}", word=needed)
    channels = {"create": rules.CREATED_BY, "inbound": rules.INBOUND, "attempt": workflow.counted_channels | workflow.uncounted_channels}
    if event.channel and event.channel not in channels[event.do]:
        known = tuple(sorted(channels[event.do]))
        raise Refused("value_not_known", f"{place}.channel", word=event.channel, kind="channel", choices=known)


def _minor_units(amount: float | str | None, place: str) -> int:
    """An amount as written, in hundredths; the script has no currency."""
    try:
        return int(Decimal(str(amount if amount is not None else "0")) * 100)
    except (InvalidOperation, ValueError, OverflowError):
        raise Refused("amount_not_understood", place) from None
