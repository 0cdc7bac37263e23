"""The practice itself: offices, colleagues, sources, workflows, settings, views, drafts and imports as rows."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from frontdesk.domain.problems import Conflict, Refused
from frontdesk.domain.records import Campaign, Expense, Location, Revenue, Source, StaffMember
from frontdesk.domain.workflow import Role
from frontdesk.store import activities, histories, imports, leads, locations, money, settings, sources, staff, views, workflows
from frontdesk.store import tables as t
from frontdesk.store.tx import Tx
from tests.store.practices import MONDAY, enquiry, open_practice, person, preset


def test_an_office_reads_back_with_its_hours(tx: Tx) -> None:
    plain = locations.add(tx, Location(0, "Always open", "Asia/Tokyo"))
    added = locations.add(tx, Location(0, "Main", "Europe/Berlin", "DE", "BE", {"mon": [["09:00", "12:00"]]}, ("2026-12-25",)))
    assert locations.everywhere(tx) == (plain, added)
    assert not locations.hours(tx, added.id).is_open(MONDAY + timedelta(hours=5))


def test_changed_hours_count_at_once(tx: Tx) -> None:
    office = locations.add(tx, Location(0, "Main", "UTC"))
    assert locations.hours(tx, office.id).is_open(MONDAY)
    locations.save(tx, office, replace(office, hours={"tue": [["09:00", "12:00"]]}))
    assert not locations.hours(tx, office.id).is_open(MONDAY)


def test_an_office_that_is_not_there_is_a_bug(tx: Tx) -> None:
    with pytest.raises(LookupError):
        locations.hours(tx, 5)


def test_colleagues_are_found_by_name_and_changed(tx: Tx) -> None:
    added = staff.add(tx, StaffMember(0, "Zoë Kim"))
    assert (staff.find(tx, "zoe KIM"), staff.get(tx, added.id), staff.find(tx, "nobody")) == (added, added, None)
    changed = staff.save(tx, added, replace(added, role=Role.MANAGER, active=False))
    assert staff.every(tx) == (changed,)
    with pytest.raises(Refused, match="person_unknown"):
        staff.get(tx, 5)


def test_a_source_is_made_once_however_it_is_written(tx: Tx) -> None:
    first = sources.get_or_create(tx, " Google Ads ", "web")
    assert sources.get_or_create(tx, "google ads") == first
    campaign = sources.get_or_create_campaign(tx, "Spring", first)
    assert sources.get_or_create_campaign(tx, "SPRING", first) == campaign
    assert sources.get_or_create_campaign(tx, "spring", None) != campaign


def test_sources_and_campaigns_are_renamed_and_hidden(tx: Tx) -> None:
    source = sources.add(tx, Source(0, "Flyer"))
    campaign = sources.add_campaign(tx, Campaign(0, source.id, "May"))
    renamed = sources.save(tx, source, replace(source, label="Leaflet", hidden=True))
    moved = sources.save_campaign(tx, campaign, replace(campaign, label="June"))
    assert (sources.every(tx), sources.campaigns(tx), sources.find(tx, "flyer")) == ((renamed,), (moved,), None)


def test_a_workflow_reads_back_as_the_preset_it_was(tx: Tx) -> None:
    open_practice(tx)
    assert workflows.of(tx, "three_attempts") == preset("three_attempts")
    assert workflows.active(tx).key == "front_desk"
    assert [each.key for each in workflows.every(tx)] == ["front_desk", "three_attempts"]


def test_another_workflow_can_be_made_the_active_one(tx: Tx) -> None:
    open_practice(tx)
    workflows.use(tx, "three_attempts")
    workflows.use(tx, "three_attempts")
    assert workflows.active(tx).key == "three_attempts"


def test_an_edited_workflow_hides_what_it_no_longer_has(tx: Tx) -> None:
    case = enquiry(tx, open_practice(tx))
    before = workflows.of(tx, "front_desk")
    statuses = {key: status for key, status in before.statuses.items() if key != "no_show"}
    statuses["new"] = dataclasses.replace(statuses["new"], label="Fresh")
    triggers = {key: trigger for key, trigger in before.triggers.items() if trigger.to != "no_show"}
    workflows.save(tx, dataclasses.replace(before, statuses=statuses, triggers=triggers), version=workflows.version(tx, "front_desk"))
    assert workflows.of(tx, "front_desk").statuses["new"].label == "Fresh"
    assert leads.get(tx, case.lead.id).status == "new"
    with pytest.raises(Conflict):
        workflows.save(tx, before, version=1)


def test_what_leads_use_of_a_workflow_is_counted(tx: Tx) -> None:
    practice = open_practice(tx)
    enquiry(tx, practice)
    enquiry(tx, practice, person("Omar"))
    assert (workflows.used_statuses(tx, "front_desk"), workflows.used_reasons(tx, "front_desk")) == ({"new": 2}, frozenset())


@pytest.mark.parametrize("ask", [lambda tx: workflows.of(tx, "nothing"), workflows.active])
def test_without_a_workflow_there_is_nothing_to_work_by(tx: Tx, ask: Callable[[Tx], object]) -> None:
    with pytest.raises(Refused, match="workflow"):
        ask(tx)


def test_settings_keep_what_was_put(tx: Tx) -> None:
    settings.put(tx, {"currency": "TRY", "pending": True})
    settings.put(tx, {"currency": "EUR"})
    assert settings.values(tx) == {"currency": "EUR", "pending": True}


def test_saved_views_are_everybodys_or_ones_own(tx: Tx) -> None:
    practice = open_practice(tx)
    shared = views.add(tx, views.SavedView(0, None, "All", "{}"))
    mine = views.add(tx, views.SavedView(0, practice.grace.id, "Mine", "{}", position=1))
    assert (views.of(tx, practice.grace.id), views.of(tx, practice.omar.id)) == ((shared, mine), (shared,))
    renamed = views.save(tx, mine, replace(mine, label="Grace's"))
    views.remove(tx, renamed)
    assert views.of(tx, practice.grace.id) == (shared,)


def test_a_draft_is_kept_replaced_and_dropped(tx: Tx) -> None:
    grace = open_practice(tx).grace.id
    views.keep_draft(tx, grace, "new_lead", "", "Gra")
    views.keep_draft(tx, grace, "new_lead", "", "Grace")
    assert views.draft(tx, grace, "new_lead", "") == "Grace"
    views.drop_draft(tx, grace, "new_lead", "")
    assert views.draft(tx, grace, "new_lead", "") is None


def test_an_import_is_followed_from_start_to_end(tx: Tx) -> None:
    begun = imports.start(tx, imports.Import(0, "leads.csv", MONDAY))
    imports.note_change(tx, begun.id, 2)
    assert (imports.unfinished(tx), imports.changes(tx, begun.id)) == ((begun,), (tx.change,))
    ended = imports.save(tx, begun, replace(begun, state="done", ended_at=MONDAY, created=3))
    assert (imports.unfinished(tx), imports.recent(tx), imports.get(tx, begun.id)) == ((), (ended,), ended)
    with pytest.raises(Refused, match="import_unknown"):
        imports.get(tx, 5)


def test_leads_and_people_are_found_by_what_a_file_calls_them(tx: Tx) -> None:
    practice = open_practice(tx)
    begun = imports.start(tx, imports.Import(0, "leads.csv", MONDAY))
    case = enquiry(tx, practice, person("Grace", phones=("0532 123 45 67",), emails=("g@example.org",)))
    leads.save(tx, case.lead, replace(case.lead, external_key="A-1", import_id=begun.id))
    imports.add_external_id(tx, "cliniko", "person", "0042", case.lead.person_id)
    found = imports.people_by_keys(tx, ["+905321234567", "g@example.org", "else"])
    assert found == {key: [(case.lead.person_id, "grace")] for key in ("+905321234567", "g@example.org")}
    assert imports.leads_by_external_key(tx, ["A-1", "A-2"]) == {"A-1": [case.lead.id]}
    assert imports.rows_by_external_id(tx, "cliniko", "person", ["0042", "42"]) == {"0042": case.lead.person_id}
    assert imports.leads_of(tx, begun.id) == (case.lead.id,)


def test_expenses_are_kept_by_month(tx: Tx) -> None:
    source = sources.get_or_create(tx, "Website")
    spent = money.add_expense(tx, Expense(0, source, None, date(2026, 3, 1), 90000))
    money.add_expense(tx, Expense(0, source, None, date(2026, 5, 1), 10))
    assert money.expenses(tx, date(2026, 3, 1), date(2026, 4, 1)) == (spent,)


def test_a_history_has_everything_of_a_lead_and_the_persons_others(tx: Tx) -> None:
    practice = open_practice(tx)
    case = enquiry(tx, practice)
    history = histories.of_lead(tx, case.lead.id)
    other = enquiry(tx, practice, history.person)
    paid = money.add(tx, Revenue(0, case.lead.id, 500, date(2026, 3, 2)), case.lead)
    corrected = money.save(tx, paid, replace(paid, amount=700), case.lead)
    history = histories.of_lead(tx, case.lead.id)
    assert (history.case, history.person.name, history.revenues, history.others) == (case, "Grace Kim", (corrected,), (other.lead,))
    assert (len(history.activities), len(history.changes), history.follow_ups, history.appointments) == (1, 1, (), ())


def test_one_line_of_a_history_can_be_asked_for(tx: Tx) -> None:
    case = enquiry(tx, open_practice(tx))
    (line,) = activities.of_lead(tx, case.lead.id)
    assert activities.get(tx, line.id) == line
    with pytest.raises(Refused, match="activity_unknown"):
        activities.get(tx, 5)


def test_an_office_transfer_takes_the_history_along(tx: Tx) -> None:
    case = enquiry(tx, open_practice(tx))
    other = locations.add(tx, Location(0, "Second", "Asia/Tokyo"))
    leads.save(tx, case.lead, replace(case.lead, location_id=other.id))
    tables = (t.activity, t.status_change)
    assert [tx.rows(select(table.c.location_id)) for table in tables] == [[(other.id,)], [(other.id,)]]
