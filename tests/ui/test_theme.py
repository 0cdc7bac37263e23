"""Colours, sizes and the switch between them."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from typing_extensions import override

from frontdesk.services.practices import PRESETS, preset
from frontdesk.ui.widgets import icons
from frontdesk.ui.widgets.buttons import button
from frontdesk.ui.widgets.labels import label
from frontdesk.ui.widgets.theme import theme
from frontdesk.ui.widgets.tokens import DARK, LIGHT, TONES, contrast

TEXT_ON = [
    ("text", ("bg", "surface", "sunken", "raised", "sel", "hover", "doneSoft")),
    ("text2", ("bg", "surface", "sunken", "sel")),
    ("text3", ("bg", "surface", "sunken")),
    ("accentText", ("surface", "accentSoft", "sel")),
    ("onAccent", ("accent", "accentHover", "chartSel")),
    ("onNotice", ("notice",)),
    ("noticeText", ("notice",)),
    ("noticeKey", ("notice",)),
    ("onDanger", ("danger",)),
]


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_stands_out_from_every_background_it_is_used_on(scheme: dict[str, str]) -> None:
    pairs = [(token, back) for token, backs in TEXT_ON for back in backs] + [(tone, tone + "Soft") for tone in TONES]
    weak = [(text, back) for text, back in pairs if contrast(scheme[text], scheme[back]) < 4.5]
    assert weak == []


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_borders_of_controls_and_the_focus_ring_stand_out(scheme: dict[str, str]) -> None:
    weak = [(line, back) for line in ("ctl", "focus") for back in ("surface", "bg", "sunken") if contrast(scheme[line], scheme[back]) < 3]
    assert weak == []


def test_contrast_is_that_of_wcag() -> None:
    assert (contrast("#000000", "#FFFFFF"), contrast("#777777", "#FFFFFF")) == (21.0, pytest.approx(4.48, abs=0.01))


@pytest.mark.parametrize("key", PRESETS)
def test_every_status_of_the_ready_workflows_has_an_icon_and_a_tone_of_ours(key: str) -> None:
    statuses = preset(key).statuses.values()
    assert [status.key for status in statuses if status.icon not in icons.names() or status.tone not in TONES] == []


def test_the_theme_switches_an_open_window_at_once(qtbot: QtBot) -> None:
    shown = button("Save", kind="primary")
    qtbot.addWidget(shown)
    shown.resize(120, 32)
    shown.show()
    before = shown.grab().toImage().pixelColor(20, 8).name().upper()
    theme().choose(scheme="dark")
    assert (before, shown.grab().toImage().pixelColor(20, 8).name().upper()) == (LIGHT["accent"], DARK["accent"])


def test_high_contrast_drops_the_sheet_and_uses_the_palette_of_the_system(qapp: QApplication) -> None:
    theme().choose(high_contrast=True)
    assert (qapp.styleSheet(), theme().colour("accent")) == ("", qapp.palette().highlight().color())


def test_text_grows_and_shrinks_within_90_and_150_percent(qtbot: QtBot) -> None:
    shown = label("Grace Kim", "name")
    qtbot.addWidget(shown)
    shown.show()
    normal = shown.sizeHint().height()
    theme().choose(percent=400)
    assert (theme().percent, shown.sizeHint().height() > normal * 1.3) == (150, True)
    theme().choose(percent=10)
    assert (theme().percent, shown.sizeHint().height() < normal) == (90, True)


def test_the_sheet_turns_round_with_the_reading_direction(qapp: QApplication) -> None:
    assert "border-left: 1px" in theme().sheet()
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert "padding-right: 34px" in theme().sheet()


def test_every_icon_draws_something_in_the_asked_colour() -> None:
    empty = []
    for name in icons.names():
        image = icons.pixmap(name, "danger", 24).toImage()
        if not any(image.pixelColor(x, y).name().upper() == LIGHT["danger"] for x in range(24) for y in range(24)):
            empty.append(name)
    assert empty == []


def test_an_arrow_turns_round_where_reading_goes_to_the_left_and_a_clock_does_not(qapp: QApplication) -> None:
    arrow, clock = icons.pixmap("arrow-right").toImage(), icons.pixmap("clock").toImage()
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    turned = icons.pixmap("arrow-right").toImage()
    tips = [
        sum(image.pixelColor(x, y).alpha() * (x - 7.5) for x in range(16) for y in range(16) if y != 8) > 0 for image in (arrow, turned)
    ]
    assert (tips, icons.pixmap("clock").toImage() == clock) == ([True, False], True)


def test_nothing_is_collected_while_qt_dresses_all_widgets(qtbot: QtBot) -> None:
    """Else a widget that only the collector frees is gone in the middle of Qt's own loop, and the program with it."""
    seen: list[bool] = []

    class Watched(QLabel):
        @override
        def changeEvent(self, event: QEvent) -> None:
            seen.append(gc.isenabled())
            super().changeEvent(event)

    watched = Watched("x")
    qtbot.addWidget(watched)
    watched.show()
    seen.clear()
    theme().choose(percent=120)
    with theme().undressed():
        assert gc.isenabled()
    theme().choose(percent=100)
    assert seen
    assert not any(seen)
    assert gc.isenabled()
