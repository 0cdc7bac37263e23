"""Backups that count only when they are sound, and a restore that keeps what it replaces."""

from __future__ import annotations

import errno
import os
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy import func, select

from frontdesk.domain.problems import Refused
from frontdesk.store import backup, feed, files, local, seals
from frontdesk.store import tables as t
from frontdesk.store.engine import Database, open_database
from tests.databases import NOW, reading, writing
from tests.store.rows import add_source


def fill(path: Path, *labels: str) -> None:
    with open_database(path, now=NOW) as database:
        for label in labels:
            with writing(database, who=7) as tx:
                add_source(tx, label)
        with writing(database) as tx:
            seals.add(tx)


def labels(path: Path) -> list[str]:
    with open_database(path, now=NOW) as database, reading(database) as tx:
        return [row[0] for row in tx.rows(select(t.source.c.label).order_by(t.source.c.id))]


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 : 4096 + 2000] = bytes(2000)
    path.write_bytes(content)


def back_up(path: Path, *, minutes: int = 0, **more: int) -> Path:
    return backup.back_up(path, path.parent / "backups", now=NOW + timedelta(minutes=minutes), **more)


def test_a_backup_is_one_sound_file_with_everything_in_it(local_path: Path) -> None:
    fill(local_path, "A", "B")
    made = back_up(local_path)
    assert made.name == "practice-20260302-090000.backup.db"
    assert [each.name for each in made.parent.iterdir()] == [made.name]
    assert backup.examine(made) == []
    assert labels(made) == ["A", "B"]
    with open_database(made, now=NOW) as copy, reading(copy) as tx:
        assert seals.verify(tx).problems == ()


def test_a_backup_says_why_it_was_made(local_path: Path) -> None:
    made = backup.back_up(local_path, local_path.parent, now=NOW, why="before-upgrade")
    assert made.name == "practice-20260302-090000-before-upgrade.backup.db"


def test_two_backups_in_one_second_get_names_of_their_own(local_path: Path) -> None:
    assert len({back_up(local_path), back_up(local_path), back_up(local_path)}) == 3


def test_only_the_newest_backups_are_kept(local_path: Path) -> None:
    made = [back_up(local_path, minutes=n, keep=3) for n in range(5)]
    assert backup.backups(local_path, local_path.parent / "backups") == made[:1:-1]


def test_backups_of_another_database_are_not_touched(local_path: Path) -> None:
    folder = local_path.parent / "backups"
    folder.mkdir()
    others = [folder / "practice-old.backup.db", folder / "other-20260101-000000.backup.db", folder / "notes.txt"]
    for other in others:
        other.touch()
    back_up(local_path, keep=1)
    back_up(local_path, minutes=1, keep=1)
    assert all(other.exists() for other in others)
    assert len(backup.backups(local_path, folder)) == 1


def test_a_name_with_wildcards_finds_its_own_backups(tmp_path: Path) -> None:
    path = tmp_path / "a[1]*.db"
    open_database(path, now=NOW).close()
    made = back_up(path)
    assert backup.backups(path, tmp_path / "backups") == [made]


def test_a_backup_while_others_write_is_whole(local_database: Database, local_path: Path) -> None:
    stop = threading.Event()
    written = 0

    def write() -> None:
        nonlocal written
        while not stop.is_set():
            with writing(local_database) as tx:
                add_source(tx, f"{written} one")
                add_source(tx, f"{written} two")
            written += 1

    thread = threading.Thread(target=write)
    thread.start()
    made = [back_up(local_path, minutes=n) for n in range(3)]
    stop.set()
    thread.join()
    counts = []
    for each in made:
        with open_database(each, now=NOW) as copy, reading(copy) as tx:
            counts.append(tx.value(select(func.count()).select_from(t.source)))
    assert all(number % 2 == 0 for number in counts)
    assert counts == sorted(counts)


def test_a_damaged_database_makes_no_backup(local_path: Path) -> None:
    fill(local_path, "A")
    damage(local_path)
    with pytest.raises(Refused):
        back_up(local_path)
    assert list((local_path.parent / "backups").iterdir()) == []


