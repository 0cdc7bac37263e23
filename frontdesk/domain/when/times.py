"""Which minute of a day is meant by a bare hour or a part of the day, by the opening hours of that very day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise

from frontdesk.domain.when.drafts import Clock, Draft
from frontdesk.domain.workdays import OpeningHours

NINE, NOON, FIVE = 9 * 60, 12 * 60, 17 * 60
DAYTIME = range(7 * 60, 19 * 60)
"""A bare hour lies in these minutes of the day where opening hours leave it open."""

LUNCH = range(10 * 60, 15 * 60)
"""A break that begins in these minutes of the day is lunch."""


@dataclass(frozen=True, slots=True)
class Habits:
    """The times that a practice means by words, where its opening hours do not say.

    Attributes:
        default: when only a day is given; None for any time of that day.
        morning: None for the opening, or nine on a day that does not open before noon.
        after_lunch: on a day without a lunch break; else its end is meant.
        afternoon: the time of "friday afternoon".
        evening: the time of "tonight".
    """

    default: time | None = None
    morning: time | None = None
    after_lunch: time = time(13)
    afternoon: time = time(14)
    evening: time = time(18)


USUAL = Habits()


def minute_of(at: time) -> int:
    """Count the minutes from midnight by the clock."""
    return at.hour * 60 + at.minute


def said_minute(said: Draft, day: date, hours: OpeningHours, habits: Habits) -> int | None:
    """Give the minute of a day that was named, None when none was; "friday pm" is its afternoon."""
    if said.clock:
        half = next(iter(said.halves()), None)
        return said.clock.in_half(half) if half else clock_minute(said.clock, day, hours)
    part = said.part or {"am": "morning", "pm": "afternoon"}.get(said.half or "")
    return part_minute(part, day, hours, habits) if part else None


def clock_minute(clock: Clock, day: date, hours: OpeningHours) -> int:
    """Give the minute of a clock time: a bare hour lies in opening hours, or where one works by day."""
    if clock.exact:
        return clock.hour * 60 + clock.minute
    choices = clock.in_half("am"), clock.in_half("pm")
    is_open = [minute for minute in choices if any(start <= minute < end for start, end in hours.spans(day))]
    return is_open[0] if len(is_open) == 1 else next(minute for minute in choices if minute in DAYTIME)


def part_minute(part: str, day: date, hours: OpeningHours, habits: Habits) -> int:
    """Give the minute at which a part of a day begins for the practice."""
    spans = () if hours.week is None else hours.spans(day)
    match part:
        case "morning":
            opening = spans[0][0] if spans and spans[0][0] < NOON else NINE
            return minute_of(habits.morning) if habits.morning else opening
        case "after_lunch":
            breaks = (later[0] for earlier, later in pairwise(spans) if earlier[1] in LUNCH)
            return next(breaks, minute_of(habits.after_lunch))
        case "end_of_day":
            return spans[-1][1] - 60 if spans else FIVE
        case "afternoon":
            return minute_of(habits.afternoon)
        case "evening":
            return minute_of(habits.evening)
        case _:
            return {"noon": NOON, "midnight": 0}[part]
