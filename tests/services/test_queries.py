"""What is read: lists, counts, one lead with its history, a caller, the choices and the work queue."""

from __future__ import annotations

import pytest

from frontdesk.domain.lines import Filter, Sort
from frontdesk.domain.queue import Group
from frontdesk.domain.rules import Answers
from frontdesk.domain.workflow import Disposition, Role, Stage
from frontdesk.services import attempts, followups, leads, lists, queue, undo
from frontdesk.services.leads import LeadFacts
from tests.services.practice import Office, refused


@pytest.fixture
def known(office: Office) -> dict[str, int]:
    """Three leads: one new, one to call back, one lost."""
    made = {name: office.new(name, phones=(f"020 7946 000{place}",)) for place, name in enumerate(("Ann One", "Bo Two", "Cy Three"))}
    office.do(attempts.log_attempt, lead_id=made["Bo Two"], channel="call", disposition=Disposition.NO_ANSWER)
    office.do(leads.change_status, lead_id=made["Cy Three"], to="lost", answers=Answers("insurance"))
    return made


def test_lead_ids_filter_and_sort(office: Office, known: dict[str, int]) -> None:
    by_name = Sort("name", descending=False)
    assert list(office.desk.ask(lists.lead_ids, sort=by_name)) == [known["Ann One"], known["Cy Three"], known["Bo Two"]]
    assert list(office.desk.ask(lists.lead_ids, wanted=Filter(status=("lost",)), sort=by_name)) == [known["Cy Three"]]


def test_lead_ids_refuse_a_sort_that_is_not_in_the_list(office: Office) -> None:
    with refused("sort_unknown", "sort"):
        office.desk.ask(lists.lead_ids, sort=Sort("name; DROP TABLE lead"))


def test_lead_lines_come_in_the_order_asked_for(office: Office, known: dict[str, int]) -> None:
    wanted = [known["Cy Three"], known["Ann One"]]
    assert [line.id for line in office.desk.ask(lists.lead_lines, ids=wanted)] == wanted


def test_first_lines_are_the_first_of_the_list(office: Office, known: dict[str, int]) -> None:
    lines = office.desk.ask(lists.first_lines, sort=Sort("name", descending=False), limit=2)
    assert [line.id for line in lines] == [known["Ann One"], known["Cy Three"]]


def test_counts_are_those_of_the_lists_up_to_the_cap(office: Office, known: dict[str, int]) -> None:
    views = [Filter(), Filter(stage=(Stage.LOST,)), Filter(important=True)]
    assert office.desk.ask(lists.counts, views=views) == [len(known), 1, 0]
    assert office.desk.ask(lists.counts, views=views, cap=1) == [2, 1, 0]


def test_counts_by_stage_count_the_effective_stage(office: Office, known: dict[str, int]) -> None:
    found = office.desk.ask(lists.counts_by_stage)
    assert {stage: count for stage, count in found.items() if count} == {Stage.NEW: 1, Stage.FOLLOW_UP: 1, Stage.LOST: 1}


@pytest.mark.parametrize("text", ["0001", "7946 0001", "+44 20 7946 0001", "two", "bo t"])
def test_find_a_caller_by_digits_and_letters(office: Office, known: dict[str, int], text: str) -> None:
    assert [line.id for line in office.desk.ask(lists.find, text=text)][:1] == [known["Bo Two"]]


def test_find_is_not_kept_busy_by_a_pasted_page(office: Office, known: dict[str, int]) -> None:
    assert office.desk.ask(lists.find, text="x" * 100_000) == []
    assert office.desk.ask(lists.find, text="bo " * 10_000) == []


def test_person_of_is_whose_enquiry_it_is(office: Office, known: dict[str, int]) -> None:
    assert office.desk.ask(lists.person_of, lead_id=known["Bo Two"]) == office.lead(known["Bo Two"]).person_id


def test_profile_has_the_lead_its_history_and_the_other_enquiries(office: Office) -> None:
    first = office.new(facts=LeadFacts(note="asks for a weekend"))
    second = office.do(leads.create_lead, person_id=office.lead(first).person_id)
    office.clock.advance(hours=1)
    office.do(attempts.log_attempt, lead_id=first, channel="call", disposition=Disposition.LEFT_MESSAGE, note="told his wife")
    profile = office.desk.ask(lists.profile, lead_id=first)
    assert (profile.lead.id, profile.person.name, [each.id for each in profile.enquiries]) == (first, "Mia Meyer", [second])
    newest = profile.timeline[0]
    assert (newest.rule, newest.by, newest.note, newest.number) == ("attempt_wait", "Ines", "told his wife", 1)
    assert newest.follow_up == profile.lead.next_follow_up
    assert profile.timeline[-1].rule in {"created", "note_added"}


