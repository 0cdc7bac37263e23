"""The grammar: which rows of tokens mean what. The first row of the table that fits and has a meaning is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import TypeAlias

from frontdesk.domain.when.days import PLACES, Order, ahead, century, coming, coming_day, in_month, month_and_day, on
from frontdesk.domain.when.drafts import Clock, Draft, Shift
from frontdesk.domain.when.words import Token

Row: TypeAlias = Sequence[Token]
Meaning: TypeAlias = Callable[[Row, Order], Draft | None]

MINUTES = {"minute": 1, "hour": 60}
DAYS = {"day": 1, "week": 7}
MONTHS = {"month": 1, "year": 12}


def draft(tokens: Sequence[Token], order: Order) -> Draft | None:
    """Say what a row of tokens means, None when it means nothing or two things."""
    so_far: Draft | None = Draft()
    while tokens and so_far:
        length, more = next(_meanings(tokens, order), (0, None))
        so_far = so_far.with_more(more) if more else None
        tokens = tokens[length:]
    return so_far if so_far and so_far.makes_sense() else None


def _meanings(tokens: Sequence[Token], order: Order) -> Iterator[tuple[int, Draft]]:
    for kinds, meaning in TABLE:
        row = tokens[: len(kinds)]
        if (
            len(row) == len(kinds)
            and all(token.kind in allowed for token, allowed in zip(row, kinds, strict=True))
            and (found := meaning(row, order))
        ):
            yield len(kinds), found


# ----------------------------------------------------------------------------------------------------------------- days


def _place(row: Row, _order: Order) -> Draft | None:
    return PLACES[row[0].key]


def _day(row: Row, _order: Order) -> Draft | None:
    return ahead(row[0].numbers[0])


def _date(row: Row, _order: Order) -> Draft | None:
    """25 nov, nov 25, 25th nov 2026: a year has four figures."""
    month = next(token.numbers[0] for token in row if token.kind == "month")
    day, *year = (token.numbers[0] for token in row if token.kind != "month")
    return on(year[0], month, day) if year else coming(month, day)


def _in_month(row: Row, _order: Order) -> Draft | None:
    return in_month(row[-1].numbers[0])


def _triple(row: Row, order: Order) -> Draft | None:
    figures, (first, second, third) = row[0].key.replace("/", "-").replace(".", "-").split("-"), row[0].numbers
    if len(figures[0]) == 4 or order == "ymd":
        return on(century(first), second, third)
    return on(century(third), *month_and_day(order, first, second))


def _pair(row: Row, order: Order) -> Draft | None:
    return coming(*month_and_day(order, *row[0].numbers))


def _nth(row: Row, _order: Order) -> Draft | None:
    return coming_day(row[0].numbers[0])


def _weekday(row: Row, _order: Order) -> Draft | None:
    return Draft(weekday=row[0].numbers[0])


def _next_weekday(row: Row, _order: Order) -> Draft | None:
    """Next tue: Tuesday of next week."""
    return Draft(weekday=row[1].numbers[0], weeks=1)


def _weekday_and_day(row: Row, order: Order) -> Draft | None:
    """Thu 26, 8:00: with a time behind it the figure is a day."""
    time, day = _clock(row[2:], order), coming_day(row[1].numbers[0])
    return replace(time, day=day.day, back=day.back, weekday=row[0].numbers[0]) if time else None


def _week_after(row: Row, _order: Order) -> Draft | None:
    """Monday week, tomorrow week."""
    day = Draft(weekday=row[0].numbers[0]) if row[0].kind == "weekday" else ahead(row[0].numbers[0])
    return replace(day, later=Shift(days=7)) if row[1].key == "week" else None


# ------------------------------------------------------------------------------------------------------------ distances


def _distance(row: Row, _order: Order) -> Draft | None:
    """2 hours, an hour, 2h, 1 hour 30 minutes, 1h30, 1.5h: numbers and units in turn."""
    pieces = [token for token in row if token.kind != "in"]
    units = [token.key for token in pieces if token.kind == "unit"]
    if len(pieces) == 3:
        units.append("minute" if units == ["hour"] and len(pieces[2].key) == 2 else "")
    shift: Shift | None = Shift()
    for number, unit in zip(pieces[::2], units, strict=True):
        more = _shift(_amount(number), unit)
        shift = shift.plus(more) if shift and more else None
    return Draft(shift=shift) if shift else None


def _ago(row: Row, order: Order) -> Draft | None:
    """2 days ago, 1 hour 30 minutes ago."""
    found = _distance(row[:-1], order)
    return replace(found, shift=found.shift.back()) if found and found.shift else None


def _amount(number: Token) -> Fraction:
    if number.kind == "article":
        return Fraction(1)
    return Fraction(number.key) if number.kind == "dotted" else Fraction(number.numbers[0])


def _shift(amount: Fraction, unit: str) -> Shift | None:
    """Make a distance of whole minutes, days or months; half a day is none, it might mean hours that are worked."""
    if unit in MINUTES:
        return Shift(minutes=round(amount * MINUTES[unit]))
    if amount.denominator != 1 or not unit:
        return None
    if unit == "working_day":
        return Shift(working_days=int(amount))
    if unit in DAYS:
        return Shift(days=int(amount) * DAYS[unit])
    return Shift(months=int(amount) * MONTHS[unit])


def _distance_from(row: Row, order: Order) -> Draft | None:
    """3 days from, a week after: a distance from the day that follows."""
    found = _distance(row[:2], order)
    return Draft(later=found.shift) if found and found.shift and not found.shift.minutes else None


# ---------------------------------------------------------------------------------------------------------------- times


def _clock(row: Row, _order: Order) -> Draft | None:
    """15:30, 3:30, 08:30: one figure before the colon leaves the half of the day open."""
    hour, minute = row[0].numbers[:2]
    return _at(hour, minute, exact=row[0].key[1] != ":")


def _at(hour: int, minute: int, *, exact: bool = False) -> Draft | None:
    exact = exact or not 1 <= hour <= 12
    return Draft(clock=Clock(hour, minute, exact)) if hour < 24 and minute < 60 else None


def _dotted(row: Row, order: Order) -> Draft | None:
    """9.30 is a time when it can be, else a date."""
    hour, minute = row[0].key.split(".")
    time = _at(int(hour), int(minute), exact=len(hour) == 2) if len(minute) == 2 else None
    return time or _pair(row, order)


def _number(row: Row, order: Order) -> Draft | None:
    """3 is an hour, 1530 a time, 26 a day of the month."""
    figures, number = row[0].key, row[0].numbers[0]
    if len(figures) >= 3:
        return _at(*divmod(number, 100), exact=len(figures) == 4)
    return _at(number, 0) or coming_day(number)


def _past(row: Row, _order: Order) -> Draft | None:
    """10 past 3, 10 to 4, half past 3, quarter to 4."""
    minutes = row[0].numbers[0] * {"past": 1, "to": -1}.get(row[1].kind, 1)
    hour = row[-1].numbers[0]
    # A quarter to 1 is 12:45, a quarter to 0 is 23:45.
    total = hour * 60 + minutes + (12 * 60 if hour == 1 and minutes < 0 else 0)
    return _at(*divmod(total % (24 * 60), 60)) if -60 < minutes < 60 and hour < 24 else None


def _part(row: Row, _order: Order) -> Draft | None:
    return Draft(part=row[-1].key)


def _am(_row: Row, _order: Order) -> Draft | None:
    return Draft(half="am")


def _pm(_row: Row, _order: Order) -> Draft | None:
    return Draft(half="pm")


def _any_time(_row: Row, _order: Order) -> Draft | None:
    return Draft(any_time=True)


def _offset(row: Row, _order: Order) -> Draft | None:
    return Draft(offset=timedelta(minutes=row[0].numbers[0]))


def _nothing(_row: Row, _order: Order) -> Draft | None:
    return Draft()


def _year(meaning: Meaning) -> Meaning:
    """Take the row only when its last figure looks like a year."""
    return lambda row, order: meaning(row, order) if len(row[-1].key) == 4 else None


ROWS: tuple[tuple[str, Meaning], ...] = (
    ("weekday number clock", _weekday_and_day),
    ("number|nth month number", _year(_date)),
    ("month number|nth number", _year(_date)),
    ("number|nth month", _date),
    ("month number|nth", _date),
    ("in month", _in_month),
    ("month", _in_month),
    ("next weekday", _next_weekday),
    ("weekday|day unit", _week_after),
    ("weekday", _weekday),
    ("day", _day),
    ("place", _place),
    ("triple", _triple),
    ("pair", _pair),
    ("nth", _nth),
    ("number|article unit from", _distance_from),
    ("number|article|dotted unit number unit ago", _ago),
    ("number|article|dotted unit ago", _ago),
    ("in number|article|dotted unit number unit", _distance),
    ("number|article|dotted unit number unit", _distance),
    ("in number|article unit number", _distance),
    ("number|article unit number", _distance),
    ("in number|article|dotted unit", _distance),
    ("number|article|dotted unit", _distance),
    ("number past|to number", _past),
    ("past_by number", _past),
    ("clock", _clock),
    ("dotted", _dotted),
    ("number", _number),
    ("in part", _part),
    ("part", _part),
    ("am", _am),
    ("pm", _pm),
    ("any_time", _any_time),
    ("offset", _offset),
    ("from", _nothing),
)
TABLE = tuple(([frozenset(kinds.split("|")) for kinds in row.split()], meaning) for row, meaning in ROWS)
