"""A power cut at any moment (quality.md row 2), simulated; the same run with `synchronous=NORMAL` must show losses, or the simulator proves nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from frontdesk.store import backup
from tests.faults.powercut import cuts, read_log

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "disk"


def recorded(practice: Path, recorder: Path, writes: int, *, careless: bool) -> tuple[Path, Path]:
    """Let a writer write under the recorder; the folder it wrote in, as it was before, and the log."""
    live, before = practice.parent / FOLDER, practice.parent / "before"
    for folder in (live, before):
        folder.mkdir()
        shutil.copyfile(practice, folder / "a.db")
    log = practice.parent / "log"
    command = [sys.executable, "-m", "tests.faults.writer", str(live / "a.db"), "1", str(writes), *(["normal"] if careless else [])]
    told = {**os.environ, "LD_PRELOAD": str(recorder), "PC_DIR": str(live), "PC_LOG": str(log), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, env=told, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.count("ok ") == writes
    return before, log


def after_cuts(practice: Path, recorder: Path, count: int, *, careless: bool) -> tuple[int, int]:
    """In how many cuts an acknowledged lead was lost, and in how many the file was not sound."""
    before, log = recorded(practice, recorder, max(60, count // 5), careless=careless)
    steps = read_log(log)
    losses = unsound = 0
    there = practice.parent / "after"
    for files, acknowledged in cuts(steps, {"a.db": (before / "a.db").read_bytes()}, FOLDER, count, seed=11):
        shutil.rmtree(there, ignore_errors=True)
        there.mkdir()
        for name, content in files.items():
            (there / name).write_bytes(content)
        unsound += bool(backup.examine(there / "a.db"))
        losses += not set(acknowledged) <= numbers(there / "a.db")
    return losses, unsound


def numbers(path: Path) -> set[int]:
    connection = driver.connect(str(path))
    try:
        return {int(row[0]) for row in connection.execute("SELECT external_key FROM lead")}
    except driver.DatabaseError:
        return set()
    finally:
        connection.close()


CUTS = [100, pytest.param(1000, marks=pytest.mark.slow)]


@pytest.mark.parametrize("count", CUTS)
def test_a_power_cut_loses_nothing_that_was_acknowledged(local_file: Path, recorder: Path, count: int) -> None:
    assert after_cuts(local_file, recorder, count, careless=False) == (0, 0)


@pytest.mark.parametrize("count", CUTS)
def test_the_simulator_finds_the_losses_of_a_careless_setting(local_file: Path, recorder: Path, count: int) -> None:
    losses, _ = after_cuts(local_file, recorder, count, careless=True)
    assert losses > count // 20
