"""The queue's groups from the database are those of the one definition in the domain, in its order."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from frontdesk.domain import queue, rules
from frontdesk.domain.queue import Entry, Group
from frontdesk.domain.records import Activity, ActivityKind, Case
from frontdesk.domain.workflow import Disposition
from frontdesk.store import activities, cases, leads, locations, queues
from frontdesk.store.tx import Tx
from tests.store.practices import MONDAY, Practice, enquiry, occasion, open_practice, person

NOW = MONDAY + timedelta(hours=6)
TOMORROW = datetime.fromisoformat("2026-03-03T00:00:00+03:00")


@pytest.fixture
def practice(tx: Tx) -> Practice:
    return open_practice(tx)


def expected(tx: Tx, practice: Practice, made: list[Case], whose: queues.Whose) -> list[Entry]:
    hours = locations.hours(tx, practice.location.id)
    found = []
    for lead in leads.of_ids(tx, [case.lead.id for case in made]).values():
        unsettled = activities.unsettled(tx, lead.id)
        entry = queue.entry(lead, NOW, hours, unsettled[0] if unsettled else None)
        if entry and (whose.owner is None or lead.owner_id in (None, whose.owner)):
            found.append(entry)
    return sorted(found, key=queue.key)


def listed(tx: Tx, whose: queues.Whose = queues.EVERYBODY) -> list[Entry]:
    return queues.first(tx, tuple(Group), now=NOW, end_of_day=TOMORROW, whose=whose)


@pytest.mark.parametrize("seed", range(4))
def test_the_groups_agree_with_the_definition_on_random_leads(tx: Tx, practice: Practice, seed: int) -> None:
    chance = random.Random(seed)
    made = [_random_lead(tx, practice, chance) for _ in range(40)]
    for whose in (queues.EVERYBODY, queues.Whose(practice.grace.id), queues.Whose(practice.omar.id)):
        assert listed(tx, whose) == expected(tx, practice, made, whose)
    assert {entry.group for entry in listed(tx)} >= {Group.VOICEMAILS, Group.HANDED, Group.NEW, Group.DUE}


def _random_lead(tx: Tx, practice: Practice, chance: random.Random) -> Case:
    case = enquiry(tx, practice, person("Grace", "Kim"), at=MONDAY - timedelta(hours=chance.randrange(80)))
    at = MONDAY - timedelta(minutes=chance.randrange(600))
    if chance.random() < 0.6:
        logged = rules.attempt(case, occasion(tx, practice, at=at), channel="call", disposition=chance.choice(list(Disposition)[:3]))
        case = cases.apply(tx, case, logged)
    if chance.random() < 0.2:
        case = cases.apply(tx, case, rules.choose_status(case, occasion(tx, practice, at=at), "lost", rules.Answers(reason="insurance")))
    for channel in ("voicemail", "call", "email"):
        if chance.random() < 0.15:
            came = occasion(tx, practice, at=MONDAY - timedelta(hours=chance.randrange(30)))
            case = cases.apply(tx, case, rules.inbound(case, came, channel))
    values = {"owner_id": chance.choice((None, practice.grace.id, practice.omar.id)), "important": chance.random() < 0.3}
    handed = at if chance.random() < 0.15 and case.lead.is_open else case.lead.handed_at
    lead = leads.save(tx, case.lead, replace(case.lead, handed_at=handed, pending=chance.random() < 0.1, **values))
    return replace(case, lead=lead)


@pytest.mark.parametrize("limit", [1, 2, 7, 30])
def test_the_first_are_those_of_the_whole_queue(tx: Tx, practice: Practice, limit: int) -> None:
    chance = random.Random(limit)
    for _ in range(40):
        _random_lead(tx, practice, chance)
    for whose in (queues.EVERYBODY, queues.Whose(practice.grace.id)):
        assert queues.first(tx, tuple(Group), now=NOW, end_of_day=TOMORROW, whose=whose, limit=limit) == listed(tx, whose)[:limit]


def test_only_the_groups_asked_for_are_given(tx: Tx, practice: Practice) -> None:
    chance = random.Random(1)
    for _ in range(40):
        _random_lead(tx, practice, chance)
    wanted = (Group.HANDED, Group.DUE)
    found = queues.first(tx, wanted, now=NOW, end_of_day=TOMORROW)
    assert found == [entry for entry in listed(tx) if entry.group in wanted]


def test_a_settled_voicemail_leaves_the_queue(tx: Tx, practice: Practice) -> None:
    case = enquiry(tx, practice)
    activity = activities.add(tx, Activity(0, 0, MONDAY, ActivityKind.INBOUND, "voicemail", inbound=True, unsettled=True), case.lead)
    before = [entry.group for entry in listed(tx)]
    activities.save(tx, activity, replace(activity, unsettled=False), case.lead)
    assert (before, [entry.group for entry in listed(tx)]) == ([Group.VOICEMAILS], [Group.NEW])
