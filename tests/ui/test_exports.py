"""A list becomes a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from frontdesk.domain.lines import Filter
from frontdesk.services.desk import Desk
from frontdesk.services.leads import create_lead
from frontdesk.services.lists import NEWEST
from frontdesk.services.people import PersonFields
from frontdesk.ui.exports import ExportStrip
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.lanes import Inline, Threads
from tests.architecture.accessible import unnamed
from tests.ui.importing import practice


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with practice(tmp_path) as found:
        for name in ("Ann", "Bob", "Cleo"):
            found.do(create_lead, person=PersonFields(name, "Meyer", ("0161 496 0001",)))
        yield found


@pytest.fixture
def strip(qtbot: QtBot, desk: Desk) -> ExportStrip:
    made = ExportStrip(Jobs(desk, Inline()))
    qtbot.addWidget(made)
    return made


def answer(monkeypatch: pytest.MonkeyPatch, target: Path | str, kind: str = "CSV file (*.csv)") -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), kind))


def test_a_list_is_exported_to_the_file_that_was_chosen(strip: ExportStrip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, tmp_path / "all.csv")
    strip.start(Filter(), NEWEST, [])
    assert strip.text() == "Exported 3 leads to all.csv."
    assert len((tmp_path / "all.csv").read_text("utf-8-sig").splitlines()) == 4


def test_only_the_chosen_leads_are_exported(strip: ExportStrip, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, tmp_path / "one.csv")
    lead = desk.do(create_lead, person=PersonFields("Dora", "Meyer", ("0161 496 0002",))).value
    assert lead is not None
    strip.start(Filter(), NEWEST, [lead])
    assert strip.text() == "Exported 1 lead to one.csv."


def test_a_name_without_an_ending_gets_that_of_the_kind(strip: ExportStrip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, tmp_path / "leads of march", "JSON file (*.json)")
    strip.start(Filter(), NEWEST, [])
    assert (tmp_path / "leads of march.json").exists()


def test_a_file_that_the_dialog_did_not_ask_about_is_not_replaced(
    strip: ExportStrip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "all.csv").write_text("mine")
    answer(monkeypatch, tmp_path / "all")
    strip.start(Filter(), NEWEST, [])
    assert strip.text().startswith("There is a file of that name already.")
    assert (tmp_path / "all.csv").read_text() == "mine"


def test_nothing_happens_without_a_file(strip: ExportStrip, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "")
    strip.start(Filter(), NEWEST, [])
    assert strip.text() == ""


def test_a_cancelled_export_leaves_no_file(qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lanes, pressed = Threads(), Event()
    try:
        strip = ExportStrip(Jobs(desk, lanes))
        qtbot.addWidget(strip)
        answer(monkeypatch, tmp_path / "all.csv")
        lanes.run("long", lambda: pressed.wait(10))  # the export waits its turn until Cancel was pressed
        strip.start(Filter(), NEWEST, [])
        stop = next(one for one in strip.findChildren(QPushButton) if one.accessibleName() == "Cancel the export")
        qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
        pressed.set()
        qtbot.waitUntil(lambda: strip.text() == "Export stopped. No file was written.")
        assert not (tmp_path / "all.csv").exists()
    finally:
        pressed.set()
        lanes.close()


def test_every_control_has_a_name(strip: ExportStrip) -> None:
    assert unnamed(strip) == []
