"""Opening hours, holidays and the wall clock, in zones that do awkward things."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.problems import Refused
from frontdesk.domain.workdays import OpeningHours, midnight, parse_local, public_holidays, zone_named

OFFICE = {
    "mon": ["08:00", "18:00"],
    "tue": ["08:00", "18:00"],
    "wed": ["08:00", "18:00"],
    "thu": ["08:00", "18:00"],
    "fri": ["08:00", "16:00"],
}
LUNCH = {"mon": [["08:00", "12:00"], ["13:00", "18:00"]]}
ROUND_THE_CLOCK = {day: ["00:00", "24:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
ZONES = (
    "America/New_York",
    "Europe/London",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Pacific/Apia",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Asia/Gaza",
    "Pacific/Chatham",
    "UTC",
)

wall = datetime.fromisoformat
moments = st.datetimes(wall("1985-01-01"), wall("2035-12-31"), timezones=st.just(UTC))
zones = st.sampled_from(ZONES)


def at(text: str, zone: str = "America/New_York") -> datetime:
    return parse_local(text, ZoneInfo(zone))


def shown(moment: datetime | None, hours: OpeningHours) -> str:
    return "-" if moment is None else f"{hours.local(moment):%a %Y-%m-%d %H:%M %z}"


def refusal(code: str) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, check=lambda problem: problem.code == code)


# ------------------------------------------------------------------------------------------------ reading opening hours


def test_a_day_is_a_pair_of_times_or_a_list_of_pairs() -> None:
    hours = OpeningHours.of("America/New_York", {"mon": ["08:00", "18:00"], "tue": [["13:00", "24:00"], ["8:00", "12:00"]], "wed": []})
    assert hours.week == {0: ((480, 1080),), 1: ((480, 720), (780, 1440)), 2: ()}


def test_spans_that_touch_become_one() -> None:
    hours = OpeningHours.of("UTC", {"mon": [["12:00", "13:00"], ["08:00", "12:00"], ["13:00", "14:30"], ["15:00", "16:00"]]})
    assert hours.week == {0: ((480, 870), (900, 960))}


def test_holidays_are_read_from_text_and_dates() -> None:
    hours = OpeningHours.of("UTC", OFFICE, ["2026-11-26", date(2026, 12, 25), datetime(2026, 12, 31, 9, 0, tzinfo=UTC)])
    assert hours.holidays == {date(2026, 11, 26), date(2026, 12, 25), date(2026, 12, 31)}


@pytest.mark.parametrize(
    ("week", "code", "field"),
    [
        ({"mon": ["08:00"]}, "opening_times_wrong", "opening_hours.mon"),
        ({"mon": ["08:00", "12:00", "13:00"]}, "opening_times_wrong", "opening_hours.mon"),
        ({"tue": ["18:00", "08:00"]}, "opening_times_wrong", "opening_hours.tue"),
        ({"tue": ["08:00", "08:00"]}, "opening_times_wrong", "opening_hours.tue"),
        ({"tue": ["08:00", "24:01"]}, "opening_times_wrong", "opening_hours.tue"),
        ({"tue": ["08:60", "12:00"]}, "opening_times_wrong", "opening_hours.tue"),
        ({"tue": ["٠٨:٠٠", "12:00"]}, "opening_times_wrong", "opening_hours.tue"),
        ({"tue": [["08:00", 12]]}, "opening_times_wrong", "opening_hours.tue"),
        ({"tue": [["08:00", "10:00"], "x"]}, "opening_times_wrong", "opening_hours.tue"),
        ({"tue": "08:00-18:00"}, "opening_times_wrong", "opening_hours.tue"),
        ({"tue": None}, "opening_times_wrong", "opening_hours.tue"),
        ({"sat": [["08:00", "12:00"], ["11:00", "13:00"]]}, "opening_times_cross", "opening_hours.sat"),
        ({"sat": [["08:00", "12:00"], ["08:00", "13:00"]]}, "opening_times_cross", "opening_hours.sat"),
        ({"monday": ["08:00", "18:00"]}, "weekday_unknown", "opening_hours"),
        ({1: ["08:00", "18:00"]}, "weekday_unknown", "opening_hours"),
        ({}, "never_open", "opening_hours"),
        ({"mon": []}, "never_open", "opening_hours"),
        ([["08:00", "18:00"]], "opening_times_wrong", "opening_hours"),
    ],
)
def test_nonsense_hours_are_refused_with_their_place(week: object, code: str, field: str) -> None:
    with pytest.raises(Refused) as caught:
        OpeningHours.of("UTC", week)
    assert (caught.value.code, caught.value.field) == (code, field)


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc/passwd", "/etc/passwd", "America", "a\0b", None, 5, "x" * 5000])
def test_a_zone_that_does_not_exist_is_refused(name: str) -> None:
    with pytest.raises(Refused) as caught:
        zone_named(name)
    assert (caught.value.code, caught.value.field) == ("zone_unknown", "time_zone")


@pytest.mark.parametrize("day", ["", "2026-02-30", "26 Nov", "20261126", "2026-W01-1", None, 20261126])
def test_a_holiday_that_is_no_date_is_refused(day: object) -> None:
    with pytest.raises(Refused) as caught:
        OpeningHours.of("UTC", OFFICE, [day])
    assert (caught.value.code, caught.value.field) == ("holiday_wrong", "holidays")


# --------------------------------------------------------------------------------------------------------- open or not


@pytest.mark.parametrize(
    ("time", "is_open"),
    [
        ("2026-03-02T07:59:59", False),
        ("2026-03-02T08:00", True),
        ("2026-03-02T11:59:59", True),
        ("2026-03-02T12:00", False),
        ("2026-03-02T12:59", False),
        ("2026-03-02T13:00", True),
        ("2026-03-02T17:59:59", True),
        ("2026-03-02T18:00", False),
        ("2026-03-03T09:00", False),
    ],
)
def test_it_is_open_from_opening_until_just_before_closing_but_not_over_lunch(time: str, is_open: bool) -> None:
    assert OpeningHours.of("America/New_York", LUNCH).is_open(at(time)) is is_open


def test_24_00_is_the_end_of_the_day() -> None:
    hours = OpeningHours.of("America/New_York", {"mon": ["20:00", "24:00"]})
    assert hours.is_open(at("2026-03-02T23:59:59"))
    assert not hours.is_open(at("2026-03-03T00:00"))
    assert hours.closing(date(2026, 3, 2)) == at("2026-03-03T00:00")


def test_without_a_week_it_never_closes_not_even_on_a_holiday() -> None:
    hours = OpeningHours.of("America/New_York", None, ["2026-12-25"])
    assert hours.is_open(at("2026-12-25T03:00"))
    assert hours.next_opening(at("2026-12-25T03:00")) == at("2026-12-25T03:00")
    assert hours.next_working_day(date(2026, 12, 24)) == date(2026, 12, 25)
    assert (hours.opening(date(2026, 12, 25)), hours.closing(date(2026, 12, 25))) == (at("2026-12-25T00:00"), at("2026-12-26T00:00"))


@pytest.mark.parametrize(
    ("zone", "times"),
    [
        # 1:30 comes twice: the wall clock counts, not the hours since opening
        ("America/New_York", ["2026-11-01T01:15-04:00", "2026-11-01T01:15-05:00"]),
        ("Australia/Lord_Howe", ["2026-04-05T01:35+11:00", "2026-04-05T01:35+10:30"]),
    ],
)
def test_a_repeated_hour_is_open_both_times(zone: str, times: list[str]) -> None:
    hours = OpeningHours.of(zone, {"sun": [["01:10", "01:20"], ["01:31", "01:40"]]})
    assert [hours.is_open(at(time, zone)) for time in times] == [True, True]
    assert hours.open_periods(hours.day(at(times[0], zone)))[0][0] <= at(times[0], zone) < hours.closing(hours.day(at(times[0], zone)))


# ------------------------------------------------------------------------------------------- opening, closing, the next


@pytest.mark.parametrize(
    ("zone", "day", "opens", "closes"),
    [
        ("America/New_York", "2026-03-06", "Fri 2026-03-06 08:00 -0500", "Fri 2026-03-06 16:00 -0500"),
        ("America/New_York", "2026-03-09", "Mon 2026-03-09 08:00 -0400", "Mon 2026-03-09 18:00 -0400"),
        ("Europe/London", "2026-03-27", "Fri 2026-03-27 08:00 +0000", "Fri 2026-03-27 16:00 +0000"),
        ("Europe/London", "2026-03-30", "Mon 2026-03-30 08:00 +0100", "Mon 2026-03-30 18:00 +0100"),
        ("Australia/Lord_Howe", "2026-04-03", "Fri 2026-04-03 08:00 +1100", "Fri 2026-04-03 16:00 +1100"),
        ("Australia/Lord_Howe", "2026-04-06", "Mon 2026-04-06 08:00 +1030", "Mon 2026-04-06 18:00 +1030"),
        ("Asia/Kathmandu", "2026-01-05", "Mon 2026-01-05 08:00 +0545", "Mon 2026-01-05 18:00 +0545"),
        ("Pacific/Apia", "2011-12-29", "Thu 2011-12-29 08:00 -1000", "Thu 2011-12-29 18:00 -1000"),
        ("Pacific/Apia", "2011-12-30", "-", "-"),  # Samoa went from Thursday to Saturday
        ("Europe/London", "2026-03-28", "-", "-"),
    ],
)
def test_the_day_opens_and_closes_by_the_wall_clock(zone: str, day: str, opens: str, closes: str) -> None:
    hours = OpeningHours.of(zone, OFFICE)
    assert (shown(hours.opening(date.fromisoformat(day)), hours), shown(hours.closing(date.fromisoformat(day)), hours)) == (opens, closes)


@pytest.mark.parametrize(
    ("zone", "day", "length"),
    [
        ("America/New_York", "2026-03-08", timedelta(hours=23)),
        ("America/New_York", "2026-11-01", timedelta(hours=25)),
        ("Europe/London", "2026-03-29", timedelta(hours=23)),
        ("Australia/Lord_Howe", "2026-10-04", timedelta(hours=23, minutes=30)),
        ("Australia/Lord_Howe", "2026-04-05", timedelta(hours=24, minutes=30)),
        ("Africa/Casablanca", "2026-02-15", timedelta(hours=25)),  # Ramadan: the clock goes back
        ("Africa/Casablanca", "2026-03-22", timedelta(hours=23)),
        ("America/Sao_Paulo", "2018-11-04", timedelta(hours=23)),  # no midnight: the day began at 1:00
        ("America/Sao_Paulo", "2018-02-17", timedelta(hours=25)),  # 23:00 came twice
        ("Asia/Kathmandu", "2026-03-08", timedelta(hours=24)),
        ("Pacific/Apia", "2011-12-30", timedelta(0)),
    ],
)
def test_a_day_that_never_closes_is_as_long_as_the_clocks_make_it(zone: str, day: str, length: timedelta) -> None:
    periods = OpeningHours.of(zone, ROUND_THE_CLOCK).open_periods(date.fromisoformat(day))
    assert sum((ends - begins for begins, ends in periods), timedelta()) == length


def test_opening_within_a_skipped_hour_is_the_end_of_the_gap() -> None:
    hours = OpeningHours.of("America/New_York", {"sun": ["02:30", "10:00"]})
    assert shown(hours.opening(date(2026, 3, 8)), hours) == "Sun 2026-03-08 03:00 -0400"


def test_a_span_within_a_skipped_hour_does_not_open() -> None:
    hours = OpeningHours.of("America/New_York", {"sun": ["02:10", "02:50"]})
    assert hours.opening(date(2026, 3, 8)) is None
    assert hours.next_opening(at("2026-03-08T00:00")) == at("2026-03-15T02:10")


@pytest.mark.parametrize(
    ("zone", "asked", "expected"),
    [
        ("America/New_York", "2026-03-06T09:30:20", "Fri 2026-03-06 09:30 -0500"),
        ("America/New_York", "2026-03-06T07:00", "Fri 2026-03-06 08:00 -0500"),
        ("America/New_York", "2026-03-06T16:00", "Mon 2026-03-09 08:00 -0400"),
        ("Europe/London", "2026-10-23T20:00", "Mon 2026-10-26 08:00 +0000"),
        ("Australia/Lord_Howe", "2026-10-02T16:00", "Mon 2026-10-05 08:00 +1100"),
        ("Africa/Casablanca", "2026-02-13T16:00", "Mon 2026-02-16 08:00 +0000"),
        ("Pacific/Apia", "2011-12-29T18:00", "Mon 2012-01-02 08:00 +1400"),
        ("America/Sao_Paulo", "2018-11-02T16:30", "Mon 2018-11-05 08:00 -0200"),
        ("Asia/Kathmandu", "2026-01-05T18:00", "Tue 2026-01-06 08:00 +0545"),
    ],
)
def test_the_next_opening_is_by_the_wall_clock_of_that_day(zone: str, asked: str, expected: str) -> None:
    hours = OpeningHours.of(zone, OFFICE)
    assert shown(hours.next_opening(at(asked, zone)), hours) == expected


def test_an_open_instant_is_its_own_next_opening_to_the_second_and_in_utc() -> None:
    hours = OpeningHours.of("America/New_York", OFFICE)
    now = hours.local(at("2026-03-06T09:30:20"))
    assert hours.next_opening(now) == now
    assert hours.next_opening(now).tzinfo is UTC


def test_lunch_ends_on_the_same_day() -> None:
    hours = OpeningHours.of("America/New_York", LUNCH)
    assert hours.next_opening(at("2026-03-02T12:10")) == at("2026-03-02T13:00")
    assert (hours.opening(date(2026, 3, 2)), hours.closing(date(2026, 3, 2))) == (at("2026-03-02T08:00"), at("2026-03-02T18:00"))


def test_holidays_and_weekends_are_passed_over() -> None:
    hours = OpeningHours.of("America/New_York", OFFICE, ["2026-11-26", "2026-11-27"])
    assert hours.next_opening(at("2026-11-25T18:00")) == at("2026-11-30T08:00")
    assert hours.next_working_day(date(2026, 11, 25)) == date(2026, 11, 30)
    assert hours.opening(date(2026, 11, 26)) is None
    assert not hours.is_open(at("2026-11-26T10:00"))


def test_the_next_working_day_is_never_the_same_day() -> None:
    assert OpeningHours.of("UTC", OFFICE).next_working_day(date(2026, 11, 24)) == date(2026, 11, 25)


def test_a_day_that_the_zone_skipped_is_no_working_day() -> None:
    assert OpeningHours.of("Pacific/Apia", ROUND_THE_CLOCK).next_working_day(date(2011, 12, 29)) == date(2011, 12, 31)


def test_a_practice_closed_for_more_than_a_year_is_told_instead_of_searching_for_ever() -> None:
    closed = [date(2026, 1, 1) + timedelta(days=day) for day in range(500)]
    hours = OpeningHours.of("America/New_York", OFFICE, closed)
    with refusal("no_opening_in_sight"):
        hours.next_opening(at("2026-01-01T09:00"))
    with refusal("no_opening_in_sight"):
        hours.next_working_day(date(2026, 1, 1))


def test_a_practice_closed_for_a_year_opens_after_it() -> None:
    closed = [date(2026, 1, 1) + timedelta(days=day) for day in range(365)]
    assert OpeningHours.of("UTC", OFFICE, closed).next_opening(at("2026-01-01T09:00", "UTC")) == at("2027-01-01T08:00", "UTC")


def test_yesterday_that_comes_again_after_midnight_is_open_again() -> None:
    # St. John's, October 2006: at 0:01 on Sunday the clock went back to 23:01 on Saturday.
    hours = OpeningHours.of("America/St_Johns", {"sat": ["23:30", "24:00"]})
    sunday = datetime(2006, 10, 29, 2, 30, 30, tzinfo=UTC)
    assert shown(sunday, hours) == "Sun 2006-10-29 00:00 -0230"
    assert shown(hours.next_opening(sunday), hours) == "Sat 2006-10-28 23:30 -0330"


@given(moments, zones)
def test_the_next_opening_is_open_and_the_second_before_it_closed(moment: datetime, zone: str) -> None:
    hours = OpeningHours.of(zone, {"mon": [["00:30", "02:15"], ["23:10", "24:00"]], "sat": ["00:00", "01:10"], "sun": [["01:20", "02:40"]]})
    opening = hours.next_opening(moment)
    assert hours.is_open(opening)
    assert opening == moment or not hours.is_open(opening - timedelta(seconds=1))


# ------------------------------------------------------------------------------------------------ open minutes and weeks


@pytest.mark.parametrize(
    ("since", "until", "minutes"),
    [
        ("2026-03-02T09:00", "2026-03-02T09:05:59", 5),
        ("2026-03-02T17:50", "2026-03-03T08:10", 20),
        ("2026-03-06T15:50", "2026-03-09T08:10", 20),
        ("2026-03-02T05:00", "2026-03-02T07:00", 0),
        ("2026-03-02T10:00", "2026-03-02T09:00", 0),
        ("2026-03-20T10:00", "2026-03-02T09:00", 0),
        ("2026-03-02T08:00", "2026-03-09T08:00", 4 * 600 + 480),
    ],
)
def test_only_minutes_of_opening_hours_count_for_the_first_response(since: str, until: str, minutes: int) -> None:
    assert OpeningHours.of("America/New_York", OFFICE).elapsed_open_minutes(at(since), at(until)) == minutes


def test_lunch_and_holidays_do_not_count() -> None:
    hours = OpeningHours.of("America/New_York", LUNCH, ["2026-03-09"])
    assert hours.elapsed_open_minutes(at("2026-03-02T11:50"), at("2026-03-16T08:05")) == 10 + 300 + 5


@given(moments, st.timedeltas(timedelta(0), timedelta(days=9)), zones)
def test_without_closed_hours_every_minute_counts_across_every_clock_change(moment: datetime, wait: timedelta, zone: str) -> None:
    assert OpeningHours.of(zone).elapsed_open_minutes(moment, moment + wait) == wait // timedelta(minutes=1)


def test_a_week_has_its_days_with_open_spans_and_holidays() -> None:
    grid = OpeningHours.of("America/New_York", LUNCH | {"thu": ["08:00", "12:00"]}, ["2026-11-26"]).week_grid(date(2026, 11, 24))
    assert [each.day.isoformat() for each in grid] == [f"2026-11-{day}" for day in range(23, 30)]
    assert grid[0].spans == ((480, 720), (780, 1080))
    assert (grid[3].spans, grid[3].holiday) == ((), True)
    assert (grid[4].spans, grid[4].holiday) == ((), False)


@pytest.mark.parametrize(
    ("first", "day", "begins"), [(6, "2026-11-24", "2026-11-22"), (6, "2026-11-22", "2026-11-22"), (5, "2026-11-27", "2026-11-21")]
)
def test_a_week_begins_where_the_region_begins_it(first: int, day: str, begins: str) -> None:
    assert OpeningHours.of("UTC", OFFICE).week_grid(date.fromisoformat(day), first_weekday=first)[0].day == date.fromisoformat(begins)


# --------------------------------------------------------------------------------------------------------------- holidays


def test_public_holidays_are_those_of_the_part_of_the_country() -> None:
    washington = public_holidays("US", "WA", [2026])
    assert washington[date(2026, 11, 26)] == "Thanksgiving Day"
    assert date(2026, 3, 31) not in washington
    assert public_holidays("US", "CA", [2026])[date(2026, 3, 31)] == "Cesar Chavez Day"


def test_public_holidays_of_several_years_close_the_practice() -> None:
    days = public_holidays("GB", "ENG", range(2026, 2028))
    hours = OpeningHours.of("Europe/London", OFFICE, days)
    assert list(days) == sorted(days)
    assert shown(hours.next_opening(at("2026-12-24T18:00", "Europe/London")), hours) == "Tue 2026-12-29 08:00 +0000"
    assert hours.opening(date(2027, 1, 1)) is None


@pytest.mark.parametrize(
    ("country", "part", "code", "field"),
    [
        ("XX", None, "country_unknown", "country"),
        ("", "WA", "country_unknown", "country"),
        ("US", "Bavaria", "subdivision_unknown", "subdivision"),
    ],
)
def test_an_unknown_country_or_part_is_refused(country: str, part: str | None, code: str, field: str) -> None:
    with pytest.raises(Refused) as caught:
        public_holidays(country, part, [2026])
    assert (caught.value.code, caught.value.field) == (code, field)


@pytest.mark.parametrize(
    ("day", "zone", "expected"),
    [
        pytest.param(date(2026, 7, 1), "Europe/London", datetime(2026, 6, 30, 23, tzinfo=UTC), id="summer time"),
        pytest.param(date(2018, 11, 4), "America/Sao_Paulo", datetime(2018, 11, 4, 3, tzinfo=UTC), id="midnight is skipped"),
    ],
)
def test_a_day_begins_at_its_first_instant(day: date, zone: str, expected: datetime) -> None:
    assert midnight(day, ZoneInfo(zone)) == expected
