"""Every test of the window sees the same light theme, text at 100 %, nothing hidden, reading from left to right."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.ui.main_window import MainWindow
from frontdesk.ui.widgets.privacy import privacy
from frontdesk.ui.widgets.theme import theme
from tests.ui.shells import shell


@pytest.fixture(scope="session", autouse=True)
def _dressed(qapp: QApplication) -> None:
    theme().install()
    theme().choose(scheme="light", high_contrast=False)


@pytest.fixture(autouse=True)
def _plain_looks(qapp: QApplication, _dressed: None) -> Iterator[None]:
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    privacy().set_on(False)
    if (theme().scheme, theme().percent, theme().is_high_contrast) != ("light", 100, False):
        theme().choose(scheme="light", percent=100, high_contrast=False)


@pytest.fixture
def main_window(qtbot: QtBot) -> MainWindow:
    """The window with its pages, over a desk without a database."""
    window = shell()
    qtbot.addWidget(window)
    return window
