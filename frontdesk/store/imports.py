"""Imports as rows: what was read, in which changes it was applied, and how leads and people are found again by what a file calls them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Select, and_, bindparam, case, exists, func, insert, null, select

from frontdesk.domain.problems import Refused
from frontdesk.domain.records import LeadId, PersonId, StaffId
from frontdesk.store import journal
from frontdesk.store import tables as t
from frontdesk.store.shapes import Shape
from frontdesk.store.tx import Tx, one_of

DONE, UNDONE, FAILED = "done", "undone", "failed"
_NUMBER = re.compile(r"[1-9][0-9]{15,17}|[1-8][0-9]{18}")
"""A text that can be the number of a lead: a moment and some chance in 63 bits."""

LIST = 0
"""The line of a change that made an entry of a list, which many rows share."""


class Import(Struct, frozen=True):
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


class Enquiry(Struct, frozen=True):
    """A lead as an import knows it again: what its file called it, and when the person got in touch (None: no file said)."""

    lead_id: LeadId
    external_key: str | None
    created: datetime | None


_SHAPE = Shape(Import, t.import_)
_BY_ID = select(*_SHAPE.columns).where(t.import_.c.id == bindparam("import_id"))
_RECENT = select(*_SHAPE.columns).order_by(t.import_.c.id.desc()).limit(bindparam("most"))
_LAST_OF = (
    select(*_SHAPE.columns)
    .where(t.import_.c.staff_id == bindparam("staff_id"), t.import_.c.state == bindparam("state"))
    .order_by(t.import_.c.ended_at.desc(), t.import_.c.id.desc())
    .limit(1)
)
_UNFINISHED = select(*_SHAPE.columns).where(t.import_.c.state == "applying").order_by(t.import_.c.id)
_OF_ONE = select(t.import_change.c.change).where(t.import_change.c.import_id == bindparam("import_id")).order_by(t.import_change.c.change)
_CHANGES = _OF_ONE.where(t.import_change.c.first_line != LIST)
_LIST_CHANGES = _OF_ONE.where(t.import_change.c.first_line == LIST)
_OWN = exists().where(t.import_change.c.change == t.journal.c.change, t.import_change.c.import_id == bindparam("import_id"))
_OTHERS = (
    select(t.journal.c.change, t.journal.c.lead_id, func.max(t.journal.c.number))
    .where(one_of(t.journal.c.lead_id, "leads"), t.journal.c.undoes.is_(None), ~_OWN)
    .group_by(t.journal.c.change, t.journal.c.lead_id)
)
_NOTE = insert(t.import_change).values(change=bindparam("change"), import_id=bindparam("import_id"), first_line=bindparam("first_line"))
_OF_IMPORT = select(t.lead.c.id).where(t.lead.c.import_id == bindparam("import_id"), t.LIVE).order_by(t.lead.c.id)
_BY_KEY = (
    select(t.contact_point.c.match_key, t.contact_point.c.person_id, t.person.c.name_key, t.person.c.merged_into)
    .join_from(t.contact_point, t.person, t.person.c.id == t.contact_point.c.person_id)
    .where(one_of(t.contact_point.c.match_key, "keys"), t.LIVE_POINT)
)
_BY_EXTERNAL_KEY = (
    select(t.lead.c.external_key, t.lead.c.id)
    .where(one_of(t.lead.c.external_key, "keys"), t.lead.c.external_key.is_not(None), t.LIVE)
    .order_by(t.lead.c.id)
)
_undated = and_(t.lead.c.import_id.is_not(None), t.lead.c.created_at == t.lead.c.entered_at)
_ENQUIRIES = (
    select(t.lead.c.person_id, t.lead.c.id, t.lead.c.external_key, case((_undated, null()), else_=t.lead.c.created_at))
    .where(one_of(t.lead.c.person_id, "ids"), t.LIVE)
    .order_by(t.lead.c.created_at, t.lead.c.id)
)
_BY_NUMBER = select(t.lead.c.id).where(one_of(t.lead.c.id, "ids"), t.lead.c.external_key.is_(None), t.LIVE)
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


def last_of(tx: Tx, staff_id: StaffId, state: str) -> Import | None:
    """The import of a person that came into this state last."""
    row = tx.row(_LAST_OF, staff_id=staff_id, state=state)
    return None if row is None else _SHAPE.record(row)


def unfinished(tx: Tx) -> tuple[Import, ...]:
    """Imports that were cut off; they are undone at the next start."""
    return tuple(_SHAPE.record(row) for row in tx.rows(_UNFINISHED))


def note_change(tx: Tx, import_id: int, first_line: int) -> None:
    """Note that the present change belongs to an import."""
    tx.write(_NOTE, change=tx.change, import_id=import_id, first_line=first_line)


@contextmanager
def making_a_list(tx: Tx, import_id: int) -> Iterator[None]:
    """What this block adds to a list of the practice is a change of its own: it goes when no row that stays refers to it."""
    with tx.new_change():
        yield
        note_change(tx, import_id, LIST)


def changes(tx: Tx, import_id: int) -> tuple[int, ...]:
    """The changes that an import's rows made, first to last."""
    return tuple(row[0] for row in tx.rows(_CHANGES, import_id=import_id))


