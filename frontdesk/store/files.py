"""Where the local database may lie: not on a network share, not in a folder that something else copies about, one window at a time."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import IO

from frontdesk.domain.problems import Refused
from frontdesk.store import local, schema

_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "glusterfs", "davfs", "webdav", "fuse.sshfs", "fuse.davfs2", "fuse.rclone",
     "fuse.gvfsd-fuse", "fuse.glusterfs", "fuse.s3fs"}
)  # fmt: skip
_SYNCED_NAMES = (
    "dropbox",
    "onedrive",
    "google drive",
    "googledrive",
    "icloud drive",
    "mobile documents",
    "nextcloud",
    "owncloud",
    "box sync",
    "syncthing",
    "pclouddrive",
    "mega",
)
_SYNCED_MARKS = (".dropbox", ".dropbox.cache", ".stfolder", ".nextcloudsync.log", ".owncloudsync.log", ".sync", "desktop.ini.onedrive")


def read_mounts() -> str:
    """What is mounted where, as Linux tells it; empty where there is no such file."""
    try:
        return Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def check_place(path: Path, mounts: Callable[[], str] | None = None) -> None:
    """Refuse a network share (its locks lie) and a synced folder (it copies half a transaction).

    Raises:
        Refused: `database_on_network` with the kind of file system, or `database_in_cloud_folder` with the folder's name.
    """
    whole = path.absolute()
    if str(whole).startswith(("\\\\", "//")):
        raise Refused("database_on_network", kind="share")
    kind = _file_system(PurePosixPath(whole.resolve()), (mounts or read_mounts)())
    if kind in _NETWORK:
        raise Refused("database_on_network", kind=kind)
    for folder in whole.parents:
        if _is_synced(folder):
            raise Refused("database_in_cloud_folder", folder=folder.name)


def _is_synced(folder: Path) -> bool:
    name = folder.name.lower()
    return any(name == known or name.startswith((known + " ", known + "-")) for known in _SYNCED_NAMES) or any(
        (folder / mark).exists() for mark in _SYNCED_MARKS
    )


def _file_system(path: PurePosixPath, mounts: str) -> str:
    """The kind of file system that holds the path: that of the deepest mount above it; the later of two in one place is on top."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        words = line.split(" ")
        if len(words) < 3:
            continue
        place = PurePosixPath(words[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\"))
        if path.is_relative_to(place) and len(place.parts) >= best:
            best, kind = len(place.parts), words[2]
    return kind


def is_empty(path: Path) -> bool:
    """Whether nothing is there: no file, or one without a byte."""
    try:
        return not path.exists() or (path.is_file() and path.stat().st_size == 0)
    except OSError:
        raise Refused("database_not_openable") from None


def state(path: Path) -> schema.State:
    """How a local file stands to this program; a file that is not there, or has no byte, is empty."""
    if is_empty(path):
        return schema.State.EMPTY
    if path.is_dir():
        raise Refused("database_not_openable")
    connection = local.connect(path, read_only=True)  # looking must not turn somebody else's file into a WAL database
    try:
        found = schema.state(connection)
        if schema.is_damaged(path, connection, found):
            raise Refused("database_damaged")
        return found
    finally:
        connection.close()


class Hold:
    """The one window's claim on a local database; commands may run beside it. Ends with the process, however that ends."""

    def __init__(self, database: Path, what: str = "window") -> None:
        """Claim it, or one other thing that only one program at a time may do with it.

        Raises:
            Refused: `database_in_use` while another window has it, `import_running` while another program imports.
        """
        self._path = database.with_name(f"{database.name}.{what}")  # never the database itself: closing any handle drops SQLite's locks
        self._file = self._opened()
        try:
            lock(self._file)
            while not self._is_there():  # another released it, and took the file away, between our opening and our locking
                self._file.close()
                self._file = self._opened()
                lock(self._file)
        except OSError:
            self._file.close()
            raise Refused("import_running" if what == "import" else "database_in_use") from None

    def release(self) -> None:
        """Give the claim up, and take its file away while the lock still keeps others from it."""
        is_ours = not self._file.closed and self._is_there()
        if sys.platform == "win32":  # there an open file cannot be taken away, and one that another has opened stays
            self._file.close()
        if is_ours:
            with suppress(OSError):
                self._path.unlink()
        self._file.close()

    def _opened(self) -> IO[bytes]:
        try:
            return self._path.open("a+b")
        except OSError:
            raise Refused("folder_not_writable") from None

    def _is_there(self) -> bool:
        """Whether the name still leads to the file that is locked; a lock on a file without a name keeps nobody out."""
        try:
            return os.path.samestat(os.fstat(self._file.fileno()), self._path.stat())
        except FileNotFoundError:
            return False


if sys.platform == "win32":
    import msvcrt

    def lock(file: IO[bytes]) -> None:
        """Lock a file, or raise OSError when another program has locked it."""
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def lock(file: IO[bytes]) -> None:
        """Lock a file, or raise OSError when another program has locked it."""
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
