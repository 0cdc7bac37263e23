"""People: entered, corrected, merged and taken apart again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from frontdesk.domain import contacts
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import ContactPoint, Person, PersonId
from frontdesk.domain.workflow import Role
from frontdesk.services.settings import book
from frontdesk.store import merges, people
from frontdesk.store.tx import Tx

NAME_LENGTH = 200


@dataclass(frozen=True, slots=True)
class PersonFields:
    """A person as somebody typed them; a phone, an e-mail or a name is enough."""

    first_name: str = ""
    last_name: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    birth_date: date | None = None
    postal_code: str = ""


NOBODY = PersonFields()


def add_person(tx: Tx, fields: PersonFields) -> Person:
    """A new person; Refused `nobody_to_save` when nothing is known of them, or what their phone or e-mail refuses."""
    person = understood(fields, book(tx).country)
    if not person.name and not person.points:
        raise Refused("nobody_to_save", "phone")
    return people.add(tx, person)


def edit_person(tx: Tx, *, person_id: PersonId, version: int | None = None, fields: PersonFields) -> None:
    """Correct a person; a phone or e-mail that stays keeps its row."""
    _may_write(tx)
    before = people.get(tx, person_id, version)
    typed = understood(fields, book(tx).country)
    if not typed.name and not typed.points:
        raise Refused("nobody_to_save", "phone")
    present = {(point.kind, point.canonical): point for point in before.points}
    points = tuple(_kept(present.get((point.kind, point.canonical)), point) for point in typed.points)
    after = replace(typed, id=before.id, points=points, version=before.version, merged_into=before.merged_into)
    with tx.because("edited"):
        people.save(tx, before, replace(after, do_not_call=before.do_not_call, no_marketing=before.no_marketing))


def set_wishes(tx: Tx, *, person_id: PersonId, do_not_call: bool, no_marketing: bool) -> None:
    """Note whether this person may be called, and sent texts and e-mails (S1.17)."""
    _may_write(tx)
    with tx.because("marked"):
        people.set_wishes(tx, person_id, do_not_call=do_not_call, no_marketing=no_marketing)


def merge_people(tx: Tx, *, winner_id: PersonId, loser_id: PersonId, keep: Mapping[str, str] | None = None) -> None:
    """Two rows that are one person: leads and contact points move to the winner, which takes the loser's fields named in `keep`."""
    _may_write(tx)
    if winner_id == loser_id:
        raise Refused("merge_with_self", "person")
    winner, loser = people.get(tx, winner_id), people.get(tx, loser_id)
    if winner.merged_into is not None or loser.merged_into is not None:
        raise Refused("already_merged", "person")
    taken = {name: getattr(loser, name) for name, whose in (keep or {}).items() if whose == "loser"}
    wishes = {name: getattr(winner, name) or getattr(loser, name) for name in ("do_not_call", "no_marketing")}
    with tx.because("merged"):
        merges.merge(tx, winner, replace(winner, **(taken | wishes)), loser)


def unmerge_people(tx: Tx, *, loser_id: PersonId) -> None:
    """Take a merge apart: what its journal rows list goes back to the person it came from."""
    _may_write(tx)
    loser = people.get(tx, loser_id)
    if loser.merged_into is None:
        raise Refused("not_merged", "person")
    with tx.because("unmerged"):
        merges.unmerge(tx, loser)


def get(tx: Tx, person_id: PersonId) -> Person:
    """One person; of a merged one the person that stayed."""
    person = people.get(tx, person_id)
    return person if person.merged_into is None else get(tx, person.merged_into)


def understood(fields: PersonFields, country: str) -> Person:
    """What was typed as a person with normal forms; refuses at the field."""
    first = contacts.clean_line(fields.first_name, NAME_LENGTH, "first_name")
    last = contacts.clean_line(fields.last_name, NAME_LENGTH, "last_name")
    postal_code = contacts.clean_line(fields.postal_code, NAME_LENGTH, "postal_code")
    return Person(0, first, last, fields.birth_date, postal_code, points=tuple(_points(fields, country)))


def _points(fields: PersonFields, country: str) -> Iterable[ContactPoint]:
    seen: set[tuple[str, str]] = set()
    phones = [
        ("phone", phone.as_typed, phone.canonical) for text in fields.phones if text.strip() and (phone := contacts.phone(text, country))
    ]
    emails = [("email", email.typed, email.canonical) for text in fields.emails if text.strip() and (email := contacts.email(text))]
    for place, (kind, typed, canonical) in enumerate((*phones, *emails)):
        if (kind, canonical) not in seen:
            seen.add((kind, canonical))
            yield ContactPoint(0, 0, kind, typed, canonical, place)


def _kept(present: ContactPoint | None, point: ContactPoint) -> ContactPoint:
    return point if present is None else replace(present, typed=point.typed, position=point.position)


def _may_write(tx: Tx) -> None:
    if tx.role is Role.AUDITOR:
        raise Refused("role_not_allowed", "role")
