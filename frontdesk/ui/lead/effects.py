"""What a ruling does, in plain sentences: the well *When you save*, and what is said when it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QLocale

from frontdesk.domain.records import Appointment, AppointmentState, Case, FollowUp
from frontdesk.domain.rules import Ruling
from frontdesk.domain.workflow import Outcome, Stage
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.lead.words import moment, span, tr


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the well."""

    icon: str
    words: str
    tone: str = "text2"


@dataclass(frozen=True, slots=True)
class Change:
    """One lead before and after, with all that happened in between."""

    before: Case
    after: Case
    by_system: bool = False
    appointment: Appointment | None = None
    amount: int = 0
    is_chosen: bool = False

    @property
    def closes(self) -> bool:
        """Whether an open lead is closed."""
        return self.before.lead.is_open and not self.after.lead.is_open

    @property
    def planned(self) -> FollowUp | None:
        """The follow-up that is set by it."""
        return self.after.follow_up if self.after.follow_up != self.before.follow_up else None


Told = Callable[[Sequence[Change], Practice], "Said | None"]


def change(before: Case, rulings: Sequence[Ruling], amount: int = 0, *, is_chosen: bool = False) -> Change:
    """What several rulings did to one lead, one after the other; `is_chosen` when a person chose the status."""
    booked = next((ruling.appointment for ruling in rulings if ruling.appointment), None)
    after = rulings[-1].case if rulings else before
    return Change(before, after, any(ruling.by_system for ruling in rulings), booked, amount, is_chosen)


def tell(changes: Sequence[Change], practice: Practice) -> list[Said]:
    """Everything that saving does to these leads, in the order that matters to the desk; the last line is the way back."""
    told = [line(changes, practice) for line in LINES]
    return [said for said in told if said is not None]


def when(instant: datetime, practice: Practice, *, any_time: bool = False) -> str:
    """An instant inside a sentence: today 15:00, Wed 25, 10:00."""
    said = moment(instant, practice.now(), practice.hours, is_24h=practice.book.clock_24h, any_time=any_time)
    away = practice.hours.day(instant) - practice.hours.day(practice.now())
    return said[:1].lower() + said[1:] if abs(away.days) <= 1 else said


def month(instant: datetime, practice: Practice) -> str:
    """The month that a report counts an instant in."""
    local = practice.hours.local(instant)
    name = QLocale().standaloneMonthName(local.month)
    return name if local.year == practice.hours.local(practice.now()).year else f"{name} {local.year}"


def plainly(label: str) -> str:
    """A status inside a sentence: "Procedure Completed" is "procedure completed", and DNC stays DNC."""
    return " ".join(word if word.isupper() and len(word) > 1 else word[:1].lower() + word[1:] for word in label.split())


def _appointment(changes: Sequence[Change], practice: Practice) -> Said | None:
    found = changes[0].appointment if len(changes) == 1 else None
    if found is None:
        return None
    at = when(found.starts, practice) if found.starts else "—"
    whom = tr(" with {whom}").format(whom=found.with_whom) if found.with_whom else ""
    if found.state is AppointmentState.BOOKED:
        return Said("calendar-check", tr("Consultation {when}{whom}.").format(when=at, whom=whom))
    if found.state is AppointmentState.CANCELLED:
        return Said("calendar-x", tr("The consultation {when}{whom} is cancelled.").format(when=at, whom=whom))
    if found.state is AppointmentState.DID_NOT_ARRIVE:
        return Said("user-x", tr("Noted: did not come {when}.").format(when=at))
    return Said("user-check", tr("Noted: came to the consultation {when}.").format(when=at))


def _status(changes: Sequence[Change], practice: Practice) -> Said | None:
    """Said only where an open lead's status moves by itself, as the workflow says; a chosen one stands on the button."""
    only = changes[0]
    was, now = only.before.lead.status, only.after.lead.status
    if len(changes) > 1 or was == now or only.is_chosen or only.closes:
        return None
    return Said("arrow-right-left", tr("The status becomes “{status}”.").format(status=practice.status_label(now)))


