"""The list of leads on paper: its rows as a table, in the columns that are shown, through the system's print dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import QObject
from PySide6.QtGui import QFont, QPageLayout, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from frontdesk.domain.lines import LeadLine
from frontdesk.services.lists import first_lines
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.leads import columns
from frontdesk.ui.leads.page import LeadsPage
from frontdesk.ui.widgets.privacy import privacy
from frontdesk.ui.widgets.rows_model import Cell

MOST = 500
"""A longer list belongs into a file: Export writes any number."""
_POINTS = 8


class Printing(QObject):
    """Print of one window."""

    def __init__(self, window: QWidget, jobs: Jobs, leads: LeadsPage, practice: Callable[[], Practice]) -> None:
        super().__init__(window)
        self._window, self._jobs, self._leads, self._practice = window, jobs, leads, practice

    def ask(self) -> None:
        """Read the list in front, then ask for the printer."""
        self._jobs.ask(
            first_lines,
            owner=self,
            on_done=self._choose_printer,
            key="print",
            wanted=self._leads.wanted(),
            sort=self._leads.table.order,
            limit=MOST,
        )

    def document(self, lines: Sequence[LeadLine]) -> QTextDocument:
        """The list as it is printed: the name of the practice, how many, and the table; hidden details stay hidden."""
        practice, keys = self._practice(), self._leads.table.shown_columns()
        head = "".join(f"<th align='left'>{escape(columns.title_of(key))}</th>" for key in keys)
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(_words(cell))}</td>" for cell in columns.draw(line, keys, practice).cells) + "</tr>"
            for line in lines
        )
        most = self.tr("the first {count} leads") if len(lines) == MOST else self.tr("{count} leads")
        title = f"<h3>{escape(practice.book.practice_name)}</h3><p>{escape(most.format(count=len(lines)))}</p>"
        document = QTextDocument(self)
        font = QFont(self._window.font())
        font.setPointSizeF(_POINTS)
        document.setDefaultFont(font)
        document.setHtml(f"{title}<table width='100%' cellspacing='0' cellpadding='3'><thead><tr>{head}</tr></thead>{rows}</table>")
        return document

    def _choose_printer(self, lines: Sequence[LeadLine]) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageOrientation(QPageLayout.Orientation.Landscape)
        printer.setDocName(self.tr("Leads"))
        dialog = QPrintDialog(printer, self._window)
        dialog.setObjectName("print")
        document = self.document(lines)
        dialog.accepted.connect(lambda: document.print_(printer))
        dialog.finished.connect(document.deleteLater)
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)  # the overload of QPrintDialog hides it


def _words(cell: Cell) -> str:
    text = cell.pill.words if cell.pill is not None else cell.text
    shown = privacy().shown(text) if cell.personal else text
    return f"{shown} ★" if cell.starred else shown
