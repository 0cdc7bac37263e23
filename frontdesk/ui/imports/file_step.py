"""Step 1: the file, and how it is read: dropped, chosen or written, with a preview of its first rows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QSizePolicy, QWidget
from typing_extensions import override

from frontdesk.domain.ports import Choices
from frontdesk.ui.imports import words
from frontdesk.ui.imports.tables import Square, SquaresModel, SquaresView
from frontdesk.ui.imports.works import Looked
from frontdesk.ui.widgets.buttons import DropDown, button
from frontdesk.ui.widgets.forms import Field
from frontdesk.ui.widgets.icons import IconLabel
from frontdesk.ui.widgets.labels import ElidedLabel, isolated, label
from frontdesk.ui.widgets.layouts import column, row, surface
from frontdesk.ui.widgets.notices import NoticeLine


class FileStep(QWidget):
    """Where the file is, and how it is read.

    Attributes:
        file_chosen: a file, as a Path.
        choices_changed: how the file shall be read instead of how it was detected, as Choices.
    """

    file_chosen = Signal(object)
    choices_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._choices = Choices()
        self._path = QLineEdit()
        self._path.setObjectName("path")
        self._path.returnPressed.connect(self._take_path)
        self._where = Field(self.tr("&Where the file is"), self._path)
        self._choose = button(self.tr("&Choose a file…"), self._ask_file, icon="folder-open")
        self.notice = NoticeLine()
        self._encoding, self._separator, self._sheet, self._first = DropDown(""), DropDown(""), DropDown(""), DropDown("")
        self._encoding_field = Field(self.tr("Enco&ding"), self._encoding)
        self._separator_field = Field(self.tr("&Separator"), self._separator)
        self._sheet_field = Field(self.tr("Shee&t"), self._sheet)
        self._first_field = Field(self.tr("F&irst row"), self._first)
        self._name = ElidedLabel("", "strong")
        self._count = label("", tone="text2", tabular=True)
        self._rows = SquaresModel()
        self._view = SquaresView(self._rows, self.tr("First rows of the file"))
        self._view.setObjectName("preview")
        self._lay_out()
        for control in (self._encoding, self._separator, self._sheet, self._first):
            control.activated.connect(self._chosen)

    def begin(self) -> None:
        """Take the focus."""
        self._path.setFocus()
        self._path.selectAll()

    def path(self) -> Path | None:
        """The file that stands in the field, None when the field is empty."""
        text = self._path.text().strip().strip('"')
        return Path(text.removeprefix("file://")).expanduser() if text else None

    def start_over(self) -> None:
        """Forget the file."""
        self._path.clear()
        self._choices = Choices()
        self.notice.hide()
        self._found.hide()

    def show_path(self, path: Path) -> None:
        """Show which file is being read."""
        self._path.setText(str(path))
        self._choices = Choices()

    def show_file(self, looked: Looked) -> None:
        """Show how the file was read and its first rows; ask about the heading row where it is in doubt."""
        shape = looked.prepared.table.shape
        self._name.setText(isolated(looked.prepared.path.name))
        rows = looked.prepared.survey.rows
        self._count.setText(words.counted(rows, self.tr("1 row"), self.tr("{n} rows")))
        self._encoding.offer(words.encoding_choices(shape.encoding))
        self._encoding.choose(shape.encoding)
        self._separator.offer(words.separator_choices())
        self._separator.choose(shape.delimiter)
        self._sheet.offer((sheet, sheet) for sheet in shape.sheets)
        self._sheet.choose(shape.sheet)
        self._first.offer([(True, self.tr("Holds the headings")), (False, self.tr("Is a lead already"))])
        self._first.choose(shape.has_heading)
        self._encoding_field.setVisible(bool(shape.encoding))
        self._separator_field.setVisible(bool(shape.delimiter))
        self._sheet_field.setVisible(bool(shape.sheets))
        self._rows.show(looked.prepared.table.headings, [[Square(cell, personal=True) for cell in cells] for cells in looked.rows])
        self._found.show()
        self._first_field.accept()
        self.notice.hide()
        if not shape.certain:
            self.ask_heading()

    def ask_heading(self) -> None:
        """Ask whether the first row holds the headings."""
        answers = [
            (self.tr("The he&adings"), lambda: self._say_heading(True)),
            (self.tr("Alread&y a lead"), lambda: self._say_heading(False)),
        ]
        sentence = self.tr("This file seems to have no heading row. What is its first row?")
        self.notice.say(sentence, "warn", answers, closable=False)

    def refuse(self, sentence: str) -> None:
        """Say at the field what is wrong with the file."""
        self._found.hide()
        self.notice.hide()
        self._where.refuse(sentence)
        self._path.setFocus()

    def error(self) -> str:
        """What is wrong with the file, empty when nothing is."""
        return self._where.error()

    def _lay_out(self) -> None:
        icon, title = IconLabel("file-spreadsheet", "accentText", 18), label(self.tr("Drop a CSV file or a spreadsheet here"), "strong")
        about = label(self.tr("Nothing is imported before you have seen what would happen."), "small", "text2", wrap=True)
        invitation = row(icon, title, about, gap=10)
        invitation.setStretch(2, 1)
        line = row(self._where, column(22, self._choose, None, gap=0))
        line.setStretch(0, 1)
        drop = surface("card", column(invitation, line, gap=8, margins=(16, 12, 16, 14)))
        head = row(self._name, self._count, gap=12)
        head.setStretch(0, 1)
        fields = row(self._encoding_field, self._separator_field, self._sheet_field, self._first_field, None, gap=14)
        self._view.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._found = surface("card", column(head, fields, self._view, gap=10, margins=(16, 12, 16, 8)))
        self._found.hide()
        whole = column(drop, self.notice, self._found, None, gap=12)
        self.setLayout(whole)

    def _take_path(self) -> None:
        path = self.path()
        if path is not None:
            self._where.accept()
            self.file_chosen.emit(path)

    def _ask_file(self) -> None:
        kinds = self.tr("Tables (*.csv *.tsv *.txt *.xlsx *.xlsm *.xls *.ods *.json *.jsonl);;All files (*)")
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("File to import"), str((self.path() or Path()).parent), kinds)
        if chosen:
            self._path.setText(chosen)
            self._take_path()

    def _say_heading(self, has_heading: bool) -> None:
        self._first.choose(has_heading)
        self._chosen()

    def _chosen(self) -> None:
        """Only what the user said is kept; the rest is detected anew, since another encoding may show another separator."""
        said = self.sender()
        changed = self._choices
        if said is self._encoding:
            changed = replace(changed, encoding=str(self._encoding.key()))
        elif said is self._separator:
            changed = replace(changed, delimiter=str(self._separator.key()))
        elif said is self._sheet:
            changed = replace(changed, sheet=str(self._sheet.key()))
        else:
            changed = replace(changed, heading=bool(self._first.key()))
        self._choices = changed
        self.choices_changed.emit(changed)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        dropped = next((url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()), "")
        if dropped:
            event.acceptProposedAction()
            self._path.setText(dropped)
            self._take_path()
