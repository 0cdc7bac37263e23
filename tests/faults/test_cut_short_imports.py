"""An import that is killed, fails or is cancelled leaves nothing behind (issue 2, section 5); undoing one keeps what was worked on since."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver

from frontdesk.domain.problems import Refused
from frontdesk.services import imports, practices
from frontdesk.services.desk import Desk
from frontdesk.services.imports import Wishes
from frontdesk.services.imports.preparing import REMEMBERED
from frontdesk.store import backup
from tests.cli.shell import Shell
from tests.services.practice import Clock, all_rows

ROOT = Path(__file__).resolve().parents[2]
ROWS = 60
OURS = {"import_", "import_change"}
"""That an import was tried is remembered."""

KILLED_AFTER = """
import os, signal, sys
from frontdesk import cli
from frontdesk.services.imports import running
from frontdesk.store.local import LocalLink
running.BATCH = 10
left, commit = int(sys.argv[1]), LocalLink.commit
def counted(self, *, ring):
    global left
    left -= ring  # a reading transaction ends with a commit that tells nobody
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    commit(self, ring=ring)
LocalLink.commit = counted
raise SystemExit(cli.main(["--database", sys.argv[2], "import", sys.argv[3], "--create", "sources,people"], window=None))
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A file of new and known people, with a source, a campaign and an owner that are not here yet."""
    lines = [
        f"K{number},Name,{number},020 7946 {number:04},name{number}@example.com,Fair,Spring,Nora,2026-02-0{number % 9 + 1}"
        for number in range(ROWS)
    ]
    path = tmp_path / "leads.csv"
    path.write_text("External ID,First name,Last name,Phone,Email,Source,Campaign,Owner,Created\n" + "\n".join(lines) + "\n")
    return path


def state(path: Path) -> Mapping[str, Any]:
    """Every living row, as the next desk that opens finds it, but for those that say that an import was tried and what was learned of its columns."""
    desk = practices.open_desk(path, person="Ada", clock=Clock())
    with desk.database:
        rows = desk.ask(all_rows)
    rows["setting"] = [row for row in rows["setting"] if not row["key"].startswith(REMEMBERED)]
    return {name: each for name, each in rows.items() if name not in {"import", *OURS}}


def stored(path: Path) -> int:
    """The imported leads that lie in the file as it is, before any desk opens it."""
    connection = driver.connect(str(path))
    try:
        return int(connection.execute("SELECT count(*) FROM lead WHERE NOT void AND import_id IS NOT NULL").fetchone()[0])
    finally:
        connection.close()


def is_done(path: Path) -> bool:
    connection = driver.connect(str(path))
    try:
        return bool(connection.execute("SELECT count(*) FROM import WHERE state = 'done'").fetchone()[0])
    finally:
        connection.close()


@pytest.mark.parametrize("commits", [4, 6, *(pytest.param(n, marks=pytest.mark.slow) for n in (0, 1, 2, 3, 5, 7, 8, 9, 10, 11))])
def test_kill_9_during_an_import_leaves_nothing_behind_after_the_next_command(worked: Shell, table: Path, commits: int) -> None:
    path = Path(worked.place)
    before = state(path)
    ran = subprocess.run(
        [sys.executable, "-c", KILLED_AFTER, str(commits), str(path), str(table)], cwd=ROOT, check=False, capture_output=True
    )
    assert ran.returncode in {0, -signal.SIGKILL}, ran.stderr.decode()
    if commits in {4, 6}:
        assert ran.returncode == -signal.SIGKILL
        assert stored(path) > 0, "killed too early to prove anything"
    if is_done(path):  # killed after the import itself, while its columns were remembered
        worked.ok("undo-import", clock=None, person="Ada")
    assert worked.run("leads").code == 0
    assert stored(path) == 0
    assert state(path) == before
    assert worked.ok("check", clock=None)["sound"]
    assert backup.examine(path) == []


def test_an_import_that_was_killed_can_simply_be_done_again(worked: Shell, table: Path) -> None:
    path = Path(worked.place)
    subprocess.run([sys.executable, "-c", KILLED_AFTER, "6", str(path), str(table)], cwd=ROOT, check=False, capture_output=True)
    worked.person = "Ada"
    done = worked.ok("import", str(table), "--create", "sources,people")
    assert (done["rows"], done["refused"]) == (ROWS, [])
    again = worked.ok("import", str(table), "--create", "sources,people")
    assert (again["created"], again["updated"], again["already_here"]) == (0, 0, ROWS)


def begun(path: Path, table: Path) -> tuple[Desk, imports.Prepared]:
    desk = practices.open_desk(path, person="Ada", clock=Clock())
    return desk, imports.prepare(desk, table, Wishes(create=frozenset({"sources", "people"})))


def test_a_cancelled_import_leaves_nothing_behind(worked: Shell, table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path(worked.place)
    before = state(path)
    monkeypatch.setattr("frontdesk.services.imports.running.BATCH", 10)
    desk, prepared = begun(path, table)
    seen: list[int] = []
    with desk.database:
        assert imports.run(desk, prepared, progress=lambda done, of: seen.append(done), cancelled=lambda: len(seen) > 3).cancelled
    assert state(path) == before


@pytest.mark.parametrize("problem", [Refused("disk_full"), KeyboardInterrupt(), MemoryError(), ValueError("a bug")])
def test_an_import_that_fails_in_the_middle_leaves_nothing_behind(
    worked: Shell, table: Path, monkeypatch: pytest.MonkeyPatch, problem: BaseException
) -> None:
    path = Path(worked.place)
    before = state(path)
    monkeypatch.setattr("frontdesk.services.imports.running.BATCH", 10)
    desk, prepared = begun(path, table)

    def fail(done: int, of: int) -> None:
        if done > 30:
            raise problem

    with desk.database, pytest.raises(type(problem)):
        imports.run(desk, prepared, progress=fail)
    assert state(path) == before


WORK: Mapping[str, list[str]] = {
    "a note": ["note", "LEAD", "Rang back"],
    "an attempt": ["attempt", "LEAD", "--channel", "call"],
    "an inbound call": ["inbound", "LEAD", "--channel", "call"],
    "a follow-up": ["follow-up", "LEAD", "2026-03-03T10:00"],
    "a status": ["status", "LEAD", "lost", "--reason", "price_shopping"],
    "an appointment": ["appointment", "book", "LEAD", "2026-03-04T10:00"],
    "revenue": ["revenue", "LEAD", "500"],
    "an owner": ["assign", "LEAD", "Ada"],
    "a star": ["important", "LEAD"],
}


@pytest.mark.parametrize("work", WORK)
def test_undoing_an_import_keeps_the_lead_that_somebody_worked_on(worked: Shell, table: Path, work: str) -> None:
    worked.person = "Ada"
    before = len(worked.ok("leads"))
    made = worked.ok("import", str(table), "--create", "sources,people")["created"]
    lead_id = worked.ok("leads", "--search", "Name 59")[0]["id"]
    worked.ok(*(lead_id if word == "LEAD" else word for word in WORK[work]))
    told = worked.ok("lead", lead_id)
    undone = worked.ok("undo-import")
    assert (undone["taken_back"], undone["kept"]) == (made - 1, 1)
    after = worked.ok("leads")
    assert len(after) == before + 1
    kept = worked.ok("lead", lead_id)
    assert (kept["name"], kept["source"], kept["owner"]) == (told["name"], told["source"], told["owner"])
    assert len(kept["timeline"]) >= len(told["timeline"])
    assert worked.ok("check")["sound"]


def test_one_import_at_a_time(worked: Shell, table: Path) -> None:
    desk, prepared = begun(Path(worked.place), table)
    with desk.database, desk.database.claim("import"):
        assert "import" in worked.refused("import", str(table), "--create", "sources,people")
        with pytest.raises(Refused, match="import_running"):
            imports.run(desk, prepared)
    assert os.path.lexists(worked.place)
