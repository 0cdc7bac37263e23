"""Rows to a CSV file that every spreadsheet opens, and none runs."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from frontdesk.connectors.csv_file.formulas import disarm


class CsvWriter:
    """Comma, UTF-8 with its mark (Excel needs it to read accents), CRLF."""

    def write(self, path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
        """Write headings and rows; see `TableWriter`."""
        count = 0
        with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([disarm(heading) for heading in headings])
            for row in rows:
                writer.writerow([disarm(cell) for cell in row])
                count += 1
        return count
