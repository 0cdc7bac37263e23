"""Rows of a file for the tests of imports: headings and cells in, what was understood out."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from frontdesk.domain.imports import Order, Problem, Reading, Row, RowValues, Words, propose, propose_values, survey, understand
from frontdesk.domain.ports import Line, Shape, Table
from frontdesk.places import shipped

WORDS = Words.of(tomllib.loads((shipped("resources") / "imports.toml").read_text(encoding="utf-8")))
KNOWN = {"status": {"new": "New", "won": "Won", "lost": "Lost"}, "source": {"7": "Web"}, "owner": {}, "reason": {"price": "Price"}}
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
OUTCOMES = {"new": "open", "won": "won", "lost": "lost"}


def table(headings: tuple[str, ...], *rows: tuple[str, ...]) -> Table:
    lines = [Line(number, row) for number, row in enumerate(rows, start=2)]
    return Table(headings, Shape("utf-8", ",", heading_line=1), lines)


def rows(headings: tuple[str, ...], *cells: tuple[str, ...], currency: str = "USD", fields: dict[str, str] | None = None) -> list[Row]:
    read = table(headings, *cells)
    columns = propose(headings, cells, WORDS).given(fields or {})
    seen = survey(read, columns, WORDS, Order.DAY_FIRST)
    values = propose_values(seen.words, KNOWN, {}, WORDS)
    reading = Reading(WORDS, seen.dates, values, ZoneInfo("Europe/Zurich"), "CH", currency, NOW, OUTCOMES)
    return list(understand(read, columns, reading))


def row(headings: tuple[str, ...], *cells: str) -> Row:
    return rows(headings, cells)[0]


def values(**cells: str) -> RowValues:
    found = rows(tuple(cells), tuple(cells.values()), fields={key: key for key in cells})[0]
    assert found.values is not None, found.problems
    return found.values


def problems(**cells: str) -> tuple[Problem, ...]:
    return rows(tuple(cells), tuple(cells.values()), fields={key: key for key in cells})[0].problems


def warnings(**cells: str) -> tuple[Problem, ...]:
    return rows(tuple(cells), tuple(cells.values()), fields={key: key for key in cells})[0].warnings
