"""Where a file may be written, and how: under a harmless name, inside the chosen folder, complete or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
import unicodedata
from collections.abc import Callable
from pathlib import Path

from frontdesk.domain.problems import Refused

_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))})
"""Names that Windows takes for a device, whatever follows the dot."""

LONGEST_NAME = 80
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def safe_name(text: str, suffix: str) -> str:
    """A file name made of any text: letters, digits, blanks and `._-` of it, never hidden, never a device, never empty."""
    plain = unicodedata.normalize("NFKC", text)
    kept = "".join(each if each.isalnum() or each in " ._-" else "_" for each in plain if unicodedata.category(each)[0] != "C")
    name = kept.strip(" .")[:LONGEST_NAME].rstrip(" .") or "export"
    return f"{'_' if name.split('.')[0].strip().lower() in _DEVICES else ''}{name}{suffix}"


def inside(folder: Path, name: str) -> Path:
    """The path of that name directly in the folder; a name that leads elsewhere is refused."""
    if not name or name in {".", ".."} or any(each in name for each in "/\\:\0"):
        raise Refused("file_name_unusable", "file")
    return folder.resolve() / name


def write_whole(target: Path, write: Callable[[Path], int], *, overwrite: bool) -> int:
    """Let `write` fill a file beside the target and put it in place when it is complete and on the disk; else nothing remains.

    An existing file stays unless `overwrite` says otherwise, even when it appears while writing.
    """
    if not overwrite and os.path.lexists(target):
        raise Refused("file_exists", "file")
    try:
        with tempfile.TemporaryDirectory(prefix=".frontdesk-", dir=target.parent) as folder:
            unfinished = Path(folder) / "unfinished"
            count = write(unfinished)
            _settle(unfinished)
            _place(unfinished, target, overwrite=overwrite)
    except OSError as problem:
        raise _refused(problem) from None
    return count


def _settle(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _place(unfinished: Path, target: Path, *, overwrite: bool) -> None:
    """A link refuses to replace; where the file system knows no links, the name is looked up once more just before."""
    if not overwrite:
        with contextlib.suppress(PermissionError, NotImplementedError, AttributeError):
            os.link(unfinished, target)
            return
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, "exists")
    unfinished.replace(target)


def _refused(problem: OSError) -> Refused:
    if isinstance(problem, FileExistsError):
        return Refused("file_exists", "file")
    if problem.errno in _FULL:
        return Refused("disk_full", "file")
    return Refused("folder_not_writable", "file")
