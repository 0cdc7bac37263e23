"""Small tables of cells: the first rows of a file, and the rows with problems, of which single cells can be written anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView
from typing_extensions import override

from frontdesk.ui.widgets.privacy import privacy
from frontdesk.ui.widgets.theme import theme

_NO_INDEX = QModelIndex()
_ROW, _HEAD, _FEWEST, _BAR, _PADDING = 30, 34, 2, 14, 10
SQUARE = int(Qt.ItemDataRole.UserRole)
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Square:
    """One cell: its words, the token of their colour, whether they are somebody's and whether they can be written anew."""

    text: str
    token: str = "text"
    personal: bool = False
    editable: bool = False


class SquaresModel(QAbstractTableModel):
    """Some rows of squares under headings.

    Attributes:
        edited: the row, the column and the new words of a square that was written anew.
    """

    edited = Signal(int, int, str)

    def __init__(self) -> None:
        super().__init__()
        self._headings: list[str] = []
        self._rows: list[list[Square]] = []
        privacy().changed.connect(lambda _on: self.layoutChanged.emit())

    def show(self, headings: Sequence[str], rows: Sequence[Sequence[Square]]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._headings = list(headings)
        self._rows = [list(row) for row in rows]
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._headings)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        square = self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.EditRole:
            return square.text
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            words = " ".join(square.text.split())
            return privacy().shown(words) if square.personal else words
        return square if role == SQUARE else None

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        before = self._rows[index.row()][index.column()]
        if role != Qt.ItemDataRole.EditRole or str(value) == before.text:
            return False
        self._rows[index.row()][index.column()] = Square(str(value), "accentText", before.personal, before.editable)
        self.dataChanged.emit(index, index)
        self.edited.emit(index.row(), index.column(), str(value))
        return True

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section] if section < len(self._headings) else ""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading)
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and self._rows[index.row()][index.column()].editable:
            found |= Qt.ItemFlag.ItemIsEditable
        return found


class SquaresView(QTableView):
    """A table of squares: one tab stop, arrows inside, F2 or typing writes a cell anew where that is possible."""

    def __init__(self, model: SquaresModel, name: str, *, widest: int = 240, stretched: int | None = None) -> None:
        """`stretched` is the column that takes the room that is left; without it the last one does."""
        super().__init__()
        self._stretched = stretched
        self._widest = widest
        self.setModel(model)
        self.setItemDelegate(_SquareDelegate(self))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.AnyKeyPressed | triggers.DoubleClicked)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        theme().changed.connect(self._measure)
        model.modelReset.connect(self.fit)
        self._measure()

    def fit(self) -> None:
        """Give every column the room of its words, and one of them what is left."""
        self.resizeColumnsToContents()
        for at in range(self.model().columnCount()):
            self.setColumnWidth(at, min(self.columnWidth(at) + 2 * _PADDING, theme().px(self._widest)))
        self.horizontalHeader().setStretchLastSection(self._stretched is None)
        if self._stretched is not None and self._stretched < self.model().columnCount():
            self.horizontalHeader().setSectionResizeMode(self._stretched, QHeaderView.ResizeMode.Stretch)
        self.updateGeometry()

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme().px(_ROW))
        self.horizontalHeader().setFixedHeight(theme().px(_HEAD))
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, theme().px(_HEAD) + max(_FEWEST, self.model().rowCount()) * theme().px(_ROW) + _BAR)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(200, theme().px(_HEAD) + _FEWEST * theme().px(_ROW) + _BAR)


class _SquareDelegate(QStyledItemDelegate):
    """Paints a square as wide tables do: a soft selection, a hairline below, a ring where the focus is."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        square = index.data(SQUARE)
        colours = theme()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, colours.colour("sel" if is_selected else "surface"))
        painter.setPen(QPen(colours.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(colours.font("body"))
        painter.setPen(colours.colour("onAccent" if is_selected and colours.is_high_contrast else square.token))
        inner = (
            rect.adjusted(4, 0, -_PADDING, 0) if option.direction is Qt.LayoutDirection.RightToLeft else rect.adjusted(_PADDING, 0, -4, 0)
        )
        words = painter.fontMetrics().elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading), words)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colours.colour("focus"), 2))
            painter.drawRoundedRect(rect.adjusted(1, 1, -2, -2), 4, 4)
        elif square.editable:
            painter.setPen(QPen(colours.colour("ctl"), 1))
            painter.drawRoundedRect(rect.adjusted(2, 2, -3, -3), 4, 4)
        painter.restore()
