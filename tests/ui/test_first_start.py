"""The first start in three steps."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from frontdesk.services.practices import PRESETS, Beginning, preset
from frontdesk.ui.first_start import FirstStart
from tests.architecture.accessible import unnamed


@pytest.fixture
def start(qtbot: QtBot) -> FirstStart:
    made = FirstStart(Beginning(zone="Europe/London", country="GB", person="amara"), "leads.frontdesk", [preset(key) for key in PRESETS])
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def press(qtbot: QtBot, start: FirstStart, name: str) -> None:
    button = next(one for one in start.findChildren(QPushButton) if one.isVisible() and one.accessibleName() == name)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_three_steps_give_their_answers_with_the_mouse(qtbot: QtBot, start: FirstStart) -> None:
    press(qtbot, start, "Continue")
    qtbot.keyClicks(start.practice.form.field("name").control, "Northside Clinic")
    press(qtbot, start, "Continue")
    choice = next(one for one in start.findChildren(QRadioButton) if "Three attempts" in one.text())
    qtbot.mouseClick(choice, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(start.finished) as told:
        press(qtbot, start, "Start frontdesk")
    answers = told.args[0]
    begun = answers.beginning
    assert (answers.place, answers.with_examples) == ("leads.frontdesk", False)
    assert (begun.name, begun.country, begun.zone, begun.person, begun.workflow) == (
        "Northside Clinic",
        "GB",
        "Europe/London",
        "amara",
        "three_attempts",
    )


def test_control_enter_goes_all_the_way_with_the_keyboard(qtbot: QtBot, start: FirstStart) -> None:
    for _ in range(2):
        qtbot.keyClick(start, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(start.finished) as told:
        qtbot.keyClick(start, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told.args[0].beginning.workflow == "front_desk"


def test_opening_hours_are_read_with_a_lunch_break_and_closed_days(qtbot: QtBot, start: FirstStart) -> None:
    monday = next(one for one in start.findChildren(QLineEdit) if one.accessibleName() == "Monday")
    friday = next(one for one in start.findChildren(QLineEdit) if one.accessibleName() == "Friday")
    monday.setText("8:00-12:00, 13:00–17:30")
    friday.clear()
    hours = start.answers().beginning.hours
    assert hours is not None
    assert (hours["mon"], "fri" in hours, "sat" in hours) == ([["08:00", "12:00"], ["13:00", "17:30"]], False, False)


@pytest.mark.parametrize(("field", "wrong", "key"), [("zone", "Moon/Crater", "zone"), ("Monday", "morning", "hours")])
def test_a_wrong_answer_is_refused_at_its_field_and_the_step_stays(
    qtbot: QtBot, start: FirstStart, field: str, wrong: str, key: str
) -> None:
    start.go(1)
    zone = start.practice.form.field("zone").control.findChild(QLineEdit)
    line = zone if field == "zone" else next(one for one in start.findChildren(QLineEdit) if one.accessibleName() == field)
    assert line is not None
    line.setText(wrong)
    press(qtbot, start, "Continue")
    assert (start.at(), start.practice.form.field(key).error() != "") == (1, True)


def test_a_server_is_tried_with_its_address(qtbot: QtBot, start: FirstStart) -> None:
    choice = next(one for one in start.findChildren(QRadioButton) if "server" in one.text())
    qtbot.mouseClick(choice, Qt.MouseButton.LeftButton)
    address = next(one for one in start.findChildren(QLineEdit) if one.accessibleName() == "Address of the server")
    qtbot.keyClicks(address, "postgresql://amara@server/leads")
    with qtbot.waitSignal(start.test_wanted) as told:
        press(qtbot, start, "Test connection")
    assert told.args == ["postgresql://amara@server/leads"]


def test_going_back_loses_nothing(qtbot: QtBot, start: FirstStart) -> None:
    start.go(1)
    qtbot.keyClicks(start.practice.form.field("name").control, "North")
    press(qtbot, start, "Back")
    press(qtbot, start, "Continue")
    assert start.practice.form.texts()["name"] == "North"


def test_every_control_of_the_first_start_has_a_name(start: FirstStart) -> None:
    assert unnamed(start) == []
