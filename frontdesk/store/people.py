"""People and the phones and e-mails that reach them; a merge keeps the loser, pointing to the winner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from msgspec.structs import replace
from sqlalchemy import bindparam, select

from frontdesk.domain.contacts import email_key, fold
from frontdesk.domain.problems import Conflict, Refused
from frontdesk.domain.records import ContactPoint, LocationId, Person, PersonId
from frontdesk.store import tables as t
from frontdesk.store.shapes import Row, Shape
from frontdesk.store.tx import Tx, one_of

_PERSON = Shape(Person, t.person, without=("points",))
POINT = Shape(ContactPoint, t.contact_point)
_ORDER = (t.contact_point.c.person_id, t.contact_point.c.kind.desc(), t.contact_point.c.position, t.contact_point.c.id)
_BY_ID = select(*_PERSON.columns, t.person.c.location_id).where(t.person.c.id == bindparam("person_id"))
_POINTS = select(*POINT.columns).where(t.contact_point.c.person_id == bindparam("person_id"), t.LIVE_POINT).order_by(*_ORDER)
_BY_IDS = select(*_PERSON.columns).where(one_of(t.person.c.id, "ids"))
_POINTS_OF = select(*POINT.columns).where(one_of(t.contact_point.c.person_id, "ids"), t.LIVE_POINT).order_by(*_ORDER)


def get(tx: Tx, person_id: PersonId, version: int | None = None) -> Person:
    """One person with phones and e-mails.

    Raises:
        Refused: `person_unknown`.
        Conflict: when `version` is given and is not the present one.
    """
    (row, *_), points = _read(tx, person_id)
    person = _PERSON.record(row[:-1], points=points)
    tx.kept[f"home:{person_id}"] = row[-1]
    if version is not None and version != person.version:
        raise Conflict("changed_elsewhere", table="person", row=person_id)
    return person


def of_ids(tx: Tx, ids: Iterable[PersonId]) -> dict[PersonId, Person]:
    """Several people at once, by id."""
    wanted = list(ids)
    people, rows = tx.rows_together((_BY_IDS, {"ids": wanted}), (_POINTS_OF, {"ids": wanted}))
    points: dict[PersonId, list[ContactPoint]] = {}
    for row in rows:
        point = POINT.record(row)
        points.setdefault(point.person_id, []).append(point)
    found = (_PERSON.record(row, points=tuple(points.get(row[0], ()))) for row in people)
    return {person.id: person for person in found}


def add(tx: Tx, person: Person, location_id: LocationId | None = None) -> Person:
    """A new person with their phones and e-mails."""
    person = replace(person, id=tx.new_id(), version=1)
    tx.kept[f"home:{person.id}"] = location_id
    row = _row(tx, person)
    tx.insert(t.person, row, person_id=person.id)
    tx.kept[f"sort_name:{person.id}"] = row["sort_name"]
    return replace(person, points=arranged(_add_point(tx, person.id, point) for point in person.points))


def save(tx: Tx, before: Person, after: Person) -> Person:
    """Change a person; a point that is gone is void, one with id 0 is new."""
    changed = tx.update(t.person, after.id, _row(tx, before), _row(tx, after), person_id=after.id)
    present = {point.id: point for point in before.points}
    points = []
    for point in after.points:
        known = present.pop(point.id, None)
        points.append(_add_point(tx, after.id, point) if known is None else _save_point(tx, known, point))
    for gone in present.values():
        tx.update(t.contact_point, gone.id, point_row(gone), point_row(gone) | {"void": True}, person_id=after.id)
    return replace(after, version=before.version + changed, points=arranged(points))


def set_wishes(tx: Tx, person_id: PersonId, *, do_not_call: bool, no_marketing: bool) -> None:
    """Note whether the person may be called and sent things."""
    before = get(tx, person_id)
    save(tx, before, replace(before, do_not_call=do_not_call, no_marketing=no_marketing))


def arranged(points: Iterable[ContactPoint]) -> tuple[ContactPoint, ...]:
    """Phones first, each kind in the order that was chosen."""
    return tuple(sorted(points, key=lambda point: (point.kind != "phone", point.position, point.id)))


def point_row(point: ContactPoint) -> Row:
    """The whole row of a phone or e-mail, with what it is found by."""
    is_phone = point.kind == "phone"
    key = point.canonical if is_phone else email_key(point.canonical)
    backwards = point.canonical.lstrip("+")[::-1] if is_phone else None
    return POINT.row(point, match_key=key, reversed=backwards, void=False)


@lru_cache(maxsize=1024)
def name_key(first: str, last: str) -> str:
    """The words of a name, folded and sorted, so that `Kim, Grace` is `Grace Kim`."""
    return " ".join(sorted(fold(f"{first} {last}").split()))


def _read(tx: Tx, person_id: PersonId) -> tuple[Sequence[tuple[Any, ...]], tuple[ContactPoint, ...]]:
    rows, points = tx.rows_together((_BY_ID, {"person_id": person_id}), (_POINTS, {"person_id": person_id}))
    if not rows:
        raise Refused("person_unknown", "person")
    return rows, tuple(POINT.record(row) for row in points)


def _row(tx: Tx, person: Person) -> Mapping[str, Any]:
    keys = {"sort_name": fold(f"{person.last_name} {person.first_name}"), "name_key": name_key(person.first_name, person.last_name)}
    return _PERSON.row(person, location_id=tx.kept.get(f"home:{person.id}"), void=False, **keys)


def _add_point(tx: Tx, person_id: PersonId, point: ContactPoint) -> ContactPoint:
    point = replace(point, id=tx.new_id(), person_id=person_id, version=1)
    tx.insert(t.contact_point, point_row(point), person_id=person_id)
    return point


def _save_point(tx: Tx, before: ContactPoint, after: ContactPoint) -> ContactPoint:
    changed = tx.update(t.contact_point, after.id, point_row(before), point_row(after), person_id=after.person_id)
    return replace(after, version=before.version + changed)
