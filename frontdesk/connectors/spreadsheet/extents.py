"""How large a block the cells of a sheet span, found without building it.

The library lays out a dense block from the first to the last cell: two cells at opposite corners of a sheet of 4 KB ask for 550 GB and
abort the process. The reader of XLSX parts looks for references only, a tenth of the time that a parser takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from frontdesk.domain.problems import Refused

MOST_CELLS = 6_000_000
_CHUNK = 1 << 18
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{1,3})([0-9]{1,7})[\"']")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_UNPLACED = (b"<c>", b"<c ", b":c>", b":c ")
_LONG = re.compile(rb"\sr=[\"']([A-Z]{1,3})([0-9]{1,7})[\"'][^<>]*>\s*<v>([0-9]{16,})</v>")
"""A number of so many digits does not survive as a floating point number."""

LongNumbers = dict[tuple[int, int], list[str]]
"""What stands at a (row, column) from 0, in whichever sheet; parts need not be in the order of the tabs."""


def of_xlsx(stream: IO[bytes], found: LongNumbers) -> None:
    """Refuse a sheet that spans too much; add the whole numbers in it that reading would round."""
    box = _Box()
    for piece in _pieces(stream):
        references = _REFERENCE.findall(piece)
        box.count(sum(map(piece.count, _UNPLACED)))
        if references:
            letters, rows = zip(*references, strict=True)
            box.grow(max(map(int, set(rows))), max(map(_column, set(letters))))
        for match in _LONG.finditer(piece):
            found.setdefault((int(match[2]) - 1, _column(match[1]) - 1), []).append(match[3].decode())


def of_ods(stream: IO[bytes]) -> None:
    """Refuse a table that unfolds to too many cells."""
    _OdsCells().read(stream)


def chunks(stream: IO[bytes]) -> Iterator[bytes]:
    """What is left of a part, piece by piece."""
    while chunk := stream.read(_CHUNK):
        yield chunk


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The part cut between cells, so that none is seen in halves."""
    rest = stream.read(_CHUNK)
    if rest.startswith(_UTF_16):  # would hide its references from us
        raise Refused("workbook_damaged", "file")
    for chunk in chunks(stream):
        rest += chunk
        cut = max(rest.rfind(b"</c>"), rest.rfind(b"/>"))
        if cut < 0 and len(rest) < 8 * _CHUNK:
            continue
        yield rest[:cut]
        rest = rest[cut:]
    yield rest


@dataclass(slots=True)
class _Box:
    """The corner of the cells met so far, and how many they are."""

    rows: int = 0
    columns: int = 0
    cells: int = 0

    def grow(self, row: int, column: int) -> None:
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)
        self.count(0)

    def count(self, more: int) -> None:
        self.cells += more
        if max(self.rows * self.columns, self.cells) > MOST_CELLS:
            raise Refused("workbook_too_large", "file", most=MOST_CELLS)


@dataclass(slots=True)
class _OdsCells:
    """How many cells an ODS table unfolds to, its repeated rows and cells counted; blank ones at the end do not count."""

    box: _Box = field(default_factory=_Box)
    row: int = 0
    column: int = 0
    repeat_row: int = 1

    def read(self, stream: IO[bytes]) -> None:
        parser = expat.ParserCreate()  # follows no external entity, and ends a part whose entities multiply
        parser.StartElementHandler = self._start
        for chunk in chunks(stream):
            parser.Parse(chunk)
        parser.Parse(b"", True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "table":
            self.row = 0
            self.repeat_row = 0
        elif tag == "table-row":
            self.row += self.repeat_row
            self.repeat_row, self.column = _repeats(attributes, "rows"), 0
        elif tag in {"table-cell", "covered-table-cell"}:
            self.column += _repeats(attributes, "columns")
            if any(key.endswith(":value-type") for key in attributes):
                self.box.grow(self.row + self.repeat_row, self.column)


def _repeats(attributes: dict[str, str], of: str) -> int:
    return int(attributes.get(f"table:number-{of}-repeated", 1))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
