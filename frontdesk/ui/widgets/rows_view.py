"""The table over a `RowsModel`: fixed rows, shared widths, sort by head, and a selection that survives a refresh."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyleOptionViewItem, QTableView, QWidget
from typing_extensions import override

from frontdesk.ui.widgets import icons
from frontdesk.ui.widgets.rows_delegate import EDGE, RowsDelegate, inside
from frontdesk.ui.widgets.rows_model import Column, Index, RowsModel
from frontdesk.ui.widgets.theme import theme

ROW_HEIGHT = 38
_REMEMBERED_AT_MOST = 2000
Sort = list[tuple[str, bool]]


class RowsView(QTableView):
    """A table of leads, or of anything else that a `RowsModel` shows.

    Attributes:
        chosen: the id of the current row, None when there is none.
        opened: the id of a row that was opened with Enter or a double click.
        sort_wanted: the new order as (column key, is descending), first one first.
        several_chosen: how many rows are selected now.
    """

    chosen = Signal(object)
    opened = Signal(object)
    sort_wanted = Signal(object)
    several_chosen = Signal(int)

    def __init__(self, model: RowsModel[Any], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self._kept: tuple[int | None, list[int], int] = (None, [], 0)
        self.setAccessibleName(name)
        self.setItemDelegate(RowsDelegate(model, self))
        self.setHorizontalHeader(RowsHeader(self))
        self._dress()
        model.modelAboutToBeReset.connect(self._remember)
        self.setModel(model)
        model.modelReset.connect(self._restore)  # behind the view's own, which forgets the selection
        self.entered.connect(lambda _index: self.viewport().update())
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self.chosen.emit(model.id_at(now.row())))
        self.selectionModel().selectionChanged.connect(lambda *_: self.several_chosen.emit(len(self.chosen_ids())))
        theme().changed.connect(self._measure)
        self._measure()

    def _dress(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalHeader().hide()
        # Once and before the model: with a hundred thousand rows Qt needs 12 s to set another smallest size.
        self.verticalHeader().setMinimumSectionSize(20)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that are shown."""
        return self._rows.columns

    def current_id(self) -> int | None:
        """The id of the current row."""
        return self._rows.id_at(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def chosen_ids(self) -> list[int]:
        """The ids of all selected rows, from the top down."""
        selection = self.selectionModel().selection()
        spans = sorted((selection.at(at).top(), selection.at(at).bottom()) for at in range(selection.count()))
        ids = (self._rows.id_at(at) for top, bottom in spans for at in range(top, bottom + 1))
        return [key for key in ids if key is not None]

    def choose(self, key: int | None) -> bool:
        """Make the row of an id the current one and bring it into view; False when it is not in the list."""
        at = self._rows.row_of(key) if key is not None else None
        if at is None:
            return False
        self.selectRow(at)
        self.scrollTo(self._rows.index(at, 0))
        return True

    def choose_nothing(self) -> None:
        """No row is the current one, also not after the next refresh."""
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())

    def step(self, by: int) -> None:
        """Move the current row, for the letters J and K."""
        last = self._rows.rowCount() - 1
        if last >= 0:
            self.selectRow(min(last, max(0, self.currentIndex().row() + by)))

    def show_sort(self, sort: Sequence[tuple[str, bool]]) -> None:
        """Show by which columns the rows are sorted."""
        head = self.horizontalHeader()
        if isinstance(head, RowsHeader):
            head.show_sort(list(sort))

    def spread(self) -> None:
        """Share the width among the columns, each at least as wide as its design width."""
        columns = self._rows.columns
        if not columns:
            return
        room = self.viewport().width() - EDGE
        wanted = [theme().px(column.width) for column in columns]
        scale = max(1.0, room / sum(wanted))
        for at, width in enumerate(wanted):
            self.setColumnWidth(at, int(width * scale))
        self.setColumnWidth(len(columns) - 1, max(wanted[-1], room + EDGE - sum(int(width * scale) for width in wanted[:-1])))

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme().row(ROW_HEIGHT))
        self.horizontalHeader().setFixedHeight(theme().px(36))
        self.spread()

    def _remember(self) -> None:
        chosen = self.chosen_ids()
        self._kept = (self.current_id(), chosen if len(chosen) <= _REMEMBERED_AT_MOST else [], self.verticalScrollBar().value())

    def _restore(self) -> None:
        current, chosen, scrolled = self._kept
        places = {key: at for at in range(self._rows.rowCount()) if (key := self._rows.id_at(at)) in chosen} if len(chosen) > 1 else {}
        self.spread()
        at = self._rows.row_of(current) if current is not None else None
        if at is None:
            self.verticalScrollBar().setValue(scrolled)
            return
        selection = QItemSelection()
        last = self._rows.columnCount() - 1
        for place in places.values() or [at]:
            selection.select(self._rows.index(place, 0), self._rows.index(place, last))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(self._rows.index(at, 0), flags.NoUpdate)
        self.selectionModel().select(selection, flags.ClearAndSelect | flags.Rows)
        self.verticalScrollBar().setValue(scrolled)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            if (key := self.current_id()) is not None:
                self.opened.emit(key)
        elif event.text() and event.text().isprintable() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            event.ignore()  # letters are commands of the page here, not a search inside the list
        else:
            super().keyPressEvent(event)

    @override
    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        ends = {QAbstractItemView.CursorAction.MoveHome: 0, QAbstractItemView.CursorAction.MoveEnd: self._rows.rowCount() - 1}
        if action in ends:  # the whole row is what is chosen: its first and last cell are no places to go to
            return self._rows.index(ends[action], max(0, self.currentIndex().column()))
        return super().moveCursor(action, modifiers)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if (key := self.current_id()) is not None:
            self.opened.emit(key)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._rows.rowCount() and event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.selectRow(0)

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()  # the focus ring spans the row, not only the two cells that Qt knows of

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        was_visible = event.oldSize().height() >= self.visualRect(self.currentIndex()).bottom() > 0
        super().resizeEvent(event)
        self.spread()
        if was_visible:  # the undo strip takes its room from below: the row that it speaks of stays in sight
            self.scrollTo(self.currentIndex().siblingAtColumn(0))

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if dx:
            self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.horizontalScrollBar().value() and self._rows.rowCount():
            self._paint_first_column()

    def _paint_first_column(self) -> None:
        """The name stays in place when the list is scrolled sideways; a click there is a click on its row as anywhere else."""
        painter, area, width = QPainter(self.viewport()), self.viewport().rect(), self.columnWidth(0)
        left = area.right() - width + 1 if self.isRightToLeft() else 0
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        last = self.rowAt(area.bottom())
        for at in range(self.rowAt(0), (last if last >= 0 else self._rows.rowCount() - 1) + 1):
            option.rect = QRect(left, self.rowViewportPosition(at), width, self.rowHeight(at))
            chosen = self.selectionModel().isRowSelected(at, QModelIndex())
            state = QStyle.StateFlag.State_Selected if chosen else QStyle.StateFlag.State_None
            option.state = QStyle.StateFlag.State_Enabled | state
            self.itemDelegate().paint(painter, option, self._rows.index(at, 0))
        painter.setPen(QPen(theme().colour("line2"), 1))
        edge = left if self.isRightToLeft() else width
        painter.drawLine(edge, area.top(), edge, area.bottom())


