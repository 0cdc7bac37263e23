"""Copies of a local database that can be trusted: made while others write, looked at before they count, and put back whole."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from frontdesk.domain.problems import Refused
from frontdesk.store import files, local, schema
from frontdesk.store.faults import translated, translating

KEPT = 30
_ENDING = ".backup.db"
_PAGES = 4096  # copied at a time: a writer waits for one step at most
_SET_TOKEN = "UPDATE feed SET token = ? WHERE id = 1"  # noqa: S105 - not a secret


def back_up(database: Path, folder: Path, *, now: datetime, why: str = "", keep: int = KEPT) -> Path:
    """Copy the database into the folder under a name that sorts by time; it counts only when it was read through and found sound.

    Raises:
        Refused: `disk_full`, `database_damaged` … ; no half backup is left behind.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _refused(error) from None
    final = _free_name(folder, database, now, why)
    half = folder / f".{final.name}.{secrets.token_hex(4)}.half"  # several desks may upgrade, and back up first, in the same second
    try:
        _copy(database, half)
        if examine(half):
            raise Refused("database_damaged" if examine(database) else "backup_unsound")
        _flush(half)
        half.replace(final)
    except OSError as error:
        raise _refused(error) from None
    finally:
        _forget(half)
    _thin_out(database, folder, keep)
    return final


def folder_of(database: Path) -> Path:
    """Where the backups lie that are made by themselves."""
    return database.resolve().parent / "backups"


def backups(database: Path, folder: Path) -> list[Path]:
    """All backups of this database, newest first."""
    return sorted(folder.glob(f"{_escaped(database.stem)}-[0-9]*{_ENDING}"), key=lambda file: file.name, reverse=True)


def newest_sound(database: Path, folder: Path) -> Path | None:
    """The newest backup that can be read through; what is offered when the database is damaged."""
    return next((file for file in backups(database, folder) if not examine(file)), None)


def restore(backup: Path, database: Path, *, now: datetime) -> Path | None:
    """Put a backup in the database's place; what stood there is kept beside it, and its path returned. Needs the file alone.

    Raises:
        Refused: `backup_unsound`, `database_in_use`, `disk_full` …
    """
    if not backup.is_file() or examine(backup):
        raise Refused("backup_unsound")
    hold = files.Hold(database)
    half = database.with_name(f".{database.name}.half")
    try:
        if _is_in_use(database):
            raise Refused("database_in_use")
        _copy(backup, half)
        _renew_feed(half)
        if examine(half):
            raise Refused("backup_unsound")
        _flush(half)
        kept = _set_aside(database, now)
        half.replace(database)
        _flush(database)
    except OSError as error:
        raise _refused(error) from None
    finally:
        _forget(half)
        hold.release()
    return kept


def examine(file: Path) -> list[str]:
    """What SQLite finds wrong with a file, in its own words; empty when it is sound and is a database of ours."""
    try:
        connection = local.connect(file, read_only=True)
    except Refused as refusal:
        return [refusal.code]
    try:
        with translating():
            found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(10)") if row[0] != "ok"]
            found += [f"reference from {row[0]}" for row in connection.execute("PRAGMA foreign_key_check").fetchmany(10)]
        if not found and schema.state(connection) in {schema.State.EMPTY, schema.State.FOREIGN}:
            found.append("database_foreign")
    except Refused as refusal:
        return [refusal.code]
    finally:
        connection.close()
    return found


def _copy(source: Path, target: Path) -> None:
    """Through SQLite itself: a plain copy of a file in use was broken one time in eight."""
    _forget(target)
    reader = local.connect(source, read_only=True)
    try:
        with translating():
            writer = driver.connect(str(target), isolation_level=None)
            try:
                reader.backup(writer, pages=_PAGES, sleep=0.001)
                writer.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
            finally:
                writer.close()
    finally:
        reader.close()


def _is_in_use(database: Path) -> bool:
    """Whether somebody else has the file open; a damaged one cannot be asked, and then the window's claim must do."""
    if not database.exists():
        return False
    connection = driver.connect(str(database), isolation_level=None, timeout=0.5)
    try:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("ROLLBACK")
    except driver.Error as error:
        return getattr(translated(error), "code", "") == "database_locked"
    finally:
        connection.close()
    return False


def _renew_feed(file: Path) -> None:
    """Desks and pages that read on from before the restore must start afresh."""
    with translating():
        connection = driver.connect(str(file), isolation_level=None)
        try:
            connection.execute(_SET_TOKEN, (secrets.token_hex(16),))
        finally:
            connection.close()


def _set_aside(database: Path, now: datetime) -> Path | None:
    """Keep what is replaced, with its log: it may hold what the backup has not."""
    if not database.exists():
        return None
    kept = database.with_name(f"{database.stem}-replaced-{_stamp(now)}-{secrets.token_hex(2)}{database.suffix}")
    for ending in ("-wal", "-shm"):
        beside = database.with_name(database.name + ending)
        if beside.exists():
            beside.replace(kept.with_name(kept.name + ending))
    return database.replace(kept)


def _free_name(folder: Path, database: Path, now: datetime, why: str) -> Path:
    words = "-".join(word for word in (database.stem, _stamp(now), why) if word)
    name, number = folder / f"{words}{_ENDING}", 1
    while name.exists():
        number += 1
        name = folder / f"{words}-{number}{_ENDING}"
    return name


def _thin_out(database: Path, folder: Path, keep: int) -> None:
    for old in backups(database, folder)[keep:]:
        old.unlink(missing_ok=True)


def _stamp(now: datetime) -> str:
    return now.astimezone(UTC).strftime("%Y%m%d-%H%M%S")


def _escaped(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "[]*?" else letter for letter in name)


def _flush(file: Path) -> None:
    """Written to the disk, and its name too where a folder can be flushed."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())
    if os.name == "posix":
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _forget(half: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            half.with_name(half.name + ending).unlink(missing_ok=True)


def _refused(error: OSError) -> Refused:
    return Refused("disk_full" if error.errno in {28, 122} else "folder_not_writable")
