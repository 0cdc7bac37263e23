"""Setting up a practice, and opening it as one of its people."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.domain.records import StaffMember
from frontdesk.domain.workflow import Role
from frontdesk.services import practices, settings, undo
from frontdesk.services.desk import Desk
from frontdesk.services.practices import PRESETS, Beginning
from frontdesk.store import staff, workflows
from frontdesk.store.engine import Database
from tests.services.practice import MONDAY, Clock, Office, refused


def test_set_up_makes_book_office_workflows_and_the_first_administrator(database: Database, clock: Clock) -> None:
    first = Desk(database, practices.SYSTEM, clock)
    beginning = Beginning("Smile", "Asia/Tokyo", "jp", "", "sales_funnel", "Kei", practice_mode=True)
    person = first.do(practices.set_up, beginning=beginning).value
    book = first.ask(settings.book)
    assert (book.practice_name, book.country, book.currency, book.practice_mode) == ("Smile", "JP", "JPY", True)
    assert first.ask(settings.location).zone == "Asia/Tokyo"
    assert first.ask(workflows.active).key == "sales_funnel"
    assert [each.key for each in first.ask(settings.workflows_known)] == list(PRESETS)
    assert first.ask(staff.every) == (person,)
    assert person is not None
    assert (person.name, person.role) == ("Kei", Role.ADMINISTRATOR)


def test_set_up_knows_the_country_of_the_zone(database: Database, clock: Clock) -> None:
    first = Desk(database, practices.SYSTEM, clock)
    first.do(practices.set_up, beginning=Beginning(zone="Europe/Zurich", currency="eur", person="A"))
    book = first.ask(settings.book)
    assert (book.country, book.currency) == ("CH", "EUR")


@pytest.mark.parametrize(
    ("beginning", "code", "field"),
    [
        (Beginning(zone="Mars/Base"), "zone_unknown", "time_zone"),
        (Beginning(zone="UTC", country="XX"), "setting_not_valid", "country"),
        (Beginning(zone="UTC", country="GB", currency="nonsense"), "setting_not_valid", "currency"),
        (Beginning(workflow="nonsense"), "workflow_unknown", "workflow"),
    ],
)
def test_set_up_refuses_what_it_does_not_know_and_leaves_nothing(
    database: Database, clock: Clock, beginning: Beginning, code: str, field: str
) -> None:
    first = Desk(database, practices.SYSTEM, clock)
    with refused(code, field):
        first.do(practices.set_up, beginning=beginning)
    assert first.ask(staff.every) == ()


def test_set_up_refuses_a_database_that_has_a_practice(office: Office) -> None:
    with refused("already_a_practice"):
        office.do(practices.set_up, beginning=Beginning(zone="UTC", country="GB"))


def test_set_up_is_nothing_that_undo_takes_back(database: Database, clock: Clock) -> None:
    first = Desk(database, practices.SYSTEM, clock)
    person = first.do(practices.set_up, beginning=Beginning(zone="UTC", country="GB", person="A")).value
    assert person is not None
    with refused("nothing_to_undo"):
        Desk(database, person, clock).do(undo.undo)


def test_exists_says_whether_there_is_a_practice_and_makes_no_file(local_file: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere.db"
    assert practices.exists(str(local_file), now=MONDAY)
    assert not practices.exists(str(nowhere), now=MONDAY)
    assert not nowhere.exists()


def test_open_desk_sets_up_a_new_file_with_defaults(tmp_path: Path, clock: Clock) -> None:
    desk = practices.open_desk(tmp_path / "new.db", person=None, clock=clock)
    with desk.database:
        assert (desk.who.name, desk.who.role) == (practices.system_person(), Role.ADMINISTRATOR)
        assert desk.ask(settings.book).workflow == "front_desk"


def test_open_desk_signs_in_as_the_colleague_named(local_file: Path, clock: Clock) -> None:
    desk = practices.open_desk(str(local_file), person="OMAR", clock=clock)
    with desk.database:
        assert desk.who.role is Role.CALL_CENTRE


def as_user(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: name)


def test_open_desk_without_a_name_takes_the_systems_user(local_file: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    as_user("omar", monkeypatch)
    with (desk := practices.open_desk(str(local_file), person=None, clock=clock)).database:
        assert desk.who.role is Role.CALL_CENTRE


def test_open_desk_without_a_name_takes_the_only_one_who_works_there(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    practices.open_desk(tmp_path / "new.db", person="Ines", clock=clock).database.close()
    as_user("stranger", monkeypatch)
    with (desk := practices.open_desk(tmp_path / "new.db", person=None, clock=clock)).database:
        assert desk.who.name == "Ines"


def test_open_desk_without_a_name_takes_nobody_of_several_for_a_stranger(
    local_file: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_user("stranger", monkeypatch)
    with refused("person_needed", "person"):
        practices.open_desk(str(local_file), person=None, clock=clock)


def test_a_window_opens_for_a_stranger_as_the_first_administrator_until_people_sign_in(
    local_file: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_user("stranger", monkeypatch)
    with (desk := practices.open_desk(str(local_file), person=None, clock=clock, in_window=True)).database:
        assert desk.who.name == "Ines"


def test_open_desk_refuses_a_stranger_and_somebody_who_left(local_file: Path, clock: Clock) -> None:
    with refused("staff_unknown", "person"):
        practices.open_desk(str(local_file), person="Nobody", clock=clock)
    with practices.open_desk(str(local_file), person="Ines", clock=clock).database as database:
        desk = Desk(database, practices.SYSTEM, clock)
        before = desk.ask(staff.find, "Omar")
        assert before is not None
        desk.do(staff.save, before, StaffMember(before.id, before.name, before.role, active=False, version=before.version))
    with refused("staff_unknown", "person"):
        practices.open_desk(str(local_file), person="Omar", clock=clock)


def test_the_country_of_a_zone_that_is_in_no_table_is_the_default() -> None:
    assert practices.system_country("Etc/UTC") == "US"


def test_the_system_has_a_zone() -> None:
    assert practices.system_zone()


def test_a_user_without_a_name_is_the_administrator(monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise OSError

    monkeypatch.setattr("getpass.getuser", nameless)
    assert practices.system_person() == "Administrator"
