"""The navigation beside the pages: pages with counts, saved views, Settings at the bottom. One tab stop, arrows move, Enter opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from frontdesk.ui.widgets import icons
from frontdesk.ui.widgets.layouts import clothe
from frontdesk.ui.widgets.pills import badge_width, paint_badge
from frontdesk.ui.widgets.theme import theme

_PLACE = Qt.ItemDataRole.UserRole
_ROW = 38
NARROW = 56


@dataclass(frozen=True, slots=True)
class Place:
    """Where the navigation leads.

    Attributes:
        key: the page, or `view:ID` for a saved view.
        count: shown in a badge, as text ("10,000+"), empty for none.
        tone: of the badge.
        heading: a line that is no place but a heading above places.
    """

    key: str
    words: str
    icon: str = ""
    count: str = ""
    tone: str = "invalid"
    heading: bool = False


class Navigation(QListWidget):
    """The list of places.

    Attributes:
        opened: the key of the place that was chosen.
    """

    opened = Signal(str)

    def __init__(self, places: Sequence[Place], last: Place, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        clothe(self, "rail")
        self.setAccessibleName(self.tr("Navigation"))
        self.setObjectName("navigation")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self._active = ""
        self._narrow = False
        self._places = list(places)
        self._views: list[Place] = []
        self._last = last
        self.setItemDelegate(_PlaceDelegate(self))
        self.itemClicked.connect(self._open)
        self.setViewportMargins(0, 9, 0, 2)
        self._fill()

    @property
    def active(self) -> str:
        """The place that is open."""
        return self._active

    @property
    def is_narrow(self) -> bool:
        """Whether only the icons are shown."""
        return self._narrow

    def set_active(self, key: str) -> None:
        """Show which place is open."""
        self._active = key
        for at in range(self.count()):
            if self._place(at).key == key:
                self.setCurrentRow(at)
        self.viewport().update()

    def set_views(self, views: Sequence[Place]) -> None:
        """Show the saved views."""
        self._views = list(views)
        self._fill()

    def set_count(self, key: str, count: str, tone: str = "invalid") -> None:
        """Show another count at a place."""
        self._places = [replace(place, count=count, tone=tone) if place.key == key else place for place in self._places]
        self._views = [replace(place, count=count, tone=tone) if place.key == key else place for place in self._views]
        self._fill()

    def set_narrow(self, narrow: bool) -> None:
        """Show icons only, the names as tool tips."""
        self._narrow = narrow
        self._fill()

    def _fill(self) -> None:
        self.clear()
        for place in self._places:
            self._add(place)
        if self._views:
            self._add(Place("", self.tr("SAVED VIEWS"), heading=True))
            for place in self._views:
                self._add(place)
        self._add(Place("", "", heading=True))
        self._add(self._last)
        self._stretch()
        self.set_active(self._active)

    def _add(self, place: Place) -> None:
        item = QListWidgetItem()
        item.setData(_PLACE, place)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{place.words}, {place.count}" if place.count else place.words)
        item.setToolTip(place.words if self._narrow else "")
        height = theme().px(_ROW)
        if place.heading:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            height = theme().px(34 if place.words and not self._narrow else 12)
        item.setSizeHint(QSize(20, height))
        self.addItem(item)

    def _stretch(self) -> None:
        """The empty line above the last place takes the room that is left, so that Settings stands at the bottom."""
        if self.count() < 2:
            return
        others = sum(self.item(at).sizeHint().height() for at in range(self.count()) if at != self.count() - 2)
        self.item(self.count() - 2).setSizeHint(QSize(20, max(8, self.viewport().height() - others - 4)))

    def _place(self, at: int) -> Place:
        place: Place = self.item(at).data(_PLACE)
        return place

    def _open(self, item: QListWidgetItem) -> None:
        place: Place = item.data(_PLACE)
        if place.key:
            self.opened.emit(place.key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentRow() >= 0:
            self._open(self.currentItem())
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stretch()


class _PlaceDelegate(QStyledItemDelegate):
    def __init__(self, navigation: Navigation) -> None:
        super().__init__(navigation)
        self._navigation = navigation

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        place: Place = index.data(_PLACE)
        whole: QRect = option.rect
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if place.heading:
            _paint_heading(painter, whole, "" if self._navigation.is_narrow else place.words)
        else:
            body = QRectF(whole).adjusted(8, 2, -8, -2)
            self._paint_back(painter, body, place, index)
            self._paint_place(painter, body, place, mirrored=mirrored)
        painter.restore()

    def _paint_back(self, painter: QPainter, body: QRectF, place: Place, index: QModelIndex | QPersistentModelIndex) -> None:
        view = self._navigation
        is_active = place.key == view.active
        is_hovered = view.underMouse() and view.indexAt(view.viewport().mapFromGlobal(view.cursor().pos())).row() == index.row()
        if is_active or is_hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().colour("accentSoft" if is_active else "hover"))
            painter.drawRoundedRect(body, 8, 8)
        if view.hasFocus() and view.currentRow() == index.row():
            painter.setPen(QPen(theme().colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(body.adjusted(1, 1, -1, -1), 8, 8)

    def _paint_place(self, painter: QPainter, body: QRectF, place: Place, *, mirrored: bool) -> None:
        is_active = place.key == self._navigation.active
        narrow = self._navigation.is_narrow
        left = body.center().x() - 9 if narrow else body.right() - 28 if mirrored else body.left() + 10
        icons.paint(painter, QPointF(left, body.center().y() - 9), place.icon, "accentText" if is_active else "text2", 18)
        if narrow:
            return
        inner = body.adjusted(8, 0, -38, 0) if mirrored else body.adjusted(38, 0, -8, 0)
        if place.count:
            width = badge_width(place.count)
            badge_left = inner.left() if mirrored else inner.right() - width
            paint_badge(painter, QRectF(badge_left, body.center().y() - 9, width, 18), place.count, place.tone)
            inner = inner.adjusted(width + 4, 0, 0, 0) if mirrored else inner.adjusted(0, 0, -width - 4, 0)
        painter.setFont(theme().font("body", 600 if is_active else 500))
        painter.setPen(theme().colour("accentText" if is_active else "text"))
        words = painter.fontMetrics().elidedText(place.words, Qt.TextElideMode.ElideRight, int(inner.width()))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading), words)


def _paint_heading(painter: QPainter, whole: QRect, words: str) -> None:
    painter.setFont(theme().font("tiny", 600))
    painter.setPen(theme().colour("text3"))
    painter.drawText(whole.adjusted(18, 8, -18, 0), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading), words)
