"""What the command line writes to: answers to stdout, sentences and progress to stderr."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from frontdesk.cli.stopping import may_stop


class NotPrinted(OSError):
    """The answer cannot be written where it goes; `is_unread` when nobody reads on (a pipe into `head`)."""

    def __init__(self, *, is_unread: bool) -> None:
        super().__init__()
        self.is_unread = is_unread


def write_anything() -> None:
    """Names come in every script, but a pipe on Windows knows one of them, and a shell may pass on half a sign: no answer fails by that."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def say(line: str) -> None:
    """One line of an answer, on stdout."""
    with _printing():
        print(line)


def flush() -> None:
    """Only then is it known whether the answer was written."""
    with _printing():
        sys.stdout.flush()


def complain(sentence: str) -> None:
    """One plain sentence on stderr; if that is full too, the exit code must do."""
    with suppress(OSError):
        print(sentence, file=sys.stderr)


@contextmanager
def counting(*, wanted: bool) -> Iterator[Callable[[int, int], None]]:
    """A function that is told rows done of all rows, and shows them in one line of a terminal, which is gone at the end."""
    shown = wanted and sys.stderr.isatty()

    def show(done: int, of: int) -> None:
        may_stop()
        if shown:
            print(f"\r{done:,} of {max(done, of):,} rows", end="", file=sys.stderr, flush=True)

    try:
        yield show
    finally:
        if shown:
            print(f"\r{' ' * 40}\r", end="", file=sys.stderr, flush=True)


@contextmanager
def _printing() -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        # What stays in the buffer would fail once more at the end of the program, with a traceback.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise NotPrinted(is_unread=isinstance(problem, BrokenPipeError)) from None
