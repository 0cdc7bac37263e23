"""The first thing that is painted: the frame of the window, while the database is opened behind it; and why it could not be opened.

Imports only what it draws with: it must be on the screen before anything heavy is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget
from typing_extensions import override

from frontdesk.ui.widgets.buttons import button
from frontdesk.ui.widgets.icons import IconLabel
from frontdesk.ui.widgets.labels import label
from frontdesk.ui.widgets.layouts import clear, clothe, column, hline, holder, row

_QUIET_MS = 400
Action = tuple[str, Callable[[], object]]


class Opening(QWidget):
    """The window until there is one.

    Attributes:
        painted: it is on the screen for the first time; now the heavy work may begin.
    """

    painted = Signal()

    def __init__(self, practice: str) -> None:
        super().__init__()
        clothe(self, "page")
        self.setObjectName("opening")
        self.setWindowTitle(f"{practice} – frontdesk" if practice else "frontdesk")
        self.resize(1366, 768)
        self._is_painted = False
        top = row(label(practice or "frontdesk", "strong"), None, margins=(20, 0, 20, 0))
        bar = holder(top)
        bar.setFixedHeight(54)
        clothe(bar, "bar")
        self._middle = QVBoxLayout()
        self.setLayout(column(bar, hline(), None, row(None, self._middle, None), None, None, gap=0))
        self._sentence = ""
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.timeout.connect(lambda: self._show(self.tr("Opening the leads…"), IconLabel("loader-circle", "text3", 24)))

    def begin(self) -> None:
        """Something is under way; said only when it takes longer than a moment."""
        self._clear()
        self._late.start(_QUIET_MS)

    def show_progress(self, words: str, done: int, total: int) -> None:
        """How far a longer beginning is."""
        bar = self.findChild(QProgressBar)
        if self._sentence != words or bar is None:
            bar = QProgressBar()
            bar.setAccessibleName(words)
            bar.setFixedWidth(280)
            self._show(words, IconLabel("users", "text3", 24), [bar])
        bar.setRange(0, total)
        bar.setValue(done)

    def refuse(self, sentence: str, actions: Sequence[Action]) -> None:
        """Why it could not be opened, and what can be done about it; the first action is the one to take."""
        made = [button(words, done, kind="primary" if at == 0 else "outlined") for at, (words, done) in enumerate(actions)]
        self._show(sentence, IconLabel("circle-alert", "danger", 24), [holder(row(None, *made, None))])
        if made:
            made[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def text(self) -> str:
        """What is said at this moment."""
        return self._sentence

    def _show(self, sentence: str, icon: IconLabel, more: Sequence[QWidget] = ()) -> None:
        self._clear()
        self._sentence = sentence
        words = label(sentence, "body", "text2", wrap=True, selectable=True)
        words.setObjectName("opening-state")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setFixedWidth(520)
        for widget in (icon, words, *more):
            self._middle.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        self._middle.setSpacing(14)

    def _clear(self) -> None:
        self._late.stop()
        self._sentence = ""
        clear(self._middle)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self.painted.emit)
