"""Giving-up clocks that have run out: found by the due instant, claimed so that each is applied once, whichever desk notices it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, func, select

from frontdesk.domain.records import LeadId
from frontdesk.store import tables as t
from frontdesk.store.tx import Tx

_DUE = (
    select(t.lead.c.id)
    .where(t.lead.c.timer_due.is_not(None), t.lead.c.timer_due <= bindparam("now"), t.LIVE)
    .order_by(t.lead.c.timer_due, t.lead.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_NEXT = select(func.min(t.lead.c.timer_due)).where(t.lead.c.timer_due.is_not(None), t.LIVE)


def due(tx: Tx, now: datetime, limit: int = 500) -> list[LeadId]:
    """Leads whose clock has run out, the longest overdue first; on a shared database each desk gets others (the lock ends with the transaction)."""
    return [row[0] for row in tx.rows(_DUE, now=now, most=limit)]


def next_due(tx: Tx) -> datetime | None:
    """When the next clock runs out."""
    found: datetime | None = tx.value(_NEXT)
    return found
