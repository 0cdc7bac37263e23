"""A workbook as a table: the first sheet that holds something, or the one that was chosen."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from frontdesk.connectors.spreadsheet import archive
from frontdesk.connectors.spreadsheet.cells import text_of
from frontdesk.connectors.spreadsheet.extents import LongNumbers
from frontdesk.domain.imports import heading_rows
from frontdesk.domain.ports import Cells, Choices, Line, Shape, Table
from frontdesk.domain.problems import Refused

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ROUNDED = re.compile(r"\d(?:\.\d+)?E\+\d+")
LARGEST_XLS = 64 << 20
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
LONGEST_CELL = 131_072

_Rows = list[tuple[int, Cells]]


class SpreadsheetReader:
    """Reads XLSX, XLS and ODS by what is in them, whatever the file is called."""

    def claims(self, first: bytes) -> bool:
        """Workbooks are archives, or the older compound files."""
        return first.startswith((_ZIP, _OLE))

    def read(self, path: Path, choices: Choices) -> Table:
        """The chosen or first filled sheet as a table; see `TableReader`."""
        long_numbers = _checked(path)
        try:
            return _table(path, choices, long_numbers)
        except PasswordError:
            raise Refused("workbook_encrypted", "file") from None
        except (CalamineError, OSError, ValueError):
            raise Refused("workbook_damaged", "file") from None
        except BaseException as problem:  # WORKAROUND: a panic of the Rust library is a BaseException of a class nobody can import
            if type(problem).__name__ != "PanicException":
                raise
            raise Refused("workbook_damaged", "file") from None


@dataclass(frozen=True, slots=True)
class _Body:
    """The rows below the heading. The library holds the sheet; going through it again costs no reading."""

    sheet: CalamineSheet
    headings: Cells
    first_line: int
    has_heading: bool
    long_numbers: LongNumbers

    def __iter__(self) -> Iterator[Line]:
        width = len(self.headings)
        for number, cells in _rows(self.sheet, self.long_numbers):
            if number < self.first_line + self.has_heading:
                continue
            if any(cell.strip() for cell in cells[width:]):
                yield Line(number, (), "cell_count")
            elif any(len(cell) > LONGEST_CELL for cell in cells):
                yield Line(number, (), "cell_too_long")
            else:
                yield Line(number, cells[:width] + ("",) * (width - len(cells)))


def _checked(path: Path) -> LongNumbers:
    """Nothing is opened by the library before its size is known to be harmless."""
    if zipfile.is_zipfile(path):
        archive.kind(path)
        return archive.inspect(path)
    with path.open("rb") as file:
        content = file.read(LARGEST_XLS + 1)
    if not content.startswith(_OLE):
        raise Refused("workbook_damaged", "file")
    if len(content) > LARGEST_XLS:
        raise Refused("workbook_too_large", "file", most=LARGEST_XLS)
    if _ENCRYPTED in content:
        raise Refused("workbook_encrypted", "file")
    return {}


def _table(path: Path, choices: Choices, long_numbers: LongNumbers) -> Table:
    with CalamineWorkbook.from_path(str(path)) as workbook:
        names = tuple(each.name for each in workbook.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet)
        sheet, rows = _chosen(workbook, names, choices.sheet, long_numbers)
    index, found = heading_rows.find([cells for _, cells in rows])
    has_heading = found if choices.heading is None else choices.heading
    if has_heading != found:
        index = 0
    line, first = rows[index]
    width = max(len(cells) for _, cells in rows)
    filled = max((place for place, cell in enumerate(first, start=1) if cell.strip()), default=width)
    headings = heading_rows.named(first[:filled]) if has_heading else heading_rows.placed(width)
    certain = found or choices.heading is not None
    shape = Shape(sheet=sheet.name, sheets=names, heading_line=line if has_heading else 0, certain=certain)
    return Table(headings, shape, _Body(sheet, headings, line, has_heading, long_numbers))


def _chosen(
    workbook: CalamineWorkbook, names: tuple[str, ...], wanted: str | None, long_numbers: LongNumbers
) -> tuple[CalamineSheet, _Rows]:
    """The wanted sheet or the first that says something, with its first rows."""
    if wanted is not None and wanted not in names:
        raise Refused("sheet_unknown", "sheet")
    for name in names if wanted is None else (wanted,):
        sheet = workbook.get_sheet_by_name(name)
        if rows := list(islice(_rows(sheet, long_numbers), heading_rows.LOOKED_AT)):
            return sheet, rows
    raise Refused("file_empty", "file")


def _rows(sheet: CalamineSheet, long_numbers: LongNumbers) -> Iterator[tuple[int, Cells]]:
    """Every row that is not blank, with its number as the spreadsheet program shows it."""
    left = sheet.start[1] if sheet.start else 0
    for row, values in enumerate(sheet.iter_rows()):
        cells = tuple(map(text_of, values))
        if not any(cell and not cell.isspace() for cell in cells):
            continue
        if long_numbers:
            cells = tuple(_exact(cell, long_numbers.get((row, column), ())) for column, cell in enumerate(cells, start=left))
        yield row + 1, cells


def _exact(cell: str, written: Sequence[str]) -> str:
    """The digits as they stand in the file, when they are what the library rounded."""
    return next((number for number in written if _ROUNDED.fullmatch(cell) and float(number) == float(cell)), cell)
