"""Undo and redo of every command: the exact state comes back, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from frontdesk.domain.rules import Answers
from frontdesk.domain.workflow import Disposition, Outcome, Role
from frontdesk.services import appointments, attempts, followups, imports, leads, money, people, timers, undo
from frontdesk.services.leads import LeadFacts
from frontdesk.services.people import PersonFields
from frontdesk.store import journal
from tests.services.practice import Office, conflicts, refused

LOST = Answers("price_shopping")
Act = Callable[[Office, int], Any]
Named = Mapping[str, tuple[Act, Act]]


def nothing(office: Office, lead_id: int) -> None:
    """The lead as it was created."""


def call(office: Office, lead_id: int) -> None:
    office.do(attempts.log_attempt, lead_id=lead_id, channel="call", disposition=Disposition.NO_ANSWER, note="rang out")


def lose(office: Office, lead_id: int) -> None:
    office.do(leads.change_status, lead_id=lead_id, to="lost", answers=LOST)


def call_and_lose(office: Office, lead_id: int) -> None:
    call(office, lead_id)
    lose(office, lead_id)


def plan(office: Office, lead_id: int) -> None:
    office.do(followups.set_follow_up, lead_id=lead_id, plan=office.plan(days=1))


def book(office: Office, lead_id: int) -> None:
    office.do(appointments.book_appointment, lead_id=lead_id, starts=office.clock.now + timedelta(days=3), key="A1")


def ring(office: Office, lead_id: int) -> None:
    office.do(attempts.log_inbound, lead_id=lead_id, channel="voicemail", note="please call")


def call_five_times(office: Office, lead_id: int) -> None:
    for _ in range(5):
        call(office, lead_id)


def merge(office: Office, lead_id: int) -> None:
    other = office.new("Maya Mayer", phones=("020 7946 0999",))
    office.do(people.merge_people, winner_id=office.lead(lead_id).person_id, loser_id=office.lead(other).person_id)


def merge_newest(office: Office, lead_id: int) -> None:
    winner = office.lead(lead_id).person_id
    loser = next(row["id"] for row in office.rows()["person"] if row["id"] != winner)
    office.do(people.merge_people, winner_id=winner, loser_id=loser, keep={"last_name": "loser"})


def stranger(office: Office, lead_id: int) -> None:
    office.new("Maya Mayer", phones=("020 7946 0999", "020 7946 0958"))


def unmerge(office: Office, lead_id: int) -> None:
    loser = next(row["id"] for row in office.rows()["person"] if row["merged_into"] is not None)
    office.do(people.unmerge_people, loser_id=loser)


def person(office: Office, lead_id: int) -> int:
    return office.lead(lead_id).person_id


ACTS: Named = MappingProxyType(
    {
        "create_lead": (nothing, lambda office, lead_id: office.new("New Person", facts=LeadFacts(note="first"))),
        "edit_lead": (nothing, lambda office, lead_id: office.do(leads.edit_lead, lead_id=lead_id, facts={"interest": "crowns"})),
        "created": (
            nothing,
            lambda office, lead_id: office.do(leads.edit_lead, lead_id=lead_id, facts={"created": office.clock.now - timedelta(days=9)}),
        ),
        "change_status": (call, lose),
        "change_reason": (
            call_and_lose,
            lambda office, lead_id: office.do(leads.change_status, lead_id=lead_id, to="lost", answers=Answers("insurance")),
        ),
        "change_status_of_many": (
            nothing,
            lambda office, lead_id: office.do(
                leads.change_status_of_many,
                chosen=[(row["id"], None) for row in office.rows()["lead"]],
                to="procedure_completed",
                answers=Answers(),
                revenues={lead_id: 5_00},
            ),
        ),
        "log_attempt": (nothing, call),
        "last_attempt": (call_five_times, call),
        "uncounted": (call, lambda office, lead_id: office.do(attempts.log_attempt, lead_id=lead_id, channel="text")),
        "log_inbound": (call, ring),
        "came_back": (call_and_lose, ring),
        "settle_contact": (ring, lambda office, lead_id: office.do(attempts.settle_contact, lead_id=lead_id)),
        "set_follow_up": (nothing, plan),
        "moved_follow_up": (plan, lambda office, lead_id: office.do(followups.set_follow_up, lead_id=lead_id, plan=office.plan(days=2))),
        "cancel_follow_up": (plan, lambda office, lead_id: office.do(followups.cancel_follow_up, lead_id=lead_id)),
        "book_appointment": (call, book),
        "move_appointment": (
            book,
            lambda office, lead_id: office.do(appointments.move_appointment, lead_id=lead_id, starts=office.clock.now + timedelta(days=5)),
        ),
        "cancel_appointment": (book, lambda office, lead_id: office.do(appointments.cancel_appointment, lead_id=lead_id)),
        "mark_no_show": (book, lambda office, lead_id: office.do(appointments.mark_no_show, lead_id=lead_id)),
        "mark_attended": (book, lambda office, lead_id: office.do(appointments.mark_attended, lead_id=lead_id)),
        "record_revenue": (book, lambda office, lead_id: office.do(money.record_revenue, lead_id=lead_id, amount=9_00)),
        "record_invoice": (book, lambda office, lead_id: office.do(money.record_invoice, lead_id=lead_id, amount=9_00, key="A1")),
        "record_enrolment": (nothing, lambda office, lead_id: office.do(money.record_enrolment, lead_id=lead_id, number="E1")),
        "reopen": (call_and_lose, lambda office, lead_id: office.do(leads.reopen, lead_id=lead_id)),
        "assign": (
            nothing,
            lambda office, lead_id: office.do(leads.assign, chosen=[(lead_id, None)], owner_id=office.people[Role.MANAGER].id),
        ),
        "transfer": (
            nothing,
            lambda office, lead_id: office.do(leads.transfer, lead_id=lead_id, to_person=office.people[Role.MANAGER].id, note="yours"),
        ),
        "mark_important": (nothing, lambda office, lead_id: office.do(leads.mark_important, lead_id=lead_id, important=True)),
        "add_note": (nothing, lambda office, lead_id: office.do(leads.add_note, lead_id=lead_id, note="hello")),
        "mark_duplicate": (
            lambda office, lead_id: office.new("Mia Meier"),
            lambda office, lead_id: office.do(
                leads.mark_duplicate, lead_id=lead_id, of=next(row["id"] for row in office.rows()["lead"] if row["id"] != lead_id)
            ),
        ),
        "edit_person": (
            nothing,
            lambda office, lead_id: office.do(
                people.edit_person,
                person_id=person(office, lead_id),
                fields=PersonFields("Mia", "Major", ("020 7946 0111",), ("mia@example.com",), postal_code="N1"),
            ),
        ),
        "set_wishes": (
            nothing,
            lambda office, lead_id: office.do(people.set_wishes, person_id=person(office, lead_id), do_not_call=True, no_marketing=True),
        ),
        "merge_people": (stranger, merge_newest),
        "unmerge_people": (merge, unmerge),
    }
)


@pytest.mark.parametrize("name", ACTS)
def test_undo_and_redo_restore_the_exact_state(office: Office, name: str) -> None:
    prepare, act = ACTS[name]
    lead_id = office.new("Mia Meyer", phones=("020 7946 0958",))
    prepare(office, lead_id)
    before = office.rows()
    office.clock.advance(minutes=5)
    act(office, lead_id)
    after = office.rows()
    assert after != before
    office.clock.advance(minutes=5)
    office.do(undo.undo)
    assert office.rows() == before
    office.do(undo.redo)
    assert office.rows() == after
    office.do(undo.undo)
    assert office.rows() == before


def test_undo_goes_back_fifty_steps_and_redo_forward_again(office: Office) -> None:
    lead_id = office.new()
    states = [office.rows()]
    for step in range(50):
        office.clock.advance(minutes=1)
        if step % 3:
            office.do(leads.add_note, lead_id=lead_id, note=f"note {step}")
        else:
            office.do(leads.edit_lead, lead_id=lead_id, facts={"interest": f"wish {step}"})
        states.append(office.rows())
    for state in reversed(states[:-1]):
        office.do(undo.undo)
        assert office.rows() == state
    for _ in states[1:]:
        office.do(undo.redo)
    assert office.rows() == states[-1]


def test_undo_names_the_rule_and_the_leads_that_it_touched(office: Office) -> None:
    lead_id = office.new()
    lose(office, lead_id)
    undone = office.do(undo.undo)
    assert (undone.rule, undone.lead_ids) == ("status_chosen", (lead_id,))


def test_undo_takes_back_only_what_this_person_did(office: Office) -> None:
    lead_id = office.new()
    grace = office.desk_of(Role.RECEPTIONIST)
    grace.do(leads.add_note, lead_id=lead_id, note="mine")
    with refused("nothing_to_undo"):
        office.desk_of(Role.CALL_CENTRE).do(undo.undo)
    grace.do(undo.undo)
    with refused("nothing_to_undo"):
        grace.do(undo.undo)


def test_undo_of_a_named_change_takes_back_that_one(office: Office) -> None:
    lead_id = office.new()
    first = office.desk.do(leads.mark_important, lead_id=lead_id, important=True).change
    office.do(leads.add_note, lead_id=lead_id, note="later")
    office.do(undo.undo, change=first)
    assert not office.lead(lead_id).important
    with conflicts("already_undone"):
        office.do(undo.undo, change=first)
    with refused("nothing_to_undo"):
        office.do(undo.undo, change=12345)


def test_undo_is_a_conflict_once_somebody_else_changed_the_lead(office: Office) -> None:
    lead_id = office.new()
    lose(office, lead_id)
    office.desk_of(Role.MANAGER).do(leads.mark_important, lead_id=lead_id, important=True)
    before = office.rows()
    with conflicts("changed_since"):
        office.do(undo.undo)
    assert office.rows() == before


def test_an_import_is_undone_in_its_turn_and_hands_itself_back(office: Office, tmp_path: Path) -> None:
    lead_id = office.new()
    brought = read_in(office, tmp_path)
    office.clock.advance(minutes=1)
    office.do(leads.mark_important, lead_id=lead_id, important=True)
    assert office.do(undo.undo).rule == "marked"
    before = office.rows()
    found = office.do(undo.undo)
    assert (found.id, found.file_name, office.rows()) == (brought, "leads.csv", before)
    imports.undo_import(office.desk, found.id)
    assert office.do(undo.undo).lead_ids == (lead_id,)


def test_an_import_of_somebody_else_is_not_this_persons_to_undo(office: Office, tmp_path: Path) -> None:
    read_in(office, tmp_path)
    with refused("nothing_to_undo"):
        office.desk_of(Role.RECEPTIONIST).do(undo.undo)


def test_an_import_that_was_taken_back_last_is_not_done_again(office: Office, tmp_path: Path) -> None:
    lead_id = office.new()
    office.do(leads.mark_important, lead_id=lead_id, important=True)
    office.do(undo.undo)
    office.clock.advance(minutes=1)
    imports.undo_import(office.desk, read_in(office, tmp_path))
    with refused("import_not_redoable"):
        office.do(undo.redo)
    office.clock.advance(minutes=1)
    office.do(leads.mark_important, lead_id=lead_id, important=True)
    with refused("nothing_to_redo"):
        office.do(undo.redo)
    office.do(undo.undo)
    assert office.do(undo.redo).rule == "marked"


def test_redo_is_gone_once_something_else_was_changed(office: Office) -> None:
    lead_id = office.new()
    lose(office, lead_id)
    office.do(undo.undo)
    office.do(leads.add_note, lead_id=lead_id, note="instead")
    with refused("nothing_to_redo"):
        office.do(undo.redo)


def test_an_auditor_can_undo_and_redo_nothing(office: Office) -> None:
    lead_id = office.new()
    change = office.desk.do(leads.mark_important, lead_id=lead_id, important=True).change
    auditor = office.desk_of(Role.AUDITOR)
    for asked in ({}, {"change": change}):
        with refused("role_not_allowed", "role"):
            auditor.do(undo.undo, **asked)
    with refused("role_not_allowed", "role"):
        auditor.do(undo.redo)


def read_in(office: Office, folder: Path) -> int:
    """Two leads from a file; the number of the import."""
    path = folder / "leads.csv"
    path.write_text("Name,Phone\nNoah Park,020 7946 0144\nAda Low,020 7946 0145\n", encoding="utf-8")
    brought = imports.run(office.desk, imports.prepare(office.desk, path, imports.Wishes())).import_id
    assert brought is not None
    return brought


def given_up(office: Office) -> int:
    """A lead that the clock of the default workflow has closed."""
    lead_id = office.new()
    call_five_times(office, lead_id)
    call(office, lead_id)
    office.clock.advance(hours=24)
    assert office.do(timers.apply_due) == 1
    assert office.lead(lead_id).outcome is Outcome.LOST
    return lead_id


def test_undo_of_a_timer_opens_the_lead_and_it_does_not_fire_again(office: Office) -> None:
    lead_id = given_up(office)
    (change,) = {line.change for line in office.desk.ask(journal.timeline, lead_id) if line.rule == "attempts_exhausted"}
    office.do(undo.undo, change=change)
    lead = office.lead(lead_id)
    assert (lead.status, lead.outcome, lead.attempts, lead.timer_due) == ("attempting", Outcome.OPEN, 6, None)
    office.clock.advance(days=30)
    assert office.do(timers.apply_due) == 0


def test_undo_without_a_change_leaves_what_a_timer_did(office: Office) -> None:
    lead_id = given_up(office)
    with conflicts("changed_since"):
        office.do(undo.undo)
    assert office.lead(lead_id).outcome is Outcome.LOST


def test_a_clock_that_was_taken_back_runs_again_after_the_next_attempt(office: Office) -> None:
    lead_id = given_up(office)
    (change,) = {line.change for line in office.desk.ask(journal.timeline, lead_id) if line.rule == "attempts_exhausted"}
    office.do(undo.undo, change=change)
    call(office, lead_id)
    office.clock.advance(hours=24)
    assert office.do(timers.apply_due) == 1
    assert office.lead(lead_id).outcome is Outcome.LOST
