"""Every operable control has an accessible name."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QSpinBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot

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


def test_every_operable_control_of_every_page_has_an_accessible_name(request: pytest.FixtureRequest) -> None:
    """`main_window` is the fixture of tests/ui/conftest.py: the window with all its pages on a small practice, with inline jobs."""
    window: QWidget = request.getfixturevalue("main_window")
    assert len(window.findChildren(Page)) > 1
    findings = unnamed(window)
    assert not findings, listed(findings)
