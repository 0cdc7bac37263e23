"""A practice with every oddity that a list can hold, and all that an export must bring to another practice with the same lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from msgspec.structs import replace

from frontdesk.domain.records import FollowUpKind, StaffId
from frontdesk.domain.rules import Answers, Plan
from frontdesk.domain.workflow import Disposition
from frontdesk.services import appointments, attempts, followups, leads, lists, money
from frontdesk.services.desk import Desk
from frontdesk.services.leads import LeadFacts
from frontdesk.services.people import PersonFields, set_wishes
from frontdesk.store import activities, people, staff
from frontdesk.store import appointments as store_appointments
from frontdesk.store import followups as store_followups
from frontdesk.store import leads as store_leads
from frontdesk.store import money as store_money
from frontdesk.store.tx import Tx
from tests.services.practice import Office

TEXTS = (
    "=SUM(A1)", "+Plus", "-Dash", "@At", "'quoted", "''=twice", 'Quote "Q"', "O'Brien; Mary", "a,b;c", "Zoë Łuczak", "李 小龍", "\u202eRTL", "None", "null", "NaN",
    "undefined", "-", "n/a", '"None"', "TRUE", "0012", "1.23E+14", "3/4/2024", "c:x ::: y", "a | b \\ c", "x" * 150,
)  # fmt: skip
NOTES = ("None", "-", "first\nsecond", "[2026-03-02T09:00:00+00:00 Ann]\nlooks like one", "=1+1\n+2", "  blanks before", "a ::: b", "null")
SOURCES = ("fb", "Google Ads")
PHONES = (
    ("(206) 555-0110 x12",),
    ("+44 20 7946 0000", "206-555-0111", "206.555.0112 ext. 7", "+1 (206) 555-0113", "(206) 555-0114 x9"),
    ("12345",),
    (),
)
EMAILS = (("Ann@Example.com",), (), ("a@example.com", "B <b@example.com>", "c+tag@example.com", "d@example.com"), ("unknown@unknown.com",))


def fill(office: Office, texts: Sequence[str] = TEXTS, notes: Sequence[str] = NOTES) -> None:
    """Leads in every state, each with another odd text in every field that takes one."""
    for number, text in enumerate(texts):
        phones = tuple(each.replace("01", f"{number:02}", 1) if len(each) > 5 else each for each in PHONES[number % 4])
        lead_id = _enter(office, number, text, phones, EMAILS[number % 4])
        office.clock.advance(minutes=7)
        _work(office, lead_id, number, text, notes)
        for note in notes[number % 3 :: 3] if number % 2 else ():
            office.clock.advance(minutes=1)
            office.do(leads.add_note, lead_id=lead_id, note=note)


def _enter(office: Office, number: int, text: str, phones: tuple[str, ...], emails: tuple[str, ...]) -> int:
    person = PersonFields(text, f"Last {number} {text}", phones, emails, date(1980, 4, 1) if number % 2 else None, "00123")
    facts = LeadFacts(
        interest=text,
        estimate=123_456 if number % 3 else None,
        best_time=text,
        category=text,
        important=number % 2 == 0,
        external_key=f"000{number}",
        owner_id=office.desk.who.id if number % 4 == 1 else None,
    )
    made: int = office.do(leads.enter_lead, person=person, facts=facts, source=SOURCES[number % 2], campaign="Spring: c:5")
    if number % 5 == 4:
        office.do(set_wishes, person_id=office.lead(made).person_id, do_not_call=False, no_marketing=True)
    return made


def _work(office: Office, lead_id: int, number: int, text: str, notes: Sequence[str]) -> None:
    soon = office.clock.now + timedelta(days=3)
    match number % 6:
        case 0:
            plan = Plan(soon, FollowUpKind.EMAIL, text, any_time=True)
            office.do(followups.set_follow_up, lead_id=lead_id, plan=plan)
        case 1:
            office.do(
                attempts.log_attempt, lead_id=lead_id, channel="call", disposition=Disposition.NO_ANSWER, note=notes[number % len(notes)]
            )
        case 2:
            office.do(leads.change_status, lead_id=lead_id, to="lost", answers=Answers(reason="price_shopping", note=text))
        case 3:
            for days, amount in ((0, 5_000), (-9, 120_050), (-9, 120_050)):
                day = office.clock.now.date() + timedelta(days=days)
                office.do(money.record_revenue, lead_id=lead_id, amount=amount, received_on=day, note=text)
        case 4:
            office.do(appointments.book_appointment, lead_id=lead_id, starts=soon, minutes=45, with_whom=text, kind=text)
            office.do(appointments.cancel_appointment, lead_id=lead_id)
            office.clock.advance(hours=1)
            office.do(appointments.book_appointment, lead_id=lead_id, starts=soon + timedelta(days=1), with_whom="Dr Li")
        case _:
            office.do(leads.change_status, lead_id=lead_id, to="procedure_completed", answers=Answers(note=text))


def told(desk: Desk) -> Mapping[str, Any]:
    """All that matters of every lead, by what files call it, without the ids and names of this very database."""
    return {lead["external_key"]: lead for lead in desk.ask(_told, known=desk.ask(lists.choices))}


OWN = ("id", "person_id", "location_id", "version", "entered_at", "status_since", "timer_due", "reopens_to", "import_id", "handed_at")
"""What only this database knows: its ids, when it was told, and the clocks that its own rules have started."""


def _told(tx: Tx, *, known: lists.Choices) -> list[Mapping[str, Any]]:
    ids = list(lists.lead_ids(tx))
    names: Mapping[StaffId | None, str] = {each.id: each.name for each in staff.every(tx)}
    found = []
    for lead in store_leads.of_ids(tx, ids).values():
        person = people.get(tx, lead.person_id)
        plan = store_followups.open_of(tx, lead.id)
        said = {name: getattr(lead, name) for name in lead.__struct_fields__ if name not in OWN}
        said |= {
            "source_id": known.sources.get(lead.source_id or 0),
            "campaign_id": known.campaigns.get(lead.campaign_id or 0),
            "owner_id": names.get(lead.owner_id),
            "person": replace(person, id=0, version=0, points=()),
            "points": [(each.kind, each.typed, each.canonical) for each in person.points],
            "payments": [(each.amount, each.received_on, each.note) for each in store_money.of_lead(tx, lead.id)],
            "appointments": [replace(each, id=0, lead_id=0, version=0) for each in store_appointments.of_lead(tx, lead.id)],
            "notes": [(each.at, names.get(each.by), each.note.rstrip()) for each in activities.of_lead(tx, lead.id) if each.note],
            "follow_up": plan and (plan.due, plan.kind, plan.note, plan.any_time, names.get(plan.set_by)),
        }
        found.append(said)
    return found
