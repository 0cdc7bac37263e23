"""Dates in words that lie behind: when somebody first got in touch."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from typing_extensions import override

from frontdesk.domain import workdays
from frontdesk.domain.problems import Refused
from frontdesk.domain.when.days import Order
from frontdesk.domain.when.drafts import Draft
from frontdesk.domain.when.grammar import draft
from frontdesk.domain.when.readings import DAY, MINUTE, Reader, Reading
from frontdesk.domain.when.times import NOON, USUAL, Habits
from frontdesk.domain.when.tokens import tokens
from frontdesk.domain.when.words import Words
from frontdesk.domain.workdays import OpeningHours


def read_past(
    text: str, *, now: datetime, hours: OpeningHours, words: Words, order: Order = "dmy", habits: Habits = USUAL, field: str = "created"
) -> datetime:
    """Read a date and time in words as the last such instant that has come; a day alone is its noon, today is the present.

    Refused at `field`: what is not understood, what lies ahead, a time that the clock skips, a weekday that is not that of the date.
    """
    found = tokens(text, words)
    said = draft(found, order) if found else None
    if said is None:
        raise Refused("past_not_understood", field)
    return _Recaller(now.astimezone(UTC), hours, habits, field).reading(said).instant


class _Recaller(Reader):
    """Looks back where the other looks ahead."""

    __slots__ = ()

    @override
    def reading(self, said: Draft) -> Reading:
        """Give the last instant not later than now that was meant: on the day that was named, else today or yesterday."""
        today = self.hours.day(self.now)
        day = self.day(said, today)
        for each in (day,) if day else (today, today - DAY):
            found = self.on_day(each, said)
            if found.instant <= self.now:
                return found
        raise Refused("time_is_ahead", self.field)

    @override
    def named(self, said: Draft, today: date) -> date:
        """Give the day that was named, the last one where it comes again and again."""
        look = said.back or said.day
        day = look(today, self.hours) if look else self.weekday(today, said.weekday, said.weeks)
        if day is None:
            raise Refused("past_not_understood", self.field)
        return day

    @override
    def weekday(self, today: date, weekday: int | None, weeks: int | None) -> date:
        """Give the last such weekday, never today."""
        if weekday is None or weeks is not None:
            return super().weekday(today, weekday, weeks)
        return today - DAY * ((today.weekday() - weekday - 1) % 7 + 1)

    @override
    def usual(self, day: date, default: time) -> Reading:
        """A fact that is known only by its day is noon (architecture.md section 6), but not later than now."""
        return self.any_time(day)

    @override
    def any_time(self, day: date) -> Reading:
        """The same: nobody knows when on that day it was."""
        noon = self.at(day, NOON)
        is_today = day == self.hours.day(self.now)
        return Reading(min(noon.instant, self.now.replace(second=0, microsecond=0))) if is_today else noon

    @override
    def at(self, day: date, minute: int, offset: timedelta | None = None) -> Reading:
        """Give a minute of a day: of two equal ones the first."""
        local = datetime.combine(day, time()) + MINUTE * minute
        return Reading(workdays.instant(local, self.hours.zone, offset=offset, field=self.field))
