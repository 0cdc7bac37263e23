"""Lists of leads: filters, order, pages and counts, compared with what Python makes of the same leads."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from msgspec.structs import replace

from frontdesk.domain import rules
from frontdesk.domain.lines import SORTS, Filter, Sort
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Case
from frontdesk.domain.workflow import Disposition, Outcome, Stage
from frontdesk.store import cases, leads, lists, people, sources
from frontdesk.store.tx import Tx
from tests.store.practices import MONDAY, Practice, enquiry, occasion, open_practice, person

NAMES = ("Ada", "Bela", "Cem", "Dana", "Emre", "Fay", "Gus", "Hana")


@pytest.fixture
def practice(tx: Tx) -> Practice:
    return open_practice(tx)


@pytest.fixture
def made(tx: Tx, practice: Practice) -> list[Case]:
    """Thirty leads in many states."""
    chance = random.Random(7)
    source = sources.get_or_create(tx, "Website")
    return [_lead(tx, practice, chance, place, source) for place in range(30)]


def _lead(tx: Tx, practice: Practice, chance: random.Random, place: int, source: int) -> Case:
    at = MONDAY - timedelta(hours=chance.randrange(1000))
    case = enquiry(tx, practice, person(chance.choice(NAMES), "Kim", phones=(f"0532 123 4{place:03}",)), at=at)
    owner = chance.choice((None, practice.grace.id, practice.omar.id))
    lead = leads.save(
        tx, case.lead, replace(case.lead, owner_id=owner, important=chance.random() < 0.3, source_id=chance.choice((None, source)))
    )
    case = replace(case, lead=lead)
    if chance.random() < 0.6:
        case = cases.apply(tx, case, rules.attempt(case, occasion(tx, practice), channel="call", disposition=Disposition.NO_ANSWER))
    if chance.random() < 0.3:
        case = cases.apply(tx, case, rules.choose_status(case, occasion(tx, practice), "lost", rules.Answers(reason="insurance")))
    return case


def ids(tx: Tx, which: Filter, sort: Sort = Sort()) -> list[int]:  # noqa: B008 - a frozen record
    return list(lists.lead_ids(tx, which, sort))


@pytest.mark.parametrize(
    "which",
    [
        Filter(outcome=(Outcome.OPEN,)),
        Filter(outcome=(Outcome.LOST, Outcome.WON)),
        Filter(stage=(Stage.NEW,)),
        Filter(status=("attempting", "lost")),
        Filter(important=True),
        Filter(important=False, outcome=(Outcome.OPEN,)),
        Filter(owner=(None,)),
        Filter(source=(None,)),
        Filter(reason=("insurance",)),
        Filter(created_from=MONDAY - timedelta(hours=500), created_to=MONDAY - timedelta(hours=100)),
        Filter(next_follow_up_to=MONDAY + timedelta(hours=5)),
        Filter(archived=True),
        Filter(pending=True),
    ],
)
def test_a_filter_shows_exactly_the_leads_it_describes(tx: Tx, made: list[Case], which: Filter) -> None:
    expected = {case.lead.id for case in made if _passes(case, which)}
    assert set(ids(tx, which)) == expected


def _passes(case: Case, which: Filter) -> bool:
    lead = case.lead
    stamps = {"created": lead.stamps.created, "next_follow_up": lead.next_follow_up}
    given = {
        "owner": lead.owner_id,
        "source": lead.source_id,
        "stage": lead.stage,
        "status": lead.status,
        "outcome": lead.outcome,
        "reason": lead.reason,
    }
    chosen = all(not getattr(which, name) or value in getattr(which, name) for name, value in given.items())
    flags = all(getattr(which, name) in (None, getattr(lead, name)) for name in ("important", "pending")) and not which.archived
    for name, at in stamps.items():
        start, end = getattr(which, f"{name}_from"), getattr(which, f"{name}_to")
        chosen = chosen and (start is None or (at is not None and at >= start)) and (end is None or (at is not None and at < end))
    return chosen and flags


@pytest.mark.parametrize("owners", [("grace",), ("grace", "omar"), ("grace", None)])
def test_owners_are_chosen_by_id_with_nobody_among_them(
    tx: Tx, practice: Practice, made: list[Case], owners: tuple[str | None, ...]
) -> None:
    wanted = tuple(getattr(practice, name).id if name else None for name in owners)
    assert set(ids(tx, Filter(owner=wanted))) == {case.lead.id for case in made if case.lead.owner_id in wanted}


@pytest.mark.parametrize("by", SORTS)
@pytest.mark.parametrize("descending", [False, True])
def test_every_sort_gives_every_lead_once_and_the_first_ones_agree(tx: Tx, made: list[Case], by: str, descending: bool) -> None:
    sort = Sort(by, descending)
    whole = ids(tx, Filter(), sort)
    assert sorted(whole) == sorted(case.lead.id for case in made)
    assert [line.id for line in lists.first(tx, Filter(), sort, 7)] == whole[:7]


@pytest.mark.parametrize("descending", [False, True])
def test_what_has_no_follow_up_comes_last_either_way(tx: Tx, made: list[Case], descending: bool) -> None:
    due = [line.next_follow_up for line in lists.first(tx, Filter(), Sort("next_follow_up", descending), 50)]
    known = [each for each in due if each is not None]
    assert due == sorted(known, reverse=descending) + [None] * (len(due) - len(known))


def test_names_are_sorted_without_accents_last_name_first(tx: Tx, practice: Practice) -> None:
    made = [enquiry(tx, practice, person(*name)) for name in (("Zoe", "Abel"), ("Ada", "Öz"), ("Bo", "Olsen"), ("Çem", "Abel"))]
    assert ids(tx, Filter(), Sort("name", descending=False)) == [made[place].lead.id for place in (3, 0, 2, 1)]


def test_a_new_name_moves_all_leads_of_the_person(tx: Tx, practice: Practice) -> None:
    zoe, ada = (enquiry(tx, practice, person(name, "Kim")) for name in ("Zoe", "Ada"))
    someone = people.get(tx, zoe.lead.person_id)
    people.save(tx, someone, replace(someone, first_name="Aaron"))
    again = enquiry(tx, practice, someone)
    tx.finish(None)
    assert ids(tx, Filter(), Sort("name", descending=False)) == [zoe.lead.id, again.lead.id, ada.lead.id]


def test_a_sort_that_is_not_on_the_list_is_refused(tx: Tx) -> None:
    with pytest.raises(Refused, match="sort_unknown"):
        ids(tx, Filter(), Sort("id; drop table lead"))


def test_text_finds_leads_by_name_or_number(tx: Tx, practice: Practice) -> None:
    case = enquiry(tx, practice, person("Yusuf", "Demir", phones=("0532 999 88 77",)))
    tx.finish(None)
    assert ids(tx, Filter(text="demir")) == ids(tx, Filter(text="8877")) == [case.lead.id]
    assert ids(tx, Filter(text="nobody at all")) == []


def test_a_line_says_what_the_lead_and_the_person_are(tx: Tx, practice: Practice) -> None:
    case = enquiry(tx, practice, person("Grace", "Kim", phones=("0532 123 45 67", "0212 555 00 11"), emails=("Grace@Example.org",)))
    (line,) = lists.lines(tx, [case.lead.id])
    assert (line.name, line.phones, line.emails) == ("Grace Kim", ("0532 123 45 67", "0212 555 00 11"), ("grace@example.org",))
    assert (line.status, line.stage, line.outcome, line.created, line.revenue) == ("new", Stage.NEW, Outcome.OPEN, MONDAY, 0)
    assert set(line._fields) >= {"owner_id", "source_id", "attempts", "next_follow_up", "reason", "important"}


def test_lines_come_in_the_order_of_their_ids(tx: Tx, made: list[Case]) -> None:
    wanted = [made[5].lead.id, made[2].lead.id, 77, made[9].lead.id]
    assert [line.id for line in lists.lines(tx, wanted)] == [wanted[0], wanted[1], wanted[3]]


def test_counts_stop_at_the_cap(tx: Tx, made: list[Case]) -> None:
    assert (lists.count(tx, Filter()), lists.count(tx, Filter(), cap=10)) == (30, 11)


def test_counts_by_stage_and_status_agree_with_the_leads(tx: Tx, made: list[Case]) -> None:
    by_stage = lists.counts_by_stage(tx)
    assert by_stage == {stage: sum(case.lead.stage is stage for case in made) for stage in Stage}
    by_status = lists.counts_by_status(tx, "front_desk", ("new", "attempting", "lost"))
    assert by_status == {status: sum(case.lead.status == status for case in made) for status in ("new", "attempting", "lost")}


def test_an_archived_lead_is_only_in_the_archive(tx: Tx, practice: Practice) -> None:
    case = enquiry(tx, practice)
    leads.save(tx, case.lead, replace(case.lead, archived_at=MONDAY))
    assert (ids(tx, Filter()), ids(tx, Filter(archived=True))) == ([], [case.lead.id])
