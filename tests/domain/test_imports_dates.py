"""Days and times of a column."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.imports import DateReading, Order, Words
from frontdesk.domain.imports.dates import DateEvidence, Moment, as_day, as_instant
from frontdesk.domain.problems import Refused
from frontdesk.places import shipped

MONTHS = Words.of(tomllib.loads((shipped("resources") / "imports.toml").read_text(encoding="utf-8"))).months
ZURICH = ZoneInfo("Europe/Zurich")
DAY_FIRST, MONTH_FIRST = DateReading(MONTHS), DateReading(MONTHS, Order.MONTH_FIRST)


def decided(*cells: str, region: Order = Order.DAY_FIRST) -> DateReading:
    evidence = DateEvidence()
    for cell in cells:
        evidence.see(cell)
    return evidence.decide(region, MONTHS)


def wall(*parts: int) -> datetime:
    """A time on a wall clock."""
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)  # type: ignore[misc,arg-type]


def hours(count: float) -> timezone:
    return timezone(timedelta(hours=count))


@pytest.mark.parametrize("reading", [DAY_FIRST, MONTH_FIRST])
@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-03-12", date(2024, 3, 12)),
        ("2024/3/2", date(2024, 3, 2)),
        ("2024.03.12", date(2024, 3, 12)),
        ("20240312", date(2024, 3, 12)),
        ("2024-03-12 09:14", wall(2024, 3, 12, 9, 14)),
        ("2024-03-12T09:14:05.123", wall(2024, 3, 12, 9, 14, 5).replace(microsecond=123_000)),
        ("2024-06-03 08:45:00", wall(2024, 6, 3, 8, 45)),
        ("2010-10-14T12:00:00.000Z", datetime(2010, 10, 14, 12, tzinfo=UTC)),
        ("2026-09-10T14:32:11+0000", datetime(2026, 9, 10, 14, 32, 11, tzinfo=UTC)),
        ("2024-08-13T18:04:34.666+00:00", datetime(2024, 8, 13, 18, 4, 34, 666_000, tzinfo=UTC)),
        ("2010-10-14T12:00:00.000Z-0300", datetime(2010, 10, 14, 12, tzinfo=hours(-3))),
        ("2009-07-14 22:14:45+0800", datetime(2009, 7, 14, 22, 14, 45, tzinfo=hours(8))),
        ("2009-07-14 22:14:45+05:30", datetime(2009, 7, 14, 22, 14, 45, tzinfo=hours(5.5))),
        ("2025-03-03 11:00 am", wall(2025, 3, 3, 11)),
        ("2025-03-03 12:05 am", wall(2025, 3, 3, 0, 5)),
        ("2025-03-03 12:05 P.M.", wall(2025, 3, 3, 12, 5)),
        ("03/15/2024 9:12 PM", wall(2024, 3, 15, 21, 12)),
        ("15/03/2024", date(2024, 3, 15)),
        ("20.03.2024", date(2024, 3, 20)),
        ("03.04.2024", date(2024, 4, 3)),
        ("15-Jan-2024", date(2024, 1, 15)),
        ("15 Apr, 2021 00:03:00", wall(2021, 4, 15, 0, 3)),
        ("Mar 20 2024", date(2024, 3, 20)),
        ("March 5th, 2024 at 3:15 PM", wall(2024, 3, 5, 15, 15)),
        ("Tue, 12 Mar 2024 10:00:00 GMT", datetime(2024, 3, 12, 10, tzinfo=UTC)),
        ("Tuesday, March 12, 2024", date(2024, 3, 12)),
        ("1. März 2024", date(2024, 3, 1)),
        ("12 août 2024", date(2024, 8, 12)),
        ("1 de marzo de 2024", date(2024, 3, 1)),
        ("12-Mar-24", date(2024, 3, 12)),
        ("45631", date(2024, 12, 5)),
        ("45631.0", date(2024, 12, 5)),
        ("45631.5", wall(2024, 12, 5, 12)),
        ("1661707291", datetime(2022, 8, 28, 17, 21, 31, tzinfo=UTC)),
        ("1661707291575", datetime(2022, 8, 28, 17, 21, 31, 575000, tzinfo=UTC)),
        (" 2024-03-12\n09:14 ", wall(2024, 3, 12, 9, 14)),
    ],
)
def test_a_date_that_can_be_read_in_one_way_is_read_in_any_column(reading: DateReading, text: str, moment: Moment) -> None:
    assert reading.read(text) == moment


@pytest.mark.parametrize(("reading", "moment"), [(DAY_FIRST, date(2024, 4, 3)), (MONTH_FIRST, date(2024, 3, 4))])
@pytest.mark.parametrize("text", ["3/4/2024", "03-04-2024", "3/4/24"])
def test_the_order_of_the_column_says_which_number_is_the_day(reading: DateReading, text: str, moment: date) -> None:
    assert reading.read(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "2009\\7\\14 22:14:45+0800", "2009-07/14 02:14:45-0800", "31/02/2024", "13/13/2024", "2024-02-30", "soon", "", "12:30", "99999999", "2024-03-12 25:00",
        "2024-03-12 13:00 pm", "1/1/1899", "3024-01-01", "12 Foo 2024", "0", "5", "1.5", "2024-03-12 10:00+99:00", "00/00/0000", "٣/٤/٢٠٢٤x",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="date_not_understood"):
        DAY_FIRST.read(text)


@pytest.mark.parametrize("region", list(Order))
@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (("3/4/2024", "25/4/2024"), Order.DAY_FIRST),
        (("3/4/2024", "4/25/2024"), Order.MONTH_FIRST),
        (("10/20/2016", "3/1/2017"), Order.MONTH_FIRST),
        (("1/2/2024 10:00", "31/1/2024 09:00"), Order.DAY_FIRST),
    ],
)
def test_the_cells_of_the_column_decide_whatever_the_region(region: Order, cells: tuple[str, ...], order: Order) -> None:
    reading = decided(*cells, region=region)
    assert (reading.order, reading.assumed) == (order, False)


@pytest.mark.parametrize("region", list(Order))
@pytest.mark.parametrize("cells", [("3/4/2024", "1/2/2024"), ("3/4/2024", "25/4/2024", "4/25/2024")])
def test_where_both_orders_fit_the_region_is_assumed_and_that_is_said(region: Order, cells: tuple[str, ...]) -> None:
    reading = decided(*cells, region=region)
    assert (reading.order, reading.assumed) == (region, True)


@pytest.mark.parametrize("cells", [("2024-01-15", "20.03.2024"), ("3/3/2024",), (), ("01/20/2024", "20/01/2024")])
def test_where_nothing_is_in_doubt_nothing_is_assumed(cells: tuple[str, ...]) -> None:
    assert not decided(*cells).assumed


def test_a_time_in_a_column_of_utc_is_an_instant_and_a_day_stays_a_day() -> None:
    reading = DateEvidence().decide(Order.DAY_FIRST, MONTHS, in_utc=True)
    assert reading.read("2018-04-03 09:05:14") == datetime(2018, 4, 3, 9, 5, 14, tzinfo=UTC)
    assert reading.read("2018-04-03") == date(2018, 4, 3)


def test_a_fact_known_only_by_its_day_is_noon_in_the_practice() -> None:
    assert as_instant(date(2024, 7, 1), ZURICH) == datetime(2024, 7, 1, 10, tzinfo=UTC)


def test_a_time_without_zone_is_on_the_wall_clock_of_the_practice() -> None:
    assert as_instant(wall(2024, 1, 1, 9, 30), ZURICH) == datetime(2024, 1, 1, 8, 30, tzinfo=UTC)


def test_an_instant_is_kept() -> None:
    assert as_instant(datetime(2024, 1, 1, 9, tzinfo=hours(-3)), ZURICH) == datetime(2024, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(("zone", "local"), [("Europe/Zurich", (2024, 3, 31, 2, 30)), ("America/New_York", (2026, 3, 8, 2, 30))])
def test_a_time_that_the_clock_skipped_is_refused(zone: str, local: tuple[int, ...]) -> None:
    with pytest.raises(Refused, match="time_in_gap"):
        as_instant(wall(*local), ZoneInfo(zone))


def test_a_column_that_holds_both_orders_is_mixed_until_somebody_says_which_counts() -> None:
    mixed = decided("3/4/2024", "25/4/2024", "4/25/2024")
    assert mixed.mixed
    with pytest.raises(Refused, match="date_order_mixed"):
        mixed.read("3/4/2024")
    assert mixed.read("25/4/2024") == mixed.read("4/25/2024") == date(2024, 4, 25)
    assert mixed.ordered(Order.MONTH_FIRST).read("3/4/2024") == date(2024, 3, 4)
    assert decided("13/4/2024").ordered(Order.MONTH_FIRST).order is Order.DAY_FIRST
    assert not decided("25/4/2024", "4/25/2024").mixed


@pytest.mark.parametrize("moment", [date(2024, 7, 1), wall(2024, 7, 1, 23, 59), datetime(2024, 7, 1, 23, tzinfo=hours(-8))])
def test_a_day_is_never_converted(moment: Moment) -> None:
    assert as_day(moment) == date(2024, 7, 1)


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from([("%d/%m/%Y", Order.DAY_FIRST), ("%m/%d/%Y", Order.MONTH_FIRST), ("%Y-%m-%d", Order.DAY_FIRST)]),
)
def test_a_written_day_reads_back(day: date, form: tuple[str, Order]) -> None:
    # In a column whose order is known, a cell that fits only the other order is read the other way: never so for a day written in the column's own.
    assert DateReading(MONTHS, form[1]).read(day.strftime(form[0]).replace(day.strftime("%Y"), f"{day.year:04}")) == day


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        assert DAY_FIRST.read(text)
    except Refused as refused:
        assert refused.code == "date_not_understood"  # noqa: PT017  either is right


def test_fractions_of_a_second_are_kept() -> None:
    read = DateReading({}).read("2026-03-02T09:00:01.25Z")
    assert read == datetime(2026, 3, 2, 9, 0, 1, 250_000, tzinfo=UTC)
