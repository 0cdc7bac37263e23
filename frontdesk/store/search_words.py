"""What everybody is found by, kept beside the people: it follows every write of a person, a phone or an e-mail by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, literal, select, update

from frontdesk.domain.contacts import fold
from frontdesk.domain.records import PersonId
from frontdesk.store import grams
from frontdesk.store import tables as t
from frontdesk.store.tx import Tx, follows, one_of

_person, _point, _words, _full_text = t.person, t.contact_point, t.person_words, t.search_person
_PEOPLE = select(_person.c.id, _person.c.first_name, _person.c.last_name).where(
    one_of(_person.c.id, "ids"), _person.c.void.is_(False), _person.c.merged_into.is_(None)
)
_POINTS = (
    select(_point.c.person_id, _point.c.kind, _point.c.canonical)
    .where(one_of(_point.c.person_id, "ids"), t.LIVE_POINT)
    .order_by(_point.c.position, _point.c.id)
)
_PRESENT = select(_words.c.person_id, _words.c.names, _words.c.digits, _words.c.void).where(one_of(_words.c.person_id, "ids"))
_ADD = insert(_words).inline()
_CHANGE = (
    update(_words)
    .where(_words.c.person_id == bindparam("new_person_id"))
    .values(names=bindparam("new_names"), digits=bindparam("new_digits"), grams=bindparam("new_grams"))
)
_TURN = update(_words).where(_words.c.person_id == bindparam("of_person")).values(void=bindparam("is_void"))
_FULL_TEXT_ADD = insert(_full_text).values(rowid=bindparam("of_person"), grams=bindparam("pieces"))
_FULL_TEXT_REMOVE = insert(_full_text).values(search_person=literal("delete"), rowid=bindparam("of_person"), grams=bindparam("pieces"))


class _Text(NamedTuple):
    """What is stored of one person."""

    names: str
    digits: str

    @property
    def pieces(self) -> list[str]:
        return grams.stored(self.names, self.digits)


@follows("person")
def _person_written(tx: Tx, row_id: int, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> None:
    _waiting(tx)[row_id] = [("name", f"{after['first_name']} {after['last_name']}")] if before is None else None


@follows("contact_point")
def _point_written(tx: Tx, row_id: int, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> None:
    waiting = _waiting(tx)
    for person_id in {after["person_id"], before["person_id"] if before else after["person_id"]}:
        known = waiting.setdefault(person_id, None)
        if before is not None:
            waiting[person_id] = None
        elif known is not None:
            known.append((after["kind"], after["canonical"]))


def _waiting(tx: Tx) -> dict[PersonId, list[tuple[str, str]] | None]:
    """Who was written: somebody new with all that is known, or None for one to be read again."""
    tx.at_end("search", _keep)
    waiting: dict[PersonId, list[tuple[str, str]] | None] = tx.kept.setdefault("search", {})
    return waiting


def _keep(tx: Tx) -> None:
    waiting: dict[PersonId, list[tuple[str, str]] | None] = tx.kept.pop("search", {})
    fresh = {person_id: _text(parts) for person_id, parts in waiting.items() if parts is not None}
    again = [person_id for person_id, parts in waiting.items() if parts is None]
    if again:
        _refresh(tx, again)
    tx.write_many(_ADD, _rows(tx, fresh))
    _index(tx, _FULL_TEXT_ADD, fresh)


def _refresh(tx: Tx, ids: list[PersonId]) -> None:
    """Read people again and store what they are found by now; whoever was merged or taken back is not found any more."""
    people, points, present = tx.rows_together((_PEOPLE, {"ids": ids}), (_POINTS, {"ids": ids}), (_PRESENT, {"ids": ids}))
    parts: dict[PersonId, list[tuple[str, str]]] = {row[0]: [("name", f"{row[1]} {row[2]}")] for row in people}
    for person_id, kind, canonical in points:
        if person_id in parts:
            parts[person_id].append((kind, canonical))
    old = {row[0]: _Text(row[1], row[2]) for row in present}
    new = {person_id: _text(each) for person_id, each in parts.items()}
    changed = {person_id: text for person_id, text in new.items() if old.get(person_id) != text}
    _index(tx, _FULL_TEXT_REMOVE, {person_id: old[person_id] for person_id in changed if person_id in old})
    rows = _rows(tx, changed)
    tx.write_many(_CHANGE, [{f"new_{name}": value for name, value in row.items()} for row in rows if row["person_id"] in old])
    tx.write_many(_ADD, [row for row in rows if row["person_id"] not in old])
    _index(tx, _FULL_TEXT_ADD, changed)
    turned = [{"of_person": row[0], "is_void": row[0] not in new} for row in present if row[3] != (row[0] not in new)]
    tx.write_many(_TURN, turned)


def _text(parts: list[tuple[str, str]]) -> _Text:
    names = " ".join(fold(value) for kind, value in parts if kind != "phone").strip()
    return _Text(names, " ".join(value.lstrip("+") for kind, value in parts if kind == "phone"))


def _rows(tx: Tx, texts: Mapping[PersonId, _Text]) -> list[dict[str, Any]]:
    return [
        {"person_id": person_id, "names": text.names, "digits": text.digits, "grams": None if tx.is_local else text.pieces, "void": False}
        for person_id, text in texts.items()
    ]


def _index(tx: Tx, statement: Any, texts: Mapping[PersonId, _Text]) -> None:
    if tx.is_local:
        tx.write_many(statement, [{"of_person": person_id, "pieces": " ".join(text.pieces)} for person_id, text in texts.items()])
