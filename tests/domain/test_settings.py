from __future__ import annotations

from datetime import time

import pytest

from frontdesk.domain.problems import Refused
from frontdesk.domain.settings import SETTINGS, Book, changed, read, stored


def test_a_book_without_anything_stored_holds_the_defaults() -> None:
    assert read({}) == Book()


def test_the_defaults_that_the_workflows_name_are_kept() -> None:
    book = Book()
    assert (book.workflow, book.new_client_after_days, book.first_response_amber_minutes, book.first_response_red_minutes) == (
        "front_desk",
        90,
        5,
        30,
    )
    assert {book.pending_web_leads, book.lock_owner_while_linked, book.leads_for_new_clients, book.practice_mode} == {False}


def test_what_is_stored_reads_back_to_the_same_book() -> None:
    book = Book(practice_name="Dr Łoś", morning_at=time(8, 30), practice_mode=True, currency="EUR")
    assert read(stored(book)) == book


def test_stored_values_are_plain_enough_for_any_database() -> None:
    assert {type(value) for value in stored(Book(morning_at=time(8))).values()} == {str, int, bool}


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("practice_name", "  Harbour\tClinic ", "Harbour Clinic"),
        ("currency", " EUR ", "EUR"),
        ("new_client_after_days", "120", 120),
        ("new_client_after_days", 120, 120),
        ("idle_lock_minutes", 0, 0),
        ("pending_web_leads", "yes", True),
        ("pending_web_leads", "Off", False),
        ("pending_web_leads", 1, True),
        ("pending_web_leads", True, True),
        ("afternoon_at", "14:30", time(14, 30)),
        ("afternoon_at", time(15), time(15)),
        ("morning_at", "8:05", time(8, 5)),
        ("morning_at", "", None),
        ("morning_at", None, None),
    ],
)
def test_a_typed_value_becomes_the_type_of_its_setting(name: str, typed: object, value: object) -> None:
    assert getattr(changed(Book(), {name: typed}), name) == value


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("practice_name", 5),
        ("practice_name", None),
        ("country", "Atlantis"),
        ("currency", "eur"),
        ("date_order", "ymd"),
        ("new_client_after_days", 0),
        ("new_client_after_days", 99999),
        ("new_client_after_days", "soon"),
        ("new_client_after_days", True),
        ("new_client_after_days", 1.5),
        ("new_client_after_days", None),
        ("idle_lock_minutes", 1),
        ("pending_web_leads", "perhaps"),
        ("pending_web_leads", None),
        ("afternoon_at", "25:00"),
        ("afternoon_at", "14"),
        ("afternoon_at", ""),
        ("afternoon_at", []),
        ("morning_at", []),
        ("first_response_red_minutes", 4),
    ],
)
def test_a_value_that_its_setting_does_not_allow_is_refused_at_that_setting(name: str, typed: object) -> None:
    with pytest.raises(Refused) as refused:
        changed(Book(), {name: typed})
    assert (refused.value.code, refused.value.field) == ("setting_not_valid", name)


def test_a_name_that_is_too_long_is_refused_with_its_limit() -> None:
    with pytest.raises(Refused) as refused:
        read({"practice_name": "x" * 201})
    assert (refused.value.code, refused.value.field, refused.value.facts) == (
        "text_too_long",
        "practice_name",
        {"limit": 200, "length": 201},
    )


def test_an_unknown_setting_is_refused_by_name() -> None:
    with pytest.raises(Refused) as refused:
        read({"colour": "red"})
    assert (refused.value.code, refused.value.field) == ("setting_unknown", "colour")


def test_changing_one_setting_keeps_the_others() -> None:
    book = Book.of_country("DE")
    assert changed(book, {"practice_name": "Praxis"}) == read(stored(book) | {"practice_name": "Praxis"})


def test_a_country_brings_its_currency_dates_and_clock() -> None:
    book = Book.of_country("GB")
    assert (book.country, book.currency, book.first_weekday, book.clock_24h, book.date_order) == ("GB", "GBP", 0, True, "dmy")


def test_an_unknown_country_is_refused_before_anything_is_stored() -> None:
    with pytest.raises(Refused) as refused:
        Book.of_country("ZZ")
    assert (refused.value.code, refused.value.field) == ("setting_not_valid", "country")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_has_a_label_and_one_sentence(setting: object) -> None:
    assert setting.label == f"setting.{setting.name}"
    assert setting.sentence.endswith(".")
    assert getattr(Book(), setting.name) == setting.default
