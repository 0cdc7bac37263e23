"""Rows of any number: the sorted list of ids is known, the rows come in pages of 200 when they are looked at.

The model never asks the database itself. It is given `fetch(ids, landed)`, which a page builds from `jobs.ask`; until a page of
rows has landed its rows are blank. Twenty pages are kept.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer
from typing_extensions import override

from frontdesk.ui.widgets.pills import Pill
from frontdesk.ui.widgets.privacy import masked, privacy

PAGE = 200
PAGES_KEPT = 20
_AT_ONCE = 2
_WANTED_AT_MOST = 4
_NO_INDEX = QModelIndex()
_Row = TypeVar("_Row")
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows: words with tone and weight, or a pill, or attempt dots.

    Attributes:
        text: the words; also what is copied and read aloud when there is a pill or dots.
        token: the colour token of the words.
        weight: 400, 500 or 600.
        icon: a small icon before the words, in the same colour.
        starred: a filled star behind the words.
        personal: hidden while personal details are hidden.
        tabular: figures line up (times, amounts, phone numbers).
    """

    text: str = ""
    token: str = "text"
    weight: int = 400
    icon: str = ""
    starred: bool = False
    pill: Pill | None = None
    dots: tuple[int, int] | None = None
    personal: bool = False
    tabular: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it is shown: a cell for each column in their order.

    Attributes:
        sentence: what a screen reader says for the row: name, status, due, attempts.
        important: drawn with the green edge and the soft green background.
    """

    cells: tuple[Cell, ...]
    sentence: str = ""
    important: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table.

    Attributes:
        key: what the page sorts by and remembers.
        width: its share of the table's width, in pixels at the design width.
        side: where its words stand; amounts and counts stand at the end.
    """

    key: str
    title: str
    width: int
    side: Literal["start", "end"] = "start"
    sortable: bool = True


Fetch = Callable[[Sequence[int], Callable[[Sequence[_Row]], None]], object]


class RowsModel(QAbstractTableModel, Generic[_Row]):
    """A windowed table of `_Row`, drawn by `draw(row)`; `fetch` must give the rows of the ids it was asked for, in any order.

    A row is found again by `key_of(row)`, an id that is gone meanwhile stays blank.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        fetch: Fetch[_Row],
        draw: Callable[[_Row], Line],
        key_of: Callable[[_Row], int],
        parent: Any = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._fetch, self._draw, self._key_of = fetch, draw, key_of
        self._ids: array[int] = array("q")
        self._pages: OrderedDict[int, list[tuple[_Row, Line] | None]] = OrderedDict()
        self._before: dict[int, tuple[_Row, Line]] = {}  # what was on the screen, until it lands anew
        self._wanted: list[int] = []
        self._flying: set[int] = set()
        self._generation = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._fetch_wanted)
        privacy().changed.connect(self._redraw)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns in their order."""
        return self._columns

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns; the rows are drawn anew."""
        self.beginResetModel()
        self._columns = tuple(columns)
        self._before = {}
        self._forget()
        self.endResetModel()

    def set_ids(self, ids: Iterable[int]) -> None:
        """Show these ids in this order; rows already known are kept on the screen until their new state lands."""
        fresh = ids if isinstance(ids, array) else array("q", ids)
        if fresh == self._ids:
            self.reload()
            return
        self.beginResetModel()
        self._before = {self._key_of(each[0]): each for rows in self._pages.values() for each in rows if each}
        self._ids = fresh
        self._forget()
        self.endResetModel()

    def show_first(self, rows: Sequence[_Row]) -> None:
        """Show the first rows of a list that is still asked for; they stay on the screen until its ids are set and their rows have landed."""
        self.set_ids(self._key_of(row) for row in rows)
        self._land(0, self._generation, rows)

    def reload(self) -> None:
        """Ask for the shown rows again without moving anything."""
        shown = list(dict.fromkeys([*self._pages, *self._flying, *self._wanted]))[-_WANTED_AT_MOST:]
        self._generation += 1
        self._flying.clear()
        for page in list(self._pages)[:-_WANTED_AT_MOST]:
            del self._pages[page]
        self._wanted = shown
        self._soon.start(0)

    def id_at(self, at: int) -> int | None:
        """The id of a row, None outside."""
        return self._ids[at] if 0 <= at < len(self._ids) else None

    def row_of(self, key: int) -> int | None:
        """Where an id stands, None when it is not in the list."""
        try:
            return self._ids.index(key)
        except ValueError:
            return None

    def row_at(self, at: int) -> _Row | None:
        """The row itself when it has landed."""
        known = self._known(at)
        return known[0] if known else None

    def line(self, at: int) -> Line | None:
        """The drawn row when it has landed; asks for its page when not."""
        known = self._known(at)
        return known[1] if known else None

    def shown(self, cell: Cell) -> str:
        """A cell's words as they may be seen now."""
        return masked(cell.text) if cell.personal and privacy().is_on else cell.text

    def _known(self, at: int) -> tuple[_Row, Line] | None:
        page, place = divmod(at, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            if not 0 <= at < len(self._ids):
                return None
            self._want(page)
            return self._before.get(self._ids[at])
        self._pages.move_to_end(page)
        return rows[place] if place < len(rows) else None

    def _want(self, page: int) -> None:
        if page in self._flying:
            return
        if page in self._wanted:
            self._wanted.remove(page)
        self._wanted.append(page)
        del self._wanted[:-_WANTED_AT_MOST]
        if not self._soon.isActive():
            self._soon.start(0)

    def _fetch_wanted(self) -> None:
        while self._wanted and len(self._flying) < _AT_ONCE:
            page = self._wanted.pop()
            self._flying.add(page)
            ids = self._ids[page * PAGE : (page + 1) * PAGE]
            generation = self._generation
            self._fetch(ids, partial(self._land, page, generation))

    def _land(self, page: int, generation: int, rows: Sequence[_Row]) -> None:
        if generation != self._generation:
            return
        self._flying.discard(page)
        by_key = {self._key_of(row): row for row in rows}
        ids = self._ids[page * PAGE : (page + 1) * PAGE]
        self._pages[page] = [(by_key[key], self._draw(by_key[key])) if key in by_key else None for key in ids]
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        if ids and self._columns:
            first = page * PAGE
            self.dataChanged.emit(self.index(first, 0), self.index(first + len(ids) - 1, len(self._columns) - 1))
        self._fetch_wanted()

    def _forget(self) -> None:
        self._generation += 1
        self._pages.clear()
        self._wanted.clear()
        self._flying.clear()

    def _redraw(self) -> None:
        if self._ids and self._columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self._columns) - 1))

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._ids)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in _ANSWERED or not index.isValid():
            return None
        line = self.line(index.row())
        if line is None:
            return None
        cell = line.cells[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.sentence if index.column() == 0 and not privacy().is_on else self.shown(cell)
        return self.shown(cell)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal and 0 <= section < len(self._columns):
            return self._columns[section].title
        return None


_ANSWERED = frozenset({int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)})
