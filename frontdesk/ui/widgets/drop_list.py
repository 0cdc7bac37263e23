"""A list that drops from a field: the field keeps the focus, arrows choose, Enter opens. It is not a window, so it never traps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from frontdesk.ui.widgets.icons import paint as paint_icon
from frontdesk.ui.widgets.keys import is_covered
from frontdesk.ui.widgets.labels import isolated
from frontdesk.ui.widgets.layouts import clothe, column
from frontdesk.ui.widgets.pills import Pill, paint_key, paint_pill, pill_width, spaced
from frontdesk.ui.widgets.theme import theme

_ROW = 46
_ENTRY = Qt.ItemDataRole.UserRole
_STAYS = {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list.

    Attributes:
        value: what the caller gets when it is chosen.
        title: its words; `bold` is the part that matched, as (start, length).
        detail: the second line.
        aside: a number beside the title, in tabular figures; `bold_aside` is the part that matched.
        sentence: what a screen reader says; made from title, aside, pill and detail when empty.
    """

    value: object
    title: str
    detail: str = ""
    aside: str = ""
    icon: str = ""
    pill: Pill | None = None
    key: str = ""
    bold: tuple[int, int] = (0, 0)
    bold_aside: tuple[int, int] = (0, 0)
    sentence: str = ""
    enabled: bool = True

    def spoken(self) -> str:
        """The line as one sentence."""
        parts = (self.title, self.aside, self.pill.words if self.pill else "", self.detail, self.key)
        return self.sentence or ", ".join(part for part in parts if part)


class DropList(QFrame):
    """The list; it stands over its window below the field.

    Attributes:
        opened: an entry was chosen, with the keyboard modifiers held then.
        left: Esc was pressed.
    """

    opened = Signal(object, object)
    left = Signal()

    def __init__(self, field: QLineEdit, name: str) -> None:
        super().__init__(field.window())
        clothe(self, "popup")
        self._field = field
        self._list = QListWidget()
        self._list.setAccessibleName(name)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._drawn = _EntryDelegate(self._list)
        self._list.setItemDelegate(self._drawn)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMouseTracking(True)
        self._list.itemClicked.connect(lambda item: self._open(item, Qt.KeyboardModifier.NoModifier))
        self.setLayout(column(self._list, margins=(5, 5, 5, 5)))
        field.installEventFilter(self)
        self.hide()

    def offer(self, entries: Sequence[Entry]) -> None:
        """Show these entries, the first possible one chosen; nothing hides the list."""
        self._list.clear()
        self._drawn.pill_room = max((pill_width(entry.pill) for entry in entries if entry.pill is not None), default=0)
        for entry in entries:
            item = QListWidgetItem(entry.spoken())
            item.setData(_ENTRY, entry)
            if not entry.enabled:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addItem(item)
        self._list.setCurrentRow(next((at for at, entry in enumerate(entries) if entry.enabled), -1))
        if entries:
            self._place(len(entries))
            self.setVisible(self._field.hasFocus() or not is_covered(self._field))
            self.raise_()
        else:
            self.hide()

    def entries(self) -> list[Entry]:
        """What is offered now."""
        return [self._list.item(at).data(_ENTRY) for at in range(self._list.count())]

    def chosen(self) -> Entry | None:
        """The entry that Enter would open."""
        item = self._list.currentItem()
        return item.data(_ENTRY) if self._list.currentRow() >= 0 else None

    def _place(self, count: int) -> None:
        window = self._field.window()
        self.setParent(window)
        width = max(self._field.width(), theme().px(480))
        corner = self._field.mapTo(window, QPoint(0, self._field.height() + 4))
        if self._field.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            corner.setX(corner.x() + self._field.width() - width)
        height = min(count, 9) * theme().px(_ROW) + 14
        self.setGeometry(QRect(corner, QSize(width, min(height, window.height() - corner.y() - 8))))

    def _step(self, by: int) -> None:
        at = self._list.currentRow()
        for _ in range(self._list.count()):
            at = (at + by) % self._list.count()
            if self._list.item(at).flags() & Qt.ItemFlag.ItemIsEnabled:
                self._list.setCurrentRow(at)
                return

    def _open(self, item: QListWidgetItem | None, held: Qt.KeyboardModifier) -> None:
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsEnabled:
            self.opened.emit(item.data(_ENTRY).value, held)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._key(event)
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _STAYS:
            self.hide()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif self.isHidden():
            return False
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self._list.currentItem(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
        else:
            return False
        return True


class _EntryDelegate(QStyledItemDelegate):
    """Paints entries.

    Attributes:
        pill_room: the width of the widest pill, so that the numbers beside them line up.
    """

    pill_room = 0

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, theme().px(_ROW))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        entry: Entry = index.data(_ENTRY)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().colour("sel"))
            painter.drawRoundedRect(rect, 6, 6)
        _paint_entry(_Side(painter, QRectF(rect).adjusted(10, 0, -10, 0), mirrored=mirrored), entry, self.pill_room)
        painter.restore()


