"""Saved views, drafts, and a lead's whole form saved at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from frontdesk.domain.problems import Conflict, Refused
from frontdesk.domain.rules import Answers, Plan
from frontdesk.domain.workflow import Role
from frontdesk.services import corrections, drafts, followups, leads, lists, undo, views
from frontdesk.services.leads import LeadFacts
from frontdesk.services.people import PersonFields
from tests.services.practice import Clock, Office


@pytest.fixture
def lead(office: Office) -> int:
    """One lead."""
    person = PersonFields("Grace", "Kim", ("+12535550110",))
    found: int | None = office.desk.do(leads.create_lead, person=person, facts=LeadFacts(interest="Veneers")).value
    assert found is not None
    return found


def correct(office: Office, lead_id: int, **versions: int) -> None:
    person = PersonFields("Grace", "Kim-Lee", ("+12535550110",))
    facts = LeadFacts(interest="Implants", owner_id=office.desk.who.id, important=True)
    office.desk.do(corrections.correct_lead, lead_id=lead_id, person=person, facts=facts, do_not_call=True, no_marketing=False, **versions)


def test_save_view_keeps_a_list_and_saved_views_gives_it_back(office: Office) -> None:
    office.desk.do(views.save_view, label=" Important ", wanted="{}")
    assert [(each.label, each.filter) for each in office.desk.ask(views.saved_views)] == [("Important", "{}")]


def test_save_view_renames_the_one_it_is_given(office: Office) -> None:
    kept = office.desk.do(views.save_view, label="Important", wanted="{}").value
    office.desk.do(views.save_view, label="Stars", wanted="{}", view_id=kept)
    assert [each.label for each in office.desk.ask(views.saved_views)] == ["Stars"]


def test_saved_views_are_ones_own(office: Office) -> None:
    office.desk.do(views.save_view, label="Important", wanted="{}")
    assert office.desk_of(Role.RECEPTIONIST).ask(views.saved_views) == ()


def test_remove_view_takes_it_away_and_undo_brings_it_back(office: Office) -> None:
    kept = office.desk.do(views.save_view, label="Important", wanted="{}").value
    office.desk.do(views.remove_view, view_id=kept)
    assert office.desk.ask(views.saved_views) == ()
    office.desk.do(undo.undo)
    assert len(office.desk.ask(views.saved_views)) == 1


def test_save_view_needs_a_name(office: Office) -> None:
    with pytest.raises(Refused, match="label_needed"):
        office.desk.do(views.save_view, label="  ", wanted="{}")


def test_remove_view_refuses_one_that_is_gone(office: Office) -> None:
    with pytest.raises(Refused, match="view_unknown"):
        office.desk.do(views.remove_view, view_id=1)


def test_keep_draft_is_given_back_by_drafts_to_the_same_person_only(office: Office) -> None:
    office.desk.do(drafts.keep_draft, form="note", subject="lead:1", texts={"note": "Asked about"})
    asked = {"forms": ["note", "details"], "subject": "lead:1"}
    assert office.desk.ask(drafts.drafts, **asked) == {"note": {"note": "Asked about"}}
    assert office.desk_of(Role.MANAGER).ask(drafts.drafts, **asked) == {}


def test_keep_draft_of_nothing_is_no_draft(office: Office) -> None:
    office.desk.do(drafts.keep_draft, form="note", subject="lead:1", texts={"note": "Asked"})
    office.desk.do(drafts.keep_draft, form="note", subject="lead:1", texts={"note": "  "})
    assert office.desk.ask(drafts.drafts, forms=["note"], subject="lead:1") == {}


def test_drop_draft_forgets_it(office: Office) -> None:
    office.desk.do(drafts.keep_draft, form="note", subject="lead:1", texts={"note": "Asked"})
    office.desk.do(drafts.drop_draft, form="note", subject="lead:1")
    assert office.desk.ask(drafts.drafts, forms=["note"], subject="lead:1") == {}


def test_correct_lead_is_one_change_and_one_undo(office: Office, lead: int) -> None:
    before = office.desk.ask(lists.profile, lead_id=lead)
    correct(office, lead, version=before.lead.version, person_version=before.person.version)
    found = office.desk.ask(lists.profile, lead_id=lead)
    assert (found.person.last_name, found.person.do_not_call) == ("Kim-Lee", True)
    assert (found.lead.interest, found.lead.owner_id, found.lead.important) == ("Implants", office.desk.who.id, True)
    office.desk.do(undo.undo)
    found = office.desk.ask(lists.profile, lead_id=lead)
    assert (found.person.last_name, found.person.do_not_call, found.lead.interest, found.lead.owner_id) == ("Kim", False, "Veneers", None)


def test_correct_lead_overwrites_nobody(office: Office, lead: int) -> None:
    before = office.desk.ask(lists.profile, lead_id=lead)
    office.desk.do(leads.edit_lead, lead_id=lead, facts={"best_time": "Evenings"})
    with pytest.raises(Conflict):
        correct(office, lead, version=before.lead.version)


def test_set_follow_up_of_many_leaves_closed_leads_and_is_one_undo(office: Office, clock: Clock, lead: int) -> None:
    closed = office.desk.do(leads.create_lead, person=PersonFields("Mei", "Chen")).value
    office.desk.do(leads.change_status, lead_id=closed, to="lost", answers=Answers(reason="price_shopping"))
    plan = Plan(clock.now + timedelta(days=1))
    done = office.desk.do(followups.set_follow_up_of_many, chosen=[(lead, None), (closed, None)], plan=plan)
    assert done.value == 1
    assert office.desk.ask(lists.profile, lead_id=lead).lead.next_follow_up == plan.due
    office.desk.do(undo.undo)
    assert office.desk.ask(lists.profile, lead_id=lead).lead.next_follow_up is None


def test_a_line_of_lead_lines_says_when_the_consultation_is(office: Office, clock: Clock, lead: int) -> None:
    from frontdesk.services.appointments import book_appointment

    starts = clock.now + timedelta(days=3)
    office.desk.do(book_appointment, lead_id=lead, starts=starts)
    assert [each.appointment for each in office.desk.ask(lists.lead_lines, ids=[lead])] == [starts]


def test_every_draft_lists_what_this_person_has_not_sent_with_the_lead_it_is_about(office: Office, lead: int) -> None:
    office.desk.do(drafts.keep_draft, form="note", subject=f"lead:{lead}", texts={"note": "Asked"})
    office.desk.do(drafts.keep_draft, form="new", subject="new", texts={"phone": "555"})
    office.desk_of(Role.MANAGER).do(drafts.keep_draft, form="new", subject="new", texts={"phone": "555"})
    kept = office.desk.ask(drafts.every_draft)
    assert {(each.form, each.lead.name if each.lead else None) for each in kept} == {("note", "Grace Kim"), ("new", None)}


def test_name_of_a_lead_is_its_persons_name(office: Office, lead: int) -> None:
    assert office.desk.ask(lists.name_of, lead_id=lead) == "Grace Kim"
