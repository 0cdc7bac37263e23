"""What was done, in the words of the undo strip (ux.md section 8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from frontdesk.domain.rules import Plan, Ruling
from frontdesk.domain.workflow import Disposition
from frontdesk.services.decisions import Subject
from frontdesk.ui.lead.change_status.answers import StatusAnswer
from frontdesk.ui.lead.dialogs.appointments import AppointmentAnswer
from frontdesk.ui.lead.dialogs.attempts import AttemptAnswer
from frontdesk.ui.lead.dialogs.owners import HandOver
from frontdesk.ui.lead.dialogs.revenues import RevenueAnswer
from frontdesk.ui.lead.effects import plainly, when
from frontdesk.ui.lead.headlines import display_name
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.lead.words import tr
from frontdesk.ui.widgets.privacy import privacy


@dataclass(frozen=True, slots=True)
class Result:
    """What a command gave back, and by which practice it is said."""

    value: Any
    practice: Practice

    def ruling(self) -> Ruling | None:
        """The ruling, where there is one."""
        return self.value if isinstance(self.value, Ruling) else None


def status(found: Sequence[Subject], answer: StatusAnswer, result: Result) -> str:
    """Grace Kim is now lost, reason “Price shopping”."""
    to = found[0].workflow.statuses[answer.decision.to]
    if booking := answer.decision.booking:
        return _booked(found, when(booking.starts, result.practice), booking.with_whom, result)
    if found[0].case.lead.status == to.key and (plan := answer.decision.answers.follow_up) and not answer.decision.answers.reason:
        return follow_up(found, plan, result)
    reason = answer.decision.answers.reason
    because = tr(", reason “{reason}”").format(reason=result.practice.reason_label(reason)) if reason else ""
    words = tr("{who} is now {status}{because}.") if len(found) == 1 else tr("{who} are now {status}{because}.")
    return words.format(who=_who(found, result.practice), status=plainly(to.label), because=because)


def follow_up(found: Sequence[Subject], answer: Plan, result: Result) -> str:
    """Follow-up for Priya Nair set for Wed 25 Nov, 15:00."""
    at = when(answer.due, result.practice, any_time=answer.any_time)
    return tr("Follow-up for {who} set for {when}.").format(who=_who(found, result.practice), when=at)


def removal(found: Sequence[Subject], _answer: None, result: Result) -> str:
    """The follow-up of Priya Nair is removed."""
    return tr("The follow-up of {who} is removed.").format(who=_who(found, result.practice))


def attempt(found: Sequence[Subject], answer: AttemptAnswer, result: Result) -> str:
    """No answer for Tom Whitfield. Back in the queue at 14:43."""
    names = {
        Disposition.NO_ANSWER: tr("No answer for {who}."),
        Disposition.LEFT_MESSAGE: tr("Left message for {who}."),
        Disposition.SPOKE: tr("Spoke to {who}."),
        Disposition.SET_FOLLOW_UP: tr("Agreed on a follow-up with {who}."),
    }
    words = names[answer.disposition] if answer.disposition else tr("Contact with {who} logged.")
    return " ".join(part for part in (words.format(who=_who(found, result.practice)), _afterwards(found, result)) if part)


def appointment(found: Sequence[Subject], answer: AppointmentAnswer, result: Result) -> str:
    """Booked: Priya Nair, Thu 3 Dec, 9:00 with Dr Lowe."""
    booking = answer.booking
    at = when(booking.starts, result.practice) if booking else ""
    if answer.deed == "book" and booking:
        return _booked(found, at, booking.with_whom, result)
    words = {
        "move": tr("Appointment of {who} moved to {when}."),
        "cancel": tr("Appointment of {who} cancelled."),
        "no_show": tr("{who} did not arrive."),
        "attended": tr("{who} came to the appointment."),
    }
    return words[answer.deed].format(who=_who(found, result.practice), when=at)


def revenue(found: Sequence[Subject], answer: RevenueAnswer, result: Result) -> str:
    """$1,250 from Priya Nair recorded."""
    return tr("{amount} from {who} recorded.").format(amount=result.practice.money(answer.amount), who=_who(found, result.practice))


def hand_over(found: Sequence[Subject], answer: HandOver, result: Result) -> str:
    """Priya Nair handed over to Lin Wu."""
    return tr("{who} handed over to {name}.").format(who=_who(found, result.practice), name=result.practice.person(answer.to_person))


def owner(found: Sequence[Subject], answer: int | None, result: Result) -> str:
    """Priya Nair belongs to Lin Wu now."""
    name = result.practice.person(answer) if answer is not None else tr("nobody")
    words = tr("{who} belongs to {name} now.") if len(found) == 1 else tr("{who} belong to {name} now.")
    return words.format(who=_who(found, result.practice), name=name)


def _booked(found: Sequence[Subject], at: str, with_whom: str, result: Result) -> str:
    whom = tr(" with {whom}").format(whom=with_whom) if with_whom else ""
    return tr("Booked: {who}, {when}{whom}.").format(who=_who(found, result.practice), when=at, whom=whom)


def _afterwards(found: Sequence[Subject], result: Result) -> str:
    ruling = result.ruling()
    if ruling is None:
        return ""
    after = ruling.case.lead
    if found[0].case.lead.is_open and not after.is_open:
        label = plainly(result.practice.status_label(after.status))
        reason = result.practice.reason_label(after.reason)
        return tr("Last attempt: now {status}, reason “{reason}”.").format(status=label, reason=reason)
    due = after.next_follow_up
    return (
        tr("Back in the queue {when}.").format(when=when(due, result.practice)) if due and due != found[0].case.lead.next_follow_up else ""
    )


def _who(found: Sequence[Subject], practice: Practice) -> str:
    if len(found) > 1:
        return tr("{n} leads").format(n=len(found))
    return privacy().shown(display_name(found[0].person, practice))
