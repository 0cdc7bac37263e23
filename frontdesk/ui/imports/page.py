"""The import page: five steps, the list of them at the left; Back never loses anything, nothing runs on this thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from frontdesk.domain.ports import Choices as FileChoices
from frontdesk.domain.problems import Conflict, Refused
from frontdesk.services.imports import Kept, Result
from frontdesk.services.lists import Choices
from frontdesk.ui.imports.answers import Answers, Word
from frontdesk.ui.imports.check_step import CheckStep
from frontdesk.ui.imports.columns_step import ColumnsStep
from frontdesk.ui.imports.file_step import FileStep
from frontdesk.ui.imports.files import FileImport
from frontdesk.ui.imports.run_step import RunStep
from frontdesk.ui.imports.stepped import SteppedPage
from frontdesk.ui.imports.values_step import ValuesStep
from frontdesk.ui.imports.words import counted
from frontdesk.ui.imports.works import Checked, Looked
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.problems import sentence

FILE, COLUMNS, VALUES, CHECK, RUN = range(5)


class ImportPage(SteppedPage):
    """Import from a file.

    Attributes:
        leads_wanted: show the leads of an import, by its number.
    """

    leads_wanted = Signal(object)

    def __init__(self, jobs: Jobs, *, may_import: bool = True) -> None:
        """`may_import` is False for people who only look."""
        super().__init__("import", self.tr("Import"))
        self._may_import = may_import
        self.work = FileImport(jobs, self)
        self.file, self.columns, self.values = FileStep(), ColumnsStep(), ValuesStep()
        self.check, self.run = CheckStep(), RunStep()
        names = (self.tr("File"), self.tr("Columns"), self.tr("Values"), self.tr("Check"), self.tr("Import"))
        self.lay_out(names, (self.file, self.columns, self.values, self.check, self.run), (self.file, self.check, self.run))
        self._connect()
        self._connect_steps()
        self.go(FILE)
        if not may_import:
            self.show_empty(sentence(Refused("role_not_allowed")), icon="lock")

    @override
    def main_list(self) -> QWidget | None:
        """The step in front takes the focus."""
        if self._may_import:
            self.begin_step()
        return None

    def begin(self, path: Path | None = None) -> None:
        """Begin with another file, unless one is being imported at this moment."""
        if self.work.is_running or not self._may_import:
            return
        self.work.start_over()
        self.file.start_over()
        self.go(FILE, reached=FILE)
        if path is not None:
            self._take_file(path)

    @override
    def go_on(self) -> None:
        """The main action of the step in front."""
        if not self.foot.is_busy() and self._may_import:
            (self._leave_file, self._leave_columns, self._leave_values, self._import, self.run.go_on)[self.at()]()

    @override
    def may_leave(self) -> bool:
        return not self.work.is_running

    def _connect(self) -> None:
        self.foot.stop_wanted.connect(self.work.stop)
        self.work.busy.connect(self.foot.busy)
        self.work.calm.connect(self.foot.calm)
        self.work.progress.connect(self._show_progress)
        self.work.crashed.connect(self._crashed)

    def _connect_steps(self) -> None:
        self.file.file_chosen.connect(self._take_file)
        self.file.choices_changed.connect(self._read_as)
        self.columns.chosen.connect(self._send_column)
        self.values.meant.connect(self._mean)
        self.values.order_chosen.connect(lambda order: self._understand(replace(self.work.answers, order=order)))
        self.values.workflow_chosen.connect(lambda key: self._understand(self.work.answers.for_workflow(key)))
        self.check.choices_changed.connect(self._match)
        self.check.mended.connect(self.work.mend)
        self.check.check_wanted.connect(self._check)
        self.check.save_wanted.connect(self._save_problems)
        self.run.cancel_wanted.connect(self.work.stop)
        self.run.leads_wanted.connect(lambda: self.leads_wanted.emit(self.work.result.import_id if self.work.result else None))
        self.run.undo_wanted.connect(self._take_back)
        self.run.problems_wanted.connect(partial(self.go, CHECK))
        self.run.another_wanted.connect(self.begin)

    @override
    def arrived(self) -> None:
        step, checked = self.at(), self.work.checked
        words = [self.tr("Co&ntinue"), self.tr("Co&ntinue"), self.tr("Co&ntinue"), self.tr("&Import"), ""][step]
        if step == CHECK and checked is not None:
            rows = checked.result.created + checked.result.updated
            words = counted(rows, self.tr("&Import 1 row"), self.tr("&Import {n} rows")) if rows else words
        self.foot.offer(can_go_back=step > FILE and not self.work.is_running, on=words)
        name = self.work.answers.path.name if self.work.answers.path else ""
        self.set_title(self.tr("Import"), subtitle=name or self.tr("Leads from a CSV file or a spreadsheet, in five steps"))

    def _take_file(self, path: Path) -> None:
        self.work.take_file(path)
        self.file.show_path(path)
        self._look()

    def _read_as(self, chosen: FileChoices) -> None:
        self.work.read_as(chosen)
        self._look()

    def _look(self) -> None:
        self.steps.show_step(FILE, FILE)
        self.work.look(self._found, lambda problem: self.file.refuse(sentence(problem)))

    def _found(self, looked: Looked) -> None:
        self.file.show_file(looked)
        self.columns.show_columns(looked)
        self.arrived()

    def _leave_file(self) -> None:
        typed, looked = self.file.path(), self.work.looked
        if typed is None:
            self.file.refuse(self.tr("Choose a file first."))
        elif looked is None or typed != self.work.answers.path:
            self._take_file(typed)
        elif not looked.prepared.table.shape.certain:
            self.file.ask_heading()
        else:
            self.go(COLUMNS)

    def _send_column(self, heading: str, field: str) -> None:
        self.work.send_column(heading, field)
        self.steps.show_step(COLUMNS, COLUMNS)

    def _leave_columns(self) -> None:
        self.work.understand(self.work.answers, self._columns_understood, self._columns_refused)

    def _columns_refused(self, problem: Refused | Conflict) -> None:
        self.columns.refuse(str(problem.facts.get("heading", "")), sentence(problem))

    def _columns_understood(self, looked: Looked, choices: Choices) -> None:
        if not looked.prepared.columns.identifies:
            self.columns.refuse("", sentence(Refused("no_identifying_column")))
            return
        self.columns.show_missing(looked)
        self._show_values(looked, choices)
        self.go(VALUES)

    def _understand(self, answers: Answers) -> None:
        self.steps.show_step(VALUES, VALUES)
        self.work.understand(answers, self._show_values, lambda problem: self.values.notice.say(sentence(problem), "danger"))

    def _show_values(self, looked: Looked, choices: Choices) -> None:
        self.values.show_values(looked, self.work.answers, choices)

    def _mean(self, meant: dict[Word, str | None]) -> None:
        self.work.mean(meant)
        self.steps.show_step(VALUES, VALUES)

    def _leave_values(self) -> None:
        words = self.work.looked.words if self.work.looked else ()
        still_open = [each for each in words if self.work.answers.meaning(each) is None]
        if still_open:
            self.values.show_open(still_open)
        else:
            self._check(then=partial(self.go, CHECK))

    def _match(self, match: str | None, on_match: str) -> None:
        self.work.answers = replace(self.work.answers, match=match, on_match=on_match)
        self._check()

    def _check(self, *, then: Callable[[], object] | None = None) -> None:
        notice = self.values.notice if self.at() == VALUES else self.check.notice

        def show(checked: Checked) -> None:
            self.check.show_checked(checked, self.work.answers)
            self.arrived()
            if then is not None:
                then()

        self.work.check(show, lambda problem: notice.say(sentence(problem), "danger"))

    def _save_problems(self) -> None:
        target = self.check.ask_target(self.work.answers.path)
        if target is not None:
            self.work.save_problems(target, self.check.show_saved, lambda problem: self.check.notice.say(sentence(problem), "danger"))

    def _import(self) -> None:
        if self.work.looked is None or self.work.checked is None:
            return
        self.run.show_running(self.tr("Importing…"), self.work.looked.prepared.survey.rows)
        self.go(RUN)
        self.work.run(self._imported, self._import_refused)
        self.arrived()

    def _imported(self, result: Result) -> None:
        self.run.show_done(result)
        self._end()

    def _import_refused(self, problem: Refused | Conflict) -> None:
        self.run.show_failed(sentence(problem))
        self._end()

    def _take_back(self) -> None:
        self.work.take_back(self.taken_back, lambda problem: self.run.refuse(sentence(problem)))
        self.arrived()

    def taken_back(self, kept: Kept) -> None:
        """An import was taken back, here or from elsewhere: where it is the one on show, its end says so."""
        if self.work.result is not None and self.work.result.import_id == kept.import_id and not self.work.is_running:
            self.run.show_taken_back(kept)
            self._end()

    def _end(self) -> None:
        self.arrived()
        if self.isVisible():
            self.begin_step()

    def _show_progress(self, done: int, of: int) -> None:
        self.foot.progress(done, of)
        if self.work.is_running:
            self.run.show_progress(done, of)

    def _crashed(self, was_running: bool) -> None:
        """The window says that something went wrong; here it must not look as if it went on."""
        if was_running and self.work.result is not None:
            self.run.refuse(self.tr("Something went wrong. Try again to take back the rest."))
        elif was_running:
            self.run.show_failed(self.tr("Something went wrong. Nothing stayed behind."))
        self._end()
