"""What can be done to leads from any page: opens the dialog on fresh data, saves its answer, brings refusals back to their field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow, QWidget
from shiboken6 import isValid

from frontdesk.domain.problems import Conflict, Refused
from frontdesk.domain.records import LeadId
from frontdesk.domain.rules import Plan
from frontdesk.domain.workflow import Disposition
from frontdesk.services import appointments, attempts, followups, leads, money
from frontdesk.services.decisions import Subject, decide, subjects
from frontdesk.services.lists import Profile, profile
from frontdesk.services.people import Likely, twins_of
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.lead import sayings
from frontdesk.ui.lead.change_status.answers import StatusAnswer, twin
from frontdesk.ui.lead.change_status.dialog import ChangeStatus
from frontdesk.ui.lead.dialogs.appointments import AppointmentAnswer, AppointmentDialog, Deed
from frontdesk.ui.lead.dialogs.attempts import AttemptAnswer, AttemptDialog
from frontdesk.ui.lead.dialogs.drafts import Draft
from frontdesk.ui.lead.dialogs.follow_ups import FollowUpDialog
from frontdesk.ui.lead.dialogs.frames import LeadDialog
from frontdesk.ui.lead.dialogs.owners import HandOver, HandOverDialog, OwnerDialog
from frontdesk.ui.lead.dialogs.revenues import RevenueAnswer, RevenueDialog
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.lead.slots import SlotWatch

Command: TypeAlias = Callable[..., Any]
Send: TypeAlias = Callable[[Sequence[Subject], Any], tuple[Command, Mapping[str, Any]]]
Told: TypeAlias = Callable[[Sequence[Subject], Any, Any], str]
SETTLES: Mapping[str, Command] = {
    "cancel": appointments.cancel_appointment,
    "no_show": appointments.mark_no_show,
    "attended": appointments.mark_attended,
}


APPOINTMENTS: Mapping[str, Deed] = {"appointment": "book", "move": "move", "cancel": "cancel", "no_show": "no_show", "attended": "attended"}


class Deeds(QObject):
    """Belongs to a page or pane; every function takes ids and loads the leads as they stand now.

    Attributes:
        said: what was done, in words, for the undo strip.
        next_wanted: "Open the next lead in my queue" was ticked.
        merge_wanted: a lead shall be merged with another person: the lead's id and the person's id.
    """

    said = Signal(str)
    next_wanted = Signal()
    merge_wanted = Signal(object, object)

    def __init__(self, page: QWidget, jobs: Jobs, practice: Callable[[], Practice]) -> None:
        super().__init__(page)
        self._page, self._jobs, self._practice = page, jobs, practice
        self._open: LeadDialog | None = None

    def change_status(self, ids: Sequence[LeadId], *, to: str | None = None) -> None:
        """Change the status of one lead or of many."""
        self._ask(ids, partial(self._show_change_status, to=to))

    def follow_up(self, lead_id: LeadId) -> None:
        """Set, move or remove the next contact."""
        self._ask([lead_id], self._show_follow_up)

    def log(self, lead_id: LeadId, *, channel: str = "call", disposition: Disposition | None = None) -> None:
        """Log an attempt or another contact, with its dialog."""
        self._ask([lead_id], partial(self._show_attempt, channel=channel, disposition=disposition))

    def log_at_once(self, lead_id: LeadId, *, channel: str, disposition: Disposition | None) -> None:
        """Log it in one key; where something is missing, such as a note, the dialog asks for it."""

        def log(found: Sequence[Subject]) -> None:
            answer = AttemptAnswer(channel, disposition)
            command, kwargs = _attempt(found, answer)
            asks = partial(self._ask_what_is_missing, found, answer)
            self._jobs.do(command, owner=self, on_done=partial(self._tell, sayings.attempt, found, answer), on_refused=asks, **kwargs)

        self._ask([lead_id], log)

    def appointment(self, lead_id: LeadId, deed: Deed = "book") -> None:
        """Book, move, cancel, or say what became of the consultation."""
        self._ask([lead_id], partial(self._show_appointment, deed=deed))

    def revenue(self, lead_id: LeadId) -> None:
        """Record money received."""
        self._ask([lead_id], lambda found: self._show(RevenueDialog(self._host(), found[0], self._practice()), _revenue, sayings.revenue))

    def transfer(self, lead_id: LeadId) -> None:
        """Hand the lead to a colleague with a note."""
        self._ask(
            [lead_id], lambda found: self._show(HandOverDialog(self._host(), found[0], self._practice()), _hand_over, sayings.hand_over)
        )

    def owner(self, ids: Sequence[LeadId]) -> None:
        """Give leads to another owner."""
        self._ask(ids, lambda found: self._show(OwnerDialog(self._host(), found, self._practice()), _owner, sayings.owner))

    def do(self, deed: str, ids: Sequence[LeadId]) -> None:
        """What a page wants by its name: status, follow_up, attempt, appointment, move, cancel, no_show, attended, revenue, transfer, owner."""
        if deed in APPOINTMENTS:
            self.appointment(ids[0], APPOINTMENTS[deed])
        elif deed == "status":
            self.change_status(ids)
        elif deed == "owner":
            self.owner(ids)
        else:
            {"follow_up": self.follow_up, "attempt": self.log, "revenue": self.revenue, "transfer": self.transfer}[deed](ids[0])

    def dialog(self) -> LeadDialog | None:
        """The dialog that is open."""
        return self._open

    def _ask(self, ids: Sequence[LeadId], show: Callable[[Sequence[Subject]], object]) -> None:
        if self._open is None and ids:
            self._jobs.ask(subjects, ids=list(ids), owner=self, on_done=show, key=f"deeds-{id(self)}")

    def _host(self) -> QWidget:
        window = self._page.window()
        return (window.centralWidget() if isinstance(window, QMainWindow) else None) or window

    def _show(self, dialog: LeadDialog, send: Send, told: Told) -> None:
        """Open a dialog with the draft that was kept for its lead, and send its answer."""
        draft = Draft(self, self._jobs, dialog)
        dialog.saved.connect(lambda answer: self._save(dialog, answer, send, told))
        dialog.rested.connect(draft.keep)
        dialog.closed.connect(draft.close)
        dialog.closed.connect(self._closed)
        watch = SlotWatch(dialog, dialog, self._jobs, [subject.case.lead.id for subject in dialog.subjects])
        dialog.changed.connect(watch.look)
        self._open = dialog
        dialog.start()
        watch.look()
        draft.fetch()

    def _save(self, dialog: LeadDialog, answer: object, send: Send, told: Told) -> None:
        command, kwargs = send(dialog.subjects, answer)

        found = dialog.subjects

        def done(done: Any) -> None:
            if isValid(dialog):
                dialog.finished()
            self._tell(told, found, answer, done)

        def refused(problem: Refused) -> None:
            if isValid(dialog):
                dialog.refuse(problem)
            else:  # it was closed meanwhile: the window says it
                self._jobs.refused.emit(self, problem)

        # Owned by the page and not by the dialog: what is saved is told, also when the dialog was closed meanwhile.
        self._jobs.do(command, owner=self, on_done=done, on_refused=refused, on_conflict=partial(self._conflict, dialog), **kwargs)

    def _tell(self, told: Told, found: Sequence[Subject], answer: Any, done: Any) -> None:
        self.said.emit(told(found, answer, sayings.Result(done.value, self._practice())))
        if isinstance(answer, StatusAnswer) and answer.open_next:
            self.next_wanted.emit()

    def _conflict(self, dialog: LeadDialog, problem: Conflict) -> None:
        if not isValid(dialog):
            self._jobs.conflicted.emit(self, problem)
            return
        ids = [subject.case.lead.id for subject in dialog.subjects]

        def tell(found: Profile) -> None:
            now = Subject(found.case, found.person, found.workflow, found.hours)
            dialog.conflict(problem, [now], (found.timeline[0].by or "") if found.timeline else "")

        if len(ids) == 1:
            self._jobs.ask(profile, lead_id=ids[0], owner=dialog, on_done=tell)
        else:
            self._jobs.ask(subjects, ids=ids, owner=dialog, on_done=lambda found: dialog.conflict(problem, found))

    def _closed(self) -> None:
        self._open = None

    def _show_change_status(self, found: Sequence[Subject], *, to: str | None) -> None:
        dialog = ChangeStatus(self._host(), found, self._practice(), to=to)
        lead = found[0].case.lead

        def merge(person_id: int) -> None:
            dialog.close_overlay()
            self.merge_wanted.emit(lead.id, person_id)

        def offer(likely: Sequence[Likely]) -> None:
            dialog.offer_twins([twin(each.person, self._practice()) for each in likely])

        dialog.merge_wanted.connect(merge)
        self._show(dialog, _status, sayings.status)
        if len(found) == 1:
            self._jobs.ask(twins_of, person_id=lead.person_id, owner=dialog, on_done=offer)

    def _show_follow_up(self, found: Sequence[Subject]) -> None:
        dialog = FollowUpDialog(self._host(), found[0], self._practice())
        dialog.removal_wanted.connect(lambda: self._save(dialog, None, _removal, sayings.removal))
        self._show(dialog, _follow_up, sayings.follow_up)

    def _show_attempt(self, found: Sequence[Subject], *, channel: str, disposition: Disposition | None) -> None:
        dialog = AttemptDialog(self._host(), found[0], self._practice(), channel=channel, disposition=disposition)
        self._show(dialog, _attempt, sayings.attempt)

    def _show_appointment(self, found: Sequence[Subject], *, deed: Deed) -> None:
        self._show(AppointmentDialog(self._host(), found[0], self._practice(), deed), _appointment, sayings.appointment)

    def _ask_what_is_missing(self, found: Sequence[Subject], answer: AttemptAnswer, problem: Refused) -> None:
        self._show_attempt(found, channel=answer.channel, disposition=answer.disposition)
        cast("LeadDialog", self._open).refuse(problem)


def _one(found: Sequence[Subject]) -> dict[str, object]:
    lead = found[0].case.lead
    return {"lead_id": lead.id, "version": lead.version}


def _many(found: Sequence[Subject]) -> list[tuple[LeadId, int | None]]:
    return [(subject.case.lead.id, subject.case.lead.version) for subject in found]


def _status(found: Sequence[Subject], answer: StatusAnswer) -> tuple[Command, Mapping[str, Any]]:
    return decide, {"chosen": _many(found), "decision": answer.decision}


def _follow_up(found: Sequence[Subject], answer: Plan) -> tuple[Command, Mapping[str, Any]]:
    return followups.set_follow_up, {**_one(found), "plan": answer}


def _removal(found: Sequence[Subject], _answer: None) -> tuple[Command, Mapping[str, Any]]:
    return followups.cancel_follow_up, _one(found)


def _attempt(found: Sequence[Subject], answer: AttemptAnswer) -> tuple[Command, Mapping[str, Any]]:
    given = {"channel": answer.channel, "disposition": answer.disposition, "follow_up": answer.follow_up, "note": answer.note}
    return attempts.log_attempt, {**_one(found), **given}


def _appointment(found: Sequence[Subject], answer: AppointmentAnswer) -> tuple[Command, Mapping[str, Any]]:
    booking = answer.booking
    if answer.deed in SETTLES or booking is None:
        return SETTLES[answer.deed], _one(found)
    if answer.deed == "move":
        return appointments.move_appointment, {**_one(found), "starts": booking.starts}
    given = {"starts": booking.starts, "minutes": booking.minutes, "with_whom": booking.with_whom}
    return appointments.book_appointment, {**_one(found), **given}


def _revenue(found: Sequence[Subject], answer: RevenueAnswer) -> tuple[Command, Mapping[str, Any]]:
    given = {"amount": answer.amount, "received_on": answer.received_on, "note": answer.note}
    return money.record_revenue, {**_one(found), **given}


def _hand_over(found: Sequence[Subject], answer: HandOver) -> tuple[Command, Mapping[str, Any]]:
    return leads.transfer, {**_one(found), "to_person": answer.to_person, "note": answer.note}


def _owner(found: Sequence[Subject], answer: int | None) -> tuple[Command, Mapping[str, Any]]:
    return leads.assign, {"chosen": _many(found), "owner_id": answer}
