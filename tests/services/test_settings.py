"""The practice's settings, its opening hours, and changing from one workflow to another."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from itertools import permutations

import pytest
from msgspec.structs import replace

from frontdesk.domain.rules import Answers
from frontdesk.domain.workflow import Outcome, Role, Stage
from frontdesk.services import appointments, attempts, followups, leads, settings, undo
from frontdesk.services.practices import PRESETS, preset
from frontdesk.store import histories, workflows
from frontdesk.store.engine import Database
from tests.services.practice import Clock, Office, begin, refused


def test_book_has_the_defaults_of_the_country(office: Office) -> None:
    book = office.desk.ask(settings.book)
    assert (book.practice_name, book.country, book.currency, book.workflow) == ("Clinic", "GB", "GBP", "front_desk")


def test_change_settings_changes_those_and_no_others(office: Office) -> None:
    before = office.desk.ask(settings.book)
    office.do(settings.change_settings, values={"practice_name": "Smile", "backup_keep": 7})
    assert office.desk.ask(settings.book) == dataclasses.replace(before, practice_name="Smile", backup_keep=7)


def test_change_settings_can_be_taken_back(office: Office) -> None:
    before = office.rows()
    office.do(settings.change_settings, values={"practice_name": "Smile"})
    office.do(undo.undo)
    assert office.rows() == before


@pytest.mark.parametrize(
    ("values", "code"),
    [({"nonsense": 1}, "setting_unknown"), ({"backup_keep": 0}, "setting_not_valid"), ({"backup_keep": "many"}, "setting_not_valid")],
)
def test_change_settings_refuses_what_is_not_valid(office: Office, values: dict[str, object], code: str) -> None:
    before = office.rows()
    with refused(code, next(iter(values))):
        office.do(settings.change_settings, values=values)
    assert office.rows() == before


def test_location_is_the_office_that_set_up_made(office: Office) -> None:
    location = office.desk.ask(settings.location)
    assert (location.name, location.zone, location.country) == ("Clinic", "UTC", "GB")


def test_opening_hours_are_those_of_the_office(office: Office) -> None:
    assert office.desk.ask(settings.opening_hours).is_open(office.clock.now)


def test_change_location_changes_zone_hours_and_holidays(office: Office) -> None:
    before = office.desk.ask(settings.location)
    after = replace(before, zone="Europe/London", hours={"mon": [["10:00", "12:00"]]}, holidays=("2026-03-09",))
    office.do(settings.change_location, after=after)
    hours = office.desk.ask(settings.opening_hours)
    assert [hours.is_open(datetime(2026, 3, day, 11, tzinfo=UTC)) for day in (2, 3, 9)] == [True, False, False]


def test_change_location_refuses_hours_that_cannot_be(office: Office) -> None:
    before = office.desk.ask(settings.location)
    with refused("zone_unknown", "time_zone"):
        office.do(settings.change_location, after=replace(before, zone="Mars/Base"))
    with refused("setting_unknown", "location"):
        office.do(settings.change_location, after=replace(before, id=77))
    assert office.desk.ask(settings.location) == before


def test_workflows_known_are_all_presets(office: Office) -> None:
    assert [each.key for each in office.desk.ask(settings.workflows_known)] == list(PRESETS)


def worked(office: Office) -> list[int]:
    """A lead in every stage that the workflow can reach by hand or by the appointment book, one of them with an open follow-up."""
    workflow = office.desk.ask(workflows.active)
    ids = []
    for number, status in enumerate(workflow.statuses.values()):
        lead_id = office.new(f"Person {number}")
        if status.by_hand and status.key != workflow.initial:
            reasons = [each for each in workflow.reasons.values() if status.reasons in each.lists and not each.system_only]
            reason = next((each.key for each in reasons if not each.needs_note and not each.needs_attempts), None)
            to_person = office.people[Role.MANAGER].id
            answers = Answers(reason if status.reasons else None, "a note", to_person, verified=True)
            office.do(leads.change_status, lead_id=lead_id, to=status.key, answers=answers)
        if office.lead(lead_id).is_open:
            office.do(followups.set_follow_up, lead_id=lead_id, plan=office.plan(days=1))
        ids.append(lead_id)
    return ids


@pytest.mark.parametrize(("old", "new"), list(permutations(PRESETS, 2)))
def test_proposed_map_and_use_workflow_take_every_preset_to_every_other(local_database: Database, clock: Clock, old: str, new: str) -> None:
    office = begin(local_database, clock, old)
    ids = worked(office)
    before = office.rows()
    used = office.desk.ask(workflows.used_statuses, old)
    mapping = settings.proposed_map(preset(old), preset(new), used)
    assert mapping.keys() == used.keys()
    assert office.do(settings.use_workflow, key=new, mapping=mapping) == len(ids)
    for lead_id in ids:
        case = office.case(lead_id)
        assert case.lead.workflow == new
        assert case.lead.outcome is Outcome.OPEN or case.follow_up is None
        assert (case.follow_up.due if case.follow_up else None) == case.lead.next_follow_up
        office.do(leads.add_note, lead_id=lead_id, note="still works")
        office.do(undo.undo)
    office.do(undo.undo)
    assert office.rows() == before


def test_use_workflow_is_one_change_that_undo_takes_back(office: Office) -> None:
    worked(office)
    before = office.rows()
    used = office.desk.ask(workflows.used_statuses, "front_desk")
    mapping = settings.proposed_map(preset("front_desk"), preset("sales_funnel"), used)
    office.do(settings.use_workflow, key="sales_funnel", mapping=mapping)
    assert office.desk.ask(settings.book).workflow == "sales_funnel"
    assert office.lead(office.new("Late Comer")).workflow == "sales_funnel"
    office.do(undo.undo)
    office.do(undo.undo)
    assert office.rows() == before


def test_use_workflow_ends_the_follow_up_of_a_lead_that_it_closes(office: Office) -> None:
    lead_id = office.new()
    office.do(followups.set_follow_up, lead_id=lead_id, plan=office.plan(days=1))
    office.do(settings.use_workflow, key="sales_funnel", mapping={"new": "not_qualified"})
    case = office.case(lead_id)
    assert (case.lead.stage, case.follow_up, case.lead.next_follow_up) == (Stage.NOT_QUALIFIED, None, None)


def test_use_workflow_raises_the_furthest_stage_and_sets_the_stamp_of_a_stage_that_is_new_to_the_lead(office: Office) -> None:
    lead_id = office.new()
    office.do(settings.use_workflow, key="sales_funnel", mapping={"new": "scheduled"})
    lead = office.lead(lead_id)
    assert (lead.stage, lead.furthest, lead.stamps.booked) == (Stage.BOOKED, Stage.BOOKED, office.clock.now)


def test_use_workflow_writes_into_the_history_of_every_lead(office: Office) -> None:
    lead_id = office.new()
    office.do(settings.use_workflow, key="appointment_led", mapping={"new": "lead"})
    assert [each.to_status for each in office.desk.ask(histories.status_changes, lead_id)] == ["new", "lead"]


def test_use_workflow_refuses_a_map_that_forgets_a_used_status(office: Office) -> None:
    office.do(attempts.log_attempt, lead_id=office.new(), channel="call")
    lead_id = office.new()
    office.do(appointments.book_appointment, lead_id=lead_id, starts=office.plan(days=1).due)
    before = office.rows()
    with refused("map_incomplete", "map"):
        office.do(settings.use_workflow, key="sales_funnel", mapping={"attempting": "follow_up"})
    assert office.rows() == before


@pytest.mark.parametrize(
    ("key", "mapping", "code", "field"),
    [
        ("front_desk", {}, "already_in_use", "workflow"),
        ("nonsense", {}, "workflow_unknown", "workflow"),
        ("sales_funnel", {"new": "nowhere"}, "status_unknown", "map"),
    ],
)
def test_use_workflow_refuses_what_is_not_there(office: Office, key: str, mapping: dict[str, str], code: str, field: str) -> None:
    office.new()
    before = office.rows()
    with refused(code, field):
        office.do(settings.use_workflow, key=key, mapping=mapping)
    assert office.rows() == before
