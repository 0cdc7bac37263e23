"""What else is planned at the time that a date field understands: looked up at every other time, said beside the field, never in the way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from PySide6.QtCore import QObject

from frontdesk.domain.problems import Refused
from frontdesk.domain.records import LeadId
from frontdesk.services.slots import FREE, MOST, Clash, Slot, Taken, taken
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.lead.words import clock, tr
from frontdesk.ui.widgets.date_field import DateField
from frontdesk.ui.widgets.privacy import privacy


class Chooser(Protocol):
    """What asks for a time."""

    def slot(self) -> Slot | None:
        """The time that is chosen now; None without one, and for a day without a time."""

    def show_taken(self, found: Taken) -> None:
        """Say what else is planned then."""


class AsksWhen:
    """A form with one date field, for a follow-up."""

    when: DateField
    practice: Practice

    def slot(self) -> Slot | None:
        """The time that is being chosen."""
        return slot_of(self.when)

    def show_taken(self, found: Taken) -> None:
        """Say what else is planned then."""
        say_taken(self.when, found, self.practice)


class SlotWatch(QObject):
    """Looks up, off the GUI thread, what else is planned at the time that is being chosen; lives as long as its owner."""

    def __init__(self, owner: QObject, chooser: Chooser, jobs: Jobs, lead_ids: Sequence[LeadId]) -> None:
        super().__init__(owner)
        self._chooser, self._jobs, self._lead_ids = chooser, jobs, frozenset(lead_ids)
        self._slot: Slot | None = None

    def look(self) -> None:
        """Something was typed: look it up, if that is another time."""
        slot = self._chooser.slot()
        if slot == self._slot:
            return
        self._slot = slot
        self._chooser.show_taken(FREE)
        if slot is not None:
            self._jobs.ask(
                taken, owner=self, on_done=self._land, on_refused=_stay_silent, key=f"slot-{id(self)}", slot=slot, lead_ids=self._lead_ids
            )

    def _land(self, found: Taken) -> None:
        if self._slot is not None:
            self._chooser.show_taken(found)


def slot_of(field: DateField, minutes: int = 0, with_whom: str = "") -> Slot | None:
    """The time that a date field understands."""
    found = field.understood()
    return None if found is None or found.any_time else Slot(found.instant, minutes, with_whom)


def say_taken(field: DateField, found: Taken, practice: Practice) -> None:
    """Say in a date field what else is planned then."""
    understood = field.understood()
    at = clock(practice.hours.local(understood.instant), is_24h=practice.book.clock_24h) if understood else ""
    others = tr("1 other follow-up at {time}") if found.follow_ups == 1 else tr("{n} other follow-ups at {time}")
    number = f"{MOST}+" if found.follow_ups == MOST else str(found.follow_ups)
    field.set_aside(others.format(n=number, time=at) if found.follow_ups else "")
    field.warn(_clash_words(found.clashes, practice) if found.clashes else "")


def _clash_words(clashes: Sequence[Clash], practice: Practice) -> str:
    nearest = clashes[0]
    booked, is_24h = nearest.appointment, practice.book.clock_24h
    who = privacy().shown(nearest.who) or tr("Somebody")
    starts = practice.hours.local(booked.starts) if booked.starts else None
    if starts is None:
        return ""
    ends = starts + timedelta(minutes=booked.minutes)
    words = tr("{who} is booked then with {whom}, {start} to {end}.") if booked.with_whom else tr("{who} is booked then, {start} to {end}.")
    said = words.format(who=who, whom=booked.with_whom, start=clock(starts, is_24h=is_24h), end=clock(ends, is_24h=is_24h))
    more = len(clashes) - 1
    return f"{said} {tr('And {n} more.').format(n=more)}" if more else said


def _stay_silent(_problem: Refused) -> None:
    """It is a remark: without an answer nothing is said."""
