"""Copies that can be trusted, putting them back, and the check of a whole database."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from frontdesk.domain.lines import Filter
from frontdesk.domain.problems import Refused
from frontdesk.services import backups, leads, practices
from frontdesk.services.desk import Desk
from frontdesk.services.people import PersonFields
from frontdesk.store import lists
from tests.services.practice import MONDAY, Clock, Office, refused


@pytest.fixture
def desk_of_file(local_file: Path, clock: Clock) -> Desk:
    return practices.open_desk(str(local_file), person="Ines", clock=clock)


def lead_count(desk: Desk) -> int:
    return desk.ask(lists.count, Filter())


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


def test_back_up_refuses_a_name_in_a_folder_that_is_not_there(desk_of_file: Desk, local_file: Path, tmp_path: Path) -> None:
    with desk_of_file.database, pytest.raises(Refused, match="folder_not_writable"):
        backups.back_up(desk_of_file, str(local_file), str(tmp_path / "none" / "named.db"))


def test_back_up_daily_makes_one_a_day(desk_of_file: Desk, local_file: Path, clock: Clock) -> None:
    made = backups.back_up_daily(desk_of_file, str(local_file))
    assert made is not None
    moment = clock.now.timestamp()
    os.utime(made, (moment, moment))
    again = backups.back_up_daily(desk_of_file, str(local_file))
    clock.now += timedelta(hours=23)
    next_day = backups.back_up_daily(desk_of_file, str(local_file))
    assert (again, next_day is not None, next_day != made) == (None, True, True)


def test_restore_brings_back_what_the_backup_has_and_keeps_what_it_replaces(desk_of_file: Desk, local_file: Path, clock: Clock) -> None:
    with desk_of_file.database:
        desk_of_file.do(leads.create_lead, person=PersonFields("Ann"))
        made = backups.back_up(desk_of_file, str(local_file))
        desk_of_file.do(leads.create_lead, person=PersonFields("Bo"))
    used, kept = backups.restore(str(local_file), None, now=MONDAY)
    assert used == made
    assert kept is not None
    with practices.open_desk(str(local_file), person="Ines", clock=clock).database as database:
        assert lead_count(Desk(database, practices.SYSTEM, clock)) == 1
    with practices.open_desk(str(kept), person="Ines", clock=clock).database as database:
        assert lead_count(Desk(database, practices.SYSTEM, clock)) == 2


def test_restore_refuses_when_there_is_no_backup_or_no_such_file(local_file: Path) -> None:
    with refused("no_backup", "file"):
        backups.restore(str(local_file), None, now=MONDAY)
    with refused("file_not_found", "file"):
        backups.restore(str(local_file), "nowhere.db", now=MONDAY)


def test_restore_refuses_a_file_that_is_no_backup_and_leaves_the_database(local_file: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"SQLite format 3\x00" + b"x" * 5000)
    before = local_file.read_bytes()
    with refused("backup_unsound"):
        backups.restore(str(local_file), str(broken), now=MONDAY)
    assert local_file.read_bytes() == before


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
