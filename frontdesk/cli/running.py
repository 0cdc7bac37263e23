"""One command of the command line, with everything that commands need; the window does without."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping

from frontdesk.cli import files, leads, practice, rehearsals, undoing
from frontdesk.cli.session import Session
from frontdesk.cli.stopping import stoppable
from frontdesk.cli.streams import flush
from frontdesk.services.backups import telling_damage

Command = Callable[[Session, argparse.Namespace], None]
COMMANDS: Mapping[str, Command] = {**practice.COMMANDS, **leads.COMMANDS, **files.COMMANDS, **undoing.COMMANDS, **rehearsals.COMMANDS}


def run(words: argparse.Namespace) -> None:
    """Run it on the practice that it names; problems fly on."""
    session = Session(words)
    with stoppable():
        try:
            with telling_damage(session.place):
                COMMANDS[words.command](session, words)
                flush()
        finally:
            session.close()
