"""All that a rule looks at, read in one or two statements; and everything that a ruling brought, written back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec.structs import replace
from sqlalchemy import and_, bindparam, exists, select

from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Appointment, Case, FollowUp, Lead, LeadId
from frontdesk.domain.rules import Ruling
from frontdesk.store import activities, appointments, followups, leads, locations, money, people, settings, workflows
from frontdesk.store import tables as t
from frontdesk.store.tx import Tx, one_of

_has_appointments = exists().where(t.appointment.c.lead_id == t.lead.c.id, t.appointment.c.void.is_(False)).correlate(t.lead)
_EXTRA = (t.person.c.do_not_call, t.person.c.no_marketing, _has_appointments, t.workflow.c.definition, *locations.CLOCK)
_CASES = (
    select(*leads.COLUMNS, *_EXTRA, *followups.SHAPE.columns)
    .join_from(t.lead, t.person, t.person.c.id == t.lead.c.person_id)
    .join(t.workflow, t.workflow.c.key == t.lead.c.workflow)
    .join(t.location, t.location.c.id == t.lead.c.location_id)
    .outerjoin(t.follow_up, and_(t.follow_up.c.lead_id == t.lead.c.id, t.RUNNING))
)
_ONE = _CASES.where(t.lead.c.id == bindparam("lead_id"), t.LIVE)
_MANY = _CASES.where(one_of(t.lead.c.id, "ids"), t.LIVE)
_LEAD_ENDS = len(leads.COLUMNS)
_EXTRA_ENDS = _LEAD_ENDS + len(_EXTRA)


def foresee_new(tx: Tx) -> None:
    """Read in one trip what every new lead stands on: the offices, the workflow of new leads and the settings."""
    tx.foresee(locations.ALL, workflows.ACTIVE, settings.TEXTS)


def case(tx: Tx, lead_id: LeadId, version: int | None = None) -> Case:
    """One lead with its open follow-up, its appointments and the person's wishes.

    Raises:
        Refused: `lead_unknown`.
        Conflict: `changed_elsewhere`, when `version` is given and is not the present one.
    """
    row = tx.row(_ONE, lead_id=lead_id)
    if row is None:
        raise Refused("lead_unknown", "lead")
    found, has_appointments = _case(tx, row)
    leads.check_version(found.lead, version)
    return replace(found, appointments=appointments.of_lead(tx, lead_id)) if has_appointments else found


def cases(tx: Tx, ids: list[LeadId]) -> list[Case]:
    """Several leads at once, in the order asked for; unknown ones are left out."""
    found = {row[0]: _case(tx, row) for row in tx.rows(_MANY, ids=ids)}
    with_appointments = [lead_id for lead_id, (_, has_appointments) in found.items() if has_appointments]
    booked = appointments.of_many(tx, with_appointments) if with_appointments else {}
    return [replace(found[each][0], appointments=booked.get(each, ())) for each in ids if each in found]


def apply(tx: Tx, before: Case | None, ruling: Ruling) -> Case:
    """Write what a ruling brought: lead, status change, follow-ups, activity, appointment, revenue and wishes; `before` is None for a new lead."""
    after = ruling.case
    with tx.because(ruling.rule, system=ruling.by_system or None):
        lead = leads.add(tx, after.lead) if before is None else leads.save(tx, before.lead, after.lead, _since(before.lead, ruling))
        follow_up = _apply_follow_up(tx, before, ruling, lead)
    with tx.because("attempt_logged" if ruling.by_system else ruling.rule):  # the attempt that led to giving up is the person's own
        if ruling.activity is not None:
            activities.add(tx, ruling.activity, lead)
        if ruling.revenue is not None:
            money.add(tx, ruling.revenue, lead)
        booked = _apply_appointment(tx, before, ruling, lead)
        _apply_wishes(tx, before, after, lead)
    return replace(after, lead=lead, follow_up=follow_up, appointments=booked)


def _case(tx: Tx, row: tuple[Any, ...]) -> tuple[Case, bool]:
    lead = leads.record(row[:_LEAD_ENDS])
    do_not_call, no_marketing, has_appointments, definition, *clock = row[_LEAD_ENDS:_EXTRA_ENDS]
    workflows.keep_definition(tx, lead.workflow, definition)
    locations.keep_clock(tx, lead.location_id, tuple(clock))
    running = row[_EXTRA_ENDS:]
    follow_up = None if running[0] is None else followups.SHAPE.record(running)
    return Case(lead, follow_up, (), do_not_call, no_marketing), bool(has_appointments)


def _since(before: Lead, ruling: Ruling) -> datetime | None:
    """The fact's time of a stage that an attempt moved without moving the status."""
    moved = before.status != ruling.case.lead.status
    return ruling.activity.at if ruling.activity and not moved else None


def _apply_follow_up(tx: Tx, before: Case | None, ruling: Ruling, lead: Lead) -> FollowUp | None:
    was = before.follow_up if before else None
    if was is not None and ruling.ended is not None:
        followups.save(tx, was, ruling.ended, lead)
    planned = ruling.case.follow_up
    if planned is None or planned == was:
        return planned
    return followups.save(tx, was, planned, lead) if was is not None and planned.id == was.id else followups.add(tx, planned, lead)


def _apply_appointment(tx: Tx, before: Case | None, ruling: Ruling, lead: Lead) -> tuple[Appointment, ...]:
    changed = ruling.appointment
    if changed is None:
        return ruling.case.appointments
    was = next((each for each in before.appointments if each.id == changed.id), None) if before else None
    saved = appointments.add(tx, changed, lead) if was is None else appointments.save(tx, was, changed, lead)
    return tuple(saved if each == changed else each for each in ruling.case.appointments)


def _apply_wishes(tx: Tx, before: Case | None, after: Case, lead: Lead) -> None:
    was = (before.do_not_call, before.no_marketing) if before else (after.do_not_call, after.no_marketing)
    if was != (after.do_not_call, after.no_marketing):
        people.set_wishes(tx, lead.person_id, do_not_call=after.do_not_call, no_marketing=after.no_marketing)
