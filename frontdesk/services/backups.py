"""Copies of a local database, checked before they count; upgrading and checking. A shared one is backed up by its own server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from frontdesk.domain.lines import Filter
from frontdesk.domain.problems import Refused
from frontdesk.services.desk import Desk
from frontdesk.services.settings import LEADERS, book
from frontdesk.store import backup, lists, seals, totals
from frontdesk.store.faults import Broken

A_DAY = timedelta(hours=20)
"""A practice that opens every morning is backed up every morning, also when it opens a little earlier."""
SEPARATORS = ("/", os.sep)
"""What the name of a folder may end with."""
EVERY, MANY = Filter(), 1_000_000_000
_SENSELESS = (Broken, ValueError, TypeError, LookupError, ArithmeticError, AttributeError)
"""How reading what a damaged page says can end, where SQLite itself saw nothing wrong with it."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check found: faults of the file, of the journal's seals, of references and of kept totals; sound when all are empty."""

    file: tuple[str, ...]
    seals: tuple[str, ...]
    totals: tuple[str, ...]
    leads: int
    journal: int

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.file or self.seals or self.totals)


def folder_of(place: str) -> Path:
    """Where the backups of a local database lie; Refused `shared_backup` for a server."""
    return backup.folder_of(_local(place))


def back_up(desk: Desk, place: str, target: str | None = None) -> Path:
    """Copy the database where somebody wants the copy, under the name or in the folder given; it holds everything, so only a leader may.

    Raises:
        Refused: `role_not_allowed`, `folder_missing`, `file_exists`, or what the copy is refused with.
    """
    if desk.who.role not in LEADERS:
        raise Refused("role_not_allowed", "role")
    if target is None:
        return _back_up(desk, place)
    path, chosen = _local(place), Path(target).resolve()
    if chosen.is_dir():
        return _back_up(desk, place, chosen)
    if target.endswith(SEPARATORS) or not chosen.parent.is_dir():
        raise Refused("folder_missing", "file")
    if chosen.exists():
        raise Refused("file_exists", "file")
    keep = _sealed(desk)
    try:
        with TemporaryDirectory(prefix=".frontdesk-", dir=chosen.parent) as beside:
            return backup.back_up(path, Path(beside), now=desk.clock(), keep=keep).rename(chosen)
    except OSError:
        raise Refused("folder_not_writable", "file") from None


def back_up_daily(desk: Desk, place: str) -> Path | None:
    """Back up when the newest backup is a day old or there is none; return where it lies, None when nothing was due."""
    newest = next(iter(backup.backups(_local(place), folder_of(place))), None)
    if newest is not None and desk.clock() - datetime.fromtimestamp(newest.stat().st_mtime, UTC) < A_DAY:
        return None
    return _back_up(desk, place)


def _back_up(desk: Desk, place: str, folder: Path | None = None) -> Path:
    """Seal the journal, copy the database and check the copy; return where it lies, beside the database unless a folder is given."""
    keep = _sealed(desk)
    return backup.back_up(_local(place), folder or folder_of(place), now=desk.clock(), keep=keep)


def _sealed(desk: Desk) -> int:
    """Seal what is in the journal; a database of a newer program can only be read. Return how many backups are kept."""
    if desk.database.refusal is None:
        desk.do(seals.add)
    return desk.ask(book).backup_keep


def newest_sound(place: str) -> Path | None:
    """The newest backup that can be read through, to be offered when the database is damaged."""
    return backup.newest_sound(_local(place), folder_of(place))


@contextmanager
def telling_damage(place: str) -> Iterator[None]:
    """What fails in this block because the database is damaged is refused as that, with the newest sound backup by its name.

    Raises:
        Refused: `database_damaged_backup`, `database_damaged_no_backup`; every other problem stays as it is.
    """
    try:
        yield
    except Refused as problem:
        raise (_offer(place) if problem.code == "database_damaged" and "://" not in place else problem) from None
    except _SENSELESS:
        if not _is_damaged(place):
            raise
        raise _offer(place) from None


def upgrade_database(place: str, *, now: datetime) -> Path | None:
    """Bring a database to this program's version; a local one is backed up first, and the backup's path returned."""
    from frontdesk.store import upgrade  # noqa: PLC0415 - Alembic costs 100 ms, and is needed once for each version

    if "://" in place:
        upgrade.upgrade_server(place)
        return None
    return upgrade.upgrade_file(Path(place), now=now)


def check(desk: Desk, place: str) -> Findings:
    """Read everything once: the file, the seals of the journal, and the kept totals against a recount."""
    report = desk.ask(seals.verify)
    differing = desk.ask(totals.differences)
    return Findings(
        () if "://" in place else tuple(backup.examine(Path(place))),
        tuple(f"{each.kind} {each.number}" for each in report.problems),
        tuple(str(each) for each in differing),
        desk.ask(lists.count, EVERY, MANY),
        report.sealed + report.unsealed,
    )


def _offer(place: str) -> Refused:
    offered = newest_sound(place)
    return Refused("database_damaged_no_backup") if offered is None else Refused("database_damaged_backup", backup=offered.name)


def _is_damaged(place: str) -> bool:
    """Only looked at when something failed that cannot fail: it takes reading the whole file."""
    return "://" not in place and Path(place).is_file() and bool(backup.examine(Path(place)))


def _local(place: str) -> Path:
    if "://" in place:
        raise Refused("shared_backup", "database")
    return Path(place)
