"""The statuses that can be chosen: icon, label, when to use it, its key, and "now" at the present one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from frontdesk.domain.workflow import Status
from frontdesk.ui.lead.change_status.choices import ChoiceList
from frontdesk.ui.lead.words import tr
from frontdesk.ui.widgets import icons
from frontdesk.ui.widgets.pills import paint_key
from frontdesk.ui.widgets.theme import theme

KEYS = 9
WIDTH = 292
_ROW = 46
_STATUS = Qt.ItemDataRole.UserRole
_KEY = Qt.ItemDataRole.UserRole + 1
_NOW = Qt.ItemDataRole.UserRole + 2
Index = QModelIndex | QPersistentModelIndex


class StatusList(ChoiceList):
    """One tab stop with arrows inside; letters search, digits are keys of the dialog.

    Attributes:
        chosen: another status is chosen, by its key.
    """

    chosen = Signal(str)

    def __init__(self, statuses: Sequence[Status], present: set[str], parent: QWidget | None = None) -> None:
        super().__init__(_Drawn, parent)
        self.setObjectName("statuses")
        self.setAccessibleName(self.tr("New status"))
        self.setFixedWidth(theme().px(WIDTH))
        for place, status in enumerate(statuses, 1):
            self.addItem(self._item(status, place, len(statuses), is_now=present == {status.key}))
        self.itemSelectionChanged.connect(self._tell)

    def choose(self, key: str) -> None:
        """Choose a status by its key."""
        for at in range(self.count()):
            if self.item(at).data(_STATUS).key == key:
                self.setCurrentRow(at)

    def _item(self, status: Status, place: int, among: int, *, is_now: bool) -> QListWidgetItem:
        item = QListWidgetItem(status.label)
        item.setData(_STATUS, status)
        item.setData(_KEY, str(place) if place <= KEYS else "")
        item.setData(_NOW, is_now)
        now = self.tr(", now") if is_now else ""
        spoken = self.tr("{label}{now}, {place} of {among}. {when}")
        spoken = spoken.format(label=status.label, now=now, place=place, among=among, when=status.when)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        item.setToolTip(f"{status.label}\n{status.when}")  # whole, where the row has to cut them
        return item

    def _tell(self) -> None:
        for item in self.selectedItems():
            self.chosen.emit(item.data(_STATUS).key)


class _Drawn(QStyledItemDelegate):
    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, theme().px(_ROW))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        status = cast("Status", index.data(_STATUS))
        state = option.state
        rect = QRectF(option.rect).adjusted(12, 1, -12, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        _ground(painter, rect, status, state, is_chosen=is_chosen)
        mirrored = cast("QWidget", self.parent()).layoutDirection() is Qt.LayoutDirection.RightToLeft
        _Row(painter, rect, mirrored).draw(status, str(index.data(_KEY)), is_now=bool(index.data(_NOW)), is_chosen=is_chosen)
        painter.restore()


def _ground(painter: QPainter, rect: QRectF, status: Status, state: QStyle.StateFlag, *, is_chosen: bool) -> None:
    has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
    if is_chosen:
        painter.setBrush(theme().colour(status.tone + "Soft"))
        painter.setPen(QPen(theme().colour("focus" if has_focus else status.tone), 2))
    elif has_focus or state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(theme().colour("hover"))
        painter.setPen(QPen(theme().colour("focus"), 2) if has_focus else Qt.PenStyle.NoPen)
    else:
        return
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)


class _Row:
    """The pieces of one row, from its start to its end, mirrored where the language runs so."""

    def __init__(self, painter: QPainter, rect: QRectF, mirrored: bool) -> None:
        self._painter, self._rect, self._mirrored = painter, rect, mirrored

    def draw(self, status: Status, key: str, *, is_now: bool, is_chosen: bool) -> None:
        disc = self._place(12, 28, 28)
        self._painter.setPen(QPen(theme().colour("text"), 1) if theme().is_high_contrast else Qt.PenStyle.NoPen)
        self._painter.setBrush(theme().colour("surface" if is_chosen else status.tone + "Soft"))
        self._painter.drawEllipse(disc)
        icons.paint(self._painter, disc.center() - QPointF(8, 8), status.icon, status.tone, 16)
        end = self._rect.width() - 10
        if key:
            cap = theme().px(20)
            end -= cap
            paint_key(self._painter, self._place(end, cap, theme().px(20)), key)
            end -= 8
        upper = self._rect.height() / 2
        room = end - 50
        if is_now:
            now = theme().px(28)
            self._words(tr("now"), self._place(end - now, now, self._rect.height()), theme().font("small"), theme().colour("text2"))
            room -= now + 6
        top, low = self._place(50, room, upper), self._place(50, room, upper)
        top.moveTop(self._rect.top() + 3)
        low.moveTop(self._rect.top() + upper - 2)
        self._words(status.label, top, theme().font("strong"), theme().colour("text"))
        self._words(status.when, low, theme().font("small"), theme().colour("text2"))

    def _place(self, start: float, width: float, height: float) -> QRectF:
        """A rectangle in the middle of the row, `start` pixels from where reading begins."""
        left = self._rect.right() - start - width if self._mirrored else self._rect.left() + start
        return QRectF(left, self._rect.center().y() - height / 2, width, height)

    def _words(self, words: str, where: QRectF, font: QFont, colour: QColor) -> None:
        self._painter.setFont(font)
        self._painter.setPen(colour)
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, int(where.width()))
        side = Qt.AlignmentFlag.AlignRight if self._mirrored else Qt.AlignmentFlag.AlignLeft
        self._painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter | side | Qt.AlignmentFlag.AlignAbsolute), shown)
