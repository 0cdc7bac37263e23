"""Putting a backup back: who may, and what stands there afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.domain.lines import Filter
from frontdesk.services import backups, leads, practices, restoring
from frontdesk.services.desk import Desk
from frontdesk.services.people import PersonFields
from frontdesk.store import lists
from tests.services.practice import Clock, refused


@pytest.fixture
def saved(local_file: Path, clock: Clock) -> Path:
    """A backup with one lead, of a practice that has two by now."""
    desk = practices.open_desk(str(local_file), person="Ines", clock=clock)
    with desk.database:
        desk.do(leads.create_lead, person=PersonFields("Ann"))
        made = backups.back_up(desk, str(local_file))
        desk.do(leads.create_lead, person=PersonFields("Bo"))
    return made


def lead_count(place: Path, clock: Clock) -> int:
    with practices.open_desk(str(place), person="Ines", clock=clock).database as database:
        return Desk(database, practices.SYSTEM, clock).ask(lists.count, Filter())


def test_restore_brings_back_what_the_backup_has_and_keeps_what_it_replaces(local_file: Path, saved: Path, clock: Clock) -> None:
    used, kept = restoring.restore(str(local_file), None, person="Ines", clock=clock)
    assert used == saved
    assert kept is not None
    assert (lead_count(local_file, clock), lead_count(kept, clock)) == (1, 2)


@pytest.mark.parametrize("person", ["Ada", "Grace", "Omar", "Uma"])
@pytest.mark.parametrize("named", [True, False])
def test_restore_is_for_administrators_of_the_practice_that_stands_there(
    local_file: Path, saved: Path, clock: Clock, person: str, *, named: bool
) -> None:
    with refused("administrator_needed", "role"):
        restoring.restore(str(local_file), str(saved) if named else None, person=person, clock=clock)
    assert lead_count(local_file, clock) == 2


def test_restore_refuses_whom_the_practice_does_not_know(local_file: Path, saved: Path, clock: Clock) -> None:
    with refused("staff_unknown", "person"):
        restoring.restore(str(local_file), str(saved), person="Nobody", clock=clock)
    with refused("person_needed", "person"):
        restoring.restore(str(local_file), str(saved), person=None, clock=clock)


@pytest.mark.parametrize("left", [b"", b"SQLite format 3\x00" + b"x" * 5000], ids=["emptied", "overwritten"])
def test_anybody_may_restore_what_is_damaged_since_it_cannot_be_asked_who_works_there(
    local_file: Path, saved: Path, clock: Clock, left: bytes
) -> None:
    local_file.write_bytes(left)
    assert restoring.restore(str(local_file), None, person="Uma", clock=clock, in_window=True)[0] == saved
    assert lead_count(local_file, clock) == 1


def test_where_nothing_stands_anybody_may_put_a_backup(saved: Path, tmp_path: Path, clock: Clock) -> None:
    for name, is_there in (("new.db", False), ("empty.db", True)):
        place = tmp_path / "elsewhere" / name
        place.parent.mkdir(exist_ok=True)
        if is_there:
            place.touch()
        restoring.restore(str(place), str(saved), person=None, clock=clock)
        assert lead_count(place, clock) == 1


def test_restore_refuses_when_there_is_no_backup_or_no_such_file(local_file: Path, clock: Clock) -> None:
    with refused("no_backup", "file"):
        restoring.restore(str(local_file), None, person="Ines", clock=clock)
    with refused("file_not_found", "file"):
        restoring.restore(str(local_file), "nowhere.db", person="Ines", clock=clock)
    with refused("shared_backup", "database"):
        restoring.restore("postgresql://somewhere/practice", None, person="Ines", clock=clock)


def test_restore_refuses_a_file_that_is_no_backup_and_leaves_the_database(local_file: Path, tmp_path: Path, clock: Clock) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"SQLite format 3\x00" + b"x" * 5000)
    before = local_file.read_bytes()
    with refused("backup_unsound"):
        restoring.restore(str(local_file), str(broken), person="Ines", clock=clock)
    assert local_file.read_bytes() == before
