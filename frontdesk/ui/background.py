"""Long work of the window that belongs to no page: its progress and Cancel stand in the status bar, so that every page stays usable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QLocale, QObject

from frontdesk.domain.problems import Refused
from frontdesk.ui.jobs import Jobs, Work
from frontdesk.ui.status_bar import StatusBar


@dataclass(frozen=True, slots=True)
class Task:
    """What is done and how it is said.

    Attributes:
        words: with `{done}` and `{total}` in it.
        can_cancel: whether it can be stopped without leaving half of it behind.
    """

    function: Callable[..., Any]
    words: str
    can_cancel: bool = True


class Background(QObject):
    """The long work of one window."""

    def __init__(self, jobs: Jobs, status_bar: StatusBar) -> None:
        super().__init__(status_bar)
        self._jobs, self._bar = jobs, status_bar
        self._running: dict[object, Work] = {}
        jobs.crashed.connect(lambda _error, _doing: self._bar.hide_work())

    def run(self, task: Task, *, on_done: Callable[[Any], object], on_refused: Callable[[Refused], object], **kwargs: Any) -> None:
        """Begin it; the answer lands in `on_done` or, with nothing left behind, in `on_refused`."""
        mark = object()

        def ended(tell: Callable[[Any], object]) -> Callable[[Any], None]:
            def landed(what: Any) -> None:
                self._running.pop(mark, None)
                self._bar.hide_work()
                tell(what)

            return landed

        def show(done: int, total: int) -> None:
            number = QLocale().toString
            words = task.words.format(done=number(done), total=number(total))
            self._bar.show_work(words, self._running[mark].cancel if task.can_cancel and mark in self._running else None)

        self._bar.show_work(task.words.format(done="0", total="…"), None)
        work = self._jobs.work(task.function, owner=self, on_done=ended(on_done), on_refused=ended(on_refused), on_progress=show, **kwargs)
        if self._jobs.is_busy():  # with an inline runner it has landed already
            self._running[mark] = work
