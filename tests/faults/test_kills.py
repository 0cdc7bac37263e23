"""Kill -9 at any moment (quality.md row 1): what was acknowledged is there, the file is sound, and the next start is quick."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest

from frontdesk.domain.records import StaffMember
from frontdesk.domain.workflow import Role
from frontdesk.services import backups
from frontdesk.services.desk import Desk
from frontdesk.store import backup
from frontdesk.store import tables as t
from frontdesk.store.engine import open_database
from tests.faults.writer import START
from tests.services.practice import WHOLE

ROOT = Path(__file__).resolve().parents[2]
CHECKED_EVERY = 5


@contextmanager
def writers() -> Iterator[subprocess.Popen[str]]:
    """The program that forks writers."""
    command = [sys.executable, "-m", "tests.faults.writer", "serve"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, cwd=ROOT) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()
        process.wait(30)


def killed(process: subprocess.Popen[str], path: Path, first: int, stop: int) -> list[tuple[str, int]]:
    """Let a writer write until so much is acknowledged, and kill it wherever it is then; what it acknowledged of which lead."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{path} {first} 100000\n")
    child = 0
    acknowledged: list[tuple[str, int]] = []
    for line in process.stdout:
        word, _, number = line.strip().partition(" ")
        if word == "ended":
            return acknowledged
        if word == "pid":
            child = int(number)
            continue
        acknowledged.append((word, int(number)))
        if len(acknowledged) == stop:
            os.kill(child, signal.SIGKILL)
    raise AssertionError("the writers ended by themselves")


def there(path: Path) -> set[tuple[str, int]]:
    """What the file has of all that could be acknowledged, as the next start finds it."""
    with open_database(path, now=START) as database:
        names = t.lead.c.keys()
        rows = Desk(database, StaffMember(0, "", Role.ADMINISTRATOR), lambda: START).ask(lambda tx: tx.rows(WHOLE["lead"]))
    leads = [dict(zip(names, row, strict=True)) for row in rows]
    found = {("ok", int(lead["external_key"])) for lead in leads}
    found |= {("tried", int(lead["external_key"])) for lead in leads if lead["attempts"] == 1}
    return found | {("lost", int(lead["external_key"])) for lead in leads if lead["status"] == "lost"}


def numbers(path: Path) -> set[int]:
    """The leads that are there."""
    return {number for word, number in there(path) if word == "ok"}


@pytest.mark.parametrize(("kills", "most"), [(20, 12), pytest.param(200, 190, marks=pytest.mark.slow)])
def test_after_kill_9_everything_acknowledged_is_there_and_sound(local_file: Path, kills: int, most: int) -> None:
    chance, acknowledged, present, slowest = random.Random(7), set[tuple[str, int]](), set[tuple[str, int]](), 0.0
    with writers() as process:
        for number in range(kills):
            first = max((each for _, each in acknowledged), default=0) + 1000
            acknowledged |= set(killed(process, local_file, first, chance.randint(1, most)))
            began = monotonic()
            present = there(local_file)
            slowest = max(slowest, monotonic() - began)
            assert acknowledged <= present
            if number % CHECKED_EVERY == 0:
                assert backup.examine(local_file) == []
    sys.stdout.write(f"{kills} kills, {len(acknowledged)} acknowledged; slowest start, with reading every lead, {slowest:.2f} s\n")
    assert {word for word, _ in acknowledged} == {"ok", "tried", "lost"}
    with open_database(local_file, now=START) as database:
        findings = backups.check(Desk(database, StaffMember(0, "", Role.ADMINISTRATOR), lambda: START), str(local_file))
    assert findings.is_sound, findings
    assert findings.leads == len({each for word, each in present if word == "ok"})
