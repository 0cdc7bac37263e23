"""Dates in words that lie behind: the last such day, noon where only the day is known."""

from __future__ import annotations

from datetime import UTC

import pytest

from frontdesk.domain.problems import Refused
from frontdesk.domain.when import Habits, read_past
from frontdesk.domain.workdays import OpeningHours
from tests.domain.english import ENGLISH, NINE, NOW, OFFICE, at, shown


def past(text: str, *, habits: Habits = NINE, **where: object) -> str:
    given = {"now": NOW, "hours": OFFICE, "words": ENGLISH} | where
    return shown(read_past(text, habits=habits, **given))  # type: ignore[arg-type]


def refused(text: str, **where: object) -> str:
    with pytest.raises(Refused) as caught:
        past(text, **where)
    assert caught.value.field == "created"
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yesterday", "Mon 2026-11-23 12:00"),
        ("yesterday 3pm", "Mon 2026-11-23 15:00"),
        ("yesterday 3", "Mon 2026-11-23 15:00"),
        ("yesterday morning", "Mon 2026-11-23 08:00"),
        ("yesterday any time", "Mon 2026-11-23 12:00"),
        ("today", "Tue 2026-11-24 10:42"),
        ("today 9", "Tue 2026-11-24 09:00"),
        ("9:30", "Tue 2026-11-24 09:30"),
        ("3pm", "Mon 2026-11-23 15:00"),
        ("monday", "Mon 2026-11-23 12:00"),
        ("wed", "Wed 2026-11-18 12:00"),
        ("tue 4pm", "Tue 2026-11-17 16:00"),
        ("2 days ago", "Sun 2026-11-22 10:42"),
        ("2 days ago 3pm", "Sun 2026-11-22 15:00"),
        ("an hour ago", "Tue 2026-11-24 09:42"),
        ("1 hour 30 minutes ago", "Tue 2026-11-24 09:12"),
        ("a week ago", "Tue 2026-11-17 10:42"),
        ("a month ago", "Sat 2026-10-24 10:42"),
        ("a fortnight ago", "Tue 2026-11-10 10:42"),
        ("12 nov", "Thu 2026-11-12 12:00"),
        ("24 nov", "Tue 2026-11-24 10:42"),
        ("12 dec", "Fri 2025-12-12 12:00"),
        ("29 feb", "Thu 2024-02-29 12:00"),
        ("12th", "Thu 2026-11-12 12:00"),
        ("31", "Sat 2026-10-31 12:00"),
        ("thu 12 nov 4pm", "Thu 2026-11-12 16:00"),
        ("thu 12, 8:00", "Thu 2026-11-12 08:00"),
        ("2026-11-12", "Thu 2026-11-12 12:00"),
        ("12/11/2026", "Thu 2026-11-12 12:00"),
        ("12/11", "Thu 2026-11-12 12:00"),
    ],
)
def test_the_last_such_time_is_meant(text: str, expected: str) -> None:
    assert past(text) == expected
    assert past(text, habits=Habits()) == expected


def test_today_is_noon_once_it_has_been() -> None:
    assert past("today", now=at("2026-11-24T16:00").astimezone(UTC)) == "Tue 2026-11-24 12:00"


@pytest.mark.parametrize(
    "text", ["tomorrow", "today 3pm", "in 2 days", "next monday", "next week", "next working day", "25 nov 2026", "end of month"]
)
def test_what_lies_ahead_is_refused(text: str) -> None:
    assert refused(text) == "time_is_ahead"


@pytest.mark.parametrize("text", ["", "when pigs fly", "31/02/2026", "30 feb", "2 working days ago", "9999 years ago", "ago", "2 ago"])
def test_what_is_not_understood_is_refused(text: str) -> None:
    assert refused(text) == "past_not_understood"


def test_a_weekday_that_is_not_that_of_the_date_is_refused() -> None:
    assert refused("fri 12 nov") == "weekday_differs"


def test_of_two_equal_times_the_first_is_meant_and_one_that_was_skipped_is_refused() -> None:
    london = OpeningHours.of("Europe/London")
    assert read_past("25 oct 1:30 am", now=NOW, hours=london, words=ENGLISH) == at("2026-10-25T00:30", "UTC")
    assert refused("29 march 1:30 am", hours=london) == "time_in_gap"
