"""Files that are not as they should be: asked about, marked, mended, or refused in a sentence at the place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from frontdesk.domain.imports.survey import MOST_VALUES
from frontdesk.services.desk import Desk
from frontdesk.ui.imports import works
from frontdesk.ui.widgets.privacy import privacy
from tests.ui.importing import Screen, line_of, person, practice, written


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with practice(tmp_path) as found:
        yield found


@pytest.fixture
def screen(qtbot: QtBot, desk: Desk) -> Screen:
    return Screen(qtbot, desk)


def test_a_file_without_a_heading_row_asks_what_its_first_row_is(screen: Screen, tmp_path: Path) -> None:
    screen.open(
        written(tmp_path, ["Bob Ray", "0161 496 0002", "bob@example.com"], headings=("Ann Bell", "0161 496 0001", "ann@example.com"))
    )
    assert screen.notice() == "This file seems to have no heading row. What is its first row?"
    screen.go_on()
    assert screen.step() == "1 File, now"
    screen.press("Already a lead")
    assert screen.notice() == ""
    screen.go_on()
    screen.choose("Column 1 goes to", "Name")
    for _ in range(3):
        screen.go_on()
    assert [line.name for line in screen.leads()] == ["Ann Bell", "Bob Ray"]


def test_the_detected_separator_can_be_chosen_over(screen: Screen, tmp_path: Path) -> None:
    screen.open(written(tmp_path, person()))
    assert screen.drop_down("Separator").currentText().startswith("Comma")
    screen.choose("Separator", "Semicolon")
    assert len(screen.table("First rows of the file")[0]) == 1
    screen.choose("Separator", "Comma")
    assert len(screen.table("First rows of the file")[0]) == 9


def test_a_file_that_is_not_there_is_refused_at_the_field(screen: Screen, tmp_path: Path) -> None:
    screen.open(tmp_path / "nothing.csv")
    assert "There is no such file. Check the name." in screen.words()
    screen.go_on()
    assert screen.step() == "1 File, now"


def test_going_on_without_a_file_asks_for_one(screen: Screen) -> None:
    screen.go_on()
    assert "Choose a file first." in screen.words()


def test_a_picture_is_no_table(screen: Screen, tmp_path: Path) -> None:
    (tmp_path / "face.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    screen.open(tmp_path / "face.png")
    assert "This file is not a table." in screen.words()


def test_a_file_in_which_nothing_says_who_somebody_is_stops_at_the_columns(screen: Screen, tmp_path: Path) -> None:
    screen.open(written(tmp_path, ["red", "7"], headings=("Colour", "Size")))
    screen.go_on()
    screen.go_on()
    assert screen.step() == "2 Columns, now"
    assert screen.notice().startswith("No column says who somebody is.")


def test_a_guessed_column_with_far_too_many_words_is_left_out(screen: Screen, tmp_path: Path) -> None:
    screen.open(written(tmp_path, *(person(number, stage=f"word {number}") for number in range(1, MOST_VALUES + 2))))
    screen.go_on()
    assert screen.notice() == "“Stage”: too many different words for a list, so it is left out."
    screen.choose("Stage goes to", "Status")
    screen.go_on()
    assert "This column holds too many different words to be a list." in screen.words()
    assert QApplication.focusWidget() is screen.drop_down("Stage goes to")


def test_an_assumed_order_of_day_and_month_is_marked_and_can_be_changed(screen: Screen, tmp_path: Path) -> None:
    screen.open(written(tmp_path, person(created="03/12/2025")))
    screen.go_on()
    screen.go_on()
    assert "read as 3 December 2025" in screen.words()
    screen.choose("Which number is the day", "The second")
    assert "read as 12 March 2025" in screen.words()
    screen.go_on()
    screen.go_on()
    assert screen.leads()[0].created.date().isoformat() == "2025-03-12"


def test_the_statuses_of_another_workflow_can_be_meant(screen: Screen, tmp_path: Path) -> None:
    screen.open(written(tmp_path, person(stage="Zzz")))
    screen.go_on()
    screen.go_on()
    before = screen.drop_down("Zzz means").count()
    screen.choose("Statuses of", "Three attempts")
    assert screen.drop_down("Zzz means").count() != before


def test_a_row_that_cannot_be_read_is_mended_in_place(screen: Screen, tmp_path: Path) -> None:
    screen.check(written(tmp_path, person(1), person(2, created="soon")))
    assert screen.figures() == ["1", "0", "0", "1"]
    row = screen.table("Rows with problems")[0]
    assert row[0] == "3"
    assert row[2:] == ["Will not be imported. That isn't a date. Write it as 2026-03-24.", "Created", "soon"]
    view = screen.view("Rows with problems")
    view.setFocus()
    view.setCurrentIndex(view.model().index(0, 4))
    screen.key(Qt.Key.Key_F2)
    line_of(view).selectAll()
    screen.type("2025-05-04")
    screen.key(Qt.Key.Key_Return)
    screen.press("Check again")
    assert screen.figures() == ["2", "0", "0", "0"]
    screen.go_on()
    assert [line.created.date().isoformat() for line in screen.leads()] == ["2026-03-02", "2025-05-04"]


def test_what_was_mended_counts_without_checking_again(screen: Screen, tmp_path: Path) -> None:
    screen.check(written(tmp_path, person(1), person(2, created="soon")))
    view = screen.view("Rows with problems")
    view.model().setData(view.model().index(0, 4), "2025-05-04")
    screen.go_on()
    assert "Imported 2 leads." in screen.words()


def test_a_file_that_is_here_already_promises_neither_an_import_nor_its_undo(screen: Screen, tmp_path: Path) -> None:
    odd = person(1)
    odd[2] = "123"
    file = written(tmp_path, odd)
    screen.check(file)
    first = screen.table("Rows with problems")[0][2]
    screen.go_on()
    screen.press("Import another file")
    screen.check(file)
    again = screen.table("Rows with problems")[0][2]
    screen.go_on()
    assert first == f"Will be imported. {again}"
    assert ("1 was already here." in screen.words(), "Undo import" in screen.words()) == (True, False)


def test_rows_with_problems_are_saved_as_a_file(screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "problems.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    screen.check(written(tmp_path, person(1), person(2, created="soon")))
    screen.press("Save problem rows as a file…")
    assert screen.notice() == "Saved 1 row. Mend it there, then import that file."
    assert "soon" in target.read_text("utf-8-sig")


def test_the_end_leads_to_the_rows_that_could_not_be_read(screen: Screen, tmp_path: Path) -> None:
    screen.check(written(tmp_path, person(1), person(2, created="soon")))
    screen.go_on()
    assert "Imported 1 lead. 1 couldn't be read." in screen.words()
    screen.press("Show problem rows")
    assert len(screen.table("Rows with problems")) == 1


def test_a_file_is_chosen_with_the_dialog(screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(tmp_path, person())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    screen.press("Choose a file…")
    assert screen.table("First rows of the file")[0][0] == "L1"


def test_people_who_only_look_are_told_so(qtbot: QtBot, desk: Desk) -> None:
    screen = Screen(qtbot, desk, may_import=False)
    assert "Your role may not do this. Ask a manager." in screen.words()
    assert screen.buttons() == []


def test_personal_details_are_hidden_in_the_first_rows(screen: Screen, tmp_path: Path) -> None:
    screen.open(written(tmp_path, person()))
    privacy().set_on(True)
    assert screen.table("First rows of the file")[0][1] == "M••• M•••"


def test_the_wheel_does_not_change_a_column_in_passing(screen: Screen, tmp_path: Path) -> None:
    screen.open(written(tmp_path, person()))
    screen.go_on()
    chooser = screen.drop_down("Email goes to")
    none, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    turn = QWheelEvent(QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), none, keys, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(chooser, turn)
    assert chooser.currentText() == "E-mail"


def test_a_crash_while_importing_does_not_look_as_if_it_went_on(
    screen: Screen, tmp_path: Path, log_warnings: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    broken.__qualname__ = works.import_file.__qualname__
    screen.check(written(tmp_path, person()))
    monkeypatch.setattr(works, "import_file", broken)
    screen.go_on()
    assert "Something went wrong. Nothing stayed behind." in screen.words()
    log_warnings.clear()
