"""Where the local database may lie, and one window at a time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from frontdesk.domain.problems import Refused
from frontdesk.store import files, schema
from frontdesk.store.engine import open_database
from tests.databases import NOW

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/clinic /mnt/nfs nfs4 rw 0 0
//server/clinic /mnt/cifs cifs rw 0 0
me@host:/ /mnt/ssh fuse.sshfs rw 0 0
https://cloud /mnt/dav fuse.davfs2 rw 0 0
/dev/sdb1 /mnt/with\\040space ext4 rw 0 0
server:/x /mnt/with\\040space/share nfs rw 0 0
tmpfs /mnt/nfs/local tmpfs rw 0 0
short
"""


def refusal(path: Path) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refused) as caught:
        files.check_place(path, lambda: MOUNTS)
    return caught.value.code, caught.value.facts


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/mnt/nfs/practice.db", "nfs4"),
        ("/mnt/cifs/a/b/practice.db", "cifs"),
        ("/mnt/ssh/practice.db", "fuse.sshfs"),
        ("/mnt/dav/practice.db", "fuse.davfs2"),
        ("/mnt/with space/share/practice.db", "nfs"),
    ],
)
def test_a_network_share_is_refused_with_its_kind(path: str, kind: str) -> None:
    assert refusal(Path(path)) == ("database_on_network", {"kind": kind})


@pytest.mark.parametrize(
    "path", ["/home/anna/practice.db", "/mnt/with space/practice.db", "/mnt/nfs/local/practice.db", "/mnt/nfsx/practice.db"]
)
def test_a_disk_of_this_computer_is_fine(path: str) -> None:
    files.check_place(Path(path), lambda: MOUNTS)


def test_a_share_named_by_its_server_is_refused() -> None:
    assert refusal(Path("//server/clinic/practice.db"))[0] == "database_on_network"


@pytest.mark.parametrize(
    "folder", ["Dropbox", "Dropbox (Clinic)", "OneDrive", "OneDrive - Clinic", "Google Drive", "Nextcloud", "Mobile Documents"]
)
def test_a_synced_folder_is_refused_by_its_name(tmp_path: Path, folder: str) -> None:
    assert refusal(tmp_path / folder / "deep" / "practice.db") == ("database_in_cloud_folder", {"folder": folder})


@pytest.mark.parametrize("mark", [".dropbox.cache", ".stfolder", ".nextcloudsync.log"])
def test_a_synced_folder_is_refused_by_what_its_program_leaves_there(tmp_path: Path, mark: str) -> None:
    (tmp_path / "renamed").mkdir()
    (tmp_path / "renamed" / mark).touch()
    assert refusal(tmp_path / "renamed" / "practice.db") == ("database_in_cloud_folder", {"folder": "renamed"})


def test_a_folder_that_only_sounds_like_one_is_fine(tmp_path: Path) -> None:
    files.check_place(tmp_path / "dropboxes" / "practice.db", lambda: MOUNTS)


def test_without_a_list_of_mounts_nothing_is_refused() -> None:
    files.check_place(Path("/mnt/nfs/practice.db"), str)


def test_the_list_of_mounts_of_this_computer_can_be_read(tmp_path: Path) -> None:
    assert files.read_mounts() or sys.platform != "linux"
    files.check_place(tmp_path / "practice.db")


def test_opening_a_database_in_a_synced_folder_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    path = tmp_path / "Dropbox" / "practice.db"
    with pytest.raises(Refused, match="database_in_cloud_folder"):
        open_database(path, now=NOW)
    assert not path.parent.exists()


def test_a_missing_and_an_empty_file_are_empty(tmp_path: Path) -> None:
    assert files.state(tmp_path / "none.db") is schema.State.EMPTY
    (tmp_path / "empty.db").touch()
    assert files.state(tmp_path / "empty.db") is schema.State.EMPTY


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    with pytest.raises(Refused, match="database_not_openable"):
        files.state(tmp_path)


def test_one_window_has_a_database_and_another_is_refused_until_it_lets_go(local_path: Path) -> None:
    hold = files.Hold(local_path)
    with pytest.raises(Refused, match="database_in_use"):
        files.Hold(local_path)
    hold.release()
    files.Hold(local_path).release()


def test_a_claim_leaves_no_file_behind_and_takes_no_file_of_another_away(local_path: Path) -> None:
    before = set(local_path.parent.iterdir())
    hold = files.Hold(local_path, "import")
    assert set(local_path.parent.iterdir()) - before == {local_path.with_name(f"{local_path.name}.import")}
    hold.release()
    assert set(local_path.parent.iterdir()) == before
    other = files.Hold(local_path, "import")
    hold.release()
    with pytest.raises(Refused, match="import_running"):
        files.Hold(local_path, "import")
    other.release()


@pytest.mark.skipif(sys.platform == "win32", reason="there an open file cannot be taken away")
def test_a_lock_on_a_file_that_was_taken_away_meanwhile_is_no_claim(local_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = files.Hold(local_path)
    lock, calls = files.lock, []

    def late(file: IO[bytes]) -> None:
        if not calls:
            first.release()  # between our opening and our locking
        calls.append(file)
        lock(file)

    monkeypatch.setattr(files, "lock", late)
    second = files.Hold(local_path)
    assert len(calls) == 2
    monkeypatch.undo()
    with pytest.raises(Refused, match="database_in_use"):
        files.Hold(local_path)
    second.release()


def test_of_many_that_claim_at_once_one_at_a_time_has_it(local_path: Path) -> None:
    code = f"""
import sys
from pathlib import Path
from typing import IO
from frontdesk.domain.problems import Refused
from frontdesk.store.files import Hold
inside = Path({str(local_path)!r} + ".inside")
for _ in range(300):
    try:
        hold = Hold(Path({str(local_path)!r}))
    except Refused:
        continue
    inside.touch(exist_ok=False)  # two at once would fail here
    inside.unlink()
    hold.release()
"""
    started = [subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parents[2]) for _ in range(4)]
    assert [each.wait() for each in started] == [0] * 4


def test_a_window_that_was_killed_holds_nothing(local_path: Path) -> None:
    code = f"import sys; from pathlib import Path; from frontdesk.store.files import Hold; h = Hold(Path({str(local_path)!r})); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    ) as window:
        assert window.stdout is not None
        assert window.stdout.readline() == b"held\n"
        with pytest.raises(Refused, match="database_in_use"):
            files.Hold(local_path)
        window.kill()
        window.wait()
    files.Hold(local_path).release()


def test_commands_run_beside_a_window(local_path: Path) -> None:
    hold = files.Hold(local_path)
    with open_database(local_path, now=NOW) as database:
        assert database.refusal is None
    hold.release()
