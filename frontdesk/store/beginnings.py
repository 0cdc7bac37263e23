"""Texts that begin with certain digits, found in an index by one comparison that both databases have an index for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Text, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import ClauseElement
from typing_extensions import override

_AFTER_DIGITS = "':'"


class begins_with(ColumnElement[bool]):  # noqa: N801 - reads as a word in a statement
    """`column` begins with the digits of one value.

    On PostgreSQL the index is made with `text_pattern_ops`, since a database of any language but C cannot look up a beginning in another;
    only its own operators use it: with `>=` every phone of the practice was read.
    """

    inherit_cache = False

    def __init__(self, column: ColumnElement[Any], name: str) -> None:
        self.column, self.name, self.type = column, name, Boolean()

    @override
    def get_children(self, **kw: Any) -> Iterable[ClauseElement]:
        """The column, so that Core finds the table to select from."""
        return (self.column,)

    @override
    def self_group(self, against: Any = None) -> begins_with:
        """As it is, as for `one_of`."""
        return self


@compiles(begins_with, "sqlite")
def _sqlite(element: begins_with, compiler: Any, **kw: Any) -> str:
    return _between(element, compiler, (">=", "<"), **kw)


@compiles(begins_with, "postgresql")
def _postgres(element: begins_with, compiler: Any, **kw: Any) -> str:
    return _between(element, compiler, ("~>=~", "~<~"), **kw)


def _between(element: begins_with, compiler: Any, operators: tuple[str, str], **kw: Any) -> str:
    column, digits = (compiler.process(each, **kw) for each in (element.column, bindparam(element.name, type_=Text())))
    from_here, to_here = operators
    return " ".join(("(", column, from_here, digits, "AND", column, to_here, "(", digits, "||", _AFTER_DIGITS, "))"))
