"""Planned contacts; the database allows one open follow-up a lead."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace
from sqlalchemy import bindparam, select

from frontdesk.domain.records import Ending, FollowUp, FollowUpKind, Lead, LeadId
from frontdesk.store import tables as t
from frontdesk.store.shapes import Row, Shape
from frontdesk.store.tx import Tx, one_of

SHAPE = Shape(FollowUp, t.follow_up, enums={"kind": FollowUpKind, "ending": Ending})
_OPEN = select(*SHAPE.columns).where(t.follow_up.c.lead_id == bindparam("lead_id"), t.RUNNING)
_OPEN_OF = select(*SHAPE.columns).where(one_of(t.follow_up.c.lead_id, "ids"), t.RUNNING)
OF_LEAD = (
    select(*SHAPE.columns)
    .where(t.follow_up.c.lead_id == bindparam("lead_id"), t.follow_up.c.void.is_(False))
    .order_by(t.follow_up.c.set_at, t.follow_up.c.id)
)
DUE = (
    select(t.follow_up.c.lead_id)
    .where(t.RUNNING, t.follow_up.c.any_time.is_(False), t.follow_up.c.due >= bindparam("start"), t.follow_up.c.due < bindparam("until"))
    .order_by(t.follow_up.c.due)
    .limit(bindparam("most"))
)


def open_of(tx: Tx, lead_id: LeadId) -> FollowUp | None:
    """The open follow-up of a lead."""
    row = tx.row(_OPEN, lead_id=lead_id)
    return None if row is None else SHAPE.record(row)


def open_of_many(tx: Tx, ids: list[LeadId]) -> dict[LeadId, FollowUp]:
    """The open follow-ups of several leads."""
    found = (SHAPE.record(row) for row in tx.rows(_OPEN_OF, ids=ids))
    return {each.lead_id: each for each in found}


def leads_due(tx: Tx, start: datetime, until: datetime, *, most: int) -> tuple[LeadId, ...]:
    """The leads whose open follow-up is due at a time of day within this span, `most` of them at most."""
    return tuple(row[0] for row in tx.rows(DUE, start=start, until=until, most=most))


def of_lead(tx: Tx, lead_id: LeadId) -> tuple[FollowUp, ...]:
    """Every follow-up a lead ever had, in the order they were set."""
    return tuple(SHAPE.record(row) for row in tx.rows(OF_LEAD, lead_id=lead_id))


def add(tx: Tx, follow_up: FollowUp, lead: Lead) -> FollowUp:
    """Plan a contact; the one before must have ended."""
    follow_up = replace(follow_up, id=tx.new_id(), lead_id=lead.id, version=1)
    tx.insert(t.follow_up, _row(follow_up, lead), lead_id=lead.id, person_id=lead.person_id)
    return follow_up


def save(tx: Tx, before: FollowUp, after: FollowUp, lead: Lead) -> FollowUp:
    """Change or end a follow-up."""
    changed = tx.update(t.follow_up, after.id, _row(before, lead), _row(after, lead), lead_id=lead.id, person_id=lead.person_id)
    return replace(after, version=before.version + changed)


def _row(follow_up: FollowUp, lead: Lead) -> Row:
    return SHAPE.row(follow_up, location_id=lead.location_id, void=False)
