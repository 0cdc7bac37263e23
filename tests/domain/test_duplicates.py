from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from frontdesk.domain.contacts import email
from frontdesk.domain.duplicates import MAYBE, SAME, Candidate, block_keys, candidate, likeness
from frontdesk.domain.problems import Refused

GRACE = candidate(
    first="Grace",
    last="Kim",
    phones=["+12065550142"],
    emails=["grace@example.com"],
    birth=date(1990, 4, 12),
    street=["12 Harbour Street"],
    city="Seattle",
    postal="98101",
)


def of(**facts: object) -> Candidate:
    known = {
        "first": "Grace",
        "last": "Kim",
        "phones": ["+12065550142"],
        "street": ["12 Harbour Street"],
        "city": "Seattle",
        "postal": "98101",
    }
    return candidate(**(known | facts))


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(GRACE, id="the same"),
        pytest.param(candidate(first="GRACE", last="Kím", phones=["+12065550142"]), id="name and phone"),
        pytest.param(candidate(first="Kim", last="Grace", phones=["+12065550142"]), id="names swapped"),
        pytest.param(candidate(first="Grcae", last="Kim", phones=["+12065550142"]), id="first name mistyped"),
        pytest.param(candidate(first="Grace", last="Kim", emails=["grace@example.com"]), id="name and e-mail"),
        pytest.param(candidate(first="Grace", last="Kim", emails=["grcae@example.com"]), id="e-mail mistyped"),
        pytest.param(candidate(first="Grace", last="Kim", birth=date(1990, 4, 12)), id="name and birth date"),
        pytest.param(candidate(first="Grace", last="Kim", birth=date(1990, 12, 4)), id="day and month swapped"),
        pytest.param(candidate(first="G", last="Kim", phones=["+12065550142"], postal="98101"), id="initial only"),
        pytest.param(candidate(last="Kim", phones=["12065550142", "+12065550999"], postal="98101"), id="no first name, two phones"),
        pytest.param(candidate(first="Grace", last="Park", phones=["+12065550142"], emails=["grace@example.com"]), id="married"),
    ],
)
def test_one_person_written_differently_is_the_same(other: Candidate) -> None:
    assert likeness(GRACE, other).likely >= SAME
    assert block_keys(GRACE) & block_keys(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(of(birth=date(1990, 4, 12)), of(first="Tom", birth=date(2015, 1, 30)), id="mother and child"),
        pytest.param(of(birth=date(2015, 1, 30)), of(first="Tom", birth=date(2015, 1, 30)), id="twins"),
        pytest.param(of(), of(first="Tom"), id="couple, no birth dates"),
        pytest.param(of(birth=date(1960, 4, 12)), of(birth=date(1992, 9, 3)), id="mother and daughter of one name"),
        pytest.param(
            of(emails=["kim@example.com"], birth=date(1990, 4, 12)),
            of(first="Tom", emails=["kim@example.com"], birth=date(2015, 1, 30)),
            id="one e-mail for all",
        ),
    ],
)
def test_a_family_that_shares_phone_and_address_is_not_one_person(one: Candidate, other: Candidate) -> None:
    assert likeness(one, other).likely < SAME


def test_a_child_on_the_phone_of_the_mother_is_not_even_asked_about() -> None:
    assert likeness(of(birth=date(1990, 4, 12)), of(first="Tom", birth=date(2015, 1, 30))).likely < MAYBE


@pytest.mark.parametrize(
    "other",
    [
        candidate(
            first="Grace", last="Kim", phones=["+61412345678"], birth=date(1961, 1, 30), street=["9 Elm Road"], city="Perth", postal="6000"
        ),
        candidate(phones=["+12065550142"]),
        candidate(),
    ],
    ids=["a namesake", "a phone alone", "nothing"],
)
def test_one_thing_in_common_is_not_enough(other: Candidate) -> None:
    assert likeness(GRACE, other).likely < MAYBE


def test_a_name_alone_is_asked_about_but_never_sure() -> None:
    assert MAYBE <= likeness(GRACE, candidate(first="Grace", last="Kim")).likely < SAME


def test_the_same_patient_number_outweighs_a_changed_name() -> None:
    one, other = of(numbers=["P-4711"], birth=date(1990, 4, 12)), of(first="Mary", numbers=["P-4711"], birth=date(1990, 4, 12))
    assert likeness(one, other).likely >= SAME
    assert likeness(one, of(first="Mary", numbers=["X-0000"], birth=date(1990, 4, 12))).likely < SAME


