"""Two entries that are one person: leads, phones and e-mails go to the winner, the loser stays and points to it; un-merging moves them back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace
from sqlalchemy import bindparam, select

from frontdesk.domain.problems import Refused
from frontdesk.domain.records import ContactPoint, LeadId, Person, PersonId
from frontdesk.store import leads, people
from frontdesk.store import tables as t
from frontdesk.store.shapes import stored
from frontdesk.store.tx import Tx

_journal, _detail = t.journal, t.journal_detail
_MERGE = (
    select(_journal.c.change)
    .where(_journal.c.person_id == bindparam("loser"), _journal.c.rule == "merged", _journal.c.table_name == "person")
    .where(_journal.c.row_id == bindparam("loser"))
    .order_by(_journal.c.number.desc())
    .limit(1)
)
_MOVED = (
    select(_journal.c.table_name, _journal.c.row_id, _detail.c.before)
    .join_from(_journal, _detail, _detail.c.number == _journal.c.number)
    .where(_journal.c.change == bindparam("change"), _journal.c.action == "update")
)
_LOSERS = (
    select(t.person.c.first_name, t.person.c.last_name, t.person.c.id)
    .where(t.person.c.merged_into == bindparam("person_id"), t.person.c.void.is_(False))
    .order_by(t.person.c.id)
)
_POINT = select(*people.POINT.columns, t.contact_point.c.void).where(t.contact_point.c.id == bindparam("point_id"))


def merge(tx: Tx, winner: Person, loser: Person, merged: Person) -> Person:
    """Move everything of the loser to the winner, who becomes what was chosen field by field (`merged`, the winner with other fields).

    Raises:
        Refused: `same_person`, `already_merged`.
    """
    if winner.id == loser.id:
        raise Refused("same_person", "person")
    if winner.merged_into is not None or loser.merged_into is not None:
        raise Refused("already_merged", "person")
    with tx.because("merged"):
        after = people.save(tx, winner, replace(merged, id=winner.id, points=winner.points, version=winner.version))
        for lead in leads.of_person(tx, loser.id):
            leads.save(tx, lead, replace(lead, person_id=winner.id))
        points = _move_points(tx, winner, loser)
        people.save(tx, replace(loser, points=()), replace(loser, merged_into=winner.id, points=()))
    return replace(after, points=people.arranged((*after.points, *points)))


def names_merged_into(tx: Tx, person_id: PersonId) -> tuple[str, ...]:
    """What those were called who turned out to be this person."""
    return tuple(f"{given} {family}".strip() for given, family, _ in tx.rows(_LOSERS, person_id=person_id))


def losers_of(tx: Tx, person_id: PersonId) -> list[PersonId]:
    """Those who turned out to be this person."""
    return [row[-1] for row in tx.rows(_LOSERS, person_id=person_id)]


def leads_moved(tx: Tx, loser_id: PersonId) -> list[LeadId]:
    """The leads that came with the loser of a merge, the last one."""
    return [row_id for table, row_id, was in _moved(tx, loser_id) if table == "lead" and was.get("person_id") == loser_id]


def unmerge(tx: Tx, loser_id: PersonId) -> Person:
    """Give the loser back the leads, phones and e-mails that the merge took and that still belong to the winner.

    Raises:
        Refused: `not_merged`.
    """
    loser = people.get(tx, loser_id)
    if loser.merged_into is None:
        raise Refused("not_merged", "person")
    tx.send()
    with tx.because("unmerged"):
        for table, row_id, was in _moved(tx, loser_id):
            if table == "lead" and was.get("person_id") == loser_id:
                _give_back_lead(tx, row_id, loser)
            elif table == "contact_point" and (was.get("person_id") == loser_id or was.get("void") is False):
                _give_back_point(tx, row_id, loser, was)
        people.save(tx, loser, replace(loser, merged_into=None))
    return people.get(tx, loser_id)


def _moved(tx: Tx, loser_id: PersonId) -> list[tuple[str, int, Mapping[str, Any]]]:
    """What a merge moved: table, row, and what stood there before."""
    change = tx.value(_MERGE, loser=loser_id)
    return [(table, row_id, stored(before) if before else {}) for table, row_id, before in tx.rows(_MOVED, change=change)]


def _move_points(tx: Tx, winner: Person, loser: Person) -> list[ContactPoint]:
    """The loser's phones and e-mails come after the winner's; one that the winner has too is put aside."""
    known = {(point.kind, point.canonical) for point in winner.points}
    moved = []
    for place, point in enumerate(loser.points, start=len(winner.points)):
        before, after = people.point_row(point), people.point_row(replace(point, person_id=winner.id, position=place))
        if (point.kind, point.canonical) in known:
            after = before | {"void": True}
        else:
            moved.append(replace(point, person_id=winner.id, position=place, version=point.version + 1))
        tx.update(t.contact_point, point.id, before, after, person_id=winner.id)
    return moved


def _give_back_lead(tx: Tx, lead_id: int, loser: Person) -> None:
    found = leads.of_ids(tx, [lead_id]).get(lead_id)
    if found is not None and found.person_id == loser.merged_into:
        leads.save(tx, found, replace(found, person_id=loser.id))


def _give_back_point(tx: Tx, point_id: int, loser: Person, was: Mapping[str, Any]) -> None:
    row = tx.row(_POINT, point_id=point_id)
    if row is None:
        return
    point, is_void = people.POINT.record(row[:-1]), row[-1]
    if point.person_id not in {loser.id, loser.merged_into} or (is_void and point.person_id != loser.id):
        return
    before = people.point_row(point) | {"void": is_void}
    after = people.point_row(replace(point, person_id=loser.id, position=was.get("position", point.position)))
    tx.update(t.contact_point, point.id, before, after, person_id=loser.id)
