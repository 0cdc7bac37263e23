"""Rows to plain records."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.imports import (
    FIELDS,
    Counts,
    Order,
    Problem,
    Reading,
    Row,
    RowValues,
    ValueMap,
    Words,
    count,
    preview,
    propose,
    propose_values,
    require_ready,
    survey,
    understand,
)
from frontdesk.domain.ports import Line, Shape, Table
from frontdesk.domain.problems import Refused
from frontdesk.places import shipped

WORDS = Words.of(tomllib.loads((shipped("resources") / "imports.toml").read_text(encoding="utf-8")))
KNOWN = {"status": {"new": "New", "won": "Won", "lost": "Lost"}, "source": {"7": "Web"}, "owner": {}, "reason": {"price": "Price"}}
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
OUTCOMES = {"new": "open", "won": "won", "lost": "lost"}


def table(headings: tuple[str, ...], *rows: tuple[str, ...]) -> Table:
    lines = [Line(number, row) for number, row in enumerate(rows, start=2)]
    return Table(headings, Shape("utf-8", ",", heading_line=1), lines)


def rows(headings: tuple[str, ...], *cells: tuple[str, ...], currency: str = "USD", fields: dict[str, str] | None = None) -> list[Row]:
    read = table(headings, *cells)
    columns = propose(headings, cells, WORDS).given(fields or {})
    seen = survey(read, columns, WORDS, Order.DAY_FIRST)
    values = propose_values(seen.words, KNOWN, {}, WORDS)
    reading = Reading(WORDS, seen.dates, values, ZoneInfo("Europe/Zurich"), "CH", currency, NOW, OUTCOMES)
    return list(understand(read, columns, reading))


def row(headings: tuple[str, ...], *cells: str) -> Row:
    return rows(headings, cells)[0]


def values(**cells: str) -> RowValues:
    found = rows(tuple(cells), tuple(cells.values()), fields={key: key for key in cells})[0]
    assert found.values is not None, found.problems
    return found.values


def problems(**cells: str) -> tuple[Problem, ...]:
    return rows(tuple(cells), tuple(cells.values()), fields={key: key for key in cells})[0].problems


def warnings(**cells: str) -> tuple[Problem, ...]:
    return rows(tuple(cells), tuple(cells.values()), fields={key: key for key in cells})[0].warnings


@pytest.mark.parametrize(
    "cells", [{"phone": "044 123 45 67"}, {"email": "a@example.com"}, {"name": "Anna"}, {"last_name": "Muster"}, {"external_id": "0017"}]
)
def test_any_of_phone_email_name_and_id_makes_a_row_valid(cells: dict[str, str]) -> None:
    assert values(**cells).says_who


@pytest.mark.parametrize(
    "cells",
    [{"phone": "", "notes": "x"}, {"name": "N/A", "phone": "-"}, {"phone": "not-a-phone", "email": "invalid"}, {"external_id": "null"}],
)
def test_a_row_that_names_nobody_is_refused(cells: dict[str, str]) -> None:
    assert problems(**cells) == (Problem(None, "nobody_to_save"),)


@pytest.mark.parametrize("name", ["Null", "None", "NULL"])
def test_a_person_may_be_called_null(name: str) -> None:
    assert values(last_name=name).last_name == name


def test_a_bad_phone_beside_a_good_name_is_kept_as_typed_with_a_warning() -> None:
    found = row(("Name", "Phone"), "Anna", "call me")
    assert found.warnings == (Problem("phone", "phone_not_understood"),)
    assert found.values is not None
    assert found.values.kept == (("phone", "call me"),)


def test_a_number_that_cannot_exist_is_a_phone_all_the_same() -> None:
    found = row(("Name", "Phone"), "Anna", "044 123 45 67 89 10")
    assert found.warnings == (Problem("phone", "phone_not_valid"),)
    assert found.values is not None
    assert found.values.phones[0].as_typed == "044 123 45 67 89 10"


def test_two_phones_in_a_cell_and_two_columns_are_all_kept_once() -> None:
    found = rows(("Phone", "Mobile"), ("044 123 45 67 / 079 123 45 67", "+41 79 123 45 67"))[0].values
    assert found is not None
    assert [each.canonical for each in found.phones] == ["+41441234567", "+41791234567"]


def test_phones_and_emails_are_told_apart_wherever_they_stand() -> None:
    found = values(phone="anna@example.com; 044 123 45 67", email="079 123 45 67", phone_or_email="ben@example.com / 044 765 43 21")
    assert [each.canonical for each in found.emails] == ["anna@example.com", "ben@example.com"]
    assert [each.canonical for each in found.phones] == ["+41441234567", "+41791234567", "+41447654321"]


def test_a_cell_with_only_an_email_brings_no_phone() -> None:
    assert values(phone="<anna@example.com>").phones == ()


def test_several_emails_in_a_cell_are_kept_and_a_bad_one_is_said() -> None:
    found = row(("Email",), "anna@example.com ::: ben@example.com, bad@")
    assert found.values is not None
    assert len(found.values.emails) == 2
    assert found.warnings == (Problem("email", "email_not_understood"),)


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        ({"name": "Anna Maria Muster"}, ("Anna Maria", "Muster")),
        ({"name": "Muster, Anna"}, ("Anna", "Muster")),
        ({"first_name": "Anna", "last_name": "Muster", "name": "Somebody Else"}, ("Anna", "Muster")),
        ({"first_name": "Anna", "name": "Anna Muster"}, ("Anna", "Muster")),
        ({"first_name": "Anna", "name": "Muster"}, ("Anna", "Muster")),
        ({"first_name": "Anna", "name": "Anna"}, ("Anna", "")),
        ({"last_name": "García López", "name": "Juan"}, ("Juan", "García López")),
        ({"last_name": "Muster", "name": "Anna Muster"}, ("Anna", "Muster")),
        ({"last_name": "Muster", "name": "Muster"}, ("", "Muster")),
        ({"first_name": "Anna"}, ("Anna", "")),
    ],
)
def test_names_come_from_whichever_columns_there_are(cells: dict[str, str], names: tuple[str, str]) -> None:
    found = values(**cells)
    assert (found.first_name, found.last_name) == names


def test_of_two_name_columns_the_first_that_says_something_counts_and_the_other_is_kept() -> None:
    found = rows(("Name", "Lead Name"), ("", "Anna Muster"), ("Ben", "Cleo"), ("Dan", "Dan"), fields={"Lead Name": "name"})
    assert [(each.values.first_name, each.values.kept) for each in found if each.values] == [
        ("Anna", ()),
        ("Ben", (("name", "Cleo"),)),
        ("Dan", ()),
    ]
    assert [each.warnings for each in found] == [(), (Problem("name", "second_column"),), ()]


@pytest.mark.parametrize("field", ["name", "first_name", "last_name"])
def test_an_email_in_place_of_a_name_is_one(field: str) -> None:
    found = values(**{field: "Anna@Example.com"})
    assert (found.first_name, found.last_name, [each.canonical for each in found.emails]) == ("", "", ["anna@example.com"])


@pytest.mark.parametrize(
    ("status", "cells", "kept"),
    [
        ("new", {"reason": "price", "loss_note": "Too dear"}, ("reason", "loss_note")),
        ("won", {"reason": "price", "loss_note": "Was hard"}, ("reason",)),
        ("lost", {"reason": "price", "loss_note": "Too dear"}, ()),
    ],
)
def test_a_reason_beside_a_status_that_takes_none_is_kept_as_text(status: str, cells: dict[str, str], kept: tuple[str, ...]) -> None:
    found = values(name="Anna", status=status, **cells)
    assert found.kept == tuple((key, cells[key]) for key in kept)
    assert [getattr(found, key) for key in kept] == [""] * len(kept)
    assert warnings(name="Anna", status=status, **cells) == tuple(Problem(key, "reason_beside_open") for key in kept)


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


@pytest.mark.parametrize("cell", ["1390726237298631770", "0017", "a-1", "x:1"])
def test_an_id_stays_as_it_is(cell: str) -> None:
    assert values(external_id=cell).external_id == cell


def test_an_id_that_lost_its_digits_is_kept_with_a_warning() -> None:
    assert values(external_id="1.23E+14").external_id == "1.23E+14"
    assert warnings(external_id="1.23E+14") == (Problem("external_id", "digits_lost"),)


def test_the_prefixes_of_meta_are_taken_off() -> None:
    found = values(external_id="l:123", phone="p:+41791234567", campaign="c:120", postal_code="z:8001")
    assert (found.external_id, found.phones[0].as_typed, found.campaign, found.postal_code) == ("123", "+41791234567", "120", "8001")


def test_a_test_lead_is_dropped() -> None:
    found = rows(("Name", "Is test"), ("Anna", "true"), ("<test lead: dummy data for full_name>", ""), ("Ben", "no"))
    assert [each.is_test for each in found] == [True, True, False]
    assert count(found) == Counts(rows=3, ready=1, refused=0, tests=2, warned=0)


def test_words_of_the_practice_become_its_keys() -> None:
    found = values(name="Anna", status="LOST", source="web", reason="price")
    assert (found.status, found.source, found.reason) == ("lost", "7", "price")


def test_an_unknown_word_refuses_its_row() -> None:
    assert problems(name="Anna", status="Odd") == (Problem("status", "value_unknown"),)


def test_a_word_that_was_never_surveyed_is_unknown_too() -> None:
    read = table(("Name", "Status"), ("Anna", "Odd"))
    columns = propose(read.headings, (), WORDS)
    reading = Reading(WORDS, {}, ValueMap({}), ZoneInfo("UTC"), "CH", "CHF", datetime(2026, 1, 1, tzinfo=UTC))
    assert next(iter(understand(read, columns, reading))).problems == (Problem("status", "value_unknown"),)


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
    found = values(name="Anna", revenue="75", payments=listed)
    assert found.revenue is None
    assert [(each.amount, each.received_on, each.note) for each in found.payments] == [
        (5000, date(2026, 1, 2), ""),
        (2500, date(2026, 2, 3), "deposit"),
    ]
    assert len(values(name="Anna", payments=listed).payments) == 2
    assert problems(name="Anna", revenue="70", payments=listed) == (Problem("payments", "payments_differ"),)


def test_what_is_no_list_of_payments_or_appointments_is_kept_as_text() -> None:
    found = rows(("Name", "Payments", "Appointments", "Revenue"), ("Anna", "3", "2 so far", "10"))[0]
    assert found.warnings == (Problem("payments", "payments_not_understood"), Problem("appointments", "appointments_not_understood"))
    assert found.values is not None
    assert (found.values.kept, found.values.revenue) == ((("payments", "3"), ("appointments", "2 so far")), 1000)


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


def test_a_row_that_could_not_be_read_keeps_its_problem() -> None:
    read = Table(("Name",), Shape(heading_line=1), [Line(7, (), "quote_not_closed"), Line(9, ("Anna",))])
    columns = propose(read.headings, (), WORDS)
    seen = survey(read, columns, WORDS, Order.DAY_FIRST)
    reading = Reading(WORDS, seen.dates, ValueMap({}), ZoneInfo("UTC"), "CH", "CHF", datetime(2026, 1, 1, tzinfo=UTC))
    found = list(understand(read, columns, reading))
    assert (seen.rows, found[0].line, found[0].problems) == (2, 7, (Problem(None, "quote_not_closed"),))
    assert count(found) == Counts(rows=2, ready=1, refused=1, tests=0, warned=0)
    assert preview(read) == (("Anna",),)


def test_a_preview_is_eight_rows() -> None:
    assert len(preview(table(("Name",), *[(f"N{n}",) for n in range(20)]))) == 8


def test_a_survey_counts_words_as_first_written_and_says_which_dates_are_assumed() -> None:
    read = table(
        ("Name", "Status", "Created (UTC)", "Seen on"),
        ("A", "Won", "2024-01-02 10:00", "1/2/2024"),
        ("B", "WON", "", "3/4/2024"),
        ("C", "", "", ""),
    )
    seen = survey(read, propose(read.headings, (), WORDS).given({"Created (UTC)": "created"}), WORDS, Order.MONTH_FIRST)
    assert seen.words == {"status": {"Won": 2}}
    assert seen.assumed == (3,)
    assert (seen.dates[2].in_utc, seen.dates[3].in_utc) == (True, False)


def test_a_column_of_thousands_of_different_statuses_is_the_wrong_column() -> None:
    read = table(("Name", "Status"), *[("A", f"s{n}") for n in range(2001)])
    with pytest.raises(Refused, match="too_many_values"):
        survey(read, propose(read.headings, (), WORDS), WORDS, Order.DAY_FIRST)


def test_a_file_whose_heading_is_in_doubt_asks() -> None:
    read = Table(("Column 1",), Shape(certain=False), [])
    with pytest.raises(Refused, match="heading_row_needed"):
        require_ready(read, propose(("Phone",), (), WORDS))


def test_a_file_that_names_nobody_asks() -> None:
    with pytest.raises(Refused, match="no_identifying_column"):
        require_ready(table(("Status",)), propose(("Status",), (), WORDS))


def test_a_file_with_a_heading_and_a_name_is_ready() -> None:
    require_ready(table(("Name",)), propose(("Name",), (), WORDS))


@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), st.text(max_size=60), min_size=1, max_size=6))
def test_any_cells_make_a_row_or_say_what_is_wrong(cells: dict[str, str]) -> None:
    found = rows(tuple(cells), tuple(cells.values()), fields={key: key for key in cells})[0]
    assert (found.values is not None) + bool(found.problems) + found.is_test == 1


def test_a_warning_is_said_once_a_field() -> None:
    assert warnings(name="Anna", phone="044 123 45 67 89 10 ::: 044 123 45 67 89 11") == (Problem("phone", "phone_not_valid"),)
