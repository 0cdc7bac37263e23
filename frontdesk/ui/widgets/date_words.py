"""Between the date field and the grammar of dates in words: what the field reads, and what it writes for a picked day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from frontdesk.domain.problems import Refused
from frontdesk.domain.when import USUAL, Habits, Order, Words, echo, read
from frontdesk.domain.workdays import OpeningHours
from frontdesk.ui.widgets.date_field import Understood


@dataclass(frozen=True, slots=True)
class DateWords:
    """How this practice says dates: give `reading` and `writing` to a `DateField`.

    Attributes:
        now: the time, asked at every key.
        words: the language's words.
        order: which number of a pair is the day.
        clock: how times are shown.
    """

    now: Callable[[], datetime]
    hours: OpeningHours
    words: Words
    order: Order = "dmy"
    habits: Habits = USUAL
    clock: Literal["24h", "12h"] = "24h"

    def reading(self, text: str) -> Understood | None:
        """What a text means, None when it means nothing that lies ahead."""
        now = self.now()
        try:
            found = read(text, now=now, hours=self.hours, words=self.words, order=self.order, habits=self.habits)
        except Refused:
            return None
        shown = echo(found, now, self.hours, self.words, clock=self.clock)
        closed = shown.note if shown.suggestion else ""
        return Understood(found.instant, self.hours.day(found.instant), shown.line, shown.suggestion, closed, found.any_time)

    def writing(self, day: date, instant: datetime | None) -> str:
        """A day, with the time of day of a moment when one is given, in words that `reading` understands."""
        month, weekday = self.words.months[day.month - 1], self.words.weekdays[day.weekday()]
        year = "" if day - self.hours.day(self.now()) < timedelta(days=180) else f" {day.year}"
        words = f"{weekday} {day.day} {month}{year}"
        return words if instant is None else f"{words}, {self.hours.local(instant):%H:%M}"
