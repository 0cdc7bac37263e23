"""Play a script of dated events through a workflow with the real rules, and say every state it leads to (workflows.md section 7)."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Literal, TypeVar

import msgspec

from frontdesk.domain import rules, workdays
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Appointment, Case, Lead
from frontdesk.domain.rules import Answers, Arrival, Occasion, Plan, Ruling
from frontdesk.domain.workdays import OpeningHours
from frontdesk.domain.workflow import Disposition, Happening, Role, Workflow

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
"""The words that each event may carry besides `at`, `do`, `role` and `key`."""

NEEDED: Mapping[str, str] = MappingProxyType(
    {"create": "channel", "attempt": "channel", "inbound": "channel", "follow_up": "follow_up", "status": "to"}
)
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


@dataclass(slots=True)
class Play:
    """Where the play stands: the case, what an undo would restore, and the clocks that ran out and were taken back."""

    workflow: Workflow
    hours: OpeningHours
    case: Case | None = None
    past: list[tuple[Case, str]] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    last: datetime | None = None
    people: dict[str, int] = field(default_factory=dict)
    spent: set[datetime] = field(default_factory=set)
    names: Iterator[str] = field(default_factory=lambda: (f"appointment {number}" for number in itertools.count(1)))


def rehearse(mapping: Mapping[str, object], workflow_of: Callable[[str], Workflow]) -> dict[str, list[dict[str, object]]]:
    """Every state that the script leads to, as plain values for JSON.

    Args:
        mapping: the script, as read from JSON.
        workflow_of: the workflow of a key; refuses an unknown one.

    Raises:
        Refused: the script is not valid; `field` is the place. A refused event is not an error, it is one of the answers.
    """
    script = _script(mapping)
    play = Play(_at_place("workflow", lambda: workflow_of(script.workflow)), _hours(script))
    times = _times(script, play.hours)
    for number, event in enumerate(script.events):
        _check_words(event, number, play.workflow)
        _check_values(event, number, play)
    states: list[dict[str, object]] = []
    for number, (event, at) in enumerate(zip(script.events, times, strict=True)):
        states.extend(_timers(play, at))
        states.append(_played(play, event, at, f"events[{number}]"))
        play.last = at
    return {"states": states}


def _script(mapping: Mapping[str, object]) -> Script:
    try:
        script = msgspec.convert(mapping, Script)
    except msgspec.ValidationError as problem:
        sentence, _, place = str(problem).partition(" - at ")
        raise Refused("script_not_readable", place.strip("`$.") or "script", detail=sentence) from None
    if not script.events or [event.do == "create" for event in script.events] != [True] + [False] * (len(script.events) - 1):
        raise Refused("script_begins_with_create", "events")
    return script


def _hours(script: Script) -> OpeningHours:
    return _at_place("opening_hours", lambda: OpeningHours.of(script.time_zone, script.opening_hours, script.holidays))


def _times(script: Script, hours: OpeningHours) -> list[datetime]:
    times = [_instant(event.at, hours, f"events[{number}].at") for number, event in enumerate(script.events)]
    for number, (before, after) in enumerate(itertools.pairwise(times), start=1):
        if after < before:
            raise Refused("script_times_out_of_order", f"events[{number}].at")
    return times


def _instant(text: str, hours: OpeningHours, place: str) -> datetime:
    return _at_place(place, lambda: workdays.parse_local(text, hours.zone))


def _at_place(place: str, read: Callable[[], T]) -> T:
    """Read a part of the script; a refusal is one of the script, with its place."""
    try:
        return read()
    except Refused as problem:
        raise Refused(problem.code, place, **problem.facts) from None


def _check_words(event: Event, number: int, workflow: Workflow) -> None:
    place = f"events[{number}]"
    if event.do not in ALLOWED:
        raise Refused("script_word_unknown", f"{place}.do", word=event.do)
    given = {name for name in event.__struct_fields__ if getattr(event, name) not in (None, "", False)} - {"at", "do", "role", "key"}
    if extra := given - ALLOWED[event.do]:
        raise Refused("script_word_unknown", f"{place}.{min(extra)}", word=min(extra))
    if (needed := NEEDED.get(event.do)) and needed not in given:
        raise Refused("script_word_missing", f"{place}.{needed}", word=needed)
    channels = {"create": rules.CREATED_BY, "inbound": rules.INBOUND, "attempt": workflow.counted_channels | workflow.uncounted_channels}
    if event.channel and event.channel not in channels[event.do]:
        raise Refused("script_word_unknown", f"{place}.channel", word=event.channel)


def _check_values(event: Event, number: int, play: Play) -> None:
    """Times and amounts that cannot be read make the whole script invalid, even where the event would be refused or repeated."""
    place = f"events[{number}]"
    _plan(play, event, place)
    _starts(play, event, place)
    _minor_units(event.amount, f"{place}.amount")


def _timers(play: Play, until: datetime) -> Iterator[dict[str, object]]:
    """The giving-up clock, if it ends before or at the next event, at its own time."""
    case = play.case
    if case is None or case.lead.timer_due is None or case.lead.timer_due > until:
        return
    at = max(case.lead.timer_due, play.last or case.lead.timer_due)
    ruling = rules.give_up(case, Occasion(play.workflow, play.hours, at))
    play.past.append((case, ruling.rule))
    play.case = ruling.case
    yield _state(play, ruling.case.lead, at, ruling.rule, by_system=True)


def _played(play: Play, event: Event, at: datetime, place: str) -> dict[str, object]:
    """One event and the state after it."""
    if play.case is not None and event.key is not None and event.key in play.keys:
        return _state(play, play.case.lead, at, "repeated")
    try:
        ruling = _ruling(play, event, Occasion(play.workflow, play.hours, at, event.role, 1), place)
    except Refused as problem:
        return {"at": _local(play, at), "refused": problem.code, "field": problem.field}
    if play.case is not None and event.do not in {"undo", "look"}:
        play.past.append((play.case, ruling.rule))
    if event.key is not None:
        play.keys.add(event.key)
    play.case = ruling.case
    return _state(play, ruling.case.lead, at, ruling.rule, by_system=ruling.by_system)


def _undo(play: Play, case: Case, event: Event, occasion: Occasion, place: str) -> Ruling:
    """Restore the state before the last change; a clock whose effect was taken back does not run again by itself."""
    rules.may_write(occasion)
    if not play.past:
        raise Refused("nothing_to_undo")
    before, rule = play.past.pop()
    if rule == "attempts_exhausted" and before.lead.timer_due is not None:
        play.spent.add(before.lead.timer_due)
    if before.lead.timer_due in play.spent:
        before = replace(before, lead=replace(before.lead, timer_due=None))
    return Ruling(before, "undone")


def _look(play: Play, case: Case, event: Event, occasion: Occasion, place: str) -> Ruling:
    return Ruling(case, "look")


def _ruling(play: Play, event: Event, occasion: Occasion, place: str) -> Ruling:
    if event.do == "create":
        return rules.create(occasion, Arrival(0, 0, event.channel or ""))
    if play.case is None:
        raise Refused("no_lead_yet")
    act = {
        "undo": _undo,
        "look": _look,
        "attempt": _attempt,
        "follow_up": _follow_up,
        "status": _status,
        "book": _book,
        "move": _move,
        "cancel": _settle,
        "no_show": _settle,
        "attend": _settle,
        "invoice": _invoice,
        "enrol": _enrol,
        "inbound": _inbound,
        "reopen": _reopen,
    }[event.do]
    return act(play, play.case, event, occasion, place)


def _attempt(play: Play, case: Case, event: Event, occasion: Occasion, place: str) -> Ruling:
    plan = _plan(play, event, place)
    return rules.attempt(case, occasion, channel=event.channel or "", disposition=event.disposition, follow_up=plan, note=event.note)


def _follow_up(play: Play, case: Case, event: Event, occasion: Occasion, place: str) -> Ruling:
    return rules.set_follow_up(case, occasion, Plan(_instant(event.follow_up or "", play.hours, f"{place}.follow_up"), note=event.note))


def _status(play: Play, case: Case, event: Event, occasion: Occasion, place: str) -> Ruling:
    person = play.people.setdefault(event.to_person, len(play.people) + 1) if event.to_person else None
    answers = Answers(event.reason, event.note, person, event.verified, _plan(play, event, place))
    return rules.choose_status(case, occasion, event.to or "", answers)


def _book(play: Play, case: Case, event: Event, occasion: Occasion, place: str) -> Ruling:
    key = event.appointment or next(play.names)
    return rules.book(case, occasion, Appointment(0, None, _starts(play, event, place), occasion.now, str(play.hours.zone), key=key))


def _move(play: Play, case: Case, event: Event, occasion: Occasion, place: str) -> Ruling:
    return rules.move(case, occasion, _starts(play, event, place), event.appointment)


def _settle(play: Play, case: Case, event: Event, occasion: Occasion, place: str) -> Ruling:
    return rules.settle(case, occasion, Happening(event.do), event.appointment)


def _invoice(play: Play, case: Case, event: Event, occasion: Occasion, place: str) -> Ruling:
    return rules.invoice(case, occasion, _minor_units(event.amount, f"{place}.amount"), event.appointment)


def _enrol(play: Play, case: Case, event: Event, occasion: Occasion, place: str) -> Ruling:
    return rules.enrol(case, occasion, event.number)


def _inbound(play: Play, case: Case, event: Event, occasion: Occasion, place: str) -> Ruling:
    return rules.inbound(case, occasion, event.channel or "")


def _reopen(play: Play, case: Case, event: Event, occasion: Occasion, place: str) -> Ruling:
    return rules.reopen(case, occasion)


def _plan(play: Play, event: Event, place: str) -> Plan | None:
    return Plan(_instant(event.follow_up, play.hours, f"{place}.follow_up"), note=event.note) if event.follow_up else None


def _starts(play: Play, event: Event, place: str) -> datetime | None:
    return _instant(event.starts, play.hours, f"{place}.starts") if event.starts else None


def _minor_units(amount: float | str | None, place: str) -> int:
    """An amount as written, in hundredths; the script has no currency."""
    try:
        return int(Decimal(str(amount if amount is not None else "0")) * 100)
    except (InvalidOperation, ValueError, OverflowError):
        raise Refused("amount_not_understood", place) from None


def _state(play: Play, lead: Lead, at: datetime, rule: str, *, by_system: bool = False) -> dict[str, object]:
    return {
        "at": _local(play, at),
        "status": lead.status,
        "stage": lead.stage.value,
        "attempts": lead.attempts,
        "follow_up": _local(play, lead.next_follow_up) if lead.next_follow_up else None,
        "reason": lead.reason,
        "by": "system" if by_system else "user",
        "rule": rule,
    }


def _local(play: Play, instant: datetime) -> str:
    return play.hours.local(instant).isoformat()
