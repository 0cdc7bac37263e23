"""Revenue and enrolments recorded by hand."""

from __future__ import annotations

from datetime import date

from frontdesk.domain import rules
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import LeadId, Revenue
from frontdesk.domain.rules import Ruling
from frontdesk.domain.workflow import Role
from frontdesk.services.cases import judge
from frontdesk.store import leads, locations, money
from frontdesk.store.tx import Tx


def record_revenue(
    tx: Tx, *, lead_id: LeadId, version: int | None = None, amount: int, received_on: date | None = None, note: str = ""
) -> None:
    """Record money received from a lead, in minor units (S3.15); the status stays, an invoice that was seen may move it."""
    if tx.role is Role.AUDITOR:
        raise Refused("role_not_allowed", "role")
    if amount <= 0:
        raise Refused("amount_not_positive", "amount")
    lead = leads.get(tx, lead_id, version=version)
    today = locations.hours(tx, lead.location_id).day(tx.now)
    day = received_on or today
    if day > today:
        raise Refused("received_in_the_future", "received_on")
    with tx.because("revenue_recorded"):
        money.add(tx, Revenue(0, lead.id, amount, day, note), lead)


def record_invoice(tx: Tx, *, lead_id: LeadId, version: int | None = None, amount: int, key: str | None = None) -> Ruling:
    """An invoice or payment was seen: revenue, and the won trigger of the workflow (S2.07, S3.13)."""
    return judge(tx, lead_id, version, rules.invoice, amount, key)


def record_enrolment(tx: Tx, *, lead_id: LeadId, version: int | None = None, number: str) -> Ruling:
    """The enrolment was completed; the lead keeps its number (S1.20, S1.27)."""
    return judge(tx, lead_id, version, rules.enrol, number)
