"""The planned next contact."""

from __future__ import annotations

from collections.abc import Sequence

from frontdesk.domain import rules
from frontdesk.domain.rules import Plan, Ruling
from frontdesk.services.cases import judge
from frontdesk.store import leads
from frontdesk.store.tx import Tx


def set_follow_up(tx: Tx, *, lead_id: int, version: int | None = None, plan: Plan) -> Ruling:
    """Set the next contact, or move the open one; a lead has at most one."""
    return judge(tx, lead_id, version, rules.set_follow_up, plan)


def set_follow_up_of_many(tx: Tx, *, chosen: Sequence[tuple[int, int | None]], plan: Plan) -> int:
    """The same next contact for many leads: one change, one undo; closed leads are left, the answer is how many got it."""
    found = [(leads.get(tx, lead_id, version=version), version) for lead_id, version in chosen]
    for lead, version in found:
        if lead.is_open:
            set_follow_up(tx, lead_id=lead.id, version=version, plan=plan)
    return sum(lead.is_open for lead, _ in found)


def cancel_follow_up(tx: Tx, *, lead_id: int, version: int | None = None) -> Ruling:
    """Take the open follow-up away."""
    return judge(tx, lead_id, version, rules.cancel_follow_up)
