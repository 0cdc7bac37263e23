from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.contacts import (
    Phone,
    as_you_type,
    clean_line,
    clean_text,
    email,
    email_key,
    fold,
    for_display,
    initials,
    national,
    phone,
    reversed_digits,
    sought_digits,
    split_emails,
    split_name,
    split_phones,
    whole_digits,
)
from frontdesk.domain.contacts.home_numbers import home_number
from frontdesk.domain.problems import Refused

SPELLINGS = ("national_digits", "e164", "international", "national", "rfc3966", "dialled_from_US", "dialled_from_GB")


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


# Phones


@pytest.mark.parametrize(
    ("text", "region", "e164", "extension"),
    [
        ("206 555 0142", "US", "+12065550142", ""),
        ("(206) 555-0142", "us", "+12065550142", ""),
        ("206.555.0142", "US", "+12065550142", ""),
        ("p:+12065550142", "GB", "+12065550142", ""),
        ("tel:206-555-0142", "US", "+12065550142", ""),
        ("sip:2065550142@pbx", "US", "+12065550142", ""),
        ("cell: 206 555 0142", "US", "+12065550142", ""),
        ("whatsapp +61 412 345 678", "US", "+61412345678", ""),
        ("0412 345 678 mum", "AU", "+61412345678", ""),
        ("206-555-0142 (mobile) ext 12", "US", "+12065550142", "12"),
        ("206-555-0142 ext 4781", "US", "+12065550142", "4781"),
        ("206-555-0142 x4781", "US", "+12065550142", "4781"),
        ("2065550142x4781", "US", "+12065550142", "4781"),
        ("206-555-0142;ext=4781", "US", "+12065550142", "4781"),
        ("1-800-FLOWERS", "US", "+18003569377", ""),
        ("+44 (0)20 7946 0958", "GB", "+442079460958", ""),
        ("020 7946 0958/9", "GB", "+442079460958", ""),
        ("'0412345678", "AU", "+61412345678", ""),
        ("2065550142.0", "US", "+12065550142", ""),
        ("61412345678", "NZ", "+61412345678", ""),
        ("0061412345678", "US", "+61412345678", ""),
        ("٠٤١٢٣٤٥٦٧٨", "AU", "+61412345678", ""),
        ("＋６１４１２３４５６７８", "GB", "+61412345678", ""),
        ("\u202a+1 206-555-0142\u202c", "GB", "+12065550142", ""),
        ("+1 206 555 0142", None, "+12065550142", ""),
        ("206.555.0142 or 206.555.0143", "US", "+12065550142", ""),
        ("011 15 2345-6789", "AR", "+5491123456789", ""),
    ],
)
def test_a_number_is_understood_in_any_spelling(text: str, region: str | None, e164: str, extension: str) -> None:
    number = phone(text, region)
    assert (number.e164, number.extension, number.valid, number.as_typed, number.digits) == (e164, extension, True, text, e164[1:])


@pytest.mark.parametrize("text", ["", "12", "abc", "+", "n/a", "x345", "Room 12 x345", "1.23E+14", "1390726237298631770", "😀", "²³⁴"])
def test_what_nobody_can_dial_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        phone(text, "US")
    assert (refused.value.code, refused.value.field) == ("phone_not_understood", "phone")


@pytest.mark.parametrize(
    ("text", "region", "canonical", "extension"),
    [
        ("555 123 4567", "US", "+15551234567", ""),
        ("555-0142", "US", "5550142", ""),
        ("555-0142 x77", "US", "5550142", "77"),
        ("0412 345 678", None, "0412345678", ""),
        ("0412 345 678", "XX", "0412345678", ""),
        ("0412 345 678 ext 9", "XX", "0412345678", "9"),
        ("123", "US", "123", ""),
        ("61 2 0000 0000 00", "US", "6120000000000", ""),
    ],
)
def test_a_number_that_cannot_be_right_is_kept_and_marked(text: str, region: str | None, canonical: str, extension: str) -> None:
    number = phone(text, region)
    assert (number.canonical, number.extension, number.valid) == (canonical, extension, False)


def test_every_spelling_of_every_country_gives_the_same_number(shared_data: Path) -> None:
    examples = list(rows(shared_data / "phones-libphonenumber" / "phone_examples.tsv"))
    wrong = [
        (row["region"], spelling, row[spelling])
        for row in examples
        for spelling in SPELLINGS
        if (number := phone(row[spelling], spelling.partition("dialled_from_")[2] or row["region"])).e164 != row["e164"] or not number.valid
    ]
    assert (len(examples), wrong) == (673, [])


