"""Seals over the journal: a hash over the rows that came since the last one, chained, and recomputed from stored values alone.

So they verify after a restore, after a move to the other database and after an erasure (the detail enters by its salted hash). No write
waits for the chain: rows are sealed a few seconds later by whichever desk comes first. A desk that remembers the last seal it saw is a
witness: without one, whoever owns the database could cut off the end and seal anew.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, and_, bindparam, insert, not_, select

from frontdesk.store import entries, feed
from frontdesk.store.statements import microseconds
from frontdesk.store.tables import journal, journal_detail
from frontdesk.store.tables import seal as seal_table
from frontdesk.store.tx import Tx

BATCH = 5000
NOTHING = b"\x00" * 32
_BEFORE_ALL = -(1 << 63)  # a forged row may have any number

_SEALED = (*(column for column in journal.c if column.name != "txid"), journal.c.txid)
_ROWS = select(*_SEALED).where(journal.c.number > bindparam("after_number")).order_by(journal.c.number).limit(BATCH)
_NEW_LOCAL = _ROWS.where(journal.c.number <= bindparam("last"))
_NEW_SHARED = _ROWS.where(journal.c.txid.is_not(None), feed.visible_in("after"))
_NEW_SHARED_SINCE = _NEW_SHARED.where(and_(journal.c.txid >= bindparam("oldest"), not_(feed.visible_in("before"))))
_ALL = (
    select(*_SEALED, journal_detail.c.salt, journal_detail.c.before, journal_detail.c.after)
    .outerjoin(journal_detail, journal_detail.c.number == journal.c.number)
    .where(journal.c.number > bindparam("after_number"))
    .order_by(journal.c.number)
    .limit(BATCH)
)
_SEALS = select(seal_table).order_by(seal_table.c.number)
_LAST = select(seal_table).order_by(seal_table.c.number.desc()).limit(1)
_ONE = select(seal_table.c.hash).where(seal_table.c.number == bindparam("number"))
_ADD = insert(seal_table).inline()


@dataclass(frozen=True, slots=True)
class Seal:
    """One seal as it is stored."""

    number: int
    at: Any
    row_count: int
    first_number: int | None
    last_number: int | None
    snapshot_before: str | None
    snapshot_after: str | None
    previous: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Tampering:
    """Something that does not agree: `kind` is `seal_missing`, `chain_broken`, `rows_changed` or `detail_changed`; `number` of the seal or row."""

    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification found."""

    seals: int
    sealed: int
    unsealed: int
    erased: int
    problems: tuple[Tampering, ...]


def last(tx: Tx) -> Seal | None:
    """The newest seal; what a desk remembers as a witness."""
    row = tx.row(_LAST)
    return None if row is None else Seal(*row)


def agrees(tx: Tx, number: int, hash_: bytes) -> bool:
    """Whether the seal that a witness remembers is still there as it was."""
    found: bytes | None = tx.value(_ONE, number=number)
    return found == hash_


def add(tx: Tx) -> Seal | None:
    """Seal what is new, in a transaction of its own; None when nothing is.

    Raises:
        Conflict: `added_elsewhere`, when another desk sealed at the same moment; it is done then.
    """
    before = last(tx)
    previous = NOTHING if before is None else before.hash
    snapshot = None if tx.is_local else str(tx.value(feed.SNAPSHOT))
    digest, count, numbers = sha256(previous), 0, [0, 0]
    for row in _new_rows(tx, before, snapshot):
        digest.update(_bytes(row))
        numbers[:] = numbers[0] or row[0], row[0]
        count += 1
    if not count:
        return None
    made = Seal(
        number=1 if before is None else before.number + 1,
        at=tx.now,
        row_count=count,
        first_number=numbers[0],
        last_number=numbers[1],
        snapshot_before=None if before is None or snapshot is None else before.snapshot_after,
        snapshot_after=snapshot,
        previous=previous,
        hash=digest.digest(),
    )
    tx.write(_ADD, **{name: getattr(made, name) for name in Seal.__slots__})
    return made


