"""The decision, judged beforehand by the very rules that will judge it when it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from frontdesk.domain import rules
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Appointment, Case
from frontdesk.domain.rules import Occasion, Ruling
from frontdesk.domain.workflow import Outcome, Stage, Status, Workflow
from frontdesk.services.decisions import Decision, Subject
from frontdesk.ui.lead.effects import Change, change
from frontdesk.ui.lead.practices import Practice


def choices(subjects: Sequence[Subject], practice: Practice) -> list[Status]:
    """The statuses that a person of this role may choose by hand for all of these leads, the present one among them, so that keys stay where they are."""
    workflow = subjects[0].workflow
    present = {subject.case.lead.status for subject in subjects}
    return [status for status in workflow.statuses.values() if _may_choose(status, present, practice)]


def judged(subjects: Sequence[Subject], decision: Decision, practice: Practice) -> list[Change]:
    """What a decision does to each lead; raises Refused with what is still missing."""
    me = practice.me
    found = []
    for subject in subjects:
        occasion = Occasion(subject.workflow, subject.hours, practice.now(), me.role, me.id)
        rulings = _rulings(subject.case, occasion, decision, is_alone=len(subjects) == 1)
        found.append(change(subject.case, rulings, decision.revenues.get(subject.case.lead.id, 0), is_chosen=True))
    return found


def first_date(subject: Subject, status: Status, practice: Practice) -> datetime | None:
    """When the workflow would come back to a lead in this status: by the status's own wait, else by that after its last attempt."""
    policy = subject.workflow.attempts
    attempts = max(1, subject.case.lead.attempts)
    wait = status.wait
    if wait is None and policy is not None and status.stage in (Stage.FOLLOW_UP, Stage.REBOOK):
        wait = policy.wait(min(attempts, max(1, policy.maximum - 1)), None)
    if wait is None:
        return None
    due = practice.now() + wait
    return subject.hours.next_opening(due) if subject.workflow.waits_into_opening else due


def missing_attempts(subjects: Sequence[Subject]) -> dict[str, int]:
    """How many attempts each reason still needs, of the lead that needs most."""
    workflow: Workflow = subjects[0].workflow
    return {
        reason.key: max(0, workflow.attempts_needed(reason) - min(subject.case.lead.attempts for subject in subjects))
        for reason in workflow.reasons.values()
    }


def _may_choose(status: Status, present: set[str], practice: Practice) -> bool:
    if not status.by_hand or (status.follows and not present <= status.follows | {status.key}):
        return False
    try:
        rules.check_role(status, practice.me.role)
    except Refused:
        return False
    return True


def _rulings(case: Case, occasion: Occasion, decision: Decision, *, is_alone: bool) -> list[Ruling]:
    rulings: list[Ruling] = []
    if ruling := _status(case, occasion, decision, is_alone=is_alone):
        rulings.append(ruling)
    if decision.booking:
        booking = decision.booking
        made = Appointment(0, case.lead.id, booking.starts, occasion.now, str(occasion.hours.zone), booking.minutes, booking.with_whom)
        rulings.append(rules.book(rulings[-1].case if rulings else case, occasion, made))
    return rulings


def _status(case: Case, occasion: Occasion, decision: Decision, *, is_alone: bool) -> Ruling | None:
    answers = decision.answers
    if case.lead.status != decision.to:
        return rules.choose_status(case, occasion, decision.to, answers)
    if answers.reason is None and answers.follow_up:
        return rules.set_follow_up(case, occasion, answers.follow_up)
    if is_alone and not decision.booking and not decision.revenues:
        return rules.choose_status(case, occasion, decision.to, answers)
    return None


def loses(status: Status) -> bool:
    """Whether choosing it loses the lead."""
    return status.outcome is Outcome.LOST
