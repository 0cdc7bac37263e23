"""The two dialects of SQL, and what both are asked for but Core has no word for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import BindParameter, Boolean, ColumnElement, Dialect, Text, TypeDecorator, bindparam
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import ClauseElement
from typing_extensions import override


class _SQLiteCompiler(SQLiteCompiler):
    @override
    def limit_clause(self, select: Any, **kw: Any) -> str:
        """SQLite looks at a LIMIT that is a bare parameter, and so prepares the whole statement anew at every call: ten times the work of a short one."""
        given = {"LIMIT": select._limit_clause, "OFFSET": select._offset_clause}  # noqa: SLF001 - as Core's own compilers do
        return "".join(f"\n {word} {self._unseen(value, **kw)}" for word, value in given.items() if value is not None)

    def _unseen(self, value: ClauseElement, **kw: Any) -> str:
        text: str = self.process(value, **kw)
        return f"CAST({text} AS INTEGER)" if isinstance(value, BindParameter) else text


class _SQLiteDialect(SQLiteDialect_pysqlite):
    statement_compiler = _SQLiteCompiler


SQLITE: Dialect = _SQLiteDialect(paramstyle="qmark")
POSTGRES: Dialect = PGDialect_psycopg(paramstyle="pyformat")  # type: ignore[no-untyped-call]  # its constructor has no types


class one_of(ColumnElement[bool]):  # noqa: N801 - reads as a word in a statement, like select() and bindparam()
    """`column` is one of a list given as one value, so that the statement stays the same for any length.

    A server plans for such a list once, as for ids it should; `weighed`, it looks at the values each time (a rare status, or one of every third lead).
    """

    inherit_cache = False

    def __init__(self, column: ColumnElement[Any], name: str, *, weighed: bool = False) -> None:
        self.column, self.name, self.weighed, self.type = column, name, weighed, Boolean()

    @override
    def get_children(self, **kw: Any) -> Iterable[ClauseElement]:
        """The column, so that Core finds the table to select from."""
        return (self.column,)

    @override
    def self_group(self, against: Any = None) -> one_of:
        """As it is: for a database without booleans Core would write `… = 1` behind it, and no index would be used."""
        return self


@compiles(one_of, "sqlite")
def _one_of_sqlite(element: one_of, compiler: Any, **kw: Any) -> str:
    values = compiler.process(bindparam(element.name), **kw)
    return "".join((compiler.process(element.column, **kw), " IN (SELECT value FROM json_each(", values, "))"))


@compiles(one_of, "postgresql")
def _one_of_postgres(element: one_of, compiler: Any, **kw: Any) -> str:
    kind = compiler.dialect.type_compiler_instance.process(element.column.type)
    values = compiler.process(bindparam(element.name), **kw).partition("::")[0] + f"::{kind}[]"
    unseen = values if element.weighed else "".join(("ARRAY(SELECT unnest(", values, "))"))
    return f"{compiler.process(element.column, **kw)} = ANY({unseen})"


class ReadAs(TypeDecorator[Any]):
    """A text that stands for something else, on either database: a column is coerced to this where a statement should give that back."""

    impl = Text
    cache_ok = False

    def __init__(self, read: Callable[[str], Any]) -> None:
        super().__init__()
        self.read = read


def word_of(kind: type[StrEnum]) -> ReadAs:
    """A word of an enumeration; looked up, which takes a tenth of asking the enumeration."""
    return ReadAs({str(each): each for each in kind}.__getitem__)


class in_one_cell(ColumnElement[Any]):  # noqa: N801 - reads as a word in a statement, like func.max()
    """A column of all rows as one cell, a tuple of `kind`: many small rows cost ten times as much. The select names its table itself."""

    inherit_cache = False

    def __init__(self, column: ColumnElement[Any], kind: type, *order: ColumnElement[Any]) -> None:
        self.column, self.order = column, order
        self.type = ReadAs(msgspec.json.Decoder(tuple[kind, ...]).decode)  # type: ignore[valid-type]  # a type given at run time


def _ordered(element: in_one_cell, compiler: Any, kw: Any) -> str:
    order = ", ".join(compiler.process(each, **kw) for each in element.order)
    return "".join((compiler.process(element.column, **kw), f" ORDER BY {order}" if order else ""))


@compiles(in_one_cell, "sqlite")
def _in_one_cell_sqlite(element: in_one_cell, compiler: Any, **kw: Any) -> str:
    return f"json_group_array({_ordered(element, compiler, kw)})"


@compiles(in_one_cell, "postgresql")
def _in_one_cell_postgres(element: in_one_cell, compiler: Any, **kw: Any) -> str:
    return f"coalesce(CAST(json_agg({_ordered(element, compiler, kw)}) AS text), '[]')"
