"""A database that counts the statements sent to it, around the real one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from frontdesk.store.engine import Database
from frontdesk.store.link import Link, Write, grouped
from frontdesk.store.statements import Prepared, Values

ALONG = re.compile(
    r"journal|INTO total|person_words|search_person|lead\.created_day, lead\.booked_day, lead\.won_day|sum\(revenue\.amount\)"
)


class CountingLink:
    """A link of the store that writes down every statement; BEGIN and COMMIT are none."""

    def __init__(self, link: Link, sent: list[str]) -> None:
        self.link, self.sent = link, sent

    def begin(self, *, write: bool, seconds: float | None) -> None:
        self.link.begin(write=write, seconds=seconds)

    def read(self, asked: Sequence[tuple[Prepared, Values]]) -> list[list[tuple[Any, ...]]]:
        self.sent += [prepared.sql for prepared, _ in asked]
        return self.link.read(asked)

    def send(self, writes: Sequence[Write]) -> None:
        self.sent += [each.prepared.sql for each in grouped(writes)]
        self.link.send(writes)

    def commit(self, *, ring: bool) -> None:
        self.link.commit(ring=ring)

    def rollback(self) -> None:
        self.link.rollback()

    @property
    def broken(self) -> bool:
        return self.link.broken

    def close(self) -> None:
        self.link.close()


class CountingHome:
    """Hands out counting links; everything else is the real home's."""

    def __init__(self, home: Any) -> None:
        self.home = home
        self.dialect = home.dialect
        self.sent: list[str] = []

    def link(self, *, read_only: bool) -> CountingLink:
        return CountingLink(self.home.link(read_only=read_only), self.sent)

    def tidy(self) -> None:
        self.home.tidy()

    def close(self) -> None:
        """The real database closes its home itself."""


def counted(database: Database) -> tuple[Database, list[str]]:
    """The same database, counting; and the statements it was sent, newest last."""
    home: Any = CountingHome(database.home)
    return Database(home), home.sent


def statements_of(sent: list[str], act: Callable[[], object]) -> list[str]:
    """What one act sent, but for what every write takes along: journal, totals and search words. Children of one kind count once."""
    sent.clear()
    act()
    own = [each for each in sent if not ALONG.search(each)]
    return [each for place, each in enumerate(own) if not each.startswith("INSERT") or each not in own[:place]]
