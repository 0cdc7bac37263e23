"""Days and times of a whole column: which number is the day is decided from all of its cells, never from one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from frontdesk.domain.contacts import fold
from frontdesk.domain.problems import Refused
from frontdesk.domain.workdays import instant

Moment = date | datetime
"""A day; a time on the wall clock of the practice (naive); or an instant (aware)."""

_TIME = (
    r"(?:(?:[T ]|,\s*|\s+at\s+)\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?)?\s*(?P<zone>Z|UTC|GMT)?\s*(?P<offset>[+-]\d{2}:?\d{2})?"
)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})" + _TIME, re.IGNORECASE)
_YEAR_LAST = re.compile(r"(?P<a>\d{1,2})(?P<mark>[-/.])(?P<b>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})" + _TIME, re.IGNORECASE)
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})" + _TIME, re.IGNORECASE)
_DAY_WORD = re.compile(
    r"(?:[^\W\d_]+\.?,?\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?[\s-]*(?:de\s+)?(?P<word>[^\W\d_]{3,10})\.?,?[\s-]*(?:de\s+)?(?P<year>\d{4}|\d{2})"
    + _TIME,
    re.IGNORECASE,
)
_WORD_DAY = re.compile(
    r"(?:[^\W\d_]+\.?,\s+)?(?P<word>[^\W\d_]{3,10})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})" + _TIME, re.IGNORECASE
)
_SERIAL = re.compile(r"[1-9]\d{4}(?:[.,]\d+)?")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_EXCEL_BEGIN = datetime(1899, 12, 30)  # noqa: DTZ001  wall time: a serial number knows no zone
_NOON = time(12)
_EARLIEST, _LATEST = 1900, 2100


class Order(StrEnum):
    """Which of two numbers is the day."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


@dataclass(frozen=True, slots=True)
class DateReading:
    """How the days of one column are read.

    Attributes:
        order: for cells such as 3/4/2024.
        assumed: both orders fit the whole column, so the region's was taken; said where dates are shown.
        mixed: some cells prove one order and some the other, so a cell that fits both is refused until somebody says which counts.
        in_utc: the heading says that times without an offset are UTC.
    """

    months: Mapping[str, int]
    order: Order = Order.DAY_FIRST
    assumed: bool = False
    mixed: bool = False
    in_utc: bool = False

    def ordered(self, order: Order) -> DateReading:
        """The reading with the order that somebody said, where the column itself does not prove one."""
        return replace(self, order=order, assumed=False, mixed=False) if self.assumed else self

    def read(self, text: str) -> Moment:
        """The day or time that a cell says."""
        moment = self._moment(" ".join(text.split()))
        if self.in_utc and isinstance(moment, datetime) and moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return moment

    def _moment(self, text: str) -> Moment:
        try:
            if match := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
                return _at(match, int(match["year"]), int(match["month"]), int(match["day"]))
            if match := _YEAR_LAST.fullmatch(text):
                return _at(match, _full_year(match["year"]), *self._month_and_day(match))
            if match := _DAY_WORD.fullmatch(text) or _WORD_DAY.fullmatch(text):
                return _at(match, _full_year(match["year"]), self.months[fold(match["word"])], int(match["day"]))
            return _number(text)
        except (ValueError, KeyError, OverflowError):
            raise Refused("date_not_understood", "date") from None

    def _month_and_day(self, match: re.Match[str]) -> tuple[int, int]:
        """The order of the column; a cell that can only be the other way is read the other way, points always stand behind the day."""
        first, second = int(match["a"]), int(match["b"])
        if self.mixed and match["mark"] != "." and first != second and first <= 12 and second <= 12:
            raise Refused("date_order_mixed", "date")
        day_first = match["mark"] == "." or self.order is Order.DAY_FIRST
        if day_first and second > 12 >= first and match["mark"] != ".":
            day_first = False
        elif not day_first and first > 12 >= second:
            day_first = True
        return (second, first) if day_first else (first, second)


@dataclass(slots=True)
class DateEvidence:
    """What the cells of a column say about its order; fed one by one, so that a file of any length can be judged."""

    day_first: int = 0
    month_first: int = 0
    either: int = 0

    def see(self, text: str) -> None:
        """Count one cell."""
        match = _YEAR_LAST.fullmatch(" ".join(text.split()))
        if match is None or match["mark"] == ".":
            return
        first, second = int(match["a"]), int(match["b"])
        self.day_first += first > 12 >= second
        self.month_first += second > 12 >= first
        self.either += first <= 12 and second <= 12 and first != second

    def decide(self, region: Order, months: Mapping[str, int], *, in_utc: bool = False) -> DateReading:
        """The reading of the column; `region` decides only where the cells do not."""
        if self.day_first and not self.month_first:
            return DateReading(months, Order.DAY_FIRST, in_utc=in_utc)
        if self.month_first and not self.day_first:
            return DateReading(months, Order.MONTH_FIRST, in_utc=in_utc)
        return DateReading(months, region, assumed=self.either > 0, mixed=self.either > 0 and self.day_first > 0, in_utc=in_utc)


@lru_cache(maxsize=8192)
def as_instant(moment: Moment, zone: ZoneInfo) -> datetime:
    """The instant (UTC) of a fact; one known only by its day is noon in the practice, one in a skipped hour is refused: `time_in_gap`."""
    if not isinstance(moment, datetime):
        return instant(datetime.combine(moment, _NOON), zone)
    return instant(moment, zone) if moment.tzinfo is None else moment.astimezone(UTC)


def as_day(moment: Moment) -> date:
    """The day as it is written; a day has no zone and is never converted."""
    return moment.date() if isinstance(moment, datetime) else moment


def _at(match: re.Match[str], year: int, month: int, day: int) -> Moment:
    on = date(year, month, day)
    if not _EARLIEST <= year <= _LATEST:
        raise ValueError
    if match["hour"] is None:
        return on
    moment = datetime.combine(
        on, time(_hour(match), int(match["minute"]), int(match["second"] or 0), int((match["fraction"] or "0")[:6].ljust(6, "0")))
    )
    if match["offset"]:
        return moment.replace(tzinfo=_offset(match["offset"]))
    return moment.replace(tzinfo=UTC) if match["zone"] else moment


def _hour(match: re.Match[str]) -> int:
    hour = int(match["hour"])
    if not match["half"]:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError
    return hour % 12 + 12 * (match["half"][0].lower() == "p")


def _offset(text: str) -> timezone:
    hours, minutes = int(text[1:3]), int(text[-2:])
    return timezone((-1 if text[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))


def _full_year(text: str) -> int:
    """Two digits are 1970 to 2069."""
    year = int(text)
    if len(text) > 2:
        return year
    return year + (2000 if year < 70 else 1900)


def _number(text: str) -> Moment:
    """Days since 1899-12-30 as spreadsheets count, or seconds or milliseconds since 1970."""
    if _SERIAL.fullmatch(text):
        days = float(text.replace(",", "."))
        moment = _EXCEL_BEGIN + timedelta(seconds=round(days * 86400))
        return moment.date() if days.is_integer() else moment
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text) / (1000 if len(text) > 10 else 1), UTC)
    raise ValueError
