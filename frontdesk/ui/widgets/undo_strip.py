"""The undo strip: what was just done, and the way back, under the list for ten seconds or until the next change."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from frontdesk.ui.widgets.buttons import button
from frontdesk.ui.widgets.icons import IconLabel
from frontdesk.ui.widgets.labels import label
from frontdesk.ui.widgets.layouts import clothe, row
from frontdesk.ui.widgets.theme import theme

SHOWN_FOR_MS = 10_000


class UndoStrip(QFrame):
    """A dark strip that takes its own space and never covers a row.

    Attributes:
        undo_wanted: Undo was pressed.
    """

    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        clothe(self, "notice")
        self.setObjectName("undo-strip")
        self._sentence = label("", tone="onNotice", wrap=True)
        self._undo = button(self.tr("Undo"), self._wanted, kind="noticelink")
        self._undo.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus in the list, as the strip goes away
        self._key = label("Ctrl Z", "tiny", "noticeKey")
        line = row(IconLabel("circle-check", "noticeText"), self._sentence, self._undo, self._key, gap=10, margins=(14, 4, 12, 4))
        line.setStretch(1, 1)
        self.setLayout(line)
        policy = self.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Maximum)  # one line as a rule, two where a long sentence needs them
        self.setSizePolicy(policy)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, sentence: str, *, can_undo: bool = True) -> None:
        """Show what was done; readers hear it politely."""
        self.setMinimumHeight(theme().px(38))
        self._sentence.setText(sentence)
        self._undo.setVisible(can_undo)
        self._key.setVisible(can_undo)
        self.show()
        self._timer.start(SHOWN_FOR_MS)
        announce(self, sentence)

    def text(self) -> str:
        """What is shown, empty when the strip has gone."""
        return "" if self.isHidden() else self._sentence.text()

    def _wanted(self) -> None:
        self.hide()
        self.undo_wanted.emit()


def announce(about: QWidget, sentence: str) -> None:
    """Let a screen reader say a sentence when it has finished what it is saying."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(about, sentence))
