"""Bad input and a database that cannot be written (issue 2, section 7): one plain sentence, exit 1, and not one row changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from frontdesk.store import local
from tests.cli.shell import Answer, Shell
from tests.cli.test_bad_input import REFUSED
from tests.faults.practice import LEADS, content, is_plain

ROOT = Path(__file__).resolve().parents[2]
WRITES = (
    ["new", "--name", "A"],
    ["note", "LEAD", "x"],
    ["attempt", "LEAD", "--channel", "call"],
    ["status", "LEAD", "lost", "--reason", "price_shopping"],
    ["undo"],
)


def first_lead(shell: Shell) -> str:
    found: str = shell.ok("leads", "--limit", "1")[0]["id"]
    return found


def test_no_bad_input_changes_one_row_of_the_database(shell: Shell) -> None:
    lead_id = shell.new()
    shell.ok("backup")  # seals the journal; one that fails would seal it too, which changes nothing else
    before = content(Path(shell.place))
    for name, words in REFUSED.items():
        assert is_plain(shell.run(*(lead_id if word == "LEAD" else word for word in words), clock="2026-03-02T09:00")), name
        assert content(Path(shell.place)) == before, name


def test_a_database_that_another_program_writes_to_is_locked_and_can_be_read(worked: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "BUSY_SECONDS", 0.05)
    lead_id, before = first_lead(worked), content(Path(worked.place))
    other = driver.connect(str(worked.place), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        for words in WRITES:
            assert "Another program is using the database" in worked.refused(*(lead_id if word == "LEAD" else word for word in words))
        assert len(worked.ok("leads")) == LEADS
        assert worked.ok("lead", lead_id)["id"] == lead_id
    finally:
        other.close()
    assert content(Path(worked.place)) == before
    assert worked.run("note", lead_id, "x").code == 0


@pytest.fixture
def powerless(worked: Shell) -> list[str]:
    """What starts a program for which the rights of files count, even when the tests run as root."""
    if os.name != "posix":
        pytest.skip("rights of files are another matter there")
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("NO setpriv: as root, a read-only file was not tried")
    return [setpriv, "--bounding-set=-all", "--inh-caps=-all", "--"]


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_read_only_database_is_not_written_and_that_is_said(worked: Shell, powerless: list[str], kind: str) -> None:
    lead_id, place = first_lead(worked), Path(worked.place)
    before, folder = content(place), place.parent
    for beside in folder.glob(f"{place.name}-*"):
        beside.unlink()
    (place if kind == "file" else folder).chmod(0o444 if kind == "file" else 0o555)
    try:
        for words in (["note", lead_id, "x"], ["leads"]):
            command = [sys.executable, "-m", "frontdesk", "--database", str(place), *words]
            ran = subprocess.run([*powerless, *command], cwd=ROOT, capture_output=True, text=True, check=False, timeout=100)
            assert is_plain(Answer(ran.returncode, ran.stdout, ran.stderr)), (words, ran)
            if words[0] == "note":
                assert ran.returncode == 1
                assert "Check the rights of its file and folder" in ran.stderr
    finally:
        folder.chmod(0o755)
        place.chmod(0o644)
    assert content(place) == before


def test_a_folder_in_the_way_and_a_place_that_cannot_be_made_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "folder.db").mkdir()
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "folder.db", tmp_path / "file" / "x.db", Path("/proc/nowhere/x.db"), tmp_path / ("n" * 300)):
        assert is_plain(Shell(place, capsys).run("leads")), place


def test_another_file_that_is_taken_for_the_database_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in {"letter.txt": b"Dear practice" * 400, "table.csv": b"Name,Phone\n", "zeros.bin": bytes(9000)}.items():
        place = tmp_path / name
        place.write_bytes(text)
        for words in (["leads"], ["new", "--name", "A"], ["check"], ["upgrade"], ["backup"]):
            answer = Shell(place, capsys).run(*words)
            assert (answer.code, is_plain(answer)) == (1, True), (name, words, answer)
        assert place.read_bytes() == text
