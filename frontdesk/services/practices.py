"""Opening a practice's database as somebody, and setting up a new one."""

from __future__ import annotations

import getpass
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from frontdesk.domain import settings as books
from frontdesk.domain import workflow_text
from frontdesk.domain.contacts import fold
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Location, StaffMember
from frontdesk.domain.settings import Book
from frontdesk.domain.workdays import zone_named
from frontdesk.domain.workflow import Role, Workflow
from frontdesk.places import shipped
from frontdesk.services.backups import telling_damage
from frontdesk.services.desk import Desk
from frontdesk.store import imports, locations, settings, staff, workflows
from frontdesk.store.engine import open_database
from frontdesk.store.tx import Tx

PRESETS = ("front_desk", "three_attempts", "six_follow_ups", "appointment_led", "sales_funnel")
"""The workflows that come with the program, ours first (workflows.md section 5)."""
WEEK = {day: [["08:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
"""Opening hours of a practice that has not said otherwise."""
SYSTEM = StaffMember(0, "", Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Beginning:
    """The answers of the first start, all with a default."""

    name: str = ""
    zone: str = ""
    country: str = ""
    currency: str = ""
    workflow: str = "front_desk"
    person: str = ""
    practice_mode: bool = False
    hours: Mapping[str, list[list[str]]] | None = None


@lru_cache(maxsize=8)
def preset(key: str) -> Workflow:
    """One of the workflows that come with the program; Refused `workflow_unknown` otherwise."""
    if key not in PRESETS:
        raise Refused("workflow_unknown", "workflow", workflow=key)
    return workflow_text.read(tomllib.loads((shipped("resources") / "workflows" / f"{key}.toml").read_text("utf-8")))


def set_up(tx: Tx, *, beginning: Beginning) -> StaffMember:
    """Make a new practice: its book, its office, all presets with one in use, and its first person, who is the administrator."""
    if staff.every(tx):
        raise Refused("already_a_practice")
    workflow = preset(beginning.workflow)
    zone = beginning.zone or system_zone()
    zone_named(zone)
    country = (beginning.country or system_country(zone)).upper()
    book = Book.of_country(country)
    wanted = {"practice_name": beginning.name or "My practice", "workflow": workflow.key, "practice_mode": beginning.practice_mode}
    book = books.changed(book, wanted | ({"currency": beginning.currency.upper()} if beginning.currency else {}))
    with tx.because("set_up", undoable=False):
        settings.put(tx, books.stored(book))
        hours = {day: [list(pair) for pair in pairs] for day, pairs in (WEEK if beginning.hours is None else beginning.hours).items()}
        locations.add(tx, Location(0, book.practice_name, zone, country, hours=hours))
        for key in PRESETS:
            workflows.install(tx, preset(key), active=key == workflow.key)
        return staff.add(tx, StaffMember(0, beginning.person or system_person(), Role.ADMINISTRATOR))


def exists(place: str, *, now: datetime) -> bool:
    """Whether there is a practice at this place already; a file that is not there is not made."""
    if "://" not in place and not Path(place).exists():
        return False
    with open_database(place, now=now) as database:
        return bool(Desk(database, SYSTEM, lambda: now).ask(staff.every))


def open_desk(
    place: str | Path,
    *,
    person: str | None,
    clock: Callable[[], datetime],
    beginning: Beginning | None = None,
    in_window: bool = False,
    taking_back: Callable[[int, int], None] = lambda done, of: None,
) -> Desk:
    """Open a database as one of its people; a new one is set up first.

    Args:
        place: the path of a local file or the URL of a server.
        person: the name of a colleague; without one the system's user, or the only one who works here.
        clock: the present, for everything this desk does.
        beginning: the answers for a database that has no practice yet.
        taking_back: told how far it is with an import that was cut short, rows done of all; it comes first, and a large one takes its time.
        in_window: until people sign in, a window opens as the first administrator where the system's user is nobody of the practice.

    Raises:
        Refused: `staff_unknown`, `person_needed`, or whatever keeps the database from opening.
    """
    with telling_damage(str(place)):
        database = open_database(place, now=clock())
        try:
            first = Desk(database, SYSTEM, clock)
            if not first.ask(staff.every):
                begun = replace(beginning or Beginning(), person=(beginning.person if beginning else "") or person or "")
                first.do(set_up, beginning=begun)
            _take_back_cut_off_imports(first, taking_back)  # with the colleagues that it brought
            return Desk(database, _member(first.ask(staff.every), person, in_window=in_window), clock)
        except BaseException:
            database.close()
            raise


def _take_back_cut_off_imports(desk: Desk, progress: Callable[[int, int], None]) -> None:
    """An import whose program died leaves nothing behind."""
    if desk.ask(imports.unfinished):
        from frontdesk.services.imports import recover  # noqa: PLC0415 - reading files in is a tenth of a second to load, and rarely needed

        recover(desk, progress=progress)


def system_person() -> str:
    """The name of the system's user."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "Administrator"


def system_zone() -> str:
    """The time zone of this computer; UTC when it does not say."""
    import tzlocal  # noqa: PLC0415 - needed at the first start only

    return tzlocal.get_localzone_name() or "UTC"


def system_country(zone: str) -> str:
    """The country of a time zone, by the zone table that travels with the program; US when it has none."""
    from importlib import resources  # noqa: PLC0415 - needed at the first start only

    table = resources.files("tzdata").joinpath("zoneinfo/zone1970.tab").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return next((row[0].split(",")[0] for row in rows if row[2] == zone), "US")


def _member(people: tuple[StaffMember, ...], person: str | None, *, in_window: bool) -> StaffMember:
    active = [member for member in people if member.active]
    wanted = person if person is not None else system_person()
    found = next((member for member in active if fold(member.name) == fold(wanted)), None)
    if found is not None:
        return found
    if person is not None:
        raise Refused("staff_unknown", "person")
    if len(active) == 1:
        return active[0]
    if not in_window:
        raise Refused("person_needed", "person")
    return next((member for member in active if member.role is Role.ADMINISTRATOR), active[0])
