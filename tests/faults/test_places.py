"""Where a local database may lie (quality.md row 6) and who may have it open (row 7), as the command line and the window say it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from frontdesk.app.practices import Opened, open_practice
from frontdesk.cli.parser import parser
from frontdesk.domain.problems import Refused
from frontdesk.services.watch import Listeners
from frontdesk.store import files
from tests.cli.shell import Shell

ROOT = Path(__file__).resolve().parents[2]
MOUNTED = {"nfs4": "server:/clinic", "cifs": "//server/clinic", "fuse.sshfs": "me@host:/", "fuse.davfs2": "https://cloud.example/dav"}
SYNCED = ("Dropbox (Clinic)", "OneDrive - Clinic")


@pytest.mark.parametrize("kind", MOUNTED)
@pytest.mark.parametrize("words", [["leads"], ["init"], ["new", "--name", "A"], ["restore"], ["upgrade"]])
def test_a_network_drive_is_refused_and_nothing_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, kind: str, words: list[str]
) -> None:
    place = tmp_path / "mounted"
    place.mkdir()
    monkeypatch.setattr(files, "read_mounts", lambda: f"/dev/sda1 / ext4 rw 0 0\n{MOUNTED[kind]} {place} {kind} rw 0 0\n")
    assert "network drive" in Shell(place / "practice.db", capsys).refused(*words, clock=None)
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("folder", SYNCED)
@pytest.mark.parametrize("words", [["leads"], ["init"], ["new", "--name", "A"]])
def test_a_synced_folder_is_refused_and_nothing_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], folder: str, words: list[str]
) -> None:
    place = tmp_path / folder
    place.mkdir()
    assert "synchronised" in Shell(place / "practice.db", capsys).refused(*words, clock=None)
    assert list(place.iterdir()) == []


def test_a_practice_that_was_moved_to_a_network_drive_is_left_alone(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path(shell.place)
    before = path.read_bytes()
    monkeypatch.setattr(files, "read_mounts", lambda: f"server:/clinic {path.parent} nfs rw 0 0\n")
    for words in (["leads"], ["check"], ["backup"], ["upgrade"]):
        assert "network drive" in shell.refused(*words, clock=None)
    assert path.read_bytes() == before


def open_window(place: Path | str) -> Opened:
    """What the program does for a window, behind its first frame."""
    return open_practice(
        None,
        progress=lambda done, of: None,
        cancelled=lambda: False,
        words=parser().parse_args(["--database", str(place), "--as", "Ada", "run"]),
        listeners=Listeners(lambda topics: None, lambda connected: None),
        place=str(place),
    )


def test_a_second_window_is_refused_and_commands_run_beside_the_first(shell: Shell) -> None:
    with open_window(shell.place).leave:
        with pytest.raises(Refused, match="database_in_use"):
            open_window(shell.place)
        shell.new()
        assert "window has this database open" in shell.refused("restore", shell.ok("backup")["backup"])
    open_window(shell.place).leave.close()


def test_a_window_with_its_pages_loads_no_second_sqlite(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from frontdesk import app, cli\n"
        "words = ['--database', sys.argv[1], 'run', '--screenshot', sys.argv[2], '--page', 'leads']\n"
        "assert cli.main(words, window=app.main) == 0\n"
        "maps = open('/proc/self/maps').read() if sys.platform == 'linux' else ''\n"
        "print([name for name in ('sqlite3', '_sqlite3', 'PySide6.QtSql') if name in sys.modules], [\n"
        "    word for word in ('libsqlite3', 'lib-dynload/_sqlite3', 'qsqlite', 'libQt6Sql') if word in maps])\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "a.db"), str(tmp_path / "a.png")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    assert (ran.returncode, ran.stdout.splitlines()[-1:]) == (0, ["[] []"]), ran.stderr
    assert (tmp_path / "a.png").exists()


def test_a_command_that_imports_and_exports_loads_no_second_sqlite(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("Name,Phone\nMia Meyer,020 7946 0000\n")
    program = (
        "import sys\n"
        "from frontdesk import cli\n"
        "for words in (['import', sys.argv[2]], ['export', sys.argv[3]], ['export', sys.argv[3][:-3] + 'xlsx'], ['backup'], ['check']):\n"
        "    assert cli.main(['--database', sys.argv[1], *words], window=None) == 0, words\n"
        "maps = open('/proc/self/maps').read() if sys.platform == 'linux' else ''\n"
        "print([name for name in ('sqlite3', '_sqlite3', 'PySide6') if name in sys.modules], 'libsqlite3' in maps or 'lib-dynload/_sqlite3' in maps)\n"
    )
    words = [str(shell.place), str(tmp_path / "in.csv"), str(tmp_path / "out.csv")]
    ran = subprocess.run([sys.executable, "-c", program, *words], cwd=ROOT, capture_output=True, text=True, check=False, timeout=200)
    assert (ran.returncode, ran.stdout.splitlines()[-1:]) == (0, ["[] False"]), ran.stderr
