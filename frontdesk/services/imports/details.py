"""What a row brings beside the lead itself: payments with their days, appointments, and notes with who wrote them when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

from msgspec.structs import replace

from frontdesk.domain.imports import RowValues
from frontdesk.domain.records import Activity, ActivityKind, Appointment, FollowUpKind, Lead, Revenue, StaffId
from frontdesk.domain.rules import Plan
from frontdesk.store import activities, appointments, money, staff
from frontdesk.store.tx import Tx

T = TypeVar("T")
_KINDS = {kind.value: kind for kind in FollowUpKind}


def add_details(tx: Tx, lead: Lead, values: RowValues, *, is_new: bool = False) -> bool:
    """Everything that a row says beside its lead and that is not known of it yet; False when there is nothing more."""
    notes = list(_notes(tx, lead, values))
    if not (notes or values.payments or values.appointments):
        return False
    paid = _unknown(values.payments, () if is_new or not values.payments else money.of_lead(tx, lead.id), _payment)
    visits = _unknown(values.appointments, () if is_new or not values.appointments else appointments.of_lead(tx, lead.id), _visit)
    notes = _unknown(notes, () if is_new or not notes else activities.of_lead(tx, lead.id), _note)
    for payment in paid:
        money.add(tx, payment, lead)
    for visit in visits:
        appointments.add(tx, replace(visit, lead_id=lead.id), lead)
    for note in notes:
        activities.add(tx, note, lead)
    return bool(paid or visits or notes)


def _unknown(said: Iterable[T], known: Iterable[T], mark: Callable[[T], Hashable]) -> list[T]:
    """What is not among the known by its mark; each of those stands for one only."""
    left = Counter(map(mark, known))
    fresh = []
    for each in said:
        left[mark(each)] -= 1
        if left[mark(each)] < 0:
            fresh.append(each)
    return fresh


def _payment(payment: Revenue) -> Hashable:
    return payment.amount, payment.received_on


def _visit(visit: Appointment) -> Hashable:
    return visit.starts, visit.booked_on


def _note(note: Activity) -> Hashable:
    return note.note.rstrip()


def follow_up_of(values: RowValues) -> Plan | None:
    """The follow-up that a row plans."""
    due = values.instants.get("follow_up")
    if due is None:
        return None
    return Plan(due, _KINDS.get(values.follow_up_kind, FollowUpKind.CALL), values.follow_up_note, values.follow_up_any_time)


def colleague(tx: Tx, name: str) -> StaffId | None:
    """Who a name means: nobody where there is none, whoever imports where the practice does not know it."""
    if not name:
        return None
    known: dict[str, StaffId] | None = tx.kept.get("staff_by_name")
    if known is None:
        known = tx.kept["staff_by_name"] = {each.name: each.id for each in staff.every(tx)}
    return known.get(name, tx.who)


def _notes(tx: Tx, lead: Lead, values: RowValues) -> Iterator[Activity]:
    for each in values.dated_notes:
        yield Activity(0, lead.id, min(each.at, tx.now), ActivityKind.NOTE, note=each.text, by=colleague(tx, each.by))
    kept = [*values.kept, *(() if lead.reason or not values.reason else (("reason", values.reason),))]
    kept += () if lead.loss_note or not values.loss_note else (("loss_note", values.loss_note),)
    text = "\n".join(each for each in (values.notes, *(f"{name}: {cell}" for name, cell in kept)) if each)
    if text:
        yield Activity(0, lead.id, tx.now, ActivityKind.NOTE, note=text, by=tx.who)
