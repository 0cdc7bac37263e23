"""Copies that can be trusted, and the check of a whole database."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from frontdesk.services import backups, practices
from frontdesk.services.desk import Desk
from frontdesk.store import local
from tests.services.practice import MONDAY, Clock, Office, refused


@pytest.fixture
def desk_of_file(local_file: Path, clock: Clock) -> Desk:
    return practices.open_desk(str(local_file), person="Ines", clock=clock)


def test_back_up_makes_a_sound_copy_beside_the_database(desk_of_file: Desk, local_file: Path) -> None:
    with desk_of_file.database:
        made = backups.back_up(desk_of_file, str(local_file))
    assert made.parent == backups.folder_of(str(local_file)) == local_file.parent / "backups"
    assert backups.newest_sound(str(local_file)) == made


def test_back_up_goes_where_it_is_told(desk_of_file: Desk, local_file: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    with desk_of_file.database:
        made = backups.back_up(desk_of_file, str(local_file), str(tmp_path / "elsewhere"))
        named = backups.back_up(desk_of_file, str(local_file), str(tmp_path / "named.db"))
    assert made.parent == tmp_path / "elsewhere"
    assert named == tmp_path / "named.db"
    assert list(tmp_path.glob(".frontdesk-*")) == []


@pytest.mark.parametrize("name", ["none/named.db", "none/"])
def test_back_up_refuses_a_folder_that_is_not_there_and_makes_none(desk_of_file: Desk, local_file: Path, tmp_path: Path, name: str) -> None:
    with desk_of_file.database, refused("folder_missing", "file"):
        backups.back_up(desk_of_file, str(local_file), f"{tmp_path}/{name}")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(("person", "may"), [("Ines", True), ("Ada", True), ("Grace", False), ("Omar", False), ("Uma", False)])
def test_back_up_is_for_leaders_since_a_copy_holds_everything(local_file: Path, clock: Clock, person: str, *, may: bool) -> None:
    desk = practices.open_desk(str(local_file), person=person, clock=clock)
    with desk.database:
        if may:
            assert backups.back_up(desk, str(local_file)).is_file()
        else:
            with refused("role_not_allowed", "role"):
                backups.back_up(desk, str(local_file))


def test_the_daily_backup_is_made_whoever_has_the_window_open(local_file: Path, clock: Clock) -> None:
    desk = practices.open_desk(str(local_file), person="Uma", clock=clock)
    with desk.database:
        assert backups.back_up_daily(desk, str(local_file)) is not None


def test_a_database_of_a_newer_program_can_be_copied_too(local_file: Path, clock: Clock) -> None:
    link = local.connect(local_file)
    link.execute("UPDATE alembic_version SET version_num = '9999'")
    link.close()
    desk = practices.open_desk(str(local_file), person="Ines", clock=clock)
    with desk.database:
        assert desk.database.refusal == "database_newer"
        assert backups.back_up(desk, str(local_file)).is_file()


def test_back_up_daily_makes_one_a_day(desk_of_file: Desk, local_file: Path, clock: Clock) -> None:
    made = backups.back_up_daily(desk_of_file, str(local_file))
    assert made is not None
    moment = clock.now.timestamp()
    os.utime(made, (moment, moment))
    again = backups.back_up_daily(desk_of_file, str(local_file))
    clock.now += timedelta(hours=23)
    next_day = backups.back_up_daily(desk_of_file, str(local_file))
    assert (again, next_day is not None, next_day != made) == (None, True, True)


def test_newest_sound_passes_over_a_damaged_backup(desk_of_file: Desk, local_file: Path, clock: Clock) -> None:
    with desk_of_file.database:
        older = backups.back_up(desk_of_file, str(local_file))
        clock.advance(hours=1)
        newer = backups.back_up(desk_of_file, str(local_file))
    content = bytearray(newer.read_bytes())
    content[4096:8192] = b"\x00" * 4096
    newer.write_bytes(content)
    assert backups.newest_sound(str(local_file)) == older


def test_upgrade_database_finds_nothing_to_do_at_head(local_file: Path) -> None:
    assert backups.upgrade_database(str(local_file), now=MONDAY) is None


def test_upgrade_database_of_a_server_is_done_by_whoever_asks(shared_url: str) -> None:
    assert backups.upgrade_database(shared_url, now=MONDAY) is None


@pytest.mark.parametrize("asked", [backups.folder_of, backups.newest_sound])
def test_a_server_is_backed_up_by_itself(asked: object) -> None:
    with refused("shared_backup", "database"):
        asked("postgresql://somewhere/practice")  # type: ignore[operator]


def test_check_finds_a_fresh_practice_sound(office: Office) -> None:
    office.new()
    place = str(office.database.home.path) if office.database.is_local else "postgresql://here"  # type: ignore[union-attr]
    findings = backups.check(office.desk, place)
    assert findings.is_sound
    assert findings.leads == 1
    assert findings.journal > 0


def test_check_finds_totals_that_are_not_what_a_recount_says(office: Office) -> None:
    from sqlalchemy import update

    from frontdesk.store import tables as t

    office.new()
    office.desk.do(lambda tx: tx.write(update(t.total).values(created=t.total.c.created + 1)))
    place = str(office.database.home.path) if office.database.is_local else "postgresql://here"  # type: ignore[union-attr]
    findings = backups.check(office.desk, place)
    assert not findings.is_sound
    assert findings.totals
