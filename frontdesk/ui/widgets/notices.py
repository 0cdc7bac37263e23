"""The notice line: a sentence next to the thing it is about, with what can be done, and the technical part folded away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QWidget

from frontdesk.ui.widgets.buttons import button, icon_button
from frontdesk.ui.widgets.icons import IconLabel
from frontdesk.ui.widgets.labels import label
from frontdesk.ui.widgets.layouts import clear, clothe, column, row

NoticeTone = Literal["info", "ok", "warn", "danger"]
Action = tuple[str, Callable[[], object]]
_ICONS = {
    "info": ("info", "accentText"),
    "ok": ("circle-check", "ok"),
    "warn": ("triangle-alert", "warn"),
    "danger": ("circle-alert", "danger"),
}


class NoticeLine(QFrame):
    """A coloured line with an icon, one sentence, its actions, and a cross; hidden until `say` is called."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel("info", "accentText", 16)
        self._sentence = label("", wrap=True)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        self._details = QPlainTextEdit()
        self._details.setReadOnly(True)
        self._details.setAccessibleName(self.tr("Details"))
        self._details.setMaximumHeight(160)
        line = row(self._icon, self._sentence, self._actions, gap=10)
        line.setStretch(1, 1)
        self._close = icon_button("x", self.tr("Close"), self.hide, size=14)
        line.addWidget(self._close)
        self.setLayout(column(line, self._details, margins=(14, 8, 8, 8)))
        self.hide()

    def say(
        self, sentence: str, tone: NoticeTone = "info", actions: Sequence[Action] = (), *, details: str = "", closable: bool = True
    ) -> None:
        """Show a sentence; each action is a button that hides the line and then does it. Details start folded, with Copy."""
        clear(self._actions)
        self._details.hide()
        self._details.setPlainText(details)
        clothe(self, tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self._icon.show_icon(*_ICONS[tone])
        self._sentence.setText(sentence)
        self._close.setVisible(closable)
        for words, done in actions:
            self._actions.addWidget(button(words, partial(self._answer, done)))
        if details:
            self._actions.addWidget(button(self.tr("Details"), lambda: self._details.setVisible(self._details.isHidden()), kind="plain"))
            self._actions.addWidget(button(self.tr("Copy"), lambda: QGuiApplication.clipboard().setText(details), kind="plain"))
        self.setAccessibleName(sentence)
        self.show()

    def text(self) -> str:
        """The sentence that is shown, empty when the line is hidden."""
        return "" if self.isHidden() else self._sentence.text()

    def _answer(self, done: Callable[[], object]) -> None:
        self.hide()
        done()
