"""Upgrading (quality.md row 11): killed at any step it leaves the old schema or the new one, with a backup; eight desks at once do no harm."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from frontdesk.services import practices
from frontdesk.services.attempts import log_attempt
from frontdesk.services.desk import Desk
from frontdesk.store import backup, files, schema, upgrade
from frontdesk.store.engine import Database, open_database
from tests.cli.shell import Shell
from tests.faults.practice import content
from tests.faults.upgrading import ROOT, migrations_ahead
from tests.services.practice import MONDAY, Clock, Office, begin

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no fork")

NEVER = -1


class Upgrader:
    """The program that is one revision ahead."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def run(self, place: str | Path, *, desks: int = 1, killed_after: int = -1) -> list[str]:
        """What became of each desk, sorted."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{desks} {killed_after} {place}\n")
        found: list[str] = []
        for line in self.process.stdout:
            if line == "ended\n":
                return sorted(found)
            found.append(line.strip())
        raise AssertionError("the upgrader ended by itself")


@pytest.fixture(scope="module")
def ahead(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The migrations of the next version of the program."""
    return migrations_ahead(tmp_path_factory.mktemp("ahead"))


@pytest.fixture(scope="module")
def upgrader(ahead: Path) -> Iterator[Upgrader]:
    """The next version of the program, ready to upgrade."""
    command = [sys.executable, "-m", "tests.faults.upgrading", str(ahead)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, cwd=ROOT) as process:
        yield Upgrader(process)
        assert process.stdin is not None
        process.stdin.close()
        process.wait(30)


@pytest.fixture
def next_version(ahead: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This process is the next version of the program too."""
    monkeypatch.setattr(upgrade, "shipped", lambda folder: ahead)
    monkeypatch.setattr(schema, "shipped", lambda folder: ahead)


def steps(config: pytest.Config, few: tuple[int, ...]) -> tuple[int, ...]:
    return (*range(0, 150, 5), NEVER) if config.getoption("--slow") else few


def works(desk: Desk) -> bool:
    """Whether somebody can work: reads a lead and logs an attempt with it."""
    from frontdesk.services.lists import lead_ids

    (lead_id, *_) = desk.ask(lead_ids)
    desk.do(log_attempt, lead_id=lead_id, channel="call")
    return True


@pytest.mark.usefixtures("next_version")
def test_a_killed_upgrade_leaves_the_old_file_or_the_new_one_and_a_sound_backup(
    worked: Shell, upgrader: Upgrader, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    sound, outcomes = content(Path(worked.place)), set()
    for after in steps(pytestconfig, (0, 60, NEVER)):
        folder = tmp_path / str(after)
        folder.mkdir()
        path = Path(shutil.copyfile(worked.place, folder / "practice.db"))
        (outcome,) = upgrader.run(path, killed_after=after)
        outcomes.add(outcome)
        state = files.state(path)
        assert state is (schema.State.OLDER if outcome == "killed" else schema.State.CURRENT)
        assert backup.examine(path) == []
        (kept,) = backup.backups(path, folder / "backups")
        assert content(kept) == sound
        if state is schema.State.OLDER:
            assert content(path) == sound
        desk = practices.open_desk(path, person="Ada", clock=Clock())
        with desk.database:
            assert works(desk)
        assert files.state(path) is schema.State.CURRENT
    assert outcomes == {"killed", "upgraded"}


@pytest.mark.usefixtures("next_version")
def test_eight_desks_that_upgrade_one_file_at_once_all_succeed(worked: Shell, upgrader: Upgrader) -> None:
    path = Path(worked.place)
    assert upgrader.run(path, desks=8) == ["upgraded"] * 8
    assert files.state(path) is schema.State.CURRENT
    desk = practices.open_desk(path, person="Ada", clock=Clock())
    with desk.database:
        assert works(desk)
    assert backup.examine(path) == []
    assert {len(backup.examine(each)) for each in (path.parent / "backups").iterdir()} == {0}


@pytest.fixture
def server(bare_url: str) -> str:
    """A server with a practice of this version."""
    upgrade.upgrade_server(bare_url)
    with open_database(bare_url, now=MONDAY) as database:
        office = begin(database, Clock())
        office.new()
    return bare_url


def office_of(database: Database) -> Office:
    clock = Clock()
    first = Desk(database, practices.SYSTEM, clock)
    from frontdesk.store import staff

    return Office(database, clock, Desk(database, first.ask(staff.every)[0], clock))


def revision(url: str) -> str:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        row = connection.execute("SELECT version_num, to_regclass('public.extra') IS NOT NULL FROM alembic_version").fetchone()
    assert row is not None
    assert row[1] == (row[0] == "0002"), "between two schemas"
    return str(row[0])


def test_a_killed_upgrade_leaves_the_old_server_or_the_new_one(
    server: str, upgrader: Upgrader, pytestconfig: pytest.Config, ahead: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for after in steps(pytestconfig, (0, 7)):
        (outcome,) = upgrader.run(server, killed_after=after)
        assert revision(server) == ("0001" if outcome == "killed" else "0002")
        if outcome == "upgraded":
            break
        with open_database(server, now=MONDAY) as database:
            assert works(office_of(database).desk)
    assert upgrader.run(server) == ["upgraded"]
    monkeypatch.setattr(schema, "shipped", lambda folder: ahead)
    with open_database(server, now=MONDAY) as database:
        assert works(office_of(database).desk)


def test_eight_desks_that_upgrade_one_server_at_once_all_succeed(
    server: str, upgrader: Upgrader, ahead: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert upgrader.run(server, desks=8) == ["upgraded"] * 8
    assert revision(server) == "0002"
    monkeypatch.setattr(schema, "shipped", lambda folder: ahead)
    with open_database(server, now=MONDAY) as database:
        assert works(office_of(database).desk)


def test_this_version_reads_what_the_next_one_has_upgraded_and_says_why_it_does_not_write(worked: Shell, upgrader: Upgrader) -> None:
    assert upgrader.run(worked.place) == ["upgraded"]
    before = content(Path(worked.place))
    leads = worked.ok("leads", clock=None)
    for words in (["new", "--name", "A"], ["note", leads[0]["id"], "x"], ["tick"], ["undo"], ["upgrade"]):
        assert "newer frontdesk" in worked.refused(*words, clock=None), words
    assert len(leads) == len(worked.ok("leads", clock=None))
    assert content(Path(worked.ok("backup", clock=None)["backup"])) == before
    assert content(Path(worked.place)) == before
