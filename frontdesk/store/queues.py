"""The work queue: each group in its order from an index, a hundred at a time; `domain.queue.key` says what the order is (workflows.md section 6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, false, func, or_, select, true

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
_DUE = and_(_FREE, _lead.c.next_follow_up.is_not(None), _lead.c.next_follow_up <= bindparam("now"))


@dataclass(frozen=True, slots=True)
class Whose:
    """Everybody's queue, or one colleague's: theirs and what belongs to nobody."""

    owner: StaffId | None = None

    @property
    def parts(self) -> tuple[str, ...]:
        """The ranges of the indexes that it is made of."""
        return ("everybody",) if self.owner is None else ("mine", "nobody")


EVERYBODY = Whose()


def entries(tx: Tx, group: Group, *, now: datetime, end_of_day: datetime, whose: Whose = EVERYBODY, limit: int = PAGE) -> list[Entry]:
    """The first leads of one group in the order of work; `end_of_day` is the first instant of tomorrow in the practice."""
    values = {"now": now, "end_of_day": end_of_day, "owner": whose.owner, "most": limit}
    asked = [(statement, values) for part in whose.parts for statement in _STATEMENTS[group][part]]
    if not asked:
        return []
    found = (_ENTRY[group](group, row) for rows in tx.rows_together(*asked) for row in rows)
    return sorted({entry.lead_id: entry for entry in found}.values(), key=key)[:limit]


def _by_owner(select_leads: Select[Any], *, few: bool) -> dict[str, Select[Any]]:
    """The owner is looked up in the index, or (`few`) only compared, so that the short list is what is walked through."""
    owner = func.coalesce(_lead.c.owner_id, 0) if few else _lead.c.owner_id
    nobody = owner == 0 if few else owner.is_(None)
    return {
        "everybody": select_leads.where(t.HINT),
        "mine": select_leads.where(owner == bindparam("owner")),
        "nobody": select_leads.where(nobody),
    }


def _leads(
    at: ColumnElement[Any], *where: ColumnElement[bool], first: tuple[ColumnElement[Any], ...] = (), few: bool = False
) -> dict[str, Select[Any]]:
    found = select(_lead.c.id, at, _lead.c.important).where(*where).order_by(*first, at, _lead.c.id).limit(bindparam("most"))
    return _by_owner(found, few=few)


def _outside(*where: ColumnElement[bool]) -> dict[str, Select[Any]]:
    """Open leads with the oldest contact from outside that nobody has dealt with."""
    found = (
        select(_lead.c.id, _activity.c.at, _lead.c.important, _activity.c.after_hours)
        .join_from(_activity, _lead, _lead.c.id == _activity.c.lead_id)
        .where(t.UNSETTLED, t.WORKED, _first_unsettled, *where)
        .order_by(_activity.c.after_hours.desc(), _activity.c.at, _lead.c.id)
        .limit(bindparam("most"))
    )
    return _by_owner(found, few=True)


def _together(*statements: dict[str, Select[Any]]) -> MappingProxyType[str, tuple[Select[Any], ...]]:
    return MappingProxyType({part: tuple(each[part] for each in statements) for part in ("everybody", "mine", "nobody")})


_HANDED = _leads(_lead.c.handed_at, t.WORKED, _lead.c.handed_at.is_not(None), ~_unsettled, few=True)
_CAME_BACK = _leads(_lead.c.came_back_at, t.SHOWN, _lead.c.outcome != t.OPEN, _lead.c.came_back_at.is_not(None), few=True)
_WAITING = _leads(_lead.c.created_at, t.UNTOUCHED, _FREE, first=(_lead.c.important.desc(),))
_IMPORTANT, _OTHERS = _lead.c.important == true(), _lead.c.important == false()
_IMPORTANT_DUE = _leads(_lead.c.next_follow_up, _DUE, _IMPORTANT)
_OTHERS_DUE = _leads(_lead.c.next_follow_up, _DUE, _OTHERS)
_LATER = and_(
    _FREE, _lead.c.next_follow_up.is_not(None), _lead.c.next_follow_up > bindparam("now"), _lead.c.next_follow_up < bindparam("end_of_day")
)

_STATEMENTS = MappingProxyType(
    {
        Group.CALLING: _together(),  # the telephone tells who is calling now, not the database
        Group.VOICEMAILS: _together(_outside(_was_missed)),
        Group.HANDED: _together(_outside(~_was_missed), _HANDED, _CAME_BACK),
        Group.NEW: _together(_WAITING),
        Group.DUE: _together(_IMPORTANT_DUE, _OTHERS_DUE),
        Group.LATER_TODAY: _together(_leads(_lead.c.next_follow_up, _LATER, _IMPORTANT), _leads(_lead.c.next_follow_up, _LATER, _OTHERS)),
    }
)


def _plain(group: Group, row: tuple[Any, ...]) -> Entry:
    return Entry(row[0], group, row[1], bool(row[2]))


def _missed(group: Group, row: tuple[Any, ...]) -> Entry:
    return Entry(row[0], group, row[1], bool(row[2]), bool(row[3]))


_ENTRY: MappingProxyType[Group, Callable[[Group, tuple[Any, ...]], Entry]] = MappingProxyType(
    dict.fromkeys(Group, _plain) | {Group.VOICEMAILS: _missed}
)
