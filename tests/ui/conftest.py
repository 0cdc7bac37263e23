"""Every test of the window sees the same light theme, text at 100 %, nothing hidden, reading from left to right."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services import leads, lists, practices
from frontdesk.services.desk import Desk
from frontdesk.services.people import PersonFields
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.lanes import Inline
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.live import Live
from frontdesk.ui.main_window import MainWindow
from frontdesk.ui.widgets.privacy import privacy
from frontdesk.ui.widgets.theme import theme
from frontdesk.ui.windows import Ground
from frontdesk.ui.windows import main_window as whole_window
from tests.ui.shells import Memory

NOW = datetime(2026, 11, 24, 18, 42, tzinfo=UTC)
"""Tuesday, 10:42 in the practice."""
PEOPLE = (("Grace", "Kim", "(253) 555-0110"), ("Priya", "Nair", "(206) 555-0142"), ("Noah", "Park", "(425) 555-0177"))


@pytest.fixture(scope="session", autouse=True)
def _dressed(qapp: QApplication) -> None:
    theme().install()
    theme().choose(scheme="light", high_contrast=False)


@pytest.fixture(autouse=True)
def _plain_looks(qapp: QApplication, _dressed: None) -> Iterator[None]:
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    privacy().set_on(False)
    if (theme().scheme, theme().percent, theme().is_high_contrast, theme().is_compact) != ("light", 100, False, False):
        theme().choose(scheme="light", percent=100, high_contrast=False, compact=False)


@pytest.fixture(scope="session")
def _practice_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice with three new leads; every test works on its own copy."""
    path = tmp_path_factory.mktemp("window") / "leads.db"
    beginning = practices.Beginning(name="Northside Clinic", zone="America/Los_Angeles", country="US", person="Amara Okafor")
    desk = practices.open_desk(path, person=None, clock=lambda: NOW - timedelta(minutes=4), beginning=beginning)
    for first, last, phone in PEOPLE:
        desk.do(leads.create_lead, person=PersonFields(first, last, (phone,)))
    desk.database.close()
    return path


@pytest.fixture
def desk(tmp_path: Path, _practice_file: Path) -> Iterator[Desk]:
    """Amara Okafor's desk at a practice with three new leads."""
    made = practices.open_desk(shutil.copy(_practice_file, tmp_path / "leads.db"), person="Amara Okafor", clock=lambda: NOW)
    yield made
    made.database.close()


@pytest.fixture
def station() -> Memory:
    """What this computer remembers, for one test."""
    return Memory()


@pytest.fixture
def main_window(qtbot: QtBot, desk: Desk, station: Memory) -> MainWindow:
    """The window with all its pages on that practice, shown, every call run at once."""
    ground = Ground(Jobs(desk, Inline()), Live(), station, "0")
    made = whole_window(ground, Practice.of(desk.ask(lists.choices), desk.who, desk.clock), where="On this computer")
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made
