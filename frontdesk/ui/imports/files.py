"""The import of one file while it is worked on: its answers, what is known of it so far, and the work that is under way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from frontdesk.domain.ports import Choices as FileChoices
from frontdesk.domain.problems import Conflict, Refused
from frontdesk.services.imports import Kept, Result
from frontdesk.services.lists import Choices, choices
from frontdesk.ui.imports import works
from frontdesk.ui.imports.answers import Answers, Word
from frontdesk.ui.imports.works import Checked, Looked
from frontdesk.ui.jobs import Jobs, Work

Saying = Callable[[Refused | Conflict], object]


class FileImport(QObject):
    """Everything about the file that is being imported; each piece of work lands in a function that shows it.

    Attributes:
        busy: what is under way now, in words.
        calm: nothing is under way any more.
        progress: how many rows are done, of how many.
        crashed: what was under way failed in a way that the window reports; whether rows were being written.
    """

    busy = Signal(str)
    calm = Signal()
    progress = Signal(int, int)
    crashed = Signal(bool)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._work: Work | None = None
        self._under_way = ""
        self.is_running = False
        self.start_over()
        jobs.crashed.connect(self._crashed)

    def start_over(self) -> None:
        """Forget the file and every answer."""
        self.answers = Answers()
        self.looked: Looked | None = None
        self.checked: Checked | None = None
        self.result: Result | None = None

    def take_file(self, path: Path) -> None:
        """Work on another file from now on."""
        self.start_over()
        self.answers = Answers(path)

    def read_as(self, chosen: FileChoices) -> None:
        """Read the file in another way; rows and lines are others then, so nothing mended fits any more."""
        self.answers = replace(self.answers, choices=chosen, mended={})

    def send_column(self, heading: str, field: str) -> None:
        """Send a column to another field."""
        self.answers = replace(self.answers, columns={**self.answers.columns, heading: field}, mended={})

    def mean(self, meant: dict[Word, str | None]) -> None:
        """Give words their meanings; None takes an answer back."""
        meanings = {**self.answers.meanings, **meant}
        self.answers = replace(self.answers, meanings={word: meaning for word, meaning in meanings.items() if meaning is not None})

    def mend(self, line: int, place: int, text: str) -> None:
        """Write a cell of the file anew, for this import only."""
        self.answers = replace(self.answers, mended={**self.answers.mended, (line, place): text})

    def look(self, landed: Callable[[Looked], object], refused: Saying) -> None:
        """Read the file and understand it as far as it goes."""
        self.looked = None

        def take(looked: Looked) -> None:
            self.looked = looked
            landed(looked)

        self._start(works.look, self.tr("Reading the file…"), take, refused, path=self.answers.path, wishes=self.answers.wishes())

    def understand(self, answers: Answers, landed: Callable[[Looked, Choices], object], refused: Saying) -> None:
        """Understand the same file under other answers, with what the practice has of statuses, sources, reasons and people."""
        self.answers = answers

        def take(looked: Looked) -> None:
            self.looked = looked
            self._jobs.ask(choices, owner=self, on_done=partial(landed, looked), key="import-choices")

        self._start(works.look_again, self.tr("Reading the file…"), take, refused, before=self.looked, wishes=answers.wishes())

    def check(self, landed: Callable[[Checked], object], refused: Saying) -> None:
        """See what the import would do."""
        if self.looked is None:
            return

        def take(checked: Checked) -> None:
            if not checked.result.cancelled:
                self.checked = checked
                landed(checked)

        wishes = self.answers.all_wishes(self.looked.words)
        asked = {"before": self.looked, "wishes": wishes, "mended": self.answers.mended}
        self._start(works.check_file, self.tr("Checking…"), take, refused, **asked)

    def save_problems(self, target: Path, landed: Callable[[int], object], refused: Saying) -> None:
        """Save the rows that can't be read as a file."""
        asked = {"checked": self.checked, "mended": self.answers.mended, "target": target}
        self._start(works.save_rows, self.tr("Saving…"), landed, refused, **asked)

    def run(self, landed: Callable[[Result], object], refused: Saying) -> None:
        """Import; what was mended since the last check is read as it stands now."""
        self.is_running, self.result = True, None

        def take(result: Result) -> None:
            self.result = result
            self._ended(landed, result)

        asked = {"checked": self.checked, "mended": self.answers.mended}
        self._start(works.import_file, self.tr("Importing…"), take, partial(self._ended, refused), **asked)

    def take_back(self, landed: Callable[[Kept], object], refused: Saying) -> None:
        """Take the import back."""
        if self.result is None or self.result.import_id is None:
            return
        self.is_running = True
        done, failed = partial(self._ended, landed), partial(self._ended, refused)
        self._start(works.take_back, self.tr("Taking the import back…"), done, failed, import_id=self.result.import_id)

    def stop(self) -> None:
        """Ask what is under way to stop; an import leaves nothing behind then."""
        if self._work is not None:
            self._work.cancel()

    def _start(
        self, function: Callable[..., Any], words: str, done: Callable[[Any], object], refused: Callable[[Any], object], **asked: Any
    ) -> None:
        """One piece of work at a time; a newer one makes the older one unwanted."""
        self.stop()
        self._under_way = function.__qualname__
        self.busy.emit(words)
        answers = {"on_done": partial(self._landed, done), "on_refused": partial(self._landed, refused)}
        answers["on_conflict"] = answers["on_refused"]
        work = self._jobs.work(function, owner=self, on_progress=self.progress.emit, key="import", **answers, **asked)
        self._work = work if self._under_way else None  # a runner without threads has landed already

    def _landed(self, then: Callable[[Any], object], what: Any) -> None:
        self._work, self._under_way = None, ""
        self.calm.emit()
        then(what)

    def _ended(self, then: Callable[[Any], object], what: Any) -> None:
        self.is_running = False
        self._jobs.tell_changed(None)
        then(what)

    def _crashed(self, _error: object, doing: str) -> None:
        if doing and doing == self._under_way:
            was_running, self.is_running = self.is_running, False
            self._work, self._under_way = None, ""
            self.calm.emit()
            self.crashed.emit(was_running)
