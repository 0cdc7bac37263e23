"""The command line: every command opens the practice as somebody, does one thing, prints what came of it. Exit 0 done, 1 refused, 2 usage."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence

from frontdesk.cli import files, leads, practice, rehearsals
from frontdesk.cli.parser import parser
from frontdesk.cli.session import Session, complain, write_anything
from frontdesk.domain.problems import Conflict, Refused
from frontdesk.services.backups import telling_damage
from frontdesk.texts import sentence

DONE, REFUSED, USAGE = 0, 1, 2
Command = Callable[[Session, argparse.Namespace], None]
COMMANDS: Mapping[str, Command] = {**practice.COMMANDS, **leads.COMMANDS, **files.COMMANDS, **rehearsals.COMMANDS}


def main(arguments: Sequence[str], *, window: Callable[[Session], int]) -> int:
    """Run one command; `window` opens the window, which the command line itself cannot."""
    write_anything()
    try:
        words = parser().parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    session = Session(words)
    try:
        with telling_damage(session.place):
            if words.command == "run":
                return window(session)
            COMMANDS[words.command](session, words)
            sys.stdout.flush()
    except (Refused, Conflict) as problem:
        complain(_spoken(problem))
        return USAGE if words.command == "rehearse" else REFUSED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    finally:
        session.close()
    return DONE


def _spoken(problem: Refused | Conflict) -> str:
    """The sentence, with the place or the field it is about."""
    field = problem.field if isinstance(problem, Refused) else None
    return f"{field}: {sentence(problem)}" if field else sentence(problem)
