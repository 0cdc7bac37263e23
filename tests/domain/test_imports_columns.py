"""Which column goes to which field."""

from __future__ import annotations

import tomllib

import pytest

from frontdesk.domain.imports import FIELDS, ColumnMap, Confidence, Words, mapping_key, parse_map, propose
from frontdesk.domain.imports.fields import field_named
from frontdesk.domain.imports.heading_rows import find, is_heading, named, placed
from frontdesk.domain.imports.shapes import is_phone, is_value
from frontdesk.domain.imports.words import cell_word, plain
from frontdesk.domain.problems import Refused
from frontdesk.places import shipped

WORDS = Words.of(tomllib.loads((shipped("resources") / "imports.toml").read_text(encoding="utf-8")))


def fields(*headings: str, rows: tuple[tuple[str, ...], ...] = ()) -> list[str | None]:
    return [column.field for column in propose(headings, rows, WORDS).columns]


@pytest.mark.parametrize(
    ("heading", "compared"),
    [
        ("Phone Number", "phone number"),
        ("  PHONE_NUMBER * ", "phone number"),
        ("LeadSource", "lead source"),
        ("E-mail 1 - Value", "email # value"),
        ("Person - Email (Work)", "person email work"),
        ("ACCOUNTNUMBER__C", "accountnumber"),
        ("property_firstname", "firstname"),
        ("Name (2)", "name"),
        ("#", "number sign"),
        ("<b>What's</b> your e-mail?", "whats your email"),
        ("☎ Contact", "☎ contact"),
        ("Téléphone", "telephone"),
        ("\ufeffName", "name"),
        ("फ़ोन", plain("फ़ोन")),
    ],
)
def test_a_heading_is_compared_without_its_dress(heading: str, compared: str) -> None:
    assert plain(heading) == compared


@pytest.mark.parametrize("key", FIELDS)
def test_every_field_is_found_under_its_own_name(key: str) -> None:
    column = propose((key.replace("_", " ").capitalize(),), (), WORDS).columns[0]
    assert (column.field, column.confidence) == (key, Confidence.EXACT)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Mobile Phone Number", "phone"), ("Handynummer", "phone"), ("Téléphone", "phone"), ("फ़ोन", "phone"), ("الهاتف", "phone"), ("☎ Contact", "phone"),
        ("Phone 2", "phone"), ("E-Mail-Adresse", "email"), ("ईमेल", "email"), ("البريد", "email"), ("Email / Phone", "phone_or_email"), ("Nom", "name"),
        ("नाम", "name"), ("الاسم", "name"), ("Vorname", "first_name"), ("Apellidos", "last_name"), ("Record ID", "external_id"), ("#", "external_id"),
        ("Original Source", "source"), ("How did you hear about us?", "source"), ("utm_campaign", "campaign"), ("Deal Stage", "status"),
        ("Lost Reason", "reason"), ("CreatedDate", "created"), ("Submit Date (UTC)", "created"), ("Erstellt am", "created"), ("Booked on", "booked"),
        ("Close Date", "closed"), ("Sales Rep", "owner"), ("PLZ", "postal_code"), ("Date of birth", "birth_date"), ("DoNotCall", "do_not_call"),
        ("Comments", "notes"), ("Best time to call", "best_time"), ("is_test", "is_test"), ("HasOptedOutOfEmail", "no_marketing"),
    ],
)  # fmt: skip
def test_a_known_heading_is_sure(heading: str, field: str) -> None:
    column = propose((heading,), (), WORDS).columns[0]
    assert (column.field, column.confidence) == (field, Confidence.EXACT)


@pytest.mark.parametrize(
    ("heading", "field"), [("Nmae", "name"), ("Emial", "email"), ("Phne", "phone"), ("Statu", "status"), ("Phone Nubmer", "phone")]
)
def test_a_misspelt_heading_is_guessed(heading: str, field: str) -> None:
    column = propose((heading,), (), WORDS).columns[0]
    assert (column.field, column.confidence) == (field, Confidence.GUESSED)


@pytest.mark.parametrize(
    "heading",
    ["Company", "State", "Title", "Fax", "Assistant's Phone", "Manager's Name", "Interested?", "Compny", "a", "Owner ID", "Rating"],
)
def test_a_heading_that_is_no_field_of_ours_is_left_out(heading: str) -> None:
    assert fields(heading, rows=(("x",),)) == [None]


def test_of_several_columns_for_one_field_the_plainer_one_is_taken() -> None:
    assert fields("Lifecycle Stage", "Lead Status", "Campaign ID", "Campaign Name") == [None, "status", None, "campaign"]


