"""Export of a list: a file is asked for, its ending says the kind, it is written in the background; a strip shows how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QFrame, QProgressBar, QWidget

from frontdesk.domain.lines import Filter, Sort
from frontdesk.domain.problems import Conflict, Refused
from frontdesk.domain.records import LeadId
from frontdesk.services.exports import export_leads
from frontdesk.ui.jobs import Jobs, Work
from frontdesk.ui.problems import sentence
from frontdesk.ui.widgets.buttons import button, icon_button
from frontdesk.ui.widgets.figures import figure
from frontdesk.ui.widgets.icons import IconLabel
from frontdesk.ui.widgets.labels import label
from frontdesk.ui.widgets.layouts import clothe, row
from frontdesk.ui.widgets.theme import theme
from frontdesk.ui.widgets.undo_strip import announce

_ENDINGS = (".csv", ".xlsx", ".json")


class ExportStrip(QFrame):
    """The strip below a list while it is exported, and what came of it; hidden otherwise."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._work: Work | None = None
        self._target = Path("leads.csv")
        self.setObjectName("export-strip")
        clothe(self, "card")
        self._icon = IconLabel("upload", "text2")
        self._words = label("", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Leads exported"))
        self._bar.setFixedWidth(theme().px(180))
        self._stop = button(self.tr("&Cancel"), self._cancel, name=self.tr("Cancel the export"))
        self._folder = button(self.tr("Show in folder"), self._open_folder)
        self._close = icon_button("x", self.tr("Close"), self.hide, size=14)
        line = row(self._icon, self._words, self._bar, self._stop, self._folder, self._close, gap=10, margins=(14, 6, 8, 6))
        line.setStretch(1, 1)
        self.setLayout(line)
        jobs.crashed.connect(self._crashed)
        self.hide()

    def start(self, wanted: Filter, sort: Sort, ids: Sequence[LeadId]) -> None:
        """Ask for a file and write the list to it, or only these leads; one export at a time."""
        if self._work is not None:
            self._stop.setFocus()
            return
        target, may_replace = self._ask_target()
        if target is None:
            return
        self._target = target
        self._show(self.tr("Exporting to {file}…").format(file=target.name), "upload", "text2", is_running=True)
        self._bar.setRange(0, 0)
        work = self._jobs.work(
            export_leads,
            owner=self,
            on_done=self._done,
            on_progress=self._progress,
            on_refused=self._refused,
            on_conflict=self._refused,
            target=target,
            wanted=wanted,
            sort=sort,
            ids=list(ids) or None,
            overwrite=may_replace,
        )
        self._work = work if self._is_running() else None  # a runner without threads has landed already

    def text(self) -> str:
        """What the strip says, empty when it is hidden."""
        return "" if self.isHidden() else self._words.text()

    def _ask_target(self) -> tuple[Path | None, bool]:
        """The file, and whether the dialog has asked about replacing it: not where the ending had to be added."""
        kinds = {
            self.tr("CSV file (*.csv)"): ".csv",
            self.tr("Spreadsheet (*.xlsx)"): ".xlsx",
            self.tr("JSON file (*.json)"): ".json",
        }
        chosen, kind = QFileDialog.getSaveFileName(self, self.tr("Export leads"), str(self._target), ";;".join(kinds))
        if not chosen:
            return None, False
        target = Path(chosen)
        if target.suffix.lower() in _ENDINGS:
            return target, True
        return target.with_name(target.name + kinds.get(kind, ".csv")), False

    def _progress(self, done: int, of: int) -> None:
        self._bar.setRange(0, max(1, of))
        self._bar.setValue(done)
        self._words.setText(self.tr("Exporting to {file}: {done} of {of}").format(file=self._target.name, done=figure(done), of=figure(of)))

    def _done(self, leads: int) -> None:
        one, more = self.tr("Exported 1 lead to {file}."), self.tr("Exported {n} leads to {file}.")
        words = (one if leads == 1 else more).replace("{n}", figure(leads)).replace("{file}", self._target.name)
        self._show(words, "circle-check", "done")

    def _refused(self, problem: Refused | Conflict) -> None:
        if problem.code == "cancelled":
            self._show(self.tr("Export stopped. No file was written."), "circle-slash", "text2")
        else:
            self._show(sentence(problem), "circle-alert", "danger")
        self._folder.hide()

    def _crashed(self, _error: object, doing: str) -> None:
        if self._is_running() and doing == export_leads.__qualname__:
            self._show(self.tr("Something went wrong. No file was written."), "circle-alert", "danger")
            self._folder.hide()

    def _show(self, words: str, icon: str, token: str, *, is_running: bool = False) -> None:
        self._work = None
        self._icon.show_icon(icon, token)
        self._words.setText(words)
        self._stop.setEnabled(True)
        for widget in (self._bar, self._stop):
            widget.setVisible(is_running)
        for widget in (self._folder, self._close):
            widget.setVisible(not is_running)
        self.show()
        announce(self, words)

    def _is_running(self) -> bool:
        return not self._stop.isHidden()

    def _cancel(self) -> None:
        if self._work is not None:
            self._stop.setEnabled(False)
            self._work.cancel()

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._target.parent)))
