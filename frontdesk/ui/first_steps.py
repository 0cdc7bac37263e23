"""The three steps of the first start, each with the fields of its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib import resources

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QCompleter, QFileDialog, QGridLayout, QLineEdit, QWidget

from frontdesk.domain.problems import Refused
from frontdesk.domain.regions import COUNTRIES
from frontdesk.domain.workdays import OpeningHours
from frontdesk.domain.workflow import Workflow
from frontdesk.services.practices import WEEK, Beginning
from frontdesk.ui.path_drawing import PathDrawing
from frontdesk.ui.widgets.buttons import CheckBox, DropDown, RadioButton, button
from frontdesk.ui.widgets.forms import Form
from frontdesk.ui.widgets.labels import label
from frontdesk.ui.widgets.layouts import column, row, surface

_MARGINS = (24, 20, 24, 20)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class PlaceStep(QWidget):
    """Step 1: this computer or a server.

    Attributes:
        test_wanted: the address of a server to try.
    """

    test_wanted = Signal(str)

    def __init__(self, path: str) -> None:
        super().__init__()
        self._here = RadioButton(self.tr("On &this computer"), checked=True)
        self._there = RadioButton(self.tr("On our o&wn server"))
        group = QButtonGroup(self)  # the two stand in different cards, so Qt would not take them for one choice
        group.addButton(self._here)
        group.addButton(self._there)
        self._path = QLineEdit(path)
        self._path.setAccessibleName(self.tr("File of the database"))
        self._address = QLineEdit()
        self._address.setAccessibleName(self.tr("Address of the server"))
        self._address.setPlaceholderText("postgresql://name@server/database")
        self._choose = button(self.tr("&Choose…"), self._choose_file)
        self._test = button(self.tr("Test co&nnection"), lambda: self.test_wanted.emit(self._address.text().strip()))
        here = label(self.tr("One computer works with these leads. A backup is made every day."), "small", "text2", wrap=True)
        there = label(self.tr("Several computers work together. Your administrator gives you the address."), "small", "text2", wrap=True)
        self.setLayout(
            column(
                label(self.tr("Where shall the leads live?"), "heading"),
                surface("card", column(self._here, here, row(self._path, self._choose), gap=8, margins=(16, 12, 16, 14))),
                surface("card", column(self._there, there, row(self._address, self._test), gap=8, margins=(16, 12, 16, 14))),
                None,
                gap=14,
                margins=_MARGINS,
            )
        )
        self._here.toggled.connect(self._enable)
        self._enable()

    def begin(self) -> None:
        """Take the focus."""
        (self._here if self._here.isChecked() else self._there).setFocus()

    def answer(self) -> str:
        """The path or the address."""
        text = (self._path if self._here.isChecked() else self._address).text().strip()
        if not text:
            raise Refused("database_missing", "place")
        return text

    def _enable(self) -> None:
        for widget in (self._path, self._choose):
            widget.setEnabled(self._here.isChecked())
        for widget in (self._address, self._test):
            widget.setEnabled(self._there.isChecked())

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("File of the database"), self._path.text(), "frontdesk (*.frontdesk)")
        self._path.setText(chosen or self._path.text())


class PracticeStep(QWidget):
    """Step 2: the practice, its hours, and the first person."""

    def __init__(self, proposal: Beginning) -> None:
        super().__init__()
        self._proposal = proposal
        self.form = Form()
        self.form.add("name", self.tr("&Name of the practice"), QLineEdit(proposal.name))
        where = self.form.add_row()
        self._country = DropDown("", _countries())
        self._country.choose(proposal.country.upper())
        self.form.add("country", self.tr("&Country"), self._country, beside=where)
        self._zone = _zones(proposal.zone)
        self.form.add("zone", self.tr("&Time zone"), self._zone, beside=where)
        self._hours = HoursGrid(WEEK if proposal.hours is None else proposal.hours)
        self.form.add("hours", self.tr("&Opening hours"), self._hours, aside=self.tr("an empty day is closed"))
        self.form.add(
            "person",
            self.tr("&Your name"),
            QLineEdit(proposal.person),
            hint=self.tr("You become the administrator. A password comes later."),
        )
        self.setLayout(column(label(self.tr("The practice and you"), "heading"), self.form, None, gap=14, margins=_MARGINS))

    def begin(self) -> None:
        """Take the focus."""
        self.form.field("name").control.setFocus()

    def answer(self, workflow: str) -> Beginning:
        """The answers so far; Refused names the field that is wrong."""
        texts = self.form.texts()
        zone, hours = self._zone.currentText().strip(), self._hours.hours()
        try:
            OpeningHours.of(zone, hours, [])
        except Refused as problem:
            raise Refused(problem.code, "zone" if problem.code == "zone_unknown" else "hours", **problem.facts) from problem
        return replace(
            self._proposal,
            name=texts["name"].strip(),
            country=str(self._country.key() or ""),
            zone=zone,
            person=texts["person"].strip(),
            hours=hours,
            workflow=workflow or self._proposal.workflow,
        )


class HoursGrid(QWidget):
    """From and to for each day of the week, as text: 08:00 to 18:00; several times of a day stand side by side, comma between."""

    def __init__(self, week: Mapping[str, Sequence[Sequence[str]]]) -> None:
        super().__init__()
        self._lines: dict[str, QLineEdit] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        for at, day in enumerate(_DAYS):
            name = QLocale().standaloneDayName(at + 1, QLocale.FormatType.ShortFormat)
            line = QLineEdit(", ".join("–".join(pair) for pair in week.get(day, [])))
            line.setAccessibleName(QLocale().standaloneDayName(at + 1))
            self._lines[day] = line
            grid.addLayout(column(label(name, "small", "text3"), line, gap=2), at // 4, at % 4)
        self.setLayout(grid)
        self.setFocusProxy(self._lines["mon"])

    def hours(self) -> dict[str, list[list[str]]]:
        """The week as the practice keeps it; days without a time are closed."""
        return {day: _times(line.text()) for day, line in self._lines.items() if line.text().strip()}


class WorkflowStep(QWidget):
    """Step 3: one of the ready workflows, each with its path drawn."""

    def __init__(self, workflows: Sequence[Workflow], chosen: str) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._keys = [workflow.key for workflow in workflows]
        cards: list[QWidget] = []
        for at, workflow in enumerate(workflows):
            choice = RadioButton(f"&{at + 1}  {workflow.label}", checked=workflow.key == chosen)
            self._group.addButton(choice, at)
            about = label(workflow.about, "small", "text2", wrap=True)
            cards.append(surface("card", column(choice, about, PathDrawing(workflow), gap=6, margins=(16, 8, 16, 10))))
        self.examples = CheckBox(self.tr("Start with e&xample leads"))
        note = label(self.tr("Everything in it can be changed later."), "small", "text3")
        self.setLayout(
            column(
                row(label(self.tr("How are your leads worked?"), "heading"), None, self.examples),
                note,
                *cards,
                None,
                gap=10,
                margins=_MARGINS,
            )
        )

    def begin(self) -> None:
        """Take the focus."""
        self._group.buttons()[max(0, self._group.checkedId())].setFocus()

    def answer(self) -> str:
        """The key of the chosen workflow."""
        return self._keys[max(0, self._group.checkedId())]


def _countries() -> list[tuple[str, str]]:
    named = [(code, QLocale.territoryToString(QLocale.codeToTerritory(code))) for code in COUNTRIES]
    return sorted(((code, name) for code, name in named if name != "Default"), key=lambda pair: pair[1])


def _zones(zone: str) -> QComboBox:
    zones = QComboBox()
    zones.setEditable(True)
    zones.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    zones.addItems((resources.files("tzdata") / "zones").read_text("utf-8").split())
    completer = QCompleter(zones.model(), zones)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    zones.setCompleter(completer)
    zones.setEditText(zone)
    return zones


def _times(text: str) -> list[list[str]]:
    """`8:00-12:00, 13:00–18:00` as pairs; what is no pair is left for the rule to refuse."""
    spans = [span for span in text.replace("–", "-").split(",") if span.strip()]
    return [[part.strip().rjust(5, "0") for part in span.split("-")] for span in spans]
