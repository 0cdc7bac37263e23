"""The leads of a list in their order: all ids in one cell, or the first few lines."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select

from frontdesk.domain.lines import SORTS, Filter, LeadLine, Sort
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import LeadId
from frontdesk.store import tables as t
from frontdesk.store.dialects import in_one_cell
from frontdesk.store.lists.conditions import Shape, asked, conditions, is_indexed
from frontdesk.store.lists.lines import lines
from frontdesk.store.tx import Tx

_ALL = 2_000_000_000
_lead = t.lead
_COLUMNS: Mapping[str, ColumnElement[Any]] = MappingProxyType(
    {
        "name": _lead.c.sort_name,
        "created": _lead.c.created_at,
        "booked": _lead.c.booked_at,
        "won": _lead.c.won_at,
        "lost": _lead.c.lost_at,
        "source": t.source.c.label,
        "campaign": t.campaign.c.label,
        "owner": t.staff.c.name,
        "status": t.status.c.position,
        "postal_code": func.nullif(t.person.c.postal_code, ""),
    }
    | {name: _lead.c[name] for name in SORTS if name in _lead.c and name not in {"status"}}
)
_JOINS = MappingProxyType(
    {
        "postal_code": (t.person, t.person.c.id == _lead.c.person_id),
        "source": (t.source, t.source.c.id == _lead.c.source_id),
        "campaign": (t.campaign, t.campaign.c.id == _lead.c.campaign_id),
        "owner": (t.staff, t.staff.c.id == _lead.c.owner_id),
        "status": (t.status, and_(t.status.c.workflow == _lead.c.workflow, t.status.c.key == _lead.c.status)),
    }
)


def lead_ids(tx: Tx, which: Filter, sort: Sort) -> array[int]:
    """Every lead of a list in its order, 8 bytes each: a million in about a second, off the GUI thread.

    Raises:
        Refused: `sort_unknown`.
    """
    shape, values = asked(tx, which)
    found = array("q")
    for with_value in _passes(sort):
        found.extend(tx.value(_as_one_cell(_ordered(shape, sort, with_value=with_value, whole=True)), **values, most=_ALL))
    return found


def first(tx: Tx, which: Filter, sort: Sort, limit: int = 100) -> list[LeadLine]:
    """The first lines of a list; from an index where one of the lists that everybody opens is asked for (W3)."""
    shape, values = asked(tx, which)
    ids: list[LeadId] = []
    for with_value in _passes(sort):
        if len(ids) < limit:
            ids += [row[0] for row in tx.rows(_ordered(shape, sort, with_value=with_value), **values, most=limit - len(ids))]
    return lines(tx, ids)


@lru_cache(maxsize=512)
def _ordered(shape: Shape, sort: Sort, *, with_value: bool, whole: bool = False) -> Select[Any]:
    """The ids of a list in order, those that have a value to sort by or those that have none: so an index gives the order, nulls last."""
    column = _COLUMNS[sort.by]
    if with_value and sort.by == "next_follow_up" and "open" not in shape:
        shape += ("open",)  # only open leads have one, and so says the index
    by = "" if not with_value or (whole and sort.then) else sort.by  # no index holds a second column to sort by
    statement = _joined(select(_lead.c.id).where(*conditions(shape, indexed=is_indexed(shape, by, whole=whole))), sort)
    if not with_value:
        return statement.where(column.is_(None)).order_by(*_ends(sort.then, descending=True)).limit(bindparam("most"))
    ends = (column.desc() if sort.descending else column, *_ends(sort.then, descending=sort.descending))
    return (statement.where(column.is_not(None)) if _may_lack(sort.by) else statement).order_by(*ends).limit(bindparam("most"))


def _joined(statement: Select[Any], sort: Sort) -> Select[Any]:
    for by in dict.fromkeys(each.by for each in sort.orders()):
        if join := _JOINS.get(by):
            statement = statement.outerjoin_from(_lead, *join)
    return statement


def _ends(then: Sort | None, *, descending: bool) -> list[ColumnElement[Any]]:
    """What decides between leads that are alike so far: the further columns, what has no value last in each, and the id in the end."""
    ends: list[ColumnElement[Any]] = []
    for sort in then.orders() if then else ():
        column = _COLUMNS[sort.by]
        ends += [column.is_(None)] if _may_lack(sort.by) else []
        ends.append(column.desc() if sort.descending else column)
    return [*ends, _lead.c.id.desc() if descending else _lead.c.id]


def _passes(sort: Sort) -> tuple[bool, ...]:
    """First the leads that have a value to sort by, then those that have none."""
    if not {each.by for each in sort.orders()} <= set(SORTS):
        raise Refused("sort_unknown", "sort")
    return (True, False) if _may_lack(sort.by) else (True,)


def _may_lack(by: str) -> bool:
    """Whether a lead may have nothing in this column."""
    return by in _JOINS or bool(getattr(_COLUMNS[by], "nullable", True))


@lru_cache(maxsize=512)
def _as_one_cell(statement: Select[Any]) -> Select[Any]:
    found = statement.subquery()
    return select(in_one_cell(found.c.id, int)).select_from(found)
