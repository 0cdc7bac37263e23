"""Every operable control has an accessible name."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QSpinBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.services import lists
from frontdesk.services.desk import Desk
from frontdesk.ui.leads.page import LeadsPage
from frontdesk.ui.main_window import MainWindow
from frontdesk.ui.widgets.overlay import Overlay
from frontdesk.ui.widgets.pages import Page
from tests.architecture.accessible import unnamed
from tests.architecture.source import listed


def test_controls_with_a_label_or_a_name_are_named(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    form = QFormLayout(widget)
    form.addRow("&Name", QLineEdit())
    form.addRow("&Minutes", QSpinBox())
    form.addRow(QCheckBox("Important"))
    close = QToolButton()
    close.setAccessibleName("Close")
    form.addRow(close)
    assert not unnamed(widget)


@pytest.mark.parametrize("kind", [QLineEdit, QToolButton, QSpinBox])
def test_a_control_without_a_name_is_found(qtbot: QtBot, kind: type[QWidget]) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    control = kind(widget)
    control.setToolTip("a tip is no name")
    assert len(unnamed(widget)) == 1


def test_every_operable_control_of_every_page_has_an_accessible_name(main_window: MainWindow) -> None:
    page = main_window.findChild(LeadsPage)
    assert page is not None
    page.table.setFocus()
    page.start_new_lead("206")
    page.lead_pane.leave_new()
    assert len(main_window.findChildren(Page)) > 5
    findings = unnamed(main_window)
    assert not findings, listed(findings)


DIALOGS = ("status", "follow_up", "attempt", "appointment", "revenue", "transfer", "owner")


@pytest.mark.parametrize("deed", DIALOGS)
def test_every_control_of_a_dialog_about_a_lead_has_an_accessible_name(main_window: MainWindow, desk: Desk, deed: str) -> None:
    page = main_window.findChild(LeadsPage)
    assert page is not None
    page.commands.dialogs.do(deed, [desk.ask(lists.find, text="0142")[0].id])
    dialog = page.commands.dialogs.dialog()
    assert dialog is not None
    assert dialog.isVisible()
    findings = unnamed(dialog)
    assert not findings, listed(findings)


@pytest.mark.parametrize("command", ["help.keys", "help.about", "help.news"])
def test_every_control_of_a_help_dialog_has_an_accessible_name(main_window: MainWindow, command: str) -> None:
    main_window.commands.run(command)
    shown = [each for each in main_window.findChildren(Overlay) if each.isVisible()]
    findings = [finding for each in shown for finding in unnamed(each)]
    assert shown
    assert not findings, listed(findings)