def test_profile_says_what_was_taken_back_and_what_the_system_did(office: Office) -> None:
    lead_id = office.new()
    for _ in range(6):
        office.do(attempts.log_attempt, lead_id=lead_id, channel="call", disposition=Disposition.NO_ANSWER)
    office.clock.advance(days=2)
    office.do(attempts.log_inbound, lead_id=lead_id, channel="call")
    office.do(undo.undo)
    told = office.desk.ask(lists.profile, lead_id=lead_id).timeline
    gave_up = next(each for each in told if each.rule == "attempts_exhausted")
    assert (gave_up.by, gave_up.to_status, gave_up.reason) == (None, "lost", "no_contact")
    assert [each.is_undone for each in told if each.rule == "came_back"] == [True]


def test_profile_names_the_fields_that_were_edited(office: Office) -> None:
    lead_id = office.new()
    office.do(leads.edit_lead, lead_id=lead_id, facts={"interest": "crowns"})
    assert office.desk.ask(lists.profile, lead_id=lead_id).timeline[0].edited == ("interest",)


def test_profile_of_a_lead_that_is_not_there_is_refused(office: Office) -> None:
    with refused("lead_unknown", "lead"):
        office.desk.ask(lists.profile, lead_id=77)


def test_choices_are_the_words_of_the_practice(office: Office) -> None:
    choices = office.desk.ask(lists.choices)
    assert set(choices.staff.values()) == {"Ines", "Grace", "Omar", "Ada", "Uma"}
    assert (choices.workflow.key, choices.book.practice_name, len(choices.workflows)) == ("front_desk", "Clinic", 5)


def groups(office: Office, **asked: bool) -> list[tuple[Group, int]]:
    return [(each.entry.group, each.line.id) for each in office.desk.ask(queue.work_queue, **asked)]


def test_work_queue_puts_voicemails_before_new_leads_before_follow_ups(office: Office) -> None:
    later, due, fresh, missed = (office.new(name) for name in ("Lu Later", "Di Due", "Nu New", "Vo Voice"))
    office.do(followups.set_follow_up, lead_id=due, plan=office.plan(hours=1))
    office.do(followups.set_follow_up, lead_id=later, plan=office.plan(hours=9))
    office.do(attempts.log_inbound, lead_id=missed, channel="voicemail")
    for lead_id in (due, later):
        office.do(
            leads.change_status, lead_id=lead_id, to="contacted", answers=Answers(follow_up=office.plan(hours=1 if lead_id == due else 9))
        )
    office.clock.advance(hours=2)
    assert groups(office) == [(Group.VOICEMAILS, missed), (Group.NEW, fresh), (Group.DUE, due), (Group.LATER_TODAY, later)]


def test_work_queue_of_mine_leaves_out_what_belongs_to_a_colleague(office: Office) -> None:
    lead_id = office.new(facts=LeadFacts(owner_id=office.people[Role.MANAGER].id))
    assert groups(office) == []
    assert groups(office, mine=False) == [(Group.NEW, lead_id)]


def test_work_queue_is_read_a_page_at_a_time_across_its_groups(office: Office) -> None:
    due, first, second, missed = (office.new(name) for name in ("Di Due", "Nu New", "Ne Newer", "Vo Voice"))
    office.do(attempts.log_inbound, lead_id=missed, channel="voicemail")
    office.do(leads.change_status, lead_id=due, to="contacted", answers=Answers(follow_up=office.plan(hours=1)))
    office.clock.advance(hours=2)
    pages = [[each.line.id for each in office.desk.ask(queue.work_queue, skip=skip, limit=3)] for skip in (0, 3, 4)]
    assert pages == [[missed, first, second], [due], []]


def test_a_lead_that_waits_until_tomorrow_is_in_no_group(office: Office) -> None:
    lead_id = office.new()
    office.do(attempts.log_attempt, lead_id=lead_id, channel="call", disposition=Disposition.SET_FOLLOW_UP, follow_up=office.plan(days=3))
    assert groups(office) == []
    office.clock.advance(days=2, hours=15)
    assert groups(office) == [(Group.LATER_TODAY, lead_id)]
