"""The English word list as it is shipped, and a practice to read dates in."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from frontdesk.domain.when import Habits, Order, Reading, Words, read
from frontdesk.domain.workdays import OpeningHours, parse_local
from frontdesk.places import shipped

WRITTEN = tomllib.loads((shipped("resources") / "words" / "en.toml").read_text(encoding="utf-8"))
ENGLISH = Words.of(WRITTEN)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
OFFICE = OpeningHours.of("America/New_York", {day: ["08:00", "18:00"] for day in WEEKDAYS}, ["2026-11-26"])


def at(text: str, zone: str = "America/New_York") -> datetime:
    """An instant by the wall clock of a zone."""
    return parse_local(text, ZoneInfo(zone))


def shown(moment: datetime, hours: OpeningHours = OFFICE) -> str:
    """An instant as the practice's wall clock shows it, seconds only when there are any."""
    local = hours.local(moment)
    return f"{local:%a %Y-%m-%d %H:%M}" + (f":{local:%S}" if local.second or local.microsecond else "")


NOW = at("2026-11-24T10:42:30").astimezone(UTC)
"""A Tuesday, the 24th of November, 10:42 and a half."""


NINE = Habits(default=time(9))


def reading(text: str, *, now: datetime = NOW, hours: OpeningHours = OFFICE, habits: Habits = NINE, order: Order = "dmy") -> Reading:
    """Read a text in English, at nine when it names no time."""
    return read(text, now=now, hours=hours, words=ENGLISH, order=order, habits=habits)