def test_numbers_that_only_look_right_are_not_valid(shared_data: Path) -> None:
    examples = list(rows(shared_data / "phones-libphonenumber" / "phone_invalid.tsv"))
    believed = [row for row in examples if phone(row["digits_as_typed"], row["region"]).valid]
    assert (len(examples), believed) == (245, [])


@given(
    st.sampled_from(["US", "GB", "AU", "DE", "IT", "FR", "IN", "NZ", "JP", "CA"]),
    st.from_regex(r"\+?[0-9][0-9 ().-]{6,13}", fullmatch=True),
)
def test_the_short_way_agrees_with_libphonenumber(region: str, text: str) -> None:
    from phonenumbers import PhoneNumberFormat, format_number, is_valid_number, parse

    quick = home_number(text, region)
    if quick is not None:
        number = parse(text, region)
        assert (quick, True) == (format_number(number, PhoneNumberFormat.E164), is_valid_number(number))


def test_the_short_way_agrees_with_libphonenumber_on_altered_numbers_of_every_country(shared_data: Path) -> None:
    from phonenumbers import PhoneNumberFormat, format_number, is_valid_number, parse

    taken = 0
    for row in rows(shared_data / "phones-libphonenumber" / "phone_examples.tsv"):
        plain = row["national_digits"]
        for text in (plain, plain[1:], plain[:-1], plain + "0", "0" + plain, row["country_code"] + plain, plain[::-1], row["e164"]):
            quick = home_number(text, row["region"])
            taken += quick is not None
            if quick is not None:
                number = parse(text, row["region"])
                assert (quick, True) == (format_number(number, PhoneNumberFormat.E164), is_valid_number(number))
    assert taken > 1000


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("0412 345 678 / (02) 9374 4000", ("0412 345 678", "(02) 9374 4000")),
        ("206-555-0142; 253-555-0110", ("206-555-0142", "253-555-0110")),
        ("206-555-0142, 253-555-0110 | 360-555-0199", ("206-555-0142", "253-555-0110", "360-555-0199")),
        ("206.555.0142 or 206.555.0143", ("206.555.0142", "206.555.0143")),
        ("2065550142 ::: 2065550143", ("2065550142", "2065550143")),
        ("+61 412 345 678 +61 2 9374 4000", ("+61 412 345 678", "+61 2 9374 4000")),
        ("206-555-0142 x12 / 253 555 0110 x13", ("206-555-0142 x12", "253 555 0110 x13")),
        ("206-555-0142\n253-555-0110", ("206-555-0142", "253-555-0110")),
        ("040/1234567", ("040/1234567",)),
        ("030/12345678", ("030/12345678",)),
        ("(02) 9374 4000/1", ("(02) 9374 4000/1",)),
        ("1390726237298631770", ("1390726237298631770",)),
        ("206-555-0142;", ("206-555-0142",)),
        (" ", ()),
    ],
)
def test_several_numbers_in_one_cell_are_told_apart(cell: str, numbers: tuple[str, ...]) -> None:
    assert split_phones(cell) == numbers


def test_the_digits_backwards_begin_with_the_end_of_the_number() -> None:
    assert reversed_digits(phone("206 555 0142", "US")).startswith("2410")


@pytest.mark.parametrize(
    ("text", "sought", "whole"),
    [
        ("0142", ("0142", "142"), ""),
        ("555-01", ("55501",), ""),
        ("0412 345 678", ("0412345678", "412345678"), "61412345678"),
        ("+44 (0)20 7946 0958", ("4402079460958",), "442079460958"),
        ("1390726237298631770", ("1390726237298631770",), ""),
        ("12", (), ""),
    ],
)
def test_part_of_a_number_is_sought_as_it_may_be_stored(text: str, sought: tuple[str, ...], whole: str) -> None:
    assert (sought_digits(text), whole_digits(text, "AU")) == (sought, whole)


