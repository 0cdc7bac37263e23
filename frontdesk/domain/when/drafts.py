"""What a text said about a day and a time, before it is known which instant that is."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Literal, TypeAlias

from frontdesk.domain.workdays import OpeningHours

Half: TypeAlias = Literal["am", "pm"]
HALVES: Mapping[str, Half] = {
    "morning": "am",
    "noon": "pm",
    "after_lunch": "pm",
    "afternoon": "pm",
    "evening": "pm",
    "end_of_day": "pm",
    "midnight": "am",
}
"""In which half of the day a part of it lies."""

DayOf: TypeAlias = Callable[[date, OpeningHours], date | None]
"""From today and the opening hours to a day; None when there is no such day."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time as it was said; `exact` means that its figures leave no choice of half day (15:00, 08:00)."""

    hour: int
    minute: int = 0
    exact: bool = False

    def fits(self, half: Half | None) -> bool:
        """Whether it can be said of a half of the day: there is no 15:00 am and no 0:30 pm."""
        return half is None or (self.hour <= 12 if half == "am" else self.hour > 0)

    def in_half(self, half: Half) -> int:
        """Give the minute of the day that it is in a half of the day."""
        hour = self.hour % 12 + 12 * (half == "pm") if self.hour <= 12 else self.hour
        return hour * 60 + self.minute


@dataclass(frozen=True, slots=True)
class Shift:
    """A distance from now or from a day."""

    months: int = 0
    days: int = 0
    working_days: int = 0
    minutes: int = 0

    def plus(self, other: Shift) -> Shift:
        """Add two distances."""
        return Shift(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    def back(self) -> Shift:
        """Turn it around."""
        return Shift(*(-getattr(self, each.name) for each in fields(self)))

    def is_sane(self) -> bool:
        """Whether it stays within a century; working days are counted ahead only."""
        return (
            abs(self.months) <= 1200
            and abs(self.days) <= 36_500
            and 0 <= self.working_days <= 366
            and abs(self.minutes) <= 36_500 * 24 * 60
        )

    def from_day(self, day: date, hours: OpeningHours) -> date:
        """Go this distance from a day, minutes aside; the end of a shorter month is not passed."""
        years, month = divmod(day.year * 12 + day.month - 1 + self.months, 12)
        day = date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1])) + timedelta(days=self.days)
        for _ in range(self.working_days):
            day = hours.next_working_day(day)
        return day


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been said so far; None where nothing has.

    Attributes:
        day: a day by its date or its place.
        back: the same day looked for in the past, where that is another one ("12 nov" comes again each year).
        weekday: Monday is 0; with a day it must agree.
        weeks: so many weeks after this one, from Monday on.
        shift: a distance from now.
        later: a distance from the day.
        clock: the hour.
        part: the part of the day, by its key in the word list.
        half: am or pm.
        offset: which of two equal times, by its offset from UTC.
        any_time: no hour is wanted.
    """

    day: DayOf | None = None
    back: DayOf | None = None
    weekday: int | None = None
    weeks: int | None = None
    shift: Shift | None = None
    later: Shift | None = None
    clock: Clock | None = None
    part: str | None = None
    half: Half | None = None
    offset: timedelta | None = None
    any_time: bool | None = None

    def with_more(self, more: Draft) -> Draft | None:
        """Add what was said next; None when it says again, or otherwise, what was said before."""
        said = {each.name: value for each in fields(more) if (value := getattr(more, each.name)) is not None}
        if self.shift and more.shift:
            said["shift"] = self.shift.plus(more.shift)
        elif any(getattr(self, name) is not None for name in said):
            return None
        return replace(self, **said)

    def halves(self) -> frozenset[Half]:
        """Give the halves of the day that were named, also by a part of it."""
        return frozenset(half for half in (self.half, HALVES.get(self.part or "")) if half)

    def makes_sense(self) -> bool:
        """Whether the pieces go together and say anything."""
        day = (self.day, self.weekday, self.weeks) != (None, None, None)
        hour = (self.clock, self.part, self.half) != (None, None, None)
        return all(
            (
                day or hour or self.shift or self.any_time,
                not (day and self.shift),
                not (hour and self.any_time),
                not (self.shift and self.shift.minutes and (hour or self.any_time)),
                self.day is None or self.weeks is None,
                self.later is None or day,
                self.clock is not None or self.offset is None,
                len(self.halves()) < 2,
                self.clock is None or all(self.clock.fits(half) for half in self.halves()),
                all(distance.is_sane() for distance in (self.shift, self.later) if distance),
            )
        )
