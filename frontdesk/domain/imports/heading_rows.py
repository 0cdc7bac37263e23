"""Which row of a file holds the headings, and what they are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from frontdesk.domain.imports.shapes import is_date, is_email, is_phone, is_value
from frontdesk.domain.ports import Cells

LOOKED_AT = 60
"""Rows that decide; title lines rarely take more than a few."""


def find(rows: Sequence[Cells]) -> tuple[int, bool]:
    """Where the table begins, and whether that row is a heading row.

    Title lines are passed over only when a heading row follows them; a file without headings begins at its first row, so that none is lost.
    """
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    usual, _ = max(Counter(each for each in filled if each).items(), key=lambda pair: (pair[1], pair[0]), default=(1, 0))
    enough = min(usual, max(2, (usual + 1) // 2))
    index = next((index for index, count in enumerate(filled) if count >= enough), 0)
    if rows and is_heading(rows[index], rows[index + 1 :]):
        return index, True
    return next((index for index, count in enumerate(filled) if count), 0), False


def is_heading(row: Cells, below: Sequence[Cells]) -> bool:
    """Whether a row names columns: it holds no value itself, and no gap where the rows below it hold phones, e-mails or dates."""
    if any(is_value(cell) for cell in row):
        return False
    return not any(_holds_values(index, below) for index, cell in enumerate(row) if not cell.strip())


def named(row: Cells) -> Cells:
    """The headings of a row, all different: "Name", "Name (2)"; one without a text is called by its place, "Column 5"."""
    taken: set[str] = set()
    names: list[str] = []
    for place, cell in enumerate(row, start=1):
        plain = " ".join(cell.replace("\ufeff", "").split()) or f"Column {place}"
        name, count = plain, 1
        while name in taken:
            count += 1
            name = f"{plain} ({count})"
        taken.add(name)
        names.append(name)
    return tuple(names)


def placed(width: int) -> Cells:
    """The headings of a file that has none: Column 1, Column 2."""
    return tuple(f"Column {place}" for place in range(1, width + 1))


def _holds_values(index: int, below: Sequence[Cells]) -> bool:
    found = [row[index] for row in below if index < len(row) and row[index].strip()]
    telling = sum(is_email(cell) or is_phone(cell) or is_date(cell) for cell in found)
    return bool(found) and telling * 2 >= len(found)
