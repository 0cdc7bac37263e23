"""`rehearse`: play a script of events through a workflow, without any database."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from frontdesk.cli.documents import read_document
from frontdesk.cli.session import Session, table
from frontdesk.cli.streams import say
from frontdesk.domain.rehearsal import rehearse
from frontdesk.services.practices import preset

COLUMNS = ("at", "status", "stage", "attempts", "follow_up", "reason", "by", "rule")


def _rehearse(session: Session, words: argparse.Namespace) -> None:
    states = rehearse(read_document(Path(words.script), "script"), preset)["states"]
    if words.json:
        lines = ",\n ".join(json.dumps(state, ensure_ascii=False) for state in states)
        say(f'{{"states": [\n {lines}]}}')  # to the letter as workflows.md section 7 has it: a state is a line
    else:
        session.show(states, table(states, (*COLUMNS, "refused", "field")))


COMMANDS = {"rehearse": _rehearse}
