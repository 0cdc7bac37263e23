"""The planned next contact."""

from __future__ import annotations

from frontdesk.domain import rules
from frontdesk.domain.rules import Plan, Ruling
from frontdesk.services.cases import judge
from frontdesk.store.tx import Tx


def set_follow_up(tx: Tx, *, lead_id: int, version: int | None = None, plan: Plan) -> Ruling:
    """Set the next contact, or move the open one; a lead has at most one."""
    return judge(tx, lead_id, version, rules.set_follow_up, plan)


def cancel_follow_up(tx: Tx, *, lead_id: int, version: int | None = None) -> Ruling:
    """Take the open follow-up away."""
    return judge(tx, lead_id, version, rules.cancel_follow_up)
