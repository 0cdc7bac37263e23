"""Waits as they are written: a number and a unit."""

from __future__ import annotations

import re
from datetime import timedelta
from types import MappingProxyType

from frontdesk.domain.problems import Refused

UNITS = MappingProxyType({"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)})
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=365)


def duration(text: str, place: str) -> timedelta:
    """A wait written as a number and a unit (`90m`, `4h`, `7d`); Refused outside one minute to one year."""
    found = re.fullmatch(r"(\d{1,6})([mhd])", text)
    if found is None:
        raise Refused("wait_not_understood", place)
    span = int(found[1]) * UNITS[found[2]]
    if not SHORTEST <= span <= LONGEST:
        raise Refused("wait_out_of_range", place)
    return span
