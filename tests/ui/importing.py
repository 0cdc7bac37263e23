"""The import page over a real practice, worked as somebody at the desk works it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.domain.lines import LeadLine
from frontdesk.services.desk import Desk
from frontdesk.services.lists import first_lines
from frontdesk.services.practices import Beginning, open_desk
from frontdesk.ui.imports.choosers import Figure
from frontdesk.ui.imports.page import ImportPage
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.lanes import Inline, Lanes
from frontdesk.ui.widgets.notices import NoticeLine

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HEADINGS = ("Lead ID", "Full name", "Mobile", "Email", "Stage", "Lead source", "Owner", "Created", "Favourite")
CONTROL = Qt.KeyboardModifier.ControlModifier


@cache
def _blank() -> bytes:
    """A practice without leads as a file, made once."""
    beginning = Beginning(name="Northside", zone="Europe/London", country="GB", person="Ada")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "blank.frontdesk"
        open_desk(file, person="Ada", clock=lambda: NOW, beginning=beginning).database.close()
        return file.read_bytes()


@contextmanager
def practice(folder: Path) -> Iterator[Desk]:
    """A practice of its own in a folder, and its only person's desk."""
    file = folder / "practice.frontdesk"
    file.write_bytes(_blank())
    desk = open_desk(file, person="Ada", clock=lambda: NOW)
    try:
        yield desk
    finally:
        desk.database.close()


def written(folder: Path, *rows: Sequence[str], headings: Sequence[str] = HEADINGS, name: str = "leads.csv") -> Path:
    """A CSV file with these rows."""
    file = folder / name
    lines = [",".join(each) for each in (headings, *rows)]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def person(number: int = 1, *, stage: str = "New", source: str = "", owner: str = "", created: str = "", favourite: str = "") -> list[str]:
    """One row for HEADINGS."""
    return [
        f"L{number}",
        f"Mia Meyer{number}",
        f"0161 496 {number:04}",
        f"mia{number}@example.com",
        stage,
        source,
        owner,
        created,
        favourite,
    ]


class Screen:
    """What somebody sees of the page and does with it; keys go to whatever has the focus."""

    def __init__(self, qtbot: QtBot, desk: Desk, lanes: Lanes | None = None, *, may_import: bool = True) -> None:
        self.qtbot, self.desk = qtbot, desk
        self.jobs = Jobs(desk, lanes or Inline())
        self.page = ImportPage(self.jobs, may_import=may_import)
        qtbot.addWidget(self.page)
        self.page.resize(1100, 640)
        with qtbot.waitExposed(self.page):
            self.page.show()
        self.page.activateWindow()
        self.page.main_list()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(QApplication.focusWidget() or self.page, key, modifier)

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(QApplication.focusWidget(), text)

    def go_on(self) -> None:
        self.key(Qt.Key.Key_Return, CONTROL)

    def open(self, file: Path) -> None:
        """Write the name of a file and press Enter."""
        self.type(str(file))
        self.key(Qt.Key.Key_Return)

    def check(self, file: Path) -> None:
        """Go through to the check."""
        self.open(file)
        for _ in range(3):
            self.go_on()
        assert self.step() == "4 Check, now"

    def step(self) -> str:
        """The step in front as it is read aloud."""
        steps = self.page.steps
        return str(steps.item(steps.currentRow()).data(Qt.ItemDataRole.AccessibleTextRole))

    def words(self) -> str:
        """Everything that can be read on the page."""
        return "\n".join(one.text() for one in self.page.findChildren(QLabel) if one.isVisible() and one.text())

    def notice(self) -> str:
        """The sentence of the notice that is shown."""
        return next((one.text() for one in self.page.findChildren(NoticeLine) if one.isVisible()), "")

    def figures(self) -> list[str]:
        """The counts of the check: new, already here, changed, can't be read."""
        return [one.number() for one in self.page.findChildren(Figure) if one.isVisible()]

    def press(self, name: str) -> None:
        """Press the button of that name with the mouse."""
        self.qtbot.waitUntil(lambda: name in self.buttons())  # what has just been added appears with the next event
        button = next(one for one in self.page.findChildren(QAbstractButton) if one.isVisible() and one.accessibleName() == name)
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def buttons(self) -> list[str]:
        """The buttons that can be pressed."""
        return [one.accessibleName() for one in self.page.findChildren(QAbstractButton) if one.isVisible()]

    def drop_down(self, name: str) -> QComboBox:
        """The drop-down of that name."""
        return next(one for one in self.page.findChildren(QComboBox) if one.isVisible() and one.accessibleName() == name)

    def choose(self, name: str, words: str) -> None:
        """Choose in a drop-down with the arrow keys."""
        self.drop_down(name).setFocus()
        self.key(Qt.Key.Key_Home)
        for _ in range(self.drop_down(name).count()):
            if self.drop_down(name).currentText().startswith(words):
                return
            self.key(Qt.Key.Key_Down)
        raise AssertionError(words)

    def table(self, name: str) -> list[list[str]]:
        """The cells of a table as they are shown."""
        model = self.view(name).model()
        return [[str(model.index(row, at).data()) for at in range(model.columnCount())] for row in range(model.rowCount())]

    def view(self, name: str) -> QTableView:
        """The table of that name."""
        return next(one for one in self.page.findChildren(QTableView) if one.accessibleName() == name)

    def leads(self) -> list[LeadLine]:
        """The leads of the practice, by name."""
        return sorted(self.desk.ask(first_lines, limit=1000), key=lambda line: line.name)


def line_of(widget: QWidget) -> QLineEdit:
    """The field that a table's cell is written in."""
    found = widget.findChild(QLineEdit)
    assert found is not None
    return found
