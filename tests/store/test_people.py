"""People, their phones and e-mails, who may be the same, merging and un-merging."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from frontdesk.domain.contacts import email, phone
from frontdesk.domain.lines import Filter, Sort
from frontdesk.domain.problems import Conflict, Refused
from frontdesk.domain.records import ContactPoint, Person
from frontdesk.store import duplicates, leads, lists, merges, people, search, totals
from frontdesk.store.tx import Tx
from tests.store.practices import enquiry, open_practice, person

GRACE = person("Grace", "Kim", phones=("0532 123 45 67", "0212 555 00 11"), emails=("Grace.Kim@Example.org",))


def test_a_person_reads_back_as_written(tx: Tx) -> None:
    added = people.add(tx, GRACE)
    assert people.get(tx, added.id) == added
    assert people.of_ids(tx, [added.id, 5]) == {added.id: added}


def test_points_are_added_changed_and_taken_away(tx: Tx) -> None:
    before = people.add(tx, GRACE)
    kept, gone, mail = before.points
    changed = replace(kept, typed="+90 532 999 99 99", canonical="+905329999999")
    added = ContactPoint(0, before.id, "email", "g@k.org", "g@k.org", 1)
    after = people.save(tx, before, replace(before, points=(changed, mail, added)))
    again = people.get(tx, before.id)
    assert again.points == after.points
    assert gone.id not in {point.id for point in again.points}


def test_a_person_of_another_version_is_a_conflict(tx: Tx) -> None:
    added = people.add(tx, GRACE)
    with pytest.raises(Conflict):
        people.get(tx, added.id, version=4)


def test_an_unknown_person_is_refused(tx: Tx) -> None:
    with pytest.raises(Refused, match="person_unknown"):
        people.get(tx, 5)


@pytest.mark.parametrize(
    "typed",
    [
        {"phones": (phone("+90 532 123 45 67", "TR"),)},
        {"phones": (phone("123 45 67", None),)},
        {"emails": (email("gracekim+spam@example.org"), email("grace.kim@example.org"))},
        {"first_name": "KIM", "last_name": "grâce"},
    ],
)
def test_a_shared_number_mail_or_name_makes_a_candidate(tx: Tx, typed: dict[str, tuple[str, ...]]) -> None:
    grace = people.add(tx, GRACE)
    people.add(tx, person("Omar", "Haddad", phones=("0533 000 00 00",)))
    assert duplicates.candidates(tx, **typed) == [grace]  # type: ignore[arg-type]  # a table of arguments
    assert duplicates.candidates(tx, **typed, but=grace.id) == []  # type: ignore[arg-type]  # the same


def test_nothing_typed_has_no_candidates(tx: Tx) -> None:
    people.add(tx, GRACE)
    assert duplicates.candidates(tx) == []


def _two(tx: Tx) -> tuple[Person, Person]:
    practice = open_practice(tx)
    winner, loser = people.add(tx, GRACE), people.add(tx, person("Gracie", "Kim", phones=("0532 123 45 67", "0533 765 43 21")))
    for someone in (winner, loser):
        enquiry(tx, practice, someone)
    return winner, loser


def test_a_merge_moves_leads_and_points_and_keeps_the_loser(tx: Tx) -> None:
    winner, loser = _two(tx)
    merged = merges.merge(tx, winner, loser, replace(winner, postal_code="34000"))
    tx.finish(None)
    again = people.get(tx, winner.id)
    assert (again, again.postal_code) == (merged, "34000")
    assert [point.canonical for point in again.points if point.kind == "phone"] == ["+905321234567", "+902125550011", "+905337654321"]
    assert len(leads.of_person(tx, winner.id)) == 2
    assert people.get(tx, loser.id).merged_into == winner.id
    assert [each.person_id for each in search.find(tx, "7654321")] == [winner.id]
    assert search.find(tx, "gracie") == search.find(tx, "grace")  # one slip away, and the loser is found no more
    assert totals.differences(tx) == []
    assert {line.name for line in lists.first(tx, Filter(), Sort("name"))} == {"Grace Kim"}


def test_an_unmerge_gives_everything_back(tx: Tx) -> None:
    winner, loser = _two(tx)
    merges.merge(tx, winner, loser, winner)
    back = merges.unmerge(tx, loser.id)
    tx.finish(None)
    assert ([point.canonical for point in back.points], back.merged_into) == ([point.canonical for point in loser.points], None)
    assert [point.canonical for point in people.get(tx, winner.id).points] == [point.canonical for point in winner.points]
    assert (len(leads.of_person(tx, winner.id)), len(leads.of_person(tx, loser.id))) == (1, 1)
    assert search.find(tx, "gracie")[0].person_id == loser.id


@pytest.mark.parametrize("code", ["same_person", "already_merged"])
def test_a_merge_that_makes_no_sense_is_refused(tx: Tx, code: str) -> None:
    winner, loser = _two(tx)
    other = winner if code == "same_person" else replace(loser, merged_into=winner.id)
    with pytest.raises(Refused, match=code):
        merges.merge(tx, winner, other, winner)


def test_only_who_was_merged_can_be_unmerged(tx: Tx) -> None:
    winner, _ = _two(tx)
    with pytest.raises(Refused, match="not_merged"):
        merges.unmerge(tx, winner.id)
