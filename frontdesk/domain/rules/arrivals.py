"""A lead comes in, and somebody gets in touch with us."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Activity, ActivityKind, Case, Lead, LeadId, LocationId, PersonId, Stamps
from frontdesk.domain.rules.rulings import Draft, Occasion, Ruling, may_write
from frontdesk.domain.workflow import GiveUp, Outcome

CREATED_BY = frozenset(("web_form", "call", "voicemail", "email", "walk_in", "referral", "import", "hand"))
INBOUND = frozenset(("call", "voicemail", "email", "text", "visit"))


class Arrival(Struct, frozen=True):
    """A new enquiry: whose, where, through which channel, and when the person first made contact (S2.14)."""

    person_id: PersonId
    location_id: LocationId
    channel: str = "hand"
    created: datetime | None = None
    lead_id: LeadId = 0


def create(occasion: Occasion, arrival: Arrival, *, do_not_call: bool = False, no_marketing: bool = False) -> Ruling:
    """A new lead in the initial status; never an attempt, whatever the channel. Unassigned unless somebody is named (S3.07)."""
    may_write(occasion)
    if arrival.channel not in CREATED_BY:
        raise Refused("channel_unknown", "channel")
    created = arrival.created or occasion.now
    if created > occasion.now:
        raise Refused("created_in_the_future", "created")
    status = occasion.workflow.statuses[occasion.workflow.initial]
    lead = Lead(
        id=arrival.lead_id,
        person_id=arrival.person_id,
        location_id=arrival.location_id,
        workflow=occasion.workflow.key,
        status=status.key,
        stage=status.stage,
        furthest=status.stage,
        outcome=Outcome.OPEN,
        stamps=Stamps(created),
        entered_at=occasion.now,
        status_since=created,
        channel=arrival.channel,
    )
    draft = Draft(Case(lead, do_not_call=do_not_call, no_marketing=no_marketing), occasion, "created")
    draft.note("created", None, created)
    waits = arrival.channel == "voicemail"  # somebody has to call back (S4.19, S4.20)
    late = waits and not occasion.hours.is_open(created)
    inward = arrival.channel != "hand"
    activity = Activity(
        0, lead.id, created, ActivityKind.CREATED, arrival.channel, inward, by=occasion.who, unsettled=waits, after_hours=late
    )
    return draft.ruling(activity=activity)


def inbound(case: Case, occasion: Occasion, channel: str, note: str = "") -> Ruling:
    """The person got in touch: recorded, never an attempt; stops an *after a wait* clock; a closed lead *came back*."""
    may_write(occasion)
    if channel not in INBOUND:
        raise Refused("channel_unknown", "channel")
    late = not occasion.hours.is_open(occasion.now)
    activity = Activity(
        0,
        case.lead.id,
        occasion.now,
        ActivityKind.INBOUND,
        channel,
        inbound=True,
        note=note,
        by=occasion.who,
        unsettled=case.lead.is_open,
        after_hours=late,
    )
    if not case.lead.is_open:
        draft = Draft(case, occasion, "came_back")
        draft.change(came_back_at=occasion.now)
        return draft.ruling(activity=activity)
    draft = Draft(case, occasion, "inbound")
    policy = occasion.workflow.attempts
    if policy and policy.give_up is GiveUp.AFTER_A_WAIT and case.lead.timer_due is not None:
        draft.clock(None)
        draft.plan_now()
    return draft.ruling(activity=activity)
