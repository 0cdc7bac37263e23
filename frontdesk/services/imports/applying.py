"""Rows of a file become leads: each row a change of its own, new or onto a lead that is here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from frontdesk.domain import rules
from frontdesk.domain.imports import Row, RowValues
from frontdesk.domain.records import Case, ContactPoint, LeadId, Person, PersonId
from frontdesk.domain.rules import Arrival, Facts, Occasion
from frontdesk.domain.workflow import Workflow
from frontdesk.services.imports.details import add_details, colleague, follow_up_of
from frontdesk.services.imports.matching import MARKS, Index, index, mark_of
from frontdesk.services.imports.results import Result
from frontdesk.store import cases, imports, locations, money, people, sources, workflows
from frontdesk.store.imports import Import
from frontdesk.store.tx import Tx

STAMPS = ("created", "first_attempt", "reached", "booked", "seen", "won", "lost")
FACTS = ("interest", "best_time", "category", "channel")


@dataclass(frozen=True, slots=True)
class Way:
    """How rows become leads: the workflow, what they are matched by, and what happens on a match."""

    workflow: Workflow
    match: str | None
    on_match: str
    location_id: int


def apply_rows(tx: Tx, *, rows: Sequence[Row], way: Way, under: Import, result: Result) -> None:
    """Read a batch of rows in under one import; the figures are added to the result."""
    batch = _Batch(tx, index(tx, rows, way.match), way, under)
    with tx.because("imported", undoable=False):
        for row in rows:
            if row.values is not None:
                batch.read_in(row, row.values, result)


class _Batch:
    """One transaction's worth of rows."""

    def __init__(self, tx: Tx, found: Index, way: Way, under: Import) -> None:
        self.tx, self.found, self.way, self.under = tx, found, way, under
        self.campaigns: dict[tuple[str, int | None], int] = {}
        hours = locations.hours(tx, way.location_id)
        self.occasion = Occasion(way.workflow, hours, tx.now, tx.role, tx.who)

    def read_in(self, row: Row, values: RowValues, result: Result) -> None:
        match = self.found.find(values)
        with self.tx.new_change():
            if match is None or match.lead_id is None or self.way.on_match == "add":
                self._create(values, match.person_id if match else None)
                result.created += 1
            elif self.way.on_match == "skip" or not self._update(match.lead_id, values):
                result.already_here += 1
                return
            else:
                result.updated += 1
            imports.note_change(self.tx, self.under.id, row.line)

    # ----------------------------------------------------------------------------------------------------------- new

    def _create(self, values: RowValues, person_id: PersonId | None) -> None:
        tx = self.tx
        if person_id:
            self._update_person(person_id, values, overwrites=False)
        person = people.get(tx, person_id) if person_id else people.add(tx, self._wishes(_person(values), values), self.way.location_id)
        created = values.instants.get("created") or _first_known(values)
        arrival = Arrival(person.id, self.way.location_id, "import", created, tx.new_id())
        ruling = rules.imported_lead(
            self.occasion, arrival, _said(tx, values, overwrites=True), self._facts(values) | {"import_id": self.under.id}
        )
        lead = cases.apply(tx, None, ruling).lead
        add_details(tx, lead, values, is_new=True)
        if mark := mark_of(values):
            imports.add_external_id(tx, *MARKS, mark, lead.id)
        self.found.add(values, lead.id, person.id)

    def _wishes(self, person: Person, values: RowValues) -> Person:
        """A status such as *do not call* says it of the person too."""
        status = self.way.workflow.statuses.get(values.status)
        if status is None or not (status.sets_do_not_call or status.stops_marketing):
            return person
        return replace(person, do_not_call=person.do_not_call or status.sets_do_not_call, no_marketing=True)

    def _facts(self, values: RowValues) -> dict[str, Any]:
        source_id = int(values.source) if values.source else None
        facts: dict[str, Any] = {name: getattr(values, name) for name in FACTS if getattr(values, name)}
        facts |= {"source_id": source_id, "campaign_id": self._campaign(values.campaign, source_id), "estimate": values.estimate}
        facts |= {"owner_id": int(values.owner) if values.owner else None, "external_key": values.external_id or None}
        return facts | {"important": bool(values.important)}

    def _campaign(self, label: str, source_id: int | None) -> int | None:
        if not label:
            return None
        key = (label, source_id)
        if key not in self.campaigns:
            with imports.making_a_list(self.tx, self.under.id):
                self.campaigns[key] = sources.get_or_create_campaign(self.tx, label, source_id)
        return self.campaigns[key]

    # -------------------------------------------------------------------------------------------------------- update

    def _update(self, lead_id: LeadId, values: RowValues) -> bool:
        """Bring a lead that is here up to what the file says; False when it says nothing new."""
        overwrites = self.way.on_match == "overwrite"
        before = cases.case(self.tx, lead_id)
        changed = self._update_person(before.lead.person_id, values, overwrites=overwrites)
        facts = {name: value for name, value in self._facts(values).items() if value and (overwrites or not getattr(before.lead, name))}
        if facts.get("external_key") == str(lead_id):  # the number of our own that an export gave it
            del facts["external_key"]
        said = replace(_said(self.tx, values, overwrites=overwrites), revenue=None if _is_paid(self.tx, before, values) else values.revenue)
        if not overwrites and before.lead.status != self.way.workflow.initial:
            said = replace(said, status=None)
        occasion = replace(
            self.occasion, workflow=self.way.workflow if before.lead.workflow == self.way.workflow.key else self._own(before)
        )
        said = said if said.status in (None, *occasion.workflow.statuses) else replace(said, status=None)
        ruling = rules.imported(replace(before, lead=replace(before.lead, **facts)), occasion, said)
        if ruling.case == before and ruling.revenue is None:
            return add_details(self.tx, before.lead, values) or changed
        add_details(self.tx, cases.apply(self.tx, before, ruling).lead, values)
        return True

    def _own(self, case: Case) -> Workflow:
        return workflows.of(self.tx, case.lead.workflow)

    def _update_person(self, person_id: PersonId, values: RowValues, *, overwrites: bool) -> bool:
        before, said = people.get(self.tx, person_id), _person(values)
        known = {(point.kind, point.canonical) for point in before.points}
        fresh = tuple(point for point in said.points if (point.kind, point.canonical) not in known)
        names = {name: getattr(said, name) for name in ("first_name", "last_name", "birth_date", "postal_code") if getattr(said, name)}
        names = {name: value for name, value in names.items() if overwrites or not getattr(before, name)}
        wishes: dict[str, Any] = {name: True for name in ("do_not_call", "no_marketing") if getattr(said, name)}
        after = replace(before, points=(*before.points, *fresh), **names, **wishes)
        if after == before:
            return False
        people.save(self.tx, before, after)
        return True


