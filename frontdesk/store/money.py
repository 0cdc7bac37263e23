"""Revenue of leads and expenses of sources and campaigns, in minor units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace
from sqlalchemy import bindparam, select, update

from frontdesk.domain.records import Expense, Lead, LeadId, LocationId, Revenue
from frontdesk.store import tables as t
from frontdesk.store.shapes import Row, Shape
from frontdesk.store.tx import Tx, follows, one_of

SHAPE = Shape(Revenue, t.revenue)
_EXPENSE = Shape(Expense, t.expense)
OF_LEAD = (
    select(*SHAPE.columns)
    .where(t.revenue.c.lead_id == bindparam("lead_id"), t.revenue.c.void.is_(False))
    .order_by(t.revenue.c.received_on, t.revenue.c.id)
)
_OF_LEADS = (
    select(*SHAPE.columns)
    .where(one_of(t.revenue.c.lead_id, "ids"), t.revenue.c.void.is_(False))
    .order_by(t.revenue.c.received_on, t.revenue.c.id)
)
_EXPENSES = (
    select(*_EXPENSE.columns)
    .where(t.expense.c.month >= bindparam("first"), t.expense.c.month <= bindparam("last"), t.expense.c.void.is_(False))
    .order_by(t.expense.c.month, t.expense.c.id)
)
_RAISE = update(t.lead).where(t.lead.c.id == bindparam("of_lead")).values(revenue=t.lead.c.revenue + bindparam("more"))


def of_lead(tx: Tx, lead_id: LeadId) -> tuple[Revenue, ...]:
    """What a lead has paid, by day."""
    return tuple(SHAPE.record(row) for row in tx.rows(OF_LEAD, lead_id=lead_id))


def of_many(tx: Tx, ids: list[LeadId]) -> dict[LeadId, list[Revenue]]:
    """What several leads have paid, by day."""
    found: dict[LeadId, list[Revenue]] = {}
    for row in tx.rows(_OF_LEADS, ids=ids):
        found.setdefault((each := SHAPE.record(row)).lead_id, []).append(each)
    return found


def add(tx: Tx, revenue: Revenue, lead: Lead) -> Revenue:
    """Record money received from a lead."""
    revenue = replace(revenue, id=tx.new_id(), lead_id=lead.id, version=1)
    tx.insert(t.revenue, _row(revenue, lead), lead_id=lead.id, person_id=lead.person_id)
    return revenue


def save(tx: Tx, before: Revenue, after: Revenue, lead: Lead) -> Revenue:
    """Correct an amount, its day or its note."""
    changed = tx.update(t.revenue, after.id, _row(before, lead), _row(after, lead), lead_id=lead.id, person_id=lead.person_id)
    return replace(after, version=before.version + changed)


def expenses(tx: Tx, first: object, last: object) -> tuple[Expense, ...]:
    """What sources and campaigns cost in these months (first days, both ends included)."""
    return tuple(_EXPENSE.record(row) for row in tx.rows(_EXPENSES, first=first, last=last))


def add_expense(tx: Tx, expense: Expense, location_id: LocationId | None = None) -> Expense:
    """Record what a source or campaign cost in a month."""
    expense = replace(expense, id=tx.new_id(), version=1)
    tx.insert(t.expense, _EXPENSE.row(expense, location_id=location_id, void=False))
    return expense


def _row(revenue: Revenue, lead: Lead) -> Row:
    return SHAPE.row(revenue, location_id=lead.location_id)


def counted(row: Mapping[str, Any] | None) -> int:
    """What a revenue row adds to its lead: nothing when it is new or taken back."""
    return 0 if row is None or row["void"] else int(row["amount"])


@follows("revenue")
def _keep_sum(tx: Tx, row_id: int, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> None:
    """Keep the lead's sum, so that a list can be sorted by it."""
    more = counted(after) - counted(before)
    if more:
        tx.write(_RAISE, of_lead=after["lead_id"], more=more)
