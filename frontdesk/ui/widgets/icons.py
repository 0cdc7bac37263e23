"""Outline icons: SVG files drawn at the screen's scale, tinted from a token, mirrored where the direction means something."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from frontdesk.places import shipped
from frontdesk.ui.widgets.theme import theme

DIRECTED = frozenset(
    {
        "arrow-left",
        "arrow-left-right",
        "arrow-right",
        "arrow-right-left",
        "chevron-left",
        "chevron-right",
        "corner-down-left",
        "log-out",
        "panel-right-close",
    }
    | {"phone-forwarded", "phone-incoming", "phone-outgoing", "redo-2", "undo-2"}
)
"""Icons that point along the line of reading, and so turn round with it; clocks, checks and phones do not."""


def names() -> list[str]:
    """Every icon there is."""
    return sorted(file.stem for file in (shipped("resources") / "icons").glob("*.svg"))


def pixmap(name: str, token: str = "text2", size: int = 16, scale: float = 1.0, *, filled: bool = False) -> QPixmap:
    """One icon as a picture of `size` logical pixels at `scale` device pixels each."""
    colour = theme().colour(token).name()
    mirrored = name in DIRECTED and QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return _drawn(name, colour, (size, scale), filled=filled, mirrored=mirrored)


def icon(name: str, token: str = "text2", *, filled: bool = False) -> QIcon:
    """An icon for a button or a menu; it takes its colour when it is painted, so it follows the theme."""
    return QIcon(_Engine(name, token, filled))


def paint(painter: QPainter, at: QPointF, name: str, token: str = "text2", size: int = 16, *, filled: bool = False) -> None:
    """Paint one icon with its top left corner at a place."""
    painter.drawPixmap(at, pixmap(name, token, size, painter.device().devicePixelRatioF(), filled=filled))


class IconLabel(QWidget):
    """A single icon in a layout; it is decoration and so has no accessible name."""

    def __init__(self, name: str, token: str = "text2", size: int = 16, *, filled: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = (name, token)
        self._filled = filled
        self._size = size
        self.setFixedSize(size, size)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_icon(self, name: str, token: str) -> None:
        """Show another icon."""
        self._icon = (name, token)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint(QPainter(self), QPointF(0, 0), *self._icon, self._size, filled=self._filled)


class _Engine(QIconEngine):
    def __init__(self, name: str, token: str, filled: bool) -> None:
        super().__init__()
        self._name, self._token, self._filled = name, token, filled

    def _picture(self, size: QSize, scale: float, mode: QIcon.Mode) -> QPixmap:
        """The icon in a square at the start of the asked size: what is wider than high keeps a distance to the words behind it."""
        token = "text3" if mode is QIcon.Mode.Disabled else self._token
        if theme().is_high_contrast and token in {"onAccent", "onDanger"}:
            token = "text"  # the button has the system's own colours then
        side = min(size.width(), size.height())
        square = pixmap(self._name, token, side, scale, filled=self._filled)
        if size.width() == size.height():
            return square
        whole = QPixmap(QSize(round(size.width() * scale), round(size.height() * scale)))
        whole.setDevicePixelRatio(scale)
        whole.fill(Qt.GlobalColor.transparent)
        mirrored = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
        painter = QPainter(whole)
        painter.drawPixmap(QPointF(size.width() - side if mirrored else 0, 0), square)
        painter.end()
        return whole

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.drawPixmap(rect, self._picture(rect.size(), painter.device().devicePixelRatioF(), mode))

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self._picture(size, 1.0, mode)

    @override
    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        picture = QPixmap(self._picture(QSize(round(size.width() / scale), round(size.height() / scale)), scale, mode))
        picture.setDevicePixelRatio(1.0)
        return picture

    @override
    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._token, self._filled)


@lru_cache(maxsize=600)
def _drawn(name: str, colour: str, measure: tuple[int, float], *, filled: bool, mirrored: bool) -> QPixmap:
    size, scale = measure
    stroke = "1.75" if size >= 18 else "2"
    svg = _source(name).replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{stroke}"')
    if filled:
        svg = svg.replace('fill="none"', f'fill="{colour}"', 1)
    side = round(size * scale)
    picture = QPixmap(QSize(side, side))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if mirrored:
        painter.translate(side, 0)
        painter.scale(-1, 1)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(scale)
    return picture


@lru_cache(maxsize=200)
def _source(name: str) -> str:
    return (shipped("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")
