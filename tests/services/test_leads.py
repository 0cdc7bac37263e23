"""Leads: entered, corrected, moved, closed, reopened, handed over and marked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from frontdesk.domain.problems import Refused
from frontdesk.domain.records import ActivityKind
from frontdesk.domain.rules import Answers
from frontdesk.domain.workflow import Disposition, Outcome, Role, Stage
from frontdesk.services import attempts, leads, money, undo
from frontdesk.services.leads import LeadFacts
from frontdesk.services.people import PersonFields
from frontdesk.store import activities
from frontdesk.store import money as stored_money
from frontdesk.store import tables as t
from tests.services.practice import Office, conflicts, refused

LOST = Answers("price_shopping")


def test_create_lead_begins_in_the_initial_status_of_the_workflow(office: Office) -> None:
    lead = office.lead(office.new("Mia Meyer", phones=("020 7946 0958",)))
    assert (lead.status, lead.stage, lead.outcome, lead.attempts) == ("new", Stage.NEW, Outcome.OPEN, 0)
    assert lead.stamps.created == lead.entered_at == office.clock.now


def test_create_lead_keeps_all_its_facts(office: Office) -> None:
    owner = office.people[Role.MANAGER].id
    facts = LeadFacts(interest="implants", estimate=120_000, best_time="mornings", owner_id=owner, important=True, external_key="X1")
    lead = office.lead(office.new(facts=facts))
    assert (lead.interest, lead.estimate, lead.best_time) == ("implants", 120_000, "mornings")
    assert (lead.owner_id, lead.important, lead.external_key) == (owner, True, "X1")


def test_an_external_id_names_one_lead(office: Office) -> None:
    first, other = office.new(facts=LeadFacts(external_key="X1")), office.new()
    before = office.rows()
    with pytest.raises(Refused, match="external_id_taken") as caught:
        office.new("Bo Two", facts=LeadFacts(external_key=" X1 "))
    assert (caught.value.field, caught.value.facts) == ("external_id", {"lead": first})
    with refused("external_id_taken", "external_id"):
        office.do(leads.edit_lead, lead_id=other, facts={"external_key": "X1"})
    assert office.rows() == before
    office.do(leads.edit_lead, lead_id=first, facts={"external_key": "X1", "interest": "crowns"})
    office.do(leads.edit_lead, lead_id=first, facts={"external_key": ""})
    office.do(leads.edit_lead, lead_id=other, facts={"external_key": "X1"})
    assert (office.lead(first).external_key, office.lead(other).external_key) == (None, "X1")


def test_create_lead_writes_its_note_into_the_history(office: Office) -> None:
    lead_id = office.new(facts=LeadFacts(note="asks for a weekend"))
    notes = [each.note for each in office.desk.ask(activities.of_lead, lead_id) if each.kind is ActivityKind.NOTE]
    assert notes == ["asks for a weekend"]


def test_create_lead_for_somebody_who_is_here_already(office: Office) -> None:
    first = office.lead(office.new())
    second = office.lead(office.do(leads.create_lead, person_id=first.person_id))
    assert second.person_id == first.person_id
    assert second.id != first.id


def test_create_lead_counts_from_the_moment_of_the_enquiry(office: Office) -> None:
    earlier = office.clock.now - timedelta(days=2)
    lead = office.lead(office.new(created=earlier, channel="email"))
    assert lead.stamps.created == earlier
    assert lead.entered_at == office.clock.now


def test_create_lead_refuses_an_enquiry_of_tomorrow(office: Office) -> None:
    before = office.rows()
    with refused("created_in_the_future", "created"):
        office.new(created=office.clock.now + timedelta(days=1))
    assert office.rows() == before


def test_create_lead_refuses_a_person_of_whom_nothing_is_known(office: Office) -> None:
    before = office.rows()
    with refused("nobody_to_save", "phone"):
        office.do(leads.create_lead, person=PersonFields())
    assert office.rows() == before


def test_create_lead_refuses_a_channel_that_is_not_in_the_list(office: Office) -> None:
    before = office.rows()
    with refused("channel_unknown", "channel"):
        office.new(channel="pigeon")
    assert office.rows() == before


def test_edit_lead_changes_what_was_given_and_nothing_else(office: Office) -> None:
    lead = office.lead(office.new(facts=LeadFacts(interest="implants", best_time="mornings")))
    office.do(leads.edit_lead, lead_id=lead.id, version=lead.version, facts={"interest": "crowns", "estimate": 90_000})
    after = office.lead(lead.id)
    assert (after.interest, after.estimate, after.best_time) == ("crowns", 90_000, "mornings")


def test_edit_lead_lets_a_manager_correct_when_the_person_first_made_contact(office: Office) -> None:
    lead_id = office.new()
    earlier = office.clock.now - timedelta(days=3)
    office.desk_of(Role.MANAGER).do(leads.edit_lead, lead_id=lead_id, facts={"created": earlier})
    assert office.lead(lead_id).stamps.created == earlier


@pytest.mark.parametrize(
    ("role", "created", "code"),
    [
        (Role.RECEPTIONIST, timedelta(days=-1), "role_not_allowed"),
        (Role.MANAGER, timedelta(days=1), "created_in_the_future"),
        (Role.MANAGER, None, "date_not_understood"),
    ],
)
def test_edit_lead_refuses_another_first_contact(office: Office, role: Role, created: timedelta | None, code: str) -> None:
    lead_id = office.new()
    wanted = "yesterday" if created is None else office.clock.now + created
    with refused(code, "created"):
        office.desk_of(role).do(leads.edit_lead, lead_id=lead_id, facts={"created": wanted})


def test_edit_lead_is_a_conflict_when_somebody_changed_it_since(office: Office) -> None:
    lead = office.lead(office.new())
    office.desk_of(Role.MANAGER).do(leads.mark_important, lead_id=lead.id, important=True)
    before = office.rows()
    with conflicts():
        office.do(leads.edit_lead, lead_id=lead.id, version=lead.version, facts={"interest": "crowns"})
    assert office.rows() == before


def test_change_status_closes_with_its_reason_and_cancels_the_follow_up(office: Office) -> None:
    lead_id = office.new()
    office.do(attempts.log_attempt, lead_id=lead_id, channel="call", disposition=Disposition.NO_ANSWER)
    office.do(leads.change_status, lead_id=lead_id, to="lost", answers=LOST)
    case = office.case(lead_id)
    assert (case.lead.status, case.lead.outcome, case.lead.reason) == ("lost", Outcome.LOST, "price_shopping")
    assert case.follow_up is None
    assert case.lead.stamps.lost == office.clock.now


@pytest.mark.parametrize(
    ("to", "answers", "code", "field"),
    [
        ("nowhere", Answers(), "status_unknown", "to"),
        ("new", Answers(), "already_there", "to"),
        ("lost", Answers(), "reason_needed", "reason"),
        ("lost", Answers("because"), "reason_unknown", "reason"),
        ("lost", Answers("no_contact"), "reason_needs_attempts", "reason"),
        ("lost", Answers("something_else"), "note_needed", "note"),
        ("invalid", Answers("spam"), "verified_needed", "verified"),
    ],
)
def test_change_status_refuses_what_is_missing_and_changes_nothing(
    office: Office, to: str, answers: Answers, code: str, field: str
) -> None:
    lead_id = office.new()
    before = office.rows()
    with refused(code, field):
        office.do(leads.change_status, lead_id=lead_id, to=to, answers=answers)
    assert office.rows() == before


def test_change_status_to_the_same_one_changes_only_the_reason(office: Office) -> None:
    lead_id = office.new()
    office.do(leads.change_status, lead_id=lead_id, to="lost", answers=LOST)
    since = office.lead(lead_id).status_since
    office.clock.advance(hours=1)
    ruling = office.do(leads.change_status, lead_id=lead_id, to="lost", answers=Answers("insurance"))
    assert ruling.rule == "reason_changed"
    assert (office.lead(lead_id).reason, office.lead(lead_id).status_since) == ("insurance", since)


def test_change_status_is_a_conflict_when_somebody_changed_it_since(office: Office) -> None:
    lead = office.lead(office.new())
    office.desk_of(Role.MANAGER).do(leads.change_status, lead_id=lead.id, version=lead.version, to="contacted")
    with conflicts():
        office.do(leads.change_status, lead_id=lead.id, version=lead.version, to="lost", answers=LOST)
    assert office.lead(lead.id).status == "contacted"


def test_change_status_of_many_is_one_change_with_revenue_for_each(office: Office) -> None:
    ids = [office.new(name) for name in ("Ann One", "Bo Two", "Cy Three")]
    chosen = [(each, office.lead(each).version) for each in ids]
    revenues = {ids[0]: 100_00, ids[2]: 250_00}
    moved = office.do(leads.change_status_of_many, chosen=chosen, to="procedure_completed", answers=Answers(), revenues=revenues)
    assert moved == 3
    assert {office.lead(each).outcome for each in ids} == {Outcome.WON}
    assert [sum(each.amount for each in office.desk.ask(stored_money.of_lead, lead_id)) for lead_id in ids] == [100_00, 0, 250_00]


def test_change_status_of_many_leaves_those_that_are_there_already(office: Office) -> None:
    ids = [office.new("Ann One"), office.new("Bo Two")]
    office.do(leads.change_status, lead_id=ids[0], to="contacted")
    assert office.do(leads.change_status_of_many, chosen=[(each, None) for each in ids], to="contacted", answers=Answers()) == 1


def test_change_status_of_many_moves_none_when_one_cannot(office: Office) -> None:
    ids = [office.new("Ann One"), office.new("Bo Two")]
    before = office.rows()
    with conflicts():
        office.do(leads.change_status_of_many, chosen=[(ids[0], None), (ids[1], 99)], to="lost", answers=LOST)
    assert office.rows() == before


def test_reopen_goes_back_to_the_status_before_and_is_due_now(office: Office) -> None:
    lead_id = office.new()
    office.do(leads.change_status, lead_id=lead_id, to="contacted")
    office.do(leads.change_status, lead_id=lead_id, to="lost", answers=LOST)
    office.do(leads.reopen, lead_id=lead_id)
    lead = office.lead(lead_id)
    assert (lead.status, lead.outcome, lead.reason, lead.next_follow_up) == ("contacted", Outcome.OPEN, None, office.clock.now)


@pytest.mark.parametrize(
    ("to", "answers", "code"), [(None, LOST, "already_open"), ("procedure_completed", Answers(), "cannot_be_reopened")]
)
def test_reopen_refuses_an_open_and_a_won_lead(office: Office, to: str | None, answers: Answers, code: str) -> None:
    lead_id = office.new()
    if to:
        office.do(leads.change_status, lead_id=lead_id, to=to, answers=answers)
    with refused(code):
        office.do(leads.reopen, lead_id=lead_id)


def test_assign_gives_leads_to_a_colleague_and_to_nobody(office: Office) -> None:
    ids = [office.new("Ann One"), office.new("Bo Two")]
    owner = office.people[Role.RECEPTIONIST].id
    office.do(leads.assign, chosen=[(each, None) for each in ids], owner_id=owner)
    assert {office.lead(each).owner_id for each in ids} == {owner}
    office.do(leads.assign, chosen=[(ids[0], None)], owner_id=None)
    assert office.lead(ids[0]).owner_id is None


def test_transfer_hands_a_lead_over_with_a_note(office: Office) -> None:
    lead_id, to = office.new(), office.people[Role.CALL_CENTRE].id
    office.do(leads.transfer, lead_id=lead_id, to_person=to, note="speaks Spanish")
    lead = office.lead(lead_id)
    assert (lead.owner_id, lead.handed_at) == (to, office.clock.now)
    assert office.desk.ask(activities.of_lead, lead_id)[-1].note == "speaks Spanish"


def test_transfer_refuses_a_closed_lead_and_a_missing_note(office: Office) -> None:
    lead_id, to = office.new(), office.people[Role.CALL_CENTRE].id
    with refused("note_needed", "note"):
        office.do(leads.transfer, lead_id=lead_id, to_person=to, note=" ")
    office.do(leads.change_status, lead_id=lead_id, to="lost", answers=LOST)
    with refused("lead_is_closed"):
        office.do(leads.transfer, lead_id=lead_id, to_person=to, note="please")


def test_mark_important_sets_and_takes_the_mark(office: Office) -> None:
    lead_id = office.new()
    office.do(leads.mark_important, lead_id=lead_id, important=True)
    assert office.lead(lead_id).important
    office.do(leads.mark_important, lead_id=lead_id, important=False)
    assert not office.lead(lead_id).important


def test_add_note_changes_nothing_but_the_history(office: Office) -> None:
    lead = office.lead(office.new())
    office.do(leads.add_note, lead_id=lead.id, note="allergic to latex")
    assert office.lead(lead.id) == lead
    assert office.desk.ask(activities.of_lead, lead.id)[-1].note == "allergic to latex"


def test_add_note_refuses_an_empty_one(office: Office) -> None:
    with refused("note_needed", "note"):
        office.do(leads.add_note, lead_id=office.new(), note=" \n")


def test_mark_duplicate_excludes_the_second_lead_of_one_enquiry(office: Office) -> None:
    first, second = office.new("Ann One"), office.new("Ann Won")
    office.do(leads.mark_duplicate, lead_id=second, of=first)
    lead = office.lead(second)
    assert (lead.outcome, lead.duplicate_of) == (Outcome.EXCLUDED, first)
    assert office.lead(first).outcome is Outcome.OPEN


def test_mark_duplicate_refuses_a_lead_of_itself(office: Office) -> None:
    lead_id = office.new()
    with refused("merge_with_self", "of"):
        office.do(leads.mark_duplicate, lead_id=lead_id, of=lead_id)


def test_a_lead_that_is_not_there_is_refused_everywhere(office: Office) -> None:
    asked = [
        (leads.change_status, {"to": "lost", "answers": LOST}),
        (leads.edit_lead, {"facts": {"interest": "x"}}),
        (leads.reopen, {}),
        (leads.mark_important, {"important": True}),
        (leads.add_note, {"note": "x"}),
        (money.record_revenue, {"amount": 5}),
        (attempts.log_attempt, {"channel": "call"}),
        (attempts.settle_contact, {}),
    ]
    for command, answers in asked:
        with refused("lead_unknown", "lead"):
            office.do(command, lead_id=12345, **answers)


def test_every_row_of_a_new_lead_says_why_it_was_written(office: Office) -> None:
    office.new(phones=("020 7946 0000",), facts=LeadFacts(note="rang at noon"))
    about = t.journal.c.lead_id.is_not(None) | t.journal.c.person_id.is_not(None)
    written = office.desk.ask(lambda tx: tx.rows(select(t.journal.c.rule).where(about)))
    assert {row[0] for row in written} == {"created", "note_added"}


def test_enter_lead_adds_a_source_and_a_campaign_that_are_new_and_finds_those_that_are_there(office: Office) -> None:
    first = office.lead(office.do(leads.enter_lead, person=PersonFields("Ann"), source="Google Ads", campaign="Spring"))
    second = office.lead(office.do(leads.enter_lead, person=PersonFields("Bo"), source="google ads", campaign="spring"))
    assert first.source_id is not None
    assert first.campaign_id is not None
    assert (second.source_id, second.campaign_id) == (first.source_id, first.campaign_id)
    assert [row["label"] for row in office.rows()["source"]] == ["Google Ads"]


def test_enter_lead_by_an_auditor_adds_nothing(office: Office) -> None:
    before = office.rows()
    with refused("role_not_allowed", "role"):
        office.desk_of(Role.AUDITOR).do(leads.enter_lead, person=PersonFields("Ann"), source="Google Ads")
    assert office.rows() == before


def test_enter_lead_is_undone_with_its_new_source(office: Office) -> None:
    before = office.rows()
    office.do(leads.enter_lead, person=PersonFields("Ann"), source="Google Ads", campaign="Spring")
    office.do(undo.undo)
    assert office.rows() == before


def test_statuses_in_use_are_those_of_the_workflow_of_new_leads(office: Office) -> None:
    assert {"new", "attempting", "lost"} <= office.desk.ask(leads.statuses_in_use)
