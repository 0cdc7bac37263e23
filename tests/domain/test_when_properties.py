"""Whatever is typed: no crash, nothing in the past, and what is echoed reads back to the same instant."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from frontdesk.domain.problems import Refused
from frontdesk.domain.when import Habits, Reading, echo, read
from frontdesk.domain.workdays import OpeningHours
from tests.domain.english import ENGLISH, NOW, OFFICE, WEEKDAYS, at, reading

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
WEEKS = (
    None,
    {day: ["08:00", "18:00"] for day in WEEKDAYS},
    {day: [["08:30", "12:30"], ["13:30", "17:00"]] for day in (*WEEKDAYS, "sat")},
    {day: [["00:00", "02:30"], ["15:00", "24:00"]] for day in (*WEEKDAYS, "sun")},
)
FIGURES = ("3", "9", "12", "25", "0930", "2027", "3:30", "15:30", "03:30", "9.30", "25/11", "1/12", "2026-12-01", "1.5", ",", "utc-05:00")
PIECES = (*sorted(" ".join(phrase) for phrase in (*ENGLISH.phrases, *ENGLISH.short)), *FIGURES)

practices = st.builds(OpeningHours.of, st.sampled_from(ZONES), st.sampled_from(WEEKS))
clocks = st.sampled_from(["24h", "12h"])
orders = st.sampled_from(["dmy", "mdy", "ymd"])
naive = datetime.fromisoformat
moments = st.datetimes(naive("2005-01-01"), naive("2037-12-31"), timezones=st.just(UTC))


@st.composite
def minutes_near_a_change_of_the_clock(draw: st.DrawFn, zone: ZoneInfo) -> datetime:
    """Minutes within three hours of the moment at which a zone changes its clock, when it does that year."""
    year = draw(st.integers(2005, 2037))
    days = [datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=day) for day in range(366)]
    changes = [day for day in days if day.astimezone(zone).utcoffset() != (day + timedelta(days=1)).astimezone(zone).utcoffset()]
    assume(changes)
    return draw(st.sampled_from(changes)) + timedelta(minutes=draw(st.integers(-180, 27 * 60)))


def reads_back(found: Reading, now: datetime, hours: OpeningHours, clock: str, order: str) -> bool:
    text = echo(found, now, hours, ENGLISH, clock=clock).moment
    again = read(text, now=now, hours=hours, words=ENGLISH, order=order)
    return (again.instant, again.any_time) == (found.instant, found.any_time)


@given(practices, moments, st.timedeltas(timedelta(minutes=1), timedelta(days=3000)), clocks, orders)
def test_what_is_echoed_reads_back_to_the_same_instant(hours: OpeningHours, now: datetime, wait: timedelta, clock: str, order: str) -> None:
    instant = (now + wait).replace(second=0, microsecond=0)
    assume(instant > now)
    assert reads_back(Reading(instant), now, hours, clock, order)


@given(st.data(), practices, clocks, orders)
def test_what_is_echoed_reads_back_around_changes_of_the_clock(data: st.DataObject, hours: OpeningHours, clock: str, order: str) -> None:
    instant = data.draw(minutes_near_a_change_of_the_clock(hours.zone))
    now = instant - data.draw(st.timedeltas(timedelta(seconds=1), timedelta(days=40)))
    assert reads_back(Reading(instant), now, hours, clock, order)


@given(practices, moments, st.lists(st.sampled_from(PIECES), min_size=1, max_size=5), clocks, orders)
@example(OFFICE, NOW, ["today"], "24h", "dmy")
@example(OFFICE, NOW, ["fri", "any time"], "12h", "mdy")
def test_any_words_are_refused_or_read_and_then_lie_ahead_and_read_back(
    hours: OpeningHours, now: datetime, pieces: list[str], clock: str, order: str
) -> None:
    with contextlib.suppress(Refused):
        found = read(" ".join(pieces), now=now, hours=hours, words=ENGLISH, order=order)
        assert found.instant > now
        assert found.instant.second == found.instant.microsecond == 0
        assert reads_back(found, now, hours, clock, order)


@given(practices, moments, st.timedeltas(timedelta(minutes=1), timedelta(days=60)), clocks)
def test_the_suggested_opening_reads_back_when_tab_takes_it(hours: OpeningHours, now: datetime, wait: timedelta, clock: str) -> None:
    opening = hours.next_opening((now + wait).replace(second=0, microsecond=0) + timedelta(minutes=1))
    found = Reading(opening, outside=True, suggestion=opening)
    text = echo(found, now, hours, ENGLISH, clock=clock).suggestion
    assert read(text, now=now, hours=hours, words=ENGLISH).instant == opening


@given(st.text())
@example("\N{ARABIC-INDIC DIGIT THREE}pm")
@example("İ" * 50)
@example("3" * 400)
def test_no_text_is_a_crash(text: str) -> None:
    with contextlib.suppress(Refused):
        assert reading(text).instant > NOW


@given(st.text("0123456789:/-. apmhd", max_size=14), orders)
def test_no_row_of_figures_is_a_crash(text: str, order: str) -> None:
    with contextlib.suppress(Refused):
        assert reading(text, order=order, habits=Habits()).instant > NOW


def test_no_naughty_string_is_a_crash_and_only_figures_are_understood(shared_data: Path) -> None:
    lines = (shared_data / "names-and-strings" / "blns" / "blns.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) > 500
    assert [line for line in lines if _is_understood(line)] == UNDERSTOOD


# Figures in other scripts are figures; an hour, a time or a date each.
UNDERSTOOD = ["0", "1", "1.00", "1/2", "0.00", "08", "09", "⁰⁴⁵", "₀₁₂", "１２３", "١٢٣"]


def _is_understood(line: str) -> bool:
    try:
        return reading(line).instant > NOW
    except Refused:
        return False


# -------------------------------------------------------------------------------------------------------------- the echo


@pytest.mark.parametrize(
    ("text", "line", "note", "suggestion"),
    [
        ("tomorrow 3", "Wed 25 Nov, 15:00 · in 28 h", "", ""),
        ("in 20 min", "Tue 24 Nov, 11:02 · in 20 min", "", ""),
        ("in 1 hour", "Tue 24 Nov, 11:42 · in 1 h", "", ""),
        ("mon 8", "Mon 30 Nov, 8:00 · in 6 days", "", ""),
        ("tomorrow 7pm", "Wed 25 Nov, 19:00 · in 32 h", "Closed then. Fri 27, 8:00 instead?", "Fri 27, 8:00"),
        ("tomorrow 5am", "Wed 25 Nov, 05:00 · in 18 h", "Closed then. Wed 25, 8:00 instead?", "Wed 25, 8:00"),
        ("2 jan 10:00", "Sat 2 Jan 2027, 10:00 · in 39 days", "Closed then. Mon 4 Jan 2027, 8:00 instead?", "Mon 4 Jan 2027, 8:00"),
        ("today any time", "Tue 24 Nov, any time · today", "", ""),
        ("tomorrow any time", "Wed 25 Nov, any time · tomorrow", "", ""),
        ("fri any time", "Fri 27 Nov, any time · in 3 days", "", ""),
        ("in 10 months", "Fri 24 Sep 2027, 10:42 · in 304 days", "", ""),
    ],
)
def test_the_line_under_the_field(text: str, line: str, note: str, suggestion: str) -> None:
    shown = echo(reading(text), NOW, OFFICE, ENGLISH)
    assert (shown.line, shown.note, shown.suggestion) == (line, note, suggestion)


@pytest.mark.parametrize(
    ("text", "moment"),
    [("tomorrow 0:05", "12:05 am"), ("tomorrow noon", "12:00 pm"), ("tomorrow 9", "9:00 am"), ("tomorrow 23:59", "11:59 pm")],
)
def test_the_twelve_hour_clock(text: str, moment: str) -> None:
    assert echo(reading(text), NOW, OFFICE, ENGLISH, clock="12h").moment == f"Wed 25 Nov, {moment}"


def test_a_time_that_comes_twice_is_shown_with_its_offset_and_said() -> None:
    now = at("2026-10-31T12:00")
    hours = OpeningHours.of("America/New_York")
    shown = echo(reading("tomorrow 01:30", now=now, hours=hours), now, hours, ENGLISH)
    assert (shown.moment, shown.note) == ("Sun 1 Nov, 01:30 UTC-04:00", "The clock shows that time twice. This is the first.")


def test_a_practice_closed_for_long_has_nothing_to_suggest() -> None:
    shown = echo(Reading(at("2026-11-25T15:00"), outside=True), NOW, OFFICE, ENGLISH)
    assert (shown.note, shown.suggestion) == ("Closed then.", "")
