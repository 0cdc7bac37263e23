"""The one MetaData, the kinds of columns that every table is built from, and the literals that partial indexes are written with.

`Tx` runs compiled statements on the driver and converts values by the type of the column: an instant is a whole number of microseconds
since 1970 on SQLite and a `timestamptz` on PostgreSQL, a day is ISO text on SQLite and a `date` on PostgreSQL, JSON is text on both.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    MetaData,
    Text,
    false,
    literal_column,
    text,
)
from sqlalchemy.types import TypeEngine

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)

ID: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")
INSTANT = DateTime(timezone=True).with_variant(Integer(), "sqlite")
DAY = Date().with_variant(Text(), "sqlite")

OPEN: ColumnElement[str] = literal_column("'open'")
NEW: ColumnElement[str] = literal_column("'new'")
OUTCOME_AGREES = (
    "(stage IN ('new', 'follow_up', 'booked', 'rebook', 'seen') AND outcome = 'open') OR (stage = 'won' AND outcome = 'won')"
    " OR (stage IN ('lost', 'not_qualified') AND outcome = 'lost') OR (stage = 'excluded' AND outcome = 'excluded')"
)


def key() -> Column[int]:
    """The primary key: an id made by `store/ids.py`, the rowid on SQLite."""
    return Column("id", ID, primary_key=True, autoincrement=False)


def refers(name: str, to: str, *, required: bool = False, keeps: bool = True, index: bool = False) -> Column[int]:
    """A reference by id; a row that is referred to cannot be deleted, or (`keeps=False`) leaves an empty reference. Never CASCADE."""
    rule = "RESTRICT" if keeps or required else "SET NULL"
    return Column(name, ID, ForeignKey(f"{to}.id", ondelete=rule), nullable=not required, index=index)


def words(name: str) -> Column[str]:
    """Text that may be empty but is never missing."""
    return Column(name, Text, nullable=False, server_default=text("''"))


def flag(name: str) -> Column[bool]:
    """Yes or no; no unless said."""
    return Column(name, Boolean, nullable=False, server_default=false())


def instant(name: str, *, required: bool = False) -> Column[object]:
    """A moment in time, in UTC."""
    return Column(name, INSTANT, nullable=not required)


def number(name: str, default: str = "0") -> Column[int]:
    """A count that is never missing."""
    return Column(name, Integer, nullable=False, server_default=text(default))


def version() -> Column[int]:
    """Raised by one at every write; a write that read another version is refused."""
    return number("version", "1")


def void() -> Column[bool]:
    """Taken back by undo: kept, shown nowhere, counted nowhere."""
    return flag("void")
