"""What a connector of files fulfils, and the plain messages exchanged with it.

A table is read as text: a cell means something only once `domain/imports` has understood it, so leading zeros, plus signs and
ids of 19 digits arrive as they were written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user settled about a file instead of leaving it to detection; None means "find out".

    Attributes:
        heading: True when the first row that is not blank is the heading row, False when there is none.
        sheet: which sheet of a workbook, by its name.
    """

    encoding: str | None = None
    delimiter: str | None = None
    heading: bool | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """How a file was read, so that it can be shown and overridden.

    Attributes:
        encoding: Python's name of it; "" for a workbook.
        delimiter: one character; "" for a workbook.
        sheet: the sheet that was read; "" for a text file.
        sheets: all sheets of the workbook, to choose from.
        heading_line: the line of the heading row, or 0 when the file has none.
        certain: whether there is no doubt about the heading row; a file without one is doubtful until somebody says so.
    """

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    heading_line: int = 0
    certain: bool = True

    @property
    def has_heading(self) -> bool:
        """Whether the headings are the file's own."""
        return self.heading_line > 0


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file: the line it begins at, its cells (as many as there are headings), or the code of what is wrong with it."""

    number: int
    cells: Cells
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A file as rows of text under headings; `lines` can be gone through as often as needed and is never all in memory.

    Attributes:
        headings: every one different and none empty: repeated ones are numbered, missing ones are called by their place.
    """

    headings: Cells
    shape: Shape
    lines: Iterable[Line]


class TableReader(Protocol):
    """Reads one kind of file as a table."""

    def claims(self, first: bytes) -> bool:
        """Whether a file that begins with these bytes is of this kind, whatever its name says."""
        ...

    def read(self, path: Path, choices: Choices) -> Table:
        """The file as a table; what cannot be read is refused, what cannot be understood is detected or left to the choices."""
        ...


class TableWriter(Protocol):
    """Writes one kind of file."""

    def write(self, path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
        """Write headings and rows to a file that nobody else sees yet, and say how many rows."""
        ...
