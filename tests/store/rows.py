"""Plain rows for the tests of the store's core, written through `Tx` alone."""

from __future__ import annotations

from typing import Any

from frontdesk.store import tables as t
from frontdesk.store.tx import Tx


def source_row(source_id: int, label: str) -> dict[str, Any]:
    return {"id": source_id, "label": label, "folded": label.lower(), "channel": "web", "hidden": False, "version": 1, "void": False}


def add_source(tx: Tx, label: str) -> int:
    source_id = tx.new_id()
    tx.insert(t.source, source_row(source_id, label))
    return source_id


def person_row(person_id: int, name: str = "Ada") -> dict[str, Any]:
    return {
        "id": person_id,
        "first_name": name,
        "last_name": "",
        "birth_date": None,
        "do_not_call": False,
        "no_marketing": False,
        "version": 1,
        "void": False,
    }


def add_person(tx: Tx, name: str) -> int:
    person_id = tx.new_id()
    tx.insert(t.person, person_row(person_id, name), person_id=person_id)
    return person_id


def add_location(tx: Tx) -> int:
    location_id = tx.new_id()
    tx.insert(t.location, {"id": location_id, "name": "Main", "zone": "UTC"})
    return location_id


def add_point(tx: Tx, person_id: int, number: str, kind: str = "phone") -> int:
    point_id = tx.new_id()
    row = {"id": point_id, "person_id": person_id, "kind": kind, "typed": number, "canonical": number, "match_key": number}
    tx.insert(t.contact_point, row, person_id=person_id)
    return point_id
