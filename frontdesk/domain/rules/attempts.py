"""Attempts and other contacts: what counts, the waits, and giving up (workflows.md sections 3 and 4)."""

from __future__ import annotations

from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Activity, ActivityKind, Case, Ending
from frontdesk.domain.rules.follow_ups import check_due, check_mover, follow_up_moves_clock
from frontdesk.domain.rules.rulings import Draft, Occasion, Plan, Ruling, may_write
from frontdesk.domain.workflow import ACTING, Asks, AttemptPolicy, Disposition, GiveUp, Happening

CONVERSATIONS = frozenset(("call_answered", "visit"))
"""Channels that are a conversation when nothing else is said."""


def attempt(
    case: Case, occasion: Occasion, *, channel: str, disposition: Disposition | None = None, follow_up: Plan | None = None, note: str = ""
) -> Ruling:
    """Log one contact by the desk; it counts as an attempt when its channel does (S4.11–S4.16).

    Raises:
        Refused: `do_not_call`, `role_not_allowed`, `channel_unknown`, `lead_is_closed`, `follow_up_needed`, `time_is_past` or `note_needed`.
    """
    if channel == "call" and case.do_not_call:
        raise Refused("do_not_call", "channel")
    may_write(occasion)
    counts = channel in occasion.workflow.counted_channels
    if not counts and channel not in occasion.workflow.uncounted_channels:
        raise Refused("channel_unknown", "channel")
    if disposition is None and channel in CONVERSATIONS:
        disposition = Disposition.SPOKE
    _check_date(case, occasion, disposition, follow_up)
    activity = Activity(0, case.lead.id, occasion.now, ActivityKind.CONTACT, channel, disposition=disposition, note=note, by=occasion.who)
    if counts and case.lead.is_open:
        return _count(case, occasion, activity, follow_up)
    if follow_up:
        check_mover(case, occasion)
    draft = Draft(case, occasion, "follow_up_set" if follow_up else "recorded" if counts else "uncounted_contact")
    if follow_up:
        draft.plan(follow_up, by_person=True)
        follow_up_moves_clock(draft, follow_up.due)
    return draft.ruling(activity=activity)


def give_up(case: Case, occasion: Occasion) -> Ruling:
    """The giving-up clock has run out: close the lead, by the system (S1.18, S4.09)."""
    draft = Draft(case, occasion, "attempts_exhausted")
    policy = occasion.workflow.attempts
    if policy is None or not case.lead.is_open:
        draft.clock(None)
        return draft.ruling("recorded")
    _close(draft, policy)
    return draft.ruling()


def _check_date(case: Case, occasion: Occasion, disposition: Disposition | None, follow_up: Plan | None) -> None:
    wants_date = disposition is Disposition.SET_FOLLOW_UP
    if not case.lead.is_open and (follow_up or wants_date):
        raise Refused("lead_is_closed", "follow_up")
    if wants_date and follow_up is None:
        raise Refused("follow_up_needed", "follow_up")
    if follow_up:
        check_due(follow_up.due, occasion)


def _count(case: Case, occasion: Occasion, activity: Activity, follow_up: Plan | None) -> Ruling:
    """A counted attempt on an open lead: the number, the stamps, the trigger, and then when to come back."""
    draft = Draft(case, occasion, "attempt_logged")
    number, spoke, acts = case.lead.attempts + 1, activity.disposition is Disposition.SPOKE, case.lead.stage in ACTING
    happening = Happening.SPOKE if spoke else Happening.ATTEMPT
    if acts:
        _check_note(draft, happening, number, activity.note)
    draft.end_follow_up(Ending.COMPLETED)
    draft.change(attempts=number)
    draft.stamp("first_attempt")
    if spoke:
        draft.stamp("reached")
    if acts:
        draft.fire(happening, _counter(occasion, number))
    draft.change(handed_at=None)
    rule = _come_back(draft, number, activity.disposition, follow_up, acts=acts)
    draft.carry_note(activity.note)
    counted = Activity(
        0,
        case.lead.id,
        occasion.now,
        ActivityKind.ATTEMPT,
        activity.channel,
        False,
        activity.disposition,
        True,
        number,
        activity.note,
        occasion.who,
    )
    return draft.ruling(rule, activity=counted)


def _counter(occasion: Occasion, number: int) -> int:
    """Which numbered status an attempt leads to: the last one takes all beyond it."""
    return min(number, occasion.workflow.attempts.maximum) if occasion.workflow.attempts else number


def _check_note(draft: Draft, happening: Happening, number: int, note: str) -> None:
    """A status that asks for a note asks for it also when an attempt moves to it (S1.10)."""
    trigger = draft.trigger(happening)
    target = trigger.target(_counter(draft.occasion, number)) if trigger else None
    if target and Asks.NOTE in draft.occasion.workflow.statuses[target].asks and not note.strip():
        raise Refused("note_needed", "note")


def _come_back(draft: Draft, number: int, disposition: Disposition | None, follow_up: Plan | None, *, acts: bool) -> str:
    """Set the next follow-up or give up; the answer is the rule that decided."""
    policy = draft.occasion.workflow.attempts
    if follow_up:
        draft.rule = "follow_up_given"
        draft.plan(follow_up, by_person=True)
        if acts:
            follow_up_moves_clock(draft, follow_up.due)
        return draft.rule
    if policy is None or not acts:
        return "attempt_logged"
    if policy.give_up is GiveUp.AFTER_A_WAIT:
        draft.clock(None)
    if disposition is Disposition.SPOKE and policy.reached:
        draft.rule = "conversation_wait"
        draft.clock(None)
        draft.plan_after(policy.wait(min(number, policy.maximum - 1), None))
        return draft.rule
    if number < policy.maximum:
        draft.rule = "attempt_wait"
        draft.plan_after(policy.wait(number, disposition))
        return draft.rule
    return _exhausted(draft, policy, number, disposition)


def _exhausted(draft: Draft, policy: AttemptPolicy, number: int, disposition: Disposition | None) -> str:
    """The last attempt, or one beyond it, without a date: one of the three ways of giving up."""
    if policy.give_up is GiveUp.AT_ONCE:
        _close(draft, policy)
        return "attempts_exhausted"
    if policy.give_up is GiveUp.AFTER_A_WAIT:
        draft.rule = "give_up_wait"
        draft.clock(draft.occasion.now + policy.grace)
        return draft.rule
    if draft.lead.timer_due is not None:
        return "attempt_logged"
    draft.rule = "attempt_wait"
    draft.clock(draft.plan_after(policy.wait(number, disposition)) + policy.grace)
    return draft.rule


def _close(draft: Draft, policy: AttemptPolicy) -> None:
    draft.rule, draft.by_system = "attempts_exhausted", True
    draft.enter(policy.gives_up_to, reason=policy.reason)