def _person(values: RowValues) -> Person:
    phones = [("phone", phone.as_typed, phone.canonical) for phone in values.phones]
    emails = [("email", email.as_typed, email.canonical) for email in values.emails]
    points = tuple(ContactPoint(0, 0, kind, typed, canonical, place) for place, (kind, typed, canonical) in enumerate((*phones, *emails)))
    return Person(
        0,
        values.first_name,
        values.last_name,
        values.birth_date,
        values.postal_code,
        bool(values.do_not_call),
        bool(values.no_marketing),
        points=points,
    )


def _said(tx: Tx, values: RowValues, *, overwrites: bool) -> Facts:
    stamps: Mapping[str, datetime] = {name: at for name, at in values.instants.items() if name in STAMPS}
    return Facts(
        status=values.status or None,
        reason=values.reason or None,
        loss_note=values.loss_note,
        stamps=stamps,
        follow_up=follow_up_of(values),
        planned_by=colleague(tx, values.follow_up_by),
        attempts=values.attempts,
        enrolment_number=values.enrolment_number,
        revenue=values.revenue,
        overwrites=overwrites,
    )


def _first_known(values: RowValues) -> datetime | None:
    known = [at for name, at in values.instants.items() if name in STAMPS]
    return min(known) if known else None


def _is_paid(tx: Tx, case: Case, values: RowValues) -> bool:
    """Whether this amount is recorded already, so that the same file again changes nothing."""
    return values.revenue is not None and any(each.amount == values.revenue for each in money.of_lead(tx, case.lead.id))
