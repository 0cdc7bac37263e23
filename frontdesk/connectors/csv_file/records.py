"""From a stream of text to rows of cells, with every slip of quoting ending where it began.

A quote that is never closed would swallow the rest of a file in silence. Here it costs one row: that row is reported, and reading
goes on at the next line.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TextIO

LONGEST_CELL = csv.field_size_limit()
"""131,072 characters: four times what a spreadsheet can hold in a cell."""

LONGEST_ROW = 1 << 20

_UNDECODABLE = re.compile("[\udc80-\udcff]")


class _Open(Exception):
    """A quoted cell that has not ended where it must."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row as it stands in the file: the line it begins at, its cells, or the code of what is wrong with it."""

    number: int
    cells: tuple[str, ...]
    problem: str | None = None
    text: str = ""


@dataclass(slots=True)
class Lines:
    """Physical lines with their numbers; lines that were read too far can be put back."""

    stream: TextIO
    number: int = 0
    waiting: deque[str] = field(default_factory=deque)

    def next(self) -> str | None:
        """The next line with its end, at most `LONGEST_ROW` + 1 characters of it; None at the end of the file."""
        line = self.waiting.popleft() if self.waiting else self._read()
        self.number += bool(line)
        return line or None

    def put_back(self, lines: list[str]) -> None:
        """Have these lines come again, in this order."""
        self.waiting.extendleft(reversed(lines))
        self.number -= len(lines)

    def _read(self) -> str:
        line = self.stream.readline(LONGEST_ROW + 1)
        rest = line
        while len(rest) > LONGEST_ROW and rest[-1] not in "\r\n":  # the rest of an endless line is passed over, never kept
            rest = self.stream.readline(LONGEST_ROW + 1)
        return line


def records(lines: Lines, delimiter: str) -> Iterator[Record]:
    """Every row that is not blank."""
    while (line := lines.next()) is not None:
        number = lines.number
        record = _quoted(lines, line, number, delimiter) if '"' in line else _plain(line, number, delimiter)
        if record.problem or any(cell and not cell.isspace() for cell in record.cells):
            yield record


def reread(record: Record, delimiter: str, width: int) -> tuple[str, ...]:
    r"""The cells of a row that has too many, in the dialects that put a blank before a quote, or write `\,` for a comma in a cell."""
    for parsed in (_parse(record.text, delimiter, padded=True), _parse(record.text, delimiter, backslash=True)):
        if parsed is not None and len(parsed) == width:
            return parsed
    return record.cells


def _plain(line: str, number: int, delimiter: str) -> Record:
    problem = _problem(line)
    cells = () if problem else tuple(line.rstrip("\r\n").split(delimiter))
    if not problem and len(line) > LONGEST_CELL and any(len(cell) > LONGEST_CELL for cell in cells):
        return Record(number, (), "cell_too_long")
    return Record(number, cells, problem, line)


def _problem(text: str) -> str | None:
    if len(text) > LONGEST_ROW:
        return "cell_too_long"
    if "\0" in text:
        return "nul_character"
    return "undecodable" if not text.isascii() and _UNDECODABLE.search(text) else None


def _quoted(lines: Lines, line: str, number: int, delimiter: str) -> Record:
    if len(line) > LONGEST_ROW:
        return Record(number, (), "cell_too_long")
    taken: list[str] = []
    try:
        cells = tuple(next(csv.reader(_feed(lines, line, taken), delimiter=delimiter, strict=True)))
    except (csv.Error, _Open):
        return _slip(lines, taken, number, delimiter)
    text = "".join(taken)
    problem = _problem(text)
    return Record(number, () if problem else cells, problem, text)


def _feed(lines: Lines, line: str, taken: list[str]) -> Iterator[str]:
    """The lines of one row: the reader asks for another only while a quoted cell is open."""
    size = 0
    current: str | None = line
    while current is not None and size <= LONGEST_ROW:
        taken.append(current)
        size += len(current)
        yield current
        current = lines.next()
    if current is not None:
        lines.put_back([current])
    raise _Open


def _slip(lines: Lines, taken: list[str], number: int, delimiter: str) -> Record:
    r"""A row whose quotes are wrong: `5" tube` and `\"` in one line are read as meant, a quote left open costs the line it stands in."""
    lines.put_back(taken[1:])
    first = taken[0]
    cells = _parse(first, delimiter, backslash=True) or (_lenient(first, delimiter) if len(taken) == 1 else None)
    if cells is None:
        return Record(number, (), "cell_too_long" if len(first) > LONGEST_CELL else "quote_not_closed", first)
    problem = _problem(first)
    return Record(number, () if problem else cells, problem, first)


def _lenient(line: str, delimiter: str) -> tuple[str, ...] | None:
    """The cells with stray quotes kept as they stand; None when a quote is still open at the end, seen by the line end in the cell."""
    cells = _parse(line.rstrip("\r\n") + "\n", delimiter, lenient=True)
    return None if cells is None or cells[-1].endswith("\n") else cells


def _parse(text: str, delimiter: str, *, backslash: bool = False, padded: bool = False, lenient: bool = False) -> tuple[str, ...] | None:
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        escapechar="\\" if backslash else None,
        doublequote=not backslash,
        skipinitialspace=padded,
        strict=not lenient,
    )
    try:
        return tuple(next(reader))
    except csv.Error:
        return None
