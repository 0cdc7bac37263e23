"""Opening hours, holidays and local time: when the practice is open, and which instant a time on its wall clock is.

Hours are wall-clock times: a day that opens at 8:00 opens at 8:00 before and after the clocks change, and while an
hour is skipped or repeated the practice is open whenever the clock on its wall says so.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, pairwise
from typing import TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from frontdesk.domain.problems import Refused

Span: TypeAlias = tuple[int, int]
"""From one minute of the local day to another, the second one closed: (480, 1080) is 8:00 to 18:00."""

Week: TypeAlias = Mapping[int, tuple[Span, ...]]

Day = TypeVar("Day", date, datetime)

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
END_OF_DAY = 24 * 60
LOOK_AHEAD = 400
"""So many days are searched for the next opening before the practice counts as closed for good."""

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)

# Offsets from UTC lie within 16 hours, so a local day lies within these bounds around the same date in UTC.
EARLIEST, LATEST = timedelta(hours=-16), timedelta(hours=40)

_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_DATE = re.compile(r"(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_LOCAL = re.compile(rf"(?P<wall>{_DATE.pattern}[T ][0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}})?)(?P<offset>Z|[+-](?:0[0-9]|1[0-5]):[0-5][0-9])?")


@dataclass(frozen=True, slots=True)
class GridDay:
    """One column of a calendar: the day, its open spans in minutes of the wall clock, and whether it is a holiday."""

    day: date
    spans: tuple[Span, ...]
    holiday: bool


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """When the practice is open.

    Attributes:
        zone: where its wall clock hangs.
        week: open spans of Monday (0) to Sunday (6), sorted and apart; None means it never closes, holidays neither.
        holidays: days on which it is closed.
    """

    zone: ZoneInfo
    week: Week | None
    holidays: frozenset[date]

    @classmethod
    def of(cls, zone: str, week: object = None, holidays: Iterable[object] = ()) -> OpeningHours:
        """Read hours as written in settings and scripts: `{"mon": ["08:00", "18:00"]}` or a list of such pairs a day."""
        return cls(zone_named(zone), None if week is None else _week(week), frozenset(_holiday(day) for day in holidays))

    def local(self, instant: datetime) -> datetime:
        """Say what calendar and clock in the practice show at an instant."""
        return instant.astimezone(self.zone)

    def day(self, instant: datetime) -> date:
        """Say which date it is in the practice at an instant."""
        return self.local(instant).date()

    def spans(self, day: date) -> tuple[Span, ...]:
        """Give the open spans of a date as the sign on the door has them, in minutes of the wall clock."""
        if self.week is None:
            return ((0, END_OF_DAY),)
        return () if day in self.holidays else self.week.get(day.weekday(), ())

    def is_open(self, instant: datetime) -> bool:
        """Whether the practice is open at an instant."""
        local = self.local(instant)
        minute = local.hour * 60 + local.minute
        return any(start <= minute < end for start, end in self.spans(local.date()))

    def open_periods(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """Give the open periods of a date as instants, in order; a clock change inside one makes two of it."""
        midnight = datetime.combine(day, time(), UTC)
        return tuple(
            (begins, ends)
            for since, until, offset in _stretches(midnight, self.zone)
            for start, end in self.spans(day)
            if (begins := max(since, midnight + timedelta(minutes=start) - offset))
            < (ends := min(until, midnight + timedelta(minutes=end) - offset))
        )

    def opening(self, day: date) -> datetime | None:
        """Give the instant at which the practice opens on a date, None when it stays closed."""
        return min((begins for begins, _ in self.open_periods(day)), default=None)

    def closing(self, day: date) -> datetime | None:
        """Give the instant at which the practice closes for the last time on a date, None when it does not open."""
        return max((ends for _, ends in self.open_periods(day)), default=None)

    def next_opening(self, instant: datetime) -> datetime:
        """Give the first instant from this one on at which the practice is open: the same one when it is open now."""
        if self.is_open(instant):
            return instant.astimezone(UTC)
        # From yesterday on: a clock put back at a minute past midnight makes yesterday come again.
        days = _days(self.day(instant) - DAY, LOOK_AHEAD)
        return _first(begins for day in days for begins, _ in self.open_periods(day) if begins >= instant)

    def next_working_day(self, day: date) -> date:
        """Give the first date after this one on which the practice opens."""
        return _first(later for later in _days(day + DAY, LOOK_AHEAD) if self.opening(later))

    def elapsed_open_minutes(self, since: datetime, until: datetime) -> int:
        """Count the whole minutes between two instants during which the practice was open."""
        days = _days(self.day(since) - DAY, max(0, (self.day(until) - self.day(since)).days) + 3)
        periods = chain.from_iterable(self.open_periods(day) for day in days)
        lengths = (min(ends, until) - max(begins, since) for begins, ends in periods)
        return sum((length for length in lengths if length > timedelta()), timedelta()) // timedelta(minutes=1)

    def week_grid(self, day: date, *, first_weekday: int = 0) -> tuple[GridDay, ...]:
        """Give the seven days of the week around a date, beginning with a weekday (0 is Monday, 6 is Sunday)."""
        first = day - DAY * ((day.weekday() - first_weekday) % 7)
        return tuple(GridDay(each, self.spans(each), each in self.holidays) for each in _days(first, 7))


def zone_named(name: str) -> ZoneInfo:
    """Find a time zone by its IANA name, as `Europe/London`."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError, TypeError, AttributeError):
        # Besides its own KeyError, zoneinfo lets through what a path, a folder or a file of another kind leads to.
        raise Refused("zone_unknown", "time_zone") from None


