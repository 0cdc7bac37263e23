"""One call at a desk: its key, its retries, what it gives back, and how few statements it sends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from frontdesk.domain.rules import Answers
from frontdesk.domain.workflow import Disposition, Role
from frontdesk.services import appointments, attempts, followups, leads, money, undo
from frontdesk.services.desk import Desk
from frontdesk.store.faults import Broken, TryAgain
from frontdesk.store.tx import Tx
from tests.services.counting import counted, statements_of
from tests.services.practice import Office, refused


def test_a_command_says_what_it_changed_and_how_to_take_it_back(office: Office) -> None:
    lead = office.lead(office.new())
    done = office.desk.do(leads.mark_important, lead_id=lead.id, important=True)
    assert {f"lead:{lead.id}", f"person:{lead.person_id}", "leads"} <= done.topics
    assert done.change is not None
    assert not done.repeated


def test_a_command_that_changes_nothing_has_nothing_to_take_back(office: Office) -> None:
    lead_id = office.new()
    assert office.desk.do(leads.mark_important, lead_id=lead_id, important=False).change is None


def test_the_same_key_a_second_time_changes_nothing(office: Office) -> None:
    lead_id = office.new()
    first = office.desk.do_once("click-1", leads.add_note, lead_id=lead_id, note="once")
    before = office.rows()
    second = office.desk.do_once("click-1", leads.add_note, lead_id=lead_id, note="once")
    assert (second.repeated, second.change, second.value) == (True, first.change, None)
    assert office.rows() == before


def test_a_key_whose_command_would_now_be_refused_is_repeated_all_the_same(office: Office) -> None:
    lead_id, answers = office.new(), Answers("insurance")
    first = office.desk.do_once("click-2", leads.change_status, lead_id=lead_id, to="lost", answers=answers)
    second = office.desk.do_once("click-2", leads.change_status, lead_id=lead_id, to="lost", answers=answers)
    assert second.repeated
    assert second.change == first.change


def test_a_refused_command_leaves_its_key_free(office: Office) -> None:
    lead_id = office.new()
    with refused("note_needed", "note"):
        office.desk.do_once("click-3", leads.add_note, lead_id=lead_id, note="")
    assert not office.desk.do_once("click-3", leads.add_note, lead_id=lead_id, note="now").repeated


def stumbling(times: int) -> Callable[..., int]:
    """A command that two desks' transactions make give in so many times."""
    runs: list[int] = []

    def command(tx: Tx, *, lead_id: int) -> int:
        leads.add_note(tx, lead_id=lead_id, note="tried")
        runs.append(len(runs))
        if len(runs) <= times:
            raise TryAgain("40001")
        return len(runs)

    return command


def test_a_transaction_that_gave_in_is_tried_three_times_more_and_leaves_one_row(office: Office) -> None:
    lead_id = office.new()
    assert office.do(stumbling(3), lead_id=lead_id) == 4
    assert [row["note"] for row in office.rows()["activity"] if row["kind"] == "note"] == ["tried"]


def test_a_transaction_that_always_gives_in_says_so_and_leaves_nothing(office: Office) -> None:
    lead_id = office.new()
    before = office.rows()
    with pytest.raises(TryAgain):
        office.do(stumbling(4), lead_id=lead_id)
    assert office.rows() == before


def test_whatever_goes_wrong_nothing_is_written(office: Office) -> None:
    lead_id = office.new()
    before = office.rows()

    def half(tx: Tx) -> None:
        leads.mark_important(tx, lead_id=lead_id, important=True)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        office.desk.do(half)
    assert office.rows() == before


def test_a_query_that_writes_is_a_bug_and_leaves_nothing(office: Office) -> None:
    lead_id = office.new()
    before = office.rows()
    with pytest.raises(Broken, match="write_in_reading"):
        office.desk.ask(leads.mark_important, lead_id=lead_id, important=True)
    assert office.rows() == before


CLICKS: dict[str, Callable[[Desk, int, Office], Any]] = {
    "create_lead": lambda desk, lead_id, office: desk.do(leads.create_lead, person=PERSON, facts=FACTS),
    "change_status": lambda desk, lead_id, office: desk.do(leads.change_status, lead_id=lead_id, to="lost", answers=Answers("insurance")),
    "log_attempt": lambda desk, lead_id, office: desk.do(
        attempts.log_attempt, lead_id=lead_id, channel="call", disposition=Disposition.NO_ANSWER, note="rang out"
    ),
    "log_inbound": lambda desk, lead_id, office: desk.do(attempts.log_inbound, lead_id=lead_id, channel="voicemail"),
    "set_follow_up": lambda desk, lead_id, office: desk.do(followups.set_follow_up, lead_id=lead_id, plan=office.plan(days=2)),
    "cancel_follow_up": lambda desk, lead_id, office: desk.do(followups.cancel_follow_up, lead_id=lead_id),
    "book_appointment": lambda desk, lead_id, office: desk.do(
        appointments.book_appointment, lead_id=lead_id, starts=office.clock.now + timedelta(days=2)
    ),
    "record_revenue": lambda desk, lead_id, office: desk.do(money.record_revenue, lead_id=lead_id, amount=5_00),
    "mark_important": lambda desk, lead_id, office: desk.do(leads.mark_important, lead_id=lead_id, important=True),
    "add_note": lambda desk, lead_id, office: desk.do(leads.add_note, lead_id=lead_id, note="hello"),
    "assign": lambda desk, lead_id, office: desk.do(leads.assign, chosen=[(lead_id, None)], owner_id=office.people[Role.MANAGER].id),
    "edit_lead": lambda desk, lead_id, office: desk.do(leads.edit_lead, lead_id=lead_id, facts={"interest": "crowns"}),
}
PERSON = leads.people.PersonFields("Zoe", "Zimmer", ("020 7946 0777",), ("zoe@example.com",))
FACTS = leads.LeadFacts(interest="implants")


@pytest.mark.parametrize("name", CLICKS)
def test_a_click_sends_few_statements(office: Office, name: str) -> None:
    lead_id = office.new(phones=("020 7946 0958",))
    office.do(followups.set_follow_up, lead_id=lead_id, plan=office.plan(days=1))
    database, sent = counted(office.database)
    desk = Desk(database, office.desk.who, office.clock)
    with database:
        found = statements_of(sent, lambda: CLICKS[name](desk, lead_id, office))
    assert len(found) <= 8, "\n".join(found)


def test_undo_of_a_click_is_a_click_too(office: Office) -> None:
    lead_id = office.new()
    office.do(leads.mark_important, lead_id=lead_id, important=True)
    database, sent = counted(office.database)
    with database:
        found = statements_of(sent, lambda: Desk(database, office.desk.who, office.clock).do(undo.undo))
    assert len(found) <= 12, "\n".join(found)
