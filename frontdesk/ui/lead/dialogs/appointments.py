"""The consultation: booked, moved, cancelled, missed or kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from frontdesk.domain import rules
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Appointment
from frontdesk.domain.rules import Ruling
from frontdesk.domain.workflow import Happening
from frontdesk.services.decisions import Booking, Subject
from frontdesk.services.slots import Slot, Taken
from frontdesk.ui.lead.date_fields import date_field
from frontdesk.ui.lead.dialogs import inputs
from frontdesk.ui.lead.dialogs.forms import FormDialog
from frontdesk.ui.lead.effects import Said, change, tell, when
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.lead.slots import say_taken, slot_of
from frontdesk.ui.lead.words import tr
from frontdesk.ui.widgets.labels import label

Deed = Literal["book", "move", "cancel", "no_show", "attended"]
SETTLES: Mapping[Deed, Happening] = {"cancel": Happening.CANCEL, "no_show": Happening.NO_SHOW, "attended": Happening.ATTEND}


@dataclass(frozen=True, slots=True)
class AppointmentAnswer:
    """What shall happen to the consultation; the booking is given for book and move."""

    deed: Deed
    booking: Booking | None = None


class AppointmentDialog(FormDialog):
    """Book, move or settle the lead's consultation; answers with an AppointmentAnswer."""

    def __init__(self, host: QWidget, subject: Subject, practice: Practice, deed: Deed = "book") -> None:
        title, action = _names(deed)
        super().__init__(host, title, [subject], practice, height=540 if deed == "book" else 380)
        self._deed = deed
        self.starts = date_field(self.practice, self.tr("Date and time"))
        self.length, self.whom = inputs.lengths(), QLineEdit()
        if live := self.live():
            self.form.layout().addWidget(label(_present(live, self.practice), "body", wrap=True))  # type: ignore[union-attr] # a form has one
        if deed in ("book", "move"):
            self.form.add("starts", self.tr("&Date and time"), self.starts, aside=self.tr("in words"))
        if deed == "book":
            self.form.add("minutes", self.tr("&Length"), self.length)
            self.form.add("with_whom", self.tr("&With whom"), self.whom, aside=self.tr("optional"))
        self.name_action(action, "danger" if deed == "cancel" else "primary")
        if deed == "cancel":
            self.name_cancel(self.tr("Keep it"))
        self.finish()

    def live(self) -> Appointment | None:
        """The consultation that can be moved or settled."""
        return next((each for each in self.subjects[0].case.appointments if each.is_live), None)

    @override
    def answer(self) -> AppointmentAnswer:
        self._ruling()
        return AppointmentAnswer(self._deed, self._booking())

    @override
    def slot(self) -> Slot | None:
        live = self.live()
        if self._deed == "move" and live is not None:
            return slot_of(self.starts, live.minutes, live.with_whom)
        return slot_of(self.starts, int(str(self.length.key())), self.whom.text().strip())

    @override
    def show_taken(self, found: Taken) -> None:
        say_taken(self.starts, found, self.practice)

    @override
    def said(self) -> list[Said]:
        return tell([change(self.subjects[0].case, [self._ruling()])], self.practice)

    def _ruling(self) -> Ruling:
        subject, booking = self.subjects[0], self._booking()
        case, occasion = subject.case, self.occasion(subject)
        if self._deed in SETTLES:
            ruling = rules.settle(case, occasion, SETTLES[self._deed])
        elif booking is None:
            raise Refused("starts_needed", "starts")
        elif self._deed == "move":
            ruling = rules.move(case, occasion, booking.starts)
        else:
            zone = str(subject.hours.zone)
            made = Appointment(0, case.lead.id, booking.starts, occasion.now, zone, booking.minutes, booking.with_whom)
            ruling = rules.book(case, occasion, made)
        if ruling.appointment is None:
            raise Refused("no_appointment", "appointment")
        return ruling

    def _booking(self) -> Booking | None:
        found = inputs.understood(self.starts, "starts")
        return Booking(found.instant, int(str(self.length.key())), self.whom.text().strip()) if found else None


def _present(live: Appointment, practice: Practice) -> str:
    at = when(live.starts, practice) if live.starts else "—"
    whom = tr(" with {whom}").format(whom=live.with_whom) if live.with_whom else ""
    return tr("Booked: {when}{whom}").format(when=at, whom=whom)


def _names(deed: Deed) -> tuple[str, str]:
    return {
        "book": (tr("Schedule an appointment"), tr("Save appointment")),
        "move": (tr("Move the appointment"), tr("Move appointment")),
        "cancel": (tr("Cancel the appointment"), tr("Cancel appointment")),
        "no_show": (tr("Did not arrive"), tr("Mark as not arrived")),
        "attended": (tr("Came to the appointment"), tr("Mark as came")),
    }[deed]
