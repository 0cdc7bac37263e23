"""Lists of leads written to a file that reads in again without loss: CSV, XLSX or JSON, by the ending of its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from frontdesk.connectors import registry
from frontdesk.domain.imports.several import Noted, appointments_text, email_text, joined, notes_text, payments_text, phone_text
from frontdesk.domain.lines import Filter, Sort
from frontdesk.domain.money import plain_amount
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Lead, LeadId, Person
from frontdesk.services.desk import Desk
from frontdesk.services.imports.preparing import import_words
from frontdesk.services.lists import EVERY, NEWEST, Choices, choices, lead_ids
from frontdesk.store import activities, appointments, followups, leads, money, people
from frontdesk.store.tx import Tx

PAGE = 500
PHONES, EMAILS = ("phone", "phone_2", "phone_3"), ("email", "email_2")
STAMPS = ("created", "first_attempt", "reached", "booked", "seen", "won", "lost")
HEADINGS = (
    *("external_id", "first_name", "last_name", *PHONES, *EMAILS),
    *("status", "reason", "loss_note", "source", "campaign", "channel", "category", "owner", "interest"),
    *("estimate", "revenue", "payment_list", "important", "attempts", "best_time"),
    *("postal_code", "birth_date", "do_not_call", "no_marketing", "enrolment_number"),
    *("follow_up", "follow_up_kind", "follow_up_any_time", "follow_up_note", "follow_up_by"),
    *(*STAMPS, "appointment_list", "notes"),
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


class _Page:
    """Some leads with all that is written of them, read at once."""

    def __init__(self, tx: Tx, ids: list[LeadId], known: Choices) -> None:
        self.known, self.zone, self.literally = known, known.hours.zone, import_words().literally
        self.leads = leads.of_ids(tx, ids)
        self.people = people.of_ids(tx, {lead.person_id for lead in self.leads.values()})
        self.payments, self.follow_ups = money.of_many(tx, ids), followups.open_of_many(tx, ids)
        self.appointments, self.notes = appointments.of_many(tx, ids), activities.noted_of_many(tx, ids)

    def row(self, lead: Lead) -> Sequence[str]:
        cells = {**self._texts(lead), **self._person(self.people[lead.person_id]), **self._work(lead), **self._lists(lead)}
        return [cells[heading] for heading in HEADINGS]

    def _texts(self, lead: Lead) -> dict[str, str]:
        known = self.known
        texts = {
            "external_id": lead.external_key or str(lead.id),
            "status": lead.status,
            "reason": lead.reason or "",
            "loss_note": lead.loss_note,
            "source": known.sources.get(lead.source_id or 0, ""),
            "campaign": known.campaigns.get(lead.campaign_id or 0, ""),
            "channel": lead.channel,
            "owner": known.staff.get(lead.owner_id or 0, ""),
            "interest": lead.interest,
            "category": lead.category,
            "best_time": lead.best_time,
            "enrolment_number": lead.enrolment_number or "",
        }
        return {heading: self.literally(text) for heading, text in texts.items()}

    def _person(self, person: Person) -> dict[str, str]:
        country = self.known.book.country
        return {
            "first_name": self.literally(person.first_name),
            "last_name": self.literally(person.last_name),
            "postal_code": self.literally(person.postal_code),
            "birth_date": person.birth_date.isoformat() if person.birth_date else "",
            "do_not_call": _truth(person.do_not_call),
            "no_marketing": _truth(person.no_marketing),
            **self._spread(PHONES, [phone_text(each.typed, each.canonical, country) for each in person.points if each.kind == "phone"]),
            **self._spread(EMAILS, [email_text(each.typed, each.canonical) for each in person.points if each.kind == "email"]),
        }

    def _work(self, lead: Lead) -> dict[str, str]:
        follow_up = self.follow_ups.get(lead.id)
        cells = {name: self._instant(getattr(lead.stamps, name)) for name in STAMPS}
        cells |= {"important": _truth(lead.important), "attempts": str(lead.attempts), "estimate": self._money(lead.estimate)}
        return cells | {
            "follow_up": self._instant(follow_up.due if follow_up else None),
            "follow_up_kind": follow_up.kind.value if follow_up else "",
            "follow_up_any_time": _truth(follow_up is not None and follow_up.any_time),
            "follow_up_note": self.literally(follow_up.note) if follow_up else "",
            "follow_up_by": self.known.staff.get(follow_up.set_by or 0, "") if follow_up else "",
        }

    def _lists(self, lead: Lead) -> dict[str, str]:
        payments, names = self.payments.get(lead.id, ()), self.known.staff
        notes = [Noted(each.at, names.get(each.by or 0, ""), each.note) for each in self.notes.get(lead.id, ())]
        return {
            "revenue": self._money(sum(each.amount for each in payments) or None),
            "payment_list": payments_text(payments, self.known.book.currency),
            "appointment_list": appointments_text(self.appointments.get(lead.id, ()), self.zone),
            "notes": notes_text(notes, self.zone),
        }

    def _spread(self, headings: Sequence[str], values: Sequence[str]) -> dict[str, str]:
        """A value a column, and in the last one all that are left."""
        last = len(headings) - 1
        placed = map(self.literally, [*values[:last], joined(values[last:])])
        return dict.fromkeys(headings, "") | dict(zip(headings, placed, strict=False))

    def _money(self, amount: int | None) -> str:
        return plain_amount(amount, self.known.book.currency) if amount is not None else ""

    def _instant(self, instant: datetime | None) -> str:
        return instant.astimezone(self.zone).isoformat() if instant else ""


def _page(tx: Tx, *, ids: list[LeadId], known: Choices) -> list[Sequence[str]]:
    page = _Page(tx, ids, known)
    return [page.row(page.leads[each]) for each in ids if each in page.leads]


def _truth(value: bool) -> str:
    return "yes" if value else ""
