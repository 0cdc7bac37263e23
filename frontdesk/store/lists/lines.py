"""What a line of a list says, a page of lines at a time."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, literal_column, select

from frontdesk.domain.lines import LeadLine
from frontdesk.domain.records import ActivityKind, LeadId
from frontdesk.domain.workflow import Outcome, Stage
from frontdesk.store import tables as t
from frontdesk.store.tx import Tx, one_of

_lead, _activity = t.lead, t.activity
_TOUCHES = (ActivityKind.ATTEMPT, ActivityKind.CONTACT, ActivityKind.INBOUND)
_LINE = (
    _lead.c.id,
    _lead.c.version,
    _lead.c.person_id,
    t.person.c.first_name,
    t.person.c.last_name,
    t.person.c.do_not_call,
    _lead.c.location_id,
    _lead.c.workflow,
    _lead.c.status,
    _lead.c.stage,
    _lead.c.outcome,
    _lead.c.status_since,
    _lead.c.attempts,
    _lead.c.next_follow_up,
    _lead.c.reason,
    _lead.c.created_at,
    _lead.c.booked_at,
    _lead.c.won_at,
    _lead.c.lost_at,
    _lead.c.owner_id,
    _lead.c.source_id,
    _lead.c.campaign_id,
    _lead.c.important,
    _lead.c.interest,
    _lead.c.estimate,
    _lead.c.revenue,
    _lead.c.channel,
    _lead.c.handed_at,
    _lead.c.came_back_at,
    select(func.min(t.appointment.c.starts)).where(t.appointment.c.lead_id == _lead.c.id, t.COMING).correlate(_lead).scalar_subquery(),
    select(func.max(_activity.c.at))
    .where(
        _activity.c.lead_id == _lead.c.id,
        _activity.c.kind.in_(literal_column(f"'{kind}'") for kind in _TOUCHES),
        _activity.c.void.is_(False),
    )
    .correlate(_lead)
    .scalar_subquery(),
    t.person.c.postal_code,
)
_LINES = select(*_LINE).join_from(_lead, t.person, t.person.c.id == _lead.c.person_id).where(one_of(_lead.c.id, "ids"), t.LIVE)
_point = t.contact_point
_POINTS = (
    select(_lead.c.id, _point.c.kind, _point.c.typed, _point.c.canonical)
    .join_from(_lead, _point, _point.c.person_id == _lead.c.person_id)
    .where(one_of(_lead.c.id, "ids"), t.LIVE_POINT)
    .order_by(_point.c.position, _point.c.id)
)


def lines(tx: Tx, ids: list[LeadId] | array[int]) -> list[LeadLine]:
    """The lines of these leads, in this order; one that is gone meanwhile is left out."""
    wanted = list(ids)
    if not wanted:
        return []
    rows, points = tx.rows_together((_LINES, {"ids": wanted}), (_POINTS, {"ids": wanted}))
    reached: dict[tuple[LeadId, str], list[str]] = {}
    for lead_id, kind, typed, canonical in points:
        reached.setdefault((lead_id, kind), []).append(canonical if kind == "email" else typed)
    found = {row[0]: _line(row, reached) for row in rows}
    return [found[each] for each in wanted if each in found]


def _line(row: tuple[Any, ...], reached: Mapping[tuple[LeadId, str], list[str]]) -> LeadLine:
    lead_id, version, person_id, given, family, *rest = row
    do_not_call, location_id, workflow, status, stage, outcome, *others = rest
    phones, emails = (tuple(reached.get((lead_id, kind), ())) for kind in ("phone", "email"))
    name = f"{given} {family}".strip()
    who = (lead_id, version, person_id, name, phones, emails, do_not_call)
    return LeadLine(*who, location_id, workflow, status, Stage(stage), Outcome(outcome), *others)
