"""The lead as a row: read, added and saved with its version check; every change of status or stage leaves a status change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import replace
from sqlalchemy import bindparam, select, update

from frontdesk.domain.problems import Conflict, Refused
from frontdesk.domain.records import Lead, LeadId, PersonId, Stamps, StatusChange
from frontdesk.domain.workflow import Asks, Outcome, Stage
from frontdesk.store import locations, workflows
from frontdesk.store import tables as t
from frontdesk.store.shapes import Row, Shape
from frontdesk.store.tx import Tx, follows, one_of

_SHAPE = Shape(Lead, t.lead, enums={"stage": Stage, "furthest": Stage, "outcome": Outcome}, without=("stamps",))
_STAMPS = Stamps.__struct_fields__
_STAMP_COLUMNS = tuple(t.lead.c[f"{name}_at"] for name in _STAMPS)
COLUMNS = (*_SHAPE.columns, *_STAMP_COLUMNS)
CHANGE = Shape(StatusChange, t.status_change, enums={"from_stage": Stage, "to_stage": Stage}, renamed={"by": "staff_id"})
_BY_ID = select(*COLUMNS).where(t.lead.c.id == bindparam("lead_id"), t.LIVE)
_BY_IDS = select(*COLUMNS).where(one_of(t.lead.c.id, "ids"), t.LIVE)
_OF_PERSON = select(*COLUMNS).where(t.lead.c.person_id == bindparam("person_id"), t.LIVE).order_by(t.lead.c.created_at.desc(), t.lead.c.id)

_change = t.status_change
_later = _change.alias("later")
_OPEN_ENDED = (
    update(_change)
    .where(
        _change.c.lead_id == bindparam("of_lead"), _change.c.until.is_(None), _change.c.void.is_(False), _change.c.id != bindparam("new_id")
    )
    .values(until=bindparam("ended"))
)
_next = (
    select(_later.c.since)
    .where(_later.c.lead_id == _change.c.lead_id, _later.c.void.is_(False), _later.c.id > _change.c.id)
    .order_by(_later.c.id)
    .limit(1)
    .scalar_subquery()
)
_ALL_UNTIL = update(_change).where(one_of(_change.c.lead_id, "leads"), _change.c.void.is_(False)).values(until=_next)
_NAMED = (
    update(t.lead)
    .where(one_of(t.lead.c.id, "ids"))
    .values(sort_name=select(t.person.c.sort_name).where(t.person.c.id == t.lead.c.person_id).scalar_subquery())
)
_RENAMED = update(t.lead).where(t.lead.c.person_id == bindparam("of_person")).values(sort_name=bindparam("new_name"))
_MOVED_WITH_LEAD = tuple(
    update(table).where(table.c.lead_id == bindparam("of_lead")).values(location_id=bindparam("new_location"))
    for table in (t.activity, t.status_change, t.follow_up, t.appointment, t.revenue)
)


def record(row: tuple[Any, ...]) -> Lead:
    """The lead in a row of `COLUMNS`."""
    plain = len(_SHAPE.columns)
    return _SHAPE.record(row[:plain], stamps=Stamps(*row[plain:]))


def get(tx: Tx, lead_id: LeadId, version: int | None = None) -> Lead:
    """One lead.

    Raises:
        Refused: `lead_unknown`.
        Conflict: `changed_elsewhere`, when `version` is given and is not the present one.
    """
    row = tx.row(_BY_ID, lead_id=lead_id)
    if row is None:
        raise Refused("lead_unknown", "lead")
    lead = record(row)
    check_version(lead, version)
    return lead


def check_version(lead: Lead, version: int | None) -> None:
    """Refuse to work on a lead that somebody changed since it was shown."""
    if version is not None and version != lead.version:
        raise Conflict("changed_elsewhere", table="lead", row=lead.id)


def of_ids(tx: Tx, ids: list[LeadId]) -> dict[LeadId, Lead]:
    """Several leads at once, by id."""
    return {row[0]: record(row) for row in tx.rows(_BY_IDS, ids=ids)}


def of_person(tx: Tx, person_id: PersonId) -> tuple[Lead, ...]:
    """All enquiries of a person, newest first."""
    return tuple(record(row) for row in tx.rows(_OF_PERSON, person_id=person_id))


def add(tx: Tx, lead: Lead) -> Lead:
    """A new lead, with its first status change."""
    lead = lead if lead.id and lead.version == 1 else replace(lead, id=lead.id or tx.new_id(), version=1)
    known = tx.kept.get(f"sort_name:{lead.person_id}")
    tx.insert(t.lead, row(tx, lead) | ({} if known is None else {"sort_name": known}), lead_id=lead.id, person_id=lead.person_id)
    _note_status(tx, None, lead, lead.status_since)
    return lead


def save(tx: Tx, before: Lead, after: Lead, since: datetime | None = None) -> Lead:
    """Write what differs, if nobody else has written since `before` was read; `since` is the fact's time of a change of status or stage."""
    changed = tx.update(t.lead, after.id, row(tx, before), row(tx, after), lead_id=after.id, person_id=after.person_id)
    if before.status != after.status:
        _note_status(tx, before, after, since or after.status_since)
    elif before.stage is not after.stage:
        _note_status(tx, before, after, since or tx.now)
    return replace(after, version=before.version + changed)


