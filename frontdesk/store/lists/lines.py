"""What a line of a list says, a page of lines at a time."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal_column, select, type_coerce

from frontdesk.domain.lines import LeadLine
from frontdesk.domain.records import ActivityKind, LeadId
from frontdesk.domain.workflow import Outcome, Stage
from frontdesk.store import tables as t
from frontdesk.store.dialects import in_one_cell, word_of
from frontdesk.store.tx import Tx, one_of

_lead, _person, _point, _activity = t.lead, t.person, t.contact_point, t.activity
_TOUCHES = (ActivityKind.ATTEMPT, ActivityKind.CONTACT, ActivityKind.INBOUND)


_shown = case((_point.c.kind == literal_column("'email'"), _point.c.canonical), else_=_point.c.typed)
_COLUMNS: Mapping[str, ColumnElement[Any]] = MappingProxyType(
    {name: table.c[name] for table in (_person, _lead) for name in LeadLine._fields if name in table.c}
    | {name: _lead.c[f"{name}_at"] for name in ("created", "booked", "won", "lost")}
    | {
        "reached": select(in_one_cell(_point.c.kind + literal_column("':'") + _shown, str, _point.c.position, _point.c.id))
        .where(_point.c.person_id == _lead.c.person_id, t.LIVE_POINT)
        .correlate(_lead)
        .scalar_subquery(),
        "stage": type_coerce(_lead.c.stage, word_of(Stage)),
        "outcome": type_coerce(_lead.c.outcome, word_of(Outcome)),
        "appointment": select(func.min(t.appointment.c.starts))
        .where(t.appointment.c.lead_id == _lead.c.id, t.COMING)
        .correlate(_lead)
        .scalar_subquery(),
        "last_contact": select(_activity.c.at)
        .where(
            _activity.c.lead_id == _lead.c.id,
            _activity.c.kind.in_(literal_column(f"'{kind}'") for kind in _TOUCHES),
            _activity.c.void.is_(False),
        )
        .order_by(_activity.c.at.desc())
        .limit(literal_column("1"))
        .correlate(_lead)
        .scalar_subquery(),
    }
)
_LINES = (
    select(*(_COLUMNS[name] for name in LeadLine._fields))
    .join_from(_lead, _person, _person.c.id == _lead.c.person_id)
    .where(one_of(_lead.c.id, "ids"), t.LIVE)
)
"""The fields of a line in their order, so that a row is a line."""


def lines(tx: Tx, ids: list[LeadId] | array[int]) -> list[LeadLine]:
    """The lines of these leads, in this order; one that is gone meanwhile is left out."""
    wanted = list(ids)
    if not wanted:
        return []
    found = {row[0]: row for row in tx.rows(_LINES, ids=wanted)}
    return [LeadLine._make(found[each]) for each in wanted if each in found]
