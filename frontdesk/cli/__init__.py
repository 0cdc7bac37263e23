"""The command line: every command opens the practice as somebody, does one thing, prints what came of it.

Exit 0 done, 1 refused or not printed, 2 usage, 130 stopped by Ctrl+C.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from frontdesk.cli.parser import parser
from frontdesk.cli.streams import NotPrinted, complain, flush, write_anything
from frontdesk.domain.problems import Conflict, Refused

DONE, REFUSED, USAGE, STOPPED = 0, 1, 2, 130


def main(arguments: Sequence[str], *, window: Callable[[argparse.Namespace], int]) -> int:
    """Run one command; `window` opens the window, which the command line itself cannot."""
    write_anything()
    try:
        code = _run(arguments, window)
        flush()
    except NotPrinted as problem:
        if not problem.is_unread:
            complain(_spoken(Refused("answer_not_printed")))
        return REFUSED
    except KeyboardInterrupt:
        complain(_spoken(Refused("stopped")))
        return STOPPED
    return code


def _run(arguments: Sequence[str], window: Callable[[argparse.Namespace], int]) -> int:
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
    return DONE


def _spoken(problem: Refused | Conflict) -> str:
    """The sentence, with the place or the field it is about."""
    from frontdesk.texts import sentence

    field = problem.field if isinstance(problem, Refused) else None
    return f"{field}: {sentence(problem)}" if field else sentence(problem)
