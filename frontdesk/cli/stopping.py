"""Ctrl+C: the command stops where it is, and what it had begun is taken back on the way out."""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType

_pressed = threading.Event()


def may_stop() -> None:
    """Long work asks here between its steps: a driver drops what is raised in its callbacks, and a press that fell there would be lost."""
    if _pressed.is_set():
        raise KeyboardInterrupt


class stoppable:  # noqa: N801 - reads as a word behind `with`, as contextlib's own
    """Let a block end in KeyboardInterrupt, also when it was pressed in a callback of SQLite, which makes a fault of the database of it."""

    def __enter__(self) -> None:
        here = threading.current_thread() is threading.main_thread()
        self._listens = here and signal.getsignal(signal.SIGINT) is not signal.SIG_IGN
        if self._listens:
            self._before = signal.signal(signal.SIGINT, _press)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if not self._listens:
            return
        was_pressed = _pressed.is_set()
        _pressed.clear()
        signal.signal(signal.SIGINT, self._before)
        if was_pressed and isinstance(error, Exception):
            raise KeyboardInterrupt from None


def _press(_number: int, _frame: FrameType | None) -> None:
    _pressed.set()
    raise KeyboardInterrupt
