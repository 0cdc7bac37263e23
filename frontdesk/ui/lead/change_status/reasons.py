"""The reasons of a status as a radio list, in the practice's order; from ten on with a search field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QLayout,
    QLineEdit,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from frontdesk.domain.contacts import fold
from frontdesk.ui.lead.change_status.choices import ChoiceList
from frontdesk.ui.lead.words import tr
from frontdesk.ui.widgets.buttons import paint_radio
from frontdesk.ui.widgets.labels import label, restyle
from frontdesk.ui.widgets.layouts import column, row
from frontdesk.ui.widgets.theme import theme
from frontdesk.ui.widgets.undo_strip import announce

SEARCH_FROM = 10
_ROW = 32
_LEAST_ROWS = 4
_OFFER = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Offer:
    """One reason as it is offered.

    Attributes:
        missing: how many attempts it still needs before it can be chosen.
        needs_note: whether it asks to write what happened.
    """

    key: str
    words: str
    missing: int = 0
    needs_note: bool = False


class ReasonList(QWidget):
    """The list with its question, search field and error sentence.

    Attributes:
        chosen: another reason is chosen.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question = label("", "strong")
        self._search = QLineEdit()
        self._search.setObjectName("reason-search")
        self._search.setPlaceholderText(self.tr("Search the reasons"))
        self._search.setAccessibleName(self.tr("Search the reasons"))
        self._search.textChanged.connect(self._narrow)
        self.list = _Radios()
        self.list.setObjectName("reason")
        self.list.setAccessibleName(self.tr("Reason"))
        self._wrong = label("", "small", "danger")
        self._wrong.hide()
        self._aside = label("", "small", "text2")
        for words in (self._question, self._aside, self._wrong):
            words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        inner = column(row(self._question, self._aside, None, gap=8), self._search, self.list, self._wrong, gap=5)
        inner.setSizeConstraint(QLayout.SizeConstraint.SetMinAndMaxSize)  # grows to all of its rows, shrinks to a few
        self.setLayout(inner)
        self.setFocusProxy(self.list)
        self.list.itemSelectionChanged.connect(self._changed)

    def offer(self, question: str, spoken: str, offers: Sequence[Offer], chosen: str | None = None, *, is_required: bool = True) -> None:
        """Show other reasons; `spoken` is the name of the list for readers."""
        self._question.setText(question)
        self._aside.setText(self.tr("required") if is_required else self.tr("optional"))
        self.list.setAccessibleName(f"{spoken}, {self._aside.text()}")
        self._search.clear()
        self._search.setVisible(len(offers) >= SEARCH_FROM)
        self.accept()
        self.list.show_offers(offers, chosen)

    def key(self) -> str | None:
        """The chosen reason."""
        items = self.list.selectedItems()
        return cast("Offer", items[0].data(_OFFER)).key if items else None

    def choose(self, key: str) -> None:
        """Choose a reason by its key; one that cannot be chosen stays so."""
        self.list.choose(key)

    def refuse(self, sentence: str) -> None:
        """Show what is wrong, with a red border, and read it out."""
        self._wrong.setText(sentence)
        self._wrong.show()
        self.list.show_wrong(True)
        self.list.setAccessibleDescription(sentence)
        announce(self.list, sentence)

    def accept(self) -> None:
        """Take the error away."""
        self._wrong.hide()
        self.list.show_wrong(False)
        self.list.setAccessibleDescription("")

    def error(self) -> str:
        """The error sentence, empty when there is none."""
        return "" if self._wrong.isHidden() else self._wrong.text()

    def _changed(self) -> None:
        self.accept()
        self.chosen.emit()

    def _narrow(self, text: str) -> None:
        for at in range(self.list.count()):
            item = self.list.item(at)
            item.setHidden(fold(text) not in fold(item.text()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self._search.hasFocus():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)


class _Radios(ChoiceList):
    def __init__(self) -> None:
        super().__init__(_Drawn)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_offers(self, offers: Sequence[Offer], chosen: str | None) -> None:
        self.clear()
        for place, offer in enumerate(offers, 1):
            self.addItem(self._item(offer, place, len(offers)))
        height = theme().px(_ROW)
        self.setMinimumHeight(min(len(offers), _LEAST_ROWS) * height + 4)
        self.setMaximumHeight(len(offers) * height + 4)
        if chosen is not None:
            self.choose(chosen)

    def choose(self, key: str) -> None:
        for at in range(self.count()):
            item = self.item(at)
            if cast("Offer", item.data(_OFFER)).key == key and item.flags() & Qt.ItemFlag.ItemIsEnabled:
                self.setCurrentItem(item)

    def show_wrong(self, is_wrong: bool) -> None:
        restyle(self, "wrong", is_wrong)

    def _item(self, offer: Offer, place: int, among: int) -> QListWidgetItem:
        item = QListWidgetItem(offer.words)
        item.setData(_OFFER, offer)
        item.setData(
            Qt.ItemDataRole.AccessibleTextRole, ", ".join(part for part in (offer.words, aside(offer), f"{place} / {among}") if part)
        )
        if offer.missing:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        return item

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, self.minimumHeight())


