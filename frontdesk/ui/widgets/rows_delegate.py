"""How a row of a table is painted: selection bar, important green, hover, pills, dots, icons, stars and the focus ring."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QToolTip
from typing_extensions import override

from frontdesk.ui.widgets import icons
from frontdesk.ui.widgets.labels import isolated
from frontdesk.ui.widgets.pills import DOT, DOT_STEP, paint_dots, paint_pill, pill_width
from frontdesk.ui.widgets.rows_model import Cell, Line, RowsModel
from frontdesk.ui.widgets.theme import theme

EDGE, GAP = 14, 8
"""How far the words stand from the start of the table, and from the column before."""
_BAR, _MARK = 3, 18


class RowsDelegate(QStyledItemDelegate):
    """Paints the cells of a `RowsModel`; everything is mapped through the layout direction."""

    def __init__(self, model: RowsModel[Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = model

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(40, theme().px(38))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        line = self._rows.line(index.row())
        view: Any = option.widget
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        mirrored = view.isRightToLeft()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_back(painter, view, rect, index, line, is_selected=is_selected)
        inner = QRectF(inside(rect, index.column(), mirrored=mirrored))
        if line is None:
            _paint_blank(painter, inner)
        else:
            cell = line.cells[index.column()]
            if is_selected and theme().is_high_contrast:
                cell = replace(cell, token="onAccent")
            self._paint_cell(painter, inner, cell, mirrored=mirrored, at=index.column())
        painter.restore()

    @override
    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> bool:
        """The whole words of a cell that had to be cut short."""
        line = self._rows.line(index.row()) if event.type() is QEvent.Type.ToolTip and index.isValid() else None
        if line is None:
            return super().helpEvent(event, view, option, index)
        cell, rect = line.cells[index.column()], view.visualRect(index)
        is_cut = _width(cell, self._rows.shown(cell)) > inside(rect, index.column(), mirrored=view.isRightToLeft()).width()
        QToolTip.showText(event.globalPos(), self._rows.shown(cell) if is_cut else "", view, rect)
        return True

    def _paint_back(
        self, painter: QPainter, view: Any, rect: QRect, index: QModelIndex | QPersistentModelIndex, line: Line | None, *, is_selected: bool
    ) -> None:
        colours, important = theme(), bool(line and line.important)
        is_hovered = isinstance(view, QTableView) and view.underMouse() and _hovered_row(view) == index.row()
        token = "sel" if is_selected else "doneSoft" if important else "hover" if is_hovered else "surface"
        painter.fillRect(rect, colours.colour(token))
        first = index.column() == 0
        if not is_selected:
            painter.setPen(QPen(colours.colour("line"), 1))
            start = EDGE if first else 0
            span = rect.adjusted(0, 0, -start, 0) if view.isRightToLeft() else rect.adjusted(start, 0, 1, 0)
            painter.drawLine(QPointF(span.left(), rect.bottom() + 0.5), QPointF(span.right(), rect.bottom() + 0.5))
        if first and (is_selected or important):
            left = rect.right() - _BAR + 1 if view.isRightToLeft() else rect.left()
            painter.fillRect(QRect(left, rect.top(), _BAR, rect.height()), colours.colour("done" if important else "accent"))
        if view.hasFocus() and view.currentIndex().row() == index.row():
            _paint_ring(painter, view, rect)

    def _paint_cell(self, painter: QPainter, inner: QRectF, cell: Cell, *, mirrored: bool, at: int) -> None:
        if cell.pill is not None:
            paint_pill(painter, inner, cell.pill, mirrored=mirrored)
        elif cell.dots is not None:
            left = inner.right() if mirrored else inner.left()
            fitting = int(inner.width() - DOT) // DOT_STEP + 1
            made, total = (min(each, fitting) for each in cell.dots)
            paint_dots(painter, QPointF(left, inner.center().y()), made, total, "text2", mirrored=mirrored)
        else:
            at_end = self._rows.columns[at].side == "end"
            self._paint_words(painter, inner, cell, mirrored=mirrored, at_end=at_end)

    def _paint_words(self, painter: QPainter, inner: QRectF, cell: Cell, *, mirrored: bool, at_end: bool) -> None:
        painter.setFont(theme().font("body", cell.weight, tabular=cell.tabular))
        painter.setPen(theme().colour(cell.token))
        if cell.icon:
            left = inner.right() - 13 if mirrored else inner.left()
            icons.paint(painter, QPointF(left, inner.center().y() - 6), cell.icon, cell.token, 13)
            inner = inner.adjusted(0, 0, -_MARK, 0) if mirrored else inner.adjusted(_MARK, 0, 0, 0)
        metrics = QFontMetricsF(painter.font())
        room = inner.width() - (_MARK if cell.starred else 0)
        words = metrics.elidedText(self._rows.shown(cell), Qt.TextElideMode.ElideRight, room)
        to_right = at_end != mirrored
        side = Qt.AlignmentFlag.AlignRight if to_right else Qt.AlignmentFlag.AlignLeft
        flags = int(Qt.AlignmentFlag.AlignVCenter | side | Qt.AlignmentFlag.AlignAbsolute)
        painter.drawText(inner, flags, isolated(words))
        if cell.starred:
            width = metrics.horizontalAdvance(words)
            left = inner.right() - width - _MARK if mirrored else inner.left() + width + 5
            icons.paint(painter, QPointF(left, inner.center().y() - 7), "star", "follow", 13, filled=True)


def inside(rect: QRect, column: int, *, mirrored: bool) -> QRect:
    """Where the words of a cell, or of the head of its column, stand in it."""
    start = GAP if column else EDGE
    return rect.adjusted(4, 0, -start, 0) if mirrored else rect.adjusted(start, 0, -4, 0)


def _width(cell: Cell, words: str) -> float:
    """How wide a cell would have to be to be shown whole."""
    if cell.pill is not None:
        return pill_width(cell.pill)
    if cell.dots is not None:
        return (max(cell.dots) - 1) * DOT_STEP + DOT
    marks = _MARK * (bool(cell.icon) + cell.starred)
    return QFontMetricsF(theme().font("body", cell.weight, tabular=cell.tabular)).horizontalAdvance(words) + marks


def _hovered_row(view: QTableView) -> int:
    return view.rowAt(view.viewport().mapFromGlobal(view.cursor().pos()).y())


def _paint_blank(painter: QPainter, inner: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().colour("sunken"))
    painter.drawRoundedRect(QRectF(inner.left(), inner.center().y() - 5, min(inner.width(), 90.0), 10), 4, 4)


def _paint_ring(painter: QPainter, view: QAbstractItemView, rect: QRect) -> None:
    """Each cell paints its piece of one ring around the whole row."""
    whole = QRectF(1, rect.top() + 1, view.viewport().width() - 2, rect.height() - 2)
    painter.save()
    painter.setClipRect(rect)
    painter.setPen(QPen(theme().colour("focus"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(whole, 6, 6)
    painter.restore()