def test_several_phones_and_emails_are_all_kept() -> None:
    assert fields("Phone", "Mobile", "Email", "Work Email") == ["phone", "phone", "email", "email"]


def test_a_weaker_heading_is_used_only_where_no_better_one_is() -> None:
    assert fields("User Email", "GCLID") == ["email", "external_id"]
    assert fields("User Email", "Invitee Email") == [None, "email"]


def test_a_repeated_heading_does_not_replace_the_first() -> None:
    assert fields("Name", "Name (2)", "Notes", "Notes (2)") == ["name", None, "notes", "notes"]


def test_cells_tell_what_an_unknown_heading_does_not() -> None:
    rows = (("+41 44 123 45 67", "anna@example.com", "x", "1/2/2024"), ("044 123 45 68", "", "y", "3/4/2024"))
    assert fields("Alpha", "Beta", "Gamma", "Delta", rows=rows) == ["phone", "email", None, None]


def test_a_file_without_headings_is_guessed_from_its_cells_dates_too() -> None:
    rows = (("Anna", "+41 44 123 45 67", "anna@example.com", "2024-02-01"),)
    assert fields(*placed(4), rows=rows) == [None, "phone", "email", "created"]


def test_long_numbers_without_any_mark_are_no_phones() -> None:
    assert fields("Transaction No.", rows=(("3003126885",), ("3003126886",))) == [None]


@pytest.mark.parametrize("heading", ["Assistant mobile", "Emergency phone", "Phone type", "Email bounced"])
def test_a_phone_of_somebody_else_is_not_taken(heading: str) -> None:
    assert fields(heading, rows=(("+41 44 123 45 67",), ("+41 44 123 45 68",))) == [None]


def test_a_question_about_the_phone_counts_only_when_its_cells_are_phones() -> None:
    assert fields("Which is your best phone ever?", rows=(("Nokia",), ("+41 44 123 45 67",), ("iPhone",))) == [None]
    assert fields("Which is your best phone ever?", rows=(("+41 44 123 45 67",),)) == ["phone"]


def test_a_question_about_the_name_needs_no_cells() -> None:
    assert fields("Please tell us your full name", "Your dog's first name") == ["name", "first_name"]


def test_a_map_says_what_it_lacks() -> None:
    found = propose(("First Name", "Email / Phone", "Status"), (), WORDS)
    assert found.missing == ("source", "campaign", "created", "external_id")
    assert found.identifies


def test_a_file_that_names_nobody_is_seen() -> None:
    assert not propose(("Status", "Notes"), (), WORDS).identifies


def test_samples_are_the_first_three_different_cells() -> None:
    rows = (("a",), ("",), (" a ",), ("b",), (), ("c",), ("d",))
    assert propose(("Notes",), rows, WORDS).columns[0].samples == ("a", "b", "c")


@pytest.mark.parametrize("heading", ["Kontaktweg", "kontaktweg", " KONTAKTWEG* "])
def test_what_the_user_says_goes_before_every_guess(heading: str) -> None:
    found = propose(("Kontaktweg", "Phone"), (), WORDS).given({heading: "Phone 2", "Phone": ""})
    assert [(each.field, each.confidence) for each in found.columns] == [("phone", Confidence.GIVEN), (None, Confidence.GIVEN)]


def test_a_heading_that_the_file_lacks_is_refused() -> None:
    with pytest.raises(Refused, match="heading_unknown"):
        propose(("Phone",), (), WORDS).given({"Fax": "phone"})


@pytest.mark.parametrize("field", ["fax", "name_2", "", "phone_x"])
def test_a_field_that_there_is_not_is_refused(field: str) -> None:
    with pytest.raises(Refused, match="field_unknown"):
        field_named(field)


@pytest.mark.parametrize("name", ["phone_2", "Phone 2", "phone-2", "phone2", "phone"])
def test_one_more_phone_is_a_phone(name: str) -> None:
    assert field_named(name).key == "phone"


def test_a_map_is_remembered_for_the_same_headings_in_any_order() -> None:
    first = propose(("Kontaktweg", "Phone"), (), WORDS).given({"Kontaktweg": "source"})
    again = propose(("Phone", "Kontaktweg"), (), WORDS, remembered=first.remembered() | {"Gone": "email"})
    assert [each.field for each in again.columns] == ["phone", "source"]
    assert again.key == first.key == mapping_key(["Kontaktweg", "Phone"])
    assert again.key != mapping_key(["Phone"])


def test_columns_of_a_field_come_in_the_order_of_the_file() -> None:
    found: ColumnMap = propose(("Mobile", "Name", "Phone"), (), WORDS)
    assert [each.heading for each in found.of("phone")] == ["Mobile", "Phone"]


