"""The note at the end of the profile: kept as a draft while typing, in the timeline with Ctrl+Enter."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from typing_extensions import override

from frontdesk.ui.widgets.buttons import button
from frontdesk.ui.widgets.forms import DRAFT_AFTER_MS
from frontdesk.ui.widgets.labels import label
from frontdesk.ui.widgets.layouts import column, holder, row
from frontdesk.ui.widgets.pills import KeyCap
from frontdesk.ui.widgets.theme import theme
from frontdesk.ui.widgets.undo_strip import announce

_LINES_AT_MOST = 6


class NoteField(QWidget):
    """A text area that grows to six lines.

    Attributes:
        written: the note to add, once it is finished.
        rested: what to keep as a draft: one second after the last key, and when the focus leaves.
    """

    written = Signal(str)
    rested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.area = _Area(self)
        self.area.setObjectName("note")
        self.area.setPlaceholderText(self.tr("Add a note. It saves as you type."))
        self._wrong = label("", "small", "danger", wrap=True)
        self._wrong.hide()
        self._draft = label("", "small", "text3")
        self._save = button(self.tr("Add note"), self.finish)
        self._save.setProperty("compact", True)
        self._foot = holder(row(self._draft, None, self._save, KeyCap("Ctrl+Enter"), gap=6))
        self._foot.hide()
        self.setLayout(column(self.area, self._wrong, self._foot, gap=6))
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self.keep)
        self._kept = ""
        self.area.textChanged.connect(self._typed)
        theme().changed.connect(self.measure)
        self.measure()

    def show_person(self, name: str, draft: str) -> None:
        """Another lead's note, with the draft that was kept for it."""
        self.area.setAccessibleName(self.tr("Note about {name}").format(name=name))
        self._kept = draft
        if self.area.toPlainText() != draft:
            self.area.setPlainText(draft)
        self._rest.stop()
        self._wrong.hide()
        self._draft.setText(self.tr("Draft kept") if draft else "")

    def text(self) -> str:
        """What is typed now."""
        return self.area.toPlainText().strip()

    def finish(self) -> None:
        """Send the note; the text stays until it is saved."""
        if self.text():
            self.written.emit(self.text())
        else:
            self.area.setFocus()

    def clear(self) -> None:
        """The note was saved."""
        self._kept = ""
        self._rest.stop()
        self.area.clear()
        self._rest.stop()
        self._draft.setText("")

    def refuse(self, sentence: str) -> None:
        """Say what is wrong with the note, and go there."""
        self._wrong.setText(sentence)
        self._wrong.show()
        self.area.setFocus()
        announce(self.area, sentence)

    def error(self) -> str:
        """The sentence below the note, empty when there is none."""
        return "" if self._wrong.isHidden() else self._wrong.text()

    def keep(self) -> None:
        """Give the draft away, once for each state."""
        self._rest.stop()
        typed = self.area.toPlainText()
        if typed != self._kept:
            self._kept = typed
            self.rested.emit(typed)

    def say_kept(self, when: str) -> None:
        """Say quietly that the draft is safe."""
        self._draft.setText(self.tr("Draft saved {when}").format(when=when) if self.text() else "")

    def measure(self) -> None:
        """As high as its lines, six at most."""
        lines = min(_LINES_AT_MOST, max(1, self.area.document().blockCount()))
        self.area.setFixedHeight(theme().px(lines * 17 + 25))

    def _typed(self) -> None:
        self._wrong.hide()
        self._foot.setVisible(bool(self.text()))
        self._rest.start(DRAFT_AFTER_MS)
        self.measure()


class _Area(QPlainTextEdit):
    def __init__(self, note: NoteField) -> None:
        super().__init__(note)
        self._note = note
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._note.finish()
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._note.keep()
