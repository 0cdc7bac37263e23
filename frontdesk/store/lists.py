"""Lists of leads at any size: the whole sorted id list in one cell, pages of lines by id, the first few by index, and counts with a cap."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, Text, and_, bindparam, cast, false, func, or_, select

from frontdesk.domain.lines import SORTS, Filter, LeadLine, Sort
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import LeadId
from frontdesk.domain.workflow import Outcome, Stage
from frontdesk.store import search
from frontdesk.store import tables as t
from frontdesk.store.tx import Tx, one_of

CAP = 10_000
"""Counts go no further; the screen says "10,000+"."""
_ALL = 2_000_000_000
_SELECTIVE = frozenset(("created", "booked", "won", "next_follow_up", "status=", "stage=", "text", "import_id="))
_IN_ORDER = frozenset(("name", "created", "booked", "won", "next_follow_up"))
_MOST_BY_TEXT = 20_000

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
    }
    | {name: _lead.c[name] for name in SORTS if name in _lead.c and name not in {"status"}}
)
_JOINS = MappingProxyType(
    {
        "source": (t.source, t.source.c.id == _lead.c.source_id),
        "campaign": (t.campaign, t.campaign.c.id == _lead.c.campaign_id),
        "owner": (t.staff, t.staff.c.id == _lead.c.owner_id),
        "status": (t.status, and_(t.status.c.workflow == _lead.c.workflow, t.status.c.key == _lead.c.status)),
    }
)
_CHOICES = MappingProxyType(
    {name: _lead.c[name] for name in ("workflow", "status", "stage", "outcome", "reason", "channel", "category", "import_id")}
    | {name: _lead.c[f"{name}_id"] for name in ("owner", "source", "campaign", "location")}
)
_SPANS = MappingProxyType(
    {name: _lead.c[f"{name}_at"] for name in ("created", "booked", "won", "lost")} | {"next_follow_up": _lead.c.next_follow_up}
)


def lead_ids(tx: Tx, which: Filter, sort: Sort) -> array[int]:
    """Every lead of a list in its order, 8 bytes each: a million in about a second, off the GUI thread.

    Raises:
        Refused: `sort_unknown`.
    """
    shape, values = _asked(tx, which)
    found = array("q")
    for with_value in _passes(sort):
        text = tx.value(_as_one_cell(_ordered(shape, sort, with_value=with_value, whole=True), local=tx.is_local), **values, most=_ALL)
        found.extend(msgspec.json.decode(text or "[]", type=list[int]))
    return found


def first(tx: Tx, which: Filter, sort: Sort, limit: int = 100) -> list[LeadLine]:
    """The first lines of a list; from an index where one of the lists that everybody opens is asked for (W3)."""
    shape, values = _asked(tx, which)
    ids: list[LeadId] = []
    for with_value in _passes(sort):
        if len(ids) < limit:
            ids += [row[0] for row in tx.rows(_ordered(shape, sort, with_value=with_value), **values, most=limit - len(ids))]
    return lines(tx, ids)


def count(tx: Tx, which: Filter, cap: int = CAP) -> int:
    """How many leads a list has; `cap + 1` means more than `cap`."""
    shape, values = _asked(tx, which)
    return int(tx.value(_counting(shape), **values, most=cap + 1))


def counts_by_status(tx: Tx, workflow: str, statuses: tuple[str, ...], cap: int = CAP) -> dict[str, int]:
    """How many leads are in each status, each up to `cap + 1`, from the index."""
    asked = [(_counting(("status=", "workflow=")), {"status": each, "workflow": workflow, "most": cap + 1}) for each in statuses]
    return {each: int(rows[0][0]) for each, rows in zip(statuses, tx.rows_together(*asked), strict=True)}


def counts_by_stage(tx: Tx, cap: int = CAP) -> dict[Stage, int]:
    """How many leads are in each effective stage, each up to `cap + 1`, from the index."""
    asked = [(_counting(("stage=",)), {"stage": each, "most": cap + 1}) for each in Stage]
    return {each: int(rows[0][0]) for each, rows in zip(Stage, tx.rows_together(*asked), strict=True)}


# ----------------------------------------------------------------------------------------------------------------- lines

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


# ------------------------------------------------------------------------------------------------------------ statements

_Shape = tuple[str, ...]


def _asked(tx: Tx, which: Filter) -> tuple[_Shape, dict[str, Any]]:
    """What kind of question it is (a statement is built once for each kind), and the values for it."""
    values: dict[str, Any] = {}
    shape = ["archived"] if which.archived else []
    shape += [_choice(name, chosen, values) for name in _CHOICES if (chosen := getattr(which, name))]
    shape += _spans(which, values)
    if "open" not in shape and not {"next_follow_up_from", "next_follow_up_to"}.isdisjoint(values):
        shape.append("open")  # only open leads have one, and so says the index
    for name in ("important", "pending"):
        if (wanted := getattr(which, name)) is not None:
            shape.append(name if wanted else f"not {name}")
    if which.text.strip():
        values["people"] = search.matching(tx, which.text, most=_MOST_BY_TEXT)
        shape.append("text")
    return tuple(shape), values


def _choice(name: str, chosen: tuple[Any, ...], values: dict[str, Any]) -> str:
    """One value is compared, so that an index on the column also gives the order; several are looked up."""
    if chosen == (None,):
        return f"{name}!"
    if chosen == (Outcome.OPEN,):
        return "open"
    if len(chosen) == 1:
        values[name] = chosen[0]
        return f"{name}="
    values[name] = [each for each in chosen if each is not None]
    return f"{name}?" if None in chosen else name


def _spans(which: Filter, values: dict[str, Any]) -> list[str]:
    found = [f"{name}_{end}" for name in _SPANS for end in ("from", "to") if getattr(which, f"{name}_{end}") is not None]
    values.update({name: getattr(which, name) for name in found})
    return found


@lru_cache(maxsize=512)
def _ordered(shape: _Shape, sort: Sort, *, with_value: bool, whole: bool = False) -> Select[Any]:
    """The ids of a list in order, those that have a value to sort by or those that have none: so an index gives the order, nulls last."""
    column = _COLUMNS[sort.by]
    if with_value and sort.by == "next_follow_up" and "open" not in shape:
        shape += ("open",)  # only open leads have one, and so says the index
    statement = select(_lead.c.id).where(*_conditions(shape, indexed=_is_indexed(shape, sort.by if with_value else "", whole=whole)))
    if join := _JOINS.get(sort.by):
        statement = statement.outerjoin_from(_lead, *join)
    if not with_value:
        return statement.where(column.is_(None)).order_by(_lead.c.id.desc()).limit(bindparam("most"))
    ends = (column.desc(), _lead.c.id.desc()) if sort.descending else (column, _lead.c.id)
    return (statement.where(column.is_not(None)) if _may_lack(sort.by) else statement).order_by(*ends).limit(bindparam("most"))


def _passes(sort: Sort) -> tuple[bool, ...]:
    """First the leads that have a value to sort by, then those that have none."""
    if sort.by not in SORTS:
        raise Refused("sort_unknown", "sort")
    return (True, False) if _may_lack(sort.by) else (True,)


def _may_lack(by: str) -> bool:
    """Whether a lead may have nothing in this column."""
    return by in _JOINS or bool(getattr(_COLUMNS[by], "nullable", True))


@lru_cache(maxsize=512)
def _as_one_cell(statement: Select[Any], *, local: bool) -> Select[Any]:
    """All ids as one JSON text: a million tuples would cost ten times the memory."""
    found = statement.subquery()
    return select(func.json_group_array(found.c.id)) if local else select(cast(func.json_agg(found.c.id), Text))


@lru_cache(maxsize=512)
def _counting(shape: _Shape) -> Select[Any]:
    return select(func.count()).select_from(select(_lead.c.id).where(*_conditions(shape)).limit(bindparam("most")).subquery())


def _is_indexed(shape: _Shape, by: str, *, whole: bool) -> bool:
    """Whether an index finds few leads, gives the first ones in order, or has all that a whole list needs."""
    names = {part.removesuffix("_from").removesuffix("_to") for part in shape}
    if not _SELECTIVE.isdisjoint(names) or {"open", "owner="} <= names:
        return True
    covers = names <= {"open"} and (by == "next_follow_up" or not names)
    return by in _IN_ORDER and (covers or not whole)


def _conditions(shape: _Shape, *, indexed: bool = True) -> list[ColumnElement[bool]]:
    """Without an index to use, `void` is asked for in other words than the indexes are made with: reading the whole table in order is faster."""
    if "archived" in shape:
        shown: tuple[ColumnElement[bool], ...] = (t.LIVE, _lead.c.archived_at.is_not(None))
    else:
        shown = (t.SHOWN,) if indexed else (_lead.c.void == false(), _lead.c.archived_at.is_(None))
    if "open" in shape and "owner=" in shape:
        shown += (t.HINT,)
    return [*shown, *(_condition(part) for part in shape if part != "archived")]


def _condition(part: str) -> ColumnElement[bool]:
    if (name := part.rstrip("?!=")) in _CHOICES:
        return _chosen(_CHOICES[name], name, part[len(name) :])
    if part == "open":
        return _lead.c.outcome == t.OPEN
    if part == "text":
        return one_of(_lead.c.person_id, "people")
    if part.endswith(("_from", "_to")):
        column, _, end = part.rpartition("_")
        return _SPANS[column] >= bindparam(part) if end == "from" else _SPANS[column] < bindparam(part)
    flag = _lead.c[part.removeprefix("not ")]
    return flag.is_(False) if part.startswith("not ") else flag.is_not(False)


def _chosen(column: ColumnElement[Any], name: str, how: str) -> ColumnElement[bool]:
    if how == "!":
        return column.is_(None)
    if how == "=":
        return column == bindparam(name)
    return or_(one_of(column, name), column.is_(None)) if how else one_of(column, name)
