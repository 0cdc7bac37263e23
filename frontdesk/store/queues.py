"""The work queue: its first leads, each group in its order from an index; `domain.queue.key` says what the order is (workflows.md section 6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, bindparam, exists, false, func, or_, select, true, union_all

from frontdesk.domain.queue import MISSED_CHANNELS, Entry, Group, key
from frontdesk.domain.records import StaffId
from frontdesk.store import tables as t
from frontdesk.store.tx import Tx

PAGE = 100

_lead, _activity = t.lead, t.activity
_earlier = _activity.alias("earlier")
_unsettled = exists().where(_activity.c.lead_id == _lead.c.id, t.UNSETTLED).correlate(_lead)
_first_unsettled = ~exists().where(
    _earlier.c.lead_id == _activity.c.lead_id,
    _earlier.c.unsettled.is_not(false()),
    _earlier.c.void.is_(false()),
    or_(_earlier.c.at < _activity.c.at, and_(_earlier.c.at == _activity.c.at, _earlier.c.id < _activity.c.id)),
)
_was_missed = or_(*(_activity.c.channel == channel for channel in sorted(MISSED_CHANNELS)))
_FREE = and_(t.WORKED, _lead.c.handed_at.is_(None), _lead.c.pending.is_(false()), ~_unsettled)
"""Open and in none of the first three groups."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Everybody's queue, or one colleague's: theirs and what belongs to nobody."""

    owner: StaffId | None = None


EVERYBODY = Whose()


def first(
    tx: Tx, groups: Sequence[Group], *, now: datetime, end_of_day: datetime | None = None, whose: Whose = EVERYBODY, limit: int = PAGE
) -> list[Entry]:
    """The first leads of these groups in the order of work; `end_of_day` is the first instant of tomorrow in the practice, for those of later today."""
    values = {"now": now, "end_of_day": end_of_day, "owner": whose.owner, "most": limit}
    known = _EVERYBODYS if whose.owner is None else _MINE
    asked = [group for group in groups if group in known]
    answers = tx.rows_together(*((known[group], values) for group in asked))
    return [entry for group, rows in zip(asked, answers, strict=True) for entry in _in_order(group, rows)][:limit]


def _in_order(group: Group, rows: list[tuple[Any, ...]]) -> list[Entry]:
    return sorted([Entry(lead_id, group, *rest) for lead_id, *rest in rows], key=key)


class _Range(NamedTuple):
    """Leads in the order of an index: everybody's, and one colleague's in as many parts as the index has for them."""

    everybodys: Select[Any]
    mine: tuple[Select[Any], ...]


def _walked(select_leads: Select[Any]) -> _Range:
    """A list that is short for everybody together: it is walked through, and the owner only compared."""
    owner = func.coalesce(_lead.c.owner_id, 0)
    return _Range(select_leads, (select_leads.where(or_(owner == bindparam("owner"), owner == 0)),))


def _leads(at: ColumnElement[Any], *where: ColumnElement[bool], first: tuple[ColumnElement[Any], ...] = ()) -> Select[Any]:
    found = select(_lead.c.id, at.label("at"), _lead.c.important, false().label("after_hours"))
    return found.where(*where).order_by(*first, at, _lead.c.id).limit(bindparam("most"))


def _looked_up(select_leads: Select[Any]) -> _Range:
    """A list of any length: the owner is looked up in its index."""
    mine, nobodys = (select_leads.where(each) for each in (_lead.c.owner_id == bindparam("owner"), _lead.c.owner_id.is_(None)))
    return _Range(select_leads.where(t.HINT), (mine, nobodys))


def _outside(where: ColumnElement[bool], *first: ColumnElement[Any]) -> Select[Any]:
    """Open leads with the oldest contact from outside that nobody has dealt with."""
    return (
        select(_lead.c.id, _activity.c.at, _lead.c.important, _activity.c.after_hours if first else false().label("after_hours"))
        .join_from(_activity, _lead, _lead.c.id == _activity.c.lead_id)
        .where(t.UNSETTLED, t.WORKED, _first_unsettled, where)
        .order_by(*(each.desc() for each in first), _activity.c.at, _lead.c.id)
        .limit(bindparam("most"))
    )


def _follow_ups(*where: ColumnElement[bool]) -> tuple[_Range, _Range]:
    """The important ones and the others, each in its range of the index."""
    due = _lead.c.next_follow_up
    important, others = (
        _looked_up(_leads(due, _FREE, due.is_not(None), *where, _lead.c.important == is_so)) for is_so in (true(), false())
    )
    return important, others


def _together(statements: Iterable[Select[Any]]) -> Select[Any] | CompoundSelect[Any]:
    first, *others = (select(each.subquery()) for each in statements)
    return union_all(first, *others) if others else first


_RANGES = {
    # the telephone tells who is calling now, not the database
    Group.VOICEMAILS: (_walked(_outside(_was_missed, _activity.c.after_hours)),),
    Group.HANDED: (
        _walked(_outside(~_was_missed)),
        _walked(_leads(_lead.c.handed_at, t.WORKED, _lead.c.handed_at.is_not(None), ~_unsettled)),
        _walked(_leads(_lead.c.came_back_at, t.SHOWN, _lead.c.outcome != t.OPEN, _lead.c.came_back_at.is_not(None))),
    ),
    Group.NEW: (_looked_up(_leads(_lead.c.created_at, t.UNTOUCHED, _FREE, first=(_lead.c.important.desc(),))),),
    Group.DUE: _follow_ups(_lead.c.next_follow_up <= bindparam("now")),
    Group.LATER_TODAY: _follow_ups(_lead.c.next_follow_up > bindparam("now"), _lead.c.next_follow_up < bindparam("end_of_day")),
}
_EVERYBODYS = {group: _together(each.everybodys for each in ranges) for group, ranges in _RANGES.items()}
_MINE = {group: _together(part for each in ranges for part in each.mine) for group, ranges in _RANGES.items()}
