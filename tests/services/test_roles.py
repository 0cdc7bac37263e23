"""Who may do what: every role against every command (workflows.md, Common to all)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from frontdesk.domain.problems import Refused
from frontdesk.domain.rules import Answers
from frontdesk.domain.workflow import Role
from frontdesk.services import appointments, attempts, followups, leads, money, people, settings, undo
from frontdesk.services.people import PersonFields
from tests.services.practice import Office

WORKERS = frozenset((Role.RECEPTIONIST, Role.CALL_CENTRE, Role.MANAGER, Role.ADMINISTRATOR))
LEADERS = frozenset((Role.MANAGER, Role.ADMINISTRATOR))
Asked = Callable[[Office, int], tuple[Callable[..., Any], dict[str, Any]]]

WORK: dict[str, Asked] = {
    "create_lead": lambda office, lead_id: (leads.create_lead, {"person": PersonFields("New")}),
    "edit_lead": lambda office, lead_id: (leads.edit_lead, {"lead_id": lead_id, "facts": {"interest": "x"}}),
    "change_status": lambda office, lead_id: (leads.change_status, {"lead_id": lead_id, "to": "lost", "answers": Answers("insurance")}),
    "change_status_of_many": lambda office, lead_id: (
        leads.change_status_of_many,
        {"chosen": [(lead_id, None)], "to": "contacted", "answers": Answers()},
    ),
    "log_attempt": lambda office, lead_id: (attempts.log_attempt, {"lead_id": lead_id, "channel": "call"}),
    "log_inbound": lambda office, lead_id: (attempts.log_inbound, {"lead_id": lead_id, "channel": "call"}),
    "settle_contact": lambda office, lead_id: (attempts.settle_contact, {"lead_id": lead_id}),
    "set_follow_up": lambda office, lead_id: (followups.set_follow_up, {"lead_id": lead_id, "plan": office.plan(days=1)}),
    "book_appointment": lambda office, lead_id: (
        appointments.book_appointment,
        {"lead_id": lead_id, "starts": office.plan(days=1).due},
    ),
    "record_revenue": lambda office, lead_id: (money.record_revenue, {"lead_id": lead_id, "amount": 5}),
    "record_invoice": lambda office, lead_id: (money.record_invoice, {"lead_id": lead_id, "amount": 5}),
    "record_enrolment": lambda office, lead_id: (money.record_enrolment, {"lead_id": lead_id, "number": "E"}),
    "assign": lambda office, lead_id: (leads.assign, {"chosen": [(lead_id, None)], "owner_id": None}),
    "transfer": lambda office, lead_id: (
        leads.transfer,
        {"lead_id": lead_id, "to_person": office.people[Role.MANAGER].id, "note": "yours"},
    ),
    "mark_important": lambda office, lead_id: (leads.mark_important, {"lead_id": lead_id, "important": True}),
    "add_note": lambda office, lead_id: (leads.add_note, {"lead_id": lead_id, "note": "x"}),
    "edit_person": lambda office, lead_id: (
        people.edit_person,
        {"person_id": office.lead(lead_id).person_id, "fields": PersonFields("Other")},
    ),
    "set_wishes": lambda office, lead_id: (
        people.set_wishes,
        {"person_id": office.lead(lead_id).person_id, "do_not_call": True, "no_marketing": True},
    ),
    "merge_people": lambda office, lead_id: (
        people.merge_people,
        {"winner_id": office.lead(lead_id).person_id, "loser_id": office.lead(office.new("Two")).person_id},
    ),
    "mark_duplicate": lambda office, lead_id: (leads.mark_duplicate, {"lead_id": lead_id, "of": office.new("Two")}),
    "cancel_follow_up": lambda office, lead_id: (followups.cancel_follow_up, {"lead_id": planned(office, lead_id)}),
    "reopen": lambda office, lead_id: (leads.reopen, {"lead_id": lost(office, lead_id)}),
    "change_created": lambda office, lead_id: (leads.edit_lead, {"lead_id": lead_id, "facts": {"created": office.clock.now}}),
    "change_settings": lambda office, lead_id: (settings.change_settings, {"values": {"practice_name": "Y"}}),
    "change_location": lambda office, lead_id: (
        settings.change_location,
        {"after": replace(office.desk.ask(settings.location), name="Y")},
    ),
    "use_workflow": lambda office, lead_id: (settings.use_workflow, {"key": "sales_funnel", "mapping": {"new": "new"}}),
}
ONLY_LEADERS = frozenset(("change_created", "change_settings", "change_location", "use_workflow"))


def planned(office: Office, lead_id: int) -> int:
    office.do(followups.set_follow_up, lead_id=lead_id, plan=office.plan(days=1))
    return lead_id


def lost(office: Office, lead_id: int) -> int:
    office.do(leads.change_status, lead_id=lead_id, to="lost", answers=Answers("insurance"))
    return lead_id


@pytest.mark.parametrize("name", WORK)
def test_each_role_may_do_its_own_work_and_no_more(office: Office, name: str) -> None:
    for role in Role:
        lead_id = office.new("Some One")
        command, answers = WORK[name](office, lead_id)
        before = office.rows()
        if role in (LEADERS if name in ONLY_LEADERS else WORKERS):
            change = office.desk_of(role).do(command, **answers).change
            if name in ONLY_LEADERS and change is not None:
                office.do(undo.undo, change=change)
        else:
            with pytest.raises(Refused, match="role_not_allowed"):
                office.desk_of(role).do(command, **answers)
            assert office.rows() == before


@pytest.mark.parametrize("role", list(Role))
def test_a_status_for_the_call_centre_is_theirs_and_the_managers(office: Office, role: Role) -> None:
    office.do(settings.use_workflow, key="six_follow_ups", mapping={})
    lead_id = office.new()
    answers = {"lead_id": lead_id, "to": "consultation_cancelled_and_dnc"}
    if role in LEADERS | {Role.CALL_CENTRE}:
        office.desk_of(role).do(leads.change_status, **answers)
        assert office.case(lead_id).do_not_call
    else:
        with pytest.raises(Refused, match="role_not_allowed"):
            office.desk_of(role).do(leads.change_status, **answers)


@pytest.mark.parametrize("role", list(Role))
def test_everybody_may_look(office: Office, role: Role) -> None:
    office.new()
    assert office.desk_of(role).ask(settings.book).practice_name == "Clinic"
