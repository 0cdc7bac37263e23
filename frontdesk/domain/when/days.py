"""Days by their date or their place in the calendar: each a function of today and the opening hours."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Literal, TypeAlias

from frontdesk.domain.when.drafts import DayOf, Draft
from frontdesk.domain.workdays import OpeningHours

Order: TypeAlias = Literal["dmy", "mdy", "ymd"]
"""In which order a region writes day, month and year."""

DAY = timedelta(days=1)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def on(year: int, month: int, day: int) -> Draft | None:
    """Name a day by its full date; four figures that are no year of ours may be a time."""
    return Draft(day=lambda _today, _hours: _real(year, month, day)) if 1900 <= year < 2200 else None


def coming(month: int, day: int) -> Draft:
    """Name a day of the year: the next one from today on, 29 February up to eight years ahead; or the last one."""
    return Draft(
        day=lambda today, _hours: _next(today, ((today.year + ahead, month, day) for ahead in range(9))),
        back=lambda today, _hours: _last(today, ((today.year - ago, month, day) for ago in range(9))),
    )


def coming_day(day: int) -> Draft:
    """Name a day of the month: the next one from today on, or the last one."""

    def written(today: date, months: Iterable[int]) -> Iterable[tuple[int, int, int]]:
        return ((month.year, month.month, day) for month in (_month(today, ahead) for ahead in months))

    return Draft(
        day=lambda today, _hours: _next(today, written(today, range(3))),
        back=lambda today, _hours: _last(today, written(today, range(0, -3, -1))),
    )


def ahead(days: int) -> Draft:
    """Name a day by its distance from today."""
    return Draft(day=lambda today, _hours: today + DAY * days)


def in_month(month: int) -> Draft:
    """Name the first working day of a month, of next year once the month has begun."""
    return Draft(day=lambda today, hours: first_working_day(date(today.year + (month <= today.month), month, 1), hours))


def _next(today: date, written: Iterable[tuple[int, int, int]]) -> date | None:
    """Find the first of some dates that exists and has not passed."""
    days = (_real(*each) for each in written)
    return next((day for day in days if day and day >= today), None)


def _last(today: date, written: Iterable[tuple[int, int, int]]) -> date | None:
    """Find the first of some dates, newest first, that exists and has come."""
    days = (_real(*each) for each in written)
    return next((day for day in days if day and day <= today), None)


def first_working_day(day: date, hours: OpeningHours) -> date:
    """Give the first working day from a day on."""
    return hours.next_working_day(day - DAY)


def last_working_day(after: date, hours: OpeningHours) -> date:
    """Give the last working day before a day, the day before it when the practice has been closed for a month."""
    days = (after - DAY * number for number in range(1, 32))
    return next((day for day in days if hours.opening(day)), after - DAY)


def _month(today: date, ahead: int) -> date:
    years, month = divmod(today.year * 12 + today.month - 1 + ahead, 12)
    return date(years, month + 1, 1)


def _monday(today: date, ahead: int) -> date:
    return today + DAY * (7 * ahead - today.weekday())


def _end(ends: Callable[[date, int], date], ahead: int) -> DayOf:
    """Name the last working day of a week or a month; once it has passed, of the next."""

    def found(today: date, hours: OpeningHours) -> date:
        days = (last_working_day(ends(today, ahead + each), hours) for each in (1, 2, 3))
        return next(day for day in days if day >= today)

    return found


PLACES: dict[str, Draft] = {
    "next_working_day": Draft(day=lambda today, hours: hours.next_working_day(today)),
    "next_week": Draft(weeks=1),
    "next_month": Draft(day=lambda today, hours: first_working_day(_month(today, 1), hours)),
    "end_of_week": Draft(day=_end(_monday, 0)),
    "end_of_next_week": Draft(day=_end(_monday, 1)),
    "end_of_month": Draft(day=_end(_month, 0)),
    "end_of_next_month": Draft(day=_end(_month, 1)),
}


def month_and_day(order: Order, first: int, second: int) -> tuple[int, int]:
    """Take month and day in the region's order, the other way round when there is no such month."""
    month, day = (second, first) if order == "dmy" else (first, second)
    return (day, month) if month > 12 else (month, day)


def century(year: int) -> int:
    """Complete a year of two figures."""
    return year + 2000 if year < 100 else year
