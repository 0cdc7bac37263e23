"""Who may be the same person as the one being typed: everybody who shares the end of a phone number, an e-mail or the words of the name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, bindparam, select

from frontdesk.domain.contacts import Email, Phone
from frontdesk.domain.records import Person, PersonId
from frontdesk.store import people
from frontdesk.store import tables as t
from frontdesk.store.beginnings import begins_with
from frontdesk.store.tx import Tx, one_of

END = 7
"""So many last digits in common make a number worth a look: codes of country and city are left out as often as not."""
MOST = 50

_point, _person = t.contact_point, t.person
_BY_KEY = select(_point.c.person_id).where(one_of(_point.c.match_key, "keys"), t.LIVE_POINT).limit(MOST)
_BY_END = select(_point.c.person_id).where(begins_with(_point.c.reversed, "end"), t.LIVE_POINT).limit(MOST)
_BY_NAME = (
    select(_person.c.id)
    .where(_person.c.name_key == bindparam("name_key"), _person.c.void.is_(False), _person.c.merged_into.is_(None))
    .order_by(_person.c.id.desc())
    .limit(MOST)
)


def candidates(
    tx: Tx,
    *,
    first_name: str = "",
    last_name: str = "",
    phones: Iterable[Phone] = (),
    emails: Iterable[Email] = (),
    but: PersonId | None = None,
) -> list[Person]:
    """People worth comparing (`domain.duplicates.likeness` says how alike they are), those with the same phone or e-mail first."""
    numbers = tuple(phones)
    keys = [number.canonical for number in numbers] + [each.key for each in emails]
    asked: list[tuple[Select[Any], dict[str, Any]]] = [(_BY_KEY, {"keys": keys})] if keys else []
    ends = (number.digits[-END:][::-1] for number in numbers if len(number.digits) >= END)
    asked += [(_BY_END, {"end": end}) for end in ends]
    if name_key := people.name_key(first_name, last_name):
        asked.append((_BY_NAME, {"name_key": name_key}))
    rows = [row[0] for rows in tx.rows_together(*asked) for row in rows] if asked else []
    ids = [each for each in dict.fromkeys(rows) if each != but][:MOST]
    found = people.of_ids(tx, ids) if ids else {}
    return [found[each] for each in ids if each in found and found[each].merged_into is None]
