"""What the status bar says while the database can't be reached: since when, and when it is tried again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from frontdesk.services.watch import ROUND_SECONDS
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.lead.words import clock
from frontdesk.ui.status_bar import StatusBar

_BACK_FOR_MS = 10_000


class Connection(QObject):
    """Follows the watcher; counts down to its next try."""

    def __init__(self, jobs: Jobs, bar: StatusBar, practice: Callable[[], Practice]) -> None:
        super().__init__(bar)
        self._bar, self._practice = bar, practice
        self._since = ""
        self._left = 0
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._count)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.timeout.connect(self._bar.show_saved)
        jobs.connected.connect(self._changed)

    def _changed(self, is_connected: bool) -> None:
        if is_connected:
            self._second.stop()
            self._bar.show_state("back", self.tr("Connected again"))
            self._calm.start(_BACK_FOR_MS)
            return
        practice = self._practice()
        self._since = clock(practice.hours.local(practice.now()), is_24h=practice.book.clock_24h)
        self._calm.stop()
        self._left = int(ROUND_SECONDS)
        self._second.start()
        self._show()

    def _count(self) -> None:
        self._left = self._left - 1 if self._left > 1 else int(ROUND_SECONDS)
        self._show()

    def _show(self) -> None:
        words = self.tr("No connection since {time}. You can look, not change. Trying again in {seconds} s")
        self._bar.show_state("offline", words.format(time=self._since, seconds=self._left))
