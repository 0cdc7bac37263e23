"""Statements of SQLAlchemy Core, compiled once for a dialect and run on the driver's own cursor; values in and out as plain Python.

Core's own `execute` costs about 95 microseconds a statement more. What it would do for a value is done here, by the value's type on the
way in and by the selected column's type on the way out, so nobody else knows how a database stores an instant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from operator import itemgetter
from typing import Any, NamedTuple

import msgspec
import sqlcipher3.dbapi2 as driver
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Date,
    DateTime,
    Dialect,
    FromClause,
    Insert,
    LargeBinary,
    Table,
    Text,
    Update,
    bindparam,
    cast,
    column,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.sql.expression import Executable

from frontdesk.domain.problems import Refused
from frontdesk.store.dialects import POSTGRES, ReadAs

Values = Mapping[str, Any]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_BASE64: ColumnElement[str] = literal_column("'base64'")
"""How bytes stand in JSON (msgspec writes them so)."""

_EXACT = 6_000_000_000_000_000
_INSTANTS = list[datetime | None]
_MOST_KEPT = 2000
_WORTH_TURNING = 8


def microseconds(instant: datetime) -> int:
    """An instant as SQLite stores it."""
    return (instant - _EPOCH) // _MICROSECOND


def instant(stored: int) -> datetime:
    """An instant as SQLite gives it back."""
    return _EPOCH + timedelta(0, 0, stored)


def _instants(cells: Iterable[int | None]) -> list[datetime | None]:
    """A column of instants, in a third of the time; what lies too far away for a fraction of a second to be exact is read one by one."""
    seconds = [None if cell is None else cell / 1e6 if -_EXACT < cell < _EXACT else instant(cell) for cell in cells]
    return msgspec.convert(seconds, _INSTANTS, strict=False)


_json = msgspec.json.Encoder()


def as_json(values: Sequence[Any]) -> str:
    """A list of values or of whole rows as one text; Refused `text_not_valid`."""
    try:
        return _json.encode(values).decode()
    except UnicodeEncodeError:  # half of a surrogate pair
        raise Refused("text_not_valid") from None


def _as_it_is(value: Any) -> Any:
    return value


def stored_as(kind: type, convert: Callable[[Any], Any]) -> None:
    """Tell SQLite's driver how a kind of value is stored; one that it is not told of costs it a microsecond to find that out, every time."""
    driver.register_adapter(kind, convert)


_STORED_AS: dict[type, Callable[[Any], Any]] = {
    datetime: microseconds,
    date: date.isoformat,
    list: as_json,
    tuple: as_json,
    bool: int,
    bytes: _as_it_is,
    type(None): _as_it_is,
}
for _kind, _convert in _STORED_AS.items():
    stored_as(_kind, _convert)


def _each(read: Callable[[Any], Any]) -> Callable[[Iterable[Any]], list[Any]]:
    return lambda cells: [None if cell is None else read(cell) for cell in cells]


class _Reader(NamedTuple):
    """What is made of a column: cell by cell in a few rows, the whole column in many."""

    place: int
    cell: Callable[[Any], Any]
    column: Callable[[Iterable[Any]], list[Any]]


_FROM_SQLITE: tuple[tuple[type, Callable[[Any], Any], Callable[[Iterable[Any]], list[Any]]], ...] = (
    (DateTime, instant, _instants),
    (Date, date.fromisoformat, _each(date.fromisoformat)),
    (Boolean, bool, _each(bool)),
)


