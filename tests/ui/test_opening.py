"""The first frame: what it says while the practice is opened, and when it cannot be."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QProgressBar
from pytestqt.qtbot import QtBot

from frontdesk.ui.opening import Opening
from tests.architecture.accessible import unnamed


@pytest.fixture
def opening(qtbot: QtBot) -> Opening:
    made = Opening("Northside Clinic")
    qtbot.addWidget(made)
    return made


def test_the_first_frame_tells_once_that_it_is_painted(qtbot: QtBot, opening: Opening) -> None:
    with qtbot.waitSignal(opening.painted):
        opening.show()
    told: list[bool] = []
    opening.painted.connect(lambda: told.append(True))
    opening.grab()
    assert (told, opening.windowTitle()) == ([], "Northside Clinic – frontdesk")


def test_a_longer_opening_is_said(qtbot: QtBot, opening: Opening) -> None:
    opening.begin()
    at_once = opening.text()
    qtbot.waitUntil(lambda: opening.text() == "Opening the leads…", timeout=3000)
    assert at_once == ""


def test_progress_is_shown_in_figures(opening: Opening) -> None:
    opening.show_progress("Inventing a year of example leads…", 73, 365)
    bar = opening.findChild(QProgressBar)
    assert bar is not None
    assert (bar.value(), bar.maximum(), opening.text()) == (73, 365, "Inventing a year of example leads…")


def test_a_refusal_offers_what_can_be_done_with_the_first_way_out_in_focus(qtbot: QtBot, opening: Opening) -> None:
    done: list[str] = []
    with qtbot.waitExposed(opening):
        opening.show()
    opening.activateWindow()
    opening.refuse("The database file is damaged.", [("&Restore this backup", lambda: done.append("restored")), ("&Close", lambda: None)])
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert (opening.text(), done, unnamed(opening)) == ("The database file is damaged.", ["restored"], [])
