"""Windows fit their screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from frontdesk.services.practices import preset
from frontdesk.ui.path_drawing import stops
from frontdesk.ui.screens import fit


@pytest.mark.parametrize(("wide", "high"), [(1366, 768), (1280, 720), (1024, 600)])
def test_a_window_with_its_frame_is_never_larger_than_its_screen(qtbot: QtBot, wide: int, high: int) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    free = QRect(0, 0, wide, high)
    fit(window, free)
    assert window.width() < wide
    assert window.height() <= high - 24
    assert free.contains(window.geometry())


@pytest.mark.parametrize(("high", "fills"), [(768, False), (740, True)])
def test_a_window_fills_a_screen_that_is_small(qtbot: QtBot, high: int, fills: bool) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    assert fit(window, QRect(0, 0, 1366, high)) is fills


def test_the_path_of_six_follow_ups_ends_with_the_last_follow_up_and_its_grace() -> None:
    drawn = stops(preset("six_follow_ups"))
    assert [wait for _, _, wait in drawn[-3:]] == ["2 d", "2 d", "2 h"]
    assert [icon for icon, _, _ in drawn].count("phone") == 6
