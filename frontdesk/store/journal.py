"""The journal read back: a lead's timeline, the rows of a change, what a person can undo or redo; and forgetting the details of a person.

It is the audit trail, the feed, the explanation of automatic changes and the material for undo at once. Rows are written by `Tx` itself.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import Date, DateTime, LargeBinary, and_, bindparam, exists, false, func, null, select, update

from frontdesk.domain.problems import Refused
from frontdesk.store.dialects import one_of
from frontdesk.store.tables import journal, journal_detail, metadata
from frontdesk.store.tx import Tx

UNDO, REDO = "undo", "redo"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the journal with the columns that it changed; both are None once their details were erased.

    Attributes:
        undone: whether its change is taken back at this moment.
    """

    number: int
    change: int
    undoes: int | None
    who: int | None
    system: bool
    at: datetime
    rule: str
    table: str
    row_id: int
    action: str
    lead_id: int | None
    person_id: int | None
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    undone: bool = False


_COLUMNS = (
    journal.c.number,
    journal.c.change,
    journal.c.undoes,
    journal.c.who,
    journal.c.system,
    journal.c.at,
    journal.c.rule,
    journal.c.table_name,
    journal.c.row_id,
    journal.c.action,
    journal.c.lead_id,
    journal.c.person_id,
    journal_detail.c.before,
    journal_detail.c.after,
)
_LINES = select(*_COLUMNS).outerjoin(journal_detail, journal_detail.c.number == journal.c.number)
_OF_LEAD = _LINES.where(journal.c.lead_id == bindparam("lead_id")).order_by(journal.c.number.desc()).limit(bindparam("most"))
_OF_PERSON = (
    _LINES.where(journal.c.person_id == bindparam("person_id"), journal.c.lead_id.is_(None))
    .order_by(journal.c.number.desc())
    .limit(bindparam("most"))
)
_OF_CHANGES = _LINES.where(one_of(journal.c.change, "changes")).order_by(journal.c.number)

_undoing = journal.alias("undoing")
_not_undone = ~exists().where(_undoing.c.undoes == journal.c.change, _undoing.c.undoes.is_not(None))
_own = and_(journal.c.who == bindparam("who"), journal.c.undoable.is_not(false()))
_NEWEST = select(journal.c.change, journal.c.number).order_by(journal.c.number.desc()).limit(1)
_UNDOABLE = _NEWEST.where(_own, journal.c.rule != UNDO, _not_undone)
_REDOABLE = _NEWEST.where(_own, journal.c.rule == UNDO, _not_undone)
_CLEARS_REDO = _NEWEST.where(_own, journal.c.rule != UNDO, journal.c.rule != REDO)
_UNDOINGS = select(journal.c.undoes, journal.c.change).where(one_of(journal.c.undoes, "changes"), journal.c.undoes.is_not(None)).distinct()
_HIGHEST = select(func.coalesce(func.max(journal.c.number), 0))
_ERASE = update(journal_detail).where(one_of(journal_detail.c.number, "numbers")).values(salt=null(), before=null(), after=null())


def timeline(tx: Tx, lead_id: int, *, most: int = 500) -> list[Line]:
    """What happened to a lead, newest first."""
    return _lines(tx, tx.rows(_OF_LEAD, lead_id=lead_id, most=most))


def person_timeline(tx: Tx, person_id: int, *, most: int = 500) -> list[Line]:
    """What happened to a person apart from her leads, newest first."""
    return _lines(tx, tx.rows(_OF_PERSON, person_id=person_id, most=most))


def changes_of(tx: Tx, *changes: int) -> list[Line]:
    """All rows of one or several changes, in the order in which they were written; those of this very transaction too."""
    tx.send()
    return _lines(tx, tx.rows(_OF_CHANGES, changes=list(changes)))


def undoable(tx: Tx, who: int) -> int | None:
    """The newest change of a person that Ctrl+Z would take back; a redo counts as a change again."""
    found: int | None = tx.value(_UNDOABLE, who=who)
    return found


def redoable(tx: Tx, who: int) -> int | None:
    """The newest undo of a person that can be undone itself; gone once the person changed something else."""
    undo, other = tx.rows_together((_REDOABLE, {"who": who}), (_CLEARS_REDO, {"who": who}))
    if not undo or (other and other[0][1] > undo[0][1]):
        return None
    return int(undo[0][0])


def undoings(tx: Tx, changes: Iterable[int]) -> dict[int, int]:
    """Which change was taken back by which, followed to the end: undo, undo of the undo, and so on."""
    found: dict[int, int] = {}
    asked = set(changes)
    while asked:
        new: dict[int, int] = {row[0]: row[1] for row in tx.rows(_UNDOINGS, changes=sorted(asked)) if row[0] not in found}
        found |= new
        asked = set(new.values())
    return found


def is_undone(change: int, undone_by: Mapping[int, int]) -> bool:
    """Whether a change is taken back now, given who undid whom."""
    by = undone_by.get(change)
    return by is not None and not is_undone(by, undone_by)


def redact(tx: Tx, numbers: Sequence[int]) -> None:
    """Erase before and after of these rows for good; that they happened, and the seals over them, stay."""
    tx.write(_ERASE, numbers=list(numbers))


def highest(tx: Tx) -> int:
    """The number of the newest row."""
    return int(tx.value(_HIGHEST))


def _lines(tx: Tx, rows: list[tuple[Any, ...]]) -> list[Line]:
    undone_by = undoings(tx, {row[1] for row in rows})
    return [_line(row, undone_by) for row in rows]


def _line(row: tuple[Any, ...], undone_by: Mapping[int, int]) -> Line:
    table = row[7]
    cells = [*row[:-2], _values(table, row[-2]), _values(table, row[-1]), is_undone(row[1], undone_by)]
    return Line(*cells)


_FROM_TEXT: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (DateTime, datetime.fromisoformat),
    (Date, date.fromisoformat),
    (LargeBinary, base64.b64decode),
)


def _readers(table: str) -> dict[str, Callable[[Any], Any]]:
    columns = metadata.tables[table].c if table in metadata.tables else ()
    return {column.name: read for column in columns for kind, read in _FROM_TEXT if isinstance(column.type, kind)}


_KNOWN_READERS: dict[str, dict[str, Callable[[Any], Any]]] = {}


def _values(table: str, text: str | None) -> dict[str, Any] | None:
    """The columns as they were, instants and dates as such again."""
    if text is None:
        return None
    readers = _KNOWN_READERS.get(table)
    if readers is None:
        readers = _KNOWN_READERS[table] = _readers(table)
    try:
        found: dict[str, Any] = msgspec.json.decode(text, type=dict[str, Any])
        for name in readers.keys() & found.keys():
            if found[name] is not None:
                found[name] = readers[name](found[name])
    except (TypeError, ValueError):  # msgspec's own error is a ValueError; only a damaged page holds such a text
        raise Refused("database_damaged") from None
    return found
