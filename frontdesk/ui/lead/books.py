"""Two tabs of the profile: appointments, past and coming, and money, with the day each was recorded."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.domain.records import Appointment, AppointmentState, Lead, Revenue
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.lead.words import day_words, moment, tr
from frontdesk.ui.widgets.buttons import button
from frontdesk.ui.widgets.labels import label
from frontdesk.ui.widgets.layouts import clear, column, row
from frontdesk.ui.widgets.pills import IconDisc

_STATES = {
    AppointmentState.BOOKED: ("Booked", "calendar-check", "sched"),
    AppointmentState.CANCELLED: ("Cancelled", "calendar-x", "follow"),
    AppointmentState.DID_NOT_ARRIVE: ("Did not arrive", "user-x", "dead"),
    AppointmentState.ATTENDED: ("Came", "stethoscope", "consult"),
}


class AppointmentList(QWidget):
    """The lead's appointments, newest first; what became of the live one is said here.

    Attributes:
        wanted: "book", "move", "attended", "no_show" or "cancel".
    """

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = column(gap=12)
        self.setLayout(self._rows)

    def show_appointments(self, appointments: Sequence[Appointment], practice: Practice) -> None:
        """Show all appointments of a lead."""
        clear(self._rows)
        for appointment in sorted(appointments, key=lambda each: each.starts or each.booked_on, reverse=True):
            self._rows.addLayout(_appointment(appointment, practice))
            if appointment.is_live:
                self._rows.addLayout(self._live(appointment, practice))
        if not appointments:
            self._rows.addWidget(label(self.tr("No appointment yet."), "small", "text3"))
        if not any(each.is_live for each in appointments):
            book = button(self.tr("Schedule appointment"), lambda: self.wanted.emit("book"), icon="calendar-plus")
            self._rows.addLayout(row(book, None))

    def _live(self, appointment: Appointment, practice: Practice) -> QVBoxLayout:
        is_over = appointment.starts is not None and appointment.starts <= practice.now()
        deeds = [("attended", self.tr("Came")), ("no_show", self.tr("Did not arrive"))] if is_over else []
        deeds += [("move", self.tr("Move")), ("cancel", self.tr("Cancel appointment"))]
        buttons = [button(words, lambda key=key: self.wanted.emit(key)) for key, words in deeds]  # type: ignore[misc] # a bound default
        for made, (key, _) in zip(buttons, deeds, strict=True):
            made.setObjectName(f"appointment-{key}")
            made.setProperty("compact", True)
        return column(row(*buttons, None, gap=6), margins=(38, 0, 0, 0))


class MoneyList(QWidget):
    """Estimate and revenue.

    Attributes:
        record_wanted: revenue shall be recorded.
    """

    record_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = column(gap=10)
        self.setLayout(self._rows)

    def show_money(self, lead: Lead, revenues: Sequence[Revenue], practice: Practice) -> None:
        """Show what was estimated and what came in."""
        clear(self._rows)
        if lead.estimate is not None:
            self._rows.addLayout(_amount(self.tr("Estimate"), "", practice.money(lead.estimate)))
        today = practice.hours.day(practice.now())
        for revenue in sorted(revenues, key=lambda each: each.received_on, reverse=True):
            day = day_words(revenue.received_on, today)
            self._rows.addLayout(_amount(self.tr("Received {day}").format(day=day), revenue.note, practice.money(revenue.amount)))
        if len(revenues) > 1:
            self._rows.addLayout(_amount(self.tr("Together"), "", practice.money(sum(each.amount for each in revenues)), role="strong"))
        if not revenues:
            self._rows.addWidget(label(self.tr("No revenue recorded."), "small", "text3"))
        record = button(self.tr("Record revenue"), self.record_wanted.emit, icon="banknote")
        record.setObjectName("record-revenue")
        self._rows.addLayout(row(record, None))


def _appointment(appointment: Appointment, practice: Practice) -> QVBoxLayout:
    words, icon, tone = _STATES[appointment.state]
    shown_24h = practice.book.clock_24h
    when = moment(appointment.starts, practice.now(), practice.hours, is_24h=shown_24h) if appointment.starts else tr("No time given")
    about = [tr(words), tr("{n} min").format(n=appointment.minutes), appointment.kind, appointment.with_whom]
    detail = label("  ·  ".join(part for part in about if part), "small", "text2", wrap=True)
    line = row(IconDisc(icon, tone), column(label(when, "medium", tabular=True), detail, gap=1), gap=10)
    line.setStretch(1, 1)
    return column(line)


def _amount(words: str, note: str, amount: str, role: str = "body") -> QVBoxLayout:
    name = label(words, "strong" if role == "strong" else "body")
    figure = label(amount, "strong", tabular=True)
    parts = column(row(name, None, figure), gap=1)
    if note:
        parts.addWidget(label(note, "small", "text2", wrap=True))
    return parts
