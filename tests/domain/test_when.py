"""Dates in words: what receptionists type, read in a practice in New York on Tuesday 24 November 2026, 10:42."""

from __future__ import annotations

import pytest

from frontdesk.domain.problems import Refused
from frontdesk.domain.when import read
from tests.domain.english import ENGLISH, NOW, OFFICE, reading, shown


def refused(text: str) -> str:
    with pytest.raises(Refused) as caught:
        reading(text)
    assert caught.value.field == "follow_up"
    return caught.value.code


# ---------------------------------------------------------------------------------------------------- what is understood


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # times: the next time it is that hour
        ("3pm", "Tue 2026-11-24 15:00"),
        ("3 p.m.", "Tue 2026-11-24 15:00"),
        ("3p", "Tue 2026-11-24 15:00"),
        ("15:30", "Tue 2026-11-24 15:30"),
        ("15:30:20", "Tue 2026-11-24 15:30"),
        ("at 4", "Tue 2026-11-24 16:00"),
        ("@4", "Tue 2026-11-24 16:00"),
        ("4 o'clock", "Tue 2026-11-24 16:00"),
        ("four", "Tue 2026-11-24 16:00"),
        ("9", "Wed 2026-11-25 09:00"),
        ("10:42", "Wed 2026-11-25 10:42"),
        ("10:43", "Tue 2026-11-24 10:43"),
        ("10am", "Wed 2026-11-25 10:00"),
        ("12", "Tue 2026-11-24 12:00"),
        ("12am", "Wed 2026-11-25 00:00"),
        ("12:30pm", "Tue 2026-11-24 12:30"),
        ("0:15", "Wed 2026-11-25 00:15"),
        ("0", "Wed 2026-11-25 00:00"),
        ("3:30", "Tue 2026-11-24 15:30"),
        ("03:30", "Wed 2026-11-25 03:30"),
        ("9.30", "Wed 2026-11-25 09:30"),
        ("3.30pm", "Tue 2026-11-24 15:30"),
        ("1530", "Tue 2026-11-24 15:30"),
        ("0930", "Wed 2026-11-25 09:30"),
        ("930", "Wed 2026-11-25 09:30"),
        ("330", "Tue 2026-11-24 15:30"),
        ("noon", "Tue 2026-11-24 12:00"),
        ("12 noon", "Tue 2026-11-24 12:00"),
        ("midnight", "Wed 2026-11-25 00:00"),
        ("half past 3", "Tue 2026-11-24 15:30"),
        ("half 3", "Tue 2026-11-24 15:30"),
        ("half past three pm", "Tue 2026-11-24 15:30"),
        ("quarter past 9", "Wed 2026-11-25 09:15"),
        ("a quarter to 4", "Tue 2026-11-24 15:45"),
        ("quarter to 1", "Tue 2026-11-24 12:45"),
        ("quarter to 0", "Tue 2026-11-24 23:45"),
        ("10 past 3", "Tue 2026-11-24 15:10"),
        ("ten to four", "Tue 2026-11-24 15:50"),
        # parts of the day
        ("after lunch", "Tue 2026-11-24 13:00"),
        ("afternoon", "Tue 2026-11-24 14:00"),
        ("this afternoon", "Tue 2026-11-24 14:00"),
        ("tonight", "Tue 2026-11-24 18:00"),
        ("tonight at 8", "Tue 2026-11-24 20:00"),
        ("8:15 tonight", "Tue 2026-11-24 20:15"),
        ("morning", "Wed 2026-11-25 08:00"),
        ("in the morning", "Wed 2026-11-25 08:00"),
        ("3 in the afternoon", "Tue 2026-11-24 15:00"),
        ("eod", "Tue 2026-11-24 17:00"),
        ("pm", "Tue 2026-11-24 14:00"),
        # today and tomorrow
        ("tomorrow", "Wed 2026-11-25 09:00"),
        ("  TOMORROW  ", "Wed 2026-11-25 09:00"),
        ("tomorrow morning", "Wed 2026-11-25 08:00"),
        ("tomorrow am", "Wed 2026-11-25 08:00"),
        ("tomorrow morning 9", "Wed 2026-11-25 09:00"),
        ("tomorrow noon", "Wed 2026-11-25 12:00"),
        ("tomorrow 3", "Wed 2026-11-25 15:00"),
        ("tomorrow 9", "Wed 2026-11-25 09:00"),
        ("tomorrow 3pm", "Wed 2026-11-25 15:00"),
        ("tomorrow, 3:30.", "Wed 2026-11-25 15:30"),
        ("tomorrow after 3", "Wed 2026-11-25 15:00"),
        ("tmrw 9", "Wed 2026-11-25 09:00"),
        ("9 tomorrow", "Wed 2026-11-25 09:00"),
        ("at 3pm tomorrow", "Wed 2026-11-25 15:00"),
        ("day after tomorrow 10am", "Thu 2026-11-26 10:00"),
        ("the day after tomorrow", "Thu 2026-11-26 09:00"),
        ("today 3", "Tue 2026-11-24 15:00"),
        ("tomorrow week", "Wed 2026-12-02 09:00"),
        # weekdays: the coming one, today's name is next week's
        ("mon", "Mon 2026-11-30 09:00"),
        ("mon 9am", "Mon 2026-11-30 09:00"),
        ("Monday", "Mon 2026-11-30 09:00"),
        ("tue", "Tue 2026-12-01 09:00"),
        ("next tue 9", "Tue 2026-12-01 09:00"),
        ("next monday 9:30", "Mon 2026-11-30 09:30"),
        ("next fri", "Fri 2026-12-04 09:00"),
        ("this friday", "Fri 2026-11-27 09:00"),
        ("fri. 11", "Fri 2026-11-27 11:00"),
        ("friday afternoon", "Fri 2026-11-27 14:00"),
        ("friday pm", "Fri 2026-11-27 14:00"),
        ("3 pm on friday", "Fri 2026-11-27 15:00"),
        ("monday week", "Mon 2026-12-07 09:00"),
        ("tue next week", "Tue 2026-12-01 09:00"),
        ("a week from friday", "Fri 2026-12-04 09:00"),
        ("a month from mon", "Wed 2026-12-30 09:00"),
        # dates
        ("25 nov", "Wed 2026-11-25 09:00"),
        ("25nov", "Wed 2026-11-25 09:00"),
        ("nov 25", "Wed 2026-11-25 09:00"),
        ("25 Nov.", "Wed 2026-11-25 09:00"),
        ("25th of November at 3", "Wed 2026-11-25 15:00"),
        ("nov 25th 3pm", "Wed 2026-11-25 15:00"),
        ("25 nov 14:00", "Wed 2026-11-25 14:00"),
        ("25 nov 1530", "Wed 2026-11-25 15:30"),
        ("25 nov 9", "Wed 2026-11-25 09:00"),
        ("3pm 25 nov", "Wed 2026-11-25 15:00"),
        ("nov 25 9", "Wed 2026-11-25 09:00"),
        ("nov 25 2027 9", "Thu 2027-11-25 09:00"),
        ("25 nov 2027", "Thu 2027-11-25 09:00"),
        ("wed 25 nov 15:00", "Wed 2026-11-25 15:00"),
        ("23 nov", "Tue 2027-11-23 09:00"),
        ("24 nov 15:00", "Tue 2026-11-24 15:00"),
        ("29 feb", "Tue 2028-02-29 09:00"),
        ("the 25th", "Wed 2026-11-25 09:00"),
        ("3rd", "Thu 2026-12-03 09:00"),
        ("31st", "Thu 2026-12-31 09:00"),
        ("30", "Mon 2026-11-30 09:00"),
        ("Wed 25, 8:00", "Wed 2026-11-25 08:00"),
        ("Thu 3, 2:00 pm", "Thu 2026-12-03 14:00"),
        ("25/11", "Wed 2026-11-25 09:00"),
        ("1/12 9am", "Tue 2026-12-01 09:00"),
        ("25.11.", "Wed 2026-11-25 09:00"),
        ("25-11 15:00", "Wed 2026-11-25 15:00"),
        ("25/11/2026", "Wed 2026-11-25 09:00"),
        ("1.12.26", "Tue 2026-12-01 09:00"),
        ("2026-11-25 15:00", "Wed 2026-11-25 15:00"),
        ("2026-11-25T15:00", "Wed 2026-11-25 15:00"),
        ("2026/11/25", "Wed 2026-11-25 09:00"),
        ("in march", "Mon 2027-03-01 09:00"),
        ("december", "Tue 2026-12-01 09:00"),
        ("in november", "Mon 2027-11-01 09:00"),
        # places in the calendar
        ("next working day", "Wed 2026-11-25 09:00"),
        ("next week", "Mon 2026-11-30 09:00"),
        ("next month", "Tue 2026-12-01 09:00"),
        ("end of week", "Fri 2026-11-27 09:00"),
        ("end of next week", "Fri 2026-12-04 09:00"),
        ("end of month", "Mon 2026-11-30 09:00"),
        ("end of the month 4pm", "Mon 2026-11-30 16:00"),
        ("end of next month", "Thu 2026-12-31 09:00"),
        # distances: hours and minutes elapse, days keep the time of day
        ("in 2 hours", "Tue 2026-11-24 12:42"),
        ("2h", "Tue 2026-11-24 12:42"),
        ("2 hours from now", "Tue 2026-11-24 12:42"),
        ("in an hour", "Tue 2026-11-24 11:42"),
        ("in half an hour", "Tue 2026-11-24 11:12"),
        ("an hour and a half", "Tue 2026-11-24 12:12"),
        ("1h30", "Tue 2026-11-24 12:12"),
        ("in 1h 30", "Tue 2026-11-24 12:12"),
        ("in 1 hour and 30 minutes", "Tue 2026-11-24 12:12"),
        ("1.5 hours", "Tue 2026-11-24 12:12"),
        ("in 20 min", "Tue 2026-11-24 11:02"),
        ("3d", "Fri 2026-11-27 10:42"),
        ("in 3 days", "Fri 2026-11-27 10:42"),
        ("3 days later", "Fri 2026-11-27 10:42"),
        ("in 3 days at 9", "Fri 2026-11-27 09:00"),
        ("3 days 9", "Fri 2026-11-27 09:00"),
        ("in a couple of days", "Thu 2026-11-26 10:42"),
        ("1 day 2 hours", "Wed 2026-11-25 12:42"),
        ("2w", "Tue 2026-12-08 10:42"),
        ("in a week", "Tue 2026-12-01 10:42"),
        ("a fortnight", "Tue 2026-12-08 10:42"),
        ("in 3 months", "Wed 2027-02-24 10:42"),
        ("1 year", "Wed 2027-11-24 10:42"),
        ("2 working days", "Fri 2026-11-27 10:42"),
        ("2 days after tomorrow", "Fri 2026-11-27 09:00"),
        ("3 days from today", "Fri 2026-11-27 09:00"),
    ],
)
def test_what_receptionists_type_is_understood(text: str, expected: str) -> None:
    assert shown(reading(text).instant) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", " ", ",", "banana", "tomorrow banana", "call her", "3 4", "3pm 4pm", "mon tue", "tomorrow friday 25 nov", "in 3", "25:00", "15:60", "15:30 am", "0:30 pm",
        "tomorrow morning 15:00", "morning afternoon", "tomorrow evening am", "31 feb", "32 nov", "45", "2026-13-01", "2026-02-30", "1/2/3/4", "202/1/1", "29 feb 2027",
        "2h tomorrow", "tomorrow 2h", "in 2 hours at 3", "2h any time", "3 any time", "1.5 days", "half a day", "2 hours from tomorrow", "a week from", "week", "hour",
        "monday month", "100 past 3", "10 past 25", "quarter to 24", "3pm-4pm", "3–4", "24:00", "2400", "next", "in", "a", "for", "UTC-05:00", "tomorrow UTC-05:00",
        "99999", "9999 years", "9999 weeks", "2 days 3 months 9999 months", "367 working days", "in 1 hour 2 days 3", "9.99", "100.50", "-3", "+3", "½", "3rd hour",
        "1900-99-99", "1000-01-01", "\0", "tomorrow\0", "１" * 200, "tomorrow " * 40, "2 days from in 3 days",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused(text: str) -> None:
    assert refused(text) == "when_not_understood"


@pytest.mark.parametrize(
    "text",
    [
        "yesterday",
        "2 days ago",
        "an hour ago",
        "today 9",
        "24 nov 9:00",
        "2026-11-23",
        "1.1.2020 15:00",
        "2026-11-24 10:42",
        "in 0 minutes",
        "0 days",
        "this morning",
    ],
)
def test_what_has_passed_is_refused(text: str) -> None:
    assert refused(text) == "time_is_past"


def test_a_weekday_that_is_not_that_of_the_date_is_refused() -> None:
    assert refused("thu 25 nov 15:00") == "weekday_differs"


def test_the_field_of_the_refusal_is_the_one_that_was_asked() -> None:
    with pytest.raises(Refused) as caught:
        read("banana", now=NOW, hours=OFFICE, words=ENGLISH, field="starts")
    assert caught.value.field == "starts"
