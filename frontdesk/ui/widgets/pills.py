"""Small marks that say a status or a state: pills, badges, key caps, attempt dots, initials and the important star.

Each is a widget and a `paint_…` function for tables and lists that are painted by hand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from frontdesk.ui.widgets import icons
from frontdesk.ui.widgets.layouts import keep_size
from frontdesk.ui.widgets.theme import theme

_AVATAR_TONES = ("new", "contacted", "follow", "sched", "consult", "done", "transfer")
DOT, DOT_STEP = 7, 11


@dataclass(frozen=True, slots=True)
class Pill:
    """A status as it is shown: its word, its icon and one of the nine tones."""

    words: str
    icon: str
    tone: str


def pill_width(pill: Pill) -> int:
    """How wide a pill becomes."""
    return QFontMetrics(theme().font("small", 500)).horizontalAdvance(pill.words) + 33


def paint_pill(painter: QPainter, rect: QRectF, pill: Pill, *, mirrored: bool = False) -> None:
    """Paint a pill at the start of a rectangle, in its middle, no wider than it."""
    height = float(theme().px(22))
    width = min(float(pill_width(pill)), rect.width())
    left = rect.right() - width if mirrored else rect.left()
    body = QRectF(left, rect.center().y() - height / 2, width, height)
    painter.setPen(QPen(theme().colour("text"), 1) if theme().is_high_contrast else Qt.PenStyle.NoPen)
    painter.setBrush(theme().colour(pill.tone + "Soft"))
    painter.drawRoundedRect(body, height / 2, height / 2)
    icon_left = body.right() - 22 if mirrored else body.left() + 8
    icons.paint(painter, QPointF(icon_left, body.center().y() - 7), pill.icon, pill.tone, 14)
    painter.setFont(theme().font("small", 500))
    painter.setPen(theme().colour(pill.tone))
    inner = body.adjusted(7, 0, -25, 0) if mirrored else body.adjusted(25, 0, -7, 0)
    words = QFontMetrics(painter.font()).elidedText(pill.words, Qt.TextElideMode.ElideRight, int(inner.width()) + 1)
    side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
    painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | side | Qt.AlignmentFlag.AlignAbsolute), words)


def paint_dots(painter: QPainter, at: QPointF, made: int, total: int, token: str = "accent", *, mirrored: bool = False) -> None:
    """Paint one dot for each attempt that the workflow allows, filled for those made; mirrored they run to the left."""
    for place in range(max(made, total)):
        x = at.x() - place * DOT_STEP - DOT if mirrored else at.x() + place * DOT_STEP
        dot = QRectF(x, at.y() - DOT / 2, DOT, DOT)
        if place < made:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().colour(token))
        else:
            painter.setPen(QPen(theme().colour("ctl"), 1.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            dot.adjust(0.5, 0.5, -0.5, -0.5)
        painter.drawEllipse(dot)


def initials(name: str) -> str:
    """At most two letters of a name, a question mark when there is none."""
    parts = [part for part in name.split() if part[0].isalnum()]
    return "".join(part[0] for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts)).upper() or "?"


class _Mark(QWidget):
    """A painted mark that keeps its own size."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        keep_size(self)

    def _paint(self) -> QPainter:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return painter

    @property
    def _mirrored(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft


class StatusPill(_Mark):
    """A status: icon, word and tone together, never a colour alone."""

    def __init__(self, pill: Pill, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)  # a long word gives way before the pane does
        self.show_pill(pill)

    def show_pill(self, pill: Pill) -> None:
        """Show another status."""
        self._pill = pill
        self.setAccessibleName(pill.words)
        self.setToolTip(pill.words)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(pill_width(self._pill), theme().px(22))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(64), theme().px(22))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_pill(self._paint(), QRectF(self.rect()), self._pill, mirrored=self._mirrored)


def spaced(keys: str) -> str:
    """Keys as a cap shows them: a space where the plus joins, the plus where it is the key."""
    return re.sub(r"\+(?=.)", " ", keys)


