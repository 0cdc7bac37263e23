"""Setting, moving and cancelling the planned next contact."""

from __future__ import annotations

from datetime import datetime

from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Case, Ending
from frontdesk.domain.rules.rulings import Draft, Occasion, Plan, Ruling, may_write
from frontdesk.domain.workflow import GiveUp, Role

LEADERS = frozenset((Role.MANAGER, Role.ADMINISTRATOR))


def check_due(due: datetime, occasion: Occasion) -> None:
    """A follow-up lies in the future; Refused `time_is_past` otherwise."""
    if due <= occasion.now:
        raise Refused("time_is_past", "follow_up")


def set_follow_up(case: Case, occasion: Occasion, plan: Plan) -> Ruling:
    """Set the next contact; the open one is closed as moved, and the giving-up clock follows (S1.12, S4.23)."""
    _check_open(case, occasion)
    check_due(plan.due, occasion)
    check_mover(case, occasion)
    draft = Draft(case, occasion, "follow_up_set")
    draft.plan(plan, by_person=True)
    follow_up_moves_clock(draft, plan.due)
    return draft.ruling()


def cancel_follow_up(case: Case, occasion: Occasion) -> Ruling:
    """Take the planned contact away; a clock that counted from it stops."""
    _check_open(case, occasion)
    if case.follow_up is None:
        raise Refused("no_follow_up", "follow_up")
    check_mover(case, occasion)
    draft = Draft(case, occasion, "follow_up_cancelled")
    draft.end_follow_up(Ending.CANCELLED)
    draft.clock(None)
    return draft.ruling()


def follow_up_moves_clock(draft: Draft, due: datetime) -> None:
    """A date that a person gave stops the clock of *after a wait* and moves that of *after the last follow-up*."""
    policy = draft.occasion.workflow.attempts
    if policy and policy.give_up is GiveUp.AFTER_A_WAIT:
        draft.clock(None)
    draft.grace_from(due)


def _check_open(case: Case, occasion: Occasion) -> None:
    may_write(occasion)
    if not case.lead.is_open:
        raise Refused("lead_is_closed", "follow_up")


def check_mover(case: Case, occasion: Occasion) -> None:
    """Some practices leave moving an open follow-up to the call centre (S1.12); managers always may."""
    roles = occasion.workflow.move_follow_up_roles
    if case.follow_up is not None and roles and occasion.role not in roles | LEADERS:
        raise Refused("role_not_allowed", "role")
