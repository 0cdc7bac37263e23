"""What runs in the background for the import page; every function is handed to `jobs.work` and gets plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path

from frontdesk.domain.imports import Column, DateReading, Order, ValueChoice, preview
from frontdesk.domain.ports import Cells, Line
from frontdesk.domain.problems import Refused
from frontdesk.services import imports
from frontdesk.services.desk import Desk
from frontdesk.services.imports import Kept, Prepared, Problem, Result, Wishes

SHOWN = 500
"""Rows with problems that are listed; a file with more of them has another fault."""
_LOOKED_AT = 400
_WHO = ("name", "first_name", "last_name", "phone", "phone_or_email", "email", "external_id")

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
Mended = Mapping[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class Day:
    """How the dates of one column are read, shown on one cell of it.

    Attributes:
        read_as: the day that the cell says; None when it can't be read.
        assumed: the day and the month of this column could be the other way round.
    """

    field: str
    heading: str
    cell: str
    read_as: date | None
    assumed: bool
    order: Order


@dataclass(frozen=True, slots=True)
class Looked:
    """A file as far as it is understood.

    Attributes:
        left_out: columns that were left out because they hold too many different words.
    """

    prepared: Prepared
    rows: tuple[Cells, ...]
    words: tuple[ValueChoice, ...]
    days: tuple[Day, ...]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """A row that was refused or should be looked at: its line, whose it is, and the cell in question where there is one.

    Attributes:
        column: the place of the cell in the row; None when the row as a whole is wrong.
        refused: it is not imported; otherwise it is, and somebody should look at it.
    """

    line: int
    who: str
    heading: str
    column: int | None
    cell: str
    code: str
    refused: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """What an import would do, and the rows with problems."""

    prepared: Prepared
    result: Result
    troubles: tuple[Trouble, ...]


def look(desk: Desk, *, path: Path, wishes: Wishes, progress: Progress, cancelled: Cancelled) -> Looked:
    """Read a file and understand it; a guessed column with far too many words is left out, one that the user chose is refused."""
    columns: dict[str, str] = {}
    prepared = None
    while prepared is None:
        try:
            prepared = imports.prepare(desk, path, replace(wishes, columns=columns))
        except Refused as problem:
            heading = str(problem.facts.get("heading", ""))
            if problem.code != "too_many_values" or heading in columns:
                raise
            columns[heading] = ""
    wished = {heading: field for heading, field in wishes.columns.items() if heading in prepared.table.headings}
    if wished:  # other headings are asked for after another choice of sheet or separator; those of before are no fault
        prepared = imports.prepared_again(desk, prepared, replace(wishes, columns=columns | wished))
    return _looked(prepared, tuple(columns))


def look_again(desk: Desk, *, before: Looked, wishes: Wishes, progress: Progress, cancelled: Cancelled) -> Looked:
    """The same file after the user changed a column, the workflow or the order of dates."""
    columns = dict.fromkeys(before.left_out, "") | {
        heading: field for heading, field in wishes.columns.items() if heading in before.prepared.table.headings
    }
    return _looked(imports.prepared_again(desk, before.prepared, replace(wishes, columns=columns)), before.left_out)


def check_file(desk: Desk, *, before: Looked, wishes: Wishes, mended: Mended, progress: Progress, cancelled: Cancelled) -> Checked:
    """What the import would do, with the cells that the user mended."""
    known = {heading: field for heading, field in wishes.columns.items() if heading in before.prepared.table.headings}
    prepared = imports.prepared_again(desk, before.prepared, replace(wishes, columns=known))
    prepared = _with(prepared, mended)
    result = imports.check(desk, prepared, progress=progress, cancelled=cancelled)
    return Checked(prepared, result, _troubles(prepared, result))


def import_file(desk: Desk, *, checked: Checked, mended: Mended, progress: Progress, cancelled: Cancelled) -> Result:
    """Read the file in, with what was mended since it was checked."""
    return imports.run(desk, _with(checked.prepared, mended), progress=progress, cancelled=cancelled)


def take_back(desk: Desk, *, import_id: int, progress: Progress, cancelled: Cancelled) -> Kept:
    """Take an import back, but for what somebody has worked on since."""
    return imports.undo_import(desk, import_id, progress=progress)


def save_rows(desk: Desk, *, checked: Checked, mended: Mended, target: Path, progress: Progress, cancelled: Cancelled) -> int:
    """Write the rows that could not be read to a file; the dialog has asked whether another may be replaced."""
    return imports.save_problems(_with(checked.prepared, mended), checked.result, target, overwrite=True)


@dataclass(frozen=True, slots=True)
class _MendedLines:
    """The rows of a file with some cells written anew."""

    lines: Iterable[Line]
    mended: Mended

    def __iter__(self) -> Iterator[Line]:
        changed = {line for line, _ in self.mended}
        for line in self.lines:
            yield self._with(line) if line.number in changed else line

    def _with(self, line: Line) -> Line:
        return replace(line, cells=tuple(self.mended.get((line.number, at), cell) for at, cell in enumerate(line.cells)))


def _with(prepared: Prepared, mended: Mended) -> Prepared:
    return replace(prepared, table=replace(prepared.table, lines=_MendedLines(prepared.table.lines, mended)))


def _looked(prepared: Prepared, left_out: tuple[str, ...]) -> Looked:
    words = sorted(prepared.values.choices.values(), key=lambda each: (each.field, -each.count, each.word))
    return Looked(prepared, preview(prepared.table), tuple(words), _days(prepared), left_out)


def _days(prepared: Prepared) -> tuple[Day, ...]:
    dated = [column for column in prepared.columns.columns if column.index in prepared.survey.dates]
    first = [line.cells for line in islice(prepared.table.lines, _LOOKED_AT) if line.problem is None] if dated else []
    return tuple(
        _day(column, prepared.survey.dates[column.index], [cells[column.index] for cells in first if cells[column.index].strip()])
        for column in dated
    )


def _day(column: Column, reading: DateReading, cells: list[str]) -> Day:
    """Shown on a cell that the other order would read as another day, where there is one."""
    other = replace(reading, order=Order.MONTH_FIRST if reading.order is Order.DAY_FIRST else Order.DAY_FIRST)
    telling = (cell for cell in cells if _read(reading, cell) != _read(other, cell))
    cell = next(telling, cells[0] if cells else "")
    return Day(str(column.field), column.heading, cell, _read(reading, cell), reading.assumed, reading.order)


def _read(reading: DateReading, cell: str) -> date | None:
    try:
        return reading.read(cell)
    except Refused:
        return None


def _troubles(prepared: Prepared, result: Result) -> tuple[Trouble, ...]:
    found = [*((each, True) for each in result.refused), *((each, False) for each in result.warnings)][:SHOWN]
    wanted = {problem.line for problem, _ in found}
    cells: dict[int, Cells] = {}
    for line in prepared.table.lines:
        if len(cells) == len(wanted):
            break
        if line.number in wanted:
            cells[line.number] = line.cells
    return tuple(_trouble(prepared, problem, cells.get(problem.line, ()), refused=refused) for problem, refused in found)


def _trouble(prepared: Prepared, problem: Problem, cells: Cells, *, refused: bool) -> Trouble:
    columns = prepared.columns.of(problem.field) if problem.field and cells else ()
    column = next((each for each in columns if cells[each.index].strip()), None)
    who = [cells[each.index].strip() for key in _WHO for each in prepared.columns.of(key)] if cells else []
    return Trouble(
        problem.line,
        " ".join([each for each in who if each][:2]),
        column.heading if column else "",
        column.index if column else None,
        cells[column.index] if column else "",
        problem.code,
        refused,
    )
