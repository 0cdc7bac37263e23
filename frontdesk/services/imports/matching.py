"""Who of a file is here already: a batch is looked up in four queries, whatever its size, and rows before in the same file count too."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from operator import itemgetter

from msgspec import Struct

from frontdesk.domain.contacts import fold
from frontdesk.domain.imports import Row, RowValues
from frontdesk.domain.records import LeadId, PersonId
from frontdesk.store import imports
from frontdesk.store.imports import Enquiry
from frontdesk.store.people import name_key
from frontdesk.store.tx import Tx

EXTERNAL, PHONE, EMAIL = "external-id", "phone", "email"
MARKS = ("import", "row")
"""Under which system and kind the marks of rows without a number or address are kept."""

ONE_ENQUIRY = timedelta(days=7)
"""Who gets in touch twice within this time is asking the same; later it is another enquiry, and a lead of its own (workflows.md section 1)."""


class Match(Struct, frozen=True):
    """What a row met: a lead, or a person without one."""

    lead_id: LeadId | None = None
    person_id: PersonId | None = None


@dataclass(slots=True)
class Index:
    """What is here of one batch, by what rows are found by; grows with every row that is read in."""

    by: str | None
    external: dict[str, LeadId] = field(default_factory=dict)
    points: dict[str, list[tuple[PersonId, str]]] = field(default_factory=dict)
    enquiries: dict[PersonId, list[Enquiry]] = field(default_factory=dict)
    marks: dict[str, LeadId] = field(default_factory=dict)

    def find(self, values: RowValues) -> Match | None:
        """The lead of this row, if it is here; by any key where the name agrees, or only by the key that was asked for."""
        if self.by in (None, EXTERNAL) and values.external_id:
            lead_id = self.external.get(values.external_id)
            if lead_id is not None or self.by == EXTERNAL:
                return Match(lead_id) if lead_id is not None else None
        person_id = self._person(values)
        if person_id is not None:
            return Match(self._enquiry(person_id, values), person_id)
        mark = mark_of(values)
        return Match(self.marks[mark]) if mark in self.marks else None

    def add(self, values: RowValues, lead_id: LeadId, person_id: PersonId) -> None:
        """Remember a row that was just read in."""
        if values.external_id:
            self.external[values.external_id] = lead_id
        name = name_key(values.first_name, values.last_name)
        for key in keys_of(values, self.by):
            self.points.setdefault(key, []).append((person_id, name))
        enquiry = Enquiry(lead_id, values.external_id or None, values.instants.get("created"))
        self.enquiries.setdefault(person_id, []).append(enquiry)
        if mark := mark_of(values):
            self.marks[mark] = lead_id

    def _enquiry(self, person_id: PersonId, values: RowValues) -> LeadId | None:
        """Which of a person's enquiries the row is about; None for one that its number or its date tells apart from all that are here."""
        own, created = values.external_id, values.instants.get("created")
        known = [each for each in self.enquiries.get(person_id, ()) if not own or each.external_key in (None, own)]
        if self.by is None and created is not None:
            near = [(abs(each.created - created) if each.created else ONE_ENQUIRY, each) for each in known]
            known = [each for apart, each in sorted(near, key=itemgetter(0), reverse=True) if apart <= ONE_ENQUIRY]
        return known[-1].lead_id if known else None

    def _person(self, values: RowValues) -> PersonId | None:
        """Families share a phone: without being told to, a number alone is not enough when the names differ."""
        name = name_key(values.first_name, values.last_name)
        for key in keys_of(values, self.by):
            for person_id, other in self.points.get(key, ()):
                if self.by is not None or not name or not other or name == other:
                    return person_id
        return None


def index(tx: Tx, rows: Sequence[Row], by: str | None) -> Index:
    """Look a whole batch up."""
    values = [row.values for row in rows if row.values is not None]
    found = Index(by)
    external = imports.leads_by_external_key(tx, [each.external_id for each in values if each.external_id])
    found.external = {key: lead_ids[-1] for key, lead_ids in external.items()}
    found.points = imports.people_by_keys(tx, sorted({key for each in values for key in keys_of(each, by)}))
    found.enquiries = imports.enquiries(tx, {person_id for people in found.points.values() for person_id, _ in people})
    found.marks = imports.rows_by_external_id(tx, *MARKS, [mark for each in values if (mark := mark_of(each))])
    return found


def keys_of(values: RowValues, by: str | None) -> Iterator[str]:
    """The phones and e-mails that a row is found by."""
    if by in (None, PHONE):
        yield from (phone.canonical for phone in values.phones)
    if by in (None, EMAIL):
        yield from (email.key for email in values.emails)


def mark_of(values: RowValues) -> str:
    """For a row without number, address or id: a mark of what it says, so that it is known again; empty for all others."""
    if values.external_id or values.phones or values.emails:
        return ""
    said: Iterable[object] = (
        fold(values.first_name),
        fold(values.last_name),
        values.instants.get("created"),
        values.source,
        values.interest,
    )
    return hashlib.sha256("\x1f".join(str(each) for each in said).encode()).hexdigest()[:32]
