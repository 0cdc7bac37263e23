"""Which character separates the cells, found by trying all four."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import islice

DELIMITERS = ",;\t|"
_ROWS = 100


def told(first_line: str) -> str | None:
    """The delimiter that Excel's own first line `sep=;` names."""
    bare = first_line.strip("\ufeff\r\n ").lower()
    return bare[4:] if len(bare) == 5 and bare.startswith("sep=") else None


def sniff(lines: list[str]) -> str:
    """The delimiter that gives most rows the same number of cells and leaves the fewest broken quotes; a comma when none does."""
    scores = {delimiter: _score(lines, delimiter) for delimiter in DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    return best if scores[best] > 0 else ","


def _score(lines: list[str], delimiter: str) -> float:
    rows = _rows(lines, delimiter)
    if not rows:
        return 0.0
    width, count = max(Counter(map(len, rows)).items(), key=lambda pair: (pair[1], pair[0]))
    if width == 1:
        return 0.0
    broken = sum(any(cell.count('"') % 2 or '"' + delimiter in cell for cell in row) for row in rows)
    same = (count - broken / 2) / len(rows)
    return same * abs(same) * (1 - 1 / width)


def _rows(lines: list[str], delimiter: str) -> list[list[str]]:
    """The first rows that are not blank; a sample is shorter than the longest cell, so reading it never fails."""
    filled = (row for row in csv.reader(lines, delimiter=delimiter) if any(cell.strip() for cell in row))
    return list(islice(filled, _ROWS))
