"""The first walk through a file: what must be known of all rows before one is understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from frontdesk.domain.imports.columns import Column, ColumnMap
from frontdesk.domain.imports.dates import DateEvidence, DateReading, Order
from frontdesk.domain.imports.fields import FIELDS, Kind
from frontdesk.domain.imports.words import Words, cell_word, plain
from frontdesk.domain.ports import Line, Table
from frontdesk.domain.problems import Refused

MOST_VALUES = 2_000
"""So many different statuses, sources or people nobody has: the wrong column was chosen."""


@dataclass(frozen=True, slots=True)
class Survey:
    """How many rows there are, how the dates of each column are read, and which words stand in fields of the practice's own lists.

    Attributes:
        dates: column index to its reading.
        words: field to word, as first written, to how often.
    """

    rows: int
    dates: Mapping[int, DateReading]
    words: Mapping[str, Mapping[str, int]]

    @property
    def assumed(self) -> tuple[int, ...]:
        """The columns whose day and month could be the other way round."""
        return tuple(index for index, reading in self.dates.items() if reading.assumed)


def survey(table: Table, columns: ColumnMap, words: Words, region: Order) -> Survey:
    """Go through all rows once, keeping counts only."""
    evidence = {column.index: DateEvidence() for column in _of_kind(columns, Kind.INSTANT, Kind.DAY)}
    values = _of_kind(columns, Kind.VALUE)
    counts: dict[str, Counter[str]] = {str(column.field): Counter() for column in values}
    spelling: dict[tuple[str, str], str] = {}
    rows = 0
    for line in table.lines:
        rows += 1
        if line.problem is None:
            for index, seen in evidence.items():
                seen.see(line.cells[index])
            _count(line, values, counts, spelling, words)
    return Survey(
        rows,
        {index: seen.decide(region, words.months, in_utc=_in_utc(columns, index)) for index, seen in evidence.items()},
        {field: {spelling[field, word]: count for word, count in of.items()} for field, of in counts.items()},
    )


def require_ready(table: Table, columns: ColumnMap) -> None:
    """Refuse to read rows of a file whose headings are in doubt, or none of whose columns says who somebody is."""
    if not table.shape.certain:
        raise Refused("heading_row_needed", "heading")
    if not columns.identifies:
        raise Refused("no_identifying_column", "map")


def _of_kind(columns: ColumnMap, *kinds: Kind) -> tuple[Column, ...]:
    return tuple(column for column in columns.columns if column.field and FIELDS[column.field].kind in kinds)


def _count(
    line: Line, columns: tuple[Column, ...], counts: dict[str, Counter[str]], spelling: dict[tuple[str, str], str], words: Words
) -> None:
    for column in columns:
        field, written = str(column.field), words.text(line.cells[column.index])
        if not written:
            continue
        word = cell_word(written)
        spelling.setdefault((field, word), written)
        counts[field][word] += 1
        if len(counts[field]) > MOST_VALUES:
            raise Refused("too_many_values", field, most=MOST_VALUES, heading=column.heading)


def _in_utc(columns: ColumnMap, index: int) -> bool:
    return bool({"utc", "gmt"} & set(plain(columns.columns[index].heading).split()))
