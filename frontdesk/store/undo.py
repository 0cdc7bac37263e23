"""Taking a change back: what stood before is written again through the same functions, so search, totals and the journal follow.

A row is taken back only while it stands as the change left it. Later changes of the same row that were themselves taken back do not
count: after two changes and two undos, versions have grown by four and everything is as it was.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, select

from frontdesk.domain.problems import Conflict
from frontdesk.store import journal
from frontdesk.store.dialects import one_of
from frontdesk.store.journal import Line
from frontdesk.store.tables import journal as journal_table
from frontdesk.store.tables import metadata
from frontdesk.store.tx import Tx

_LATER = select(journal_table.c.change, journal_table.c.undoes).where(
    journal_table.c.number > bindparam("number"),
    journal_table.c.table_name == bindparam("table_name"),
    journal_table.c.row_id == bindparam("row_id"),
)
_LATER_OF_LEAD = _LATER.where(journal_table.c.lead_id == bindparam("lead_id"))
_LATER_OF_PERSON = _LATER.where(journal_table.c.person_id == bindparam("person_id"), journal_table.c.lead_id.is_(None))

Key = tuple[str, int]


Instead = Mapping[str, Mapping[str, Any]]


def take_back(tx: Tx, change: int, *, instead: Instead | None = None) -> int:
    """Take one change back, or, when it is an undo, do it again; returns the new change.

    Args:
        tx: the transaction.
        change: which change.
        instead: by table, columns that get this value and not the one that stood before.

    Raises:
        Conflict: `already_undone`, `changed_since` (with table and row), `details_erased` or `not_undoable`. Nothing is written then.
    """
    taken, problems = take_back_all(tx, [change], instead=instead)
    if problems:
        raise problems[change]
    return taken[change]


def take_back_all(tx: Tx, changes: Sequence[int], *, instead: Instead | None = None) -> tuple[dict[int, int], dict[int, Conflict]]:
    """Take many changes back, newest first, each as a change of its own; what somebody has worked on since stays, with its `Conflict`."""
    lines: dict[int, list[Line]] = defaultdict(list)
    for line in journal.changes_of(tx, *changes):
        lines[line.change].append(line)
    rows = _current(tx, [line for many in lines.values() for line in many])
    taken: dict[int, int] = {}
    problems: dict[int, Conflict] = {}
    for change in sorted(changes, key=lambda each: lines[each][-1].number if lines[each] else 0, reverse=True):
        try:
            _check(tx, lines[change], rows)
        except Conflict as problem:
            problems[change] = problem
        else:
            taken[change] = _write_back(tx, change, lines[change], rows, instead or {})
    return taken, problems


def _write_back(tx: Tx, change: int, lines: Sequence[Line], rows: dict[Key, dict[str, Any]], instead: Instead) -> int:
    rule = journal.REDO if lines[0].rule == journal.UNDO else journal.UNDO
    wanted: dict[Key, dict[str, Any]] = {}
    abouts: dict[Key, Line] = {}
    for line in reversed(lines):
        key = line.table, line.row_id
        abouts.setdefault(key, line)
        wanted.setdefault(key, dict(rows[key])).update({**_before(line), **instead.get(line.table, {})})
    with tx.because(rule), tx.new_change(undoes=change) as undoing:
        for (table, row_id), row in wanted.items():
            about, now = abouts[table, row_id], rows[table, row_id]
            tx.update(metadata.tables[table], row_id, now, row, lead_id=about.lead_id, person_id=about.person_id)
            rows[table, row_id] = {**row, "version": now.get("version", 0) + 1}
    return undoing


def _before(line: Line) -> Mapping[str, Any]:
    """What to write to make the line undone: a row that was added is voided, since nothing is ever deleted."""
    if line.action == "insert":
        return {"void": True}
    return {name: value for name, value in (line.before or {}).items() if name != "version"}


def _current(tx: Tx, lines: Iterable[Line]) -> dict[Key, dict[str, Any]]:
    """All rows that the lines are about, whole, as they stand now."""
    ids: dict[str, set[int]] = defaultdict(set)
    for line in lines:
        ids[line.table].add(line.row_id)
    tables = [metadata.tables[name] for name in sorted(ids)]
    answers = tx.rows_together(*((_whole(table), {"ids": sorted(ids[table.name])}) for table in tables)) if tables else []
    found: dict[Key, dict[str, Any]] = {}
    for table, rows in zip(tables, answers, strict=True):
        names = table.c.keys()
        for row in rows:
            values = dict(zip(names, row, strict=True))
            found[table.name, values["id"]] = values
    return found


_WHOLE: dict[str, Any] = {}


def _whole(table: Table) -> Any:
    if table.name not in _WHOLE:
        _WHOLE[table.name] = select(table).where(one_of(table.c.id, "ids"))
    return _WHOLE[table.name]


def _check(tx: Tx, lines: Sequence[Line], rows: Mapping[Key, Mapping[str, Any]]) -> None:
    if not lines or lines[0].undone:
        raise Conflict("already_undone")
    newest = {(line.table, line.row_id): line for line in lines}
    for key, line in newest.items():
        if line.after is None:
            raise Conflict("details_erased")
        if line.action == "insert" and "void" not in metadata.tables[line.table].c:
            raise Conflict("not_undoable", table=line.table)
        if rows[key].get("version") != line.after.get("version") and not _is_as_left(tx, line):
            raise Conflict("changed_since", table=line.table, row=line.row_id)


def _is_as_left(tx: Tx, line: Line) -> bool:
    """Whether every later change of this row was itself taken back."""
    tx.send()  # what was taken back just now counts
    values: dict[str, Any] = {"number": line.number, "table_name": line.table, "row_id": line.row_id}
    statement = _LATER
    if line.lead_id is not None:
        statement, values["lead_id"] = _LATER_OF_LEAD, line.lead_id
    elif line.person_id is not None:
        statement, values["person_id"] = _LATER_OF_PERSON, line.person_id
    later: dict[int, int | None] = {row[0]: row[1] for row in tx.rows(statement, **values)}
    later.pop(line.change, None)
    chains = Counter(_first(change, later) for change in later)
    return all(length % 2 == 0 for length in chains.values())


def _first(change: int, later: Mapping[int, int | None]) -> int:
    """The change that a chain of undo and redo among the later ones began with; each pair of the chain leaves the row as it was."""
    while (earlier := later[change]) is not None and earlier in later:
        change = earlier
    return change
