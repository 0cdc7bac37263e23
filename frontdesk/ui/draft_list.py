"""What was typed and not sent: how much of it waits, in the status bar, and a list that leads back to it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from frontdesk.services.drafts import Kept, every_draft
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.status_bar import StatusBar
from frontdesk.ui.widgets.privacy import privacy


class DraftList(QObject):
    """Asks again whenever something was written.

    Attributes:
        lead_wanted: the lead that a draft is about.
        new_lead_wanted: the form of a new lead holds a draft.
    """

    lead_wanted = Signal(object)
    new_lead_wanted = Signal()

    def __init__(self, jobs: Jobs, bar: StatusBar) -> None:
        super().__init__(bar)
        self._jobs, self._bar = jobs, bar
        self._kept: Sequence[Kept] = ()
        jobs.writing.connect(lambda is_writing: None if is_writing else self.refresh())
        bar.drafts_wanted.connect(self._open)
        self.refresh()

    def refresh(self) -> None:
        """Ask what waits."""
        self._jobs.ask(every_draft, owner=self, on_done=self._show, key="drafts-every")

    def _show(self, kept: Sequence[Kept]) -> None:
        self._kept = kept
        self._bar.set_drafts(len(kept))

    def _open(self) -> None:
        menu = QMenu(self._bar)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setObjectName("draft-list")
        for kept in self._kept:
            if kept.lead is None:
                menu.addAction(self.tr("New lead"), self.new_lead_wanted.emit)
            else:
                name = privacy().shown(kept.lead.name or (*kept.lead.phones, *kept.lead.emails, "")[0])
                menu.addAction(self._words(kept.form).format(name=name), partial(self.lead_wanted.emit, kept.lead.id))
        menu.popup(self._bar.drafts_place() - QPoint(0, menu.sizeHint().height()))

    def _words(self, form: str) -> str:
        known = {
            "note": self.tr("Note about {name}"),
            "details": self.tr("Details of {name}"),
            "ChangeStatus": self.tr("Change status of {name}"),
            "AppointmentDialog": self.tr("Appointment of {name}"),
            "AttemptDialog": self.tr("Contact with {name}"),
            "FollowUpDialog": self.tr("Follow-up for {name}"),
            "HandOverDialog": self.tr("Handing {name} over"),
            "OwnerDialog": self.tr("Owner of {name}"),
            "RevenueDialog": self.tr("Revenue from {name}"),
        }
        return known.get(form, self.tr("Something about {name}"))
