"""An overlay: a frame on a scrim inside its window. It is not a window of its own, so Find, Lock and Undo still work."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from frontdesk.ui.widgets.buttons import icon_button
from frontdesk.ui.widgets.labels import label
from frontdesk.ui.widgets.layouts import clothe, column, hline, row
from frontdesk.ui.widgets.tab_order import TabOrder
from frontdesk.ui.widgets.theme import theme

_SHADOW = 26
_LEAST_MARGIN = 12


class Overlay(QWidget):
    """A dialog inside a window: keeps the focus inside, closes with Esc, gives the focus back.

    Build the content into `body` (a vertical layout without margins), then call `open`. The answer is a signal of the subclass;
    `close_overlay` ends it.

    Attributes:
        closed: the overlay has gone, by Esc, by its cross or because its work is done.
    """

    closed = Signal()

    def __init__(self, host: QWidget, title: str, *, size: QSize | None = None, head: QWidget | None = None) -> None:
        super().__init__(host)
        self._host = host
        self._wanted = size or QSize(812, 636)
        self._before: QWidget | None = None
        self.frame = QFrame(self)
        clothe(self.frame, "dialog")
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.setAccessibleName(title)
        close = icon_button("x", self.tr("Close"), self.close_overlay, key="Esc")
        top = row(head or label(title, "heading"), None, close, gap=12, margins=(20, 12, 12, 12))
        self.frame.setLayout(column(top, hline(), self.body, gap=0))
        self.frame.layout().setContentsMargins(1, 1, 1, 1)  # type: ignore[union-attr] # the line above has set it
        host.installEventFilter(self)
        TabOrder(self, self.frame)
        self.hide()

    def open(self, first: QWidget | None = None) -> None:
        """Show it over its window, with the focus in `first`, or in the first control that takes it."""
        self._before = QApplication.focusWidget()
        self._fill_host()
        self.show()
        self.raise_()
        start = self._next(self.frame, forward=True) if first is None else first
        (self.frame if start is None else start).setFocus(Qt.FocusReason.TabFocusReason)

    def take_back(self) -> None:
        """Come to the front again after something was shown above it."""
        self.raise_()
        inside = cast("QWidget | None", self.focusWidget())
        inside = self._next(self.frame, forward=True) if inside is None else inside
        if inside is not None:
            inside.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_overlay(self) -> None:
        """Take it away and give the focus back to where it was."""
        if self.isHidden():
            return
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()
        self.deleteLater()

    def _fill_host(self) -> None:
        host = self._host
        self.setGeometry(host.rect())
        width = min(theme().px(self._wanted.width()), host.width() - 2 * _LEAST_MARGIN)
        height = min(theme().px(self._wanted.height()), host.height() - 2 * _LEAST_MARGIN)
        self.frame.setGeometry((host.width() - width) // 2, max(_LEAST_MARGIN, (host.height() - height) // 2 - 4), width, height)

    def _next(self, start: QWidget, *, forward: bool) -> QWidget | None:
        """The next control inside the frame that Tab reaches, around the ends."""
        at: QWidget | None = start
        while at is not None:
            at = at.nextInFocusChain() if forward else at.previousInFocusChain()
            if at is None or at is start:
                return None
            takes_tab = bool(at.focusPolicy() & Qt.FocusPolicy.TabFocus) and at.isEnabled() and at.isVisibleTo(self)
            if takes_tab and self.frame.isAncestorOf(at):
                return at
        return None

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        at = cast("QWidget | None", self.focusWidget())
        following = self._next(self.frame if at is None else at, forward=next)
        if following is not None:
            following.setFocus(Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason)
        return True

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._fill_host()
        return False

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_overlay()
        else:
            event.accept()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(0, 0, 0, 150) if theme().is_dark else QColor(14, 24, 34, 115))
        painter.setPen(Qt.PenStyle.NoPen)
        frame = QRectF(self.frame.geometry())
        for step in range(_SHADOW, 0, -2):
            painter.setBrush(QColor(0, 0, 0, int(12 * (1 - step / _SHADOW)) + 1))
            painter.drawRoundedRect(frame.adjusted(-step, -step + 8, step, step + 8), 12 + step, 12 + step)
        if theme().is_high_contrast:  # no sheet gives the dialog its ground then
            painter.setPen(QPen(theme().colour("text"), 1))
            painter.setBrush(theme().colour("bg"))
            painter.drawRect(frame)
