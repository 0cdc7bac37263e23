"""One command or query in one transaction, with its key, its retries and the way back."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Concatenate, Generic, ParamSpec, TypeVar

from frontdesk.domain.problems import Refused
from frontdesk.domain.records import StaffMember
from frontdesk.store.engine import Database
from frontdesk.store.faults import TryAgain
from frontdesk.store.tx import AlreadyDone, Tx

P = ParamSpec("P")
R = TypeVar("R")
TRIES = 4
PAUSE_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Done(Generic[R]):
    """What a command gave back, the topics it changed, and the change that undo takes back; `repeated` when its key had been used before."""

    value: R | None
    topics: frozenset[str]
    change: int | None
    repeated: bool = False


class Desk:
    """Somebody's place at the practice's database; nothing is shared between two calls, so it is safe on any thread."""

    def __init__(self, database: Database, who: StaffMember, clock: Callable[[], datetime]) -> None:
        self.database = database
        self.who = who
        self.clock = clock

    def do(self, command: Callable[Concatenate[Tx, P], R], /, *args: P.args, **kwargs: P.kwargs) -> Done[R]:
        """Run one command in one transaction; return its value, the topics it changed and the way back."""
        return self.do_once(None, command, *args, **kwargs)

    def do_once(self, key: str | None, command: Callable[Concatenate[Tx, P], R], /, *args: P.args, **kwargs: P.kwargs) -> Done[R]:
        """The same under a key made at the click: a second time, after a lost answer, it changes nothing."""
        for tries in range(TRIES):
            try:
                with self.database.writing(who=self.who.id, role=self.who.role, now=self.clock(), key=key) as tx:
                    value = command(tx, *args, **kwargs)
                return Done(value, frozenset(tx.topics), tx.change if tx.has_written else None)
            except UnicodeEncodeError:
                raise Refused("text_not_valid") from None  # half a sign, as a shell passes on bytes that are no text
            except AlreadyDone as first:
                return Done(None, frozenset(), first.change, repeated=True)
            except TryAgain:
                if tries == TRIES - 1:
                    raise
                threading.Event().wait(PAUSE_SECONDS * 2**tries * random.random())  # noqa: S311 - jitter, not a secret
        raise AssertionError

    def ask(self, query: Callable[Concatenate[Tx, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run one query on a snapshot; it never waits for a writer."""
        try:
            with self.database.reading(who=self.who.id, role=self.who.role, now=self.clock()) as tx:
                return query(tx, *args, **kwargs)
        except UnicodeEncodeError:
            raise Refused("text_not_valid") from None
