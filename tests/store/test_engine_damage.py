"""A file that is damaged, a program that is killed, a log that grows: nothing acknowledged is lost, and never a driver's error."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from frontdesk.domain.problems import Conflict, Refused
from frontdesk.store import backup, journal, local, seals
from frontdesk.store import tables as t
from frontdesk.store.engine import Database, open_database
from tests.databases import NOW, reading, writing
from tests.store.rows import add_person, add_source

ROOT = Path(__file__).parents[2]
COUNT = select(func.count()).select_from(t.source)


def count(database: Database) -> int:
    with reading(database) as tx:
        return int(tx.value(COUNT))


# ------------------------------------------------------------------------------------------------------------- opening


@pytest.fixture(scope="module")
def used_file(template_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with some hundred rows and a seal, closed."""
    path = tmp_path_factory.mktemp("used") / "practice.db"
    shutil.copyfile(template_file, path)
    with open_database(path, now=NOW) as database:
        for n in range(60):
            with writing(database, who=7, key=str(n)) as tx, tx.because("S1.23"):
                add_source(tx, f"Source {n}")
                add_person(tx, f"Person {n}")
        with writing(database) as tx:
            seals.add(tx)
    return path


def use(path: Path) -> None:
    """Everything that the store does with a file."""
    with open_database(path, now=NOW) as database:
        with reading(database) as tx:
            for table in t.metadata.sorted_tables:
                tx.rows(select(table))
            seals.verify(tx)
            journal.changes_of(tx, *{row[0] for row in tx.rows(select(t.journal.c.change))})
            journal.undoable(tx, 7)
        with writing(database, who=7) as tx:
            add_source(tx, "After")
            add_person(tx, "After")


def test_a_damaged_file_is_refused_or_works_on_but_never_crashes(used_file: Path, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    sound = used_file.read_bytes()
    random_ = random.Random(5)
    positions = random_.sample(range(len(sound)), 200 if pytestconfig.getoption("--slow") else 60)
    codes: list[str] = []
    for number, position in enumerate((0, 18, 100, *positions)):
        path = tmp_path / f"{number}.db"
        path.write_bytes(sound[:position] + bytes(random_.randrange(256) for _ in range(64)) + sound[position + 64 :])
        try:
            use(path)
        except Refused as refusal:
            codes.append(refusal.code)
        except Conflict:
            codes.append("conflict")
        backup.examine(path)
    assert set(codes) <= {"database_damaged", "database_foreign", "conflict", "disk_failing", "database_not_openable"}
    assert "database_damaged" in codes


def test_a_file_that_was_cut_off_is_damaged(used_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "cut.db"
    path.write_bytes(used_file.read_bytes()[: 4096 * 20])
    with pytest.raises(Refused, match="database_damaged"):
        use(path)
    assert backup.examine(path)


def test_a_file_of_noise_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "noise.db"
    path.write_bytes(random.Random(1).randbytes(8192))
    with pytest.raises(Refused, match="database_damaged"):
        open_database(path, now=NOW)


def test_damaged_values_in_a_sound_file_are_told_as_damage(local_database: Database, local_path: Path) -> None:
    with writing(local_database) as tx:
        add_source(tx, "A")
    connection = local.connect(local_path)
    connection.execute("PRAGMA ignore_check_constraints=ON")
    connection.execute("INSERT INTO command_key (key, at) VALUES ('k', 'not an instant')")
    connection.close()
    with pytest.raises(Refused, match="database_damaged"), reading(local_database) as tx:
        tx.rows(select(t.command_key))


def test_a_sound_file_has_no_problems(database: Database) -> None:
    assert database.problems() == []


# ------------------------------------------------------------------------------------------------------ kill and power


WRITER = """
import os, sys
from datetime import datetime, UTC
from pathlib import Path
from frontdesk.domain.workflow import Role
from frontdesk.store.engine import open_database
from frontdesk.store import tables as t
now = datetime(2026, 3, 2, tzinfo=UTC)
def say(number):
    os.write(1, b"%d\\n" % number)  # whole or not at all: print writes the end of a line by itself where output is not buffered
for _ in sys.stdin:
    child = os.fork()
    if child:
        say(-child)
        os.waitpid(child, 0)
        say(0)
        continue
    with open_database(Path(sys.argv[1]), now=now) as database:
        while True:
            with database.writing(who=1, role=Role.MANAGER, now=now) as tx:
                source_id = tx.new_id()
                tx.insert(t.source, {"id": source_id, "label": "x", "folded": str(source_id), "version": 1})
            say(source_id)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no fork")
def test_a_killed_program_loses_nothing_that_was_acknowledged(local_path: Path, pytestconfig: pytest.Config) -> None:
    kills, rows = (200, 100) if pytestconfig.getoption("--slow") else (20, 10)
    acknowledged: list[int] = []
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", WRITER, str(local_path)], cwd=ROOT, text=True, bufsize=1, **pipes) as program:  # type: ignore[call-overload]  # mypy does not see through the mapping
        for _ in range(kills):
            acknowledged += killed_in_the_middle(program, rows)
        program.stdin.close()
    with open_database(local_path, now=NOW) as database, reading(database) as tx:
        there = {row[0] for row in tx.rows(select(t.source.c.id))}
        assert len(tx.rows(select(t.journal.c.number))) == len(there)
    assert len(acknowledged) >= kills * rows
    assert set(acknowledged) <= there
    assert backup.examine(local_path) == []


def killed_in_the_middle(program: subprocess.Popen[str], rows: int) -> list[int]:
    """Let it write in a process of its own, kill that one, and return what it had acknowledged."""
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.write("go\n")
    child, found = 0, []
    while (number := int(program.stdout.readline())) != 0:
        if number < 0:
            child = -number
        else:
            found.append(number)
        if len(found) == rows:
            os.kill(child, signal.SIGKILL)
    return found


def test_a_log_that_grows_too_long_is_carried_over_at_once(local_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "LONGEST_LOG", 1_000_000)
    with open_database(local_path, now=NOW) as database:
        log = local_path.with_name("practice.db-wal")
        with writing(database) as tx:
            for n in range(300):
                add_source(tx, "x" * 2000 + str(n))
        assert log.stat().st_size == 0
        with writing(database) as tx:
            add_source(tx, "A")
        assert 0 < log.stat().st_size < 500_000


def test_a_checkpoint_carries_the_log_over(local_database: Database, local_path: Path) -> None:
    with writing(local_database) as tx:
        add_source(tx, "a label to look for")
    assert b"a label to look for" not in local_path.read_bytes()
    local_database.checkpoint()
    assert b"a label to look for" in local_path.read_bytes()


def test_a_server_needs_no_checkpoint(shared_database: Database) -> None:
    shared_database.checkpoint()
    assert count(shared_database) == 0
