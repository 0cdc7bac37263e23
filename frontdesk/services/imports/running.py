"""The run of an import: in changes of 500 rows, with progress and cancel; what is cut short leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from pathlib import Path

from msgspec import structs

from frontdesk.connectors import registry
from frontdesk.domain import imports as understanding
from frontdesk.domain.imports import Row
from frontdesk.domain.problems import Refused
from frontdesk.domain.rules import Occasion, may_write
from frontdesk.services.desk import Desk
from frontdesk.services.imports.applying import Way, apply_rows
from frontdesk.services.imports.matching import Index, index
from frontdesk.services.imports.preparing import Prepared, remember, require_ready
from frontdesk.services.imports.results import Problem, Result
from frontdesk.services.imports.undoing import take_back
from frontdesk.services.settings import location, opening_hours
from frontdesk.store import imports, sources, staff
from frontdesk.store.imports import DONE, FAILED, Import
from frontdesk.store.tx import Tx

BATCH = 500
SILENCE = timedelta(seconds=60)
"""A shared database cannot see whether the program that imports still lives: this long without a batch, and it does not."""
Progress = Callable[[int, int], None]


def check(
    desk: Desk, prepared: Prepared, *, progress: Progress = lambda done, of: None, cancelled: Callable[[], bool] = lambda: False
) -> Result:
    """What an import would do, without doing it; cancelled, it says so and knows only the rows so far."""
    require_ready(prepared)
    result, seen = Result(), Index(prepared.wishes.match)
    for rows in _batches(_rows(prepared, result)):
        if cancelled():
            result.cancelled = True
            break
        progress(result.rows, prepared.survey.rows)
        found = desk.ask(index, rows, prepared.wishes.match)
        for row in rows:
            _foresee(row, found, seen, prepared, result)
    return result


def run(
    desk: Desk, prepared: Prepared, *, progress: Progress = lambda done, of: None, cancelled: Callable[[], bool] = lambda: False
) -> Result:
    """Read the file in.

    Raises:
        Refused: what is still to be asked (`heading_row_needed`, `values_unknown` …), or a fault of the database; nothing is left behind then.
    """
    require_ready(prepared)
    recover(desk)
    with desk.database.claim("import"):
        result = Result()
        under = desk.do(_begin, file_name=prepared.path.name).value
        if under is None:
            raise Refused("import_unknown")
        result.import_id = under.id
        try:
            under = _apply(desk, prepared, under, result, progress=progress, cancelled=cancelled)
        except BaseException:
            take_back(desk, under.id, FAILED)
            raise
        if cancelled():
            take_back(desk, under.id, FAILED)
            return Result(rows=result.rows, cancelled=True)
        desk.do(_end, under=under, result=result)
        desk.do(remember, prepared=prepared)
    return result


def recover(desk: Desk) -> int:
    """Take back imports whose program died in the middle; return how many. Called whenever a desk opens."""
    left = desk.ask(imports.unfinished)
    if not left:
        return 0
    if not desk.database.is_local:
        left = tuple(each for each in left if (each.ended_at or each.started_at) < desk.clock() - SILENCE)
    try:
        with desk.database.claim("import"):
            for each in left:
                take_back(desk, each.id, FAILED)
    except Refused:
        return 0  # another program is importing at this moment
    return len(left)


def save_problems(prepared: Prepared, result: Result, target: Path, *, overwrite: bool = False) -> int:
    """Write the rows that could not be read to a file like the first, to be mended and imported again."""
    lines = {problem.line for problem in result.refused}
    rows = (line.cells for line in prepared.table.lines if line.number in lines)
    return registry.write_table(target, prepared.table.headings, rows, overwrite=overwrite)


def _apply(desk: Desk, prepared: Prepared, under: Import, result: Result, *, progress: Progress, cancelled: Callable[[], bool]) -> Import:
    prepared = desk.do(_make_lists, prepared=prepared, under=under).value or prepared
    way = Way(prepared.workflow, prepared.wishes.match, prepared.wishes.on_match, desk.ask(location).id)
    for rows in _batches(_rows(prepared, result)):
        if cancelled():
            break
        under = desk.do(_apply_batch, rows=rows, way=way, under=under, result=result).value or under
        progress(result.rows, prepared.survey.rows)
    return under


def _apply_batch(tx: Tx, *, rows: list[Row], way: Way, under: Import, result: Result) -> Import:
    """One batch; its figures count only once it is written."""
    figures = (result.created, result.updated, result.already_here)
    try:
        apply_rows(tx, rows=rows, way=way, under=under, result=result)
        return imports.save(tx, under, structs.replace(under, ended_at=tx.now, rows=result.rows))
    except BaseException:
        result.created, result.updated, result.already_here = figures
        raise


def _begin(tx: Tx, *, file_name: str) -> Import:
    return imports.start(tx, Import(0, file_name, tx.now, staff_id=tx.who, ended_at=tx.now))


def _end(tx: Tx, *, under: Import, result: Result) -> None:
    done = structs.replace(
        under,
        state=DONE,
        ended_at=tx.now,
        rows=result.rows,
        created=result.created,
        updated=result.updated,
        already_here=result.already_here,
        refused=len(result.refused),
    )
    imports.save(tx, under, done)


def _make_lists(tx: Tx, *, prepared: Prepared, under: Import) -> Prepared:
    """Make the sources and people that may be made, and give their words keys."""
    may_write(Occasion(prepared.workflow, opening_hours(tx), tx.now, tx.role, tx.who))
    values = prepared.reading.values
    with tx.because("imported", undoable=False):
        for field, make in (("source", sources.get_or_create), ("owner", staff.get_or_hire)):
            made: dict[str, str] = {}
            for label in values.to_create(field):
                with imports.making_a_list(tx, under.id):
                    made[label] = str(make(tx, label))
            values = values.with_keys(field, made)
    return replace(prepared, reading=replace(prepared.reading, values=values), values=values)


def _rows(prepared: Prepared, result: Result) -> Iterator[Row]:
    """The rows that can be read, the others going to the result."""
    for row in understanding.understand(prepared.table, prepared.columns, prepared.reading):
        result.rows += 1
        result.tests += row.is_test
        result.refused.extend(Problem(row.line, each.field, each.code) for each in row.problems[:1])
        result.warnings.extend(Problem(row.line, each.field, each.code) for each in row.warnings)
        if row.values is not None:
            yield row


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    pending = iter(rows)
    while batch := list(islice(pending, BATCH)):
        yield batch


def _foresee(row: Row, found: Index, seen: Index, prepared: Prepared, result: Result) -> None:
    if row.values is None:
        return
    match = found.find(row.values) or seen.find(row.values)
    if match is None or match.lead_id is None or prepared.wishes.on_match == "add":
        result.created += 1
        seen.add(row.values, row.line, -row.line)
    elif prepared.wishes.on_match == "skip":
        result.already_here += 1
    else:
        result.updated += 1
