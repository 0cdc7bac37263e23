"""Colleagues: who can own leads and sign changes."""

from __future__ import annotations

from msgspec.structs import replace
from sqlalchemy import bindparam, select

from frontdesk.domain.contacts import fold
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import StaffId, StaffMember
from frontdesk.domain.workflow import Role
from frontdesk.store import tables as t
from frontdesk.store.shapes import Shape
from frontdesk.store.tx import Tx

_SHAPE = Shape(StaffMember, t.staff, enums={"role": Role})
_ALL = select(*_SHAPE.columns).where(t.staff.c.void.is_(False)).order_by(t.staff.c.name, t.staff.c.id)
_BY_ID = select(*_SHAPE.columns).where(t.staff.c.id == bindparam("staff_id"))


def every(tx: Tx) -> tuple[StaffMember, ...]:
    """All colleagues by name, those who left too."""
    return tuple(_SHAPE.record(row) for row in tx.rows(_ALL))


def get(tx: Tx, staff_id: StaffId) -> StaffMember:
    """One colleague."""
    row = tx.row(_BY_ID, staff_id=staff_id)
    if row is None:
        raise Refused("person_unknown", "person")
    return _SHAPE.record(row)


def find(tx: Tx, name: str) -> StaffMember | None:
    """The colleague of this name, however it is written; the practice is small enough to look at everyone."""
    sought = fold(name)
    return next((each for each in every(tx) if fold(each.name) == sought), None)


def add(tx: Tx, member: StaffMember) -> StaffMember:
    """A new colleague."""
    member = replace(member, id=tx.new_id(), version=1)
    tx.insert(t.staff, _SHAPE.row(member, void=False))
    return member


def get_or_hire(tx: Tx, name: str) -> StaffId:
    """The id of the colleague of this name; a receptionist is entered when there is none."""
    found = find(tx, name)
    return (found or add(tx, StaffMember(0, name))).id


def save(tx: Tx, before: StaffMember, after: StaffMember) -> StaffMember:
    """Change a colleague's name or role, or note that they left."""
    rows = (_SHAPE.row(each, void=False) for each in (before, after))
    return replace(after, version=before.version + tx.update(t.staff, after.id, *rows))
