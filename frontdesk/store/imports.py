"""Imports as rows: what was read, in which changes it was applied, and how leads and people are found again by what a file calls them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select

from frontdesk.domain.problems import Refused
from frontdesk.domain.records import LeadId, PersonId, StaffId
from frontdesk.store import tables as t
from frontdesk.store.shapes import Shape
from frontdesk.store.tx import Tx, one_of


@dataclass(frozen=True, slots=True)
class Import:
    """One import of a file; `state` is applying, done, undone or failed, `mapping` JSON text."""

    id: int
    file_name: str
    started_at: datetime
    file_hash: str = ""
    mapping: str = ""
    state: str = "applying"
    staff_id: StaffId | None = None
    ended_at: datetime | None = None
    rows: int = 0
    created: int = 0
    updated: int = 0
    already_here: int = 0
    refused: int = 0
    version: int = 1


_SHAPE = Shape(Import, t.import_)
_BY_ID = select(*_SHAPE.columns).where(t.import_.c.id == bindparam("import_id"))
_RECENT = select(*_SHAPE.columns).order_by(t.import_.c.id.desc()).limit(bindparam("most"))
_UNFINISHED = select(*_SHAPE.columns).where(t.import_.c.state == "applying").order_by(t.import_.c.id)
_CHANGES = select(t.import_change.c.change).where(t.import_change.c.import_id == bindparam("import_id")).order_by(t.import_change.c.change)
_NOTE = insert(t.import_change).values(change=bindparam("change"), import_id=bindparam("import_id"), first_line=bindparam("first_line"))
_OF_IMPORT = select(t.lead.c.id).where(t.lead.c.import_id == bindparam("import_id"), t.LIVE).order_by(t.lead.c.id)
_BY_KEY = (
    select(t.contact_point.c.match_key, t.contact_point.c.person_id, t.person.c.name_key)
    .join_from(t.contact_point, t.person, t.person.c.id == t.contact_point.c.person_id)
    .where(one_of(t.contact_point.c.match_key, "keys"), t.LIVE_POINT, t.person.c.merged_into.is_(None))
    .order_by(t.contact_point.c.person_id)
)
_BY_EXTERNAL_KEY = (
    select(t.lead.c.external_key, t.lead.c.id)
    .where(one_of(t.lead.c.external_key, "keys"), t.lead.c.external_key.is_not(None), t.LIVE)
    .order_by(t.lead.c.id)
)
_NEWEST = (
    select(t.lead.c.person_id, t.lead.c.id, t.lead.c.external_key)
    .where(one_of(t.lead.c.person_id, "ids"), t.LIVE)
    .order_by(t.lead.c.created_at, t.lead.c.id)
)
_external = t.external_id
_BY_EXTERNAL_ID = (
    select(_external.c.value, _external.c.row_id)
    .where(_external.c.system == bindparam("system"), _external.c.kind == bindparam("kind"))
    .where(one_of(_external.c.value, "keys"), _external.c.void.is_(False))
)


def start(tx: Tx, begun: Import) -> Import:
    """Note that a file is being applied, so that a crash finds it at the next start."""
    begun = replace(begun, id=tx.new_id(), version=1)
    with tx.because("import", undoable=False):
        tx.insert(t.import_, _SHAPE.row(begun, void=False))
    return begun


def save(tx: Tx, before: Import, after: Import) -> Import:
    """Note how far an import came, or how it ended."""
    rows = (_SHAPE.row(each, void=False) for each in (before, after))
    with tx.because("import", undoable=False):
        return replace(after, version=before.version + tx.update(t.import_, after.id, *rows))


def get(tx: Tx, import_id: int) -> Import:
    """One import."""
    row = tx.row(_BY_ID, import_id=import_id)
    if row is None:
        raise Refused("import_unknown", "import")
    return _SHAPE.record(row)


def recent(tx: Tx, limit: int = 20) -> tuple[Import, ...]:
    """The newest imports first."""
    return tuple(_SHAPE.record(row) for row in tx.rows(_RECENT, most=limit))


def unfinished(tx: Tx) -> tuple[Import, ...]:
    """Imports that were cut off; they are undone at the next start."""
    return tuple(_SHAPE.record(row) for row in tx.rows(_UNFINISHED))


def note_change(tx: Tx, import_id: int, first_line: int) -> None:
    """Note that the present change belongs to an import."""
    tx.write(_NOTE, change=tx.change, import_id=import_id, first_line=first_line)


def changes(tx: Tx, import_id: int) -> tuple[int, ...]:
    """The changes of an import, first to last."""
    return tuple(row[0] for row in tx.rows(_CHANGES, import_id=import_id))


def leads_of(tx: Tx, import_id: int) -> tuple[LeadId, ...]:
    """The leads that an import made and nobody took back."""
    return tuple(row[0] for row in tx.rows(_OF_IMPORT, import_id=import_id))


def people_by_keys(tx: Tx, keys: Iterable[str]) -> dict[str, list[tuple[PersonId, str]]]:
    """Who has these phones (`Phone.canonical`) and e-mails (`Email.key`), with the key of their name; a family may share one."""
    found: dict[str, list[tuple[PersonId, str]]] = {}
    for key, person_id, name_key in tx.rows(_BY_KEY, keys=list(keys)):
        found.setdefault(key, []).append((person_id, name_key))
    return found


def newest_leads(tx: Tx, people: Iterable[PersonId]) -> dict[PersonId, tuple[LeadId, str | None]]:
    """The newest lead of each person, with what its file called it."""
    return {row[0]: (row[1], row[2]) for row in tx.rows(_NEWEST, ids=list(people))}


def leads_by_external_key(tx: Tx, keys: Iterable[str]) -> dict[str, list[LeadId]]:
    """Leads by what their file called them."""
    return _grouped(tx.rows(_BY_EXTERNAL_KEY, keys=list(keys)))


def rows_by_external_id(tx: Tx, system: str, kind: str, values: Iterable[str]) -> dict[str, int]:
    """Rows by what another system calls them."""
    return dict(tx.rows(_BY_EXTERNAL_ID, system=system, kind=kind, keys=list(values)))


def add_external_id(tx: Tx, system: str, kind: str, value: str, row_id: int) -> None:
    """Remember what another system calls a row."""
    row = {"id": tx.new_id(), "system": system, "kind": kind, "value": value, "row_id": row_id, "version": 1, "void": False}
    tx.insert(_external, row)


def _grouped(rows: list[tuple[Any, ...]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for key, row_id in rows:
        found.setdefault(key, []).append(row_id)
    return found
