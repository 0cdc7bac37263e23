"""Calls off the GUI thread: where they run, where they land, and which of them are wanted."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from frontdesk.domain.problems import Conflict, Refused
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.lanes import Threads
from frontdesk.ui.live import Live
from tests.ui.shells import Functions


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs(Functions(), Threads())
    yield made
    made.close()


@pytest.fixture
def owner() -> QObject:
    return QObject()


def thread_name(_tx: object) -> str:
    return threading.current_thread().name


def test_a_command_runs_on_the_writer_thread_and_lands_on_the_gui_thread(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    landed: list[tuple[str, bool]] = []
    jobs.do(thread_name, owner=owner, on_done=lambda done: landed.append((done.value, QThread.currentThread() is owner.thread())))
    qtbot.waitUntil(lambda: bool(landed))
    assert landed == [("writer_0", True)]


def test_queries_and_long_work_never_run_on_the_writer_thread(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    ran: list[str] = []
    jobs.ask(thread_name, owner=owner, on_done=ran.append)
    jobs.work(lambda desk, progress, cancelled: threading.current_thread().name, owner=owner, on_done=ran.append)
    jobs.fetch(lambda: threading.current_thread().name, owner=owner, on_done=ran.append)
    qtbot.waitUntil(lambda: len(ran) == 3)
    assert sorted(name.split("_")[0] for name in ran) == ["connectors", "long", "readers"]


def test_a_command_is_not_kept_waiting_by_long_work(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    gate, landed = threading.Event(), []
    jobs.work(lambda desk, progress, cancelled: gate.wait(10), owner=owner, on_done=lambda _: landed.append("long"))
    jobs.do(lambda tx: None, owner=owner, on_done=lambda _: landed.append("click"))
    qtbot.waitUntil(lambda: landed == ["click"])
    gate.set()
    qtbot.waitUntil(lambda: landed == ["click", "long"])


def test_what_changed_is_told_before_the_caller_hears(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    heard: list[object] = []
    jobs.changed.connect(heard.append)
    jobs.do(lambda tx: 5, owner=owner, on_done=lambda done: heard.append(done.value))
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == [frozenset({"leads"}), 5]


def fail(problem: Exception) -> Callable[[object], Any]:
    def failing(_tx: object) -> None:
        raise problem

    return failing


def test_a_refusal_goes_to_the_caller_who_asked_for_it(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    heard: list[str] = []
    jobs.do(
        fail(Refused("note_needed", "note")), owner=owner, on_done=lambda _: None, on_refused=lambda problem: heard.append(problem.code)
    )
    qtbot.waitUntil(lambda: heard == ["note_needed"])


def test_a_conflict_goes_to_the_caller_who_asked_for_it(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    heard: list[str] = []
    jobs.do(
        fail(Conflict("changed_elsewhere")), owner=owner, on_done=lambda _: None, on_conflict=lambda problem: heard.append(problem.code)
    )
    qtbot.waitUntil(lambda: heard == ["changed_elsewhere"])


@pytest.mark.parametrize(("problem", "signal"), [(Refused("note_needed"), "refused"), (Conflict("changed_elsewhere"), "conflicted")])
def test_a_problem_that_nobody_asked_for_goes_to_the_window(
    qtbot: QtBot, jobs: Jobs, owner: QObject, problem: Exception, signal: str
) -> None:
    with qtbot.waitSignal(getattr(jobs, signal)) as told:
        jobs.do(fail(problem), owner=owner, on_done=lambda _: None)
    assert told.args == [owner, problem]


def test_anything_else_is_a_crash_and_is_logged(qtbot: QtBot, jobs: Jobs, owner: QObject, log_warnings: list[logging.LogRecord]) -> None:
    with qtbot.waitSignal(jobs.crashed) as told:
        jobs.ask(fail(ZeroDivisionError()), owner=owner, on_done=lambda _: None)
    assert isinstance(told.args[0], ZeroDivisionError)
    assert [record.getMessage() for record in log_warnings] == ["a call failed: ZeroDivisionError"]
    log_warnings.clear()


def test_a_page_that_has_gone_hears_nothing_but_the_change_is_told(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    gate, heard = threading.Event(), []
    jobs.do(lambda tx: gate.wait(10), owner=owner, on_done=lambda _: heard.append("late"))
    shiboken6.delete(owner)
    with qtbot.waitSignal(jobs.changed):
        gate.set()
    assert heard == []


def test_a_newer_question_with_the_same_key_makes_the_older_one_unwanted(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    gate, heard = threading.Event(), []
    jobs.ask(lambda tx: gate.wait(10) and "old", owner=owner, on_done=heard.append, key="find")
    jobs.ask(lambda tx: "new", owner=owner, on_done=heard.append, key="find")
    gate.set()
    qtbot.waitUntil(lambda: not jobs.is_busy())
    assert heard == ["new"]


def test_a_draft_that_still_waits_is_not_saved_when_a_newer_one_comes(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    gate, saved = threading.Event(), []
    jobs.do(lambda tx: gate.wait(10), owner=owner, on_done=lambda _: None)
    jobs.do(lambda tx: saved.append("first"), owner=owner, on_done=lambda _: None, key="draft")
    jobs.do(lambda tx: saved.append("second"), owner=owner, on_done=lambda _: None, key="draft")
    gate.set()
    qtbot.waitUntil(lambda: not jobs.is_busy())
    assert saved == ["second"]


def test_long_work_reports_how_far_it_is_and_stops_when_asked(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    seen: list[tuple[int, int]] = []
    ended: list[bool] = []
    gate = threading.Event()

    def count(desk: object, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> bool:
        progress(1, 3)
        gate.wait(10)
        return cancelled()

    work = jobs.work(count, owner=owner, on_done=ended.append, on_progress=lambda done, total: seen.append((done, total)))
    qtbot.waitUntil(lambda: seen == [(1, 3)])
    work.cancel()
    gate.set()
    qtbot.waitUntil(lambda: ended == [True])


def test_saving_is_said_from_the_first_command_to_the_end_of_the_last(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    said: list[bool] = []
    jobs.writing.connect(said.append)
    gate = threading.Event()
    jobs.do(lambda tx: gate.wait(10), owner=owner, on_done=lambda _: None)
    jobs.do(lambda tx: None, owner=owner, on_done=lambda _: None)
    gate.set()
    qtbot.waitUntil(lambda: not jobs.is_busy())
    assert said == [True, False]


def test_closing_lets_the_running_write_end_and_forgets_what_waits(qtbot: QtBot, owner: QObject) -> None:
    jobs = Jobs(Functions(), Threads())
    started, gate, ran = threading.Event(), threading.Event(), []

    def slow(_tx: object) -> None:
        started.set()
        gate.wait(10)
        ran.append("running")

    jobs.do(slow, owner=owner, on_done=lambda _: None)
    jobs.do(lambda tx: ran.append("waiting"), owner=owner, on_done=lambda _: None)
    started.wait(10)
    threading.Timer(0.05, gate.set).start()
    jobs.close()
    assert ran == ["running"]


def test_news_from_the_watcher_thread_land_on_the_gui_thread(qtbot: QtBot, jobs: Jobs) -> None:
    live = Live()
    jobs.changed.connect(live.tell)
    with qtbot.waitSignal(live.changed) as told:
        threading.Thread(target=jobs.tell_changed, args=(frozenset({"lead:5"}),)).start()
    assert told.args == [frozenset({"lead:5"})]


def test_nothing_is_told_when_nothing_changed(qtbot: QtBot) -> None:
    live = Live()
    with qtbot.assertNotEmitted(live.changed):
        live.tell(frozenset())


def test_news_that_come_in_a_row_are_told_together(qtbot: QtBot, jobs: Jobs) -> None:
    told: list[object] = []
    jobs.changed.connect(told.append)
    for topic in ("leads", "lead:1", "lead:2"):
        jobs.tell_changed(frozenset({topic}))
    qtbot.waitUntil(lambda: len(told) == 2, timeout=5000)
    assert told == [frozenset({"leads"}), frozenset({"lead:1", "lead:2"})]