def _gives_up(changes: Sequence[Change], practice: Practice) -> Said | None:
    only = changes[0]
    status = plainly(practice.status_label(only.after.lead.status))
    if only.by_system and only.closes:
        return Said("circle-x", tr("Last attempt: will be marked as {status} at once.").format(status=status), "danger")
    due, before = only.after.lead.timer_due, only.before.lead.timer_due
    if len(changes) > 1 or due == before or not only.after.lead.is_open:
        return None
    if due is None:
        return Said("hourglass", tr("It is no longer closed by itself."))
    policy = practice.workflow.attempts
    end = plainly(practice.status_label(policy.gives_up_to)) if policy else ""
    words = tr("Last attempt: will be marked as {status} {when}, unless something happens before.")
    return Said("hourglass", words.format(status=end, when=when(due, practice)), "warn")


def _queue(changes: Sequence[Change], practice: Practice) -> Said | None:
    closing = [each for each in changes if each.closes]
    if not closing:
        return None
    if len(changes) == 1 and (booked := next((each for each in changes[0].before.appointments if each.is_live), None)):
        return _still_booked(booked, practice)
    leave = _counted(len(closing), tr("1 lead leaves the call queue."), tr("{n} leads leave the call queue."))
    words = tr("Leaves the call queue.") if len(changes) == 1 else leave
    planned = [each.before.follow_up for each in closing if each.before.follow_up]
    if len(planned) > 1 or (planned and len(changes) > 1):
        words += " " + tr("Follow-ups cancelled: {n}.").format(n=len(planned))
    elif planned:
        words += " " + _cancelled(planned[0], practice)
    return Said("circle-slash", words)


def _counted(number: int, one: str, more: str) -> str:
    return (one if number == 1 else more).format(n=number)


def _still_booked(appointment: Appointment, practice: Practice) -> Said:
    """Closing a lead leaves its consultation in the book, which is easily overlooked."""
    at = when(appointment.starts, practice) if appointment.starts else "—"
    return Said("calendar-clock", tr("The lead is closed; its consultation {when} stays in the book.").format(when=at), "warn")


def _cancelled(follow_up: FollowUp, practice: Practice) -> str:
    if practice.hours.day(follow_up.due) == practice.hours.day(practice.now()):
        return tr("Today’s follow-up is cancelled.")
    return tr("The follow-up of {when} is cancelled.").format(when=when(follow_up.due, practice, any_time=follow_up.any_time))


def _attempts(changes: Sequence[Change], practice: Practice) -> Said | None:
    was, now = changes[0].before.lead.attempts, changes[0].after.lead.attempts
    if len(changes) > 1 or was == now:
        return None
    if now == 0:
        return Said("refresh-cw", tr("The attempts start again from 0."))
    allowed = practice.attempts_allowed()
    words = tr("Counts as attempt {n} of {all}.") if allowed else tr("Counts as attempt {n}.")
    return Said("phone-outgoing", words.format(n=now, all=allowed))


def _next(changes: Sequence[Change], practice: Practice) -> Said | None:
    still = [each for each in changes if each.after.lead.is_open]
    planned = [each.planned for each in still if each.planned]
    if len(changes) > 1:
        words = _counted(len(planned), tr("Next follow-up for 1 lead."), tr("Next follow-up for {n} leads."))
        return Said("clock", words) if planned else None
    if planned:
        return _planned(planned[0], practice)
    return _unplanned(still[0]) if still and not still[0].after.follow_up else None


def _unplanned(only: Change) -> Said | None:
    """An open lead without a next step: fine while it waits for its consultation or its clock, else it is easily forgotten."""
    is_expected = only.after.lead.stage in (Stage.BOOKED, Stage.NEW) or only.after.lead.timer_due
    if only.before.follow_up:
        done = tr("Leaves the call queue: the follow-up is done.") if is_expected else tr("The follow-up is done, and no other is set.")
        return Said("circle-check" if is_expected else "triangle-alert", done, "text2" if is_expected else "warn")
    return None if is_expected else Said("triangle-alert", tr("No follow-up is set: nothing brings this lead back."), "warn")


