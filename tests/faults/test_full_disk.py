"""A full disk (quality.md row 3): nothing acknowledged is lost, the refusal is plain, reading goes on, and half a backup does not count."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from frontdesk.services import backups
from frontdesk.store import backup
from tests.faults.test_kills import ROOT, numbers

LITTLE = 40_000
"""Bytes: room to open a database, and none to write to it."""


def starved(program: list[str], recorder: Path, folder: Path, limit: int, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a program for which no file in the folder may grow beyond so many bytes."""
    told = {
        **os.environ,
        "LD_PRELOAD": str(recorder),
        "PC_DIR": str(folder),
        "PC_LIMIT": str(limit),
        "PYTHONDONTWRITEBYTECODE": "1",
        **more,
    }
    return subprocess.run([sys.executable, "-m", *program], env=told, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)


def test_on_a_full_disk_writes_are_refused_and_nothing_acknowledged_is_lost(local_file: Path, recorder: Path) -> None:
    room = local_file.stat().st_size
    answer = starved(["tests.faults.writer", str(local_file), "1", "120"], recorder, local_file.parent, room)
    assert answer.stderr == ""
    lines = answer.stdout.split("\n")
    acknowledged = {int(line.split()[1]) for line in lines if line.startswith("ok")}
    refusals = {line for line in lines if line.startswith("refused")}
    assert acknowledged
    assert refusals == {"refused disk_full"}
    assert backup.examine(local_file) == []
    assert numbers(local_file) == acknowledged


def test_on_a_full_disk_one_can_go_on_reading_and_the_refusal_is_one_sentence(local_file: Path, recorder: Path) -> None:
    program = ["frontdesk", "--database", str(local_file), "--as", "Ines"]
    entered = starved([*program, "new", "--name", "Ann One"], recorder, local_file.parent, LITTLE)
    assert (entered.returncode, entered.stdout) == (1, "")
    assert entered.stderr.startswith("The disk is full. Nothing was saved.")
    assert entered.stderr.count("\n") == 1
    looked = starved([*program, "leads"], recorder, local_file.parent, LITTLE)
    assert (looked.returncode, looked.stderr) == (0, "")


def test_when_there_is_room_again_writing_goes_on(local_file: Path, recorder: Path) -> None:
    program = ["frontdesk", "--database", str(local_file), "--as", "Ines", "new", "--name", "Ann One"]
    room = local_file.parent / "room"
    refused = starved(program, recorder, local_file.parent, LITTLE, PC_FREE=str(room))
    assert (refused.returncode, refused.stderr.partition(".")[0]) == (1, "The disk is full")
    room.touch()
    assert starved(program, recorder, local_file.parent, LITTLE, PC_FREE=str(room)).returncode == 0


def test_a_backup_that_does_not_fit_leaves_no_half_one(local_file: Path, recorder: Path) -> None:
    program = ["frontdesk", "--database", str(local_file), "--as", "Ines", "backup"]
    answer = starved(program, recorder, local_file.parent / "backups", local_file.stat().st_size // 2)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr.startswith("The disk is full.")
    assert backups.newest_sound(str(local_file)) is None
    assert list((local_file.parent / "backups").iterdir()) == []


def test_a_database_that_does_not_fit_is_not_begun(tmp_path: Path, recorder: Path) -> None:
    place = tmp_path / "new" / "frontdesk.db"
    answer = starved(["frontdesk", "--database", str(place), "leads"], recorder, tmp_path / "new", 100_000)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr.startswith("The disk is full.")
    again = subprocess.run(
        [sys.executable, "-m", "frontdesk", "--database", str(place), "leads"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (again.returncode, again.stderr) == (0, "")