def verify(tx: Tx) -> Report:
    """Read the whole journal once, recompute every seal and every detail's hash, and say what does not agree."""
    seals = [Seal(*row) for row in tx.rows(_SEALS)]
    digests = [sha256(each.previous) for each in seals]
    counts = [0] * len(seals)
    find = _Finder(seals)
    problems = _chain_problems(seals)
    sealed = unsealed = erased = 0
    for *row, salt, before, after in _pages(tx, _ALL, {}):
        index = find(row[0], row[-1])
        if index is None:
            unsealed += 1
        else:
            sealed += 1
            counts[index] += 1
            digests[index].update(_bytes(row))
        if salt is None and before is None and after is None:
            erased += 1
        elif entries.detail_hash(salt or b"", before, after) != row[-2]:
            problems.append(Tampering("detail_changed", row[0]))
    for each, digest, count in zip(seals, digests, counts, strict=True):
        if count != each.row_count or digest.digest() != each.hash:
            problems.append(Tampering("rows_changed", each.number))
    return Report(len(seals), sealed, unsealed, erased, tuple(problems))


def _new_rows(tx: Tx, before: Seal | None, snapshot: str | None) -> Iterator[tuple[Any, ...]]:
    if snapshot is None:
        first = _BEFORE_ALL if before is None else before.last_number or 0
        return _pages(tx, _NEW_LOCAL, {"last": (1 << 63) - 1}, first)
    if before is None or before.snapshot_after is None:
        return _pages(tx, _NEW_SHARED, {"after": snapshot})
    since = before.snapshot_after
    return _pages(tx, _NEW_SHARED_SINCE, {"after": snapshot, "before": since, "oldest": feed.oldest_open(since)})


def _pages(tx: Tx, statement: Select[Any], values: dict[str, Any], number: int = _BEFORE_ALL) -> Iterator[tuple[Any, ...]]:
    """All rows in order of number, a page at a time: the journal of ten years does not fit into memory."""
    while rows := tx.rows(statement, after_number=number, **values):
        yield from rows
        number = rows[-1][0]


def _bytes(row: Sequence[Any]) -> bytes:
    """The stored columns as text, each ended by 0x1F, the row by 0x1E; the transaction id stays out, since a move changes it."""
    return b"\x1f".join(_cell(value) for value in row[:-1]) + b"\x1e"


def _cell(value: Any) -> bytes:
    if value is None:
        return b"\x00"
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    if hasattr(value, "tzinfo"):
        value = microseconds(value)
    return str(int(value) if isinstance(value, bool) else value).encode()


def _chain_problems(seals: Sequence[Seal]) -> list[Tampering]:
    problems = []
    previous = NOTHING
    for expected, each in enumerate(seals, 1):
        if each.number != expected:
            problems.append(Tampering("seal_missing", expected))
            break
        if bytes(each.previous) != previous:
            problems.append(Tampering("chain_broken", each.number))
        previous = bytes(each.hash)
    return problems


class _Finder:
    """Which seal covers a row: by its transaction where a snapshot was sealed, else by its number."""

    def __init__(self, seals: Sequence[Seal]) -> None:
        self._snapshots = [(_Snapshot(each.snapshot_after), index) for index, each in enumerate(seals) if each.snapshot_after is not None]
        ranges = [(each.last_number or 0, index) for index, each in enumerate(seals) if each.snapshot_after is None]
        self._ends, self._indexes = [end for end, _ in ranges], [index for _, index in ranges]

    def __call__(self, number: int, transaction: int | None) -> int | None:
        if transaction is not None:  # what one snapshot sees, all later ones see: the first that does is found by halving
            place = bisect_left(self._snapshots, True, key=lambda each: each[0].sees(transaction))
            if place < len(self._snapshots):
                return self._snapshots[place][1]
        place = bisect_left(self._ends, number)
        return self._indexes[place] if place < len(self._ends) else None


class _Snapshot:
    """PostgreSQL's snapshot as text, `oldest:next:open,open…`, read here so that a seal verifies on SQLite too."""

    __slots__ = ("_next", "_oldest", "_open")

    def __init__(self, text: str) -> None:
        oldest, following, still_open = text.split(":")
        self._oldest, self._next = int(oldest), int(following)
        self._open = frozenset(map(int, filter(None, still_open.split(","))))

    def sees(self, transaction: int) -> bool:
        """Whether the transaction had committed when the snapshot was taken."""
        return transaction < self._oldest or (transaction < self._next and transaction not in self._open)