def test_wishes_are_read_as_the_command_line_takes_them() -> None:
    assert parse_map(["Kontakt=phone", "a=b=email", "Leer="]) == {"Kontakt": "phone", "a=b": "email", "Leer": ""}


@pytest.mark.parametrize("wish", ["phone", "=phone", " =x", ""])
def test_a_wish_without_heading_or_mark_is_refused(wish: str) -> None:
    with pytest.raises(Refused, match="column_map_not_understood"):
        parse_map([wish])


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([("Name", "Phone"), ("Anna", "044 123 45 67")], (0, True)),
        ([("Leads of May",), (), ("Name", "Phone", "City"), ("Anna", "044 123 45 67", "Bern"), ("Ben", "", "Biel")], (2, True)),
        ([("Leads of May",), ("Anna", "044 123 45 67", "Bern"), ("Ben", "044 123 45 68", "Biel")], (0, False)),
        ([("",), ("Anna", "044 123 45 67")], (1, False)),
        ([("Anna", "a@b.ch")], (0, False)),
        ([("Anna", "8001"), ("Ben", "8002")], (0, False)),
        ([("2024-01-02", "Anna")], (0, False)),
        ([("Name",)], (0, True)),
        ([("",)], (0, True)),
        ([], (0, False)),
    ],
)
def test_the_heading_row_is_found_or_known_to_be_missing(rows: list[tuple[str, ...]], found: tuple[int, bool]) -> None:
    assert find(rows) == found


def test_a_gap_above_phones_is_no_heading() -> None:
    assert not is_heading(("Anna", ""), [("Ben", "044 123 45 67"), ("Cleo", "044 123 45 68")])
    assert is_heading(("Name", ""), [("Ben", "x"), ("Cleo",)])


def test_headings_are_different_and_never_empty() -> None:
    assert named(("Name", "", "Name", "Name (2)", " a \n b ")) == ("Name", "Column 2", "Name (2)", "Name (2) (2)", "a b")


@pytest.mark.parametrize(
    "text",
    [
        "044 123 45 67",
        "+41441234567",
        "(415) 293-3313",
        "970-923-7605",
        "378.683.8319",
        "1-365-756-9410 x4781",
        "0791234567",
        "p:+15550100",
    ],
)
def test_a_phone_looks_like_one(text: str) -> None:
    assert is_phone(text)


@pytest.mark.parametrize(
    "text", ["12", "3003126885", "2024-01-02", "12.03.2024", "2024-01-02 10:00", "Anna", "1,250.00", "45631.0", "1390726237298631770", ""]
)
def test_what_is_no_phone_does_not_look_like_one(text: str) -> None:
    assert not is_phone(text)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("a@b.ch", True), ("12.5", True), ("$ 5", True), ("1.23E+14", True), ("Name", False), (" ", False), ("3BHK", False)],
)
def test_a_value_is_told_from_a_heading(text: str, is_one: bool) -> None:
    assert is_value(text) is is_one


def test_words_are_compared_without_case_accents_and_marks() -> None:
    assert cell_word("CLOSED_CONVERTED") == cell_word("Closed - Converted") == "closed converted"
    assert cell_word("???") == "???"


SENTENCES = ("I have a conflict on that day", "My boss needs me, sorry about it", "Found somebody closer to my home")


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        (SENTENCES, "loss_note"),
        ((*SENTENCES, ""), "loss_note"),
        ((*SENTENCES, "Price"), "loss_note"),
        (("Price", "Price", "Too far away for them to come"), "reason"),
        (("Went with another clinic in town",) * 3, "reason"),
        (("price", "distance", "time"), "reason"),
        (("Price is far too high here", "Distance is far too long", "x"), "reason"),
        ((), "reason"),
    ],
)
def test_a_column_of_mostly_different_sentences_is_no_list_of_reasons(cells: tuple[str, ...], field: str) -> None:
    columns = propose(("Name", "Cancellation reason"), (), WORDS)
    rows = [("Anna", cell) for cell in cells] + [("Ben",)]
    found = columns.without_sentences(rows, ("Price is far too high here", "Distance is far too long", "price"))
    assert found.columns[1].field == field


def test_sentences_beside_a_note_of_the_loss_are_notes_and_a_column_that_was_given_stays() -> None:
    rows = [("Anna", "x", cell) for cell in SENTENCES]
    columns = propose(("Name", "Loss note", "Reason"), (), WORDS)
    assert columns.without_sentences(rows, ()).columns[2].field == "notes"
    assert columns.given({"Reason": "reason"}).without_sentences(rows, ()).columns[2].field == "reason"
