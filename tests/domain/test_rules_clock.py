"""Waits on the UTC line across daylight-saving changes, and into opening over nights, weekends and holidays, in many time zones."""

from __future__ import annotations

import pytest

from frontdesk.domain.problems import Refused
from tests.domain.cases import event, preset, states

WEEKDAYS = {day: ["09:00", "17:00"] for day in ("mon", "tue", "wed", "thu", "fri")}

# Elapsed time: zone, the attempt, how many went before, the follow-up as the wall shows it.
ELAPSED = [
    ("New York springs forward", "America/New_York", "2026-03-07T23:30", 0, "2026-03-08T04:30:00-04:00"),
    ("New York springs forward, 24 h", "America/New_York", "2026-03-07T12:00", 1, "2026-03-08T13:00:00-04:00"),
    ("New York falls back", "America/New_York", "2026-10-31T23:30", 0, "2026-11-01T02:30:00-05:00"),
    ("New York falls back, 24 h", "America/New_York", "2026-10-31T12:00", 1, "2026-11-01T11:00:00-05:00"),
    ("London springs forward", "Europe/London", "2026-03-28T23:00", 0, "2026-03-29T04:00:00+01:00"),
    ("London falls back", "Europe/London", "2026-10-24T23:00", 0, "2026-10-25T02:00:00+00:00"),
    ("Sydney falls back in April", "Australia/Sydney", "2026-04-04T23:00", 0, "2026-04-05T02:00:00+10:00"),
    ("Sydney springs forward in October", "Australia/Sydney", "2026-10-03T23:00", 0, "2026-10-04T04:00:00+11:00"),
    ("Lord Howe moves by half an hour", "Australia/Lord_Howe", "2026-10-03T23:00", 0, "2026-10-04T03:30:00+11:00"),
    ("Kathmandu never changes", "Asia/Kathmandu", "2026-03-28T23:00", 0, "2026-03-29T03:00:00+05:45"),
    ("Tokyo never changes", "Asia/Tokyo", "2026-10-31T12:00", 1, "2026-11-01T12:00:00+09:00"),
    ("St John's falls back", "America/St_Johns", "2026-10-31T23:30", 0, "2026-11-01T02:30:00-03:30"),
    ("Santiago springs forward at midnight", "America/Santiago", "2026-09-05T22:00", 0, "2026-09-06T03:00:00-03:00"),
    ("Auckland falls back", "Pacific/Auckland", "2026-04-04T12:00", 1, "2026-04-05T11:00:00+12:00"),
]


def play(
    workflow: str, zone: str, at: str, before: int, *, hours: object = None, holidays: tuple[str, ...] = ()
) -> list[dict[str, object]]:
    """So many attempts and one more at the same instant; the last is a message left."""
    lines = [f"{at[5:]} attempt channel=call disposition=left_message note=x"] * (before + 1)
    return states(workflow, *lines, zone=zone, hours=hours, holidays=holidays, begin=at[5:])


@pytest.mark.parametrize(("zone", "at", "before", "due"), [pytest.param(*row[1:], id=row[0]) for row in ELAPSED])
def test_a_wait_is_elapsed_time_whatever_the_clock_on_the_wall_does(zone: str, at: str, before: int, due: str) -> None:
    assert play("three_attempts", zone, at, before)[-1]["follow_up"] == due


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/London", "Asia/Kathmandu", "Australia/Sydney", "Pacific/Chatham"])
def test_the_grace_of_two_hours_is_elapsed_time_too(zone: str) -> None:
    found = states(
        "six_follow_ups",
        "10-20T10:00 status to=follow_up_6 note=x",
        "11-20T10:00 look",
        zone=zone,
        begin="10-20T09:00",
    )
    assert str(found[2]["at"])[:16] == "2026-10-22T12:00"


def test_the_24_hours_of_front_desk_are_elapsed_and_not_moved_into_opening() -> None:
    lines = [f"03-{day:02}T10:00 attempt channel=call" for day in (2, 3, 4, 5, 6)]
    found = states(
        "front_desk",
        *lines,
        "03-07T14:30 attempt channel=call",
        "03-31T12:00 look",
        zone="America/New_York",
        hours=WEEKDAYS,
        begin="03-02T09:00",
    )
    assert found[-2]["at"] == "2026-03-08T15:30:00-04:00"


