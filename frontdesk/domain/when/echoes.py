"""How a reading is shown: text that reads back to the same instant, and the words beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from frontdesk.domain import workdays
from frontdesk.domain.when.drafts import Clock
from frontdesk.domain.when.readings import Reading
from frontdesk.domain.when.times import clock_minute, minute_of
from frontdesk.domain.when.words import Words
from frontdesk.domain.workdays import OpeningHours

NEAR = timedelta(days=14)
"""Within these the day of the month says enough."""


@dataclass(frozen=True, slots=True)
class Echo:
    """The pieces of the line under a date field.

    Attributes:
        moment: "Wed 25 Nov, 15:00"; typed in, it gives the same instant.
        distance: "in 28 h".
        line: both.
        note: what else to say: closed then, with the next opening; or that the clock shows the time twice.
        suggestion: the next opening as it would be typed, empty when the practice is open.
    """

    moment: str
    distance: str
    line: str
    note: str = ""
    suggestion: str = ""


def echo(reading: Reading, now: datetime, hours: OpeningHours, words: Words, *, clock: Literal["24h", "12h"] = "24h") -> Echo:
    """Show a reading in the practice's time, with 15:00 or with 3:00 pm."""
    shown = _Shown(now, hours, words.echo, words, clock)
    moment = shown.moment(reading.instant, any_time=reading.any_time)
    distance = shown.distance(reading.instant, any_time=reading.any_time)
    suggestion = shown.near_moment(reading.suggestion) if reading.suggestion else ""
    return Echo(moment, distance, words.echo["line"].format(moment=moment, distance=distance), shown.note(reading, suggestion), suggestion)


@dataclass(frozen=True, slots=True)
class _Shown:
    """To whom and when something is shown."""

    now: datetime
    hours: OpeningHours
    patterns: Mapping[str, str]
    words: Words
    clock: Literal["24h", "12h"]

    def moment(self, instant: datetime, *, any_time: bool) -> str:
        day = self.hours.day(instant)
        pattern = "date" if day.year == self.hours.day(self.now).year else "date_in_year"
        return self.dated(pattern, day, self.patterns["any_time"] if any_time else self.time(instant))

    def near_moment(self, instant: datetime) -> str:
        day = self.hours.day(instant)
        if day - self.hours.day(self.now) > NEAR:
            return self.moment(instant, any_time=False)
        return self.dated("near_date", day, self.time(instant))

    def dated(self, pattern: str, day: date, time: str) -> str:
        names = {"weekday": self.words.weekdays[day.weekday()], "month": self.words.months[day.month - 1]}
        return self.patterns["moment"].format(date=self.patterns[pattern].format(day=day.day, year=day.year, **names), clock=time)

    def time(self, instant: datetime) -> str:
        """Show a time; one that the clock shows twice has its offset."""
        local = self.hours.local(instant)
        text = self.half_time(local) if self.clock == "12h" else self.full_time(local)
        if not workdays.is_ambiguous(local.replace(tzinfo=None), self.hours.zone):
            return text
        offset = f"{local:%z}"
        return f"{text} UTC{offset[:3]}:{offset[3:5]}"

    def half_time(self, local: datetime) -> str:
        return f"{(local.hour - 1) % 12 + 1}:{local.minute:02} {self.patterns['am' if local.hour < 12 else 'pm']}"

    def full_time(self, local: datetime) -> str:
        """Show 8:00 where a bare 8 is this very hour, 08:00 where it would be 20:00."""
        bare = Clock(local.hour, local.minute, exact=not 1 <= local.hour < 10)
        is_clear = clock_minute(bare, local.date(), self.hours) == minute_of(local.time())
        return f"{local.hour}:{local.minute:02}" if is_clear else f"{local.hour:02}:{local.minute:02}"

    def distance(self, instant: datetime, *, any_time: bool) -> str:
        days = (self.hours.day(instant) - self.hours.day(self.now)).days
        minutes = (instant - self.now.replace(second=0, microsecond=0)) // timedelta(minutes=1)
        if any_time and days < 2:
            return self.patterns["tomorrow" if days else "today"]
        if any_time or minutes >= 48 * 60:
            return self.patterns["days"].format(count=days)
        return self.patterns["minutes"].format(count=minutes) if minutes < 60 else self.patterns["hours"].format(count=minutes // 60)

    def note(self, reading: Reading, suggestion: str) -> str:
        if reading.outside:
            return self.patterns["closed"].format(moment=suggestion) if suggestion else self.patterns["closed_for_long"]
        return self.patterns["twice"] if reading.ambiguous else ""
