"""Rows to an XLSX file in which every cell is a text, never a formula or a link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

from frontdesk.domain.problems import Refused

LONGEST_CELL = 32_767
MOST_ROWS = 1_048_576


class XlsxWriter:
    """Row by row, so that memory stays small whatever the length."""

    def write(self, path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
        """Write headings and rows; see `TableWriter`. What a sheet cannot hold is refused, never cut off."""
        options = {"constant_memory": True, "tmpdir": str(path.parent), "in_memory": False}
        try:
            with xlsxwriter.Workbook(str(path), options) as workbook:
                return _fill(workbook.add_worksheet("Leads"), headings, rows)
        except FileCreateError as problem:  # the library's wrapping of what the system said, a full disk for example
            raise next((each for each in problem.args if isinstance(each, OSError)), OSError()) from None


def _fill(sheet: Worksheet, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    count = 0
    sheet.freeze_panes(1, 0)
    _row(sheet, 0, headings)
    for count, row in enumerate(rows, start=1):
        _row(sheet, count, row)
    return count


def _row(sheet: Worksheet, number: int, cells: Sequence[str]) -> None:
    if number >= MOST_ROWS:
        raise Refused("too_many_rows_for_a_sheet", "file", most=MOST_ROWS)
    for column, cell in enumerate(cells):
        if len(cell.encode("utf-16-le", "replace")) // 2 > LONGEST_CELL:
            raise Refused("cell_too_long_for_a_sheet", "file", most=LONGEST_CELL)
        if cell:
            sheet.write_string(number, column, cell)
