"""The letters, menu commands and row menu of the Leads page: for the lead in front, or for all that are selected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow, QWidget

from frontdesk.domain.records import LeadId
from frontdesk.domain.workflow import Disposition
from frontdesk.services.queue import QueueLine, work_queue
from frontdesk.ui.commands import ALL
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.lead.acts import CALL
from frontdesk.ui.lead.deeds import Deeds
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.leads.filter_bar import SelectionBar
from frontdesk.ui.leads.listing import LeadTable
from frontdesk.ui.leads.many import ManyDeeds
from frontdesk.ui.leads.pane import LeadPane
from frontdesk.ui.widgets.keys import shortcut

LETTERS = {
    "C": "status",
    "B": "booked",
    "F": "follow_up",
    "E": "email",
    "T": "text",
    "A": "note",
    "*": "important",
    "H": "history",
    "N": "no_answer",
    "M": "left_message",
    "S": "spoke",
    "X": "close",
}
_OUTCOMES = {"no_answer": Disposition.NO_ANSWER, "left_message": Disposition.LEFT_MESSAGE, "spoke": Disposition.SPOKE}
_IN_MENUS = ("call", "copy_phone", "follow_up", "status", *_OUTCOMES, "booked", "close", "important", "history", "merge")


class LeadCommands(QObject):
    """What the page can do, by name.

    Attributes:
        said: a sentence for the undo strip, and whether it can be undone.
        export_wanted: the selected leads shall become a file.
        lead_wanted: another lead shall be opened.
        pane_wanted: the right pane shall be shown.
    """

    said = Signal(str, bool)
    export_wanted = Signal()
    lead_wanted = Signal(object)
    pane_wanted = Signal()

    def __init__(
        self, page: QWidget, jobs: Jobs, practice: Callable[[], Practice], *, table: LeadTable, pane: LeadPane, many: SelectionBar
    ) -> None:
        super().__init__(page)
        self._page, self._jobs = page, jobs
        self._table, self._pane, self._many = table, pane, many
        self.dialogs = Deeds(page, jobs, practice)
        self.of_many = ManyDeeds(jobs, page, practice)
        self.dialogs.said.connect(lambda words: self.said.emit(words, True))
        self.dialogs.next_wanted.connect(self._open_next)
        self.dialogs.merge_wanted.connect(lambda lead_id, person_id: self.of_many.merge_with(lead_id, person_id, self.host()))
        self.of_many.done.connect(self.said)
        pane.dialog_wanted.connect(self._decide)
        many.wanted.connect(self.do_with_many)
        table.customContextMenuRequested.connect(lambda _: self.open_row_menu())
        for letter, deed in LETTERS.items():
            shortcut(page, letter, partial(self.do, deed))

    def menu(self) -> dict[str, Callable[[], object]]:
        """The commands of the menus that are possible here."""
        return {f"lead.{deed}": partial(self.do, deed) for deed in _IN_MENUS}

    def do(self, deed: str) -> None:
        """A letter or a menu entry."""
        several = self._table.chosen_ids()
        if len(several) > 1 and deed in {"status", "follow_up", "merge", "close"}:
            self.do_with_many("status" if deed == "close" else deed)
        elif self._pane.view.lead_id() is not None and not self._pane.is_new():
            self._do_with_one(deed)

    def do_with_many(self, deed: str) -> None:
        """A deed for all selected leads."""
        ids = self._table.chosen_ids()
        if deed == "status":
            self.dialogs.change_status(ids)
        elif deed == "follow_up":
            self.of_many.follow_up(ids, self._many.button_of(deed))
        elif deed == "owner":
            self.of_many.choose_owner(ids, self._many.button_of(deed))
        elif deed == "merge":
            self.of_many.merge(ids, self.host())
        else:
            self.export_wanted.emit()

    def open_row_menu(self) -> None:
        """What can be done with the current row."""
        words: tuple[tuple[str, str], ...] = (
            ("call", self.tr("Call")),
            ("email", self.tr("E-mail")),
            ("text", self.tr("Text")),
            ("", ""),
            ("no_answer", self.tr("No answer")),
            ("left_message", self.tr("Left message")),
            ("spoke", self.tr("Spoke")),
            ("", ""),
            ("follow_up", self.tr("Follow up…")),
            ("booked", self.tr("Schedule appointment…")),
            ("status", self.tr("Change status…")),
            ("transfer", self.tr("Hand over…")),
            ("important", self.tr("Mark important")),
            ("copy_phone", self.tr("Copy phone number")),
            ("merge", self.tr("Merge…")),
        )
        menu = {deed: ALL[f"lead.{deed}"].shown_key() for deed, _ in words if f"lead.{deed}" in ALL}
        keys = menu | {deed: letter for letter, deed in LETTERS.items()}
        shown = [(f"{text}\t{keys[deed]}" if keys.get(deed) else text, deed) for deed, text in words]
        self._table.open_menu([(text, partial(self.do, deed) if deed else None) for text, deed in shown])

    def host(self) -> QWidget:
        """Where overlays stand."""
        window = self._page.window()
        return (window.centralWidget() if isinstance(window, QMainWindow) else None) or window

    def _do_with_one(self, deed: str) -> None:
        pane = self._pane
        if deed in _OUTCOMES:
            pane.deeds.do("outcome", (CALL, _OUTCOMES[deed]))
        elif deed == "merge":
            self.of_many.merge(self._table.chosen_ids(), self.host())
        elif deed in {"note", "history"}:
            self.pane_wanted.emit()
            pane.view.go_to(deed)
        else:
            if deed in {"call", "email", "text"}:
                self.pane_wanted.emit()
            wanted, what = {"booked": ("appointment", "book"), "close": ("status", None)}.get(deed, (deed, None))
            pane.deeds.do(wanted, what)

    def _decide(self, deed: str, ids: Sequence[LeadId]) -> None:
        """Open the dialog of a deed about the lead in front."""
        dialogs = self.dialogs
        if deed == "status":
            dialogs.change_status(ids)
        elif deed in {"appointment", "move"}:
            dialogs.appointment(ids[0], "book" if deed == "appointment" else "move")
        else:
            {"follow_up": dialogs.follow_up, "revenue": dialogs.revenue, "transfer": dialogs.transfer}[deed](ids[0])

    def _open_next(self) -> None:
        """The next lead of my queue that is not the one just left."""
        here = self._pane.view.lead_id()

        def found(lines: Sequence[QueueLine]) -> None:
            following = next((each.line.id for each in lines if each.line.id != here), None)
            if following is not None:
                self.lead_wanted.emit(following)

        self._jobs.ask(work_queue, owner=self, on_done=found, key="leads-next", mine=True, limit=2)
