"""The table of leads: its rows through jobs, its columns and order as this person left them."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from frontdesk.domain.lines import Filter, LeadLine, Sort
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import LeadId
from frontdesk.services.lists import first_lines, lead_ids, lead_lines
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.leads import columns
from frontdesk.ui.remembered import Station
from frontdesk.ui.widgets.popups import open_below
from frontdesk.ui.widgets.rows_model import Line, RowsModel
from frontdesk.ui.widgets.rows_view import RowsView

_COLUMNS, _SORT = "leads.columns", "leads.sort"
Orders = tuple[tuple[str, bool], ...]
"""Columns with whether each is sorted downwards, the first one first."""
_MOST_ORDERS = 3
_FIRST = 50


class LeadTable(RowsView):
    """Leads by id, a million if need be.

    Attributes:
        order_changed: the list shall be asked for in another order.
        width_wanted: the profile shall have the whole page.
    """

    order_changed = Signal()
    width_wanted = Signal()

    def __init__(self, jobs: Jobs, practice: Practice, station: Station) -> None:
        self._jobs, self._practice, self._station = jobs, practice, station
        self._keys: tuple[str, ...] = columns.NARROW
        self._is_wide = False
        self.model_of_leads: RowsModel[LeadLine] = RowsModel(
            columns.columns(self._keys), fetch=self._fetch, draw=self._draw, key_of=lambda line: line.id
        )
        super().__init__(self.model_of_leads, self.tr("Leads"))
        self.model_of_leads.setParent(self)
        self._sort = _read_sort(station.get(self._mine(_SORT)))
        self.sort_wanted.connect(self._sort_by)
        self._show_sort()
        self.set_wide(is_wide=False)

    @property
    def order(self) -> Sort:
        """The order to ask for."""
        found: Sort | None = None
        for key, descending in reversed(self._sort):
            found = Sort(columns.SORTED_BY.get(key, key), descending != (key == "age"), found)
        return found or Sort()

    def ask_for(self, wanted: Filter, *, landed: Callable[[array[int]], None], refused: Callable[[Refused], None]) -> None:
        """Ask for the leads of a filter; where none are shown yet, first for those that will be seen: the ids of a million take a second."""
        ask = partial(self._jobs.ask, owner=self, on_refused=refused, key="leads-ids", wanted=wanted, sort=self.order)

        def first_landed(lines: Sequence[LeadLine]) -> None:
            if lines:
                self.model_of_leads.show_first(lines)
            ask(lead_ids, on_done=landed)

        if self.model_of_leads.rowCount():
            ask(lead_ids, on_done=landed)
        else:
            ask(first_lines, on_done=first_landed, limit=_FIRST)

    def line_of(self, lead_id: LeadId) -> LeadLine | None:
        """A lead's line when it has landed."""
        at = self.model_of_leads.row_of(lead_id)
        return None if at is None else self.model_of_leads.row_at(at)

    def set_practice(self, practice: Practice) -> None:
        """The practice's words changed."""
        self._practice = practice
        self.model_of_leads.reload()

    def set_wide(self, *, is_wide: bool) -> None:
        """From a window of 1600 on there are more columns, unless somebody chose their own."""
        self._is_wide = is_wide
        kept = tuple(key for key in self._station.get(self._mine(_COLUMNS)).split() if key in columns.ALL)
        self._use(kept or (columns.WIDE if is_wide else columns.NARROW))

    def shown_columns(self) -> tuple[str, ...]:
        """The keys of the columns that are shown."""
        return self._keys

    def show_column(self, key: str, *, is_shown: bool) -> None:
        """Show or hide a column, and remember it."""
        keys = [each for each in columns.ALL if (is_shown if each == key else each in self._keys)]
        self._station.keep(self._mine(_COLUMNS), " ".join(keys))
        self._use(tuple(keys))

    def usual_columns(self) -> None:
        """Back to the columns that fit the window."""
        self._station.keep(self._mine(_COLUMNS), "")
        self.set_wide(is_wide=self._is_wide)

    def choose_columns(self, below: QWidget) -> None:
        """Open the list of columns; Name always stays."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setObjectName("columns")
        for key in columns.ALL[1:]:
            action = menu.addAction(columns.title_of(key))
            action.setCheckable(True)
            action.setChecked(key in self._keys)
            action.toggled.connect(lambda on, key=key: self.show_column(key, is_shown=on))
        menu.addSeparator()
        menu.addAction(self.tr("Usual columns"), self.usual_columns)
        open_below(menu, below)

    def open_menu(self, deeds: Sequence[tuple[str, Callable[[], object] | None]]) -> None:
        """Open the row menu at the current row; a deed without a function is a line between groups."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setObjectName("row-menu")
        for words, deed in deeds:
            if deed is None:
                menu.addSeparator()
            else:
                menu.addAction(words, partial(_call, deed))
        place = self.visualRect(self.currentIndex()).bottomLeft()
        menu.popup(self.viewport().mapToGlobal(place + QPoint(24, 0)))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.width_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _use(self, keys: tuple[str, ...]) -> None:
        if keys != self._keys:
            self._keys = ("name", *(key for key in columns.ALL if key in keys and key != "name"))
            self.model_of_leads.set_columns(columns.columns(self._keys))

    def _fetch(self, ids: Sequence[int], landed: Callable[[Sequence[LeadLine]], None]) -> None:
        self._jobs.ask(lead_lines, owner=self, on_done=landed, ids=list(ids))

    def _draw(self, line: LeadLine) -> Line:
        return columns.draw(line, self._keys, self._practice)

    def _sort_by(self, wanted: list[tuple[str, bool]]) -> None:
        self._sort = _in_place(self._sort, wanted)
        self._station.keep(self._mine(_SORT), ",".join(f"{key} {'down' if descending else 'up'}" for key, descending in self._sort))
        self._show_sort()
        self.order_changed.emit()

    def _show_sort(self) -> None:
        self.show_sort(self._sort)

    def _mine(self, key: str) -> str:
        return f"{key}.{self._practice.me.id}"


def _in_place(before: Orders, wanted: Sequence[tuple[str, bool]]) -> Orders:
    """A column that was turned round keeps its place among the others; of too many the last one stays."""
    ways = dict(wanted)
    if ways.keys() == dict(before).keys():
        return tuple((key, ways[key]) for key, _ in before)
    return (*wanted[: _MOST_ORDERS - 1], wanted[-1]) if len(wanted) > _MOST_ORDERS else tuple(wanted)


def _read_sort(text: str) -> Orders:
    kept = (each.partition(" ") for each in text.split(","))
    return tuple((key, way == "down") for key, _, way in kept if key in columns.SORTABLE) or (("name", False),)


def _call(deed: Callable[[], object]) -> None:
    deed()
