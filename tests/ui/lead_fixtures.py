"""Fixtures of the tests of the Leads page and the profile."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from frontdesk.ui.leads.page import LeadsPage
from tests.ui.lead_pages import Clinic, Opened, window


@pytest.fixture(scope="session")
def empty_practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a practice that was just set up; every test works on its own copy."""
    path = tmp_path_factory.mktemp("practice") / "practice.db"
    Clinic(path).close()
    return path


@pytest.fixture
def clinic(tmp_path: Path, empty_practice: Path) -> Iterator[Clinic]:
    """An empty practice."""
    made = Clinic(Path(shutil.copy(empty_practice, tmp_path / "practice.db")))
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, clinic: Clinic) -> Iterator[LeadsPage]:
    """Its Leads page in a window that is shown; enter leads first, the page asks for them with `refresh`."""
    made = clinic.page()
    holder = window(made)
    qtbot.addWidget(holder)
    holder.show()
    qtbot.waitExposed(holder)
    yield made
    holder.close()


@pytest.fixture
def opened() -> Iterator[Opened]:
    """What would go to the telephone or the mail program."""
    made = Opened()
    for scheme in ("tel", "mailto", "sms"):
        QDesktopServices.setUrlHandler(scheme, made, "take")
    yield made
    for scheme in ("tel", "mailto", "sms"):
        QDesktopServices.unsetUrlHandler(scheme)
