"""What a list is narrowed by: kept as text, said in words, turned into the desk's filter."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from frontdesk.domain.lines import Filter
from frontdesk.domain.workflow import Outcome, Stage
from frontdesk.ui.leads.conditions import EVERY, Conditions, counted, filter_of, of, period, sentence
from tests.ui.lead_fixtures import clinic, empty_practice
from tests.ui.lead_pages import Clinic

__all__ = ["clinic", "empty_practice"]


def test_without_conditions_every_lead_is_wanted(clinic: Clinic) -> None:
    assert filter_of(EVERY, clinic.practice()) == Filter()


def test_conditions_become_the_desks_filter(clinic: Clinic) -> None:
    asked = of(
        status=("new",), owner=("me", "none"), stage=("booked",), outcome=("open",), important=("yes",), text=("kim",), import_id=("7",)
    )
    found = filter_of(asked, clinic.practice())
    assert (found.status, found.owner, found.stage) == (("new",), (clinic.desk.who.id, None), (Stage.BOOKED,))
    assert (found.outcome, found.important, found.text, found.import_id) == ((Outcome.OPEN,), True, "kim", (7,))


def test_days_begin_at_midnight_of_the_practice(clinic: Clinic) -> None:
    found = filter_of(of(created=("2026-11-01", "2026-11-02")), clinic.practice())
    assert found.created_from == datetime(2026, 11, 1, 7, tzinfo=UTC)
    assert found.created_to == datetime(2026, 11, 3, 8, tzinfo=UTC), "the clocks went back on the first"


def test_overdue_is_everything_due_before_now(clinic: Clinic) -> None:
    found = filter_of(of(next_follow_up=("overdue",)), clinic.practice())
    assert (found.next_follow_up_from, found.next_follow_up_to) == (None, clinic.now)


@pytest.mark.parametrize(
    ("name", "first", "after"),
    [
        ("today", date(2026, 11, 20), date(2026, 11, 21)),
        ("yesterday", date(2026, 11, 19), date(2026, 11, 20)),
        ("last_30", date(2026, 10, 21), date(2026, 11, 21)),
        ("this_month", date(2026, 11, 1), date(2026, 11, 21)),
        ("last_month", date(2026, 10, 1), date(2026, 11, 1)),
        ("this_year", date(2026, 1, 1), date(2026, 11, 21)),
        ("coming_7", date(2026, 11, 20), date(2026, 11, 28)),
    ],
)
def test_a_period_has_a_first_day_and_a_day_after(name: str, first: date, after: date) -> None:
    assert period(name, date(2026, 11, 20)) == (first, after)


@pytest.mark.parametrize(
    ("key", "values", "said"),
    [
        ("created", ("last_30",), "Created: last 30 days"),
        ("created", ("2026-11-01", "2026-11-19"), "Created: Sun 1 Nov to Yesterday"),
        ("status", ("new", "lost"), "Status: New, Lost"),
        ("status", ("new", "lost", "invalid"), "Status: New, Lost and 1 more"),
        ("owner", ("me",), "Owner: You"),
        ("reason", ("no_contact",), "Reason: No contact after 6 attempts"),
        ("important", ("yes",), "Important"),
        ("import_id", ("7",), "From one import"),
    ],
)
def test_a_chip_says_its_condition(clinic: Clinic, key: str, values: tuple[str, ...], said: str) -> None:
    assert sentence(key, values, clinic.practice()) == said


def test_conditions_are_kept_as_text_and_read_back() -> None:
    asked = of(status=("new",), created=("last_30",))
    assert Conditions.read(asked.written()) == Conditions(dict(asked.chosen))


@pytest.mark.parametrize("text", ["", "nonsense", '{"unknown": ["x"]}', '{"status": "new"}'])
def test_a_text_that_is_not_understood_is_no_condition(text: str) -> None:
    assert Conditions.read(text) == EVERY


def test_counts_stop_at_the_cap() -> None:
    assert (counted(2148), counted(10_001)) == ("2,148", "10,000+")
