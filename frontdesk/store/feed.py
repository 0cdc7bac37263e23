"""News since a cursor: what other desks and commands changed, told by topics; nothing is missed and nothing scans the journal.

On PostgreSQL the cursor is a snapshot, because numbers are not given in the order of commits: `number > last` missed 42 % of the rows
under eight writers. Locally one writes at a time, so the number is enough.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Text, bindparam, cast, func, not_, select
from sqlalchemy.types import UserDefinedType
from typing_extensions import override

from frontdesk.store.tables import feed, journal, metadata
from frontdesk.store.tx import Tx

MOST = 1000


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a reader has come.

    Attributes:
        token: of the database; a restored backup has another one.
        number: the highest number seen (local).
        snapshot: what was visible (shared), else None.
    """

    token: str
    number: int
    snapshot: str | None = None


@dataclass(frozen=True, slots=True)
class News:
    """What changed since a cursor.

    Attributes:
        everything: reload all: the database was restored, or more changed than is worth telling.
    """

    cursor: Cursor
    topics: frozenset[str]
    everything: bool = False


class _Xid8(UserDefinedType[int]):
    cache_ok = True

    @override
    def get_col_spec(self, **kw: Any) -> str:
        return "xid8"


class _Snapshot(UserDefinedType[str]):
    cache_ok = True

    @override
    def get_col_spec(self, **kw: Any) -> str:
        return "pg_snapshot"


def visible_in(name: str) -> Any:
    """On PostgreSQL: the row was committed before the snapshot under that bind name was taken."""
    transaction = cast(cast(journal.c.txid, Text), _Xid8())
    return func.pg_visible_in_snapshot(transaction, cast(bindparam(name, type_=Text()), _Snapshot()), type_=Boolean())


def oldest_open(snapshot: str) -> int:
    """The oldest transaction that the snapshot does not see whole; everything before it needs no look."""
    return int(snapshot.partition(":")[0])


SNAPSHOT = select(cast(func.pg_current_snapshot(), Text))
_TOKEN = select(feed.c.token).where(feed.c.id == 1)
_HIGHEST = select(func.coalesce(func.max(journal.c.number), 0))
_CHANGED = select(journal.c.table_name, journal.c.lead_id, journal.c.person_id).distinct().limit(MOST + 1)
_SINCE_NUMBER = _CHANGED.where(journal.c.number > bindparam("number"))
_SINCE_SNAPSHOT = _CHANGED.where(journal.c.txid >= bindparam("oldest"), not_(visible_in("snapshot")))


def start(tx: Tx) -> Cursor:
    """A cursor that has seen everything up to now."""
    (token,), (highest,), *snapshot = (rows[0] for rows in tx.rows_together(*_where_we_are(tx)))
    return Cursor(token, highest, snapshot[0][0] if snapshot else None)


def news(tx: Tx, cursor: Cursor) -> News:
    """What was committed since the cursor, and the cursor to go on from. Ask in a reading transaction: its snapshot is one."""
    now = start(tx)
    if now.token != cursor.token:
        return News(now, frozenset(), everything=True)
    if cursor.snapshot is None:
        rows = tx.rows(_SINCE_NUMBER, number=cursor.number)
    else:
        rows = tx.rows(_SINCE_SNAPSHOT, snapshot=cursor.snapshot, oldest=oldest_open(cursor.snapshot))
    if len(rows) > MOST:
        return News(now, frozenset(), everything=True)
    return News(now, _topics(rows))


def _where_we_are(tx: Tx) -> list[tuple[Any, dict[str, Any]]]:
    asked: list[tuple[Any, dict[str, Any]]] = [(_TOKEN, {}), (_HIGHEST, {})]
    return asked if tx.is_local else [*asked, (SNAPSHOT, {})]


def _topics(rows: Iterable[tuple[Any, ...]]) -> frozenset[str]:
    """The same words that `Tx.topics` had on the desk that wrote."""
    found: set[str] = set()
    for table, lead_id, person_id in rows:
        if lead_id is not None:
            found |= {f"lead:{lead_id}", "leads"}
        if person_id is not None:
            found.add(f"person:{person_id}")
        if table in metadata.tables and (topic := metadata.tables[table].info.get("topic")) is not None:
            found.add(topic)
    return frozenset(found)
