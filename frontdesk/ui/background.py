"""Long work of the window that belongs to no page: its progress and Cancel stand in the status bar, so that every page stays usable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject

from frontdesk.domain.problems import Conflict, Refused
from frontdesk.ui.jobs import Jobs, Work
from frontdesk.ui.status_bar import StatusBar
from frontdesk.ui.widgets.figures import figure


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
        self._running: dict[Callable[..., Any], Work | None] = {}
        jobs.crashed.connect(self._crashed)

    def is_running(self, function: Callable[..., Any]) -> bool:
        """Whether this is under way."""
        return function in self._running

    def run(
        self, task: Task, *, on_done: Callable[[Any], object], on_problem: Callable[[Refused | Conflict], object], **kwargs: Any
    ) -> None:
        """Begin it; the answer lands in `on_done` or, with nothing left behind, in `on_problem`."""

        def ended(tell: Callable[[Any], object]) -> Callable[[Any], None]:
            def landed(what: Any) -> None:
                self._end(task.function)
                tell(what)

            return landed

        def show(done: int, total: int) -> None:
            words = task.words.format(done=figure(done), total=figure(total))
            work = self._running.get(task.function)
            self._bar.show_work(words, work.cancel if task.can_cancel and work is not None else None)

        self._bar.show_work(task.words.format(done="0", total="…"), None)
        self._running[task.function] = None
        failed = ended(on_problem)
        work = self._jobs.work(
            task.function, owner=self, on_done=ended(on_done), on_progress=show, on_refused=failed, on_conflict=failed, **kwargs
        )
        if task.function in self._running:  # with an inline runner it has landed already
            self._running[task.function] = work

    def _end(self, function: Callable[..., Any]) -> None:
        self._running.pop(function, None)
        self._bar.hide_work()

    def _crashed(self, _error: object, doing: str) -> None:
        for function in [each for each in self._running if each.__qualname__ == doing]:
            self._end(function)
