"""From what was said to an instant: which day, which minute of it, and what there is to say about that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from frontdesk.domain import workdays
from frontdesk.domain.problems import Refused
from frontdesk.domain.when.days import Order
from frontdesk.domain.when.drafts import Draft
from frontdesk.domain.when.grammar import draft
from frontdesk.domain.when.times import USUAL, Habits, minute_of, part_minute, said_minute
from frontdesk.domain.when.tokens import tokens
from frontdesk.domain.when.words import Words
from frontdesk.domain.workdays import OpeningHours

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text means.

    Attributes:
        instant: when, in UTC, to the minute; for any time of a day the first moment of it at which something can be done.
        any_time: only the day was given.
        ambiguous: the clock shows this time twice, and the first was taken.
        outside: the practice is closed then.
        suggestion: the next opening, when it is closed then and opens again within sight.
    """

    instant: datetime
    any_time: bool = False
    ambiguous: bool = False
    outside: bool = False
    suggestion: datetime | None = None


def read(
    text: str,
    *,
    now: datetime,
    hours: OpeningHours,
    words: Words,
    order: Order = "dmy",
    habits: Habits = USUAL,
    field: str = "follow_up",
) -> Reading:
    """Read a date and time in words as an instant later than now.

    Refused at `field`: what is not understood, what has passed, a time that the clock skips, a weekday that is not that of the date.
    """
    found = tokens(text, words)
    said = draft(found, order) if found else None
    if said is None:
        raise Refused("when_not_understood", field)
    return Reader(now.astimezone(UTC), hours, habits, field).reading(said)


@dataclass(frozen=True, slots=True)
class Reader:
    """When and where a text is read."""

    now: datetime
    hours: OpeningHours
    habits: Habits
    field: str

    def reading(self, said: Draft) -> Reading:
        """Give the first instant later than now that was meant: on the day that was named, else today or soon."""
        today = self.hours.day(self.now)
        day = self.day(said, today)
        for each in (day,) if day else (today, today + DAY, today + 2 * DAY):
            found = self.on_day(each, said)
            if found.instant > self.now:
                return self.judged(found)
        raise Refused("time_is_past", self.field)

    def judged(self, found: Reading) -> Reading:
        """Add whether the practice is closed then, and when it opens."""
        try:
            opening = self.hours.next_opening(found.instant)
        except Refused:
            return replace(found, outside=True)
        same_day = found.any_time and self.hours.day(opening) == self.hours.day(found.instant)
        return found if same_day or opening == found.instant else replace(found, outside=True, suggestion=opening)

    def day(self, said: Draft, today: date) -> date | None:
        """Say which day is meant, None when none was named."""
        if said.shift:
            return said.shift.from_day(today, self.hours)
        if (said.day, said.weekday, said.weeks) == (None, None, None):
            return None
        day = self.named(said, today)
        if said.weekday not in {None, day.weekday()}:
            raise Refused("weekday_differs", self.field)
        return said.later.from_day(day, self.hours) if said.later else day

    def named(self, said: Draft, today: date) -> date:
        """Give the day that was named by its date, its place or its weekday."""
        day = said.day(today, self.hours) if said.day else self.weekday(today, said.weekday, said.weeks)
        if day is None:
            raise Refused("when_not_understood", self.field)
        return day

    def weekday(self, today: date, weekday: int | None, weeks: int | None) -> date:
        """Give the coming weekday, never today; or that of a later week; or the first working day of a later week."""
        monday = today - DAY * today.weekday() + timedelta(weeks=weeks or 0)
        if weekday is None:
            return self.hours.next_working_day(monday - DAY)
        return today + DAY * ((weekday - today.weekday() - 1) % 7 + 1) if weeks is None else monday + DAY * weekday

    def on_day(self, day: date, said: Draft) -> Reading:
        """Give what was meant on a day, which may have passed."""
        minute = said_minute(said, day, self.hours, self.habits)
        if minute is not None:
            return self.at(day, minute, said.offset)
        if said.shift:
            return self.after(day, said.shift.minutes)
        return self.any_time(day) if said.any_time or self.habits.default is None else self.usual(day, self.habits.default)

    def usual(self, day: date, default: time) -> Reading:
        """Give the usual time of a day; once it has passed, today means the end of the day's work."""
        found = self.at(day, minute_of(default))
        if found.instant > self.now or day != self.hours.day(self.now):
            return found
        return self.at(day, part_minute("end_of_day", day, self.hours, self.habits))

    def at(self, day: date, minute: int, offset: timedelta | None = None) -> Reading:
        """Give a minute of a day: of two equal ones the first, unless it has passed or the offset names the second."""
        local = datetime.combine(day, time()) + MINUTE * minute
        first = workdays.instant(local, self.hours.zone, offset=offset, field=self.field)
        if offset is not None or not workdays.is_ambiguous(local, self.hours.zone):
            return Reading(first)
        if first > self.now:
            return Reading(first, ambiguous=True)
        return Reading(local.replace(tzinfo=self.hours.zone, fold=1).astimezone(UTC))

    def after(self, day: date, minutes: int) -> Reading:
        """Give the time it is now on a day, or the elapsed minutes after that: hours are elapsed time, days are not."""
        this_minute = self.now.replace(second=0, microsecond=0)
        if day == self.hours.day(self.now):
            return Reading(this_minute + MINUTE * minutes)
        found = self.at(day, minute_of(self.hours.local(this_minute).time()))
        return replace(found, instant=found.instant + MINUTE * minutes, ambiguous=found.ambiguous and not minutes)

    def any_time(self, day: date) -> Reading:
        """Give the first moment of a day at which something can be done: its opening, today the next minute."""
        first = self.hours.opening(day) or datetime.combine(day, time(), self.hours.zone).astimezone(UTC)
        soon = self.now.replace(second=0, microsecond=0) + MINUTE
        is_today = day == self.hours.day(self.now) == self.hours.day(soon)
        return Reading(max(first, soon) if is_today else first, any_time=True)
