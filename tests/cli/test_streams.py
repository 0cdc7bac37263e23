"""What a shell sees of the program as a whole: streams that are full or closed, Ctrl+C, and the line that tells how far an import is."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from frontdesk.cli import running
from frontdesk.cli.stopping import stoppable
from frontdesk.cli.streams import counting
from frontdesk.domain.problems import Refused
from tests.cli.shell import Shell

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="terminals and signals of POSIX")
FULL = Path("/dev/full")
ROWS = 6000


def command(shell: Shell, *words: str) -> list[str]:
    return [sys.executable, "-m", "frontdesk", "--database", str(shell.place), *words]


def run(shell: Shell, *words: str, **streams: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(shell, *words), check=False, text=True, stderr=subprocess.PIPE, timeout=120, **streams)  # type: ignore[call-overload,no-any-return]


@pytest.fixture(autouse=True)
def _ctrl_c_is_heard() -> Iterator[None]:
    """A shell that runs the tests in the background lets them ignore Ctrl+C, and the programs that they start too."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def many_rows(tmp_path: Path) -> Path:
    path = tmp_path / "many.csv"
    path.write_text("Name,Phone\n" + "".join(f"Person {n},020 7946 {n:04}\n" for n in range(ROWS)), "utf-8")
    return path


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """Both ends of a terminal: what a program writes to the second comes out of the first."""
    pty = pytest.importorskip("pty")
    ends = pty.openpty()
    yield ends
    for end in ends:
        os.close(end)


def until(terminal: int, seen: Callable[[str], bool]) -> str:
    """What was shown until something was seen."""
    shown = ""
    while not seen(shown):
        assert select.select([terminal], [], [], 60)[0], shown
        shown += os.read(terminal, 4096).decode()
    return shown


@pytest.mark.skipif(not FULL.exists(), reason="/dev/full is of Linux")
@pytest.mark.parametrize("words", [["leads", "--json"], ["leads"], ["new", "--name", "Bo Two"]])
def test_an_answer_that_finds_no_room_is_one_sentence(shell: Shell, words: list[str]) -> None:
    shell.new()
    with FULL.open("w") as full:
        done = run(shell, *words, stdout=full)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done
    assert "can't be written" in done.stderr


def test_an_answer_that_nobody_reads_on_ends_quietly(shell: Shell) -> None:
    shell.new()
    reader, writer = os.pipe()
    os.close(reader)
    done = run(shell, "leads", "--json", stdout=writer)
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, "")


def test_an_import_counts_its_rows_on_a_terminal(shell: Shell, many_rows: Path, terminal: tuple[int, int]) -> None:
    mine, its = terminal
    with subprocess.Popen(command(shell, "import", str(many_rows)), stdout=subprocess.DEVNULL, stderr=its) as started:
        shown = until(mine, lambda text: text.endswith(f"\r{' ' * 40}\r"))
    assert started.returncode == 0
    assert f"\r500 of {ROWS:,} rows\r1,000 of {ROWS:,} rows" in shown
    assert "\n" not in shown


@pytest.mark.parametrize("words", [["--json"], ["--dry-run"]])
def test_an_import_counts_nothing_where_nobody_looks(shell: Shell, many_rows: Path, words: list[str]) -> None:
    assert run(shell, "import", str(many_rows), *words, stdout=subprocess.DEVNULL).stderr == ""


def test_an_import_that_is_stopped_says_so_and_leaves_nothing_behind(shell: Shell, many_rows: Path, terminal: tuple[int, int]) -> None:
    mine, its = terminal
    with subprocess.Popen(command(shell, "import", str(many_rows)), stdout=subprocess.DEVNULL, stderr=its) as started:
        until(mine, lambda text: "rows" in text)
        started.send_signal(signal.SIGINT)
        shown = until(mine, lambda text: "\n" in text)
    assert started.returncode == 130
    assert shown.split("\r")[-2].strip() == "Stopped. Nothing half done was left behind."
    assert shell.ok("leads") == []
    assert shell.ok("check")["sound"]
    assert shell.refused("undo-import")


def test_ctrl_c_that_a_driver_drops_stops_long_work_at_its_next_step() -> None:
    steps: list[int] = []

    def work() -> None:
        with stoppable(), counting(wanted=False) as show:
            for step in range(3):
                show(step, 3)
                steps.append(step)
                with suppress(KeyboardInterrupt):
                    signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        work()
    assert steps == [0]
    with counting(wanted=False) as show:
        show(1, 3)


def test_ctrl_c_that_sqlite_makes_a_fault_of_stops_all_the_same(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def pressed(*_: object) -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            raise Refused("database_slow") from None

    monkeypatch.setitem(running.COMMANDS, "leads", pressed)  # type: ignore[arg-type] # a dict at run time
    answer = shell.run("leads")
    assert (answer.code, answer.err) == (130, "Stopped. Nothing half done was left behind.\n")
