"""The timeline: every call, message, appointment, change of status and note, newest first; system entries are quieter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from frontdesk.ui.lead.tellings import Telling
from frontdesk.ui.widgets.buttons import button
from frontdesk.ui.widgets.labels import ElidedLabel, label
from frontdesk.ui.widgets.layouts import clear, column, row
from frontdesk.ui.widgets.pills import IconDisc

AT_FIRST = 30


class Timeline(QWidget):
    """The entries of one lead.

    Attributes:
        undo_wanted: the change that shall be taken back where it is shown.
    """

    undo_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Telling, ...] = ()
        self._shown = AT_FIRST
        self._column = column(gap=14)
        self.setLayout(self._column)

    def show_entries(self, entries: Sequence[Telling], *, same: bool = False) -> None:
        """Show the entries of a lead; `same` keeps how far back they are shown."""
        self._entries = tuple(entries)
        self._shown = self._shown if same else AT_FIRST
        self._fill()

    def _fill(self) -> None:
        clear(self._column)
        for entry in self._entries[: self._shown]:
            self._column.addWidget(_Row(entry, self))
        if not self._entries:
            self._column.addWidget(label(self.tr("Nothing has happened yet."), "small", "text3"))
        if (hidden := len(self._entries) - self._shown) > 0:
            self._column.addLayout(row(button(self.tr("&Show {n} more").format(n=hidden), self._show_all, kind="link"), None))

    def _show_all(self) -> None:
        self._shown = len(self._entries)
        self._fill()


class _Row(QWidget):
    def __init__(self, entry: Telling, timeline: Timeline) -> None:
        super().__init__()
        self.setObjectName("timeline-entry")
        self.setAccessibleName(entry.spoken())
        title = ElidedLabel(entry.title, "body" if entry.is_quiet else "medium", "text2" if entry.is_quiet else "text")
        when = label(entry.when, "small", "text3", tabular=True)
        first = row(title, when, gap=8)
        first.setStretch(0, 1)
        words = column(first, gap=1)
        second = "  ·  ".join(entry.details)
        if second:
            words.addWidget(label(second, "small", "text3" if entry.is_quiet else "text2", wrap=True))
        if entry.note:
            words.addWidget(label(entry.note, "small", "text2", wrap=True, selectable=True))
        if entry.because:
            words.addWidget(label(entry.because, "small", "text3", wrap=True))
        if entry.can_undo:
            undo = button(
                self.tr("Undo"),
                lambda: timeline.undo_wanted.emit(entry.change),
                kind="link",
                name=self.tr("Undo {what}").format(what=entry.title),
            )
            words.addLayout(row(undo, None))
        disc = IconDisc(entry.icon, entry.tone)
        line = row(disc, words, gap=10)
        line.setStretch(1, 1)
        line.setAlignment(disc, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
