"""What the head of a profile says, and why some of its actions are not possible."""

from __future__ import annotations

from collections.abc import Sequence

from frontdesk.domain.records import Appointment, Lead, Person, Revenue
from frontdesk.domain.workflow import Outcome
from frontdesk.ui.lead.head import Headline
from frontdesk.ui.lead.next_steps import Standing, next_step
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.lead.words import since_words, tr


def headline(lead: Lead, person: Person, appointments: Sequence[Appointment], revenues: Sequence[Revenue], practice: Practice) -> Headline:
    """Name, what they want, from where, since when, and where the lead stands."""
    allowed = practice.attempts_allowed()
    source = practice.source(lead.source_id)
    since = since_words(lead.stamps.created, practice.now(), practice.hours)
    about = [lead.interest, source, since]
    return Headline(
        display_name(person, practice),
        "  ·  ".join(part for part in about if part),
        practice.pill(lead.status),
        next_step(standing(lead, appointments, revenues), practice),
        (lead.attempts, allowed) if allowed else None,
        lead.important,
        tr("Don't call. They asked for it.") if person.do_not_call else "",
    )


def standing(lead: Lead, appointments: Sequence[Appointment], revenues: Sequence[Revenue]) -> Standing:
    """What the next step of a lead depends on."""
    starts = [each.starts for each in appointments if each.is_live and each.starts is not None]
    return Standing(
        lead.outcome,
        lead.stage,
        lead.stamps.created,
        lead.next_follow_up,
        min(starts, default=None),
        lead.reason,
        sum(each.amount for each in revenues),
        lead.stamps.won if lead.outcome is Outcome.WON else lead.status_since,
    )


def display_name(person: Person, practice: Practice) -> str:
    """The name, else the number, else the e-mail: whatever somebody is known by."""
    if person.name:
        return person.name
    for point in person.points:
        return practice.phone(point.typed) if point.kind == "phone" else point.typed
    return tr("No name")


def first_point(person: Person, kind: str) -> str:
    """The first phone or e-mail in the form that can be dialled or written to, empty without one."""
    return next((point.canonical for point in person.points if point.kind == kind), "")


def why_not(person: Person, practice: Practice) -> dict[str, str]:
    """The actions that are not possible, each with the reason."""
    found: dict[str, str] = {}
    if not practice.may_write():
        found |= dict.fromkeys(("follow_up", "appointment"), tr("Your role may only look."))
    if not first_point(person, "phone"):
        found |= dict.fromkeys(("call", "text"), tr("There is no phone number."))
    elif person.do_not_call:
        found["call"] = tr("Don't call. They asked for it.")
    if not first_point(person, "email"):
        found["email"] = tr("There is no e-mail address.")
    return found
