"""The list of steps at the left: where one is, what is done, what is still to come. One tab stop, arrows move, Enter goes back to a step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from frontdesk.ui.widgets import icons
from frontdesk.ui.widgets.theme import theme

_ROW = 46
_DISC = 26


class StepList(QListWidget):
    """The steps by name.

    Attributes:
        wanted: the number of a step, from 0, that was chosen and can be gone to.
    """

    wanted = Signal(int)

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Steps"))
        self.setObjectName("steps")
        self.setItemDelegate(_StepDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._names = list(names)
        self.at, self.reached = 0, 0
        self.is_narrow = False
        for name in names:
            self.addItem(QListWidgetItem(name))
        self.itemClicked.connect(lambda item: self._go(self.row(item)))
        theme().changed.connect(self._measure)
        self._measure()
        self.show_step(0, 0)

    def show_step(self, at: int, reached: int) -> None:
        """Show which step is in front, and up to which one can go by the list."""
        self.at, self.reached = at, max(at, reached)
        states = {True: self.tr("done"), False: self.tr("still to come")}
        for place, name in enumerate(self._names):
            state = self.tr("now") if place == at else states[place <= self.reached]
            item = self.item(place)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{place + 1} {name}, {state}")
            may_go = place <= self.reached
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if may_go else Qt.ItemFlag.NoItemFlags)
        self.setCurrentRow(at)
        self.viewport().update()

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Show the numbers only, the names as tool tips."""
        self.is_narrow = is_narrow
        for place, name in enumerate(self._names):
            self.item(place).setToolTip(name if is_narrow else "")
        self.viewport().update()

    def _go(self, place: int) -> None:
        if place <= self.reached and place != self.at:
            self.wanted.emit(place)

    def _measure(self) -> None:
        for place in range(self.count()):
            self.item(place).setSizeHint(QSize(20, theme().px(_ROW)))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() and self.currentRow() >= 0:
            self._go(self.currentRow())
        else:
            super().keyPressEvent(event)


class _StepDelegate(QStyledItemDelegate):
    def __init__(self, steps: StepList) -> None:
        super().__init__(steps)
        self._steps = steps

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        whole: QRect = option.rect
        body = QRectF(whole).adjusted(6, 2, -6, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_back(painter, body, index.row())
        self._paint_step(painter, body, index, mirrored=option.direction is Qt.LayoutDirection.RightToLeft)
        painter.restore()

    def _paint_back(self, painter: QPainter, body: QRectF, place: int) -> None:
        if place == self._steps.at:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().colour("accentSoft"))
            painter.drawRoundedRect(body, 8, 8)
        if self._steps.hasFocus() and self._steps.currentRow() == place:
            painter.setPen(QPen(theme().colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(body.adjusted(1, 1, -1, -1), 8, 8)

    def _paint_step(self, painter: QPainter, body: QRectF, index: QModelIndex | QPersistentModelIndex, *, mirrored: bool) -> None:
        place, is_now = index.row(), index.row() == self._steps.at
        is_done = place < self._steps.at or (place <= self._steps.reached and not is_now)
        left = body.center().x() - _DISC / 2 if self._steps.is_narrow else body.right() - 8 - _DISC if mirrored else body.left() + 8
        disc = QRectF(left, body.center().y() - _DISC / 2, _DISC, _DISC)
        _paint_disc(painter, disc, "accent" if is_now else "doneSoft" if is_done else "invalidSoft")
        if is_done:
            icons.paint(painter, QPointF(disc.center().x() - 7, disc.center().y() - 7), "check", "done", 14)
        else:
            painter.setFont(theme().font("small", 600, tabular=True))
            painter.setPen(theme().colour("onAccent" if is_now else "text2"))
            painter.drawText(disc, int(Qt.AlignmentFlag.AlignCenter), str(place + 1))
        if self._steps.is_narrow:
            return
        inner = body.adjusted(8, 0, -44, 0) if mirrored else body.adjusted(44, 0, -8, 0)
        painter.setFont(theme().font("body", 600 if is_now else 500))
        painter.setPen(theme().colour("accentText" if is_now else "text" if place <= self._steps.reached else "text3"))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading), str(index.data()))


def _paint_disc(painter: QPainter, disc: QRectF, token: str) -> None:
    painter.setPen(QPen(theme().colour("text"), 1) if theme().is_high_contrast else Qt.PenStyle.NoPen)
    painter.setBrush(theme().colour(token))
    painter.drawEllipse(disc)