class _Drawn(QStyledItemDelegate):
    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, theme().px(_ROW))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        offer = cast("Offer", index.data(_OFFER))
        state = option.state
        rect = QRectF(option.rect).adjusted(2, 0, -2, 0)
        mirrored = cast("QWidget", self.parent()).layoutDirection() is Qt.LayoutDirection.RightToLeft
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        _ground(painter, rect, state, is_chosen=is_chosen)
        ring = QPointF(rect.right() - 18 if mirrored else rect.left() + 18, rect.center().y())
        paint_radio(painter, ring, checked=is_chosen, enabled=not offer.missing)
        inner = rect.adjusted(12, 0, -36, 0) if mirrored else rect.adjusted(36, 0, -12, 0)
        _words(painter, inner, offer, is_chosen=is_chosen, mirrored=mirrored)
        painter.restore()


def _ground(painter: QPainter, rect: QRectF, state: QStyle.StateFlag, *, is_chosen: bool) -> None:
    has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
    is_hovered = bool(state & QStyle.StateFlag.State_MouseOver) and bool(state & QStyle.StateFlag.State_Enabled)
    if not (is_chosen or has_focus or is_hovered):
        return
    painter.setBrush(theme().colour("sel" if is_chosen else "hover" if is_hovered else "surface"))
    painter.setPen(QPen(theme().colour("focus"), 2) if has_focus else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)


def _words(painter: QPainter, inner: QRectF, offer: Offer, *, is_chosen: bool, mirrored: bool) -> None:
    start, end = (
        (Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft) if mirrored else (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)
    )
    upright = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
    condition, taken = aside(offer), 0
    if condition:
        painter.setFont(theme().font("small", 600 if offer.missing else 400))
        painter.setPen(theme().colour("warn" if offer.missing else "text2"))
        painter.drawText(inner, int(upright | end), condition)
        taken = QFontMetrics(painter.font()).horizontalAdvance(condition) + 10
    painter.setFont(theme().font("body", 600 if is_chosen else 400))
    painter.setPen(theme().colour("text3" if offer.missing else "text"))
    inner = inner.adjusted(taken, 0, 0, 0) if mirrored else inner.adjusted(0, 0, -taken, 0)
    shown = QFontMetrics(painter.font()).elidedText(offer.words, Qt.TextElideMode.ElideRight, int(inner.width()))
    painter.drawText(inner, int(upright | start), shown)


def aside(offer: Offer) -> str:
    """What stands behind a reason: what it needs first, or that it wants words."""
    if offer.missing:
        words = tr("needs {n} more attempts") if offer.missing > 1 else tr("needs {n} more attempt")
        return words.format(n=offer.missing)
    return tr("write what happened") if offer.needs_note else ""
