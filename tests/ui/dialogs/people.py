"""Leads to decide about: a practice in Seattle on a Tuesday morning, Grace Kim in any status of any preset."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from frontdesk.domain.records import ContactPoint, Person, StaffMember
from frontdesk.domain.settings import Book
from frontdesk.domain.workdays import OpeningHours
from frontdesk.domain.workflow import Role, Workflow
from frontdesk.services.decisions import Subject
from frontdesk.services.words import habits, words
from frontdesk.ui.lead.change_status import ChangeStatus
from frontdesk.ui.lead.change_status.answers import StatusAnswer
from frontdesk.ui.lead.dialogs.frames import LeadDialog
from frontdesk.ui.lead.practices import Practice
from tests.domain.cases import case_in, preset

NOW = datetime(2026, 11, 24, 18, 40, tzinfo=UTC)  # 10:40 in Seattle
WEEK = {day: ["08:00", "18:00"] for day in ("mon", "tue", "wed", "thu", "fri")}
HOURS = OpeningHours.of("America/Los_Angeles", WEEK, [])
ME = StaffMember(1, "Amara Osei", Role.RECEPTIONIST)
LIN = StaffMember(2, "Lin Wu", Role.MANAGER)


def practice(workflow: Workflow, role: Role = Role.RECEPTIONIST) -> Practice:
    me, book = StaffMember(ME.id, ME.name, role), Book(country="US", clock_24h=True)
    return Practice(
        workflow=workflow,
        workflows={workflow.key: workflow},
        book=book,
        hours=HOURS,
        staff={ME.id: ME.name, LIN.id: LIN.name},
        sources={},
        campaigns={},
        members=(ME, LIN),
        offered=(),
        words=words(),
        habits=habits(book),
        me=me,
        now=lambda: NOW,
    )


def somebody(
    workflow: str | Workflow, status: str, name: str = "Grace Kim", lead_id: int = 5, *, due_in: float | None = 2, **values: object
) -> Subject:
    """A lead that has been attempted once, with a follow-up in two hours."""
    made = workflow if isinstance(workflow, Workflow) else preset(workflow)
    due = NOW + timedelta(hours=due_in) if due_in is not None and made.statuses[status].outcome == "open" else None
    case = case_in(made, status, due=due, **{"id": lead_id, "attempts": 1, **values})
    first, _, last = name.partition(" ")
    points = (ContactPoint(1, lead_id, "phone", "(253) 555-0110", "+12535550110"),)
    return Subject(case, Person(lead_id, first, last, points=points), made, HOURS)


def host(qtbot: QtBot, width: int = 1366, height: int = 740) -> QWidget:
    """The inside of a window, on the screen and with the focus."""
    window = QMainWindow()
    qtbot.addWidget(window, before_close_func=lambda _, kept=window: kept)  # qtbot itself holds it weakly
    root = QWidget()
    window.setCentralWidget(root)
    window.resize(width, height)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return root


def opened(
    qtbot: QtBot, *subjects: Subject, role: Role = Role.RECEPTIONIST, height: int = 740, to: str | None = None, **more: object
) -> ChangeStatus:
    """Change status about these leads, open."""
    dialog = ChangeStatus(host(qtbot, height=height), subjects, practice(subjects[0].workflow, role), to=to, **more)  # type: ignore[arg-type]
    dialog.start()
    return dialog


def shown(dialog: QWidget, names: Sequence[str]) -> set[str]:
    """Which of these controls can be seen."""
    return {name for name in names if (control := dialog.findChild(QWidget, name)) is not None and control.isVisible()}


def control(dialog: QWidget, name: str) -> QWidget:
    found = dialog.findChild(QWidget, name)
    assert found is not None, name
    return found


def said(dialog: LeadDialog) -> str:
    """What stands in "When you save"."""
    return dialog.well.text()


def press(key: Qt.Key | str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)  # type: ignore[arg-type]


def answers(dialog: ChangeStatus) -> list[StatusAnswer]:
    kept: list[StatusAnswer] = []
    dialog.saved.connect(kept.append)
    return kept


def error(dialog: ChangeStatus, name: str) -> str:
    return dialog.asked.error(name)


class Windows(QObject):
    """Which windows are shown while it watches; a widget without a parent that is made visible flashes as one and takes the focus away."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False
