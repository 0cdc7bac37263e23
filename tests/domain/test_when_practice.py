"""Dates in words where the practice, its opening hours and its clock decide what is meant."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from frontdesk.domain.problems import Refused
from frontdesk.domain.when import Habits, Words, read
from frontdesk.domain.workdays import OpeningHours
from tests.domain.english import ENGLISH, NOW, OFFICE, WEEKDAYS, WRITTEN, at, reading, shown

LUNCH = OpeningHours.of("America/New_York", {day: [["08:30", "12:30"], ["13:30", "17:00"]] for day in WEEKDAYS})
AROUND_THE_CLOCK = OpeningHours.of("America/New_York")


def refused(text: str, **where: object) -> str:
    with pytest.raises(Refused) as caught:
        reading(text, **where)
    assert caught.value.field == "follow_up"
    return caught.value.code


# ------------------------------------------------------------------------------------------- what depends on the practice


@pytest.mark.parametrize(
    ("order", "text", "expected"),
    [
        ("dmy", "1/12", "Tue 2026-12-01 09:00"),
        ("mdy", "1/12", "Tue 2027-01-12 09:00"),
        ("ymd", "1/12", "Tue 2027-01-12 09:00"),
        ("mdy", "25/11", "Wed 2026-11-25 09:00"),
        ("dmy", "11/25", "Wed 2026-11-25 09:00"),
        ("mdy", "12/1/26", "Tue 2026-12-01 09:00"),
        ("dmy", "12/1/27", "Tue 2027-01-12 09:00"),
        ("ymd", "27/1/12", "Tue 2027-01-12 09:00"),
        ("mdy", "2026-12-01", "Tue 2026-12-01 09:00"),
    ],
)
def test_number_pairs_follow_the_order_of_the_region_where_they_can(order: str, text: str, expected: str) -> None:
    assert shown(reading(text, order=order).instant) == expected


@pytest.mark.parametrize(
    ("hours", "text", "expected"),
    [
        (LUNCH, "after lunch", "Tue 2026-11-24 13:30"),
        (LUNCH, "tomorrow morning", "Wed 2026-11-25 08:30"),
        (LUNCH, "tomorrow eod", "Wed 2026-11-25 16:00"),
        (LUNCH, "tomorrow 1", "Wed 2026-11-25 13:00"),
        (LUNCH, "sat morning", "Sat 2026-11-28 09:00"),
        (LUNCH, "sat after lunch", "Sat 2026-11-28 13:00"),
        (LUNCH, "sat eod", "Sat 2026-11-28 17:00"),
        (AROUND_THE_CLOCK, "tomorrow morning", "Wed 2026-11-25 09:00"),
        (AROUND_THE_CLOCK, "tomorrow 3", "Wed 2026-11-25 15:00"),
        (AROUND_THE_CLOCK, "tomorrow 7", "Wed 2026-11-25 07:00"),
        (AROUND_THE_CLOCK, "tomorrow eod", "Wed 2026-11-25 17:00"),
        (OpeningHours.of("America/New_York", {"wed": ["15:00", "22:00"]}), "wed 9", "Wed 2026-11-25 21:00"),
        (OpeningHours.of("America/New_York", {"wed": ["15:00", "22:00"]}), "wed morning", "Wed 2026-11-25 09:00"),
        (OpeningHours.of("America/New_York", {"wed": ["05:00", "09:00"]}), "wed 5", "Wed 2026-11-25 05:00"),
        (OpeningHours.of("America/New_York", {"wed": ["00:00", "03:00"]}), "wed 12:30 am", "Wed 2026-11-25 00:30"),
    ],
)
def test_opening_hours_of_the_very_day_decide_what_is_meant(hours: OpeningHours, text: str, expected: str) -> None:
    assert shown(reading(text, hours=hours).instant) == expected


def test_a_practice_has_its_own_habits() -> None:
    late = Habits(default=time(11, 15), morning=time(7), after_lunch=time(14), afternoon=time(15), evening=time(19))
    texts = ("tomorrow", "tomorrow morning", "sat after lunch", "sat afternoon", "sat evening")
    assert [shown(reading(text, habits=late).instant)[-5:] for text in texts] == ["11:15", "07:00", "14:00", "15:00", "19:00"]


@pytest.mark.parametrize(
    ("now", "text", "expected"),
    [
        ("2026-11-30T14:30", "end of month", "Mon 2026-11-30 17:00"),
        ("2026-11-29T10:00", "next mon", "Mon 2026-11-30 09:00"),
        ("2026-11-28T10:00", "end of week", "Fri 2026-12-04 09:00"),
        ("2026-11-28T10:00", "end of month", "Mon 2026-11-30 09:00"),
        ("2026-10-31T10:00", "end of month", "Mon 2026-11-30 09:00"),
        ("2026-11-27T19:00", "at 4", "Sat 2026-11-28 16:00"),
        ("2026-01-31T10:00", "in a month", "Sat 2026-02-28 10:00"),
        ("2026-12-15T10:00", "next month", "Fri 2027-01-01 09:00"),
        ("2026-11-25T10:00", "next working day", "Fri 2026-11-27 09:00"),
        ("2026-11-24T23:59:30", "in 1 minute", "Wed 2026-11-25 00:00"),
    ],
)
def test_what_is_meant_depends_on_the_day_it_is_typed(now: str, text: str, expected: str) -> None:
    assert shown(reading(text, now=at(now)).instant) == expected


def test_the_end_of_a_month_in_which_it_never_opens_is_its_last_day() -> None:
    hours = OpeningHours.of("America/New_York", {"mon": ["08:00", "18:00"]}, [f"2026-12-{day:02}" for day in range(1, 32)])
    assert shown(reading("end of next month", hours=hours).instant) == "Thu 2026-12-31 09:00"


# ------------------------------------------------------------------------------------------------------------- any time


def test_a_day_alone_is_any_time_of_it_when_the_workflow_names_no_time() -> None:
    found = reading("fri", habits=Habits())
    assert (shown(found.instant), found.any_time, found.outside) == ("Fri 2026-11-27 08:00", True, False)


def test_any_time_can_be_said() -> None:
    assert reading("fri any time") == reading("fri", habits=Habits())


def test_any_time_today_is_from_now_on() -> None:
    found = reading("any time")
    assert (shown(found.instant), found.any_time) == ("Tue 2026-11-24 10:43", True)


def test_any_time_today_before_opening_is_from_the_opening_on() -> None:
    found = reading("today", now=at("2026-11-24T06:00"), habits=Habits())
    assert (shown(found.instant), found.outside) == ("Tue 2026-11-24 08:00", False)


def test_today_is_the_usual_time_and_once_that_has_passed_the_end_of_the_days_work() -> None:
    found = reading("today", now=at("2026-11-24T08:10"))
    assert (shown(found.instant), found.any_time, found.outside) == ("Tue 2026-11-24 09:00", False, False)
    found = reading("today")
    assert (shown(found.instant), found.any_time, found.outside) == ("Tue 2026-11-24 17:00", False, False)


def test_any_time_today_during_lunch_is_not_closed() -> None:
    found = reading("today any time", now=at("2026-11-24T12:45"), hours=LUNCH)
    assert (shown(found.instant), found.outside) == ("Tue 2026-11-24 12:46", False)


def test_any_time_after_closing_suggests_the_next_opening() -> None:
    found = reading("today any time", now=at("2026-11-25T18:30"))
    assert (found.outside, shown(found.suggestion)) == (True, "Fri 2026-11-27 08:00")


def test_any_time_of_a_closed_day_begins_at_midnight() -> None:
    found = reading("sat", habits=Habits())
    assert (shown(found.instant), found.outside, shown(found.suggestion)) == ("Sat 2026-11-28 00:00", True, "Mon 2026-11-30 08:00")


def test_in_the_last_minute_of_a_day_nothing_is_left_of_it() -> None:
    assert refused("today any time", now=at("2026-11-24T23:59:10")) == "time_is_past"


def test_after_the_days_work_nothing_is_left_of_today() -> None:
    assert refused("today", now=at("2026-11-24T17:00")) == "time_is_past"


# ------------------------------------------------------------------------------------------------ closed, skipped, twice


def test_within_opening_hours_nothing_is_suggested() -> None:
    assert (reading("tomorrow 3").outside, reading("tomorrow 3").suggestion) == (False, None)


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ("tomorrow 7pm", "Fri 2026-11-27 08:00"),
        ("tomorrow 6:30am", "Wed 2026-11-25 08:00"),
        ("thu 10", "Fri 2026-11-27 08:00"),
        ("sun 3", "Mon 2026-11-30 08:00"),
    ],
)
def test_outside_opening_hours_the_next_opening_is_suggested(text: str, suggested: str) -> None:
    found = reading(text)
    assert (found.outside, shown(found.suggestion)) == (True, suggested)


def test_a_practice_that_does_not_open_within_sight_suggests_nothing() -> None:
    closed = OpeningHours.of(
        "America/New_York", {"mon": ["08:00", "18:00"]}, [datetime.fromordinal(NOW.toordinal() + day).date() for day in range(420)]
    )
    found = reading("tomorrow 3pm", hours=closed)
    assert (found.outside, found.suggestion) == (True, None)


@pytest.mark.parametrize(
    ("zone", "now", "text"),
    [
        ("America/New_York", "2026-03-07T12:00", "tomorrow 2:30am"),
        ("Europe/London", "2026-03-27T12:00", "29 mar 01:30"),
        ("Australia/Lord_Howe", "2026-10-03T12:00", "sunday 02:15"),
        ("Africa/Casablanca", "2026-03-21T12:00", "tomorrow 02:30"),
        ("America/Sao_Paulo", "2018-11-03T12:00", "tomorrow 0:30"),
        ("Pacific/Apia", "2011-12-29T12:00", "tomorrow noon"),
        ("America/New_York", "2026-03-06T02:30", "in 2 days"),
    ],
)
def test_a_time_that_the_clock_skips_is_refused(zone: str, now: str, text: str) -> None:
    assert refused(text, now=at(now, zone), hours=OpeningHours.of(zone)) == "time_in_gap"


@pytest.mark.parametrize(
    ("zone", "now", "text", "first", "second"),
    [
        ("America/New_York", "2026-10-31T12:00", "tomorrow 01:30", "2026-11-01T05:30+00:00", "UTC-05:00"),
        ("Europe/London", "2026-10-24T12:00", "tomorrow 01:30", "2026-10-25T00:30+00:00", "UTC+00:00"),
        ("Australia/Lord_Howe", "2026-04-04T12:00", "tomorrow 01:45", "2026-04-04T14:45+00:00", "UTC+10:30"),
        ("Africa/Casablanca", "2026-02-14T12:00", "tomorrow 02:30", "2026-02-15T01:30+00:00", "UTC+00:00"),
        ("America/Sao_Paulo", "2018-02-17T12:00", "today 23:30", "2018-02-18T01:30+00:00", "utc-3:00"),
    ],
)
def test_of_a_time_that_comes_twice_the_first_is_taken_unless_the_offset_names_the_second(
    zone: str, now: str, text: str, first: str, second: str
) -> None:
    where = {"now": at(now, zone), "hours": OpeningHours.of(zone)}
    found, later = reading(text, **where), reading(f"{text} {second}", **where)
    assert (found.instant, found.ambiguous, later.ambiguous) == (datetime.fromisoformat(first), True, False)
    assert found.instant < later.instant
    assert OpeningHours.of(zone).local(found.instant).time() == OpeningHours.of(zone).local(later.instant).time()


def test_an_offset_that_the_zone_does_not_have_then_is_refused() -> None:
    assert refused("tomorrow 15:00 UTC+01:00") == "offset_not_in_zone"


def test_between_two_equal_times_the_second_is_the_next() -> None:
    found = reading("01:30", now=at("2026-11-01T01:45-04:00"))
    assert (found.instant, found.ambiguous) == (at("2026-11-01T01:30-05:00"), False)


def test_hours_elapse_across_a_change_of_the_clock() -> None:
    assert shown(reading("in 4 hours", now=at("2026-03-08T00:30")).instant) == "Sun 2026-03-08 05:30"


def test_days_keep_the_time_of_day_across_a_change_of_the_clock() -> None:
    assert shown(reading("in 2 days", now=at("2026-03-07T09:15")).instant) == "Mon 2026-03-09 09:15"


def test_a_day_from_now_at_a_time_that_comes_twice_says_so() -> None:
    assert reading("in 1 day", now=at("2026-10-31T01:30")).ambiguous
    assert not reading("1 day 1 minute", now=at("2026-10-31T01:30")).ambiguous


# ---------------------------------------------------------------------------------------------------------- word lists


def test_a_phrase_that_stands_twice_is_found_when_the_list_is_read() -> None:
    with pytest.raises(ValueError, match="'tomorrow' stands twice"):
        Words.of(WRITTEN | {"days": {"1": ["tomorrow"], "2": ["Tomorrow"]}})


def test_a_phrase_cannot_also_be_short_for_another() -> None:
    with pytest.raises(ValueError, match="'today' stands twice"):
        Words.of(WRITTEN | {"short": {"today": "tomorrow"}})


def test_every_phrase_of_the_list_is_one_that_can_be_typed() -> None:
    for phrase in (*ENGLISH.phrases, *ENGLISH.short):
        assert all(word.isalpha() for word in phrase), phrase


def test_another_language_is_another_list() -> None:
    german = WRITTEN | {
        "weekdays": {str(number): [name] for number, name in enumerate(("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"))},
        "days": {"0": ["heute"], "1": ["morgen"], "2": ["übermorgen"]},
        "parts": {"morning": ["früh", "vormittag"], "afternoon": ["nachmittag"]},
        "signs": {"noise": ["um", "uhr", "am"]},
        "units": {"hour": ["stunde", "stunden"]},
        "short": {"heute abend": "heute 18:00"},
    }
    texts = ("morgen früh", "ÜBERMORGEN um 3", "heute Nachmittag", "heute Abend", "am Fr 15 Uhr")
    found = [read(text, now=NOW, hours=OFFICE, words=Words.of(german)).instant for text in texts]
    assert [shown(each) for each in found] == [
        "Wed 2026-11-25 08:00",
        "Thu 2026-11-26 15:00",
        "Tue 2026-11-24 14:00",
        "Tue 2026-11-24 18:00",
        "Fri 2026-11-27 15:00",
    ]