def test_a_full_disk_leaves_no_half_backup(local_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(local_path, "A")
    real = driver.connect

    def connect(address: str, **settings: object) -> object:
        connection = real(address, **settings)
        if address.endswith(".half"):
            connection.execute("PRAGMA max_page_count=3")
        return connection

    monkeypatch.setattr(driver, "connect", connect)
    with pytest.raises(Refused, match="disk_full"):
        back_up(local_path)
    assert list((local_path.parent / "backups").iterdir()) == []


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, "disk_full"), (errno.EACCES, "folder_not_writable")])
def test_what_the_system_refuses_is_told(local_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(Refused, match=code):
        back_up(local_path)
    assert list((local_path.parent / "backups").iterdir()) == []


def test_a_backup_folder_that_cannot_be_made_is_told(local_path: Path) -> None:
    (local_path.parent / "backups").touch()
    with pytest.raises(Refused, match="folder_not_writable"):
        back_up(local_path)


def test_the_newest_sound_backup_is_found_past_damaged_ones(local_path: Path) -> None:
    fill(local_path, "A")
    sound = back_up(local_path)
    fill(local_path, "B")
    damage(back_up(local_path, minutes=1))
    assert backup.newest_sound(local_path, local_path.parent / "backups") == sound


def test_without_a_backup_none_is_offered(local_path: Path) -> None:
    assert backup.newest_sound(local_path, local_path.parent / "backups") is None


def test_a_restore_brings_the_backup_back_and_keeps_what_it_replaced(local_path: Path) -> None:
    fill(local_path, "A")
    made = back_up(local_path)
    fill(local_path, "B")
    kept = backup.restore(made, local_path, now=NOW)
    assert labels(local_path) == ["A"]
    assert kept is not None
    assert labels(kept) == ["A", "B"]
    with open_database(local_path, now=NOW) as database, reading(database) as tx:
        assert seals.verify(tx).problems == ()


def test_a_restore_after_damage_works(local_path: Path) -> None:
    fill(local_path, "A")
    made = back_up(local_path)
    damage(local_path)
    backup.restore(made, local_path, now=NOW)
    assert labels(local_path) == ["A"]


def test_a_restore_where_nothing_is_needs_nothing_to_replace(local_path: Path) -> None:
    fill(local_path, "A")
    made = back_up(local_path)
    local_path.unlink()
    assert backup.restore(made, local_path, now=NOW) is None
    assert labels(local_path) == ["A"]


def test_after_a_restore_everybody_reloads_everything(local_path: Path) -> None:
    made = back_up(local_path)
    with open_database(local_path, now=NOW) as database, reading(database) as tx:
        cursor = feed.start(tx)
    backup.restore(made, local_path, now=NOW)
    with open_database(local_path, now=NOW) as database, reading(database) as tx:
        assert feed.news(tx, cursor).everything


def test_a_restore_needs_the_file_alone(local_path: Path) -> None:
    made = back_up(local_path)
    with open_database(local_path, now=NOW) as database:
        with reading(database), pytest.raises(Refused, match="database_in_use"):
            backup.restore(made, local_path, now=NOW)
        with reading(database) as tx:
            assert tx.rows(t.source.select()) == []


def test_a_restore_is_refused_while_a_window_has_the_database(local_path: Path) -> None:
    made = back_up(local_path)
    hold = files.Hold(local_path)
    with pytest.raises(Refused, match="database_in_use"):
        backup.restore(made, local_path, now=NOW)
    hold.release()


@pytest.mark.parametrize("kind", ["missing", "damaged", "other"])
def test_only_a_sound_backup_of_ours_is_restored(local_path: Path, kind: str) -> None:
    fill(local_path, "A")
    made = back_up(local_path)
    if kind == "missing":
        made.unlink()
    elif kind == "damaged":
        damage(made)
    else:
        made.unlink()
        connection = driver.connect(str(made), isolation_level=None)
        connection.execute("CREATE TABLE song(id INTEGER)")
        connection.close()
    with pytest.raises(Refused, match="backup_unsound"):
        backup.restore(made, local_path, now=NOW)
    assert labels(local_path) == ["A"]


def test_a_full_disk_during_a_restore_leaves_the_database_as_it_was(local_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(local_path, "A")
    made = back_up(local_path)
    fill(local_path, "B")

    def fail(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(Refused, match="disk_full"):
            backup.restore(made, local_path, now=NOW)
    assert labels(local_path) == ["A", "B"]
    assert [each for each in local_path.parent.iterdir() if each.name.endswith(".half")] == []


def test_a_reference_to_nothing_is_found(local_path: Path) -> None:
    connection = local.connect(local_path)
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("INSERT INTO journal_detail (number) VALUES (99)")
    connection.close()
    assert backup.examine(local_path) == ["reference from journal_detail"]


def test_an_instant_of_any_zone_names_the_backup_in_utc(local_path: Path) -> None:
    summer = datetime.fromisoformat("2026-07-01T01:30:00+02:00")
    assert backup.back_up(local_path, local_path.parent, now=summer).name == "practice-20260630-233000.backup.db"