@pytest.mark.parametrize(
    ("number", "region", "shown"),
    [
        (phone("+12065550142", "US"), "US", "(206) 555-0142"),
        (phone("+12065550142", "US"), "GB", "+1 206-555-0142"),
        (phone("+12065550142", "US"), None, "+1 206-555-0142"),
        (phone("206 555 0142 x47", "US"), "us", "(206) 555-0142 ext. 47"),
        (phone("555 123 4567", "US"), "US", "555 123 4567"),
        (Phone("reception", None, "5550142", "", valid=False), "US", "reception"),
    ],
)
def test_a_number_is_shown_as_people_here_write_it(number: Phone, region: str | None, shown: str) -> None:
    assert national(number, region) == shown


@pytest.mark.parametrize(
    ("typed", "region", "shown"),
    [
        ("2065550", "US", "206-5550"),
        ("2065550142", "US", "(206) 555-0142"),
        ("+6141234", "US", "+61 412 34"),
        ("FLOWERS", "US", "FLOWERS"),
        ("", "US", ""),
        ("20655", None, "20655"),
    ],
)
def test_a_number_is_grouped_while_it_is_typed(typed: str, region: str | None, shown: str) -> None:
    assert as_you_type(typed, region) == shown


# E-mails


@pytest.mark.parametrize(
    ("text", "canonical", "key"),
    [
        ("Grace.Kim@Example.com", "grace.kim@example.com", "grace.kim@example.com"),
        ("grace+clinic@example.com", "grace+clinic@example.com", "grace@example.com"),
        ("+clinic@example.com", "+clinic@example.com", "+clinic@example.com"),
        ("g.race+x@googlemail.com", "g.race+x@googlemail.com", "grace@gmail.com"),
        ("mailto:a@b.com?subject=hello", "a@b.com", "a@b.com"),
        ("Grace Kim <g@x.org>", "g@x.org", "g@x.org"),
        ("\ufeffa@b.com ", "a@b.com", "a@b.com"),
        ("Ü@exämple.de", "ü@exämple.de", "ü@exämple.de"),
        ("a@b.museum", "a@b.museum", "a@b.museum"),
    ],
)
def test_an_address_has_one_form_and_a_key_without_its_tag(text: str, canonical: str, key: str) -> None:
    address = email(text)
    assert (address.canonical, address.key, address.as_typed) == (canonical, key, text.strip())


@pytest.mark.parametrize(
    "text", ["", "a@@b", "a..b@c.com", "a@-b.com", "grace", "a@b", "a b@c.com", "a@b.com\n,c@d.com", "a@" + "b." * 130 + "com"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        email(text)
    assert (refused.value.code, refused.value.field) == ("email_not_understood", "email")


@given(st.emails())
def test_the_canonical_form_of_an_address_is_its_own(text: str) -> None:
    try:
        canonical = email(text).canonical
    except Refused:
        return
    assert email(canonical).canonical == canonical


@pytest.mark.parametrize(
    ("cell", "addresses"),
    [
        ("a@b.com; c@d.com", ("a@b.com", "c@d.com")),
        ("a@b.com ::: c@d.com", ("a@b.com", "c@d.com")),
        ("Grace Kim <a@b.com>", ("Grace Kim <a@b.com>",)),
        (" ", ()),
    ],
)
def test_several_addresses_in_one_cell_are_told_apart(cell: str, addresses: tuple[str, ...]) -> None:
    assert split_emails(cell) == addresses


# A file of naughty strings


def refuses(understand: Callable[[], object]) -> bool:
    try:
        understand()
    except Refused:
        return True
    return False


def test_naughty_strings_are_understood_or_refused(shared_data: Path) -> None:
    strings = json.loads((shared_data / "names-and-strings" / "blns" / "blns.json").read_text(encoding="utf-8"))
    strings += (shared_data / "names-and-strings" / "blns" / "blns.txt").read_text(encoding="utf-8").split("\n")
    for text in strings:
        assert refuses(partial(phone, text, "US")) or phone(text, "US").digits
        assert refuses(partial(email, text)) or "@" in email(text).key
        assert len(clean_text(text, 2000)) <= len(text)
        assert "\n" not in clean_line(text, 2000)
        assert bool(fold(text)) == bool(text.strip())
        assert len(initials(*split_name(text))) <= 2
        assert for_display(text).count("\u2069") >= for_display(text).count("\u2068")
        assert all(
            piece
            for several in (split_phones(text), split_emails(text), sought_digits(text), [as_you_type(text, "US") or "-"])
            for piece in several
        )
    assert len(strings) > 1000


def test_what_is_no_address_matches_by_itself() -> None:
    assert email_key("grace") == "grace"
