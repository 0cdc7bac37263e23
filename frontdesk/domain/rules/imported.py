"""What a file says about a lead is taken as a fact: its status, its stamps and its dates, without the questions that a person is asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from msgspec import Struct, field
from msgspec.structs import asdict, replace

from frontdesk.domain.records import Case, FollowUp, Lead, Revenue, StaffId, Stamps
from frontdesk.domain.rules.arrivals import Arrival
from frontdesk.domain.rules.follow_ups import follow_up_moves_clock
from frontdesk.domain.rules.rulings import STAMPS, Draft, Occasion, Plan, Ruling, effective_stage, furthest, may_write
from frontdesk.domain.workflow import Asks, Outcome, Stage, Status

NOT_RECORDED = "not_recorded"
"""The reason of an imported loss that gives none (workflows.md section 5, Common to all)."""


class Facts(Struct, frozen=True):
    """What a row of a file says about one lead.

    Attributes:
        stamps: by name (`created`, `won`, …), the instants that the file gives; noon stands for a whole day, so today's may be still to come.
        planned_by: who set the follow-up; None when it was the system.
        overwrites: whether they replace what the lead has; else they only fill what is empty.
    """

    status: str | None = None
    reason: str | None = None
    loss_note: str = ""
    stamps: Mapping[str, datetime] = field(default_factory=dict)
    follow_up: Plan | None = None
    planned_by: StaffId | None = None
    attempts: int | None = None
    enrolment_number: str = ""
    revenue: int | None = None
    revenue_on: date | None = None
    overwrites: bool = False


REACHED = {"first_attempt": Stage.FOLLOW_UP, "reached": Stage.FOLLOW_UP, "booked": Stage.BOOKED, "seen": Stage.SEEN, "won": Stage.WON}
"""How far along the funnel a stamp proves that the lead has been."""


def imported_lead(occasion: Occasion, arrival: Arrival, facts: Facts, details: Mapping[str, Any]) -> Ruling:
    """A new lead as the file says it is, made in one step: tens of thousands come at once.

    Args:
        occasion: the moment and the workflow.
        arrival: whose enquiry it is and when they first got in touch.
        facts: its status and dates.
        details: further fields of the lead (source, interest, owner …).
    """
    facts = _past(facts, occasion.now)
    status = occasion.workflow.statuses[facts.status or occasion.workflow.initial]
    created = min(arrival.created or occasion.now, occasion.now)
    at = created if status.stage is Stage.NEW else _entered(status, created, facts)
    stamps = _stamps(created, at, status, facts)
    stage = effective_stage(status, stamps.get("first_attempt"))
    plan = facts.follow_up if status.outcome is Outcome.OPEN else None
    reason = _reason(occasion, status, facts)
    lead = Lead(
        id=arrival.lead_id,
        person_id=arrival.person_id,
        location_id=arrival.location_id,
        workflow=occasion.workflow.key,
        status=status.key,
        stage=stage,
        furthest=_furthest(Stage.NEW, stage, stamps),
        outcome=status.outcome,
        stamps=Stamps(**stamps),
        entered_at=occasion.now,
        status_since=at,
        attempts=facts.attempts or 0,
        next_follow_up=plan.due if plan else None,
        reason=reason,
        loss_note="" if status.outcome is Outcome.OPEN else facts.loss_note,
        reopens_to=None if status.outcome is Outcome.OPEN else occasion.workflow.initial,
        enrolment_number=facts.enrolment_number or None,
        **{"channel": arrival.channel, **details},
    )
    return Ruling(Case(lead, _planned(lead, occasion, plan, facts.planned_by)), "imported", revenue=_revenue(lead, occasion, facts, at))


def imported(case: Case, occasion: Occasion, facts: Facts) -> Ruling:
    """The lead as the file says it is; a status that needs a reason and has none gets *not recorded*."""
    may_write(occasion)
    facts = _past(facts, occasion.now)
    status = occasion.workflow.statuses[facts.status or case.lead.status]
    at = _time_of(case, status, facts)
    draft = Draft(case, replace(occasion, now=at), "imported")
    _stamp(draft, facts)
    reason = _reason(occasion, status, facts)
    if status.key != case.lead.status:
        draft.enter(status.key, reason=reason, note=facts.loss_note)
    elif reason is not None and (facts.overwrites or case.lead.reason is None):
        draft.change(reason=reason, loss_note=facts.loss_note or case.lead.loss_note)
    if facts.attempts is not None and (facts.overwrites or not case.lead.attempts):
        draft.change(attempts=facts.attempts)
        if facts.attempts:
            draft.stamp("first_attempt")
    if facts.enrolment_number and (facts.overwrites or not case.lead.enrolment_number):
        draft.change(enrolment_number=facts.enrolment_number)
    if facts.follow_up and status.outcome is Outcome.OPEN and (facts.overwrites or case.follow_up is None):
        _plan(draft, case, facts.follow_up, facts.planned_by)
    draft.restage()
    draft.change(furthest=_furthest(draft.lead.furthest, draft.lead.stage, asdict(draft.lead.stamps)))
    return draft.ruling(revenue=_revenue(case.lead, occasion, facts, at))


def _time_of(case: Case, status: Status, facts: Facts) -> datetime:
    """When the status was entered: the file's date for its stage, else its newest date, else when the lead was created."""
    return _entered(status, case.lead.stamps.created, facts)


