"""Step 5: the import itself, its end, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from frontdesk.services.imports import Kept, Result
from frontdesk.ui.imports import words
from frontdesk.ui.widgets.buttons import button
from frontdesk.ui.widgets.figures import figure
from frontdesk.ui.widgets.icons import IconLabel
from frontdesk.ui.widgets.labels import label
from frontdesk.ui.widgets.layouts import column, holder, row, surface
from frontdesk.ui.widgets.notices import NoticeLine
from frontdesk.ui.widgets.undo_strip import announce


class RunStep(QWidget):
    """Progress while it runs, then what came of it.

    Attributes:
        cancel_wanted: stop; nothing stays behind.
        leads_wanted: show the leads that were imported.
        undo_wanted: take the import back.
        problems_wanted: show the rows that could not be read.
        another_wanted: begin with another file.
    """

    cancel_wanted = Signal()
    leads_wanted = Signal()
    undo_wanted = Signal()
    problems_wanted = Signal()
    another_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.notice = NoticeLine()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Rows imported"))
        self._figures = label("", tone="text2", tabular=True)
        self._icon = IconLabel("loader-circle", "text2", 18)
        self._sentence = label("", "heading", wrap=True)
        self._more = label("", tone="text2", wrap=True)
        self._cancel = button(self.tr("&Cancel"), self._stop, icon="x")
        self._leads = button(self.tr("Show the lea&ds"), self.leads_wanted.emit, kind="primary", icon="users")
        self._undo = button(self.tr("&Undo import"), self.undo_wanted.emit, icon="undo-2")
        self._problems = button(self.tr("Show &problem rows"), self.problems_wanted.emit, icon="list")
        self._another = button(self.tr("Import a&nother file"), self.another_wanted.emit, icon="import")
        for each in (self._cancel, self._leads, self._undo, self._problems, self._another):
            each.setAutoDefault(True)  # Enter presses the button that has the focus, as in a dialog
        head = row(self._icon, self._sentence, gap=12)
        head.setStretch(1, 1)
        self._progress = holder(column(self._bar, self._figures, gap=6))
        buttons = row(self._cancel, self._leads, self._problems, self._undo, self._another, None)
        card = surface("card", column(head, self._more, self._progress, 4, buttons, gap=10, margins=(20, 18, 20, 18)))
        self.setLayout(column(self.notice, card, None, gap=12))

    def begin(self) -> None:
        """Take the focus at what can be done now."""
        for control in (self._cancel, self._leads, self._another):
            if not control.isHidden():
                control.setFocus()
                return

    def go_on(self) -> None:
        """Show the leads, where there are some; nothing is begun anew by a key."""
        if not self._leads.isHidden():
            self.leads_wanted.emit()

    def text(self) -> str:
        """The sentence that is shown."""
        return self._sentence.text()

    def show_running(self, what: str, rows: int) -> None:
        """Say that it runs."""
        self.notice.hide()
        self._say("loader-circle", "text2", what, "")
        self._bar.setRange(0, rows)
        self._bar.setValue(0)
        self._figures.setText("")
        self._offer(self._cancel)
        self._progress.show()
        self._cancel.setEnabled(True)

    def show_progress(self, done: int, of: int) -> None:
        """Say how far it is."""
        self._bar.setRange(0, max(1, of))
        self._bar.setValue(done)
        self._figures.setText(self.tr("{done} of {of} rows").format(done=figure(done), of=figure(of)))

    def show_done(self, result: Result) -> None:
        """Say what was imported, what was here already, and what could not be read; or that it was stopped."""
        if result.cancelled:
            self._say(
                "circle-slash", "text2", self.tr("Stopped. Nothing was imported."), self.tr("Go back to change something, or begin again.")
            )
            self._offer(self._another)
            return
        more = [self._sentence_of_changed(result), self._sentence_of_here(result), self._sentence_of_refused(result)]
        imported = words.counted(result.created, self.tr("Imported 1 lead."), self.tr("Imported {n} leads."))
        changed = bool(result.created or result.updated)
        undo = self.tr("Undo import takes back every row that nobody has worked on since.") if changed else ""
        self._say("circle-check", "done", " ".join([imported, *filter(None, more)]), undo)
        offered = [self._leads if result.created else None, self._problems if result.refused else None, self._undo if changed else None]
        self._offer(*(each for each in offered if each is not None), self._another)

    def show_failed(self, sentence: str) -> None:
        """Say why it did not work; nothing stayed behind."""
        self._say("circle-alert", "danger", self.tr("Nothing was imported."), sentence)
        self._offer(self._another)

    def show_taken_back(self, kept: Kept) -> None:
        """Say what was taken back, and what stays because somebody has worked on it."""
        taken = words.counted(kept.taken_back, self.tr("Took back 1 row."), self.tr("Took back {n} rows."))
        one = self.tr("1 stays, because somebody has worked on it since.")
        more = self.tr("{n} stay, because somebody has worked on them since.")
        self._say("undo-2", "text2", taken, words.counted(kept.kept, one, more) if kept.kept else "")
        self._offer(self._another)

    def refuse(self, sentence: str) -> None:
        """Say what could not be done, above the end that stays."""
        self.notice.say(sentence, "warn")

    def _sentence_of_changed(self, result: Result) -> str:
        found = result.updated
        return (
            words.counted(found, self.tr("1 lead was brought up to date."), self.tr("{n} leads were brought up to date.")) if found else ""
        )

    def _sentence_of_here(self, result: Result) -> str:
        found = result.already_here
        return words.counted(found, self.tr("1 was already here."), self.tr("{n} were already here.")) if found else ""

    def _sentence_of_refused(self, result: Result) -> str:
        found = len(result.refused)
        return words.counted(found, self.tr("1 couldn't be read."), self.tr("{n} couldn't be read.")) if found else ""

    def _say(self, icon: str, token: str, sentence: str, more: str) -> None:
        self._icon.show_icon(icon, token)
        self._sentence.setText(sentence)
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self._progress.hide()
        announce(self, sentence)

    def _offer(self, *controls: QWidget) -> None:
        for each in (self._cancel, self._leads, self._problems, self._undo, self._another):
            each.setVisible(each in controls)

    def _stop(self) -> None:
        self._cancel.setEnabled(False)
        self._sentence.setText(self.tr("Stopping…"))
        self.cancel_wanted.emit()
