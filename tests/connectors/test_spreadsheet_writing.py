"""Workbooks that are written: text in every cell, complete, and never more than a sheet holds."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from frontdesk.connectors.spreadsheet import SpreadsheetReader, XlsxWriter
from frontdesk.domain.ports import Choices
from frontdesk.domain.problems import Refused

SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+41 79", "007", "1390726237298631770", "http://x", "mailto:a@b.ch", "two\nlines", "ä\u202e👩", " x ", "_x0041_", "TRUE"],
)
def test_what_is_written_is_text_and_reads_back_exactly(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "out.xlsx"
    assert XlsxWriter().write(path, ["Name", "Notes"], [["Anna", cell], ["Ben", ""]]) == 2
    with zipfile.ZipFile(path) as archive:
        assert not any(b"<f>" in archive.read(name) or b"<hyperlink" in archive.read(name) for name in archive.namelist())
    assert [line.cells for line in SpreadsheetReader().read(path, Choices()).lines] == [("Anna", cell), ("Ben", "")]


def test_a_cell_that_a_sheet_cannot_hold_is_refused_not_cut_off(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cell_too_long_for_a_sheet"):
        XlsxWriter().write(tmp_path / "out.xlsx", ["Name"], [["x" * 40_000]])


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frontdesk.connectors.spreadsheet.writer.MOST_ROWS", 3)
    with pytest.raises(Refused, match="too_many_rows_for_a_sheet"):
        XlsxWriter().write(tmp_path / "out.xlsx", ["Name"], [["a"], ["b"], ["c"]])
