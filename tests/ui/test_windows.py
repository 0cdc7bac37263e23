"""The window over a real practice, every call run at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from frontdesk.services import attempts, leads, lists, practices
from frontdesk.services.desk import Desk
from frontdesk.services.people import PersonFields
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.lanes import Inline
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.live import Live
from frontdesk.ui.main_window import MainWindow
from frontdesk.ui.windows import Ground, main_window
from tests.ui.shells import Memory

NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    beginning = practices.Beginning(name="Northside Clinic", zone="America/Los_Angeles", country="US", person="Amara Okafor")
    made = practices.open_desk(tmp_path / "leads.db", person=None, clock=lambda: NOW, beginning=beginning)
    yield made
    made.database.close()


@pytest.fixture
def window(qtbot: QtBot, desk: Desk) -> MainWindow:
    for first, last, phone in (("Grace", "Kim", "(253) 555-0110"), ("Priya", "Nair", "(206) 555-0142")):
        desk.do(leads.create_lead, person=PersonFields(first, last, (phone,)))
    ground = Ground(Jobs(desk, Inline()), Live(), Memory(), "0")
    made = main_window(ground, Practice.of(desk.ask(lists.choices), desk.who, desk.clock), where="On this computer")
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def test_a_caller_is_found_by_four_digits_and_opened_on_the_right(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(window.top_bar.field, "0142")
    entry = window.caller.entries()[0]
    qtbot.keyClick(window.top_bar.field, Qt.Key.Key_Return)
    shown = [label.text() for label in window.findChildren(QLabel) if label.property("role") == "name" and label.isVisible()]
    assert (entry.title, entry.aside, window.page().name, shown) == ("Priya Nair", "(206) 555-0142", "leads", ["Priya Nair"])


def test_the_part_of_the_name_that_matched_is_bold(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(window.top_bar.field, "kim")
    assert [(entry.title, entry.bold) for entry in window.caller.entries()] == [("Grace Kim", (6, 3))]


def test_control_z_takes_back_an_attempt_made_elsewhere_and_says_so(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    (line, _) = desk.ask(lists.find, text="555")
    desk.do(attempts.log_attempt, lead_id=line.id, channel="call", disposition=None)
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    after = desk.ask(lists.find, text="555")
    assert ([each.attempts for each in after], window.page().undo_strip.text()) == ([0, 0], "Taken back: Attempt logged")


def test_the_page_that_is_not_made_yet_leads_to_the_leads(qtbot: QtBot, window: MainWindow) -> None:
    window.open_page("funnel")
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    assert window.page().name == "leads"
