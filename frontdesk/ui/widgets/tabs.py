"""Tabs with counts: one tab stop, arrows inside, an accent line under the chosen one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QTabBar, QWidget
from typing_extensions import override

from frontdesk.ui.widgets.theme import theme

_BETWEEN = 22


class Tabs(QTabBar):
    """A row of (key, words, count) tabs.

    Attributes:
        chosen: the key of the tab that was chosen by hand.
    """

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self._keys: list[str] = []
        self._counts: list[str] = []
        self.currentChanged.connect(lambda at: self.chosen.emit(self._keys[at]) if 0 <= at < len(self._keys) else None)

    def offer(self, tabs: Sequence[tuple[str, str, str]]) -> None:
        """Replace the tabs by (key, words, count as text or empty); the chosen key stays chosen when it is still there."""
        before = self.key()
        self.blockSignals(True)
        while self.count():
            self.removeTab(0)
        self._keys = [key for key, _, _ in tabs]
        self._counts = [count for _, _, count in tabs]
        for _, words, _ in tabs:
            self.addTab(words)
        self._name_all()
        self.setCurrentIndex(self._keys.index(before) if before in self._keys else 0)
        self.blockSignals(False)

    def count_of(self, key: str, count: str) -> None:
        """Show another count on a tab."""
        if key in self._keys:
            self._counts[self._keys.index(key)] = count
            self._name_all()
            at = self._keys.index(key)
            self.setTabText(at, self.tabText(at))  # makes Qt measure the tab again

    def key(self) -> str:
        """The key of the chosen tab, empty when there is none."""
        at = self.currentIndex()
        return self._keys[at] if 0 <= at < len(self._keys) else ""

    def choose(self, key: str) -> None:
        """Choose a tab without telling anybody."""
        self.blockSignals(True)
        self.setCurrentIndex(self._keys.index(key))
        self.blockSignals(False)
        self.update()

    def step(self, by: int) -> None:
        """Choose the next or the previous tab, around the ends."""
        if self.count():
            self.setCurrentIndex((self.currentIndex() + by) % self.count())

    def _name_all(self) -> None:
        for at, count in enumerate(self._counts):
            self.setAccessibleTabName(at, f"{self.tabText(at)}, {count}" if count else self.tabText(at))

    @override
    def tabSizeHint(self, index: int) -> QSize:
        width = QFontMetrics(theme().font("body", 600)).horizontalAdvance(self.tabText(index)) + 4
        if self._counts[index]:
            width += QFontMetrics(theme().font("small", 500, tabular=True)).horizontalAdvance(self._counts[index]) + 6
        return QSize(width + _BETWEEN, theme().px(34))

    @override
    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at in range(self.count()):
            self._paint_tab(painter, at)

    def _paint_tab(self, painter: QPainter, at: int) -> None:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        is_chosen = at == self.currentIndex()
        body = QRectF(self.tabRect(at)).adjusted(_BETWEEN if mirrored else 0, 0, 0 if mirrored else -_BETWEEN, 0)
        leading = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute)
        start, end = (Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft)
        if not mirrored:
            start, end = end, start
        painter.setFont(theme().font("body", 600 if is_chosen else 500))
        painter.setPen(theme().colour("accentText" if is_chosen else "text2"))
        painter.drawText(body.adjusted(2, 0, -2, -3), leading | int(start), self.tabText(at))
        painter.setFont(theme().font("small", 500, tabular=True))
        painter.setPen(theme().colour("text3"))
        painter.drawText(body.adjusted(2, 0, -2, -3), leading | int(end), self._counts[at])
        if is_chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().colour("accent"))
            painter.drawRoundedRect(QRectF(body.left(), body.bottom() - 2.5, body.width(), 2.5), 1.2, 1.2)
        if is_chosen and self.hasFocus():
            painter.setPen(QPen(theme().colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(body.adjusted(1, 3, -1, -5), 6, 6)
