"""Facts edited in place: click or Enter to edit, Enter saves, Esc restores; what is wrong is said right below."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QSizePolicy, QWidget
from typing_extensions import override

from frontdesk.ui.widgets import icons
from frontdesk.ui.widgets.buttons import DropDown
from frontdesk.ui.widgets.labels import isolated, label, restyle
from frontdesk.ui.widgets.layouts import column, row
from frontdesk.ui.widgets.theme import theme
from frontdesk.ui.widgets.undo_strip import announce

_NAME_WIDTH = 86
_PAD = 6


class FactValue(QAbstractButton):
    """A value that can be edited: looks like text, shows a pencil under the mouse, and a ring with the focus."""

    def __init__(self, *, tabular: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabular = tabular
        self._quiet = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def show_value(self, text: str, *, quiet: bool = False) -> None:
        """Show another value; a quiet one says that there is none."""
        self._quiet = quiet
        self.setText(text)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(80, theme().px(22))

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        hovered = self.underMouse() and self.isEnabled()
        if self.hasFocus() or hovered:
            painter.setPen(QPen(theme().colour("focus"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme().colour("hover") if hovered else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame, 5, 5)
        font = theme().font("body", 400 if self._quiet else 500, tabular=self._tabular)
        painter.setFont(font)
        painter.setPen(theme().colour("text3" if self._quiet else "text"))
        inner = frame.adjusted(_PAD - 1, 0, -22, 0) if not mirrored else frame.adjusted(22, 0, 1 - _PAD, 0)
        words = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, int(inner.width()))
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        flags = int(Qt.AlignmentFlag.AlignVCenter | side | Qt.AlignmentFlag.AlignAbsolute)
        painter.drawText(inner, flags, isolated(words) if self._tabular else words)
        if hovered or self.hasFocus():
            left = frame.left() + 4 if mirrored else frame.right() - 17
            icons.paint(painter, QPointF(left, frame.center().y() - 6.5), "pencil", "text3", 13)


class Fact(QWidget):
    """One fact of the profile.

    Attributes:
        saved: the key of the fact and what was typed or chosen.
    """

    saved = Signal(str, object)

    def __init__(self, key: str, words: str, *, tabular: bool = False, choices: Iterable[tuple[object, str]] | None = None) -> None:
        super().__init__()
        self.key, self._words = key, words
        self.setObjectName(f"fact-{key}")
        self._before: object = ""
        self._sent: object = None
        name = label(words, "small", "text3")
        name.setFixedWidth(theme().px(_NAME_WIDTH))
        self.value = FactValue(tabular=tabular)
        self.value.clicked.connect(self.edit)
        self.editor: QLineEdit | QComboBox = QLineEdit() if choices is None else DropDown(words, choices)
        self.editor.setAccessibleName(words)
        self.editor.installEventFilter(self)
        if isinstance(self.editor, DropDown):
            self.editor.activated.connect(lambda _at: self.save())
        self.editor.hide()
        self._wrong = label("", "small", "danger", wrap=True)
        self._wrong.hide()
        line = row(name, self.value, self.editor, gap=0)
        line.setStretch(1, 1)
        line.setStretch(2, 1)
        below = row(theme().px(_NAME_WIDTH) + _PAD, self._wrong, gap=0)
        below.setStretch(1, 1)
        self.setLayout(column(line, below, gap=2))

    def show_value(self, shown: str, before: object) -> None:
        """Show a value; `before` is what stands in the editor. While somebody edits here, only the way back changes."""
        self._before = before
        self.value.show_value(shown or self.tr("Add"), quiet=not shown)
        self.value.setAccessibleName(self.tr("{name}, {value}. Edit").format(name=self._words, value=shown or self.tr("empty")))
        if self.is_editing() and self._sent is not None:
            self.leave()

    def words(self) -> str:
        """What the fact is called."""
        return self._words

    def offer(self, choices: Iterable[tuple[object, str]]) -> None:
        """Replace the choices of a drop-down."""
        if isinstance(self.editor, DropDown) and not self.is_editing():
            self.editor.offer(choices)

    def is_editing(self) -> bool:
        """Whether the editor is open."""
        return not self.editor.isHidden()

    def edit(self) -> None:
        """Open the editor with the present value."""
        self._sent = None
        if isinstance(self.editor, DropDown):
            self.editor.choose(self._before)
        elif isinstance(self.editor, QLineEdit):
            self.editor.setText(str(self._before or ""))
            self.editor.selectAll()
        self.value.hide()
        self.editor.show()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Send what was typed; the editor stays open until it is accepted."""
        typed = self._typed()
        if typed == self._before:
            self.leave()
        elif typed != self._sent:
            self._sent = typed
            self.saved.emit(self.key, typed)

    def leave(self) -> None:
        """Close the editor and show the value again."""
        had_focus = self.editor.hasFocus()
        self._sent = None
        self._wrong.hide()
        restyle(self.editor, "wrong", False)
        self.editor.hide()
        self.value.show()
        if had_focus:
            self.value.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, sentence: str) -> None:
        """Say what is wrong; what was typed stays."""
        self._sent = None
        if not self.is_editing():
            self.edit()
        self._wrong.setText(sentence)
        restyle(self.editor, "wrong", True)
        self._wrong.show()
        self.editor.setAccessibleDescription(sentence)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self.editor, sentence)

    def error(self) -> str:
        """The sentence below the editor, empty when there is none."""
        return "" if self._wrong.isHidden() else self._wrong.text()

    def _typed(self) -> object:
        return self.editor.key() if isinstance(self.editor, DropDown) else self.editor.text().strip()  # type: ignore[union-attr] # a line

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QFocusEvent)
            and event.lostFocus()
            and event.reason() is not Qt.FocusReason.PopupFocusReason
            and self.is_editing()
        ):
            self.save()
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()  # Esc restores the fact here, and only then closes the profile
            return True
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.save()
            return True
        return False
