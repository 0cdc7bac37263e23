"""One call of the command line: where the database is, who asks, what time it is, and how answers are printed."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import platformdirs

from frontdesk.cli.streams import complain, say
from frontdesk.domain import when, workdays
from frontdesk.domain.problems import Refused
from frontdesk.domain.rules import Plan
from frontdesk.domain.settings import Book
from frontdesk.domain.when import Order
from frontdesk.domain.workdays import OpeningHours
from frontdesk.services import lists, practices
from frontdesk.services import settings as practice_settings
from frontdesk.services.desk import Desk
from frontdesk.services.lists import Choices
from frontdesk.services.practices import Beginning
from frontdesk.services.words import habits, words

HIGHEST_ID = 2**63 - 1


def default_place() -> str:
    """The database of this computer: `FRONTDESK_DATABASE`, else a file in the user's data folder."""
    return os.environ.get("FRONTDESK_DATABASE") or str(Path(platformdirs.user_data_dir("frontdesk", False)) / "frontdesk.db")


_WORTH_SAYING = 2000
"""Rows of an import that was cut short: so many take a second to be taken back, and whoever waits wants to know why."""


def _say_taking_back(done: int, of: int) -> None:
    if not done and of >= _WORTH_SAYING:
        complain(f"An import of {of:,} rows was cut short. It is taken back first; this can take a minute.")


class Session:
    """Everything a command needs; the database is opened when it is first asked for, and closed at the end."""

    def __init__(
        self,
        words: argparse.Namespace,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        *,
        in_window: bool = False,
        taking_back: Callable[[int, int], None] | None = None,
    ) -> None:
        self.words = words
        self.in_window, self._taking_back = in_window, taking_back or _say_taking_back
        self.place: str = words.database or default_place()
        self._clock = clock
        self.beginning = Beginning()

    @cached_property
    def desk(self) -> Desk:
        """The open desk, as the person asked for."""
        desk = practices.open_desk(
            self.place,
            person=self.words.person,
            clock=self._clock,
            beginning=self.beginning,
            in_window=self.in_window,
            taking_back=self._taking_back,
        )
        try:
            if self.words.clock:
                desk.clock = self._set_clock(desk)
        except BaseException:
            desk.database.close()
            raise
        return desk

    @cached_property
    def book(self) -> Book:
        """The practice's settings."""
        return self.desk.ask(practice_settings.book)

    @cached_property
    def hours(self) -> OpeningHours:
        """The zone and the opening hours of the practice."""
        return self.desk.ask(practice_settings.opening_hours)

    @cached_property
    def choices(self) -> Choices:
        """The people, sources and workflow that words are looked up in."""
        return self.desk.ask(lists.choices)

    def _set_clock(self, desk: Desk) -> Callable[[], datetime]:
        book = desk.ask(practice_settings.book)
        if not book.practice_mode:
            raise Refused("clock_only_in_practice_mode", "clock")
        start = workdays.parse_local(self.words.clock, desk.ask(practice_settings.opening_hours).zone, field="clock")
        began = self._clock()
        return lambda: start + timedelta(seconds=int((self._clock() - began).total_seconds()))

    def close(self) -> None:
        """Let go of the database, if it was opened."""
        if "desk" in self.__dict__:
            self.desk.database.close()

    def instant(self, text: str, field: str) -> datetime:
        """A time that lies ahead, written as 2026-03-24T15:00 in the practice's zone, or in words."""
        return self._written(text, field) or when.read(text, **self._reading(field)).instant

    def past(self, text: str, field: str) -> datetime:
        """A time that has passed, written the same way."""
        return self._written(text, field) or when.read_past(text, **self._reading(field))

    def _written(self, text: str, field: str) -> datetime | None:
        is_instant = text[:4].isdigit() and text[4:5] == "-" and ("T" in text or " " in text)
        return workdays.parse_local(text, self.hours.zone, field=field) if is_instant else None

    def _reading(self, field: str) -> dict[str, Any]:
        """What it takes to read words."""
        order = cast("Order", self.book.date_order)
        return {
            "now": self.desk.clock(),
            "hours": self.hours,
            "words": words(),
            "order": order,
            "habits": habits(self.book),
            "field": field,
        }

    def midnight(self, text: str | None, field: str, *, after: bool = False) -> datetime | None:
        """The instant at which a day begins in the practice, or the day after it."""
        day = self.day(text, field)
        return workdays.midnight(day + timedelta(days=1) if after else day, self.hours.zone) if day else None

    def plan(self, text: str | None, note: str = "") -> Plan | None:
        """The follow-up that was asked for, if one was."""
        return Plan(self.instant(text, "follow_up"), note=note) if text else None

    def day(self, text: str | None, field: str) -> date | None:
        """A date written as 2026-03-24."""
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            raise Refused("date_not_understood", field) from None

    def local(self, instant: datetime | None) -> str | None:
        """An instant in the practice's zone, ISO with its offset."""
        return self.hours.local(instant).isoformat() if instant else None

    def show(self, value: object, lines: Iterable[str] = ()) -> None:
        """Print JSON where it was asked for, else the lines."""
        if self.words.json:
            say(json.dumps(value, ensure_ascii=False, indent=1))
        else:
            for line in lines:
                say(line)


def identifier(text: str) -> int:
    """The number of a lead or a person; Refused `not_an_id` for anything else."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 19 else HIGHEST_ID + 1
    if number > HIGHEST_ID:
        raise Refused("not_an_id", "id")
    return number


def pairs(texts: Sequence[str], code: str, field: str) -> dict[str, str]:
    """What was given as LEFT=RIGHT, split at the last =."""
    found: dict[str, str] = {}
    for text in texts:
        left, mark, right = text.rpartition("=")
        if not mark or not left or not right:
            raise Refused(code, field)
        found[left] = right
    return found


def table(rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> Iterable[str]:
    """Rows as text in columns, headings first."""
    cells = [[_cell(row.get(name)) for name in columns] for row in rows]
    widths = [min(40, max([len(name), *(len(cell[place]) for cell in cells)])) for place, name in enumerate(columns)]
    for cell in [list(columns), *cells]:
        yield "  ".join(text[:width].ljust(width) for text, width in zip(cell, widths, strict=True)).rstrip()


def _cell(value: object) -> str:
    text = ", ".join(str(each) for each in value) if isinstance(value, list | tuple) else "" if value is None else str(value)
    return " ".join(text.split()) or "–"
