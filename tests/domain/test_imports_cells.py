"""Cells to meanings, kind by kind."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from frontdesk.domain.imports import (
    Problem,
)
from tests.domain.importing import WORDS, problems, rows, values, warnings


@pytest.mark.parametrize("word", ["None", "null", "NaN", "undefined", "-", "n/a", '"None"', '""-""'])
def test_a_text_that_would_be_taken_for_nothing_goes_between_quotation_marks(word: str) -> None:
    found = values(name="Anna", interest=WORDS.literally(word), loss_note=WORDS.literally(word), status="lost")
    assert (found.interest, found.loss_note) == (word, word)


@pytest.mark.parametrize("cell", ["None", " null ", "-"])
def test_a_word_for_nothing_is_nothing(cell: str) -> None:
    assert values(name="Anna", interest=cell, notes=cell).interest == ""


@pytest.mark.parametrize("word", ["", "Veneers", '"quoted"', '"', '""'])
def test_any_other_text_stands_as_it_is(word: str) -> None:
    assert WORDS.literally(word) == word
    assert WORDS.text(word) == word


@pytest.mark.parametrize("campaign", ["Special:5 off", "abc:123", "c:x"])
def test_a_prefix_of_meta_stands_at_the_beginning(campaign: str) -> None:
    assert values(name="Anna", campaign=campaign).campaign == campaign


def test_notes_with_their_moments_come_apart_and_the_follow_up_says_who_set_it() -> None:
    found = values(
        name="Anna",
        notes="[2026-03-02T09:00:00+00:00 Ann]\nfirst\nline",
        follow_up="2027-01-01",
        follow_up_kind="email",
        follow_up_note="Ask",
        follow_up_by="Ann",
        follow_up_any_time="yes",
    )
    assert (found.notes, [each.text for each in found.dated_notes]) == ("", ["first\nline"])
    assert (found.follow_up_kind, found.follow_up_note, found.follow_up_by, found.follow_up_any_time) == ("email", "Ask", "Ann", True)


def test_the_prefixes_of_meta_are_taken_off() -> None:
    found = values(external_id="l:123", phone="p:+41791234567", campaign="c:120", postal_code="z:8001")
    assert (found.external_id, found.phones[0].as_typed, found.campaign, found.postal_code) == ("123", "+41791234567", "120", "8001")


def test_a_second_column_of_one_list_counts_only_where_the_first_says_nothing() -> None:
    found = rows(("Name", "Status", "Zustand"), ("Anna", "", "Won"), ("Ben", "Lost", "Won"), fields={"Zustand": "status"})
    assert [each.values.status for each in found if each.values] == ["won", "lost"]


def test_facts_have_their_times_and_days_are_noon_and_said_to_be_days() -> None:
    found = values(name="Anna", created="2024-01-15 09:30", seen="2024-07-01", follow_up="2024-08-01T10:00Z")
    assert found.instants == {
        "created": datetime(2024, 1, 15, 8, 30, tzinfo=UTC),
        "seen": datetime(2024, 7, 1, 10, tzinfo=UTC),
        "follow_up": datetime(2024, 8, 1, 10, tzinfo=UTC),
    }
    assert found.day_only == {"seen"}


@pytest.mark.parametrize("field", ["created", "first_attempt", "reached", "booked", "seen", "won", "lost"])
@pytest.mark.parametrize("cell", ["2026-11-23", "2026-11-22 10:01", "2099-01-01"])
def test_what_has_happened_lies_before_now(field: str, cell: str) -> None:
    code = "created_in_the_future" if field == "created" else "fact_in_the_future"
    assert problems(name="Anna", **{field: cell}) == (Problem(field, code),)


@pytest.mark.parametrize("cell", ["2026-11-22", "2026-11-22 10:00"])
def test_today_is_not_to_come_though_noon_is(cell: str) -> None:
    assert "created" in values(name="Anna", created=cell).instants


def test_what_is_planned_may_lie_ahead() -> None:
    assert set(values(name="Anna", status="new", follow_up="2027-01-01", closed="2027-01-01").instants) == {"follow_up"}


def test_a_day_of_closing_that_is_to_come_was_no_win() -> None:
    assert problems(name="Anna", status="won", closed="2027-01-01") == (Problem("closed", "fact_in_the_future"),)


def test_a_time_that_the_clock_skipped_refuses_the_row() -> None:
    assert problems(name="Anna", created="2024-03-31 02:30") == (Problem("created", "time_in_gap"),)


def test_a_column_that_proves_both_orders_refuses_the_cells_that_could_be_either() -> None:
    found = rows(("Name", "Created"), ("A", "13/3/2024"), ("B", "3/13/2024"), ("C", "3/4/2024"), ("D", "5/5/2024"), ("E", "3.4.2024"))
    assert [each.problems for each in found] == [(), (), (Problem("created", "date_order_mixed"),), (), ()]


def test_a_date_that_cannot_be_read_refuses_the_row() -> None:
    assert problems(name="Anna", created="soon") == (Problem("created", "date_not_understood"),)


@pytest.mark.parametrize(("status", "stamp"), [("won", "won"), ("lost", "lost")])
def test_a_closing_date_is_the_day_of_the_win_or_the_loss(status: str, stamp: str) -> None:
    found = values(name="Anna", status=status, closed="2024-07-01")
    assert (set(found.instants), found.day_only) == ({stamp}, {"closed", stamp})


def test_a_closing_date_beside_an_open_status_says_nothing() -> None:
    assert values(name="Anna", status="new", closed="2024-07-01").instants == {}


def test_a_closing_date_does_not_move_a_date_that_is_given() -> None:
    found = values(name="Anna", status="won", won="2024-06-01T10:00Z", closed="2024-07-01T11:00Z")
    assert found.instants == {"won": datetime(2024, 6, 1, 10, tzinfo=UTC)}


def test_a_closing_time_is_no_day() -> None:
    assert values(name="Anna", status="won", closed="2024-07-01T11:00Z").day_only == frozenset()


def test_a_closing_date_without_a_status_is_left_to_whoever_knows_it() -> None:
    assert set(values(name="Anna", closed="2024-07-01").instants) == {"closed"}


@pytest.mark.parametrize(
    ("cell", "day"), [("1.4.1980", date(1980, 4, 1)), ("01/04/55", date(1955, 4, 1)), ("1980-04-01", date(1980, 4, 1))]
)
def test_a_birth_date_is_a_day_in_the_past(cell: str, day: date) -> None:
    assert values(name="Anna", birth_date=cell).birth_date == day


def test_a_birth_date_that_could_be_either_costs_only_itself_and_that_is_said() -> None:
    found = rows(("Name", "Birthday"), ("A", "13/3/1984"), ("B", "3/13/1984"), ("C", "3/4/1984"))
    assert [each.warnings for each in found] == [(), (), (Problem("birth_date", "date_order_mixed"),)]


def test_a_birth_date_that_cannot_be_read_costs_only_itself() -> None:
    assert warnings(name="Anna", birth_date="spring") == (Problem("birth_date", "date_not_understood"),)
    assert values(name="Anna", birth_date="spring").kept == (("birth_date", "spring"),)


@pytest.mark.parametrize(
    ("cell", "minor"), [("1054", 105_400), ("$22,700.00", 2_270_000), ("1.2 Cr", 1_200_000_000), ("$342.09K", 34_209_000), ("0", None)]
)
def test_money_is_minor_units(cell: str, minor: int | None) -> None:
    assert values(name="Anna", revenue=cell).revenue == minor


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("much", "amount_not_understood"),
        ("-50", "amount_not_positive"),
        ("(75.00)", "amount_not_positive"),
        ("€50", "currency_differs"),
        ("1 200 EUR", "currency_differs"),
    ],
)
def test_revenue_that_is_no_amount_refuses_the_row(cell: str, code: str) -> None:
    assert problems(name="Anna", revenue=cell) == (Problem("revenue", code),)
    assert warnings(name="Anna", estimate=cell) == (Problem("estimate", code),)
    assert values(name="Anna", estimate=cell).kept == (("estimate", cell),)


def test_an_estimate_that_is_none_only_warns() -> None:
    assert warnings(name="Anna", estimate="much") == (Problem("estimate", "amount_not_understood"),)
    assert values(name="Anna", estimate="0").estimate == 0


@pytest.mark.parametrize(("cell", "attempts"), [("3", 3), ("3.0", 3), ("0", 0)])
def test_attempts_are_counted(cell: str, attempts: int) -> None:
    assert values(name="Anna", attempts=cell).attempts == attempts


def test_payments_with_their_days_stand_in_place_of_the_revenue_that_is_their_sum() -> None:
    listed = "2026-01-02 | 50.00\n2026-02-03 | 25.00 | deposit"
    found = values(name="Anna", revenue="75", payment_list=listed)
    assert found.revenue is None
    assert [(each.amount, each.received_on, each.note) for each in found.payments] == [
        (5000, date(2026, 1, 2), ""),
        (2500, date(2026, 2, 3), "deposit"),
    ]
    assert len(values(name="Anna", payment_list=listed).payments) == 2
    assert problems(name="Anna", revenue="70", payment_list=listed) == (Problem("payment_list", "payments_differ"),)


def test_what_is_no_list_of_payments_or_appointments_is_kept_as_text() -> None:
    found = rows(("Name", "Payment list", "Appointment list", "Revenue"), ("Anna", "3", "2 so far", "10"))[0]
    assert found.warnings == (
        Problem("payment_list", "payments_not_understood"),
        Problem("appointment_list", "appointments_not_understood"),
    )
    assert found.values is not None
    assert (found.values.kept, found.values.revenue) == ((("payment_list", "3"), ("appointment_list", "2 so far")), 1000)


def test_attempts_that_are_no_number_refuse_the_row() -> None:
    assert problems(name="Anna", attempts="many") == (Problem("attempts", "count_not_understood"),)


@pytest.mark.parametrize(
    ("cell", "truth"), [("TRUE", True), ("Ja", True), ("1", True), ("✓", True), ("no", False), ("0", False), ("", None)]
)
def test_yes_and_no_are_understood(cell: str, truth: bool | None) -> None:
    found = values(name="Anna", important=cell, do_not_call=cell)
    assert (found.important, found.do_not_call) == (truth, truth)


def test_a_wish_not_to_be_called_that_is_not_understood_refuses_the_row() -> None:
    assert problems(name="Anna", do_not_call="rather not") == (Problem("do_not_call", "truth_not_understood"),)
    assert warnings(name="Anna", important="rather") == (Problem("important", "truth_not_understood"),)


@pytest.mark.parametrize(
    ("cells", "refused"),
    [
        ({"marketing_consent": "yes"}, False),
        ({"marketing_consent": "no"}, True),
        ({"marketing_consent": "yes", "no_marketing": "yes"}, True),
        ({}, None),
    ],
)
def test_a_refusal_of_marketing_counts_before_a_consent(cells: dict[str, str], refused: bool | None) -> None:
    assert values(name="Anna", **cells).no_marketing is refused


def test_one_note_is_as_it_is_and_several_have_their_headings() -> None:
    assert values(name="Anna", notes="one\r\ntwo").notes == "one\ntwo"
    found = rows(("Name", "Notes", "Job"), ("Anna", "a\\r\\nb", "CEO"), fields={"Job": "notes"})[0].values
    assert found is not None
    assert found.notes == "Notes: a\nb\nJob: CEO"


def test_text_is_kept_exactly_but_for_what_no_screen_shows() -> None:
    note = "\u202eRTL " + "e" + "\u0301" * 200 + " 👩‍⚕️ " + "x" * 20_000
    found = values(name="Anna", notes=note, loss_note="a\nb", interest=" Veneers\t\nnow ")
    assert (found.notes, found.loss_note, found.interest) == (note, "a\nb", "Veneers now")


@pytest.mark.parametrize(
    ("field", "length"), [("name", 501), ("interest", 501), ("external_id", 501), ("notes", 100_001), ("loss_note", 100_001)]
)
def test_a_text_beyond_all_measure_refuses_the_row(field: str, length: int) -> None:
    assert problems(**({"phone": "044 123 45 67"} | {field: "x" * length})) == (Problem(field, "text_too_long"),)
