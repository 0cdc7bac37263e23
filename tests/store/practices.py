"""A small practice to store leads in: two presets, an office in Istanbul, three colleagues."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from frontdesk.domain import rules
from frontdesk.domain.contacts import email, phone
from frontdesk.domain.records import Case, ContactPoint, Location, Person, StaffMember
from frontdesk.domain.workflow import Role, Workflow
from frontdesk.domain.workflow_text import read
from frontdesk.store import cases, locations, people, staff, workflows
from frontdesk.store.tx import Tx

PRESETS = Path(__file__).resolve().parents[2] / "resources" / "workflows"
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Practice:
    """What the tests refer to."""

    location: Location
    grace: StaffMember
    omar: StaffMember
    manager: StaffMember


def open_practice(tx: Tx) -> Practice:
    """An office with three colleagues, front_desk active and three_attempts beside it."""
    workflows.install(tx, preset("front_desk"), active=True)
    workflows.install(tx, preset("three_attempts"))
    hours = {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
    office = locations.add(tx, Location(0, "Main office", "Europe/Istanbul", "TR", hours=hours))
    people_here = [
        staff.add(tx, StaffMember(0, name, role))
        for name, role in (("Grace", Role.RECEPTIONIST), ("Omar", Role.CALL_CENTRE), ("Ada", Role.MANAGER))
    ]
    return Practice(office, *people_here)


def preset(key: str) -> Workflow:
    return read(tomllib.loads((PRESETS / f"{key}.toml").read_text(encoding="utf-8")))


def person(first: str, last: str = "", *, phones: tuple[str, ...] = (), emails: tuple[str, ...] = ()) -> Person:
    read_phones = [phone(each, "TR") for each in phones]
    read_emails = [email(each) for each in emails]
    points = [ContactPoint(0, 0, "phone", each.as_typed, each.canonical, place) for place, each in enumerate(read_phones)]
    points += [ContactPoint(0, 0, "email", each.as_typed, each.canonical, place) for place, each in enumerate(read_emails)]
    return Person(0, first, last, points=tuple(points))


def occasion(tx: Tx, practice: Practice, workflow: str = "front_desk", at: datetime = MONDAY) -> rules.Occasion:
    return rules.Occasion(workflows.of(tx, workflow), locations.hours(tx, practice.location.id), at, Role.MANAGER, tx.who)


def enquiry(tx: Tx, practice: Practice, someone: Person | None = None, *, workflow: str = "front_desk", at: datetime = MONDAY) -> Case:
    """A new lead of somebody, in the initial status."""
    known = someone if someone is not None and someone.id else people.add(tx, someone or person("Grace", "Kim", phones=("0532 123 45 67",)))
    arrival = rules.Arrival(known.id, practice.location.id, "web_form", at)
    return cases.apply(tx, None, rules.create(occasion(tx, practice, workflow, at), arrival))