# Into opening: zone, hours, holidays, the attempt, how many went before (4 h, 24 h, 48 h, 96 h, 7 d), the follow-up.
OPENING = [
    ("inside opening it stays", "Europe/London", WEEKDAYS, (), "2026-03-02T09:30", 0, "2026-03-02T13:30:00+00:00"),
    ("at closing it is closed", "Europe/London", WEEKDAYS, (), "2026-03-02T13:00", 0, "2026-03-03T09:00:00+00:00"),
    ("a minute before closing it stays", "Europe/London", WEEKDAYS, (), "2026-03-02T12:59", 0, "2026-03-02T16:59:00+00:00"),
    ("at opening it stays", "Europe/London", WEEKDAYS, (), "2026-03-03T05:00", 0, "2026-03-03T09:00:00+00:00"),
    ("over the night", "America/New_York", WEEKDAYS, (), "2026-03-02T15:00", 0, "2026-03-03T09:00:00-05:00"),
    ("over the weekend", "America/New_York", WEEKDAYS, (), "2026-03-06T15:00", 0, "2026-03-09T09:00:00-04:00"),
    ("over a weekend with a clock change", "Europe/London", WEEKDAYS, (), "2026-03-27T12:00", 1, "2026-03-30T09:00:00+01:00"),
    ("over a holiday", "Australia/Sydney", WEEKDAYS, ("2026-01-26",), "2026-01-23T15:00", 0, "2026-01-27T09:00:00+11:00"),
    ("over Easter", "Europe/Berlin", WEEKDAYS, ("2026-04-03", "2026-04-06"), "2026-04-02T12:00", 1, "2026-04-07T09:00:00+02:00"),
    (
        "in a break at noon",
        "Europe/Madrid",
        {"mon": [["09:00", "13:00"], ["16:00", "20:00"]]},
        (),
        "2026-03-02T09:30",
        0,
        "2026-03-02T16:00:00+01:00",
    ),
    ("open until midnight", "Asia/Tokyo", {"mon": ["09:00", "24:00"]}, (), "2026-03-02T19:59", 0, "2026-03-02T23:59:00+09:00"),
    ("closed from midnight", "Asia/Tokyo", {"mon": ["09:00", "24:00"]}, (), "2026-03-02T20:00", 0, "2026-03-09T09:00:00+09:00"),
    ("open one day a week", "Asia/Kathmandu", {"sun": ["10:00", "12:00"]}, (), "2026-03-02T10:00", 0, "2026-03-08T10:00:00+05:45"),
    ("48 h into a Saturday", "America/Los_Angeles", WEEKDAYS, (), "2026-03-05T10:00", 2, "2026-03-09T09:00:00-07:00"),
    ("96 h into a Sunday", "Pacific/Auckland", WEEKDAYS, (), "2026-03-04T10:00", 3, "2026-03-09T09:00:00+13:00"),
    ("7 d onto a holiday", "America/Toronto", WEEKDAYS, ("2026-05-18",), "2026-05-11T10:00", 4, "2026-05-19T09:00:00-04:00"),
    ("7 d across the change stay 168 h", "America/Toronto", WEEKDAYS, (), "2026-03-02T10:00", 4, "2026-03-09T11:00:00-04:00"),
    (
        "opening in the hour that is skipped",
        "Europe/London",
        {"sun": ["01:30", "05:00"]},
        (),
        "2026-03-27T12:00",
        1,
        "2026-03-29T02:00:00+01:00",
    ),
    ("a practice that never closes", "Europe/London", None, ("2026-03-03",), "2026-03-02T23:00", 0, "2026-03-03T03:00:00+00:00"),
]


@pytest.mark.parametrize(("zone", "hours", "holidays", "at", "before", "due"), [pytest.param(*row[1:], id=row[0]) for row in OPENING])
def test_a_wait_of_front_desk_that_ends_in_closed_hours_moves_to_the_next_opening(
    *, zone: str, hours: object, holidays: tuple[str, ...], at: str, before: int, due: str
) -> None:
    assert play("front_desk", zone, at, before, hours=hours, holidays=holidays)[-1]["follow_up"] == due


@pytest.mark.parametrize("workflow", ["three_attempts", "six_follow_ups"])
def test_a_wait_of_the_seeds_may_end_in_closed_hours(workflow: str) -> None:
    assert not preset(workflow).waits_into_opening
    due = str(play(workflow, "Europe/London", "2026-03-06T16:00", 0, hours=WEEKDAYS)[-1]["follow_up"])
    assert due == {"three_attempts": "2026-03-06T20:00:00+00:00", "six_follow_ups": "2026-03-08T16:00:00+00:00"}[workflow]


def test_a_conversation_comes_back_in_opening_hours_too() -> None:
    found = states("front_desk", "03-06T16:00 attempt channel=visit", hours=WEEKDAYS, zone="Europe/London")
    assert found[-1]["follow_up"] == "2026-03-09T09:00:00+00:00"


def test_a_date_that_a_person_gives_is_left_in_closed_hours() -> None:
    found = states("front_desk", "03-06T16:00 attempt channel=call follow_up=03-07T23:00", hours=WEEKDAYS, zone="Europe/London")
    assert found[-1]["follow_up"] == "2026-03-07T23:00:00+00:00"


def test_a_follow_up_that_is_due_now_is_due_now_even_at_night() -> None:
    found = states("front_desk", "03-06T16:00 book", "03-07T23:00 cancel", hours=WEEKDAYS, zone="Europe/London")
    assert found[-1]["follow_up"] == "2026-03-07T23:00:00+00:00"


@pytest.mark.parametrize("line", ["03-29T01:30 look", "03-28T10:00 follow_up follow_up=03-29T01:30", "03-28T10:00 book starts=03-29T01:59"])
def test_a_local_time_in_a_gap_is_refused_at_its_field(line: str) -> None:
    with pytest.raises(Refused) as refused:
        states("front_desk", line, zone="Europe/London")
    named = {"look": "at", "follow_up": "follow_up", "book": "starts"}[str(event(line)["do"])]
    assert (refused.value.code, refused.value.field) == ("time_in_gap", f"events[1].{named}")


def test_in_an_overlap_the_first_is_taken_unless_an_offset_says_otherwise() -> None:
    found = states("front_desk", "10-25T01:30 look", "10-25T01:30+00:00 look", zone="Europe/London")
    assert [state["at"] for state in found[1:]] == ["2026-10-25T01:30:00+01:00", "2026-10-25T01:30:00+00:00"]
