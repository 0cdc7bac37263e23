"""Attempts, contacts, follow-ups, appointments and money: what each leaves behind on the default workflow."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from frontdesk.domain.problems import Refused
from frontdesk.domain.records import AppointmentState, Ending, FollowUpKind
from frontdesk.domain.rules import Answers, Plan
from frontdesk.domain.workflow import Disposition, Happening, Outcome, Role, Stage
from frontdesk.services import appointments, attempts, followups, leads, lists, money, people, queue
from frontdesk.store import activities, histories
from frontdesk.store import money as stored_money
from tests.services.practice import MONDAY, Office, conflicts, refused

NO_ANSWER = Disposition.NO_ANSWER


def test_log_attempt_counts_and_comes_back_after_the_wait(office: Office) -> None:
    lead_id = office.new()
    ruling = office.do(attempts.log_attempt, lead_id=lead_id, channel="call", disposition=NO_ANSWER)
    lead = office.lead(lead_id)
    assert ruling.rule == "attempt_wait"
    assert (lead.attempts, lead.status, lead.stage) == (1, "attempting", Stage.FOLLOW_UP)
    assert lead.next_follow_up == office.clock.now + timedelta(hours=4)


def test_log_attempt_keeps_who_did_it_and_the_note(office: Office) -> None:
    lead_id = office.new()
    omar = office.desk_of(Role.CALL_CENTRE)
    omar.do(attempts.log_attempt, lead_id=lead_id, channel="call", disposition=Disposition.LEFT_MESSAGE, note="wife answered")
    activity = office.desk.ask(activities.of_lead, lead_id)[-1]
    assert (activity.by, activity.note, activity.number) == (omar.who.id, "wife answered", 1)


def test_log_attempt_that_spoke_reaches_the_person(office: Office) -> None:
    lead_id = office.new()
    office.do(attempts.log_attempt, lead_id=lead_id, channel="call_answered")
    lead = office.lead(lead_id)
    assert (lead.status, lead.stamps.reached) == ("contacted", office.clock.now)


def test_log_attempt_with_a_date_sets_that_date(office: Office) -> None:
    lead_id, plan = office.new(), office.plan(days=3)
    office.do(attempts.log_attempt, lead_id=lead_id, channel="call", disposition=Disposition.SET_FOLLOW_UP, follow_up=plan)
    assert office.lead(lead_id).next_follow_up == plan.due


def test_log_attempt_by_text_counts_nothing(office: Office) -> None:
    lead_id = office.new()
    assert office.do(attempts.log_attempt, lead_id=lead_id, channel="text").rule == "uncounted_contact"
    assert (office.lead(lead_id).attempts, office.lead(lead_id).stage) == (0, Stage.NEW)


def test_log_attempt_refuses_to_call_somebody_who_asked_not_to_be_called(office: Office) -> None:
    lead = office.lead(office.new())
    office.do(people.set_wishes, person_id=lead.person_id, do_not_call=True, no_marketing=False)
    before = office.rows()
    with refused("do_not_call", "channel"):
        office.do(attempts.log_attempt, lead_id=lead.id, channel="call")
    assert office.rows() == before


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        ({"channel": "pigeon"}, "channel_unknown", "channel"),
        ({"channel": "call", "disposition": Disposition.SET_FOLLOW_UP}, "follow_up_needed", "follow_up"),
    ],
)
def test_log_attempt_refuses_what_it_cannot_count(office: Office, asked: dict[str, object], code: str, field: str) -> None:
    lead_id = office.new()
    before = office.rows()
    with refused(code, field):
        office.do(attempts.log_attempt, lead_id=lead_id, **asked)
    assert office.rows() == before


def test_log_attempt_is_a_conflict_when_somebody_called_since(office: Office) -> None:
    lead = office.lead(office.new())
    office.desk_of(Role.CALL_CENTRE).do(attempts.log_attempt, lead_id=lead.id, version=lead.version, channel="call")
    with conflicts():
        office.do(attempts.log_attempt, lead_id=lead.id, version=lead.version, channel="call")
    assert office.lead(lead.id).attempts == 1


def test_log_inbound_is_no_attempt_and_waits_to_be_settled(office: Office) -> None:
    lead_id = office.new()
    office.do(attempts.log_inbound, lead_id=lead_id, channel="voicemail", note="call me")
    assert office.lead(lead_id).attempts == 0
    assert [each.note for each in office.desk.ask(activities.unsettled, lead_id)] == ["call me"]


def test_log_inbound_on_a_closed_lead_shows_that_it_came_back(office: Office) -> None:
    lead_id = office.new()
    office.do(leads.change_status, lead_id=lead_id, to="lost", answers=Answers("insurance"))
    office.do(attempts.log_inbound, lead_id=lead_id, channel="call")
    lead = office.lead(lead_id)
    assert (lead.outcome, lead.came_back_at, lead.next_follow_up) == (Outcome.LOST, office.clock.now, None)


def test_settle_contact_leaves_nothing_unsettled(office: Office) -> None:
    lead_id = office.new()
    office.do(attempts.log_inbound, lead_id=lead_id, channel="voicemail")
    office.do(attempts.settle_contact, lead_id=lead_id)
    assert office.desk.ask(activities.unsettled, lead_id) == ()


def test_settle_contact_takes_a_lead_that_came_back_from_the_queue(office: Office) -> None:
    lead_id = office.new()
    office.do(leads.change_status, lead_id=lead_id, to="lost", answers=Answers("insurance"))
    office.do(attempts.log_inbound, lead_id=lead_id, channel="call")
    office.do(attempts.settle_contact, lead_id=lead_id)
    assert office.lead(lead_id).came_back_at is None


def test_set_follow_up_replaces_the_open_one_which_is_kept_as_moved(office: Office) -> None:
    lead_id = office.new()
    office.do(followups.set_follow_up, lead_id=lead_id, plan=office.plan(days=1))
    second = Plan(office.clock.now + timedelta(days=2), FollowUpKind.EMAIL, "send prices")
    office.do(followups.set_follow_up, lead_id=lead_id, plan=second)
    follow_up = office.case(lead_id).follow_up
    assert follow_up is not None
    assert (follow_up.due, follow_up.kind, follow_up.note) == (second.due, FollowUpKind.EMAIL, "send prices")
    assert [row["ending"] for row in office.rows()["follow_up"]].count(Ending.MOVED) == 1


def test_set_follow_up_refuses_the_past_and_a_closed_lead(office: Office) -> None:
    lead_id = office.new()
    with refused("time_is_past", "follow_up"):
        office.do(followups.set_follow_up, lead_id=lead_id, plan=office.plan(minutes=-1))
    office.do(leads.change_status, lead_id=lead_id, to="lost", answers=Answers("insurance"))
    with refused("lead_is_closed", "follow_up"):
        office.do(followups.set_follow_up, lead_id=lead_id, plan=office.plan(days=1))


def test_cancel_follow_up_takes_it_away(office: Office) -> None:
    lead_id = office.new()
    office.do(followups.set_follow_up, lead_id=lead_id, plan=office.plan(days=1))
    office.do(followups.cancel_follow_up, lead_id=lead_id)
    assert (office.case(lead_id).follow_up, office.lead(lead_id).next_follow_up) == (None, None)
    with refused("no_follow_up", "follow_up"):
        office.do(followups.cancel_follow_up, lead_id=lead_id)


def booked(office: Office, **more: object) -> int:
    lead_id = office.new()
    office.do(appointments.book_appointment, lead_id=lead_id, starts=office.clock.now + timedelta(days=7), **more)
    return lead_id


def test_book_appointment_schedules_the_lead(office: Office) -> None:
    lead_id = booked(office, minutes=45, with_whom="Dr Bell", kind="consult")
    case = office.case(lead_id)
    (appointment,) = case.appointments
    assert (case.lead.status, case.lead.stamps.booked) == ("scheduled", office.clock.now)
    assert (appointment.minutes, appointment.with_whom, appointment.zone) == (45, "Dr Bell", "UTC")


def test_book_appointment_with_the_same_key_is_recorded_once(office: Office) -> None:
    lead_id = booked(office, key="A1")
    again = office.do(appointments.book_appointment, lead_id=lead_id, starts=office.clock.now + timedelta(days=8), key="A1")
    assert again.rule == "recorded"
    assert len(office.case(lead_id).appointments) == 1


def test_move_appointment_gives_it_another_time(office: Office) -> None:
    lead_id, later = booked(office), office.clock.now + timedelta(days=9)
    office.do(appointments.move_appointment, lead_id=lead_id, starts=later)
    assert [each.starts for each in office.case(lead_id).appointments] == [later]


@pytest.mark.parametrize(
    ("command", "state", "status"),
    [
        (appointments.cancel_appointment, AppointmentState.CANCELLED, "cancelled"),
        (appointments.mark_no_show, AppointmentState.DID_NOT_ARRIVE, "no_show"),
        (appointments.mark_attended, AppointmentState.ATTENDED, "consult_completed"),
    ],
    ids=["cancel_appointment", "mark_no_show", "mark_attended"],
)
def test_cancel_appointment_mark_no_show_and_mark_attended_settle_it(office: Office, command: object, state: object, status: str) -> None:
    lead_id = booked(office)
    office.do(command, lead_id=lead_id)  # type: ignore[arg-type]
    case = office.case(lead_id)
    assert (case.appointments[0].state, case.lead.status) == (state, status)


def test_mark_no_show_is_due_now_and_starts_the_attempts_again(office: Office) -> None:
    lead_id = office.new()
    office.do(attempts.log_attempt, lead_id=lead_id, channel="call", disposition=NO_ANSWER)
    office.do(appointments.book_appointment, lead_id=lead_id, starts=office.clock.now + timedelta(days=1))
    office.clock.advance(days=2)
    office.do(appointments.mark_no_show, lead_id=lead_id)
    lead = office.lead(lead_id)
    assert (lead.attempts, lead.next_follow_up) == (0, office.clock.now)


def test_mark_attended_stamps_when_the_person_was_seen(office: Office) -> None:
    lead_id = booked(office)
    seen = office.clock.advance(days=7)
    office.do(appointments.mark_attended, lead_id=lead_id)
    assert office.lead(lead_id).stamps.seen == seen


@pytest.mark.parametrize(
    ("command", "more"),
    [
        (appointments.move_appointment, {"starts": None}),
        (appointments.cancel_appointment, {}),
        (appointments.mark_no_show, {}),
        (appointments.mark_attended, {}),
    ],
)
def test_an_appointment_that_is_not_there_cannot_be_changed(office: Office, command: object, more: dict[str, object]) -> None:
    lead_id = office.new()
    before = office.rows()
    with refused("no_appointment", "appointment"):
        office.do(command, lead_id=lead_id, **more)  # type: ignore[arg-type]
    assert office.rows() == before


ON_A_SETTLED_ONE = [
    (appointments.move_appointment, {"starts": MONDAY}, "move"),
    (appointments.cancel_appointment, {}, "cancel"),
    (appointments.mark_no_show, {}, "no_show"),
    (appointments.mark_attended, {}, "attend"),
]


@pytest.mark.parametrize(("command", "more", "channel"), ON_A_SETTLED_ONE)
def test_what_is_said_of_a_settled_appointment_is_recorded_and_changes_nothing(
    office: Office, command: object, more: dict[str, object], channel: str
) -> None:
    lead_id = booked(office, key="A1")
    office.do(appointments.cancel_appointment, lead_id=lead_id)
    before, rows = office.case(lead_id), office.rows()
    ruling = office.do(command, lead_id=lead_id, key="A1", **more)  # type: ignore[arg-type]
    assert ruling.rule == "recorded"
    assert office.case(lead_id) == before
    assert {name: len(each) for name, each in office.rows().items() if each != rows[name]} == {"activity": len(rows["activity"]) + 1}
    told = office.desk.ask(lists.profile, lead_id=lead_id).timeline[0]
    assert (told.rule, told.channel, told.note) == ("recorded", channel, "")
    assert office.desk.ask(activities.noted_of_many, [lead_id]) == {}


@pytest.mark.parametrize(("command", "more", "channel"), ON_A_SETTLED_ONE)
def test_an_appointment_of_another_name_cannot_be_changed(office: Office, command: object, more: dict[str, object], channel: str) -> None:
    lead_id = booked(office, key="A1")
    with refused("appointment_unknown", "key"):
        office.do(command, lead_id=lead_id, key="B2", **more)  # type: ignore[arg-type]


def test_the_appointment_meant_is_the_only_one_and_of_several_none_is_taken(office: Office) -> None:
    def meant(happening: Happening, key: str | None = None) -> str:
        return office.desk.ask(appointments.appointment_meant, lead_id=lead_id, happening=happening, key=key)

    lead_id = office.new()
    with refused("no_appointment", "appointment"):
        meant(Happening.CANCEL)
    for key, days in (("A1", 1), (None, 2)):
        office.do(appointments.book_appointment, lead_id=lead_id, starts=office.clock.now + timedelta(days=days), key=key)
    number = str(office.case(lead_id).appointments[1].id)
    with pytest.raises(Refused) as caught:
        meant(Happening.CANCEL)
    assert (caught.value.code, caught.value.field) == ("appointment_needed", "key")
    assert caught.value.facts["choices"] == f"A1 (2026-03-03 09:00), {number} (2026-03-04 09:00)"
    with pytest.raises(Refused, match="appointment_ahead") as caught:
        meant(Happening.ATTEND)
    assert meant(Happening.ATTEND, number) == number
    office.clock.advance(days=1)
    assert meant(Happening.ATTEND) == "A1"
    office.do(appointments.mark_attended, lead_id=lead_id, key="A1")
    assert meant(Happening.CANCEL) == number
    office.do(appointments.cancel_appointment, lead_id=lead_id, key=number)
    with pytest.raises(Refused, match="appointment_needed"):
        meant(Happening.NO_SHOW)


def test_record_revenue_leaves_the_status(office: Office) -> None:
    lead_id = booked(office)
    office.do(money.record_revenue, lead_id=lead_id, amount=450_00, note="deposit")
    (revenue,) = office.desk.ask(stored_money.of_lead, lead_id)
    assert (revenue.amount, revenue.received_on, revenue.note) == (450_00, date(2026, 3, 2), "deposit")
    assert office.lead(lead_id).status == "scheduled"


@pytest.mark.parametrize("amount", [0, -5])
def test_record_revenue_refuses_what_is_no_money(office: Office, amount: int) -> None:
    lead_id = office.new()
    with refused("amount_not_positive", "amount"):
        office.do(money.record_revenue, lead_id=lead_id, amount=amount)


def test_record_invoice_wins_the_lead(office: Office) -> None:
    lead_id = booked(office, key="A1")
    office.do(money.record_invoice, lead_id=lead_id, amount=900_00, key="A1")
    case = office.case(lead_id)
    assert (case.lead.status, case.lead.outcome, case.lead.stamps.won) == ("procedure_completed", Outcome.WON, office.clock.now)
    assert case.appointments[0].invoiced
    assert [each.amount for each in office.desk.ask(stored_money.of_lead, lead_id)] == [900_00]


def test_record_enrolment_keeps_its_number(office: Office) -> None:
    lead_id = office.new()
    office.do(money.record_enrolment, lead_id=lead_id, number=" E-77 ")
    assert office.lead(lead_id).enrolment_number == "E-77"
    with refused("number_needed", "number"):
        office.do(money.record_enrolment, lead_id=lead_id, number=" ")


def test_every_change_of_status_says_since_when_until_when_and_by_whom(office: Office) -> None:
    lead_id = office.new()
    later = office.clock.advance(hours=1)
    office.desk_of(Role.MANAGER).do(leads.change_status, lead_id=lead_id, to="contacted")
    first, second = office.desk.ask(histories.status_changes, lead_id)
    assert (first.to_status, first.until) == ("new", later)
    assert (second.from_status, second.to_status, second.since, second.until) == ("new", "contacted", later, None)
    assert (second.by, second.rule) == (office.people[Role.MANAGER].id, "status_chosen")


def test_calls_to_make_counts_what_is_due_now_up_to_a_limit(office: Office) -> None:
    due, later, _new = office.new(), office.new(), office.new()
    office.do(followups.set_follow_up, lead_id=due, plan=office.plan(minutes=1))
    office.do(followups.set_follow_up, lead_id=later, plan=office.plan(minutes=90))
    office.clock.now += timedelta(minutes=5)
    assert (office.desk.ask(queue.calls_to_make), office.desk.ask(queue.calls_to_make, most=1)) == (2, 1)
