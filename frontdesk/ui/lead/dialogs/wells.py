"""The well *When you save*: what saving does, live, or what is still needed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QWidget

from frontdesk.ui.lead.effects import Said
from frontdesk.ui.widgets.icons import IconLabel
from frontdesk.ui.widgets.labels import label
from frontdesk.ui.widgets.layouts import clear, clothe, column, holder, row


class EffectsWell(QFrame):
    """Lines of an icon and a sentence; read out as one text."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._said: tuple[Said, ...] = ()
        clothe(self, "well")
        self.setObjectName("effects")
        self._lines = column(gap=2)
        self.setLayout(column(label(title, "smallstrong", "text2"), self._lines, gap=4, margins=(12, 9, 12, 10)))

    def say(self, said: Sequence[Said]) -> None:
        """Show these lines instead of those before."""
        if tuple(said) == self._said:
            return
        self._said = tuple(said)
        clear(self._lines)
        for line in said:
            self._lines.addWidget(_line(line))
        self.setAccessibleName(f"{self._title}: {self.text()}")

    def text(self) -> str:
        """All lines, as they are read out."""
        return " ".join(line.words for line in self._said)


def _line(said: Said) -> QWidget:
    words = label(said.words, "small", said.tone, wrap=True)  # type: ignore[arg-type] # effects use tones of labels
    line = row(IconLabel(said.icon, said.tone, 14), words, gap=8)
    line.setStretch(1, 1)
    return holder(line)