def test_the_reasons_come_with_the_strongest_first() -> None:
    found = likeness(
        GRACE, candidate(first="Grace", last="Kim", phones=["+12065550143"], emails=["grace@example.com"], birth=date(1971, 8, 1))
    )
    assert [(each.field, each.finding) for each in found.evidence] == [
        ("email", "equal"),
        ("last", "equal"),
        ("birth", "other"),
        ("first", "equal"),
        ("phone", "near"),
    ]


def test_likeness_is_the_same_both_ways() -> None:
    other = candidate(first="Kim", last="Gracie", phones=["+12065550143"], street=["12 Harbor St"], city="Seatle", postal="98110")
    assert likeness(GRACE, other).likely == likeness(other, GRACE).likely


def test_what_says_nothing_of_a_person_is_no_key() -> None:
    assert block_keys(candidate()) == frozenset()
    assert block_keys(candidate(first="Grace", phones=["123"])) == frozenset()


def test_a_person_has_few_keys() -> None:
    assert len(block_keys(GRACE)) <= 9


# Measured on public data: the floors are those of its README "to beat"


def a_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def an_email(text: str) -> Iterable[str]:
    try:
        return [email(text).key]
    except Refused:
        return [text.strip()] if text.strip() else []


def febrl(path: Path) -> list[tuple[str, Candidate]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            (
                row["rec_id"].split("-")[1],
                candidate(
                    first=row["given_name"],
                    last=row["surname"],
                    birth=a_date(row["date_of_birth"]),
                    numbers=[row["soc_sec_id"]] if row["soc_sec_id"] else [],
                    street=[f"{row['street_number']} {row['address_1']}", row["address_2"]],
                    city=row["suburb"],
                    postal=row["postcode"],
                ),
            )
            for row in csv.DictReader(file, skipinitialspace=True)
        ]


def splink(path: Path) -> list[tuple[str, Candidate]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            (
                row["cluster"],
                candidate(
                    first=row["first_name"], last=row["surname"], birth=a_date(row["dob"]), city=row["city"], emails=an_email(row["email"])
                ),
            )
            for row in csv.DictReader(file)
        ]


def measured(people: list[tuple[str, Candidate]], *floors: float) -> list[tuple[float, float]]:
    """Precision and recall over all pairs that share a key, at each floor of likeness."""
    blocks, truth = defaultdict(list), defaultdict(list)
    for place, (person, facts) in enumerate(people):
        truth[person].append(place)
        for key in block_keys(facts):
            blocks[key].append(place)
    right = {pair for places in truth.values() for pair in combinations(places, 2)}
    pairs = {pair for places in blocks.values() for pair in combinations(places, 2)}
    likely = {(a, b): likeness(people[a][1], people[b][1]).likely for a, b in pairs}
    found = [{pair for pair, value in likely.items() if value >= floor} for floor in floors]
    return [(len(each & right) / len(each), len(each & right) / len(right)) for each in found]


def test_1000_people_with_one_duplicate_each_are_found_without_a_wrong_pair(shared_data: Path) -> None:
    (precision, recall), (sure, _) = measured(febrl(shared_data / "dedupe-febrl" / "dataset1.csv"), MAYBE, SAME)
    assert (precision, sure) == (1.0, 1.0)
    assert recall >= 0.997  # five blocking keys, 3 of 6 fields: 0.994


def test_5000_people_with_up_to_five_duplicates_are_found_better_than_by_splink(shared_data: Path) -> None:
    maybe, same = measured(febrl(shared_data / "dedupe-febrl" / "dataset3.csv"), MAYBE, SAME)
    assert maybe[0] >= 0.9998  # Splink at 0.5: 0.9997, 0.986
    assert maybe[1] >= 0.997
    assert same[0] == 1.0
    assert same[1] >= 0.985  # Splink at 0.95: 1.00, 0.970


def test_people_with_swapped_names_moved_birth_dates_and_mistyped_mails_are_found_better_than_by_splink(shared_data: Path) -> None:
    maybe, same = measured(splink(shared_data / "dedupe-splink" / "fake_1000.csv"), MAYBE, SAME)
    assert maybe[0] >= 0.999  # Splink at 0.5: 0.997, 0.855
    assert maybe[1] >= 0.95
    assert same[0] >= 0.9997  # Splink at 0.95: 0.9995, 0.732
    assert same[1] >= 0.89
