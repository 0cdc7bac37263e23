"""A practice for the tests of the services: a clock that only tests move, a desk for every role, and the leads they work on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Table, select

from frontdesk.domain.problems import Conflict, Refused
from frontdesk.domain.records import Case, Lead, StaffMember
from frontdesk.domain.rules import Plan
from frontdesk.domain.workflow import Role
from frontdesk.services import practices
from frontdesk.services.desk import Desk
from frontdesk.services.leads import LeadFacts, create_lead
from frontdesk.services.people import PersonFields
from frontdesk.services.practices import Beginning
from frontdesk.store import cases, staff
from frontdesk.store import tables as t
from frontdesk.store.engine import Database
from frontdesk.store.tx import Tx

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ALWAYS = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
NAMES = {Role.RECEPTIONIST: "Grace", Role.CALL_CENTRE: "Omar", Role.MANAGER: "Ada", Role.AUDITOR: "Uma"}
RECORDS = frozenset({"journal", "journal_detail", "seal", "command_key", "feed"})
"""What remembers that something happened; an undo adds to it."""


class Clock:
    """The present, which stands still until a test moves it."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> datetime:
        """Move the present on: `advance(hours=4)`."""
        self.now += timedelta(**span)
        return self.now


@dataclass
class Office:
    """A practice with an administrator and one colleague of every other role.

    Attributes:
        desk: the administrator's.
        people: everybody by role.
    """

    database: Database
    clock: Clock
    desk: Desk
    people: Mapping[Role, StaffMember] = field(default_factory=dict)

    def desk_of(self, role: Role) -> Desk:
        """The desk of the colleague with this role."""
        return Desk(self.database, self.people[role], self.clock)

    def new(self, name: str = "Mia Meyer", *, phones: tuple[str, ...] = (), facts: LeadFacts | None = None, **more: Any) -> int:
        """The id of a new lead."""
        first, _, last = name.partition(" ")
        fields = PersonFields(first, last, phones)
        made = self.desk.do(create_lead, person=fields, facts=facts or LeadFacts(), **more)
        assert made.value is not None
        return made.value

    def do(self, command: Callable[..., Any], **answers: Any) -> Any:
        """What a command of the administrator gave back."""
        return self.desk.do(command, **answers).value

    def case(self, lead_id: int) -> Case:
        """A lead with its open follow-up and its appointments."""
        return self.desk.ask(cases.case, lead_id)

    def lead(self, lead_id: int) -> Lead:
        """A lead as it stands."""
        return self.case(lead_id).lead

    def plan(self, **span: float) -> Plan:
        """A follow-up so long from now."""
        return Plan(self.clock.now + timedelta(**span))

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Every row that counts, of all tables but the records, without the versions that every write raises."""
        return self.desk.ask(all_rows)


def begin(database: Database, clock: Clock, workflow: str = "front_desk") -> Office:
    """Set up a practice that never closes, in UTC, with the first person as administrator."""
    first = Desk(database, practices.SYSTEM, clock)
    beginning = Beginning(name="Clinic", zone="UTC", country="GB", workflow=workflow, person="Ines", hours=ALWAYS)
    administrator = first.do(practices.set_up, beginning=beginning).value
    assert administrator is not None
    desk = Desk(database, administrator, clock)
    people = {role: desk.do(staff.add, StaffMember(0, name, role)).value for role, name in NAMES.items()}
    return Office(database, clock, desk, {Role.ADMINISTRATOR: administrator} | {role: each for role, each in people.items() if each})


def all_rows(tx: Tx) -> dict[str, list[dict[str, Any]]]:
    """The living rows of every table, in the order of their keys; a row of totals that is zero is as good as none."""
    return {table.name: list(_living(tx, table)) for table in t.metadata.sorted_tables if table.name not in RECORDS}


WHOLE = {table.name: select(table).order_by(*table.primary_key) for table in t.metadata.sorted_tables}


def _living(tx: Tx, table: Table) -> Iterator[dict[str, Any]]:
    names = table.c.keys()
    for row in tx.rows(WHOLE[table.name]):
        values = dict(zip(names, row, strict=True))
        values.pop("version", None)
        measured = [values[name] for name in (*t.MEASURES, "revenue", "revenue_then")] if table is t.total else [1]
        if not values.pop("void", False) and any(measured):
            yield values


@contextmanager
def refused(code: str, field: str | None = None) -> Iterator[None]:
    """What is asked here is refused, with this code, at this answer."""
    with pytest.raises(Refused) as found:
        yield
    assert (found.value.code, found.value.field) == (code, field)


@contextmanager
def conflicts(code: str = "changed_elsewhere") -> Iterator[None]:
    """Somebody was there before."""
    with pytest.raises(Conflict) as found:
        yield
    assert found.value.code == code
