"""Lists of leads written to a file that reads in again without loss: CSV, XLSX or JSON, by the ending of its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from frontdesk.connectors import registry
from frontdesk.domain.lines import Filter, Sort
from frontdesk.domain.money import plain_amount
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Lead, LeadId, Person
from frontdesk.services.desk import Desk
from frontdesk.services.lists import EVERY, NEWEST, Choices, choices, lead_ids
from frontdesk.store import activities, leads, lists, people
from frontdesk.store.tx import Tx

PAGE = 500
HEADINGS = (
    "external_id",
    "first_name",
    "last_name",
    "phone",
    "phone_2",
    "phone_3",
    "email",
    "email_2",
    "status",
    "reason",
    "loss_note",
    "source",
    "campaign",
    "channel",
    "owner",
    "interest",
    "estimate",
    "revenue",
    "important",
    "attempts",
    "best_time",
    "postal_code",
    "birth_date",
    "do_not_call",
    "no_marketing",
    "enrolment_number",
    "follow_up",
    "created",
    "first_attempt",
    "reached",
    "booked",
    "seen",
    "won",
    "lost",
    "notes",
)
"""The names of the fields that an import understands without being told."""
Progress = Callable[[int, int], None]


def export_leads(
    desk: Desk,
    target: Path,
    *,
    wanted: Filter = EVERY,
    sort: Sort = NEWEST,
    ids: Sequence[LeadId] | None = None,
    overwrite: bool = False,
    progress: Progress = lambda done, of: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Write a list, or the leads chosen in it; return how many. Complete or not at all; cancelled leaves nothing.

    Raises:
        Refused: `file_exists`, `file_kind_unknown`, `disk_full`, `folder_not_writable`, `cancelled`.
    """
    found = desk.ask(lead_ids, wanted=wanted, sort=sort) if ids is None else ids
    known = desk.ask(choices)

    def rows() -> Iterator[Sequence[str]]:
        for start in range(0, len(found), PAGE):
            _check_cancelled(cancelled)
            yield from desk.ask(_page, ids=list(found[start : start + PAGE]), known=known)
            progress(min(start + PAGE, len(found)), len(found))

    return registry.write_table(target, HEADINGS, rows(), overwrite=overwrite)


def _check_cancelled(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise Refused("cancelled")


def _page(tx: Tx, *, ids: list[LeadId], known: Choices) -> list[Sequence[str]]:
    found = leads.of_ids(tx, ids)
    persons = people.of_ids(tx, {lead.person_id for lead in found.values()})
    paid = {line.id: line.revenue for line in lists.lines(tx, ids)}
    notes = activities.notes_of_many(tx, ids)
    rows = (found[each] for each in ids if each in found)
    return [_row(lead, persons[lead.person_id], paid.get(lead.id, 0), "\n".join(notes.get(lead.id, ())), known) for lead in rows]


def _row(lead: Lead, person: Person, paid: int, notes: str, known: Choices) -> Sequence[str]:
    phones = [point.typed if not point.canonical.startswith("+") else point.canonical for point in person.points if point.kind == "phone"]
    emails = [point.canonical for point in person.points if point.kind == "email"]
    cells = {
        "external_id": lead.external_key or str(lead.id),
        "first_name": person.first_name,
        "last_name": person.last_name,
        "status": lead.status,
        "reason": lead.reason or "",
        "loss_note": lead.loss_note,
        "source": known.sources.get(lead.source_id or 0, ""),
        "campaign": known.campaigns.get(lead.campaign_id or 0, ""),
        "channel": lead.channel,
        "owner": known.staff.get(lead.owner_id or 0, ""),
        "interest": lead.interest,
        "estimate": _money(lead.estimate, known),
        "revenue": _money(paid or None, known),
        "important": _truth(lead.important),
        "attempts": str(lead.attempts),
        "best_time": lead.best_time,
        "postal_code": person.postal_code,
        "birth_date": person.birth_date.isoformat() if person.birth_date else "",
        "do_not_call": _truth(person.do_not_call),
        "no_marketing": _truth(person.no_marketing),
        "enrolment_number": lead.enrolment_number or "",
        "notes": notes,
        "follow_up": _instant(lead.next_follow_up, known),
    }
    stamps = ("created", "first_attempt", "reached", "booked", "seen", "won", "lost")
    cells |= {name: _instant(getattr(lead.stamps, name), known) for name in stamps}
    cells |= dict(zip(("phone", "phone_2", "phone_3"), phones, strict=False)) | dict(zip(("email", "email_2"), emails, strict=False))
    return [cells.get(heading, "") for heading in HEADINGS]


def _money(amount: int | None, known: Choices) -> str:
    return plain_amount(amount, known.book.currency) if amount is not None else ""


def _truth(value: bool) -> str:
    return "yes" if value else ""


def _instant(instant: datetime | None, known: Choices) -> str:
    return known.hours.local(instant).isoformat() if instant else ""
