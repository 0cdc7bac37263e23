"""One lead with everything that ever happened to it, and the person's other enquiries: what the profile shows."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from frontdesk.domain.records import Activity, Appointment, Case, FollowUp, Lead, LeadId, Person, Revenue, StatusChange
from frontdesk.store import activities, cases, followups, leads, money, people
from frontdesk.store import tables as t
from frontdesk.store.tx import Tx

_CHANGES = (
    select(*leads.CHANGE.columns)
    .where(t.status_change.c.lead_id == bindparam("lead_id"), t.status_change.c.void.is_(False))
    .order_by(t.status_change.c.since, t.status_change.c.id)
)


@dataclass(frozen=True, slots=True)
class History:
    """A lead, its person, all lines of its past, oldest first, and the person's other leads, newest first."""

    case: Case
    person: Person
    activities: tuple[Activity, ...]
    changes: tuple[StatusChange, ...]
    follow_ups: tuple[FollowUp, ...]
    revenues: tuple[Revenue, ...]
    others: tuple[Lead, ...]

    @property
    def appointments(self) -> tuple[Appointment, ...]:
        """The lead's appointments in the order they were made."""
        return self.case.appointments


def of_lead(tx: Tx, lead_id: LeadId) -> History:
    """Everything about one lead; what does not depend on anything else goes in one trip."""
    case = cases.case(tx, lead_id)
    by_lead = {"lead_id": lead_id}
    done, changed, planned, paid = tx.rows_together(
        (activities.OF_LEAD, by_lead), (_CHANGES, by_lead), (followups.OF_LEAD, by_lead), (money.OF_LEAD, by_lead)
    )
    return History(
        case,
        people.get(tx, case.lead.person_id),
        tuple(activities.SHAPE.record(row) for row in done),
        tuple(leads.CHANGE.record(row) for row in changed),
        tuple(followups.SHAPE.record(row) for row in planned),
        tuple(money.SHAPE.record(row) for row in paid),
        tuple(other for other in leads.of_person(tx, case.lead.person_id) if other.id != lead_id),
    )


def status_changes(tx: Tx, lead_id: LeadId) -> tuple[StatusChange, ...]:
    """From status to status, oldest first."""
    return tuple(leads.CHANGE.record(row) for row in tx.rows(_CHANGES, lead_id=lead_id))