class _Side:
    """A rectangle that is used up from both ends, whichever side reading starts from."""

    def __init__(self, painter: QPainter, rect: QRectF, *, mirrored: bool) -> None:
        self.painter, self._rect, self.mirrored = painter, rect, mirrored

    def take(self, width: float, *, at_end: bool = False) -> QRectF:
        left_end = at_end == self.mirrored
        part = QRectF(self._rect)
        if left_end:
            part.setWidth(width)
            self._rect.setLeft(self._rect.left() + width)
        else:
            part.setLeft(self._rect.right() - width)
            self._rect.setRight(self._rect.right() - width)
        return part

    def rest(self) -> QRectF:
        return self._rect

    def marked(self, rect: QRectF, text: str, bold: tuple[int, int], token: str) -> None:
        """Words with a part in bold; one layout, so that the part stays in its place whichever way the words run."""
        font, span = theme().font("body", 500), QTextLayout.FormatRange()
        strong = QTextCharFormat()
        strong.setFontWeight(QFont.Weight.Bold)
        span.start, span.length, span.format = *bold, strong
        shown = QTextLayout(QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width())), font)
        shown.setFormats([span])
        side = Qt.AlignmentFlag.AlignRight if self.mirrored else Qt.AlignmentFlag.AlignLeft
        shown.setTextOption(QTextOption(side | Qt.AlignmentFlag.AlignAbsolute))
        shown.beginLayout()
        line = shown.createLine()
        line.setLineWidth(rect.width())
        shown.endLayout()
        self.painter.setPen(theme().colour(token))
        shown.draw(self.painter, QPointF(rect.left(), rect.center().y() - line.height() / 2))

    def words(self, rect: QRectF, text: str, font: QFont, token: str, *, at_end: bool = False) -> None:
        side = Qt.AlignmentFlag.AlignRight if at_end != self.mirrored else Qt.AlignmentFlag.AlignLeft
        self.painter.setFont(font)
        self.painter.setPen(theme().colour(token))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()))
        self.painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | side | Qt.AlignmentFlag.AlignAbsolute), shown)


def _paint_entry(side: _Side, entry: Entry, pill_room: int) -> None:
    fonts = theme()
    if entry.icon:
        place = side.take(26)
        left = place.right() - 16 if side.mirrored else place.left()
        paint_icon(side.painter, QRectF(left, place.center().y() - 8, 16, 16).topLeft(), entry.icon, "text2", 16)
    if entry.key:
        keys = spaced(entry.key)
        width = QFontMetrics(fonts.font("tiny", 500)).horizontalAdvance(keys) + 12
        place = side.take(width + 4, at_end=True)
        paint_key(side.painter, QRectF(place.left(), place.center().y() - 9, width, 18), keys)
    if entry.pill is not None:
        place = side.take(pill_room, at_end=True)
        paint_pill(side.painter, place, entry.pill, mirrored=side.mirrored)
    if entry.aside:
        _paint_aside(side, entry)
    _paint_title(side, entry)


def _paint_aside(side: _Side, entry: Entry) -> None:
    """A number; it reads from left to right in every language, the part that matched is bold."""
    plain, strong = theme().font("body", 400, tabular=True), theme().font("body", 700, tabular=True)
    start, length = entry.bold_aside
    if not length:
        width = QFontMetrics(plain).horizontalAdvance(entry.aside) + 14
        side.words(side.take(width, at_end=True).adjusted(0, 0, -10, 0), isolated(entry.aside), plain, "text2", at_end=True)
        return
    end = start + length
    parts = ((entry.aside[:start], plain, "text2"), (entry.aside[start:end], strong, "text"), (entry.aside[end:], plain, "text2"))
    widths = [QFontMetrics(font).horizontalAdvance(text) for text, font, _ in parts]
    place = side.take(sum(widths) + 14, at_end=True)
    x = place.left() + 4
    for (text, font, token), width in zip(parts, widths, strict=True):
        side.painter.setFont(font)
        side.painter.setPen(theme().colour(token))
        side.painter.drawText(QRectF(x, place.top(), width + 1, place.height()), int(Qt.AlignmentFlag.AlignVCenter), text)
        x += width


def _paint_title(side: _Side, entry: Entry) -> None:
    body = side.rest()
    upper = QRectF(body.left(), body.top() + 4, body.width(), body.height() / 2 - 4) if entry.detail else body
    side.marked(upper, entry.title, entry.bold, "text" if entry.enabled else "text3")
    if entry.detail:
        lower = QRectF(body.left(), body.top() + body.height() / 2, body.width(), body.height() / 2 - 4)
        side.words(lower, entry.detail, theme().font("small"), "text3")
