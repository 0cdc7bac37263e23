"""What was typed into a dialog and not saved: kept for this lead after a second of rest, and when the dialog is closed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject
from shiboken6 import isValid

from frontdesk.services.drafts import drafts, drop_draft, keep_draft
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.lead.dialogs.frames import LeadDialog


class Draft(QObject):
    """The draft of one dialog while it is open; what is kept is sent for `owner`, which outlives the dialog."""

    def __init__(self, owner: QObject, jobs: Jobs, dialog: LeadDialog) -> None:
        super().__init__(dialog)
        self._owner, self._jobs, self._dialog = owner, jobs, dialog
        self._form = type(dialog).__name__
        self._subject = f"lead:{dialog.subjects[0].case.lead.id}"
        self._kept: Mapping[str, str] = {}

    def fetch(self) -> None:
        """Put back what was kept, unless something has been typed meanwhile; a dialog about many leads keeps none."""
        if len(self._dialog.subjects) == 1:
            self._jobs.ask(drafts, owner=self._owner, on_done=self._restore, forms=[self._form], subject=self._subject)

    def keep(self) -> None:
        """Keep what stands there now."""
        texts = self._dialog.draft()
        if len(self._dialog.subjects) == 1 and texts != self._kept:
            self._kept = texts
            self._jobs.do(keep_draft, owner=self._owner, on_done=_nothing, form=self._form, subject=self._subject, texts=texts)

    def close(self) -> None:
        """The dialog closes: keep what was not saved, forget what was."""
        if not self._dialog.is_finished:
            self.keep()
        elif self._kept:
            self._jobs.do(drop_draft, owner=self._owner, on_done=_nothing, form=self._form, subject=self._subject)

    def _restore(self, found: Mapping[str, Mapping[str, str]]) -> None:
        texts = dict(found.get(self._form, {}))
        if texts and isValid(self._dialog) and not self._dialog.draft():
            self._kept = texts
            self._dialog.restore(texts)


def _nothing(_done: object) -> None:
    """Keeping a draft has no answer that anybody waits for."""
