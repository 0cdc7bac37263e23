"""Attempts and other contacts."""

from __future__ import annotations

from msgspec.structs import replace

from frontdesk.domain import rules
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Lead
from frontdesk.domain.rules import Plan, Ruling
from frontdesk.domain.workflow import Disposition, Role
from frontdesk.services.cases import judge
from frontdesk.store import activities, leads
from frontdesk.store.tx import Tx


def log_attempt(
    tx: Tx,
    *,
    lead_id: int,
    version: int | None = None,
    channel: str,
    disposition: Disposition | None = None,
    follow_up: Plan | None = None,
    note: str = "",
) -> Ruling:
    """Log a contact by the desk: an attempt where its channel counts, else a line of the timeline (S4.11–S4.16).

    Getting back to somebody settles the voicemail or missed call that waited for it.
    """
    ruling = judge(tx, lead_id, version, rules.attempt, channel=channel, disposition=disposition, follow_up=follow_up, note=note)
    if ruling.activity is not None and ruling.activity.counted:
        _settle(tx, ruling.case.lead)
    return ruling


def log_inbound(tx: Tx, *, lead_id: int, channel: str, note: str = "") -> Ruling:
    """Log that the person got in touch; never an attempt."""
    return judge(tx, lead_id, None, rules.inbound, channel, note)


def settle_contact(tx: Tx, *, lead_id: int) -> None:
    """Mark what came from outside as dealt with, and a lead that was handed over or came back as seen."""
    lead = leads.get(tx, lead_id)
    if tx.role is Role.AUDITOR:
        raise Refused("role_not_allowed", "role")
    _settle(tx, lead)
    with tx.because("settled"):
        leads.save(tx, lead, replace(lead, came_back_at=None, handed_at=None))


def _settle(tx: Tx, lead: Lead) -> None:
    with tx.because("settled"):
        for contact in activities.unsettled(tx, lead.id):
            activities.save(tx, contact, replace(contact, unsettled=False), lead)
