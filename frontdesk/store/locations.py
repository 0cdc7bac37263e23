"""Offices: their zone, opening hours and holidays."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import bindparam, select

from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Location, LocationId
from frontdesk.domain.workdays import OpeningHours
from frontdesk.store import tables as t
from frontdesk.store.shapes import Row, Shape, stored
from frontdesk.store.tx import Tx

_SHAPE = Shape(Location, t.location, without=("hours", "holidays"))
ALL = select(*_SHAPE.columns, t.location.c.hours, t.location.c.holidays).where(t.location.c.void.is_(False)).order_by(t.location.c.id)
CLOCK = (t.location.c.zone, t.location.c.hours, t.location.c.holidays)
_CLOCK_OF = select(*CLOCK).where(t.location.c.id == bindparam("location_id"))


def everywhere(tx: Tx) -> tuple[Location, ...]:
    """All offices, the oldest (the first one made) first."""
    found = []
    for row in tx.rows(ALL):
        location = _location(row)
        keep_clock(tx, location.id, (location.zone, *row[-2:]))
        found.append(location)
    return tuple(found)


def add(tx: Tx, location: Location) -> Location:
    """Open an office."""
    location = replace(location, id=tx.new_id(), version=1)
    tx.insert(t.location, _row(location))
    return location


def save(tx: Tx, before: Location, after: Location) -> Location:
    """Change an office's name, zone, hours or holidays."""
    tx.kept.pop(f"hours:{after.id}", None)
    changed = tx.update(t.location, after.id, _row(before), _row(after))
    return replace(after, version=before.version + changed)


def hours(tx: Tx, location_id: LocationId) -> OpeningHours:
    """When an office is open, in its zone; read once a transaction."""
    found: OpeningHours | None = tx.kept.get(f"hours:{location_id}")
    if found is None:
        row = tx.row(_CLOCK_OF, location_id=location_id)
        if row is None:
            raise LookupError(location_id)
        found = keep_clock(tx, location_id, row)
    return found


def keep_clock(tx: Tx, location_id: LocationId, row: tuple[Any, ...]) -> OpeningHours:
    """Remember the opening hours that another statement has read along (columns `CLOCK`)."""
    found = tx.kept[f"hours:{location_id}"] = _parsed(*row)
    return found


@lru_cache(maxsize=64)
def _parsed(zone: str, week: str | None, holidays: str) -> OpeningHours:
    try:
        return OpeningHours.of(zone, stored(week) if week else None, stored(holidays) if holidays else ())
    except Refused:  # they were read once already, before they were written
        raise Refused("database_damaged") from None


def _location(row: tuple[Any, ...]) -> Location:
    *plain, week, holidays = row
    return _SHAPE.record(
        tuple(plain),
        hours=stored(week) if week else None,
        holidays=tuple(stored(holidays)) if holidays else (),
    )


def _row(location: Location) -> Row:
    week = None if location.hours is None else msgspec.json.encode(location.hours).decode()
    holidays = msgspec.json.encode(location.holidays).decode() if location.holidays else ""
    return _SHAPE.row(location, hours=week, holidays=holidays, hidden=False, void=False)
