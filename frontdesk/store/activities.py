"""Attempts, contacts, notes and what came in from outside: the lines of a lead's history."""

from __future__ import annotations

from msgspec.structs import replace
from sqlalchemy import bindparam, select

from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Activity, ActivityKind, Lead, LeadId
from frontdesk.domain.workflow import Disposition
from frontdesk.store import tables as t
from frontdesk.store.shapes import Row, Shape
from frontdesk.store.tx import Tx, one_of

SHAPE = Shape(Activity, t.activity, enums={"kind": ActivityKind, "disposition": Disposition}, renamed={"by": "staff_id"})
_BY_ID = select(*SHAPE.columns).where(t.activity.c.id == bindparam("activity_id"), t.activity.c.void.is_(False))
OF_LEAD = (
    select(*SHAPE.columns)
    .where(t.activity.c.lead_id == bindparam("lead_id"), t.activity.c.void.is_(False))
    .order_by(t.activity.c.at, t.activity.c.id)
)
_UNSETTLED = (
    select(*SHAPE.columns).where(t.activity.c.lead_id == bindparam("lead_id"), t.UNSETTLED).order_by(t.activity.c.at, t.activity.c.id)
)

_NOTED = (
    select(*SHAPE.columns)
    .where(one_of(t.activity.c.lead_id, "ids"), t.activity.c.note != "", t.activity.c.void.is_(False))
    .order_by(t.activity.c.at, t.activity.c.id)
)


def get(tx: Tx, activity_id: int) -> Activity:
    """One line of a history."""
    row = tx.row(_BY_ID, activity_id=activity_id)
    if row is None:
        raise Refused("activity_unknown", "activity")
    return SHAPE.record(row)


def of_lead(tx: Tx, lead_id: LeadId) -> tuple[Activity, ...]:
    """A lead's history, oldest first."""
    return tuple(SHAPE.record(row) for row in tx.rows(OF_LEAD, lead_id=lead_id))


def noted_of_many(tx: Tx, ids: list[LeadId]) -> dict[LeadId, list[Activity]]:
    """The lines of several histories that say something in words, oldest first: notes, and attempts with a note."""
    found: dict[LeadId, list[Activity]] = {}
    for row in tx.rows(_NOTED, ids=ids):
        found.setdefault((each := SHAPE.record(row)).lead_id, []).append(each)
    return found


def unsettled(tx: Tx, lead_id: LeadId) -> tuple[Activity, ...]:
    """What came in from outside and nobody has dealt with, oldest first."""
    return tuple(SHAPE.record(row) for row in tx.rows(_UNSETTLED, lead_id=lead_id))


def add(tx: Tx, activity: Activity, lead: Lead) -> Activity:
    """Write a line into a lead's history."""
    activity = replace(activity, id=tx.new_id(), lead_id=lead.id, version=1)
    tx.insert(t.activity, _row(activity, lead), lead_id=lead.id, person_id=lead.person_id)
    return activity


def save(tx: Tx, before: Activity, after: Activity, lead: Lead) -> Activity:
    """Change a line: settle a missed call, correct a note."""
    changed = tx.update(t.activity, after.id, _row(before, lead), _row(after, lead), lead_id=lead.id, person_id=lead.person_id)
    return replace(after, version=before.version + changed)


def _row(activity: Activity, lead: Lead) -> Row:
    return SHAPE.row(activity, location_id=lead.location_id)
