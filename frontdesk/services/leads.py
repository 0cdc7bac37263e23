"""Leads: created, edited, moved to another status, handed over, marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from frontdesk.domain import rules
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Activity, ActivityKind, Lead, LeadId, PersonId, StaffId
from frontdesk.domain.rules import Answers, Arrival, Occasion, Ruling
from frontdesk.domain.workflow import Outcome, Role, Stage
from frontdesk.services import money, people
from frontdesk.services.cases import judge
from frontdesk.store import activities, cases, imports, leads, locations, sources, workflows
from frontdesk.store.tx import Tx

LEADERS = frozenset((Role.MANAGER, Role.ADMINISTRATOR))
NOTHING: Mapping[LeadId, int] = MappingProxyType({})


class LeadFacts(Struct, frozen=True):
    """What is known about an enquiry besides its person; every field may stay empty (S2.19)."""

    source_id: int | None = None
    campaign_id: int | None = None
    interest: str = ""
    estimate: int | None = None
    best_time: str = ""
    category: str = ""
    owner_id: StaffId | None = None
    important: bool = False
    external_key: str | None = None
    note: str = ""


NO_FACTS = LeadFacts()
EDITABLE = frozenset(LeadFacts.__struct_fields__) - {"note", "owner_id", "important"}


def create_lead(
    tx: Tx,
    *,
    person: people.PersonFields | None = None,
    person_id: PersonId | None = None,
    facts: LeadFacts = NO_FACTS,
    channel: str = "hand",
    created: datetime | None = None,
) -> LeadId:
    """Enter a new enquiry, of a new person or of one who is here already.

    Raises:
        Refused: `nobody_to_save`, `channel_unknown`, `created_in_the_future`, `external_id_taken`, or what the person's fields refuse.
    """
    cases.foresee_new(tx)
    location_id = locations.everywhere(tx)[0].id
    moment = Occasion(workflows.active(tx), locations.hours(tx, location_id), tx.now, tx.role, tx.who)
    rules.may_write(moment)
    facts = replace(facts, external_key=_free_external_key(tx, facts.external_key))
    with tx.because("created"):
        known = people.get(tx, person_id) if person_id is not None else people.add_person(tx, person or people.NOBODY)
    arrival = Arrival(known.id, location_id, channel, created, tx.new_id())
    ruling = rules.create(moment, arrival, do_not_call=known.do_not_call, no_marketing=known.no_marketing)
    values = {name: getattr(facts, name) for name in LeadFacts.__struct_fields__ if name != "note"}
    lead = replace(ruling.case.lead, **values)
    cases.apply(tx, None, replace(ruling, case=replace(ruling.case, lead=lead)))
    if facts.note.strip():
        add_note(tx, lead_id=lead.id, note=facts.note)
    return lead.id


def enter_lead(
    tx: Tx,
    *,
    person: people.PersonFields | None = None,
    person_id: PersonId | None = None,
    facts: LeadFacts = NO_FACTS,
    source: str = "",
    source_channel: str = "",
    campaign: str = "",
    channel: str = "hand",
    created: datetime | None = None,
) -> LeadId:
    """Enter an enquiry whose source and campaign are given by name; a new name is added to the list (X.10)."""
    with tx.because("created"):
        source_id = sources.get_or_create(tx, source, source_channel) if source.strip() else facts.source_id
        campaign_id = sources.get_or_create_campaign(tx, campaign, source_id) if campaign.strip() else facts.campaign_id
    known = replace(facts, source_id=source_id, campaign_id=campaign_id)
    return create_lead(tx, person=person, person_id=person_id, facts=known, channel=channel, created=created)


def statuses_in_use(tx: Tx) -> frozenset[str]:
    """The statuses of the workflow that new leads follow."""
    return frozenset(workflows.active(tx).statuses)


def edit_lead(tx: Tx, *, lead_id: LeadId, version: int | None = None, facts: Mapping[str, Any]) -> None:
    """Correct what is known about an enquiry; when the person first made contact only a manager may correct (S2.26)."""
    lead = _writable(tx, lead_id, version)
    plain = {name: value for name, value in facts.items() if name in EDITABLE}
    if plain.get("external_key", lead.external_key) != lead.external_key:
        plain["external_key"] = _free_external_key(tx, str(plain["external_key"] or ""), lead.id)
    after = replace(lead, **plain)
    if "created" in facts:
        after = _created_corrected(tx, after, facts["created"])
    with tx.because("edited"):
        leads.save(tx, lead, after)


def change_status(tx: Tx, *, lead_id: LeadId, version: int | None = None, to: str, answers: Answers = rules.Answers()) -> Ruling:  # noqa: B008 - frozen
    """Move a lead to another status, with everything that the workflow attaches to it."""
    return judge(tx, lead_id, version, rules.choose_status, to, answers)


def change_status_of_many(
    tx: Tx, *, chosen: Sequence[tuple[LeadId, int | None]], to: str, answers: Answers, revenues: Mapping[LeadId, int] = NOTHING
) -> int:
    """The same status for many leads, with revenue for each where it is offered (S3.23–S3.25): one change, one undo. Those already there are left."""
    moved = 0
    for lead_id, version in chosen:
        if leads.get(tx, lead_id, version=version).status != to:
            judge(tx, lead_id, version, rules.choose_status, to, answers)
            moved += 1
        if lead_id in revenues:
            money.record_revenue(tx, lead_id=lead_id, amount=revenues[lead_id])
    return moved


def reopen(tx: Tx, *, lead_id: LeadId, version: int | None = None) -> Ruling:
    """Back to the status it had before it was closed."""
    return judge(tx, lead_id, version, rules.reopen)


def assign(tx: Tx, *, chosen: Sequence[tuple[LeadId, int | None]], owner_id: StaffId | None) -> None:
    """Give leads to a colleague, or to nobody."""
    with tx.because("assigned"):
        for lead_id, version in chosen:
            lead = _writable(tx, lead_id, version)
            leads.save(tx, lead, replace(lead, owner_id=owner_id))


def transfer(tx: Tx, *, lead_id: LeadId, version: int | None = None, to_person: StaffId, note: str) -> None:
    """Hand an open lead to a colleague with a note; it goes to group 3 of their queue (S4.34)."""
    lead = _writable(tx, lead_id, version)
    if not lead.is_open:
        raise Refused("lead_is_closed")
    if not note.strip():
        raise Refused("note_needed", "note")
    with tx.because("transferred"):
        leads.save(tx, lead, replace(lead, owner_id=to_person, handed_at=tx.now))
        _note(tx, lead, note)


def mark_important(tx: Tx, *, lead_id: LeadId, version: int | None = None, important: bool) -> None:
    """Mark a lead important, or take the mark away (S4.35)."""
    lead = _writable(tx, lead_id, version)
    with tx.because("marked"):
        leads.save(tx, lead, replace(lead, important=important))


def add_note(tx: Tx, *, lead_id: LeadId, note: str) -> None:
    """Write a note into the history of a lead; it is not a contact and changes nothing else."""
    lead = _writable(tx, lead_id, None)
    if not note.strip():
        raise Refused("note_needed", "note")
    with tx.because("note_added"):
        _note(tx, lead, note)


def mark_duplicate(tx: Tx, *, lead_id: LeadId, version: int | None = None, of: LeadId) -> None:
    """Two leads for one enquiry: this one is excluded as a duplicate of the other, and the original stays counted (S4.33)."""
    lead = _writable(tx, lead_id, version)
    original = leads.get(tx, of)
    if original.id == lead.id:
        raise Refused("merge_with_self", "of")
    workflow = workflows.of(tx, lead.workflow)
    excluded = next((status for status in workflow.statuses.values() if status.stage is Stage.EXCLUDED and status.by_hand), None)
    with tx.because("duplicate_marked"):
        if excluded is not None and lead.outcome is not Outcome.EXCLUDED:
            lead = judge(
                tx, lead_id, version, rules.choose_status, excluded.key, Answers(_duplicate_kind(tx, lead), verified=True)
            ).case.lead
            lead = leads.get(tx, lead_id)
        aside = None if excluded is not None else tx.now  # a workflow without such a status: out of every list and count instead
        leads.save(tx, lead, replace(lead, duplicate_of=original.id, archived_at=aside))


def _duplicate_kind(tx: Tx, lead: Lead) -> str | None:
    return "duplicate" if "duplicate" in workflows.of(tx, lead.workflow).reasons else None


def _writable(tx: Tx, lead_id: LeadId, version: int | None) -> Lead:
    if tx.role is Role.AUDITOR:
        raise Refused("role_not_allowed", "role")
    return leads.get(tx, lead_id, version=version)


def _note(tx: Tx, lead: Lead, note: str) -> None:
    activities.add(tx, Activity(0, lead.id, tx.now, ActivityKind.NOTE, note=note, by=tx.who), lead)


def _free_external_key(tx: Tx, typed: str | None, own: LeadId | None = None) -> str | None:
    """The number of another system as typed; it names one lead, and Refused `external_id_taken` says which."""
    key = (typed or "").strip()
    if not key:
        return None
    taken = [each for each in imports.leads_by_external_key(tx, [key]).get(key, ()) if each != own]
    if taken:
        raise Refused("external_id_taken", "external_id", lead=taken[0])
    return key


def _created_corrected(tx: Tx, lead: Lead, created: object) -> Lead:
    if tx.role not in LEADERS:
        raise Refused("role_not_allowed", "created")
    if not isinstance(created, datetime):
        raise Refused("date_not_understood", "created")
    if created > tx.now:
        raise Refused("created_in_the_future", "created")
    return replace(lead, stamps=replace(lead.stamps, created=created))
