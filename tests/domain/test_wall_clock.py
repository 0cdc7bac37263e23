"""Times on a wall clock and the instants they are, where the clocks are put forward and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.problems import Refused
from frontdesk.domain.workdays import instant, is_ambiguous, parse_local

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


def refusal(code: str) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, check=lambda problem: problem.code == code)


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("2026-03-02T09:00", "America/New_York", "2026-03-02T14:00:00+00:00"),
        ("2026-03-02 09:00:30", "America/New_York", "2026-03-02T14:00:30+00:00"),
        ("2026-03-02T09:00", "Asia/Kathmandu", "2026-03-02T03:15:00+00:00"),
        ("2026-03-02T09:00-05:00", "America/New_York", "2026-03-02T14:00:00+00:00"),
        ("2026-03-02T09:00+01:00", "America/New_York", "2026-03-02T08:00:00+00:00"),
        ("2026-03-02T09:00Z", "America/New_York", "2026-03-02T09:00:00+00:00"),
        ("2026-11-01T01:30", "America/New_York", "2026-11-01T05:30:00+00:00"),
        ("2026-11-01T01:30-05:00", "America/New_York", "2026-11-01T06:30:00+00:00"),
        ("2026-10-25T01:30", "Europe/London", "2026-10-25T00:30:00+00:00"),
        ("2026-04-05T01:45", "Australia/Lord_Howe", "2026-04-04T14:45:00+00:00"),
        ("2026-04-05T01:45+10:30", "Australia/Lord_Howe", "2026-04-04T15:15:00+00:00"),
        ("2018-02-17T23:30", "America/Sao_Paulo", "2018-02-18T01:30:00+00:00"),
        ("2026-02-15T02:30", "Africa/Casablanca", "2026-02-15T01:30:00+00:00"),
        ("2011-12-31T00:00", "Pacific/Apia", "2011-12-30T10:00:00+00:00"),
    ],
)
def test_a_local_time_is_read_as_an_instant(text: str, zone: str, expected: str) -> None:
    assert at(text, zone).isoformat() == expected


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("2026-03-08T02:30", "America/New_York"),
        ("2026-03-29T01:00", "Europe/London"),
        ("2026-10-04T02:15", "Australia/Lord_Howe"),
        ("2026-03-22T02:30", "Africa/Casablanca"),
        ("2011-12-30T12:00", "Pacific/Apia"),
        ("2018-11-04T00:30", "America/Sao_Paulo"),
    ],
)
def test_a_time_that_the_clock_skips_is_refused(text: str, zone: str) -> None:
    with pytest.raises(Refused) as caught:
        parse_local(text, ZoneInfo(zone), field="at")
    assert (caught.value.code, caught.value.field) == ("time_in_gap", "at")


@pytest.mark.parametrize(
    "text",
    ["", "now", "2026-03-02", "09:00", "2026-02-30T09:00", "2026-03-02T25:00", "2026-03-02T09:00:61", "2026-03-02T09:00+16:00", "2026-03-02T09:00+5", "0001-01-01T00:00",
     "9999-12-31T23:59", "2026-03-02T09:00 ", "2026-3-2T9:00", "２０２６-03-02T09:00"],
)  # fmt: skip
def test_a_local_time_that_is_none_is_refused(text: str) -> None:
    with refusal("time_not_understood"):
        at(text)


def test_a_repeated_time_is_the_first_unless_an_offset_names_the_second() -> None:
    zone, local = ZoneInfo("America/New_York"), wall("2026-11-01T01:30")
    assert is_ambiguous(local, zone)
    assert instant(local, zone) == instant(local, zone, offset=timedelta(hours=-4)) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert instant(local, zone, offset=timedelta(hours=-5)) == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


def test_an_offset_that_the_zone_does_not_have_then_is_refused() -> None:
    with refusal("offset_not_in_zone"):
        instant(wall("2026-11-01T01:30"), ZoneInfo("America/New_York"), offset=timedelta(hours=2))


@pytest.mark.parametrize(("local", "zone"), [(wall("2026-03-08T02:30"), "America/New_York"), (wall("2026-03-02T09:00"), "Europe/London")])
def test_a_skipped_or_a_plain_time_is_not_ambiguous(local: datetime, zone: str) -> None:
    assert not is_ambiguous(local, ZoneInfo(zone))


@given(moments, zones)
def test_every_instant_reads_back_from_its_wall_clock_and_offset(moment: datetime, zone: str) -> None:
    local = moment.astimezone(ZoneInfo(zone))
    assert instant(local.replace(tzinfo=None), ZoneInfo(zone), offset=local.utcoffset()) == moment
