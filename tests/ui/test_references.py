"""PySide6 6.12.0 on Python 3.11 loses a reference to None with every call that returns nothing, and the process dies after a while."""

from __future__ import annotations

import sys

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot


def test_calls_that_return_nothing_keep_the_references_to_none(qtbot: QtBot) -> None:
    widget, picture = QWidget(), QPixmap(4, 4)
    qtbot.addWidget(widget)
    before = sys.getrefcount(None)
    for _ in range(2000):
        widget.update()
        picture.fill()
    assert abs(sys.getrefcount(None) - before) < 1000
