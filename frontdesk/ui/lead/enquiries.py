"""Every enquiry of one person: since when, where it stands, each one click away; and the next one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from frontdesk.domain.lines import LeadLine
from frontdesk.domain.records import LeadId
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.lead.words import day_words
from frontdesk.ui.widgets.buttons import button
from frontdesk.ui.widgets.labels import ElidedLabel, label
from frontdesk.ui.widgets.layouts import clear, column, row
from frontdesk.ui.widgets.pills import StatusPill


class Enquiries(QWidget):
    """The person's enquiries, newest first.

    Attributes:
        opened: the lead of another enquiry.
        new_wanted: the person asks again.
    """

    opened = Signal(object)
    new_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label("", "strong")
        self._rows = column(gap=4)
        new = button(self.tr("New enquiry"), self.new_wanted.emit, kind="link", icon="plus")
        new.setObjectName("new-enquiry")
        self.setLayout(column(row(self._title, None, new), self._rows, gap=4))

    def show_enquiries(self, present: LeadId, leads: Sequence[LeadLine], practice: Practice) -> None:
        """Show all enquiries; the one in front is marked and does not open."""
        self._title.setText(self.tr("Enquiries of this person  {n}").format(n=len(leads)))
        clear(self._rows)
        for lead in sorted(leads, key=lambda each: each.created, reverse=True):
            self._rows.addLayout(self._row(lead, practice, is_present=lead.id == present))

    def _row(self, lead: LeadLine, practice: Practice, *, is_present: bool) -> QHBoxLayout:
        today = practice.hours.day(practice.now())
        day = day_words(practice.hours.day(lead.created), today)
        pill = practice.pill(lead.status)
        about = ElidedLabel(" · ".join(part for part in (lead.interest, practice.reason_label(lead.reason)) if part), "small", "text2")
        line = row(gap=8)
        if is_present:
            line.addWidget(label(day, "medium"))
        else:
            name = self.tr("Open the enquiry of {day}, {status}").format(day=day, status=pill.words)
            line.addWidget(button(day, lambda: self.opened.emit(lead.id), kind="link", name=name))
        line.addWidget(StatusPill(pill))
        line.addWidget(about, 1)
        if is_present:
            line.addWidget(label(self.tr("this one"), "small", "text3"))
        return line
