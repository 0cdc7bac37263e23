"""The second walk through a file: every row as a plain record that a service can apply, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from msgspec import Struct, field

from frontdesk.domain.contacts import Email, Phone, split_name
from frontdesk.domain.imports import cells
from frontdesk.domain.imports.cells import Draft, Problem, Reading
from frontdesk.domain.imports.columns import Column, ColumnMap
from frontdesk.domain.imports.fields import FIELDS, Kind
from frontdesk.domain.imports.several import Noted
from frontdesk.domain.ports import Cells, Line, Table
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Appointment, Revenue

PREVIEW = 8
_NAMES = frozenset({"name", "first_name", "last_name"})
_TEST_LEAD = "<test lead"


class RowValues(Struct, frozen=True):
    """What one row says.

    Attributes:
        status: key of the workflow's status; source, owner, reason: keys of the practice's lists (`ValueMap`).
        instants: created, first_attempt, reached, booked, seen, won, lost, follow_up; `closed` only where the status has no outcome.
        day_only: those of them that were known only by their day.
        revenue, estimate: minor units.
        payments: what was paid with its days, in place of the revenue that is their sum.
        dated_notes: notes with their moments and names, beside `notes`.
        kept: field and text of cells that could not be understood and that the row is good without; worth a note.
    """

    phones: tuple[Phone, ...] = ()
    emails: tuple[Email, ...] = ()
    first_name: str = ""
    last_name: str = ""
    external_id: str = ""
    status: str = ""
    source: str = ""
    owner: str = ""
    reason: str = ""
    campaign: str = ""
    channel: str = ""
    interest: str = ""
    category: str = ""
    postal_code: str = ""
    enrolment_number: str = ""
    best_time: str = ""
    notes: str = ""
    loss_note: str = ""
    follow_up_kind: str = ""
    follow_up_note: str = ""
    follow_up_by: str = ""
    follow_up_any_time: bool = False
    dated_notes: tuple[Noted, ...] = ()
    payments: tuple[Revenue, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    instants: Mapping[str, datetime] = field(default_factory=dict)
    day_only: frozenset[str] = frozenset()
    birth_date: date | None = None
    revenue: int | None = None
    estimate: int | None = None
    attempts: int | None = None
    important: bool | None = None
    do_not_call: bool | None = None
    no_marketing: bool | None = None
    kept: tuple[tuple[str, str], ...] = ()

    @property
    def says_who(self) -> bool:
        """A row is valid with any of phone, e-mail, name, external id."""
        return bool(self.phones or self.emails or self.first_name or self.last_name or self.external_id)


class Row(Struct, frozen=True):
    """One row of a file: its values, or the problems that keep it out; `is_test` when the sender marked it as no real lead."""

    line: int
    values: RowValues | None = None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    is_test: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """What a walk through all rows found."""

    rows: int = 0
    ready: int = 0
    refused: int = 0
    tests: int = 0
    warned: int = 0


def preview(table: Table, rows: int = PREVIEW) -> tuple[Cells, ...]:
    """The first rows as they stand in the file."""
    return tuple(line.cells for line in islice((line for line in table.lines if line.problem is None), rows))


def understand(table: Table, columns: ColumnMap, reading: Reading) -> Iterator[Row]:
    """Every row in the order of the file; one row at a time is in memory."""
    used = tuple(column for column in columns.columns if column.field)
    return (_row(line, used, reading) for line in table.lines)


def count(rows: Iterable[Row]) -> Counts:
    """The figures of a dry run."""
    total = ready = refused = tests = warned = 0
    for row in rows:
        total += 1
        tests += row.is_test
        ready += row.values is not None
        refused += bool(row.problems)
        warned += bool(row.warnings)
    return Counts(total, ready, refused, tests, warned)


def _row(line: Line, columns: tuple[Column, ...], reading: Reading) -> Row:
    if line.problem:
        return Row(line.number, problems=(Problem(None, line.problem),))
    if any(cell[:1] == "<" and cell.lower().startswith(_TEST_LEAD) for cell in line.cells):
        return Row(line.number, is_test=True)
    draft = Draft()
    for column in columns:
        _cell(draft, column, line.cells[column.index], reading)
    if draft.truths.get("is_test"):
        return Row(line.number, is_test=True)
    _settle(draft, reading)
    values = _values(draft)
    if not draft.problems and not values.says_who:
        draft.problems.append(Problem(None, "nobody_to_save"))
    problems = tuple(draft.problems)
    return Row(line.number, None if problems else values, problems, tuple(draft.warnings))


def _cell(draft: Draft, column: Column, written: str, reading: Reading) -> None:
    key = str(column.field)
    cell = reading.words.text(written, is_name=key in _NAMES)
    if not cell:
        return
    try:
        _read(draft, key, cell, reading, column)
    except Refused as refused:
        draft.problems.append(Problem(key, refused.code))


def _read(draft: Draft, key: str, cell: str, reading: Reading, column: Column) -> None:
    kind = FIELDS[key].kind
    if not FIELDS[key].many and kind is not Kind.TRUTH and draft.is_taken(key, cell):
        return
    if kind is Kind.INSTANT:
        cells.read_instant(draft, key, cell, reading, column.index)
    elif kind is Kind.DAY:
        cells.read_birth_date(draft, key, cell, reading, column.index)
    elif kind is Kind.NOTE and key == "notes":
        cells.read_note(draft, key, cell, reading, column.heading)
    elif key in _NAMES:
        cells.read_name(draft, key, cell, reading)
    else:
        _READERS[kind](draft, key, cell, reading)


_READERS = {
    Kind.PHONE: cells.read_phones,
    Kind.EMAIL: cells.read_emails,
    Kind.CONTACT: cells.read_contacts,
    Kind.TEXT: cells.read_text,
    Kind.NOTE: cells.read_long_text,
    Kind.ID: cells.read_id,
    Kind.MONEY: cells.read_amount,
    Kind.COUNT: cells.read_count,
    Kind.TRUTH: cells.read_truth,
    Kind.VALUE: cells.read_value,
    Kind.LINES: cells.read_lines,
}


def _settle(draft: Draft, reading: Reading) -> None:
    """What cells say together: a date of closing, a reason beside a status that takes none, payments beside their sum."""
    outcome = reading.outcomes.get(draft.texts.get("status", ""))
    try:
        _settle_closing(draft, reading, outcome)
    except Refused as refused:
        draft.problems.append(Problem("closed", refused.code))
    for key in {"open": ("reason", "loss_note"), "won": ("reason",)}.get(outcome or "", ()):
        if draft.texts.pop(key, ""):
            draft.doubt(key, "reason_beside_open", draft.written[key])
    revenue = draft.amounts.get("revenue")
    if revenue is not None and draft.payments and revenue != sum(each.amount for each in draft.payments):
        draft.problems.append(Problem("payment_list", "payments_differ"))


def _values(draft: Draft) -> RowValues:
    first, last = _first_and_last(draft.texts)
    texts = {key: text for key, text in draft.texts.items() if key not in _NAMES}
    return RowValues(
        phones=tuple(draft.phones.values()),
        emails=tuple(draft.emails.values()),
        first_name=first,
        last_name=last,
        notes=_notes(draft.notes),
        dated_notes=tuple(draft.dated_notes),
        payments=draft.payments,
        appointments=draft.appointments,
        follow_up_any_time=draft.truths.get("follow_up_any_time", False),
        instants=draft.instants,
        day_only=frozenset(draft.day_only),
        birth_date=draft.birth_date,
        revenue=None if draft.payments else draft.amounts.get("revenue") or None,
        estimate=draft.amounts.get("estimate"),
        attempts=draft.amounts.get("attempts"),
        important=draft.truths.get("important"),
        do_not_call=draft.truths.get("do_not_call"),
        no_marketing=_no_marketing(draft.truths),
        kept=tuple(draft.kept),
        **texts,
    )


def _first_and_last(texts: Mapping[str, str]) -> tuple[str, str]:
    """Columns for both names win; beside only one of them a name column may be the whole name or the other half (Prénom, Nom)."""
    name, first, last = (texts.get(key, "") for key in ("name", "first_name", "last_name"))
    if (first and last) or not name:
        return first, last
    if first:
        return first, (name.removeprefix(first).strip() if name.startswith(f"{first} ") else name if name != first else "")
    if last:
        return (name.removesuffix(last).strip() if name.endswith(f" {last}") else name if name != last else ""), last
    return split_name(name)


def _notes(notes: list[tuple[str, str]]) -> str:
    """One column as it is, several with their headings."""
    return notes[0][1] if len(notes) == 1 else "\n".join(f"{heading}: {text}" for heading, text in notes)


def _settle_closing(draft: Draft, reading: Reading, outcome: str | None) -> None:
    """A closing date is the day of the win or of the loss, as the status says; one beside an open status says nothing yet."""
    if outcome is None or "closed" not in draft.instants:
        return
    closed = draft.instants.pop("closed")
    if outcome in {"won", "lost"} and outcome not in draft.instants:
        day_only = "closed" in draft.day_only
        cells.require_past(outcome, closed, reading, day_only=day_only)
        draft.instants[outcome] = closed
        draft.day_only |= {outcome} if day_only else set()


def _no_marketing(truths: Mapping[str, bool]) -> bool | None:
    """A refusal counts before a consent."""
    if "no_marketing" in truths or "marketing_consent" not in truths:
        return truths.get("no_marketing")
    return not truths["marketing_consent"]
