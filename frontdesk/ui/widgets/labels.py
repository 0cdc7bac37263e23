"""Words on the screen: labels by role and tone, elided labels, and numbers that do not read backwards."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from frontdesk.ui.widgets.theme import theme

LabelRole = Literal["number", "title", "name", "heading", "strong", "medium", "body", "small", "label", "smallstrong", "tiny"]
Tone = Literal["text", "text2", "text3", "accentText", "warn", "danger", "ok", "onNotice", "noticeText", "noticeKey"]


def label(
    text: str, role: LabelRole = "body", tone: Tone = "text", *, wrap: bool = False, selectable: bool = False, tabular: bool = False
) -> QLabel:
    """A label by its role in the hierarchy and its tone; it never reads its text as HTML."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    if tabular:
        made.setFont(theme().font(tabular=True))
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def set_tone(widget: QWidget, tone: Tone) -> None:
    """Change the tone of a label that is already on the screen."""
    restyle(widget, "tone", tone)


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Change a property that the style sheet looks at, and let the sheet look again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def isolated(text: str) -> str:
    """A phone number, time or amount that keeps its order inside a right-to-left line."""
    return f"\u2068{text}\u2069" if text else text


class ElidedLabel(QLabel):
    """One line that ends in an ellipsis when the room ends; the whole text is its tool tip then, and always its accessible name."""

    def __init__(self, text: str = "", role: LabelRole = "body", tone: Tone = "text", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(text)

    @override
    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading), shown)
