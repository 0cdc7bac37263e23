"""What a dialog decides about leads: the leads as they stand now, and one save with everything that the person answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from frontdesk.domain import rules
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Case, LeadId, Person
from frontdesk.domain.rules import Answers, Ruling
from frontdesk.domain.workdays import OpeningHours
from frontdesk.domain.workflow import Workflow
from frontdesk.services import appointments, followups, money
from frontdesk.services.cases import judge
from frontdesk.store import cases, leads, locations, people, workflows
from frontdesk.store.tx import Tx

NO_ANSWERS = Answers()


@dataclass(frozen=True, slots=True)
class Subject:
    """One lead that something shall be decided about, with its person and the rules it is judged by."""

    case: Case
    person: Person
    workflow: Workflow
    hours: OpeningHours


@dataclass(frozen=True, slots=True)
class Booking:
    """When and with whom the consultation is."""

    starts: datetime
    minutes: int = 30
    with_whom: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The status that was chosen, with the answers to all that it asks for.

    Attributes:
        to: the new status; the present one changes the reason, or with a date only sets the follow-up.
        booking: the consultation, where the status asks for one and it is known.
        revenues: minor units received, by lead; leads without an amount get theirs later.
        received_on: the day the money came; None is today.
    """

    to: str
    answers: Answers = NO_ANSWERS
    booking: Booking | None = None
    revenues: Mapping[LeadId, int] = field(default_factory=dict)
    received_on: date | None = None


def subjects(tx: Tx, *, ids: Sequence[LeadId]) -> tuple[Subject, ...]:
    """These leads as they stand, in this order; refused `lead_unknown` when none of them is there any more."""
    found = cases.cases(tx, list(ids))
    if not found:
        raise Refused("lead_unknown", "lead")
    known = people.of_ids(tx, {case.lead.person_id for case in found})
    return tuple(
        Subject(case, known[case.lead.person_id], workflows.of(tx, case.lead.workflow), locations.hours(tx, case.lead.location_id))
        for case in found
    )


def decide(tx: Tx, *, chosen: Sequence[tuple[LeadId, int | None]], decision: Decision) -> list[Ruling]:
    """Save a decision about one lead or many: status, follow-up, consultation and revenue are one change, and one undo.

    Of many leads, those that have the status already are left as they are, but for their revenue.
    """
    rulings: list[Ruling] = []
    for lead_id, version in chosen:
        if ruling := _status(tx, lead_id, version, decision, is_alone=len(chosen) == 1):
            rulings.append(ruling)
        if decision.booking:
            booking = decision.booking
            rulings.append(
                appointments.book_appointment(
                    tx, lead_id=lead_id, starts=booking.starts, minutes=booking.minutes, with_whom=booking.with_whom
                )
            )
        if amount := decision.revenues.get(lead_id):
            money.record_revenue(tx, lead_id=lead_id, amount=amount, received_on=decision.received_on)
    return rulings


def _status(tx: Tx, lead_id: LeadId, version: int | None, decision: Decision, *, is_alone: bool) -> Ruling | None:
    if leads.get(tx, lead_id, version=version).status != decision.to:
        return judge(tx, lead_id, version, rules.choose_status, decision.to, decision.answers)
    if decision.answers.reason is None and decision.answers.follow_up:
        return followups.set_follow_up(tx, lead_id=lead_id, version=version, plan=decision.answers.follow_up)
    if is_alone and not decision.booking and not decision.revenues:
        return judge(tx, lead_id, version, rules.choose_status, decision.to, decision.answers)
    return None
