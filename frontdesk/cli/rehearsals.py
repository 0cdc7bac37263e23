"""`rehearse`: play a script of events through a workflow, without any database."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

from frontdesk.cli.session import Session, table
from frontdesk.domain.problems import Refused
from frontdesk.domain.rehearsal import rehearse
from frontdesk.services.practices import preset

COLUMNS = ("at", "status", "stage", "attempts", "follow_up", "reason", "by", "rule")


def _rehearse(session: Session, words: argparse.Namespace) -> None:
    states = rehearse(_script(Path(words.script)), preset)
    session.show(states, table(states["states"], (*COLUMNS, "refused", "field")))


def _script(path: Path) -> Mapping[str, object]:
    try:
        script = json.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as problem:
        raise Refused("script_file_not_readable", "script", detail=type(problem).__name__) from None
    if not isinstance(script, dict):
        raise Refused("script_not_readable", "script", detail="A script is an object with workflow, time_zone and events")
    return script


COMMANDS = {"rehearse": _rehearse}
