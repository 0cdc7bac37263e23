"""The command line: every command opens the practice as somebody, does one thing, prints what came of it. Exit 0 done, 1 refused, 2 usage."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from frontdesk.cli.parser import parser
from frontdesk.cli.streams import complain, write_anything
from frontdesk.domain.problems import Conflict, Refused

DONE, REFUSED, USAGE = 0, 1, 2


def main(arguments: Sequence[str], *, window: Callable[[argparse.Namespace], int]) -> int:
    """Run one command; `window` opens the window, which the command line itself cannot."""
    write_anything()
    try:
        words = parser().parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        if words.command == "run":
            return window(words)
        from frontdesk.cli.running import run

        run(words)
    except (Refused, Conflict) as problem:
        complain(_spoken(problem))
        return USAGE if words.command == "rehearse" else REFUSED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def _spoken(problem: Refused | Conflict) -> str:
    """The sentence, with the place or the field it is about."""
    from frontdesk.texts import sentence

    field = problem.field if isinstance(problem, Refused) else None
    return f"{field}: {sentence(problem)}" if field else sentence(problem)