def row(tx: Tx, lead: Lead) -> Row:
    """The whole row of a lead, with the local days and the demand for a reason that the database checks by."""
    day = locations.hours(tx, lead.location_id).day
    stamps = {f"{name}_at": getattr(lead.stamps, name) for name in _STAMPS}
    days = {f"{name}_day": day(at) if (at := getattr(lead.stamps, name)) else None for name in ("created", "booked", "won")}
    status = workflows.of(tx, lead.workflow).statuses[lead.status]
    return _SHAPE.row(lead, **stamps, **days, reason_needed=Asks.REASON in status.asks, void=False)


def _note_status(tx: Tx, before: Lead | None, after: Lead, since: datetime) -> None:
    change = StatusChange(
        tx.new_id(),
        after.id,
        before.status if before else None,
        after.status,
        before.stage if before else None,
        after.stage,
        since,
        tx.signed_by,
        tx.rule,
    )
    whole = CHANGE.row(change, location_id=after.location_id, version=1)
    tx.insert(t.status_change, whole, lead_id=after.id, person_id=after.person_id)


@follows("status_change")
def _end_earlier(tx: Tx, row_id: int, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> None:
    """Keep `until`: a new change ends the one before it; one that is taken back or put back moves the ends of all."""
    lead_id = after["lead_id"]
    if before is not None:
        tx.kept.setdefault("until", set()).add(lead_id)
        tx.at_end("until", lambda tx: tx.write(_ALL_UNTIL, leads=sorted(tx.kept.pop("until"))))
    elif after["from_status"] is not None:
        tx.write(_OPEN_ENDED, of_lead=lead_id, new_id=row_id, ended=after["since"])


@follows("lead")
def _lead_named(tx: Tx, row_id: int, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> None:
    """A lead carries the name that lists are sorted by; one whose person was not just made looks it up."""
    if "sort_name" not in after if before is None else before["person_id"] != after["person_id"]:
        tx.kept.setdefault("unnamed", []).append(row_id)
        tx.at_end("unnamed", lambda tx: tx.write(_NAMED, ids=tx.kept.pop("unnamed")))


@follows("person")
def _person_renamed(tx: Tx, row_id: int, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> None:
    if before is not None and before.get("sort_name") != after.get("sort_name"):
        tx.kept.pop(f"sort_name:{row_id}", None)
        tx.write(_RENAMED, of_person=row_id, new_name=after["sort_name"])


@follows("lead")
def _move_history(tx: Tx, row_id: int, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> None:
    """An office transfer takes the history along."""
    if before is not None and before["location_id"] != after["location_id"]:
        for statement in _MOVED_WITH_LEAD:
            tx.write(statement, of_lead=row_id, new_location=after["location_id"])
