"""Pictures of the window for `--screenshot FILE --size WxH --theme NAME`: drawn offscreen once nothing is under way any more."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from frontdesk.domain.problems import Refused
from frontdesk.ui.jobs import Jobs

_QUIET_ROUNDS = 4
_ROUND_MS = 60
_SIZE = re.compile(r"(\d{3,5})x(\d{3,5})")


def size_of(text: str) -> tuple[int, int]:
    """`1366x768` as a pair."""
    found = _SIZE.fullmatch(text)
    if found is None:
        raise Refused("size_not_understood", "size")
    return int(found[1]), int(found[2])


class Shot(QObject):
    """Shows a window at a size, waits until jobs has been quiet for a moment, saves its picture and calls back."""

    def __init__(self, window: QWidget, jobs: Jobs, file: Path, size: tuple[int, int], taken: Callable[[bool], object]) -> None:
        super().__init__(window)
        self._window, self._jobs, self._file, self._taken = window, jobs, file, taken
        self._quiet = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        window.resize(*size)
        window.show()
        self._timer.start(_ROUND_MS)

    def _look(self) -> None:
        self._quiet = 0 if self._jobs.is_busy() else self._quiet + 1
        if self._quiet >= _QUIET_ROUNDS:
            self._timer.stop()
            QApplication.sendPostedEvents()
            self._taken(self._window.grab().save(str(self._file)))
