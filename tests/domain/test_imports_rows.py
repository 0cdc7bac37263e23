"""Rows to plain records."""

from __future__ import annotations

from datetime import UTC, datetime
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
    ValueMap,
    count,
    preview,
    propose,
    require_ready,
    survey,
    understand,
)
from frontdesk.domain.ports import Line, Shape, Table
from frontdesk.domain.problems import Refused
from tests.domain.importing import WORDS, problems, row, rows, table, values, warnings


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


@pytest.mark.parametrize("cell", ["1390726237298631770", "0017", "a-1", "x:1"])
def test_an_id_stays_as_it_is(cell: str) -> None:
    assert values(external_id=cell).external_id == cell


def test_an_id_that_lost_its_digits_is_kept_with_a_warning() -> None:
    assert values(external_id="1.23E+14").external_id == "1.23E+14"
    assert warnings(external_id="1.23E+14") == (Problem("external_id", "digits_lost"),)


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
