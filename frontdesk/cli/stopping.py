"""Ctrl+C: the command stops where it is, and what it had begun is taken back on the way out."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_pressed = threading.Event()


def may_stop() -> None:
    """Long work asks here between its steps: a driver drops what is raised in its callbacks, and a press that fell there would be lost."""
    if _pressed.is_set():
        raise KeyboardInterrupt


@contextmanager
def stoppable() -> Iterator[None]:
    """Let a block end in KeyboardInterrupt, also when it was pressed in a callback of SQLite, which makes a fault of the database of it."""
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        yield
        return

    def press(_number: int, _frame: FrameType | None) -> None:
        _pressed.set()
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, press)
    try:
        yield
    except Exception:
        if _pressed.is_set():
            raise KeyboardInterrupt from None
        raise
    finally:
        _pressed.clear()
        signal.signal(signal.SIGINT, before)