def list_changes(tx: Tx, import_id: int) -> tuple[int, ...]:
    """The changes that added to lists, first to last."""
    return tuple(row[0] for row in tx.rows(_LIST_CHANGES, import_id=import_id))


def worked_on(tx: Tx, import_id: int, leads: Mapping[LeadId, int]) -> frozenset[LeadId]:
    """Which of these leads somebody has done anything with since the import, be it a note, and has not taken it back.

    Args:
        tx: the transaction.
        import_id: the import, whose own changes do not count.
        leads: each lead with the number of the journal row that the import wrote about it.
    """
    rows = tx.rows(_OTHERS, import_id=import_id, leads=sorted(leads))
    others = [(change, lead_id) for change, lead_id, number in rows if number > leads[lead_id]]
    undone_by = journal.undoings(tx, {change for change, _ in others})
    return frozenset(lead_id for change, lead_id in others if not journal.is_undone(change, undone_by))


def is_referred_to(tx: Tx, table: str, row_id: int) -> bool:
    """Whether a living row refers to this one, or somebody of the practice did something as this one."""
    return any(tx.row(statement, row_id=row_id) is not None for statement in _references(table))


@lru_cache(maxsize=16)
def _references(table: str) -> tuple[Select[Any], ...]:
    """A question for each column that refers to a table; the journal refers to people without a foreign key."""
    columns = [key.parent for each in t.metadata.sorted_tables for key in each.foreign_keys if key.column.table.name == table]
    asked = [
        select(column)
        .where(column == bindparam("row_id"), *([column.table.c.void.is_(False)] if "void" in column.table.c else []))
        .limit(1)
        for column in columns
    ]
    by = [select(t.journal.c.who).where(t.journal.c.who == bindparam("row_id")).limit(1)] if table == "staff" else []
    return (*asked, *by)


def leads_of(tx: Tx, import_id: int) -> tuple[LeadId, ...]:
    """The leads that an import made and nobody took back."""
    return tuple(row[0] for row in tx.rows(_OF_IMPORT, import_id=import_id))


def people_by_keys(tx: Tx, keys: Iterable[str]) -> dict[str, list[tuple[PersonId, str]]]:
    """Who has these phones (`Phone.canonical`) and e-mails (`Email.key`), with the key of their name; a family may share one."""
    found: dict[str, list[tuple[PersonId, str]]] = {}
    # Asked to leave merged people out itself, or for an order, SQLite would go through all people instead.
    rows = tx.rows(_BY_KEY, keys=list(keys))
    for key, person_id, name_key, merged_into in sorted(rows, key=itemgetter(1)):
        if merged_into is None:
            found.setdefault(key, []).append((person_id, name_key))
    return found


def enquiries(tx: Tx, people: Iterable[PersonId]) -> dict[PersonId, list[Enquiry]]:
    """All enquiries of each person, oldest first."""
    found: dict[PersonId, list[Enquiry]] = {}
    for person_id, *enquiry in tx.rows(_ENQUIRIES, ids=list(people)):
        found.setdefault(person_id, []).append(Enquiry(*enquiry))
    return found


def leads_of_people(tx: Tx, people: Iterable[PersonId]) -> list[tuple[PersonId, LeadId]]:
    """The living leads of these people."""
    return [(row[0], row[1]) for row in tx.rows(_ENQUIRIES, ids=sorted(people))]


def leads_by_external_key(tx: Tx, keys: Iterable[str]) -> dict[str, list[LeadId]]:
    """Leads by what their file called them; an export calls those that no file has named by their number."""
    keys = list(keys)
    numbers = [int(key) for key in keys if _NUMBER.fullmatch(key)]
    unnamed = [(str(lead_id), lead_id) for (lead_id,) in tx.rows(_BY_NUMBER, ids=numbers)] if numbers else []
    return _grouped([*unnamed, *tx.rows(_BY_EXTERNAL_KEY, keys=keys)])


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
