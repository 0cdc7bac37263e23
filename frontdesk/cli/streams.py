"""What the command line writes to."""

from __future__ import annotations

import io
import sys


def write_anything() -> None:
    """Names come in every script, but a pipe on Windows knows one of them, and a shell may pass on half a sign: no answer fails by that."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def complain(sentence: str) -> None:
    """One plain sentence on stderr."""
    print(sentence, file=sys.stderr)
