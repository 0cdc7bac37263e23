"""Find a caller by digits or letters; what is looked through follows the people."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from frontdesk.domain import rules
from frontdesk.domain.records import Person
from frontdesk.domain.workflow import Disposition
from frontdesk.store import cases, people, search
from frontdesk.store.tx import Tx
from tests.store.practices import enquiry, occasion, open_practice, person


def names(tx: Tx, text: str) -> list[str]:
    found = people.of_ids(tx, [each.person_id for each in search.find(tx, text, region=lambda: "TR")])
    return [found[each.person_id].name for each in search.find(tx, text, region=lambda: "TR")]


@pytest.fixture
def crowd(tx: Tx) -> list[Person]:
    everybody = [
        people.add(tx, each)
        for each in (
            person("Grace", "Kim", phones=("0532 123 45 67",), emails=("grace.kim@example.org",)),
            person("Gülşen", "Öztürk", phones=("0533 765 43 21", "0212 555 00 11")),
            person("José", "Núñez-Álvarez", emails=("jose@clinic.example",)),
            person("Jon", "Smith", phones=("+44 20 7946 0958",)),
            person("山田", "太郎"),
            person("Li", "Wu"),
        )
    ]
    tx.finish(None)
    return everybody


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("4567", ["Grace Kim"]),
        ("0532 123", ["Grace Kim"]),
        ("532-123.45.67", ["Grace Kim"]),
        ("+90 (532) 123 45 67", ["Grace Kim"]),
        ("2345", ["Grace Kim"]),
        ("234", ["Grace Kim"]),
        ("5550011", ["Gülşen Öztürk"]),
        ("7946 09", ["Jon Smith"]),
        ("grace", ["Grace Kim"]),
        ("kim gra", ["Grace Kim"]),
        ("GULSEN", ["Gülşen Öztürk"]),
        ("ozturk gul", ["Gülşen Öztürk"]),
        ("nunez", ["José Núñez-Álvarez"]),
        ("clinic.example", ["José Núñez-Álvarez"]),
        ("kim@exam", ["Grace Kim"]),
        ("山田", ["山田 太郎"]),
        ("li", ["Li Wu"]),
        ("w", ["Li Wu"]),
        ("j s", ["Jon Smith"]),
        ("kim 4567", ["Grace Kim"]),
        ("kim 9999", []),
        ("nobody", []),
        ("99999", []),
        ("", []),
        ("x", []),
        ("12", []),
    ],
)
def test_typed_text_finds_the_people_it_means(tx: Tx, crowd: list[Person], typed: str, expected: list[str]) -> None:
    assert names(tx, typed) == expected


@pytest.mark.parametrize("typed", ["grcae", "garce", "grxce", "gracee", "grce", "rgace", "gracw", "grace kmi", "grece kim", "xrace"])
def test_one_slip_of_the_fingers_is_forgiven(tx: Tx, crowd: list[Person], typed: str) -> None:
    assert names(tx, typed) == ["Grace Kim"]


@pytest.mark.parametrize("typed", ["grxxe", "smyht", "kmi grce"])
def test_two_slips_are_not(tx: Tx, crowd: list[Person], typed: str) -> None:
    assert names(tx, typed) == []


@pytest.mark.parametrize("typed", ['"', "grace OR", "gra*", "'; --", "%", "_", "NEAR(a b)", "\\", "^kim", "grams:kim"])
def test_what_looks_like_a_query_is_only_text(tx: Tx, crowd: list[Person], typed: str) -> None:
    assert set(names(tx, typed)) <= {"Grace Kim"}


def test_a_changed_name_is_found_and_the_old_one_is_not(tx: Tx, crowd: list[Person]) -> None:
    people.save(tx, crowd[3], replace(crowd[3], last_name="Miller"))
    tx.finish(None)
    assert (names(tx, "miller"), names(tx, "smith")) == (["Jon Miller"], [])


def test_a_phone_taken_away_is_not_found(tx: Tx, crowd: list[Person]) -> None:
    tx.finish(None)
    people.save(tx, crowd[1], replace(crowd[1], points=crowd[1].points[:1]))
    tx.finish(None)
    assert (names(tx, "5550011"), names(tx, "7654321")) == ([], ["Gülşen Öztürk"])


def test_the_newest_open_lead_is_shown(tx: Tx) -> None:
    practice = open_practice(tx)
    first = enquiry(tx, practice, person("Grace", "Kim"))
    someone = people.get(tx, first.lead.person_id)
    second = enquiry(tx, practice, someone)
    answers = rules.Answers(reason="price_shopping")
    cases.apply(tx, second, rules.choose_status(second, occasion(tx, practice), "lost", answers))
    tx.finish(None)
    assert search.find(tx, "grace") == [(someone.id, first.lead.id)]


def test_lost_people_come_last(tx: Tx) -> None:
    practice = open_practice(tx)
    open_one, lost_one = (enquiry(tx, practice, person("Grace", name)) for name in ("Kim", "Lee"))
    lost_one = cases.apply(tx, lost_one, rules.attempt(lost_one, occasion(tx, practice), channel="call", disposition=Disposition.NO_ANSWER))
    cases.apply(tx, lost_one, rules.choose_status(lost_one, occasion(tx, practice), "lost", rules.Answers(reason="insurance")))
    tx.finish(None)
    assert [each.lead_id for each in search.find(tx, "grace")] == [open_one.lead.id, lost_one.lead.id]