class RowsHeader(QHeaderView):
    """The head of a table: one tab stop, arrows move, Enter sorts, Shift+Enter adds a second sort."""

    def __init__(self, view: RowsView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self._sort: Sort = []
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSectionsClickable(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setHighlightSections(False)
        self.setAccessibleName(self.tr("Column heads"))

    def show_sort(self, sort: Sort) -> None:
        """Show the arrows of this order."""
        self._sort = sort
        self.viewport().update()

    def _wanted(self, section: int, *, also: bool) -> None:
        column = self._view.columns[section]
        if not column.sortable:
            return
        before = dict(self._sort)
        others = [(key, down) for key, down in self._sort if key != column.key] if also else []
        down = not before[column.key] if column.key in before else False
        self._view.sort_wanted.emit([*others, (column.key, down)])

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        resizing = self.cursor().shape() is Qt.CursorShape.SplitHCursor
        super().mouseReleaseEvent(event)
        section = 0 if self._is_over_first(event.position().x()) else self.logicalIndexAt(event.position().toPoint())
        if section >= 0 and not resizing and event.button() is Qt.MouseButton.LeftButton:
            self._wanted(section, also=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        forward = Qt.Key.Key_Left if self.isRightToLeft() else Qt.Key.Key_Right
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._at = min(self.count() - 1, max(0, self._at + (1 if event.key() == forward else -1)))
            self.viewport().update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self.count():
            self._wanted(self._at, also=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            event.ignore()

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        columns = self._view.columns
        if logicalIndex >= len(columns):
            return
        column, colours = columns[logicalIndex], theme()
        painter.fillRect(rect, colours.colour("surface"))
        painter.setPen(QPen(colours.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = inside(rect, logicalIndex, mirrored=self.isRightToLeft())
        side = Qt.AlignmentFlag.AlignTrailing if column.side == "end" else Qt.AlignmentFlag.AlignLeading
        painter.setFont(colours.font("small", 500))
        painter.setPen(colours.colour("text3"))
        words = painter.boundingRect(inner, int(Qt.AlignmentFlag.AlignVCenter | side), column.title)
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | side), column.title)
        self._paint_arrow(painter, words, column.key)
        if self.hasFocus() and logicalIndex == self._at:
            painter.setPen(QPen(colours.colour("focus"), 2))
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -3), 6, 6)

    def _paint_arrow(self, painter: QPainter, words: QRect, key: str) -> None:
        for place, (sorted_by, down) in enumerate(self._sort):
            if sorted_by == key:
                left = words.left() - 16 if self.isRightToLeft() else words.right() + 5
                token = "text2" if place == 0 else "text3"
                icons.paint(painter, QPointF(left, words.center().y() - 5), "arrow-down" if down else "arrow-up", token, 12)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self.viewport()).fillRect(self.viewport().rect(), theme().colour("surface"))
        super().paintEvent(event)
        if self.offset() and self.count():
            self.paintSection(QPainter(self.viewport()), self._first(), 0)

    def _first(self) -> QRect:
        """Where the head of the first column stays when the list is scrolled sideways."""
        width = self.sectionSize(0)
        left = self.viewport().width() - width if self.isRightToLeft() else 0
        return QRect(left, 0, width, self.viewport().height())

    def _is_over_first(self, x: float) -> bool:
        return bool(self.offset()) and self._first().left() <= x <= self._first().right()
