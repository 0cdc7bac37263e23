"""The program as a whole: a picture of its window over a real practice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot


@pytest.mark.parametrize("page", ["leads", "settings"])
def test_run_with_screenshot_draws_a_page_into_a_picture_and_stops(qtbot: QtBot, tmp_path: Path, page: str) -> None:
    file = tmp_path / "window.png"
    words = [
        "--database",
        str(tmp_path / "leads.db"),
        "run",
        "--screenshot",
        str(file),
        "--size",
        "1100x700",
        "--theme",
        "dark",
        "--page",
        page,
    ]
    ran = subprocess.run([sys.executable, "-m", "frontdesk", *words], check=False, capture_output=True, timeout=110)
    image = QImage(str(file))
    assert (ran.returncode, image.width(), image.height(), image.pixelColor(30, 300).name()) == (0, 1100, 700, "#191f27")
