"""Kept totals by office, local day, source and owner: every write of a lead or of money leaves its difference, applied once at the end.

A lead counts on the day it was created, with how far it got; what happened on a day itself (`…_then`) counts on that day. Excluded,
pending and taken-back leads count nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from frontdesk.domain.records import LeadId
from frontdesk.domain.workflow import DEPTHS, Outcome, Stage
from frontdesk.store import tables as t
from frontdesk.store.money import counted
from frontdesk.store.tx import Tx, follows, one_of

MEASURES = (*t.MEASURES, "revenue", "revenue_then")
_PLACE = {name: place for place, name in enumerate(MEASURES)}
_REACHED = MappingProxyType({"worked": Stage.FOLLOW_UP, "booked": Stage.BOOKED, "seen": Stage.SEEN, "won": Stage.WON})


class Key(NamedTuple):
    """Where something counts; no source or owner is 0."""

    location_id: int
    day: date
    source_id: int
    owner_id: int


Sums = defaultdict[Key, list[int]]


def _sums() -> Sums:
    return defaultdict(lambda: [0] * len(MEASURES))


_KEYS = (t.total.c.location_id, t.total.c.day, t.total.c.source_id, t.total.c.owner_id)
_STORED = select(*_KEYS, *(t.total.c[name] for name in MEASURES)).order_by(*_KEYS)
_EMPTY = delete(t.total)
_VALUES: dict[str, Any] = {column.name: bindparam(column.name, type_=column.type) for column in t.total.c}
_ADD = insert(t.total).values(_VALUES)


def _upsert(dialect: Any) -> Any:
    adding = dialect.insert(t.total).values(_VALUES)
    more = {name: t.total.c[name] + adding.excluded[name] for name in MEASURES}
    return adding.on_conflict_do_update(index_elements=list(_KEYS), set_=more)


_ADD_UP = MappingProxyType({"sqlite": _upsert(sqlite), "postgresql": _upsert(postgresql)})
_COUNTED = tuple(
    t.lead.c[name]
    for name in (
        "location_id",
        "created_day",
        "booked_day",
        "won_day",
        "source_id",
        "owner_id",
        "outcome",
        "stage",
        "furthest",
        "pending",
        "void",
    )
)
_NAMES = tuple(column.name for column in _COUNTED)
_OF_LEADS = select(t.lead.c.id, *_COUNTED).where(one_of(t.lead.c.id, "ids"))
_PAID = (
    select(t.revenue.c.lead_id, t.revenue.c.received_on, func.sum(t.revenue.c.amount))
    .where(t.revenue.c.void.is_(False))
    .group_by(t.revenue.c.lead_id, t.revenue.c.received_on)
)
_PAID_BY_LEADS = _PAID.where(one_of(t.revenue.c.lead_id, "ids"))
_EVERY_LEAD = select(*_COUNTED, func.count()).group_by(*_COUNTED)
_EVERY_PAYMENT = (
    select(*_COUNTED, t.revenue.c.received_on, func.sum(t.revenue.c.amount))
    .join_from(t.revenue, t.lead, t.lead.c.id == t.revenue.c.lead_id)
    .where(t.revenue.c.void.is_(False))
    .group_by(*_COUNTED, t.revenue.c.received_on)
)

# ------------------------------------------------------------------------------------------------------- kept by itself


@follows("lead")
def _lead_written(tx: Tx, row_id: int, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> None:
    changes = _changes(tx)
    if before is not None:
        _count(changes.sums, before, -1)
    _count(changes.sums, after, 1)
    if before is not None and _place(before) != _place(after):
        changes.moved.setdefault(row_id, before)


@follows("revenue")
def _money_written(tx: Tx, row_id: int, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> None:
    paid = _changes(tx).paid
    for row, sign in ((before, -1), (after, 1)):
        if row is not None:
            paid[row["lead_id"], row["received_on"]] += sign * counted(row)


class _Changes(NamedTuple):
    """What a transaction has changed so far: measures, money by lead and day, and leads that count elsewhere now (as they were first)."""

    sums: Sums
    paid: defaultdict[tuple[LeadId, date], int]
    moved: dict[LeadId, Mapping[str, Any]]


def _changes(tx: Tx) -> _Changes:
    tx.at_end("totals", _apply)
    found: _Changes = tx.kept.setdefault("totals", _Changes(_sums(), defaultdict(int), {}))
    return found


def _apply(tx: Tx) -> None:
    """Add all differences up, in the order of the keys, so that two desks never wait for each other in a circle."""
    changes: _Changes = tx.kept.pop("totals")
    if changes.paid or changes.moved:
        _move_money(tx, changes)
    rows = [_row(key, sums) for key, sums in sorted(changes.sums.items()) if any(sums)]
    tx.write_many(_ADD_UP[tx.dialect.name], rows)


def _move_money(tx: Tx, changes: _Changes) -> None:
    """Money counts where its lead counts: what was paid before goes from the old place, all that is paid now comes to the new one."""
    ids = list({lead_id for lead_id, _ in changes.paid} | changes.moved.keys())
    leads, payments = tx.rows_together((_OF_LEADS, {"ids": ids}), (_PAID_BY_LEADS, {"ids": ids}))
    now = {row[0]: dict(zip(_NAMES, row[1:], strict=True)) for row in leads}
    paid_now = {(lead_id, day): int(amount) for lead_id, day, amount in payments}
    for lead_id, day in paid_now.keys() | changes.paid.keys():
        amount = paid_now.get((lead_id, day), 0)
        _count_money(changes.sums, changes.moved.get(lead_id, now[lead_id]), day, changes.paid.get((lead_id, day), 0) - amount)
        _count_money(changes.sums, now[lead_id], day, amount)


# ------------------------------------------------------------------------------------------------------------- recount


def differences(tx: Tx) -> list[Key]:
    """Where the kept totals are not what a recount says; empty in a sound database."""
    kept = {Key(*row[:4]): list(row[4:]) for row in tx.rows(_STORED) if any(row[4:])}
    counted_again = {key: sums for key, sums in _recount(tx).items() if any(sums)}
    return sorted(key for key in kept.keys() | counted_again.keys() if kept.get(key) != counted_again.get(key))


def rebuild(tx: Tx) -> None:
    """Throw the totals away and count again."""
    sums = _recount(tx)
    tx.write(_EMPTY)
    tx.write_many(_ADD, [_row(key, each) for key, each in sorted(sums.items()) if any(each)])


def _recount(tx: Tx) -> Sums:
    sums = _sums()
    for row in tx.rows(_EVERY_LEAD):
        _count(sums, dict(zip(_NAMES, row, strict=False)), int(row[-1]))
    for row in tx.rows(_EVERY_PAYMENT):
        _count_money(sums, dict(zip(_NAMES, row, strict=False)), row[-2], int(row[-1]))
    return sums


# ------------------------------------------------------------------------------------------------------ what counts where


def _counts(row: Mapping[str, Any]) -> bool:
    return not row["void"] and not row["pending"] and row["outcome"] != Outcome.EXCLUDED


def _place(row: Mapping[str, Any]) -> Key | None:
    return _key(row, row["created_day"]) if _counts(row) else None


def _key(row: Mapping[str, Any], day: date) -> Key:
    return Key(row["location_id"], day, row["source_id"] or 0, row["owner_id"] or 0)


def _count(sums: Sums, row: Mapping[str, Any], times: int) -> None:
    """Add a lead's measures so many times."""
    if not _counts(row):
        return
    reached = DEPTHS[Stage(row["furthest"])]
    names = ["created", *(name for name, stage in _REACHED.items() if reached >= DEPTHS[stage])]
    if row["outcome"] == Outcome.LOST:
        names.append("unqualified" if row["stage"] == Stage.NOT_QUALIFIED else "lost")
    _add(sums[_key(row, row["created_day"])], names, times)
    for day, name in ((row["booked_day"], "booked_then"), (row["won_day"], "won_then")):
        if day is not None:
            _add(sums[_key(row, day)], (name,), times)


def _count_money(sums: Sums, row: Mapping[str, Any], day: date, amount: int) -> None:
    if amount and _counts(row):
        _add(sums[_key(row, row["created_day"])], ("revenue",), amount)
        _add(sums[_key(row, day)], ("revenue_then",), amount)


def _add(sums: list[int], names: Iterable[str], amount: int) -> None:
    for name in names:
        sums[_PLACE[name]] += amount


def _row(key: Key, sums: list[int]) -> dict[str, Any]:
    return key._asdict() | dict(zip(MEASURES, sums, strict=True))
