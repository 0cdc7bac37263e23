"""From the first frame to the window: opens the practice behind it, says what went wrong, shows the first start where there is no practice."""

from __future__ import annotations

import argparse
import gc
import sys
import threading
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from frontdesk.app import practices
from frontdesk.app.practices import Opened, Unknown
from frontdesk.domain.problems import Refused
from frontdesk.ui import problems, remembered
from frontdesk.ui.jobs import Jobs, NotOpen
from frontdesk.ui.lanes import Threads
from frontdesk.ui.live import Live
from frontdesk.ui.opening import Action, Opening
from frontdesk.ui.screens import show_fitted
from frontdesk.ui.widgets.theme import theme

if TYPE_CHECKING:
    from frontdesk.services.station import Station
    from frontdesk.ui.first_start import Answers, FirstStart
    from frontdesk.ui.main_window import MainWindow

_PRACTICE = "window.practice"
_HOUR_MS = 3_600_000


class Start(QObject):
    """One start of the program.

    Attributes:
        problem: why the practice is not open; None once it is.
    """

    def __init__(self, app: QApplication, words: argparse.Namespace) -> None:
        super().__init__()
        from frontdesk.services.station import Station  # noqa: PLC0415 - a file and nothing else; behind the first lines of the program

        self._app, self._words = app, words
        self.problem: Refused | None = None
        self._opened: Opened | None = None
        self._window: QWidget | None = None
        self._hourly = QTimer(self)
        self._station: Station = Station()
        self._version = _version()
        app.setApplicationVersion(self._version)
        theme().install()
        remembered.restore_appearance(self._station)
        if words.theme:
            theme().choose(scheme=words.theme)
        self._jobs = Jobs(NotOpen(), Threads())
        self._jobs.crashed.connect(self._crashed)
        self._opening = Opening(self._station.get(_PRACTICE))
        remembered.restore_window(self._station, self._opening)
        sys.excepthook = self._hook
        threading.excepthook = lambda caught: self._jobs.tell_crashed(caught.exc_value or caught.exc_type(), "thread")

    def begin(self) -> None:
        """Show the first frame; the rest follows once it is painted. Refused `size_not_understood`."""
        if self._words.screenshot:
            from frontdesk.ui.shots import size_of  # noqa: PLC0415 - only for pictures

            size_of(self._words.size)
        if self._is_unseen():
            self._look()
        else:
            self._opening.painted.connect(self._look)
            show_fitted(self._opening)

    def end(self) -> None:
        """Let the running write end, and let go of the database."""
        self._jobs.close()
        if self._opened is not None:
            self._opened.leave.close()

    def _look(self) -> None:
        self._open(practices.look, words=self._words)

    def _open(self, function: Callable[..., Any], **kwargs: Any) -> None:
        gc.disable()  # what is loaded now stays: looking for cycles in it costs a tenth of the opening
        self._opening.begin()
        self._jobs.work(
            function,
            owner=self,
            on_done=self._found,
            on_refused=self._refused,
            on_progress=self._show_progress,
            listeners=_Listeners(self._jobs.tell_changed, self._jobs.tell_connected),
            **kwargs,
        )

    def _show_progress(self, done: int, total: int) -> None:
        inventing, taking_back = self.tr("Inventing a year of example leads…"), self.tr("Taking back an import that was cut short…")
        self._opening.show_progress(inventing if self._words.example else taking_back, done, total)

    def _found(self, found: Opened | Unknown) -> None:
        if isinstance(found, Unknown):
            self._ask(found)
        else:
            self._show(found)
        self._settle()

    def _settle(self) -> None:
        """Collect again from now on, but never look through what was loaded: a whole collection would take several frames."""
        gc.freeze()
        gc.enable()

    def _show(self, opened: Opened) -> None:
        from frontdesk.ui.lead.practices import Practice  # noqa: PLC0415 - loaded already, by the worker
        from frontdesk.ui.windows import Ground, main_window  # noqa: PLC0415 - the same

        self.problem, self._opened = None, opened
        self._jobs.use(opened.desk)
        self._jobs.crashed.disconnect(self._crashed)
        ground = Ground(self._jobs, Live(), self._station, self._version)
        practice = Practice.of(opened.choices, opened.desk.who, opened.desk.clock)
        where = self.tr("Shared database") if "://" in opened.place else self.tr("On this computer")
        with theme().undressed():
            window = main_window(ground, practice, where=where)
        self._station.keep(_PRACTICE, practice.book.practice_name)
        if opened.desk.database.refusal is not None:
            sentence = problems.sentence(Refused(opened.desk.database.refusal))
            window.page().notice.say(sentence, "warn", closable=False)
        self._present(window)
        if not self._words.screenshot:
            self._back_up()
            self._hourly.timeout.connect(self._back_up)
            self._hourly.start(_HOUR_MS)

    def _back_up(self) -> None:
        """The backup of today, beside everything else."""
        if self._opened is not None and self._opened.desk.database.refusal is None:
            self._jobs.work(practices.back_up_daily, owner=self, on_done=lambda _: None, place=self._opened.place)

    def _present(self, window: MainWindow) -> None:
        words = self._words
        before, self._window = self._window or self._opening, window
        if words.screenshot:
            from frontdesk.ui.shots import Shot, size_of  # noqa: PLC0415 - only for pictures

            window.open_page(words.page)
            Shot(window, self._jobs, Path(words.screenshot), size_of(words.size), lambda saved: self._app.exit(0 if saved else 1))
        else:
            show_fitted(window)
        before.close()

    def _refused(self, problem: Refused) -> None:
        self._settle()
        self.problem = problem
        if self._is_unseen():
            self._app.exit(1)
            return
        again = (self.tr("&Try again"), self._look)
        other = (self.tr("&Other file…"), self._choose)
        actions: list[Action] = [again, other, (self.tr("&Close"), self._app.quit)]
        if problem.code == "database_damaged_backup":
            actions[0] = (self.tr("&Restore this backup"), self._restore)
        self._opening.refuse(problems.sentence(problem), actions)

    def _restore(self) -> None:
        from frontdesk.cli.session import default_place  # noqa: PLC0415 - loaded already, by the worker

        self._opening.begin()
        place = self._words.database or default_place()
        who = self._words.person
        self._jobs.fetch(
            practices.restore_newest, owner=self, on_done=lambda _: self._look(), on_refused=self._refused, place=place, person=who
        )

    def _choose(self) -> None:
        dialog = QFileDialog(self._opening, self.tr("Open a database"), self._words.database or str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Databases (*.db *.frontdesk)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(self._take_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_file(self, file: str) -> None:
        self._words.database = file
        self._look()

    def _ask(self, unknown: Unknown) -> None:
        from frontdesk.ui.first_start import FirstStart  # noqa: PLC0415 - loaded already, by the worker

        window = FirstStart(unknown.proposal, unknown.place, unknown.workflows)
        window.finished.connect(lambda answers: self._set_up(window, answers))
        window.test_wanted.connect(lambda place: self._try(window, place))
        self._window = window
        show_fitted(window, fills=False)
        self._opening.close()

    def _set_up(self, window: FirstStart, answers: Answers) -> None:
        window.set_busy(True)

        def refused(problem: Refused) -> None:
            window.set_busy(False)
            window.refuse(problem, problems.sentence(problem))

        self._jobs.work(
            practices.open_practice,
            owner=window,
            on_done=self._show,
            on_refused=refused,
            on_progress=window.show_progress,
            words=self._words,
            listeners=_Listeners(self._jobs.tell_changed, self._jobs.tell_connected),
            place=answers.place,
            beginning=answers.beginning,
            with_examples=answers.with_examples,
        )

    def _try(self, window: FirstStart, place: str) -> None:
        window.show_test(self.tr("Trying the server…"))
        there = self.tr("Connected. There is a practice already: it is opened as it is.")
        empty = self.tr("Connected. There is no practice yet: the next steps make one.")
        self._jobs.fetch(
            practices.try_place,
            owner=window,
            on_done=lambda found: window.show_test(there if found else empty, worked=True),
            on_refused=lambda problem: window.show_test(problems.sentence(problem), worked=False),
            key="try",
            place=place,
        )

    def _crashed(self, error: BaseException, doing: str) -> None:
        """A bug before there is a window: say so, with a report that can be sent."""
        self._settle()
        self.problem = None
        report = problems.crash_report(error, doing, self._version)
        sys.stderr.write(report + "\n")
        if self._is_unseen():
            self._app.exit(1)
            return
        self._opening.show()
        self._opening.refuse(f"{problems.tr('Something went wrong. Nothing was lost.')}\n\n{report}", [(self.tr("&Close"), self._app.quit)])

    def _is_unseen(self) -> bool:
        """Whether nobody can look at the window, so that a problem has to end the program instead of waiting for an answer."""
        return bool(self._words.screenshot) or self._app.platformName() == "offscreen"

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self._jobs.tell_crashed(error, "window")


class _Listeners:
    """Whom the watcher tells; the shape of `services.watch.Listeners`, which is loaded later."""

    def __init__(self, changed: Callable[[frozenset[str] | None], None], connected: Callable[[bool], None]) -> None:
        self.changed, self.connected = changed, connected


def _version() -> str:
    try:
        return metadata.version("frontdesk")
    except metadata.PackageNotFoundError:
        return "0"
