"""What a dialog decides, saved in one change."""

from __future__ import annotations

from datetime import date, timedelta

from frontdesk.domain.rules import Answers, Plan
from frontdesk.services import leads, lists
from frontdesk.services.decisions import Booking, Decision, decide, subjects
from frontdesk.services.undo import undo
from tests.services.practice import Office, conflicts, refused

LOST = Decision("lost", Answers("price_shopping"))


def test_subjects_are_the_leads_as_they_stand_in_the_order_asked_for(office: Office) -> None:
    first, second = office.new("Mia Meyer"), office.new("Tom Ray")
    found = office.desk.ask(subjects, ids=[second, first])
    assert [(each.case.lead.id, each.person.name, each.workflow.key) for each in found] == [
        (second, "Tom Ray", "front_desk"),
        (first, "Mia Meyer", "front_desk"),
    ]


def test_subjects_leave_out_what_has_gone_and_refuse_nothing_at_all(office: Office) -> None:
    lead_id = office.new()
    assert len(office.desk.ask(subjects, ids=[1, lead_id])) == 1
    with refused("lead_unknown", "lead"):
        office.desk.ask(subjects, ids=[1])


def test_decide_moves_one_lead(office: Office) -> None:
    lead = office.lead(office.new())
    office.do(decide, chosen=[(lead.id, lead.version)], decision=LOST)
    assert (office.lead(lead.id).status, office.lead(lead.id).reason) == ("lost", "price_shopping")


def test_decide_conflicts_when_the_lead_is_another_one_now(office: Office) -> None:
    lead = office.lead(office.new())
    office.do(leads.mark_important, lead_id=lead.id, important=True)
    with conflicts():
        office.do(decide, chosen=[(lead.id, lead.version)], decision=LOST)


def test_decide_books_the_consultation_with_the_status_and_keeps_its_note(office: Office) -> None:
    lead_id = office.new()
    booking = Booking(office.clock.now + timedelta(days=2), 45, "Dr Lowe")
    office.do(decide, chosen=[(lead_id, None)], decision=Decision("scheduled", Answers(note="Likes mornings"), booking))
    case = office.case(lead_id)
    assert (case.lead.status, [(each.minutes, each.with_whom) for each in case.appointments]) == ("scheduled", [(45, "Dr Lowe")])
    assert "Likes mornings" in [each.note for each in office.desk.ask(lists.profile, lead_id=lead_id).timeline]


def test_decide_is_one_undo_for_many_leads_with_their_revenue(office: Office) -> None:
    ids = [office.new("Mia Meyer"), office.new("Tom Ray")]
    before = office.rows()
    decision = Decision("procedure_completed", revenues={ids[1]: 90_000}, received_on=date(2026, 2, 27))
    office.do(decide, chosen=[(each, None) for each in ids], decision=decision)
    assert [office.lead(each).status for each in ids] == ["procedure_completed"] * 2
    assert [(each.amount, each.received_on) for each in office.desk.ask(lists.profile, lead_id=ids[1]).revenues] == [
        (90_000, date(2026, 2, 27))
    ]
    office.do(undo)
    assert office.rows() == before


def test_decide_leaves_those_of_many_that_are_there_already(office: Office) -> None:
    ids = [office.new("Mia Meyer"), office.new("Tom Ray")]
    office.do(leads.change_status, lead_id=ids[0], to="contacted")
    rulings = office.do(decide, chosen=[(each, None) for each in ids], decision=Decision("contacted"))
    assert [each.case.lead.id for each in rulings] == [ids[1]]


def test_decide_refuses_the_present_status_of_one_lead(office: Office) -> None:
    lead_id = office.new()
    with refused("already_there", "to"):
        office.do(decide, chosen=[(lead_id, None)], decision=Decision("new"))


def test_decide_with_the_present_status_and_a_date_sets_the_follow_up(office: Office) -> None:
    lead_id = office.new()
    plan = Plan(office.clock.now + timedelta(hours=5))
    office.do(decide, chosen=[(lead_id, None)], decision=Decision("new", Answers(follow_up=plan)))
    assert office.lead(lead_id).next_follow_up == plan.due


def test_decide_with_the_present_status_and_another_reason_changes_only_the_reason(office: Office) -> None:
    lead_id = office.new()
    office.do(decide, chosen=[(lead_id, None)], decision=LOST)
    office.do(decide, chosen=[(lead_id, None)], decision=Decision("lost", Answers("insurance")))
    assert (office.lead(lead_id).status, office.lead(lead_id).reason) == ("lost", "insurance")


def test_decide_changes_nothing_when_one_of_many_is_refused(office: Office) -> None:
    ids = [office.new("Mia Meyer"), office.new("Tom Ray")]
    with refused("reason_needed", "reason"):
        office.do(decide, chosen=[(each, None) for each in ids], decision=Decision("lost"))
    assert [office.lead(each).status for each in ids] == ["new", "new"]


def test_decide_adds_revenue_to_a_lead_that_is_won_already(office: Office) -> None:
    lead_id = office.new()
    office.do(leads.change_status, lead_id=lead_id, to="procedure_completed")
    version = office.lead(lead_id).version
    office.do(decide, chosen=[(lead_id, version)], decision=Decision("procedure_completed", revenues={lead_id: 30_000}))
    assert [each.amount for each in office.desk.ask(lists.profile, lead_id=lead_id).revenues] == [30_000]
