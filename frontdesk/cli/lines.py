"""A lead as JSON and as text: instants ISO with offset, money and ids as strings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from frontdesk.cli.session import Session
from frontdesk.domain.lines import LeadLine
from frontdesk.domain.money import plain_amount
from frontdesk.domain.records import Appointment, FollowUp, Revenue
from frontdesk.services.lists import Profile
from frontdesk.services.timelines import Moment
from frontdesk.texts import rule


def lead_row(session: Session, line: LeadLine) -> dict[str, object]:
    """One line of a list."""
    return {
        "id": str(line.id),
        "name": line.name,
        "phones": list(line.phones),
        "emails": list(line.emails),
        "status": line.status,
        "stage": line.stage.value,
        "outcome": line.outcome.value,
        "owner": session.choices.staff.get(line.owner_id or 0),
        "source": session.choices.sources.get(line.source_id or 0),
        "attempts": line.attempts,
        "next_follow_up": session.local(line.next_follow_up),
        "reason": line.reason,
        "created": session.local(line.created),
        "important": line.important,
    }


def profile_row(session: Session, profile: Profile) -> dict[str, object]:
    """One lead with its person, its history and the person's other enquiries."""
    lead, person = profile.lead, profile.person
    return lead_row(session, profile.line) | {
        "person": {
            "id": str(person.id),
            "do_not_call": person.do_not_call,
            "no_marketing": person.no_marketing,
            "postal_code": person.postal_code,
        },
        "workflow": lead.workflow,
        "interest": lead.interest,
        "campaign": session.choices.campaigns.get(lead.campaign_id or 0),
        "best_time": lead.best_time,
        "external_id": lead.external_key,
        "enrolment_number": lead.enrolment_number,
        "loss_note": lead.loss_note,
        "stamps": {
            name: session.local(getattr(lead.stamps, name)) for name in ("first_attempt", "reached", "booked", "seen", "won", "lost")
        },
        "follow_up": _follow_up(session, profile.follow_up),
        "appointments": [_appointment(session, each) for each in profile.appointments],
        "revenue": [_revenue(session, each) for each in profile.revenues],
        "timeline": [_moment(session, each) for each in profile.timeline],
        "enquiries": [lead_row(session, each) for each in profile.enquiries],
        "version": lead.version,
    }


def profile_lines(session: Session, profile: Profile) -> Iterable[str]:
    """The same for people."""
    line = profile.line
    yield f"{line.name or '–'}  {', '.join((*line.phones, *line.emails)) or '–'}  person {line.person_id}"
    yield f"{profile.workflow.statuses[line.status].label}, {line.attempts} attempts, next {session.local(line.next_follow_up) or '–'}, owner {session.choices.staff.get(line.owner_id or 0, '–')}"
    if line.reason:
        yield f"Reason: {profile.workflow.reasons[line.reason].label}"
    for visit in profile.appointments:
        yield f"Appointment {visit.name}: {session.local(visit.starts) or '–'}, {visit.state}"
    for each in profile.timeline:
        said = f"{rule(each.rule)}{f' ({each.channel})' if each.channel else ''}{f': {each.note}' if each.note else ''}"
        yield f"  {session.local(each.at)}  {each.by or 'system'}  {said}"
    for other in profile.enquiries:
        yield f"  other enquiry {other.id}, {other.status}, {session.local(other.created)}"


def _follow_up(session: Session, follow_up: FollowUp | None) -> Mapping[str, object] | None:
    if follow_up is None:
        return None
    return {
        "due": session.local(follow_up.due),
        "kind": follow_up.kind.value,
        "note": follow_up.note,
        "by": "user" if follow_up.set_by else "system",
    }


def _appointment(session: Session, appointment: Appointment) -> Mapping[str, object]:
    return {
        "id": str(appointment.id),
        "key": appointment.key,
        "starts": session.local(appointment.starts),
        "minutes": appointment.minutes,
        "with": appointment.with_whom,
        "state": appointment.state.value,
        "invoiced": appointment.invoiced,
    }


def _revenue(session: Session, revenue: Revenue) -> Mapping[str, object]:
    return {"amount": plain_amount(revenue.amount, session.book.currency), "on": revenue.received_on.isoformat(), "note": revenue.note}


def _moment(session: Session, moment: Moment) -> Mapping[str, object]:
    return {
        "at": session.local(moment.at),
        "by": moment.by or "system",
        "rule": moment.rule,
        "channel": moment.channel or None,
        "disposition": moment.disposition,
        "note": moment.note,
        "from": moment.from_status,
        "to": moment.to_status,
        "change": str(moment.change) if moment.change else None,
    }
