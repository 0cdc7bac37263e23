"""A full disk in the middle of longer work (quality.md row 3): an import, an export, a migration; what was there stays, and nothing half remains."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from frontdesk.store import backup
from tests.cli.shell import Shell
from tests.faults.practice import LEADS, content
from tests.faults.test_full_disk import starved
from tests.faults.upgrading import ROOT, migrations_ahead

FULL = "The disk is full."


def program(shell: Shell, *words: str) -> list[str]:
    return ["frontdesk", "--database", str(shell.place), "--as", "Ada", *words]


def test_an_import_that_does_not_fit_leaves_nothing_behind(worked: Shell, recorder: Path, tmp_path: Path) -> None:
    place, table = Path(worked.place), tmp_path / "in.csv"
    rows = "".join(f"K{number},Name {number},020 79{number:06},Fair,{'x' * 500}\n" for number in range(700))
    table.write_text(f"External ID,Name,Phone,Source,Notes\n{rows}")
    leads = worked.ok("leads", clock=None)
    answer = starved(program(worked, "import", str(table), "--create", "sources"), recorder, place.parent, place.stat().st_size + 2_500_000)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr.startswith(FULL)
    assert answer.stderr.count("\n") == 1
    assert worked.ok("leads", clock=None) == leads
    found = worked.ok("check", clock=None)
    assert (found["sound"], found["leads"]) == (True, LEADS)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_an_export_that_does_not_fit_leaves_no_file_and_keeps_the_one_that_was_there(
    worked: Shell, recorder: Path, tmp_path: Path, ending: str
) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    target = folder / f"leads.{ending}"
    target.write_text("mine")
    answer = starved(program(worked, "export", str(target), "--force"), recorder, folder, 2000)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert FULL in answer.stderr
    assert answer.stderr.count("\n") == 1
    assert [(each.name, each.read_text()) for each in folder.iterdir()] == [(target.name, "mine")]


@pytest.mark.parametrize("what", ["the backup before it", "the migration"])
def test_an_upgrade_that_does_not_fit_leaves_the_old_database(worked: Shell, recorder: Path, tmp_path: Path, what: str) -> None:
    place, ahead = Path(worked.place), migrations_ahead(tmp_path)
    before = content(place)
    full = place.parent / "backups" if what == "the backup before it" else place.with_name(f"{place.name}-wal")
    told = {**os.environ, "LD_PRELOAD": str(recorder), "PC_DIR": str(full), "PC_LIMIT": "30000", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "tests.faults.upgrading", str(ahead)]
    ran = subprocess.run(command, input=f"1 -1 {place}\n", cwd=ROOT, env=told, capture_output=True, text=True, check=False, timeout=100)
    assert (ran.stdout, ran.stderr) == ("refused disk_full\nended\n", "")
    assert content(place) == before
    assert backup.examine(place) == []
    assert [backup.examine(each) for each in backup.backups(place, place.parent / "backups")] == [[]] * (1 if "backup" in what else 2)
    assert not list((place.parent / "backups").glob("*.half"))
