"""A text file as a table: encoding, delimiter and heading found or as chosen, rows streamed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from frontdesk.connectors.csv_file import dialects, encodings
from frontdesk.connectors.csv_file.formulas import restore
from frontdesk.connectors.csv_file.records import Lines, Record, records, reread
from frontdesk.domain.imports import heading_rows
from frontdesk.domain.ports import Cells, Choices, Line, Shape, Table
from frontdesk.domain.problems import Refused

_SAMPLE_LINES = 400
_SAMPLE_SIZE = 1 << 17


class CsvReader:
    """Reads whatever is text; the last to be asked."""

    def claims(self, first: bytes) -> bool:
        """Text is what nothing else claims."""
        return bool(first)

    def read(self, path: Path, choices: Choices) -> Table:
        """The file as a table; see `TableReader`."""
        encoding = encodings.check(choices.encoding) if choices.encoding else encodings.detect(path)
        sample = _sample(path, encoding)
        told = dialects.told(sample[0]) if sample else None
        delimiter = _checked(choices.delimiter) or told or dialects.sniff(sample)
        rows = list(islice(_rows(path, encoding, delimiter, skip=1 if told else 0), heading_rows.LOOKED_AT))
        if not rows:
            raise Refused("file_empty", "file")
        index, found = heading_rows.find([record.cells for record in rows])
        has_heading = found if choices.heading is None else choices.heading
        if found != has_heading:
            index = next((place for place, record in enumerate(rows) if record.cells), 0)
        first = rows[index]
        width = max(len(record.cells) for record in rows[index:])
        headings = heading_rows.named(_trimmed(first.cells)) if has_heading else heading_rows.placed(width)
        shape = Shape(encoding, delimiter, heading_line=first.number if has_heading else 0, certain=found or choices.heading is not None)
        return Table(headings, shape, _Body(path, shape, headings, first, skip=1 if told else 0))


@dataclass(frozen=True, slots=True)
class _Body:
    """The rows below the heading, read anew each time."""

    path: Path
    shape: Shape
    headings: Cells
    first: Record
    skip: int

    def __iter__(self) -> Iterator[Line]:
        doubtful = False
        for record in _rows(self.path, self.shape.encoding, self.shape.delimiter, skip=self.skip):
            if record.number < self.first.number or self._is_heading(record):
                continue
            line = self._line(record, doubtful)
            doubtful = record.problem == "quote_not_closed" or (doubtful and line.problem is not None)
            yield line

    def _is_heading(self, record: Record) -> bool:
        """The heading row itself, and its copies where several exports were joined into one file."""
        return self.shape.has_heading and record.problem is None and record.cells == self.first.cells

    def _line(self, record: Record, doubtful: bool) -> Line:
        """The row with as many cells as there are headings; after an open quote only a row of the right width is believed again."""
        cells, width = record.cells, len(self.headings)
        if record.problem:
            return Line(record.number, (), record.problem)
        if len(cells) > width and any(cells[width:]):
            cells = reread(record, self.shape.delimiter, width)
        if (len(cells) > width and any(cells[width:])) or (doubtful and len(cells) != len(self.first.cells)):
            return Line(record.number, (), "cell_count")
        padded = cells[:width] + ("",) * (width - len(cells))
        return Line(record.number, tuple(map(_cell, padded)))


def _rows(path: Path, encoding: str, delimiter: str, *, skip: int) -> Iterator[Record]:
    try:
        with encodings.opened(path, encoding) as file:
            lines = Lines(file)
            for _ in range(skip):
                lines.next()
            yield from records(lines, delimiter)
    except OSError:  # the file went away since it was looked at
        raise Refused("file_not_readable", "file") from None


def _sample(path: Path, encoding: str) -> list[str]:
    with encodings.opened(path, encoding) as file:
        text = file.read(_SAMPLE_SIZE)
    lines = list(io.StringIO(text, newline=""))
    return lines[: min(_SAMPLE_LINES, max(1, len(lines) - 1) if len(text) == _SAMPLE_SIZE else len(lines))]


def _checked(delimiter: str | None) -> str | None:
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n\0'):
        raise Refused("delimiter_unknown", "delimiter")
    return delimiter


def _trimmed(cells: Cells) -> Cells:
    """Without the empty cells that trailing delimiters leave behind: they are no columns unless a row fills them."""
    width = max((place for place, cell in enumerate(cells, start=1) if cell.strip("\ufeff ")), default=1)
    return cells[:width]


def _cell(cell: str) -> str:
    return restore(cell.removeprefix("\ufeff"))
