"""Find a caller: from anywhere with Ctrl+K, over the screen as a list under the field, at most eight people.

Digits search numbers, letters names and e-mails (the query decides); a text that begins with `>` lists commands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from frontdesk.ui.commands import ALL, Commands
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.top_bar import FindField
from frontdesk.ui.widgets.drop_list import DropList, Entry
from frontdesk.ui.widgets.keys import ALONE, shortcut
from frontdesk.ui.widgets.pills import Pill
from frontdesk.ui.widgets.privacy import privacy

SHOWN_AT_MOST = 8


@dataclass(frozen=True, slots=True)
class Found:
    """One person that was found, as the list shows them.

    Attributes:
        lead_id: what opens.
        bold: the part of the name that matched, as (start, length).
        detail: next step and last contact.
        bold_phone: the part of the number that matched.
    """

    lead_id: int
    name: str
    phone: str
    pill: Pill
    detail: str
    bold: tuple[int, int] = (0, 0)
    bold_phone: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Search:
    """How people are found: a query of the desk with `text` and `limit`, how one result is shown, and how what was typed is written."""

    query: Callable[..., Sequence[Any]]
    shown: Callable[[Any, str], Found]
    written: Callable[[str], str] = str


class FindCaller(QObject):
    """Lets the field in the top bar find people and commands.

    Attributes:
        opened: a lead to open, and whether to mark "they called us".
        call_wanted: a lead to call.
        new_wanted: what was typed, for a new lead.
        left: Esc; the focus is back where it was.
    """

    opened = Signal(object, bool)
    call_wanted = Signal(object)
    new_wanted = Signal(str)
    left = Signal()

    def __init__(self, field: FindField, jobs: Jobs, search: Search, commands: Commands) -> None:
        super().__init__(field)
        self._field, self._jobs, self._search, self._commands = field, jobs, search, commands
        self._before: QWidget | None = None
        self._results = DropList(field, self.tr("Found"))
        self._results.opened.connect(self._open)
        self._results.left.connect(self.leave)
        field.textChanged.connect(self._typed)
        shortcut(field, "Alt+C", self._call, ALONE)

    def start(self, text: str = "") -> None:
        """Go to the field; Esc returns to where the focus is now."""
        self.came_from(QApplication.focusWidget())
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.setText(text)
        self._field.selectAll() if not text else self._field.end(False)

    def came_from(self, widget: QWidget | None) -> None:
        """Where Esc returns to."""
        if widget is not self._field:
            self._before = widget

    def show_number(self, number: str) -> None:
        """Put a number from the phone system into the field without taking the focus."""
        self._field.setText(number)

    def leave(self) -> None:
        """Empty the field and go back to where the focus was."""
        self._close()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.left.emit()

    def entries(self) -> list[Entry]:
        """What the list offers now."""
        return [] if self._results.isHidden() else self._results.entries()

    def _close(self) -> None:
        self._field.clear()
        self._results.offer([])

    def _typed(self, text: str) -> None:
        wanted = text.strip()
        if wanted.startswith(">"):
            self._results.offer(self._command_entries(wanted[1:].strip().lower()))
        elif wanted:
            self._jobs.ask(self._search.query, owner=self, on_done=self._show, key="find-caller", text=wanted, limit=SHOWN_AT_MOST)
        else:
            self._results.offer([])

    def _show(self, found: Sequence[Any]) -> None:
        text = self._field.text().strip()
        if not text or text.startswith(">"):
            return
        people = [self._entry(self._search.shown(one, text)) for one in found[:SHOWN_AT_MOST]]
        self._results.offer(people or [self._new_entry(text)])

    def _entry(self, found: Found) -> Entry:
        hide = privacy().shown
        bold, bold_phone = ((0, 0), (0, 0)) if privacy().is_on else (found.bold, found.bold_phone)
        value, name, phone = ("lead", found.lead_id), hide(found.name), hide(found.phone)
        return Entry(value, name, hide(found.detail), phone, pill=found.pill, bold=bold, bold_aside=bold_phone)

    def _new_entry(self, text: str) -> Entry:
        enabled = self._commands.is_possible("lead.new")
        written = self._search.written(text)
        words = self.tr("New lead with {text}").format(text=written)
        return Entry(("new", written), words, icon="user-plus", key="Enter", enabled=enabled)

    def _command_entries(self, wanted: str) -> list[Entry]:
        commands = [command for command in ALL.values() if wanted in command.shown_words().lower()]
        commands.sort(key=lambda command: not self._commands.is_possible(command.id))
        return [
            Entry(("command", command.id), command.shown_words(), key=command.shown_key(), enabled=self._commands.is_possible(command.id))
            for command in commands
        ]

    def _open(self, value: tuple[str, Any], held: Qt.KeyboardModifier) -> None:
        kind, what = value
        before = self._before
        self._close()
        if kind == "command":
            if before is not None and before.isVisible():
                before.setFocus(Qt.FocusReason.OtherFocusReason)
            self._commands.run(what)
        elif kind == "new":
            self.new_wanted.emit(what)
        else:
            self.opened.emit(what, held == Qt.KeyboardModifier.ControlModifier)

    def _call(self) -> None:
        entry = self._results.chosen()
        if entry is not None and isinstance(entry.value, tuple) and entry.value[0] == "lead":
            self._close()
            self.call_wanted.emit(entry.value[1])
