"""A status chosen by hand, reopening, and what each status asks for (workflows.md section 3)."""

from __future__ import annotations

from msgspec import Struct

from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Activity, ActivityKind, Case, Lead, StaffId
from frontdesk.domain.rules.follow_ups import LEADERS, check_due
from frontdesk.domain.rules.rulings import Draft, Occasion, Plan, Ruling, may_write
from frontdesk.domain.workflow import Asks, Outcome, Reason, Role, Status


class Answers(Struct, frozen=True):
    """What the person answered to what the status asks for."""

    reason: str | None = None
    note: str = ""
    to_person: StaffId | None = None
    verified: bool = False
    follow_up: Plan | None = None


NOTHING = Answers()


def choose_status(case: Case, occasion: Occasion, to: str, answers: Answers = NOTHING) -> Ruling:
    """Move a lead to a status by hand; the present status with another reason changes only the reason (S4.10).

    Raises:
        Refused: in this order about `to`, `role`, `reason`, `note`, `to_person`, `verified`, `follow_up`.
    """
    status = _chosen(case, occasion, to, answers)
    check_role(status, occasion.role)
    _check_reason(case.lead, occasion, status, answers)
    if status.key == case.lead.status:
        return _change_reason(case, occasion, answers)
    _check_answers(occasion, status, answers)
    draft = Draft(case, occasion, "status_chosen")
    if not case.lead.is_open and status.outcome is Outcome.OPEN:
        _restart(draft)
    draft.enter(status.key, reason=answers.reason, note=answers.note)
    _raise_count(draft, status)
    if Asks.TO_PERSON in status.asks:
        draft.change(owner_id=answers.to_person, handed_at=occasion.now)
    if status.outcome is Outcome.OPEN:
        _next_step(draft, status, answers, reopened=not case.lead.is_open)
    return draft.ruling(activity=_written(case, occasion, answers.note))


def reopen(case: Case, occasion: Occasion) -> Ruling:
    """Back to the status it had before it was closed; a follow-up is due now and the attempts restart."""
    may_write(occasion)
    if case.lead.is_open:
        raise Refused("already_open")
    if case.lead.outcome is Outcome.WON or not occasion.workflow.statuses[case.lead.status].reopenable:
        raise Refused("cannot_be_reopened")
    draft = Draft(case, occasion, "reopened")
    _restart(draft)
    draft.enter(case.lead.reopens_to or occasion.workflow.initial)
    draft.plan_now()
    return draft.ruling()


def check_role(status: Status, role: Role) -> None:
    """Who may choose a status by hand: managers every one, others those that name no role or theirs (S1.21)."""
    if role is Role.AUDITOR or (status.roles and role not in status.roles | LEADERS):
        raise Refused("role_not_allowed", "role")


def attempts_missing(lead: Lead, reason: Reason, occasion: Occasion) -> int:
    """How many attempts a reason still needs before it can be chosen (S0.18)."""
    return max(0, occasion.workflow.attempts_needed(reason) - lead.attempts)


def _chosen(case: Case, occasion: Occasion, to: str, answers: Answers) -> Status:
    status, present = occasion.workflow.statuses.get(to), case.lead.status
    if status is None:
        raise Refused("status_unknown", "to", status=to)
    if to == present:
        if answers.reason is None or answers.reason == case.lead.reason:
            raise Refused("already_there", "to")
        return status
    if not status.by_hand:
        raise Refused("status_is_automatic", "to", status=to)
    if status.follows and present not in status.follows:
        raise Refused("status_not_allowed_from_here", "to", status=to)
    return status


def _check_reason(lead: Lead, occasion: Occasion, status: Status, answers: Answers) -> None:
    if answers.reason is None:
        if Asks.REASON in status.asks:
            raise Refused("reason_needed", "reason")
        return
    reason = occasion.workflow.reasons.get(answers.reason)
    if reason is None or reason.hidden or status.reasons not in reason.lists:
        raise Refused("reason_unknown", "reason", reason=answers.reason)
    if reason.system_only:
        raise Refused("reason_is_automatic", "reason", reason=reason.key)
    if missing := attempts_missing(lead, reason, occasion):
        raise Refused("reason_needs_attempts", "reason", reason=reason.key, missing=missing)
    if reason.needs_note and not answers.note.strip():
        raise Refused("note_needed", "note")


def _restart(draft: Draft) -> None:
    if draft.occasion.workflow.reopening_restarts:
        draft.change(attempts=0)


def _raise_count(draft: Draft, status: Status) -> None:
    """Where the status is the counter, choosing *Follow up k* raises the count to k; choosing a lower one leaves it."""
    if status.number is not None and draft.lead.attempts < status.number:
        draft.change(attempts=status.number)
        draft.stamp("first_attempt")


def _written(case: Case, occasion: Occasion, note: str) -> Activity | None:
    """What was written with a status stands in the history, whatever becomes of the lead later."""
    return Activity(0, case.lead.id, occasion.now, ActivityKind.NOTE, note=note, by=occasion.who) if note.strip() else None


def _change_reason(case: Case, occasion: Occasion, answers: Answers) -> Ruling:
    draft = Draft(case, occasion, "reason_changed")
    draft.change(reason=answers.reason, loss_note=answers.note)
    return draft.ruling(activity=_written(case, occasion, answers.note))


def _check_answers(occasion: Occasion, status: Status, answers: Answers) -> None:
    if Asks.NOTE in status.asks and not answers.note.strip():
        raise Refused("note_needed", "note")
    if Asks.TO_PERSON in status.asks and answers.to_person is None:
        raise Refused("to_person_needed", "to_person")
    if Asks.VERIFIED in status.asks and not answers.verified:
        raise Refused("verified_needed", "verified")
    if answers.follow_up:
        if status.outcome is not Outcome.OPEN:
            raise Refused("lead_is_closed", "follow_up")
        check_due(answers.follow_up.due, occasion)


def _next_step(draft: Draft, status: Status, answers: Answers, *, reopened: bool) -> None:
    """The follow-up of an open status: the date given, else the status's own wait (S1.07), else now when it was closed before."""
    if answers.follow_up:
        draft.plan(answers.follow_up, by_person=True)
    elif status.wait:
        draft.plan_after(status.wait)
    elif reopened:
        draft.plan_now()
    draft.carry_note(answers.note)
    if status.number is not None and draft.lead.next_follow_up:
        draft.grace_from(draft.lead.next_follow_up)
