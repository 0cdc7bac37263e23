"""Consultations in the book; each belongs to one lead at most."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace
from sqlalchemy import bindparam, select

from frontdesk.domain.records import Appointment, AppointmentState, Lead, LeadId
from frontdesk.store import tables as t
from frontdesk.store.shapes import Row, Shape
from frontdesk.store.tx import Tx, one_of

SHAPE = Shape(Appointment, t.appointment, enums={"state": AppointmentState})
_LIVE = t.appointment.c.void.is_(False)
_OF_LEAD = select(*SHAPE.columns).where(t.appointment.c.lead_id == bindparam("lead_id"), _LIVE).order_by(t.appointment.c.id)
_OF_LEADS = select(*SHAPE.columns).where(one_of(t.appointment.c.lead_id, "ids"), _LIVE).order_by(t.appointment.c.id)
BEGINNING = (
    select(*SHAPE.columns)
    .where(t.COMING, t.appointment.c.starts > bindparam("after"), t.appointment.c.starts < bindparam("until"))
    .order_by(t.appointment.c.starts.desc(), t.appointment.c.id)
    .limit(bindparam("most"))
)
LONGEST, MOST = timedelta(days=1), 100


def of_lead(tx: Tx, lead_id: LeadId) -> tuple[Appointment, ...]:
    """A lead's appointments in the order they were made."""
    return tuple(SHAPE.record(row) for row in tx.rows(_OF_LEAD, lead_id=lead_id))


def of_many(tx: Tx, ids: list[LeadId]) -> dict[LeadId, tuple[Appointment, ...]]:
    """The appointments of several leads."""
    found: dict[LeadId, tuple[Appointment, ...]] = {}
    for row in tx.rows(_OF_LEADS, ids=ids):
        each = SHAPE.record(row)
        if each.lead_id is not None:
            found[each.lead_id] = (*found.get(each.lead_id, ()), each)
    return found


def during(tx: Tx, starts: datetime, ends: datetime) -> tuple[Appointment, ...]:
    """The live appointments that overlap with a time, the last to begin first; none lasts longer than a day."""
    rows = tx.rows(BEGINNING, after=starts - LONGEST, until=ends, most=MOST)
    found = (SHAPE.record(row) for row in rows)
    return tuple(each for each in found if each.starts is not None and each.starts + timedelta(minutes=each.minutes) > starts)


def add(tx: Tx, appointment: Appointment, lead: Lead) -> Appointment:
    """Write an appointment into the book of the lead's office."""
    appointment = replace(appointment, id=tx.new_id(), lead_id=lead.id, version=1)
    tx.insert(t.appointment, _row(appointment, lead), lead_id=lead.id, person_id=lead.person_id)
    return appointment


def save(tx: Tx, before: Appointment, after: Appointment, lead: Lead) -> Appointment:
    """Change an appointment: its time, or what became of it."""
    changed = tx.update(t.appointment, after.id, _row(before, lead), _row(after, lead), lead_id=lead.id, person_id=lead.person_id)
    return replace(after, version=before.version + changed)


def _row(appointment: Appointment, lead: Lead) -> Row:
    return SHAPE.row(appointment, location_id=lead.location_id, void=False)
