from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.contacts import clean_line, clean_text, fold, for_display, initials, left_to_right, split_name
from frontdesk.domain.problems import Refused


@pytest.mark.parametrize(
    ("full", "parts"),
    [
        ("Grace Kim", ("Grace", "Kim")),
        ("Mary Ann O’Brien", ("Mary Ann", "O’Brien")),
        ("Kim, Grace", ("Grace", "Kim")),
        ("Kim,", ("", "Kim")),
        ("  Grace ", ("Grace", "")),
        ("山田\u3000太郎", ("山田", "太郎")),
        ("", ("", "")),
    ],
)
def test_a_full_name_is_split_at_the_comma_or_the_last_blank(full: str, parts: tuple[str, str]) -> None:
    assert split_name(full) == parts


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("O'BRIEN", "obrien"),
        ("O’Brien", "obrien"),
        ("Anne-Marie  Weiß", "anne marie weiss"),
        ("Ørsted Łukasz Đặng", "orsted lukasz dang"),
        ("Æsa Œuvre Þór", "aesa oeuvre thor"),
        ("İnci IŞIL ılgaz", "inci isil ilgaz"),
        ("Ｇｒａｃｅ", "grace"),
        ("Ёлка", "елка"),
        ("Ὀδυσσεύς", "οδυσσευσ"),
        ("מִרְיָם", "מרים"),
        ("أحمد", "احمد"),
        ("김지우", "김지우"),
        ("がく", "がく"),
        ("कि", "कि"),
        ("Gra\u200bce", "grace"),
        ("\u0301", "\u0301"),
        ("'", "'"),
        (" ", ""),
    ],
)
def test_search_compares_names_without_case_accents_and_apostrophes(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_vowel_signs_that_make_another_name_are_kept() -> None:
    assert fold("कि") != fold("कु")


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_and_never_empties_a_name(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert bool(fold(text)) == bool(text.strip())


@pytest.mark.parametrize(
    ("first", "last", "letters"),
    [("grace", "kim", "GK"), ("", "Kim", "K"), ("(Élan)", "ßen", "Éß"), ("太郎", "山田", "太山"), ("123", "", "")],
)
def test_initials_are_the_first_letters(first: str, last: str, letters: str) -> None:
    assert initials(first, last) == letters


# Text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("a\x00b\x07c\x1b[31m\x7f\x9b", "abc[31m"),
        ("half \ud83d", "half \ufffd"),
        ("\u202eevil\u202c 😀 a" + "\u0301" * 200, "\u202eevil\u202c 😀 a" + "\u0301" * 200),
        ("tab\tstays", "tab\tstays"),
    ],
)
def test_text_is_kept_exactly_but_for_what_no_screen_shows(text: str, kept: str) -> None:
    assert clean_text(text, 300) == kept


def test_a_line_has_no_line_ends_and_no_blanks_around() -> None:
    assert clean_line(" Grace\r\n\tKim\x00 ", 10, "first_name") == "Grace Kim"


@pytest.mark.parametrize("clean", [clean_text, clean_line])
def test_text_beyond_the_limit_is_refused_not_cut(clean: object) -> None:
    with pytest.raises(Refused) as refused:
        clean("x" * 11, 10, "note")
    assert (refused.value.code, refused.value.field, refused.value.facts) == ("text_too_long", "note", {"limit": 10, "length": 11})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Grace Kim", "Grace Kim"),
        ("Élan", "Élan"),
        ("מרים", "\u2068מרים\u2069"),
        ("a\u202eb", "\u2068a\u202eb\u2069"),
        ("a\u2069b", "\u2068ab\u2069"),
        ("a\u2067b", "\u2068a\u2067b\u2069\u2069"),
        ("a\u2067b\u2069c", "\u2068a\u2067b\u2069c\u2069"),
        ("מ\nb", "\u2068מ\u2069\n\u2068b\u2069"),
    ],
)
def test_the_direction_of_a_text_ends_where_the_text_ends(text: str, shown: str) -> None:
    assert for_display(text) == shown


def test_a_number_stays_in_order_in_a_sentence_from_right_to_left() -> None:
    assert left_to_right("(206) 555-0142") == "\u2066(206) 555-0142\u2069"


def test_hard_names_of_the_world_are_kept_and_found(shared_data: Path) -> None:
    with (shared_data / "names-and-strings" / "hard_names.tsv").open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    assert len(names) == 1279
    assert [
        name
        for name in names
        if clean_line(name, 200) != name or not fold(name) or not initials(name) or fold(name.upper()) != fold(name.lower())
    ] == []
