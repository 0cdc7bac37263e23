"""The steps of a script, played one after the other; clocks that run out in between have a state of their own."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from msgspec.structs import replace

from frontdesk.domain import rules
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Appointment, Case, Lead
from frontdesk.domain.rehearsal.scripts import Step, steps
from frontdesk.domain.rules import Answers, Arrival, Occasion, Ruling
from frontdesk.domain.workdays import OpeningHours
from frontdesk.domain.workflow import Happening, Workflow

WHO = 1
"""Who does everything in a rehearsal."""


@dataclass(slots=True)
class Play:
    """Where the play stands: the case, what an undo would restore, and the clocks that ran out and were taken back."""

    workflow: Workflow
    hours: OpeningHours
    case: Case | None = None
    past: list[tuple[Case, Ruling]] = field(default_factory=list)
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
    workflow, hours, played = steps(mapping, workflow_of)
    play = Play(workflow, hours)
    states: list[dict[str, object]] = []
    for step in played:
        states.extend(advance(play, step))
    return {"states": states}


def advance(play: Play, step: Step) -> Iterator[dict[str, object]]:
    """Play one step: the state after it, and before it that of a clock that has run out since the last one."""
    yield from _timers(play, step.at)
    yield _played(play, step)
    play.last = step.at


def _timers(play: Play, until: datetime) -> Iterator[dict[str, object]]:
    """The giving-up clock, if it ends before or at the next event, at its own time."""
    case = play.case
    if case is None or case.lead.timer_due is None or case.lead.timer_due > until:
        return
    at = max(case.lead.timer_due, play.last or case.lead.timer_due)
    ruling = rules.give_up(case, Occasion(play.workflow, play.hours, at))
    play.past.append((case, ruling))
    play.case = ruling.case
    yield _state(play, ruling.case.lead, at, ruling.rule, by_system=True)


def _played(play: Play, step: Step) -> dict[str, object]:
    """One event and the state after it."""
    event = step.event
    if play.case is not None and event.key is not None and event.key in play.keys:
        return _state(play, play.case.lead, step.at, "repeated")
    try:
        ruling = _ruling(play, step, Occasion(play.workflow, play.hours, step.at, event.role, WHO))
    except Refused as problem:
        return {"at": _local(play, step.at), "refused": problem.code, "field": problem.field}
    if play.case is not None and event.do not in {"undo", "look"}:
        play.past.append((play.case, ruling))
    if event.key is not None:
        play.keys.add(event.key)
    play.case = ruling.case
    return _state(play, ruling.case.lead, step.at, ruling.rule, by_system=ruling.by_system)


def _ruling(play: Play, step: Step, occasion: Occasion) -> Ruling:
    if step.event.do == "create":
        return rules.create(occasion, Arrival(0, 0, step.event.channel or ""))
    if play.case is None:
        raise Refused("no_lead_yet")
    return ACTS[step.event.do](play, play.case, step, occasion)


def _attempt(play: Play, case: Case, step: Step, occasion: Occasion) -> Ruling:
    said = step.event
    return rules.attempt(case, occasion, channel=said.channel or "", disposition=said.disposition, follow_up=step.follow_up, note=said.note)


def _follow_up(play: Play, case: Case, step: Step, occasion: Occasion) -> Ruling:
    if step.follow_up is None:
        raise Refused("follow_up_needed", "follow_up")
    return rules.set_follow_up(case, occasion, step.follow_up)


def _status(play: Play, case: Case, step: Step, occasion: Occasion) -> Ruling:
    said = step.event
    person = play.people.setdefault(said.to_person, len(play.people) + 1) if said.to_person else None
    return rules.choose_status(case, occasion, said.to or "", Answers(said.reason, said.note, person, said.verified, step.follow_up))


def _book(play: Play, case: Case, step: Step, occasion: Occasion) -> Ruling:
    key = step.event.appointment or next(play.names)
    return rules.book(case, occasion, Appointment(0, None, step.starts, occasion.now, str(play.hours.zone), key=key))


def _move(play: Play, case: Case, step: Step, occasion: Occasion) -> Ruling:
    return rules.move(case, occasion, step.starts, step.event.appointment)


def _settle(play: Play, case: Case, step: Step, occasion: Occasion) -> Ruling:
    return rules.settle(case, occasion, Happening(step.event.do), step.event.appointment)


def _invoice(play: Play, case: Case, step: Step, occasion: Occasion) -> Ruling:
    return rules.invoice(case, occasion, step.amount, step.event.appointment)


def _enrol(play: Play, case: Case, step: Step, occasion: Occasion) -> Ruling:
    return rules.enrol(case, occasion, step.event.number)


def _inbound(play: Play, case: Case, step: Step, occasion: Occasion) -> Ruling:
    return rules.inbound(case, occasion, step.event.channel or "")


def _reopen(play: Play, case: Case, step: Step, occasion: Occasion) -> Ruling:
    return rules.reopen(case, occasion)


def _undo(play: Play, case: Case, step: Step, occasion: Occasion) -> Ruling:
    """Restore the state before the last change; a clock whose effect was taken back does not run again by itself."""
    rules.may_write(occasion)
    if not play.past:
        raise Refused("nothing_to_undo")
    before, taken_back = play.past.pop()
    if taken_back.rule == "attempts_exhausted" and before.lead.timer_due is not None:
        play.spent.add(before.lead.timer_due)
    if before.lead.timer_due in play.spent:
        before = replace(before, lead=replace(before.lead, timer_due=None))
    return Ruling(before, "undone")


def _look(play: Play, case: Case, step: Step, occasion: Occasion) -> Ruling:
    return Ruling(case, "look")


ACTS: Mapping[str, Callable[[Play, Case, Step, Occasion], Ruling]] = MappingProxyType(
    {
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
        "undo": _undo,
        "look": _look,
    }
)
"""What each word of a script does."""


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