def instant(local: datetime, zone: ZoneInfo, *, offset: timedelta | None = None, field: str | None = None) -> datetime:
    """Give the instant at which the wall clock of a zone shows a time (naive).

    A time that the clock skips is refused. Of a time that it shows twice the first is taken, unless `offset` names the other.
    """
    candidates = [local.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
    if candidates[0].astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0) != local.replace(fold=0):
        raise Refused("time_in_gap", field)
    for candidate in candidates:
        if offset in (None, candidate.utcoffset()):
            return candidate.astimezone(UTC)
    raise Refused("offset_not_in_zone", field)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Give the instant at which a day begins in a zone; where midnight is skipped, the moment the clock is put forward."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def is_ambiguous(local: datetime, zone: ZoneInfo) -> bool:
    """Whether the wall clock of a zone shows a time (naive) twice, because it is put back."""
    first, second = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return first < second


def parse_local(text: str, zone: ZoneInfo, *, field: str | None = None) -> datetime:
    """Read `2026-03-02T09:00`, with or without seconds and offset, as an instant.

    Without an offset it is a time on the zone's wall clock; with one it is exact, whatever the zone.
    """
    found = _LOCAL.fullmatch(text)
    try:
        wall = datetime.fromisoformat(found["wall"] if found else "")
        offset = found["offset"] if found else None
    except ValueError:
        raise Refused("time_not_understood", field) from None
    return datetime.fromisoformat(text).astimezone(UTC) if offset else instant(wall, zone, field=field)


def public_holidays(country: str, subdivision: str | None, years: Iterable[int]) -> Mapping[date, str]:
    """Name the public holidays of a country (`US`), or of a part of it (`US`, `WA`), in some years."""
    import holidays  # noqa: PLC0415  late on purpose: it costs 0.1 s, and most starts need no holiday

    wanted = tuple(years)
    try:
        holidays.country_holidays(country)
    except NotImplementedError:
        raise Refused("country_unknown", "country") from None
    try:
        found = holidays.country_holidays(country, subdiv=subdivision, years=wanted)
    except NotImplementedError:
        raise Refused("subdivision_unknown", "subdivision") from None
    return dict(sorted(found.items()))


def _stretches(midnight: datetime, zone: ZoneInfo) -> tuple[tuple[datetime, datetime, timedelta], ...]:
    """Cut the time around a local day where the clocks change: since, until, offset; at most one change is near a day."""

    def offset(moment: datetime) -> timedelta:
        return moment.astimezone(zone).utcoffset() or timedelta()

    since, until = midnight + EARLIEST, midnight + LATEST
    before, after = offset(since), offset(until)
    if before == after:
        return ((since, until, before),)
    change = since + SECOND * bisect_left(
        range((until - since) // SECOND), True, key=lambda second: offset(since + SECOND * second) != before
    )
    return (since, change, before), (change, until, after)


def _days(first: date, count: int) -> Iterator[date]:
    return (first + DAY * number for number in range(count))


def _first(found: Iterator[Day]) -> Day:
    answer = next(found, None)
    if answer is None:
        raise Refused("no_opening_in_sight", "opening_hours", days=LOOK_AHEAD)
    return answer


def _week(written: object) -> Week:
    if not isinstance(written, Mapping):
        raise Refused("opening_times_wrong", "opening_hours")
    for name in written:
        if name not in WEEKDAYS:
            raise Refused("weekday_unknown", "opening_hours")
    week = {WEEKDAYS.index(name): _spans(spans, f"opening_hours.{name}") for name, spans in written.items()}
    if not any(week.values()):
        raise Refused("never_open", "opening_hours")
    return week


def _spans(written: object, place: str) -> tuple[Span, ...]:
    """Read one day: a pair of times or a list of pairs; spans that touch become one, spans that cross are refused."""
    if not isinstance(written, list | tuple):
        raise Refused("opening_times_wrong", place)
    pairs = [written] if written and all(isinstance(each, str) for each in written) else written
    spans = sorted(_span(pair, place) for pair in pairs)
    if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
        raise Refused("opening_times_cross", place)
    starts = [start for start, _ in spans if start not in {end for _, end in spans}]
    ends = [end for _, end in spans if end not in {start for start, _ in spans}]
    return tuple(zip(starts, ends, strict=True))


def _span(pair: object, place: str) -> Span:
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        raise Refused("opening_times_wrong", place)
    start, end = (_minute(each, place) for each in pair)
    if start >= end:
        raise Refused("opening_times_wrong", place)
    return start, end


def _minute(clock: object, place: str) -> int:
    found = _CLOCK.fullmatch(clock) if isinstance(clock, str) else None
    minute = int(found[1]) * 60 + int(found[2]) if found and int(found[2]) < 60 else END_OF_DAY + 1
    if minute > END_OF_DAY:
        raise Refused("opening_times_wrong", place)
    return minute


def _holiday(day: object) -> date:
    if isinstance(day, date):
        return date(day.year, day.month, day.day)
    if isinstance(day, str) and _DATE.fullmatch(day):
        try:
            return date.fromisoformat(day)
        except ValueError:
            pass
    raise Refused("holiday_wrong", "holidays")
