"""All keys (F1): every command with its key, menu by menu, in two columns that can be searched."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from frontdesk.ui.commands import MENUS, Command, Commands
from frontdesk.ui.widgets.labels import label
from frontdesk.ui.widgets.layouts import column, row, scrolled
from frontdesk.ui.widgets.overlay import Overlay
from frontdesk.ui.widgets.pills import KeyCap


class AllKeys(Overlay):
    """The overlay that lists the keys."""

    def __init__(self, host: QWidget, commands: Commands) -> None:
        super().__init__(host, QCoreApplication.translate("AllKeys", "All keys"), size=QSize(760, 600))
        self._commands = commands
        self._lines: list[tuple[str, QWidget, QWidget]] = []
        self.search = QLineEdit()
        self.search.setAccessibleName(self.tr("Search commands"))
        self.search.setPlaceholderText(self.tr("Search commands"))
        self.search.textChanged.connect(self._narrow)
        hint = label(self.tr("Single letters work while a list or a card has the focus, not while typing."), "small", "text3", wrap=True)
        self.body.addLayout(column(self.search, hint, gap=8, margins=(20, 14, 20, 8)))
        content = QWidget()
        columns = row(gap=32, margins=(20, 4, 20, 16))
        for half in (MENUS[:3], MENUS[3:]):
            columns.addLayout(self._menus(half))
        content.setLayout(columns)
        self.body.addWidget(scrolled(content), 1)

    def _menus(self, menus: tuple[tuple[str, tuple[Command, ...]], ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(0, 1)
        at = 0
        for title, commands in menus:
            head = label(QCoreApplication.translate("commands", title).replace("&", ""), "smallstrong", "text2")
            head.setContentsMargins(0, 10 if at else 0, 0, 2)
            grid.addWidget(head, at, 0)
            at += 1
            for command in commands:
                if command.shown_key():
                    name, key = label(command.shown_words()), KeyCap(command.shown_key())
                    grid.addWidget(name, at, 0)
                    grid.addWidget(key, at, 1)
                    self._lines.append((command.shown_words().lower(), name, key))
                    at += 1
        grid.setRowStretch(at, 1)
        return grid

    def _narrow(self, text: str) -> None:
        for words, name, key in self._lines:
            name.setVisible(text.lower() in words)
            key.setVisible(text.lower() in words)
