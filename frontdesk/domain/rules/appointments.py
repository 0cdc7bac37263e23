"""What the appointment book, invoices and enrolments do to a lead (the trigger table of workflows.md section 5)."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Activity, ActivityKind, Appointment, AppointmentState, Case, Revenue
from frontdesk.domain.rules.rulings import Draft, Occasion, Ruling, may_write
from frontdesk.domain.workflow import Happening

LONGEST = 24 * 60
"""Minutes that an appointment may take."""
MISSED = frozenset((AppointmentState.CANCELLED, AppointmentState.DID_NOT_ARRIVE))
BECOMES = {
    Happening.CANCEL: (AppointmentState.CANCELLED, "cancelled"),
    Happening.NO_SHOW: (AppointmentState.DID_NOT_ARRIVE, "did_not_arrive"),
    Happening.ATTEND: (AppointmentState.ATTENDED, "attended"),
}


def book(case: Case, occasion: Occasion, appointment: Appointment) -> Ruling:
    """An appointment was made; one booked after a cancelled or missed one may have a status of its own (S1.03, S1.04)."""
    may_write(occasion)
    if not 0 < appointment.minutes <= LONGEST:
        raise Refused("minutes_out_of_range", "minutes")
    if _live(case, appointment.key) is not None and appointment.key is not None:
        return Draft(case, occasion, "recorded").ruling()
    booked = replace(appointment, lead_id=case.lead.id, state=AppointmentState.BOOKED)
    again = any(earlier.state in MISSED for earlier in case.appointments)
    happening = Happening.REBOOK if again and Happening.REBOOK in occasion.workflow.triggers else Happening.BOOK
    made = min(booked.booked_on, occasion.now)  # a booking that is reported late counts on the day it was made (S2.12)
    return _happened(_with(case, booked), occasion, "booked", happening, booked, at=made)


def move(case: Case, occasion: Occasion, starts: datetime | None, key: str | None = None) -> Ruling:
    """A live appointment got another time; of any other it is only recorded."""
    may_write(occasion)
    live = _live(case, key)
    if live is None:
        return _recorded(case, occasion, Happening.MOVE)
    moved = replace(live, starts=starts)
    return _happened(_with(case, moved, live), occasion, "moved", Happening.MOVE, moved)


def settle(case: Case, occasion: Occasion, happening: Happening, key: str | None = None) -> Ruling:
    """A live appointment was cancelled, missed or attended; of any other it is only recorded."""
    may_write(occasion)
    live = _live(case, key)
    if live is None:
        return _recorded(case, occasion, happening)
    state, rule = BECOMES[happening]
    settled = replace(live, state=state)
    return _happened(_with(case, settled, live), occasion, rule, happening, settled)


def invoice(case: Case, occasion: Occasion, amount: int, key: str | None = None) -> Ruling:
    """An invoice or payment of `amount` minor units was seen; may go straight to won, skipping *seen* (S2.07, S3.13)."""
    may_write(occasion)
    if amount <= 0:
        raise Refused("amount_not_positive", "amount")
    revenue = Revenue(0, case.lead.id, amount, occasion.hours.day(occasion.now))
    of = None if key is None else _live(case, key) or next((each for each in reversed(case.appointments) if each.name == key), None)
    billed = replace(of, invoiced=True) if of else None
    ruling = _happened(_with(case, billed, of) if billed else case, occasion, "invoiced", Happening.INVOICE, billed)
    return replace(ruling, revenue=revenue)


def enrol(case: Case, occasion: Occasion, number: str) -> Ruling:
    """The enrolment was completed: keeps its number, and moves even a lost lead where the workflow says so (S1.20, S1.27)."""
    may_write(occasion)
    if not number.strip():
        raise Refused("number_needed", "number")
    enrolled = replace(case, lead=replace(case.lead, enrolment_number=number.strip()))
    return _happened(enrolled, occasion, "enrolled", Happening.ENROL, None)


def _happened(
    case: Case, occasion: Occasion, rule: str, happening: Happening, appointment: Appointment | None, *, at: datetime | None = None
) -> Ruling:
    """Fire the trigger on an open lead; a closed one is not moved, it *came back* (but for enrol, which moves a lost one)."""
    draft = Draft(case, occasion, rule)
    draft.at = at or occasion.now
    moved = draft.fire(happening)
    if not case.lead.is_open and not moved:
        draft.rule = "came_back"
        draft.change(came_back_at=occasion.now)
    return draft.ruling(appointment=appointment)


def _recorded(case: Case, occasion: Occasion, happening: Happening) -> Ruling:
    """Something is said of an appointment that is not live: it stands in the history, and nothing else changes."""
    said = Activity(0, case.lead.id, occasion.now, ActivityKind.NOTE, happening.value, by=occasion.who)
    return Draft(case, occasion, "recorded").ruling(activity=said)


def _live(case: Case, key: str | None) -> Appointment | None:
    """The live appointment with this key; without a key the earliest live one."""
    live = [appointment for appointment in case.appointments if appointment.is_live and key in (None, appointment.name)]
    return min(live, key=lambda each: (each.starts is None, each.starts or each.booked_on)) if live else None


def _with(case: Case, changed: Appointment, instead_of: Appointment | None = None) -> Case:
    """The case with one appointment replaced, or added when it is a new one."""
    others = tuple(each for each in case.appointments if each is not instead_of)
    return replace(case, appointments=(*others, changed))
