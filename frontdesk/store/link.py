"""What a transaction needs of a connection, whichever database is behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple, Protocol

from frontdesk.domain.problems import Conflict
from frontdesk.store.statements import Prepared, Values

WORTH_GROUPING = 16
LAST = 1000


class Write(NamedTuple):
    """One statement waiting to be sent.

    Attributes:
        values: of one row, or of many rows for one statement.
        target: table and row that must be there exactly once (an update with its version), or None when nothing is expected.
        is_insert: whether it only adds rows, so that only `rank` matters for its order among other inserts.
        rank: the place of its table among all, those that are referred to first; derived tables come last.
    """

    prepared: Prepared
    values: Values | list[Values]
    target: tuple[str, int] | None = None
    is_insert: bool = False
    rank: int = LAST


class Link(Protocol):
    """One connection of its own; used by one thread at a time."""

    def begin(self, *, write: bool, seconds: float | None) -> None:
        """Start a transaction that must be over in `seconds` (None: takes as long as it takes)."""
        ...

    def read(self, asked: Sequence[tuple[Prepared, Values]]) -> list[list[tuple[Any, ...]]]:
        """The rows of one or several queries; several travel together."""
        ...

    def send(self, writes: Sequence[Write]) -> None:
        """Do the writes in order; a target that is not there is a `Conflict`."""
        ...

    def commit(self, *, ring: bool) -> None:
        """Make it last; `ring` tells the other desks that there is news."""
        ...

    def rollback(self) -> None:
        """Give the transaction up; never raises, a link that cannot even do that is `broken` afterwards."""
        ...

    @property
    def broken(self) -> bool:
        """Whether it must not be used again."""
        ...

    def close(self) -> None:
        """End the connection."""
        ...


def check_count(count: int, target: tuple[str, int]) -> None:
    """Refuse when an update met no row: someone else changed it since it was read."""
    if count != 1:
        raise Conflict("changed_elsewhere", table=target[0], row=target[1])


def grouped(writes: Sequence[Write]) -> Iterable[Write]:
    """Many rows of one table in one statement where only inserts follow each other (an import); everything else as it came."""
    if len(writes) < WORTH_GROUPING:
        return writes
    found: list[Write] = []
    for is_insert, stretch in groupby(writes, key=attrgetter("is_insert")):
        neighbours = list(stretch)
        found += _by_statement(neighbours) if is_insert else neighbours
    return found


def _by_statement(writes: Iterable[Write]) -> list[Write]:
    """Tables come in the order in which they refer to each other, so a person comes before her lead."""
    rows: dict[int, tuple[Prepared, list[Values]]] = {}
    for write in sorted(writes, key=attrgetter("rank")):
        many = write.values if isinstance(write.values, list) else [write.values]
        rows.setdefault(id(write.prepared), (write.prepared, []))[1].extend(many)
    return [Write(prepared, many) for prepared, many in rows.values()]
