"""Lists sorted by several columns, and what a line says of the last contact and the place."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from frontdesk.domain import rules
from frontdesk.domain.lines import Filter, Sort
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Activity, ActivityKind, Case
from frontdesk.domain.workflow import Disposition
from frontdesk.store import activities, cases, leads, lists, sources
from frontdesk.store.tx import Tx
from tests.store.practices import MONDAY, Practice, enquiry, occasion, open_practice, person


@pytest.fixture
def practice(tx: Tx) -> Practice:
    return open_practice(tx)


@pytest.fixture
def made(tx: Tx, practice: Practice) -> list[Case]:
    """Twelve leads: two interests, three sources or none, so that many are alike in one column."""
    known = [sources.get_or_create(tx, name) for name in ("Website", "Phone", "Friends")]
    return [_lead(tx, practice, place, (*known, None)[place % 4]) for place in range(12)]


def _lead(tx: Tx, practice: Practice, place: int, source: int | None) -> Case:
    case = enquiry(tx, practice, person("Ada", "Kim", phones=(f"0532 123 4{place:03}",)), at=MONDAY - timedelta(hours=place * 7 % 12))
    changed = replace(case.lead, source_id=source, interest=("Hair", "Skin")[place % 2], owner_id=practice.grace.id if place % 3 else None)
    return replace(case, lead=leads.save(tx, case.lead, changed))


def ids(tx: Tx, sort: Sort) -> list[int]:
    return list(lists.lead_ids(tx, Filter(), sort))


def test_leads_that_are_alike_are_sorted_by_the_next_column(tx: Tx, made: list[Case]) -> None:
    sort = Sort("interest", descending=False, then=Sort("created", descending=True))
    expected = sorted(made, key=lambda case: (case.lead.interest, -case.lead.stamps.created.timestamp()))
    assert ids(tx, sort) == [case.lead.id for case in expected]


def test_three_columns_each_from_its_own_end(tx: Tx, made: list[Case]) -> None:
    sort = Sort("interest", descending=True, then=Sort("source", descending=False, then=Sort("created", descending=False)))
    names = {source.id: source.label for source in sources.every(tx)}

    def place(case: Case) -> tuple[bool, bool, str, datetime]:
        source = case.lead.source_id
        return case.lead.interest != "Skin", source is None, names.get(source or 0, ""), case.lead.stamps.created

    assert ids(tx, sort) == [case.lead.id for case in sorted(made, key=place)]


@pytest.mark.parametrize("descending", [False, True])
def test_what_has_nothing_in_the_second_column_comes_last_among_those_alike(tx: Tx, made: list[Case], descending: bool) -> None:
    found = ids(tx, Sort("interest", descending=False, then=Sort("source", descending)))
    sourced = {case.lead.id: case.lead.source_id is not None for case in made}
    assert [sourced[each] for each in found[6:]] == [True] * 3 + [False] * 3


def test_leads_without_the_first_column_are_sorted_by_the_second(tx: Tx, made: list[Case]) -> None:
    found = ids(tx, Sort("owner", descending=False, then=Sort("created", descending=False)))
    nobody = sorted((case for case in made if case.lead.owner_id is None), key=lambda case: case.lead.stamps.created)
    assert found[-len(nobody) :] == [case.lead.id for case in nobody]


@pytest.mark.parametrize("by", ["name", "created", "next_follow_up", "status", "owner"])
def test_the_first_lines_agree_with_the_whole_list_in_two_columns(tx: Tx, made: list[Case], by: str) -> None:
    sort = Sort(by, descending=False, then=Sort("source", descending=True))
    assert [line.id for line in lists.first(tx, Filter(), sort, 5)] == ids(tx, sort)[:5]


def test_the_same_column_twice_changes_nothing(tx: Tx, made: list[Case]) -> None:
    once = Sort("source", descending=False)
    assert ids(tx, dataclasses.replace(once, then=Sort("source", descending=True))) == ids(tx, once)


def test_a_second_sort_that_is_not_on_the_list_is_refused(tx: Tx) -> None:
    with pytest.raises(Refused, match="sort_unknown"):
        ids(tx, Sort("name", then=Sort("id; drop table lead")))


def test_postcodes_sort_with_those_unknown_last(tx: Tx, practice: Practice) -> None:
    made = [enquiry(tx, practice, replace(person("Ada", f"Kim{code}"), postal_code=code)) for code in ("34710", "", "34349")]
    assert ids(tx, Sort("postal_code", descending=False)) == [made[place].lead.id for place in (2, 0, 1)]
    assert [line.postal_code for line in lists.lines(tx, [case.lead.id for case in made])] == ["34710", "", "34349"]


def test_nobody_was_in_contact_with_a_lead_that_just_came(tx: Tx, practice: Practice) -> None:
    case = enquiry(tx, practice)
    assert lists.lines(tx, [case.lead.id])[0].last_contact is None


def test_an_attempt_is_a_contact_and_a_note_is_none(tx: Tx, practice: Practice) -> None:
    case = enquiry(tx, practice)
    later = MONDAY + timedelta(hours=3)
    ruling = rules.attempt(case, occasion(tx, practice, at=later), channel="call", disposition=Disposition.NO_ANSWER)
    cases.apply(tx, case, ruling)
    activities.add(tx, Activity(0, case.lead.id, later + timedelta(hours=1), ActivityKind.NOTE, note="wants a plan"), case.lead)
    assert lists.lines(tx, [case.lead.id])[0].last_contact == later