class Prepared:
    """One statement in one dialect."""

    __slots__ = ("_in_order", "_together", "constants", "order", "readers", "sql")

    def __init__(self, statement: Executable, dialect: Dialect, columns: Sequence[str] | None = None) -> None:
        compiled: Any = statement.compile(dialect=dialect, column_keys=columns, compile_kwargs={"render_postcompile": True})  # type: ignore[attr-defined]  # every Executable used here is a ClauseElement
        self.sql: str = compiled.string
        self.order: tuple[str, ...] | None = tuple(compiled.positiontup) if compiled.positional else None
        self._in_order = _in_order(self.order or ())
        given = compiled.params if columns is None else {}
        self.constants: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        self.readers = tuple(_readers(statement, is_local=self.order is not None))
        self._together: tuple[Table, tuple[str, ...]] | Prepared | None = None
        if not compiled.positional:
            self._together = _one_row(statement, tuple(compiled.params)) if not self.constants else None

    def arguments(self, values: Values) -> Any:
        """The values as the driver wants them: in order for SQLite, by name for PostgreSQL."""
        if self.constants:
            values = {**self.constants, **values}
        return values if self.order is None else self._in_order(values)

    def together(self, rows: Sequence[Values]) -> tuple[str, Values] | None:
        """Many rows for a server as one statement with one value, at a third of the cost; None where each has to go by itself."""
        if isinstance(self._together, tuple):
            self._together = Prepared(_of_json(*self._together), POSTGRES)
        return None if self._together is None else (self._together.sql, {"rows": as_json(rows)})

    def read(self, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """The rows with instants, dates, booleans and whatever is `ReadAs` something as such."""
        readers = self.readers
        if not readers:
            return rows
        try:
            return _by_column(rows, readers) if len(rows) >= _WORTH_TURNING else [_converted(row, readers) for row in rows]
        except (TypeError, ValueError, OverflowError, LookupError, msgspec.DecodeError):  # no statement of ours stores such a thing
            raise Refused("database_damaged") from None


def _one_row(statement: Executable, binds: tuple[str, ...]) -> tuple[Table, tuple[str, ...]] | None:
    """Table and columns of a plain insert whose binds are named as their columns; None for every other statement."""
    if type(statement) is not Insert or statement.select is not None or not isinstance(statement.table, Table):
        return None
    return (statement.table, binds) if set(binds) <= set(statement.table.c.keys()) else None


def recordset(columns: Sequence[Column[Any]]) -> tuple[FromClause, list[ColumnElement[Any]]]:
    """On PostgreSQL: the rows of one JSON array (bind `rows`, see `as_json`) as a table, and its cells by the columns' names and types."""
    kinds = [column(each.name, Text() if isinstance(each.type, LargeBinary) else each.type) for each in columns]
    rows = func.json_to_recordset(cast(bindparam("rows", type_=Text()), JSON)).table_valued(*kinds).render_derived("given", with_types=True)
    cells = [func.decode(rows.c[each.name], _BASE64) if isinstance(each.type, LargeBinary) else rows.c[each.name] for each in columns]
    return rows, [cell.label(each.name) for cell, each in zip(cells, columns, strict=True)]


def _of_json(table: Table, names: tuple[str, ...]) -> Insert:
    return insert(table).from_select(list(names), select(*recordset([table.c[name] for name in names])[1]))


def _in_order(names: tuple[str, ...]) -> Callable[[Values], Sequence[Any]]:
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: [values[name] for name in names]


def _converted(row: tuple[Any, ...], readers: Sequence[_Reader]) -> tuple[Any, ...]:
    cells = list(row)
    for place, read, _ in readers:
        if cells[place] is not None:
            cells[place] = read(cells[place])
    return tuple(cells)


def _by_column(rows: list[tuple[Any, ...]], readers: Sequence[_Reader]) -> list[tuple[Any, ...]]:
    """A page of a list is converted a column at a time, in half the time."""
    columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
    for place, _, read in readers:
        columns[place] = read(columns[place])
    return list(zip(*columns, strict=True))


def _readers(statement: Executable, *, is_local: bool) -> Iterator[_Reader]:
    for place, selected in enumerate(getattr(statement, "selected_columns", ())):
        if isinstance(selected.type, ReadAs):
            yield _Reader(place, selected.type.read, _each(selected.type.read))
        elif is_local:
            for kind, cell, whole in _FROM_SQLITE:
                if isinstance(selected.type, kind):
                    yield _Reader(place, cell, whole)


class Book:
    """All statements of one dialect that were compiled so far; shared by every transaction of an open database."""

    __slots__ = ("_kept", "_written", "dialect")

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self._kept: dict[int, tuple[Executable, Prepared]] = {}
        self._written: dict[tuple[str, str, tuple[str, ...]], Prepared] = {}

    def prepared(self, statement: Executable) -> Prepared:
        """The compiled form of a statement that is a module constant (or comes from a small cache)."""
        found = self._kept.get(id(statement))  # by identity: the statement itself is kept beside it, so the id cannot be used again
        if found is None:
            if len(self._kept) >= _MOST_KEPT:  # somebody builds statements at every call: slow, but it must not eat the memory
                self._kept.clear()
            found = self._kept[id(statement)] = (statement, Prepared(statement, self.dialect))
        return found[1]

    def insert(self, table: Table, names: tuple[str, ...]) -> Prepared:
        """INSERT of these columns; the bind names are the columns' names."""
        return self._write("insert", table, names, _insert)

    def update(self, table: Table, names: tuple[str, ...]) -> Prepared:
        """UPDATE of these columns (bind names `new_…`) by `row_id` and, where the table has one, `row_version`."""
        return self._write("update", table, names, _update)

    def _write(
        self, kind: str, table: Table, names: tuple[str, ...], build: Callable[[Table, tuple[str, ...]], Insert | Update]
    ) -> Prepared:
        key = (kind, table.name, names)
        found = self._written.get(key)
        if found is None:
            if unknown := set(names) - set(table.c.keys()):  # Core would leave them out without a word
                raise KeyError(table.name, *sorted(unknown))
            found = self._written[key] = Prepared(build(table, names), self.dialect, names if kind == "insert" else None)
        return found


def _insert(table: Table, names: tuple[str, ...]) -> Insert:
    return insert(table).inline()  # ids are made beforehand: no RETURNING


def _update(table: Table, names: tuple[str, ...]) -> Update:
    statement = update(table).where(table.c.id == bindparam("row_id")).values({name: bindparam(f"new_{name}") for name in names})
    return statement.where(table.c.version == bindparam("row_version")) if "version" in table.c else statement