class KeyCap(_Mark):
    """The key of a frequent action, shown beside it; readers hear the key from the action itself."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = spaced(keys)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @override
    def sizeHint(self) -> QSize:
        width = QFontMetrics(theme().font("tiny", 500)).horizontalAdvance(self._keys) + 10
        height = theme().px(18)
        return QSize(max(height, width), height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_key(self._paint(), QRectF(self.rect()), self._keys)


def paint_key(painter: QPainter, rect: QRectF, keys: str) -> None:
    """Paint a key cap that fills a rectangle."""
    painter.setPen(QPen(theme().colour("line2"), 1))
    painter.setBrush(theme().colour("sunken"))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(theme().colour("text2"))
    painter.setFont(theme().font("tiny", 500))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), keys)


class Dots(_Mark):
    """Attempts made, of those that the workflow allows."""

    def __init__(self, made: int, total: int, token: str = "accent", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._made, self._total, self._token = made, total, token
        self.setAccessibleName(self.tr("{made} of {total} attempts").format(made=made, total=total))

    @override
    def sizeHint(self) -> QSize:
        return QSize(max(self._made, self._total) * DOT_STEP, 16)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        left = float(self.width()) if self._mirrored else 0.0
        paint_dots(self._paint(), QPointF(left, self.height() / 2), self._made, self._total, self._token, mirrored=self._mirrored)


class Avatar(_Mark):
    """The initials of a person in a soft circle; the tone comes from the name and stays the same."""

    def __init__(self, name: str, size: int = 32, tone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self._tone = tone
        self.show_name(name)

    def show_name(self, name: str) -> None:
        """Show another person."""
        self._name = name
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        tone = self._tone or _AVATAR_TONES[sum(map(ord, self._name)) % len(_AVATAR_TONES)]
        paint_disc(self._paint(), QRectF(self.rect()), tone, initials(self._name))


class IconDisc(_Mark):
    """An icon in a soft circle of a tone: a timeline entry, a kind of work."""

    def __init__(self, icon: str, tone: str, size: int = 28, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._tone, self._size = icon, tone, size

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self._paint()
        paint_disc(painter, QRectF(self.rect()), self._tone, "")
        side = 14 if self._size < 32 else 16
        icons.paint(painter, QPointF((self._size - side) / 2, (self._size - side) / 2), self._icon, self._tone, side)


def paint_disc(painter: QPainter, rect: QRectF, tone: str, letters: str) -> None:
    """Paint a soft circle with letters in it."""
    painter.setPen(QPen(theme().colour("text"), 1) if theme().is_high_contrast else Qt.PenStyle.NoPen)
    painter.setBrush(theme().colour(tone + "Soft"))
    painter.drawEllipse(rect.adjusted(0.5, 0.5, -0.5, -0.5))
    font = theme().font("body", 600)
    font = type(font)(font)
    font.setPixelSize(max(9, int(rect.height() * 0.38)))
    painter.setFont(font)
    painter.setPen(theme().colour(tone))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), letters)


class Badge(_Mark):
    """A count in a small rounded field."""

    def __init__(self, text: str = "", tone: str = "invalid", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._tone = text, tone

    @override
    def sizeHint(self) -> QSize:
        return QSize(badge_width(self._text), theme().px(18))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_badge(self._paint(), QRectF(self.rect()), self._text, self._tone)


def badge_width(text: str) -> int:
    """How wide the badge of a count becomes."""
    return max(20, QFontMetrics(theme().font("tiny", 600, tabular=True)).horizontalAdvance(text) + 11)


def paint_badge(painter: QPainter, rect: QRectF, text: str, tone: str) -> None:
    """Paint a count in its small rounded field."""
    painter.setPen(QPen(theme().colour("text"), 1) if theme().is_high_contrast else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme().colour(tone + "Soft")))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.setPen(theme().colour(tone))
    painter.setFont(theme().font("tiny", 600, tabular=True))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), text)
