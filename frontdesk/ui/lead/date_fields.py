"""The date field as this practice speaks: its opening hours, its order of day and month, its idea of a morning."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from frontdesk.domain.when import Order
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.widgets.date_field import DateField
from frontdesk.ui.widgets.date_words import DateWords


def date_words(practice: Practice) -> DateWords:
    """How this practice says dates."""
    book = practice.book
    clock = "24h" if book.clock_24h else "12h"
    return DateWords(practice.now, practice.hours, practice.words, cast("Order", book.date_order), practice.habits, clock)  # type: ignore[arg-type] # two literals


def date_field(practice: Practice, name: str) -> DateField:
    """A field for a date and time in words."""
    said = date_words(practice)
    return DateField(said.reading, said.writing, name)


def written(instant: datetime, practice: Practice) -> str:
    """An instant in words that the field understands."""
    return date_words(practice).writing(practice.hours.day(instant), instant)