def _planned(follow_up: FollowUp, practice: Practice) -> Said:
    if follow_up.due <= practice.now():
        return Said("clock", tr("Back in the call queue at once."))
    at = when(follow_up.due, practice, any_time=follow_up.any_time)
    if follow_up.set_by is None:
        return Said("clock", tr("Comes back in {span}: {when}.").format(span=span(follow_up.due - practice.now()), when=at))
    return Said("clock", tr("Next follow-up {when}.").format(when=at))


def _counts(changes: Sequence[Change], practice: Practice) -> Said | None:
    moved = [each for each in changes if each.before.lead.stage is not each.after.lead.stage]
    if not moved:
        return _recounted(changes, practice)
    lead = moved[0].after.lead
    stamps = lead.stamps
    stamped = {
        Stage.LOST: (tr("lost"), stamps.lost),
        Stage.NOT_QUALIFIED: (tr("not qualified"), stamps.lost),
        Stage.WON: (tr("won"), stamps.won),
        Stage.BOOKED: (tr("scheduled"), stamps.booked),
        Stage.SEEN: (tr("consult completed"), stamps.seen),
    }
    if lead.stage is Stage.EXCLUDED:
        return Said("chart-column", tr("Isn’t counted in any report."))
    words, at = stamped.get(lead.stage, ("", None))
    if at is None:
        return None
    reason = tr(", reason “{reason}”").format(reason=practice.reason_label(lead.reason)) if lead.reason else ""
    one, many = tr("1 counts as {what} in {month}{reason}."), tr("{n} count as {what} in {month}{reason}.")
    counts = tr("Counts as {what} in {month}{reason}.") if len(changes) == 1 else one if len(moved) == 1 else many
    return Said("chart-column", counts.format(n=len(moved), what=words, month=month(at, practice), reason=reason))


def _recounted(changes: Sequence[Change], practice: Practice) -> Said | None:
    was, now = changes[0].before.lead.reason, changes[0].after.lead.reason
    if len(changes) > 1 or was == now or now is None:
        return None
    words = tr("The report counts “{now}” instead of “{was}”.") if was else tr("The report counts “{now}”.")
    return Said("chart-column", words.format(now=practice.reason_label(now), was=practice.reason_label(was)))


def _money(changes: Sequence[Change], practice: Practice) -> Said | None:
    amount = sum(each.amount for each in changes)
    return Said("banknote", tr("Revenue: {amount}.").format(amount=practice.money(amount))) if amount else None


def _do_not_call(changes: Sequence[Change], _practice: Practice) -> Said | None:
    found = [each for each in changes if each.after.do_not_call and not each.before.do_not_call]
    if not found:
        return None
    words = tr("Do-not-call is set: nobody may call this person.") if len(changes) == 1 else tr("Do-not-call is set for {n} people.")
    return Said("phone-off", words.format(n=len(found)), "warn")


def _marketing(changes: Sequence[Change], _practice: Practice) -> Said | None:
    if not any(each.after.no_marketing and not each.before.no_marketing for each in changes):
        return None
    return Said("megaphone", tr("No marketing is sent any more."))


def _owner(changes: Sequence[Change], practice: Practice) -> Said | None:
    lead = changes[0].after.lead
    if changes[0].before.lead.owner_id == lead.owner_id or lead.owner_id is None:
        return None
    if lead.owner_id == practice.me.id:
        return Said("user-check", tr("Goes to your own queue, as handed over."))
    return Said("user-check", tr("Goes to the queue of {name}, as handed over.").format(name=practice.person(lead.owner_id)))


def _way_back(changes: Sequence[Change], practice: Practice) -> Said | None:
    lead = changes[0].after.lead
    status = practice.status(lead.status)
    reopens = bool(status and status.reopenable and lead.outcome in (Outcome.LOST, Outcome.EXCLUDED))
    if reopens and len(changes) == 1:
        return Said("undo-2", tr("You can undo this, or reopen the lead at any time."))
    return Said("undo-2", tr("You can undo this.") if len(changes) == 1 else tr("One undo takes all of it back."))


LINES: tuple[Told, ...] = (
    _gives_up,
    _appointment,
    _status,
    _queue,
    _next,
    _attempts,
    _owner,
    _do_not_call,
    _marketing,
    _counts,
    _money,
    _way_back,
)
