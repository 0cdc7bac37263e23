"""People: entered, corrected, merged and taken apart again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from msgspec.structs import replace

from frontdesk.domain import contacts, duplicates
from frontdesk.domain.lines import LeadLine
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import ContactPoint, Person, PersonId
from frontdesk.domain.workflow import Role
from frontdesk.services.settings import book
from frontdesk.store import duplicates as store_duplicates
from frontdesk.store import leads, lists, merges, people
from frontdesk.store.tx import Tx

T = TypeVar("T")
NAME_LENGTH = 200
CHOSEN = frozenset(("first_name", "last_name", "birth_date", "postal_code"))
"""What a merge may take from the loser; phones, e-mails and wishes of both stay in any case."""


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
    if unknown := (keep or {}).keys() - CHOSEN:
        raise Refused("setting_unknown", min(unknown))
    taken = {name: getattr(loser, name) for name, whose in (keep or {}).items() if whose == "loser"}
    wishes = {name: getattr(winner, name) or getattr(loser, name) for name in ("do_not_call", "no_marketing")}
    with tx.because("merged"):
        merges.merge(tx, winner, loser, replace(winner, **(taken | wishes)))


def unmerge_people(tx: Tx, *, loser_id: PersonId) -> None:
    """Take a merge apart: what its journal rows list goes back to the person it came from."""
    _may_write(tx)
    loser = people.get(tx, loser_id)
    if loser.merged_into is None:
        raise Refused("not_merged", "person")
    with tx.because("unmerged"):
        merges.unmerge(tx, loser_id)


def merged_person(tx: Tx, *, number: int) -> PersonId:
    """Who is taken apart when somebody gives this number: a merged person, or the one that this lead came with.

    Raises:
        Refused: `person_unknown`, `not_merged`; `several_merged` names them when the lead does not say which.
    """
    lead = leads.of_ids(tx, [number]).get(number)
    if lead is None:
        return people.get(tx, number).id
    merged = merges.losers_of(tx, lead.person_id)
    came_with = [each for each in merged if lead.id in merges.leads_moved(tx, each)] or merged
    if not came_with:
        raise Refused("not_merged", "person")
    if len(came_with) > 1:
        raise Refused("several_merged", "person", choices=tuple(map(str, came_with)))
    return came_with[0]


@dataclass(frozen=True, slots=True)
class Likely:
    """Somebody who may be the one that is being typed, with the lead to open and how likely they are the same (0 to 1)."""

    person: Person
    likely: float
    line: LeadLine | None


def people_like(tx: Tx, *, fields: PersonFields, but: PersonId | None = None) -> list[Likely]:
    """Who is here already of what is being typed: "Already here: Grace Kim, Follow-up"; likeliest first. What is not yet readable is left out."""
    country = book(tx).country
    phones = [number for text in fields.phones if (number := _read(contacts.phone, text, country))]
    emails = [address for text in fields.emails if (address := _read(contacts.email, text))]
    found = store_duplicates.candidates(tx, first_name=fields.first_name, last_name=fields.last_name, phones=phones, emails=emails, but=but)
    typed = duplicates.candidate(
        first=fields.first_name,
        last=fields.last_name,
        phones=[number.canonical for number in phones],
        emails=[address.key for address in emails],
        birth=fields.birth_date,
        postal=fields.postal_code,
    )
    scored = [(duplicates.likeness(typed, _candidate(person)).likely, person) for person in found]
    likely = sorted((each for each in scored if each[0] >= duplicates.MAYBE or phones or emails), key=lambda each: -each[0])
    lines = {each.person_id: each for each in _newest(tx, [person.id for _, person in likely])}
    return [Likely(person, score, lines.get(person.id)) for score, person in likely]


def twins_of(tx: Tx, *, person_id: PersonId, limit: int = 3) -> list[Likely]:
    """Who else may be this person, likeliest first: whom a duplicate can be merged with."""
    person = people.get(tx, person_id)
    phones = tuple(point.typed for point in person.points if point.kind == "phone")
    emails = tuple(point.typed for point in person.points if point.kind == "email")
    fields = PersonFields(person.first_name, person.last_name, phones, emails, person.birth_date, person.postal_code)
    return people_like(tx, fields=fields, but=person_id)[:limit]


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody with how many enquiries they have made."""

    person: Person
    enquiries: int


def known(tx: Tx, *, person_id: PersonId) -> Known:
    """One person as a merge compares them; of a merged one the person that stayed."""
    person = get(tx, person_id)
    return Known(person, len(leads.of_person(tx, person.id)))


def _newest(tx: Tx, people_ids: list[PersonId]) -> list[LeadLine]:
    """The newest open enquiry of each, else the newest."""
    enquiries = [leads.of_person(tx, each) for each in people_ids]
    return lists.lines(tx, [next((lead for lead in of if lead.is_open), of[0]).id for of in enquiries if of])


def _candidate(person: Person) -> duplicates.Candidate:
    return duplicates.candidate(
        first=person.first_name,
        last=person.last_name,
        phones=[point.canonical for point in person.points if point.kind == "phone"],
        emails=[email.key for point in person.points if point.kind == "email" and (email := _read(contacts.email, point.canonical))],
        birth=person.birth_date,
        postal=person.postal_code,
    )


def _read(read: Callable[..., T], text: str, *more: str) -> T | None:
    """The normal form, or None while it is not typed to the end."""
    try:
        return read(text, *more) if text.strip() else None
    except Refused:
        return None


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
    numbers = [contacts.phone(text, country) for text in fields.phones if text.strip()]
    addresses = [contacts.email(text) for text in fields.emails if text.strip()]
    phones = [("phone", number.as_typed, number.canonical) for number in numbers]
    emails = [("email", address.as_typed, address.canonical) for address in addresses]
    for place, (kind, typed, canonical) in enumerate((*phones, *emails)):
        if (kind, canonical) not in seen:
            seen.add((kind, canonical))
            yield ContactPoint(0, 0, kind, typed, canonical, place)


def _kept(present: ContactPoint | None, point: ContactPoint) -> ContactPoint:
    return point if present is None else replace(present, typed=point.typed, position=point.position)


def _may_write(tx: Tx) -> None:
    if tx.role is Role.AUDITOR:
        raise Refused("role_not_allowed", "role")