def _entered(status: Status, created: datetime, facts: Facts) -> datetime:
    given = facts.stamps.get(STAMPS[status.stage]) if status.stage in STAMPS else None
    return given or max([created, *facts.stamps.values()])


def _stamp(draft: Draft, facts: Facts) -> None:
    """Put the file's instants into the stamps; an import may correct them, since the correction is journalled."""
    present = draft.lead.stamps
    wanted = {name: at for name, at in facts.stamps.items() if facts.overwrites or getattr(present, name) is None}
    if wanted:
        draft.change(stamps=replace(present, **wanted))
        draft.restage()


def _reason(occasion: Occasion, status: Status, facts: Facts) -> str | None:
    known = facts.reason if facts.reason in occasion.workflow.reasons else None
    if status.outcome is Outcome.OPEN or status.outcome is Outcome.WON:
        return None
    needs = Asks.REASON in status.asks or status.outcome is Outcome.LOST
    return known or (NOT_RECORDED if needs and NOT_RECORDED in occasion.workflow.reasons else None)


def _plan(draft: Draft, case: Case, plan: Plan, by: StaffId | None) -> None:
    if case.follow_up is None or case.follow_up.due != plan.due:
        draft.plan(plan, by_person=by is not None)
        draft.follow_up = draft.follow_up and replace(draft.follow_up, set_by=by)
        follow_up_moves_clock(draft, plan.due)


def _planned(lead: Lead, occasion: Occasion, plan: Plan | None, by: StaffId | None) -> FollowUp | None:
    return FollowUp(0, lead.id, plan.due, by, occasion.now, plan.kind, plan.note, plan.any_time) if plan else None


def _past(facts: Facts, now: datetime) -> Facts:
    """The facts with no stamp after now."""
    ahead = {name: now for name, at in facts.stamps.items() if at > now}
    return replace(facts, stamps={**facts.stamps, **ahead}) if ahead else facts


def _stamps(created: datetime, at: datetime, status: Status, facts: Facts) -> dict[str, datetime]:
    """The file's stamps, and those that its status and its attempts prove."""
    stamps = {"created": created, **facts.stamps}
    if facts.attempts:
        stamps.setdefault("first_attempt", at)
    if name := STAMPS.get(status.stage):
        stamps.setdefault(name, at)
    return stamps


def _furthest(before: Stage, stage: Stage, stamps: Mapping[str, datetime | None]) -> Stage:
    """The furthest of what it was, its stage, and what its stamps prove."""
    proved = [REACHED[name] for name, at in stamps.items() if at is not None and name in REACHED]
    return furthest(before, stage, *proved)


def _revenue(lead: Lead, occasion: Occasion, facts: Facts, at: datetime) -> Revenue | None:
    if not facts.revenue or facts.revenue < 0:
        return None
    return Revenue(0, lead.id, facts.revenue, facts.revenue_on or occasion.hours.day(at))
