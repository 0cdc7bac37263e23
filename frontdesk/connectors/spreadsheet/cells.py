"""What a cell of a workbook says, as text."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

CellValue = int | float | str | bool | time | date | datetime | timedelta

_EXACT = 10**16


def text_of(value: CellValue) -> str:
    """The cell as text: whole numbers without decimals, days and times in ISO form, truth as TRUE and FALSE.

    A number of more than 16 digits has lost some before we see it; it is written with an exponent, so that nobody takes it for an id.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        return value.replace(microsecond=0).isoformat(" ")
    if isinstance(value, timedelta):
        return _duration(value)
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    return repr(value).upper()


def _duration(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"
