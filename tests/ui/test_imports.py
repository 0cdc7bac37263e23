"""An import from the first step to the last, and back again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.connectors.registry import write_table
from frontdesk.services.desk import Desk
from frontdesk.services.imports import undo_import
from frontdesk.services.leads import edit_lead
from frontdesk.ui.imports.page import ImportPage
from frontdesk.ui.lanes import Threads
from tests.architecture.accessible import unnamed
from tests.ui.importing import HEADINGS, Screen, person, practice, written


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with practice(tmp_path) as found:
        yield found


@pytest.fixture
def screen(qtbot: QtBot, desk: Desk) -> Screen:
    return Screen(qtbot, desk)


def test_a_real_file_is_imported_by_keyboard_only(screen: Screen, shared_data: Path) -> None:
    screen.open(shared_data / "lead-csv-samples" / "groweasy" / "26-large-dataset-200-rows.csv")
    assert "200 rows" in screen.words()
    screen.go_on()
    assert screen.step() == "2 Columns, now"
    screen.go_on()
    assert screen.step() == "3 Values, now"
    for name in ("Amit Patel", "Anita Rao", "Priya Sharma", "Rahul Mehta"):
        screen.choose(f"{name} means", "Create")
    screen.go_on()
    assert screen.figures() == ["200", "0", "0", "0"]
    screen.go_on()
    assert "Imported 200 leads." in screen.words()
    lines = screen.leads()
    assert len(lines) == 200
    assert {line.status for line in lines} == {"attempting", "not_qualified", "procedure_completed"}


def test_a_column_is_sent_to_another_field_by_hand(screen: Screen, tmp_path: Path) -> None:
    screen.open(written(tmp_path, person(favourite="Veneers")))
    screen.go_on()
    assert screen.drop_down("Favourite goes to").currentText() == "Leave out"
    screen.choose("Favourite goes to", "Interest")
    for _ in range(3):
        screen.go_on()
    assert [line.interest for line in screen.leads()] == ["Veneers"]


def test_an_unknown_status_is_given_its_meaning(screen: Screen, tmp_path: Path) -> None:
    screen.open(written(tmp_path, person(stage="Zzz")))
    screen.go_on()
    screen.go_on()
    screen.choose("Zzz means", "Contacted")
    screen.go_on()
    screen.go_on()
    assert [line.status for line in screen.leads()] == ["contacted"]


def test_a_word_without_a_meaning_stops_at_its_place(screen: Screen, tmp_path: Path) -> None:
    screen.open(written(tmp_path, person(stage="Zzz", owner="Nobody Here")))
    for _ in range(3):
        screen.go_on()
    assert screen.step() == "3 Values, now"
    assert screen.notice() == "2 words have no meaning yet. Choose one for each, or leave them empty."
    assert QApplication.focusWidget() is screen.drop_down("Zzz means")


def test_all_people_of_a_file_are_created_or_left_empty_at_once(screen: Screen, tmp_path: Path) -> None:
    screen.open(written(tmp_path, person(1, owner="Priya Shah"), person(2, owner="Tom Lee")))
    screen.go_on()
    screen.go_on()
    screen.press("Leave all of these words empty")
    assert screen.drop_down("Tom Lee means").currentText() == "Leave empty"
    screen.press("Create all of these words")
    screen.go_on()
    screen.go_on()
    assert all(line.owner_id for line in screen.leads())


def test_back_loses_nothing(screen: Screen, tmp_path: Path) -> None:
    screen.open(written(tmp_path, person(stage="Zzz", favourite="Veneers")))
    screen.go_on()
    screen.choose("Favourite goes to", "Interest")
    screen.go_on()
    screen.choose("Zzz means", "Contacted")
    screen.go_on()
    for _ in range(3):
        screen.key(Qt.Key.Key_Escape)
    assert screen.step() == "1 File, now"
    screen.go_on()
    assert screen.drop_down("Favourite goes to").currentText() == "Interest"
    screen.go_on()
    assert screen.drop_down("Zzz means").currentText() == "Contacted"


def test_a_done_step_is_reached_again_from_the_list_of_steps(screen: Screen, tmp_path: Path) -> None:
    screen.check(written(tmp_path, person()))
    steps = screen.page.steps
    steps.setFocus()
    for _ in range(2):
        screen.key(Qt.Key.Key_Up)
    screen.key(Qt.Key.Key_Return)
    assert screen.step() == "2 Columns, now"


def test_an_import_is_taken_back(screen: Screen, tmp_path: Path) -> None:
    screen.check(written(tmp_path, person(1), person(2)))
    screen.go_on()
    screen.press("Undo import")
    assert "Took back 2 rows." in screen.words()
    assert screen.leads() == []


def test_taking_back_keeps_what_somebody_has_worked_on_and_says_so(screen: Screen, desk: Desk, tmp_path: Path) -> None:
    screen.check(written(tmp_path, person(1), person(2)))
    screen.go_on()
    lead = screen.leads()[0]
    desk.do(edit_lead, lead_id=lead.id, facts={"interest": "Veneers"})
    screen.press("Undo import")
    assert "Took back 1 row." in screen.words()
    assert "1 stays, because somebody has worked on it since." in screen.words()
    assert [line.id for line in screen.leads()] == [lead.id]


def test_the_leads_of_the_import_can_be_shown(qtbot: QtBot, screen: Screen, tmp_path: Path) -> None:
    screen.check(written(tmp_path, person()))
    screen.go_on()
    with qtbot.waitSignal(screen.page.leads_wanted) as wanted:
        screen.press("Show the leads")
    assert wanted.args[0] is not None


def test_enter_on_show_the_leads_shows_them(qtbot: QtBot, screen: Screen, tmp_path: Path) -> None:
    screen.check(written(tmp_path, person()))
    screen.go_on()
    with qtbot.waitSignal(screen.page.leads_wanted, timeout=500):
        screen.key(Qt.Key.Key_Return)


def test_control_enter_at_the_end_leaves_the_way_back(screen: Screen, tmp_path: Path) -> None:
    screen.check(written(tmp_path, person()))
    screen.go_on()
    screen.go_on()
    assert (screen.step(), "Undo import" in screen.buttons()) == ("5 Import, now", True)


def test_an_import_that_was_taken_back_elsewhere_says_so_at_its_end(screen: Screen, desk: Desk, tmp_path: Path) -> None:
    screen.check(written(tmp_path, person()))
    screen.go_on()
    kept = undo_import(desk)
    screen.page.taken_back(replace(kept, import_id=7))
    before = screen.words()
    screen.page.taken_back(kept)
    assert ("Took back 1 row." in before, "Took back 1 row." in screen.words(), "Undo import" in screen.buttons()) == (False, True, False)


def test_another_file_begins_afresh(screen: Screen, tmp_path: Path) -> None:
    screen.check(written(tmp_path, person()))
    screen.go_on()
    screen.press("Import another file")
    assert screen.step() == "1 File, now"
    screen.check(written(tmp_path, person(), name="again.csv"))
    assert screen.figures() == ["0", "1", "0", "0"]


def test_a_cancelled_import_leaves_nothing_behind(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    lanes = Threads()
    try:
        screen = Screen(qtbot, desk, lanes)
        page = screen.page
        page.begin(written(tmp_path, *(person(number) for number in range(1, 1800))))
        for _ in range(3):
            at = page.at()
            qtbot.waitUntil(lambda: not page.foot.is_busy(), timeout=30_000)
            page.go_on()
            qtbot.waitUntil(partial(_is_past, page, at), timeout=30_000)
        page.work.progress.connect(lambda *_: screen.press("Cancel"), Qt.ConnectionType.SingleShotConnection)
        page.go_on()
        qtbot.waitUntil(lambda: "Stopped. Nothing was imported." in screen.words(), timeout=60_000)
        assert screen.leads() == []
    finally:
        lanes.close()


def _is_past(page: ImportPage, step: int) -> bool:
    return page.at() > step


def test_leads_that_are_here_already_are_skipped_filled_in_or_added(screen: Screen, tmp_path: Path) -> None:
    headings = ("Full name", "Email", "Interest")
    screen.check(written(tmp_path, ["Mia Meyer", "mia@example.com", ""], headings=headings))
    screen.go_on()
    screen.press("Import another file")
    screen.check(written(tmp_path, ["Mia Meyer", "mia@example.com", "Veneers"], headings=headings, name="more.csv"))
    assert screen.figures() == ["0", "1", "0", "0"]
    screen.choose("Already here", "Add")
    assert screen.figures() == ["1", "0", "0", "0"]
    screen.choose("Already here", "Fill")
    assert screen.figures() == ["0", "0", "1", "0"]
    screen.go_on()
    assert "1 lead was brought up to date." in screen.words()
    assert [line.interest for line in screen.leads()] == ["Veneers"]


def test_a_dropped_file_is_read(screen: Screen, tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(written(tmp_path, person())))])
    actions, keys = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    screen.page.file.dropEvent(QDropEvent(QPointF(5, 5), actions, mime, Qt.MouseButton.LeftButton, keys))
    assert screen.table("First rows of the file")[0][:2] == ["L1", "Mia Meyer1"]


def test_a_workbook_that_is_called_csv_is_read_as_a_workbook(screen: Screen, tmp_path: Path) -> None:
    write_table(tmp_path / "book.xlsx", HEADINGS, [person()])
    screen.check((tmp_path / "book.xlsx").rename(tmp_path / "book.csv"))
    assert screen.figures() == ["1", "0", "0", "0"]


def test_every_control_of_every_step_has_a_name(screen: Screen, tmp_path: Path) -> None:
    screen.check(written(tmp_path, person(stage="Open", source="Web", created="not a day")))
    screen.go_on()
    assert unnamed(screen.page) == []
