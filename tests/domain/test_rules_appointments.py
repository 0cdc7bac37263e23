"""Appointments, invoices, enrolments, and what comes in from outside (workflows.md sections 3 and 5)."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from frontdesk.domain import rules
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import ActivityKind, Appointment, AppointmentState, Case
from frontdesk.domain.rules import Arrival
from frontdesk.domain.workdays import OpeningHours
from frontdesk.domain.workflow import Happening, Outcome, Role, Stage
from tests.domain.cases import HOUR, NOW, PRESETS, at, case_in, last, occasion, said, states

DAY = 24 * HOUR


def visit(key: str | None = "a", **values: object) -> Appointment:
    return replace(Appointment(0, None, NOW + DAY, NOW, key=key), **values)


def booked(workflow: str, *appointments: Appointment) -> Case:
    status = {"three_attempts": "scheduled", "six_follow_ups": "consultation_booked", "appointment_led": "booked"}.get(
        workflow, "scheduled"
    )
    return replace(case_in(workflow, status), appointments=appointments)


def test_a_booking_belongs_to_the_lead_and_is_live() -> None:
    ruling = rules.book(case_in("front_desk", "new"), occasion("front_desk"), visit(state=AppointmentState.CANCELLED))
    assert ruling.appointment is not None
    assert (ruling.appointment.lead_id, ruling.appointment.is_live) == (5, True)
    assert ruling.case.appointments == (ruling.appointment,)


def test_the_same_live_appointment_booked_again_is_only_recorded() -> None:
    case = booked("front_desk", visit())
    assert rules.book(case, occasion("front_desk"), visit()).rule == "recorded"
    assert rules.book(replace(case, appointments=(visit(None),)), occasion("front_desk"), visit(None)).rule == "booked"


def test_s2_12_the_booked_stamp_is_the_day_the_booking_was_made_and_not_the_one_it_was_noticed() -> None:
    case = case_in("appointment_led", "lead")
    lead = rules.book(case, occasion("appointment_led"), visit(booked_on=NOW - 3 * HOUR)).case.lead
    assert (lead.stamps.booked, lead.status_since) == (NOW - 3 * HOUR, NOW - 3 * HOUR)


def test_a_booking_older_than_the_present_status_does_not_turn_the_history_around() -> None:
    case = case_in("appointment_led", "lead")
    lead = rules.book(case, occasion("appointment_led"), visit(booked_on=NOW - 50 * HOUR)).case.lead
    assert (lead.stamps.booked, lead.status_since) == (NOW - 50 * HOUR, case.lead.status_since)


def test_a_booking_that_claims_to_be_made_tomorrow_counts_from_now() -> None:
    assert rules.book(case_in("front_desk", "new"), occasion("front_desk"), visit(booked_on=NOW + DAY)).case.lead.stamps.booked == NOW


def test_moving_gives_the_live_appointment_its_new_time() -> None:
    ruling = rules.move(booked("front_desk", visit()), occasion("front_desk"), NOW + 3 * DAY, "a")
    assert ruling.case.appointments == (visit(starts=NOW + 3 * DAY),)


@pytest.mark.parametrize(
    ("happening", "state"),
    [
        (Happening.CANCEL, AppointmentState.CANCELLED),
        (Happening.NO_SHOW, AppointmentState.DID_NOT_ARRIVE),
        (Happening.ATTEND, AppointmentState.ATTENDED),
    ],
)
def test_settling_says_what_became_of_the_appointment(happening: Happening, state: AppointmentState) -> None:
    ruling = rules.settle(booked("front_desk", visit("a"), visit("b")), occasion("front_desk"), happening, "b")
    assert ruling.appointment is not None
    assert (ruling.appointment.key, ruling.appointment.state) == ("b", state)
    assert ruling.case.appointments == (visit("a"), ruling.appointment)


@pytest.mark.parametrize(
    "dead",
    [
        {"state": AppointmentState.CANCELLED},
        {"state": AppointmentState.DID_NOT_ARRIVE},
        {"state": AppointmentState.ATTENDED},
        {"invoiced": True},
    ],
)
def test_an_appointment_that_is_not_live_is_only_recorded(dead: dict[str, object]) -> None:
    case = booked("front_desk", visit(**dead))
    for happening in (Happening.CANCEL, Happening.NO_SHOW, Happening.ATTEND):
        ruling = rules.settle(case, occasion("front_desk"), happening, "a")
        assert (ruling.rule, ruling.case, ruling.effects) == ("recorded", case, ())
        assert ruling.activity is not None
        assert (ruling.activity.kind, ruling.activity.channel) == (ActivityKind.NOTE, happening.value)
    moved = rules.move(case, occasion("front_desk"), NOW + DAY, "a")
    assert moved.activity is not None
    assert (moved.rule, moved.case, moved.activity.channel) == ("recorded", case, "move")


def test_an_appointment_without_a_key_is_called_by_its_number() -> None:
    case = booked("front_desk", visit(None, id=7), visit("7", id=8))
    ruling = rules.settle(replace(case, appointments=case.appointments[:1]), occasion("front_desk"), Happening.CANCEL, "7")
    assert [(each.id, each.is_live) for each in ruling.case.appointments] == [(7, False)]
    assert [each.name for each in case.appointments] == ["7", "7"]


@pytest.mark.parametrize("minutes", [-30, 0, 24 * 60 + 1])
def test_an_appointment_takes_between_a_minute_and_a_day(minutes: int) -> None:
    with pytest.raises(Refused) as caught:
        rules.book(case_in("front_desk", "new"), occasion("front_desk"), visit(minutes=minutes))
    assert (caught.value.code, caught.value.field) == ("minutes_out_of_range", "minutes")


def test_without_a_name_the_earliest_live_appointment_is_meant() -> None:
    later, earlier, unknown = visit("later", starts=NOW + 2 * DAY), visit("earlier"), visit("unknown", starts=None)
    ruling = rules.settle(booked("front_desk", unknown, later, earlier), occasion("front_desk"), Happening.CANCEL)
    assert ruling.appointment is not None
    assert ruling.appointment.key == "earlier"


@pytest.mark.parametrize("workflow", PRESETS)
def test_s3_13_a_payment_is_recorded_whatever_it_does_to_the_status(workflow: str) -> None:
    ruling = rules.invoice(booked(workflow, visit()), occasion(workflow), 12_550, "a")
    assert ruling.revenue is not None
    assert (ruling.revenue.amount, ruling.revenue.received_on, ruling.rule) == (12_550, date(2026, 3, 2), "invoiced")
    assert not ruling.case.appointments[0].is_live


def test_the_day_of_a_payment_is_the_practices() -> None:
    now = replace(occasion("front_desk", at("03-02T23:30")), hours=OpeningHours.of("Australia/Sydney"))
    ruling = rules.invoice(booked("front_desk"), now, 100)
    assert ruling.revenue is not None
    assert ruling.revenue.received_on == date(2026, 3, 3)


def test_s3_13_scheduled_goes_straight_to_procedure_completed() -> None:
    lead = rules.invoice(booked("sales_funnel", visit()), occasion("sales_funnel"), 100).case.lead
    assert (lead.status, lead.stamps.seen, lead.stamps.won, lead.furthest) == ("procedure_completed", None, NOW, Stage.WON)


def test_a_payment_that_names_no_appointment_leaves_it_live() -> None:
    assert rules.invoice(booked("three_attempts", visit()), occasion("three_attempts"), 100).case.appointments[0].is_live


def test_a_payment_for_an_attended_appointment_marks_that_one() -> None:
    old, live = visit("b"), visit("a", state=AppointmentState.ATTENDED)
    ruling = rules.invoice(booked("three_attempts", old, live), occasion("three_attempts"), 100, "a")
    assert [(each.key, each.invoiced) for each in ruling.case.appointments] == [("b", False), ("a", True)]
    assert rules.invoice(booked("three_attempts", old), occasion("three_attempts"), 100, "nobody's").appointment is None


@pytest.mark.parametrize("amount", [0, -1])
def test_an_amount_above_zero_is_needed(amount: int) -> None:
    with pytest.raises(Refused) as refused:
        rules.invoice(booked("front_desk"), occasion("front_desk"), amount)
    assert (refused.value.code, refused.value.field) == ("amount_not_positive", "amount")


def test_s1_27_sold_keeps_its_enrolment_number() -> None:
    lead = rules.enrol(case_in("six_follow_ups", "follow_up_2"), occasion("six_follow_ups"), " E-77 ").case.lead
    assert (lead.status, lead.enrolment_number, lead.stamps.won) == ("sold", "E-77", NOW)


def test_an_enrolment_needs_a_number() -> None:
    with pytest.raises(Refused) as refused:
        rules.enrol(case_in("six_follow_ups", "follow_up_2"), occasion("six_follow_ups"), " ")
    assert (refused.value.code, refused.value.field) == ("number_needed", "number")


def test_s1_20_an_enrolment_moves_even_a_cold_lead_to_sold() -> None:
    lead = rules.enrol(case_in("six_follow_ups", "cold_lead", came_back_at=NOW), occasion("six_follow_ups"), "1").case.lead
    assert (lead.status, lead.outcome, lead.came_back_at) == ("sold", Outcome.WON, None)


@pytest.mark.parametrize(
    "event", ["book", "move", "cancel", "no_show", "attend", "invoice amount=10", "enrol number=1", "inbound channel=call", "reopen"]
)
def test_an_auditor_does_none_of_these(event: str) -> None:
    lines = ("03-02T10:00 book", f"03-02T11:00 {event} role=auditor")
    assert said(last("front_desk", *lines), "refused field") == ("role_not_allowed", "role")


def test_s2_14_the_worked_example_comes_out() -> None:
    created = rules.create(occasion("appointment_led", at("02-27T10:00")), Arrival(1, 1, "email")).case
    booking = rules.book(
        created, occasion("appointment_led", at("03-01T09:00")), visit(starts=at("04-03T10:00"), booked_on=at("03-01T09:00"))
    )
    lead = rules.invoice(booking.case, occasion("appointment_led", at("04-03T11:00")), 9_000, "a").case.lead
    stamps = (lead.stamps.created, lead.stamps.booked, lead.stamps.won)
    assert [stamp.date() for stamp in stamps if stamp] == [date(2026, 2, 27), date(2026, 3, 1), date(2026, 4, 3)]
    assert (lead.status, lead.outcome) == ("invoiced", Outcome.WON)


def test_a_stamp_once_set_does_not_move_when_the_lead_comes_again() -> None:
    lines = ("03-02T10:00 book", "03-03T10:00 cancel", "03-04T10:00 book")
    assert [state["status"] for state in states("front_desk", *lines)] == ["new", "scheduled", "cancelled", "scheduled"]
    case = case_in("front_desk", "cancelled")
    first = replace(case, lead=replace(case.lead, stamps=replace(case.lead.stamps, booked=NOW - 9 * DAY)))
    assert rules.book(first, occasion("front_desk"), visit()).case.lead.stamps.booked == NOW - 9 * DAY


# ------------------------------------------------------------------------------------------------------------ arrivals


@pytest.mark.parametrize("workflow", PRESETS)
@pytest.mark.parametrize("channel", sorted(rules.CREATED_BY))
def test_a_lead_comes_into_the_first_status_uncontacted_and_unassigned(workflow: str, channel: str) -> None:
    ruling = rules.create(occasion(workflow), Arrival(3, 4, channel), do_not_call=True, no_marketing=True)
    lead, made = ruling.case.lead, occasion(workflow).workflow
    assert (lead.status, lead.stage, lead.furthest, lead.outcome) == (made.initial, Stage.NEW, Stage.NEW, Outcome.OPEN)
    assert (lead.person_id, lead.location_id, lead.workflow, lead.channel) == (3, 4, workflow, channel)
    assert (lead.attempts, lead.owner_id, lead.next_follow_up, lead.timer_due) == (0, None, None, None)
    assert (ruling.rule, ruling.case.do_not_call, ruling.case.no_marketing) == ("created", True, True)


def test_s2_14_created_is_when_the_person_made_contact_and_entered_is_the_clock() -> None:
    lead = rules.create(occasion("front_desk"), Arrival(1, 1, "email", NOW - 5 * DAY)).case.lead
    assert (lead.stamps.created, lead.status_since, lead.entered_at) == (NOW - 5 * DAY, NOW - 5 * DAY, NOW)


@pytest.mark.parametrize(
    ("arrival", "role", "code", "field"),
    [
        (Arrival(1, 1, "hand", NOW + HOUR), Role.MANAGER, "created_in_the_future", "created"),
        (Arrival(1, 1, "pigeon"), Role.MANAGER, "channel_unknown", "channel"),
        (Arrival(1, 1), Role.AUDITOR, "role_not_allowed", "role"),
    ],
)
def test_a_lead_is_refused(arrival: Arrival, role: Role, code: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.create(occasion("front_desk", role=role), arrival)
    assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.parametrize("channel", sorted(rules.INBOUND))
def test_an_inbound_contact_of_an_open_lead_is_recorded_and_no_attempt(channel: str) -> None:
    case = case_in("front_desk", "attempting", attempts=2, due=NOW + HOUR)
    ruling = rules.inbound(case, occasion("front_desk"), channel, "wants a date")
    assert (ruling.rule, ruling.case) == ("inbound", case)
    assert ruling.activity is not None
    assert (ruling.activity.kind, ruling.activity.unsettled, ruling.activity.note) == (ActivityKind.INBOUND, True, "wants a date")


@pytest.mark.parametrize(("hours", "late"), [({"mon": ["08:00", "18:00"]}, False), ({"mon": ["10:00", "18:00"]}, True)])
def test_s4_19_a_contact_outside_opening_hours_is_marked(hours: dict[str, list[str]], late: bool) -> None:
    now = replace(occasion("front_desk"), hours=OpeningHours.of("UTC", hours))
    ruling = rules.inbound(case_in("front_desk", "new"), now, "voicemail")
    assert ruling.activity is not None
    assert ruling.activity.after_hours is late


@pytest.mark.parametrize("workflow", PRESETS)
def test_an_inbound_contact_of_a_closed_lead_came_back_and_stays_closed(workflow: str) -> None:
    closed = {"three_attempts": "dead", "six_follow_ups": "sold", "sales_funnel": "not_qualified"}.get(workflow, "lost")
    case = case_in(workflow, closed)
    ruling = rules.inbound(case, occasion(workflow), "call")
    assert (ruling.rule, ruling.case.lead) == ("came_back", replace(case.lead, came_back_at=NOW))
    assert ruling.activity is not None
    assert not ruling.activity.unsettled


def test_no_such_way_in() -> None:
    with pytest.raises(Refused) as refused:
        rules.inbound(case_in("front_desk", "new"), occasion("front_desk"), "pigeon")
    assert (refused.value.code, refused.value.field) == ("channel_unknown", "channel")
