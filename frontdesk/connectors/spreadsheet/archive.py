"""What is looked at before a workbook is opened, because opening a hostile one would end the program.

The library lays out a dense block from the first to the last cell: two cells at opposite corners of a sheet of 4 KB ask for 550 GB and
abort the process. So sizes are checked in the archive's directory, every part is unpacked once (which proves its declared size and
checksum), and the sheets are gone through for where their cells lie.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from frontdesk.domain.problems import Refused

LARGEST_UNPACKED = 320 << 20
LARGEST_RATIO = 200
"""Deflate reaches 1,032:1 on nothing but zeros; the most monotonous real sheet stays below 60:1."""

MOST_CELLS = 6_000_000
_CHUNK = 1 << 18
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_EXACT = 16
"""A number of so many digits does not survive as a floating point number."""

LongNumbers = dict[tuple[int, int], list[str]]
"""What stands at a (row, column) from 0, in whichever sheet; parts need not be in the order of the tabs."""


@dataclass(slots=True)
class _Box:
    """The corner of the cells met so far."""

    rows: int = 0
    columns: int = 0

    def grow(self, row: int, column: int) -> None:
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)
        if self.rows * self.columns > MOST_CELLS:
            raise Refused("workbook_too_large", "file", most=MOST_CELLS)


def inspect(path: Path) -> LongNumbers:
    """Refuse what cannot be opened safely; else say which whole numbers are too long to survive reading."""
    found: LongNumbers = {}
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
            _check_sizes(parts)
            for part in parts:
                for place, number in _inspected(archive, part).items():
                    found.setdefault(place, []).append(number)
    except (BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        raise Refused("workbook_damaged", "file") from None
    return found


def kind(path: Path) -> str:
    """Which kind of workbook an archive is, by its parts: "xlsx" or "ods"; anything else is refused."""
    try:
        with ZipFile(path) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and b"opendocument.spreadsheet" in archive.open("mimetype").read(200):
                return "ods"
    except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error):
        raise Refused("workbook_damaged", "file") from None
    if any(name.lower() == "xl/workbook.xml" for name in names):
        return "xlsx"
    raise Refused("not_a_table", "file")


def _check_sizes(parts: list[ZipInfo]) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("workbook_encrypted", "file")
    unpacked = sum(part.file_size for part in parts)
    bomb = any(part.file_size > 16 << 20 and part.file_size > LARGEST_RATIO * max(part.compress_size, 1) for part in parts)
    if unpacked > LARGEST_UNPACKED or bomb:
        raise Refused("workbook_too_large", "file", most=LARGEST_UNPACKED)


def _inspected(archive: ZipFile, part: ZipInfo) -> dict[tuple[int, int], str]:
    """Unpack one part to its end, which checks its sum; look into it when it holds cells."""
    found: dict[tuple[int, int], str] = {}
    with archive.open(part) as stream:
        name = part.filename.lower()
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            found = _XlsxCells().read(stream)
        elif name == "content.xml":
            _OdsCells().read(stream)
        for _ in _chunks(stream):
            pass
    return found


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


def _parser(start: Callable[[str, dict[str, str]], None]) -> expat.XMLParserType:
    """Expat follows no external entity, and ends a part whose entities multiply."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    return parser


@dataclass(slots=True)
class _XlsxCells:
    """Where the cells of a sheet lie, and the long whole numbers among them."""

    box: _Box = field(default_factory=_Box)
    long: dict[tuple[int, int], str] = field(default_factory=dict)
    row: int = 0
    column: int = 0
    text: list[str] = field(default_factory=list)
    parser: expat.XMLParserType | None = None

    def read(self, stream: IO[bytes]) -> dict[tuple[int, int], str]:
        self.parser = _parser(self._start)
        self.parser.EndElementHandler = self._end
        for chunk in _chunks(stream):
            self.parser.Parse(chunk)
        self.parser.Parse(b"", True)
        return self.long

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
        elif tag == "c":
            self._place(attributes.get("r", ""))
        elif tag == "v" and self.parser is not None:
            self.text = []
            self.parser.CharacterDataHandler = self.text.append

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] == "v" and self.parser is not None:
            self.parser.CharacterDataHandler = None
            written = "".join(self.text)
            if len(written) >= _EXACT and written.isdecimal():
                self.long[self.row - 1, self.column - 1] = written

    def _place(self, reference: str) -> None:
        match = _REFERENCE.fullmatch(reference.upper())
        if match:
            self.row, self.column = int(match[2]), _column(match[1])
        elif reference:
            raise Refused("workbook_damaged", "file")
        else:
            self.column += 1
        self.box.grow(self.row, self.column)


@dataclass(slots=True)
class _OdsCells:
    """How many cells an ODS table unfolds to, its repeated rows and cells counted; blank ones at the end do not count."""

    box: _Box = field(default_factory=_Box)
    row: int = 0
    column: int = 0
    repeat_row: int = 1

    def read(self, stream: IO[bytes]) -> None:
        parser = _parser(self._start)
        for chunk in _chunks(stream):
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


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
