"""Step 4: what the import would do, what happens with leads that are here already, and the rows with problems, mended in place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from frontdesk.domain.problems import Refused
from frontdesk.ui.imports import words
from frontdesk.ui.imports.answers import Answers
from frontdesk.ui.imports.choosers import Figure
from frontdesk.ui.imports.tables import Square, SquaresModel, SquaresView
from frontdesk.ui.imports.works import SHOWN, Checked, Trouble
from frontdesk.ui.problems import sentence
from frontdesk.ui.widgets.buttons import DropDown, button
from frontdesk.ui.widgets.figures import figure
from frontdesk.ui.widgets.forms import Field
from frontdesk.ui.widgets.labels import label
from frontdesk.ui.widgets.layouts import column, row, surface
from frontdesk.ui.widgets.notices import NoticeLine


class CheckStep(QWidget):
    """Counts, choices, and problems.

    Attributes:
        choices_changed: how rows meet leads that are here: what they are found by, and what happens then.
        mended: the line of a row, the place of a cell, and its new words.
        check_wanted: check again with what was mended.
        save_wanted: save the rows with problems as a file.
    """

    choices_changed = Signal(object, str)
    mended = Signal(int, int, str)
    check_wanted = Signal()
    save_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._troubles: tuple[Trouble, ...] = ()
        self.notice = NoticeLine()
        self.new, self.here = Figure(self.tr("new leads")), Figure(self.tr("already here"))
        self.changed, self.refused = Figure(self.tr("here, and changed")), Figure(self.tr("can't be read"))
        self._on_match = DropDown("", self._ways())
        self._on_match.setObjectName("on-match")
        self._match = DropDown("", self._keys())
        self._match.setObjectName("match")
        for control in (self._on_match, self._match):
            control.activated.connect(self._chosen)
        self._tests = label("", "small", "text2")
        self._rows = SquaresModel()
        self._rows.edited.connect(self._edited)
        self._view = SquaresView(self._rows, self.tr("Rows with problems"), stretched=2)
        self._view.setObjectName("problems")
        self._again = button(self.tr("&Check again"), self.check_wanted.emit, icon="refresh-cw")
        self._save = button(self.tr("&Save problem rows as a file…"), self.save_wanted.emit, icon="save")
        self._title = label("", "strong")
        self._none = label(self.tr("Every row can be read."), tone="text2")
        self._lay_out()

    def begin(self) -> None:
        """Take the focus at the first thing to decide."""
        self._on_match.setFocus()

    def show_checked(self, checked: Checked, answers: Answers) -> None:
        """Show what the import would do now."""
        self.notice.hide()
        result = checked.result
        for shown, number in (
            (self.new, result.created),
            (self.here, result.already_here),
            (self.changed, result.updated),
            (self.refused, len(result.refused)),
        ):
            shown.show_number(number)
        self._on_match.choose(answers.on_match)
        self._match.choose(answers.match)
        one, more = self.tr("1 test lead is left out."), self.tr("{n} test leads are left out.")
        self._tests.setText(words.counted(result.tests, one, more) if result.tests else "")
        self._tests.setVisible(bool(result.tests))
        self.refused.warn(bool(result.refused))
        self._show_troubles(checked)

    def ask_target(self, source: Path | None) -> Path | None:
        """Ask where the rows with problems shall be saved; the dialog asks whether another file may be replaced."""
        start = str(source.with_name(self.tr("{name} - problem rows.csv").format(name=source.stem))) if source else ""
        kinds = self.tr("CSV file (*.csv);;Spreadsheet (*.xlsx)")
        target, _ = QFileDialog.getSaveFileName(self, self.tr("Save problem rows"), start, kinds)
        return Path(target) if target else None

    def show_saved(self, rows: int) -> None:
        """Say that they are saved, and what for."""
        one = self.tr("Saved 1 row. Mend it there, then import that file.")
        more = self.tr("Saved {n} rows. Mend them there, then import that file.")
        self.notice.say(words.counted(rows, one, more), "ok")

    def _show_troubles(self, checked: Checked) -> None:
        self._troubles = checked.troubles
        found = len(checked.result.refused) + len(checked.result.warnings)
        title = words.counted(found, self.tr("1 row to look at"), self.tr("{n} rows to look at"))
        shown = self.tr(", the first {n} are listed").replace("{n}", figure(SHOWN)) if found > len(self._troubles) else ""
        self._title.setText(title + shown if found else self.tr("No problems"))
        self._rows.show(
            [self.tr("Line"), self.tr("Who"), self.tr("Problem"), self.tr("Column"), self.tr("In the file")],
            [_squares(each, skips=bool(checked.result.already_here)) for each in self._troubles],
        )
        self._view.setVisible(bool(self._troubles))
        self._hint.setVisible(any(each.column is not None for each in self._troubles))
        self._none.setVisible(not self._troubles)
        self._save.setVisible(bool(checked.result.refused))
        self._again.hide()

    def _lay_out(self) -> None:
        figures = row(self.new, self.here, self.changed, self.refused, gap=12)
        for at in range(4):
            figures.setStretch(at, 1)
        ways = row(Field(self.tr("&Already here"), self._on_match), Field(self.tr("Found b&y"), self._match), None, gap=16)
        decide = surface("card", column(ways, self._tests, gap=6, margins=(16, 10, 16, 12)))
        self._hint = label(self.tr("Write a cell anew with F2 or by typing. The file itself stays as it is."), "small", "text2")
        head = row(self._title, None, self._again, self._save)
        problems = column(head, self._hint, self._none, self._view, gap=8, margins=(16, 12, 16, 8))
        problems.setStretch(3, 1)
        problems.addStretch(0)  # takes the room only while there is no table to take it
        whole = column(self.notice, figures, decide, surface("card", problems), gap=12)
        whole.setStretch(3, 1)
        self.setLayout(whole)

    def _chosen(self) -> None:
        self.choices_changed.emit(self._match.key(), str(self._on_match.key()))

    def _edited(self, at: int, _column: int, text: str) -> None:
        trouble = self._troubles[at]
        if trouble.column is None:
            return
        self._troubles = (*self._troubles[:at], replace(trouble, cell=text), *self._troubles[at + 1 :])
        self._again.show()
        self.mended.emit(trouble.line, trouble.column, text)

    def _ways(self) -> list[tuple[str, str]]:
        return [
            ("skip", self.tr("Skip the row")),
            ("fill", self.tr("Fill in what is empty")),
            ("overwrite", self.tr("Overwrite with the file")),
            ("add", self.tr("Add a new enquiry")),
        ]

    def _keys(self) -> list[tuple[str | None, str]]:
        return [
            (None, self.tr("Any of these, if the name agrees")),
            ("external-id", self.tr("Id in the other system")),
            ("phone", self.tr("Phone")),
            ("email", self.tr("E-mail")),
        ]


def _squares(trouble: Trouble, *, skips: bool) -> list[Square]:
    """A line of the table; where rows are skipped, one to look at may be among them, so nothing is promised for it."""
    token = "danger" if trouble.refused else "warn"
    read = "" if skips else words.tr("Will be imported.")
    done = words.tr("Will not be imported.") if trouble.refused else read
    return [
        Square(figure(trouble.line), "text2"),
        Square(trouble.who, personal=True),
        Square(f"{done} {sentence(Refused(trouble.code))}".strip(), token),
        Square(trouble.heading, "text2"),
        Square(trouble.cell, personal=True, editable=trouble.column is not None),
    ]
