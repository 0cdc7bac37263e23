"""The only place that wires a window: logging, crash hook, desk, jobs, watcher, pages."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from frontdesk.cli.session import Session
    from frontdesk.ui.main_window import MainWindow
    from frontdesk.ui.windows import Ground

SEVERAL_COMPUTERS = "postgresql"


def main(session: Session) -> int:
    """Open the window, or draw one picture of it; the exit code."""
    if session.words.screenshot:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from frontdesk.services.station import Station
    from frontdesk.ui import remembered
    from frontdesk.ui.widgets.theme import theme

    app = QApplication(sys.argv[:1])
    app.setApplicationName("frontdesk")
    app.setApplicationVersion(_version())
    theme().install()
    station = Station()
    remembered.restore_appearance(station)
    if session.words.theme:
        theme().choose(scheme=session.words.theme)
    if _is_new(session) and not session.words.example and not session.words.screenshot:
        return _first_start(app, session, station)
    return _work(app, session, station)


def _work(app: QApplication, session: Session, station: object) -> int:
    from frontdesk.services import examples, lists
    from frontdesk.services.watch import Listeners, Watch
    from frontdesk.ui.jobs import Jobs
    from frontdesk.ui.lanes import Threads
    from frontdesk.ui.lead.practices import Practice
    from frontdesk.ui.live import Live
    from frontdesk.ui.remembered import Station
    from frontdesk.ui.windows import Ground, main_window

    desk = session.desk
    if session.words.example and not len(desk.ask(lists.lead_ids)):
        examples.fill(desk)
    jobs = Jobs(desk, Threads())
    ground = Ground(jobs, Live(), cast("Station", station), _version())
    where = app.translate("app", "Shared database" if session.place.startswith(SEVERAL_COMPUTERS) else "On this computer")
    window = main_window(ground, Practice.of(desk.ask(lists.choices), desk.who, desk.clock), where=where)
    sys.excepthook = _hook(ground)
    watch = Watch(desk, Listeners(jobs.tell_changed, jobs.tell_connected))
    watch.start()
    try:
        return _show(app, session, window, ground)
    finally:
        watch.stop()
        jobs.close()


def _show(app: QApplication, session: Session, window: MainWindow, ground: Ground) -> int:
    from frontdesk.ui.shots import Shot, size_of

    words = session.words
    if words.screenshot:
        window.open_page(words.page)
        Shot(window, ground.jobs, Path(words.screenshot), size_of(words.size), lambda saved: app.exit(0 if saved else 1))
    else:
        window.show()
    return app.exec()


def _first_start(app: QApplication, session: Session, station: object) -> int:
    from frontdesk.domain.problems import Refused
    from frontdesk.services import practices
    from frontdesk.ui import problems
    from frontdesk.ui.first_start import Answers, FirstStart

    zone = practices.system_zone()
    proposal = practices.Beginning(zone=zone, country=practices.system_country(zone), person=practices.system_person())
    window = FirstStart(proposal, session.place, [practices.preset(key) for key in practices.PRESETS])

    def begin(answers: Answers) -> None:
        session.place, session.beginning = answers.place, answers.beginning
        session.words.example = answers.with_examples
        try:
            session.desk  # noqa: B018 - opens the database and sets the practice up
        except Refused as problem:
            window.refuse(problem, problems.sentence(problem))
            return
        app.exit(0)
        window.done = True

    window.finished.connect(begin)
    window.show()
    app.exec()
    return _work(app, session, station) if window.done else 0


def _hook(ground: Ground) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            ground.jobs.crashed.emit(error, "window")

    return caught


def _is_new(session: Session) -> bool:
    return not session.place.startswith(SEVERAL_COMPUTERS) and not Path(session.place).exists()


def _version() -> str:
    try:
        return metadata.version("frontdesk")
    except metadata.PackageNotFoundError:
        return "0"
