"""What a row brings beside the lead itself: payments with their days, appointments, and notes with who wrote them when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from frontdesk.domain.imports import RowValues
from frontdesk.domain.records import Activity, ActivityKind, FollowUpKind, Lead, Revenue, StaffId
from frontdesk.domain.rules import Plan
from frontdesk.store import activities, appointments, money, staff
from frontdesk.store.tx import Tx

_KINDS = {kind.value: kind for kind in FollowUpKind}


def add_details(tx: Tx, lead: Lead, values: RowValues) -> None:
    """Everything that a row says of a lead that it has just made."""
    add_payments(tx, lead, values.payments)
    for each in values.appointments:
        appointments.add(tx, replace(each, lead_id=lead.id), lead)
    for note in _notes(tx, lead, values):
        activities.add(tx, note, lead)


def add_payments(tx: Tx, lead: Lead, payments: Iterable[Revenue]) -> bool:
    """The payments that are not recorded yet; False when all of them are."""
    fresh = list(payments)
    for known in money.of_lead(tx, lead.id) if fresh else ():
        same = next((each for each in fresh if (each.amount, each.received_on) == (known.amount, known.received_on)), None)
        if same is not None:
            fresh.remove(same)
    for each in fresh:
        money.add(tx, each, lead)
    return bool(fresh)


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
