"""How a record lies in a table: which column holds which field, and which fields are enumerations."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from operator import attrgetter
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import Column, Table

from frontdesk.domain.problems import Refused
from frontdesk.store.statements import stored_as

Record = TypeVar("Record", bound=msgspec.Struct)
Row = dict[str, Any]


def stored(text: str, kind: Any = Any) -> Any:
    """What a text of JSON says that this program wrote; anything else there came from a damaged page: Refused `database_damaged`."""
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise Refused("database_damaged") from None


class Shape(Generic[Record]):
    """The columns of a record in the order of its fields; a field lies in the column of its own name unless renamed, or nowhere (`without`)."""

    def __init__(
        self,
        kind: type[Record],
        table: Table,
        *,
        enums: Mapping[str, type[StrEnum]] | None = None,
        renamed: Mapping[str, str] | None = None,
        without: tuple[str, ...] = (),
    ) -> None:
        self.kind = kind
        self.names = tuple(name for name in kind.__struct_fields__ if name not in without)
        self.stored = tuple((renamed or {}).get(name, name) for name in self.names)
        self.columns: tuple[Column[Any], ...] = tuple(table.c[name] for name in self.stored)
        self._read = attrgetter(*self.names)
        self._without = tuple((place, name) for place, name in enumerate(kind.__struct_fields__) if name in without)
        self._enums = tuple((self.names.index(name), enum) for name, enum in (enums or {}).items())
        for _, enum in self._enums:
            stored_as(enum, str)

    def record(self, row: tuple[Any, ...], **others: Any) -> Record:
        """The record in a row of `columns`; what lies nowhere is given by name."""
        cells = list(row)
        try:
            for index, enum in self._enums:
                if cells[index] is not None:
                    cells[index] = enum(cells[index])
        except ValueError:  # no statement of ours stores another word
            raise Refused("database_damaged") from None
        for place, name in self._without:
            cells.insert(place, others[name])
        return self.kind(*cells)

    def row(self, record: Record, **others: Any) -> Row:
        """The whole row of a record, with columns that it has no field for."""
        row = dict(zip(self.stored, self._read(record), strict=True))
        row.update(others)
        return row
