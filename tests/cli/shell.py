"""The command line called in process, as somebody at a shell would: words in, what was printed and the exit code out."""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from frontdesk import cli
from frontdesk.domain.records import StaffMember
from frontdesk.domain.workflow import Role
from frontdesk.services import practices
from frontdesk.services.desk import Desk
from frontdesk.store import staff
from tests.services.practice import Clock

LEAD_KEYS = (
    ["id", "name", "phones", "emails", "status", "stage", "outcome", "owner", "source", "attempts", "next_follow_up", "reason", "created", "important"]
)  # fmt: skip
NINE = "2026-03-02T09:00"


class WindowOpened(Exception):
    """`run` was asked for; tests of the command line have no window."""


def no_window(words: argparse.Namespace) -> int:
    raise WindowOpened


@dataclass(frozen=True)
class Answer:
    """What came of a command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, read as JSON."""
        return json.loads(self.out)


class Shell:
    """A shell in front of one database.

    Attributes:
        person: who does what nobody is named for.
    """

    def __init__(self, place: Path | str, capsys: pytest.CaptureFixture[str]) -> None:
        self.place = place
        self.capsys = capsys
        self.person: str | None = None

    def run(self, *words: str, clock: str | None = None, person: str | None = None) -> Answer:
        """Whatever comes of it."""
        person = person or self.person
        first = ["--database", str(self.place), *(["--clock", clock] if clock else []), *(["--as", person] if person else [])]
        self.capsys.readouterr()
        code = cli.main([*first, *words], window=no_window)
        printed = self.capsys.readouterr()
        return Answer(code, printed.out, printed.err)

    def ok(self, *words: str, clock: str | None = NINE, person: str | None = None) -> Any:
        """The JSON of a command that must be done."""
        answer = self.run(*words, "--json", clock=clock, person=person)
        assert (answer.code, answer.err) == (0, "")
        return answer.json

    def refused(self, *words: str, clock: str | None = NINE, person: str | None = None) -> str:
        """The one plain sentence of a command that must be refused."""
        answer = self.run(*words, clock=clock, person=person)
        assert answer.code == 1, answer
        assert answer.out == ""
        assert answer.err.count("\n") == 1, answer.err
        assert "Traceback" not in answer.err
        return answer.err.strip()

    def new(self, *words: str, name: str = "Mia Meyer", clock: str | None = NINE) -> str:
        """The id of a new lead."""
        made: str = self.ok("new", "--name", name, *words, clock=clock)["id"]
        return made

    def hire(self, name: str, role: Role) -> None:
        """A colleague more."""
        with practices.open_desk(self.place, person="Ada", clock=Clock()).database as database:
            Desk(database, practices.SYSTEM, Clock()).do(staff.add, StaffMember(0, name, role))
