"""Buttons, check boxes, radio buttons and drop-downs. A pane has one primary button at most; all others are outlined or plain."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QWidget,
)
from typing_extensions import override

from frontdesk.ui.widgets import icons
from frontdesk.ui.widgets.layouts import row
from frontdesk.ui.widgets.theme import theme

Kind = Literal["outlined", "primary", "danger", "plain", "link", "noticelink", "chip", "chipon", "segment", "fold", "foot"]
_ICON_TOKENS = {"primary": "onAccent", "danger": "onDanger", "chipon": "accentText", "link": "accentText"}


def button(
    text: str, pressed: Callable[[], object] | None = None, *, kind: Kind = "outlined", icon: str = "", name: str = ""
) -> QPushButton:
    """A push button named after what it does; `name` is its accessible name and object name when the text does not say it all."""
    made = QPushButton(text)
    made.setProperty("kind", kind)
    made.setAutoDefault(False)
    made.setAccessibleName(name or text.replace("&", ""))
    if icon:
        set_icon(made, icon, _ICON_TOKENS.get(kind, "text2"))
    if pressed is not None:
        made.clicked.connect(lambda _checked=False: pressed())
    return made


def icon_button(icon: str, name: str, pressed: Callable[[], object] | None = None, *, key: str = "", size: int = 16) -> QPushButton:
    """A button that shows an icon only: its tool tip and accessible name say what it does."""
    made = button("", pressed, kind="plain", icon=icon, name=name)
    made.setIconSize(QSize(size, size))
    made.setToolTip(f"{name} ({key})" if key else name)
    made.setMinimumSize(28, 28)
    return made


def set_icon(made: QAbstractButton, icon: str, token: str = "text2", size: int = 16) -> None:
    """Give a button an icon that follows the theme."""
    made.setIcon(icons.icon(icon, token))
    made.setIconSize(QSize(size + 5 if made.text() else size, size))


class CheckBox(QCheckBox):
    """A check box drawn from the tokens; `&` marks its Alt letter."""

    def __init__(self, text: str, *, checked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(text.replace("&", ""))
        self.setChecked(checked)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        box = _indicator(self, QStyle.SubElement.SE_CheckBoxIndicator)
        if box is None:
            return
        painter = _painter(self)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().colour("accent" if self.isEnabled() else "text3"))
            painter.drawRoundedRect(box, 4, 4)
            icons.paint(painter, box.center() - QPointF(6, 6), "check", "onAccent", 12)
        else:
            painter.setPen(QPen(theme().colour("ctl" if self.isEnabled() else "line2"), 1.2))
            painter.setBrush(theme().colour("surface"))
            painter.drawRoundedRect(box.adjusted(0.6, 0.6, -0.6, -0.6), 4, 4)


class RadioButton(QRadioButton):
    """A radio button drawn from the tokens; `&` marks its Alt letter."""

    def __init__(self, text: str, *, checked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(text.replace("&", ""))
        self.setChecked(checked)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        ring = _indicator(self, QStyle.SubElement.SE_RadioButtonIndicator)
        if ring is not None:
            paint_radio(_painter(self), ring.center(), checked=self.isChecked(), enabled=self.isEnabled())


def paint_radio(painter: QPainter, centre: QPointF, *, checked: bool, enabled: bool = True) -> None:
    """Paint the ring of a radio button, for rows that are painted by hand."""
    if checked:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour("accent"))
        painter.drawEllipse(centre, 8, 8)
        painter.setBrush(theme().colour("surface"))
        painter.drawEllipse(centre, 3.2, 3.2)
    else:
        painter.setPen(QPen(theme().colour("ctl" if enabled else "line2"), 1.3))
        painter.setBrush(theme().colour("surface"))
        painter.drawEllipse(centre, 7.5, 7.5)


class DropDown(QComboBox):
    """A drop-down of (key, words): `key()` is what is chosen, `choose(key)` chooses."""

    def __init__(self, name: str, choices: Iterable[tuple[object, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.view().setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.offer(choices)

    def offer(self, choices: Iterable[tuple[object, str]]) -> None:
        """Replace the choices; the first one is chosen."""
        self.clear()
        for key, words in choices:
            self.addItem(words, key)

    def key(self) -> object:
        """The key of the chosen line, None when there is none."""
        return self.currentData()

    def choose(self, key: object) -> None:
        """Choose the line with that key; an unknown key chooses nothing."""
        self.setCurrentIndex(next((at for at in range(self.count()) if self.itemData(at) == key), -1))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if theme().is_high_contrast:
            return
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = 10 if mirrored else self.width() - 24
        icons.paint(QPainter(self), QPointF(left, (self.height() - 14) / 2), "chevron-down", "text3", 14)


class Segments(QWidget):
    """Two or more choices side by side, one of them chosen; arrows move between them."""

    def __init__(
        self, name: str, choices: Iterable[tuple[str, str]], chosen: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._keys: list[str] = []
        layout = row(gap=0)
        for key, words in choices:
            part = button(words, kind="segment", name=f"{name}, {words}")
            part.setCheckable(True)
            self._group.addButton(part, len(self._keys))
            self._keys.append(key)
            layout.addWidget(part)
        self.setLayout(layout)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(lambda at: chosen(self._keys[at]))

    def choose(self, key: str) -> None:
        """Show another choice without telling anybody."""
        self._group.button(self._keys.index(key)).setChecked(True)


def _indicator(box: QAbstractButton, element: QStyle.SubElement) -> QRectF | None:
    """Where the sheet leaves room for the mark; None in high contrast, where the system's own mark is drawn."""
    if theme().is_high_contrast:
        return None
    option = QStyleOptionButton()
    option.initFrom(box)
    where = QRectF(box.style().subElementRect(element, option, box))
    painted = QRectF(0, 0, 18, 18)
    painted.moveCenter(where.center())
    return painted


def _painter(widget: QWidget) -> QPainter:
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter
