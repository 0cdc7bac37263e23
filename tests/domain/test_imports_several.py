"""Several things in one cell, and apart again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.contacts import clean_line, clean_text, email, phone
from frontdesk.domain.imports import several
from frontdesk.domain.imports.several import Noted
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Appointment, AppointmentState, Revenue

ZONE = ZoneInfo("America/New_York")
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
TEXTS = st.text(max_size=40).map(lambda text: clean_text(text, 100).strip())
LINES = st.text(max_size=40).map(lambda text: clean_line(text, 100))
INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001  made aware
PAYMENTS = st.builds(Revenue, st.just(0), st.just(0), st.integers(1, 10**12), st.dates(), TEXTS)
APPOINTMENTS = st.builds(
    Appointment,
    st.just(0),
    st.none(),
    st.none() | INSTANTS,
    INSTANTS,
    st.just(str(ZONE)),
    st.integers(1, 600),
    LINES,
    LINES,
    st.sampled_from(AppointmentState),
    st.booleans(),
)
NOTES = st.builds(
    Noted, INSTANTS, LINES, TEXTS | st.sampled_from(["[2026-03-02T09:00:00+00:00 Ann]", "a\n\\[2026-x]\n[2026-]", "", "\n\na"])
)


@given(st.lists(PAYMENTS))
def test_payments_come_back(payments: list[Revenue]) -> None:
    assert list(several.payments_of(several.payments_text(payments, "USD"), "USD")) == payments


@given(st.lists(APPOINTMENTS))
def test_appointments_come_back(appointments: list[Appointment]) -> None:
    assert list(several.appointments_of(several.appointments_text(appointments, ZONE), ZONE)) == appointments


@given(st.lists(NOTES))
def test_notes_come_back(notes: list[Noted]) -> None:
    assert list(several.notes_of(several.notes_text(notes, ZONE))) == notes


@given(st.text(max_size=60))
def test_any_text_is_a_list_or_none(text: str) -> None:
    for read in (lambda: several.payments_of(text, "USD"), lambda: several.appointments_of(text, ZONE), lambda: several.notes_of(text)):
        try:
            assert isinstance(read(), tuple)
        except Refused as refused:
            assert refused.code.endswith("_not_understood")  # noqa: PT017  either is right


def test_a_person_can_read_what_is_written() -> None:
    payments = [Revenue(0, 0, 120_000, date(2026, 3, 2)), Revenue(0, 0, 5_000, date(2026, 4, 1), "deposit | card\nback")]
    assert several.payments_text(payments, "USD") == "2026-03-02 | 1200.00\n2026-04-01 | 50.00 | deposit \\p card\\nback"
    visit = Appointment(0, None, NINE + timedelta(days=1), NINE, "UTC", 45, "Dr Li", "consultation")
    assert several.appointments_text([visit], ZoneInfo("UTC")) == (
        "2026-03-03T09:00:00+00:00 | 45 min | booked | 2026-03-02T09:00:00+00:00 | Dr Li | consultation"
    )
    assert several.notes_text([Noted(NINE, "Ann", "Call back"), Noted(NINE, "", "x")], ZoneInfo("UTC")) == (
        "[2026-03-02T09:00:00+00:00 Ann]\nCall back\n[2026-03-02T09:00:00+00:00]\nx"
    )


@pytest.mark.parametrize(
    "cell", ["3", "1200.00", "2026-03-02", "2026-03-02 | 0", "2026-03-02 | -5", "2026-03-02 | €5", "soon | 5", "2026-03-02 | 5 | a | b"]
)
def test_what_is_no_payment_is_refused(cell: str) -> None:
    with pytest.raises(Refused, match="payments_not_understood"):
        several.payments_of(cell, "USD")


@pytest.mark.parametrize(
    "cell",
    [
        "2",
        "2026-03-02T09:00:00 | 30 min | booked | 2026-03-01T09:00:00+00:00",
        "2026-03-02T09:00:00Z | 30 min | odd | 2026-03-01T09:00:00Z",
        "2026-03-02T09:00:00Z | 0 min | booked | 2026-03-01T09:00:00Z",
        "2026-03-02T09:00:00Z | 30 min | booked",
    ],
)
def test_what_is_no_appointment_is_refused(cell: str) -> None:
    with pytest.raises(Refused, match="appointments_not_understood"):
        several.appointments_of(cell, ZONE)


@pytest.mark.parametrize("cell", ["a note", "[sic] a note", "[2026-99-99T09:00:00+00:00 Ann]\nx", "[2026-03-02T09:00:00 Ann]\nno zone"])
def test_any_other_text_holds_no_notes_with_moments(cell: str) -> None:
    assert several.notes_of(cell) == ()


@pytest.mark.parametrize("typed", ["(206) 555-0110 x12", "1-770-809-8342x123", "(206) 555-0110", "12345", "+44 20 7946 0000 ext. 5"])
def test_a_phone_is_written_as_it_was_typed(typed: str) -> None:
    number = phone(typed, "US")
    assert several.phone_text(typed, number.canonical, "US") == typed
    (piece,) = several.phones_of(typed)
    assert phone(piece, "US") == number


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("206 555 0110 / 206 555 0111", "+12065550110"),
        ("p:+12065550110", "+12065550110"),
        ("who", "+12065550110"),
        ("+12065550199", "+12065550110"),
        ("a@b 2065550110", "+12065550110"),
    ],
)
def test_a_phone_that_would_be_read_as_another_is_written_in_its_canonical_form(typed: str, canonical: str) -> None:
    assert several.phone_text(typed, canonical, "US") == canonical


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Ann@Example.com", "Ann@Example.com"),
        ("Ann Lee <ann@example.com>", "Ann Lee <ann@example.com>"),
        ("ann@example.com, x@example.com", "ann@example.com"),
        ("ann", "ann@example.com"),
    ],
)
def test_an_email_is_written_as_it_was_typed_where_that_reads_back(typed: str, written: str) -> None:
    assert several.email_text(typed, "ann@example.com") == written
    assert email(written).canonical == "ann@example.com"


def test_any_number_of_phones_and_emails_stands_in_a_cell() -> None:
    assert several.phones_of(several.joined(["1234567", "12345", "206 555 0110 x12"])) == ("1234567", "12345", "206 555 0110 x12")
    assert several.emails_of(several.joined(["a@b.com", "Ann <c@d.com>"])) == ("a@b.com", "Ann <c@d.com>")
