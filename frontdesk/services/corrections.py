"""The full form of a lead saved at once: the person, the enquiry, its owner and the person's wishes are one change, and one undo."""

from __future__ import annotations

from frontdesk.domain.records import LeadId
from frontdesk.services import leads, people
from frontdesk.services.leads import EDITABLE, LeadFacts
from frontdesk.services.people import PersonFields
from frontdesk.store import leads as stored_leads
from frontdesk.store import people as stored_people
from frontdesk.store.tx import Tx


def correct_lead(
    tx: Tx,
    *,
    lead_id: LeadId,
    version: int | None = None,
    person_version: int | None = None,
    person: PersonFields,
    facts: LeadFacts,
    do_not_call: bool,
    no_marketing: bool,
) -> None:
    """Save what the form of a lead says; only what differs is written.

    Raises:
        Refused: at the field of the form that is wrong.
        Conflict: `changed_elsewhere` when somebody else changed the lead or the person since they were read.
    """
    lead = stored_leads.get(tx, lead_id, version=version)
    people.edit_person(tx, person_id=lead.person_id, version=person_version, fields=person)
    known = stored_people.get(tx, lead.person_id)
    if (known.do_not_call, known.no_marketing) != (do_not_call, no_marketing):
        people.set_wishes(tx, person_id=known.id, do_not_call=do_not_call, no_marketing=no_marketing)
    plain = {name: getattr(facts, name) for name in EDITABLE - {"external_key", "category"}}
    leads.edit_lead(tx, lead_id=lead_id, facts=plain)
    if lead.owner_id != facts.owner_id:
        leads.assign(tx, chosen=[(lead_id, None)], owner_id=facts.owner_id)
    if lead.important != facts.important:
        leads.mark_important(tx, lead_id=lead_id, important=facts.important)
