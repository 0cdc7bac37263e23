"""Cells to meanings, one function a kind; what cannot be understood is said, and kept as it was written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from frontdesk.domain.contacts import Email, Phone, clean_line, clean_text, email, phone
from frontdesk.domain.imports import several
from frontdesk.domain.imports.dates import DateReading, as_day, as_instant
from frontdesk.domain.imports.fields import PAST
from frontdesk.domain.imports.several import LONGEST_LINE, LONGEST_NOTE, Noted
from frontdesk.domain.imports.shapes import is_email, is_phone, unprefixed
from frontdesk.domain.imports.values import ValueMap
from frontdesk.domain.imports.words import Words
from frontdesk.domain.money import amount
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Appointment, Revenue

_MAGNITUDE = re.compile(r"(?P<amount>.*\d)\s*(?P<unit>k|mn?|cr|l|lakhs?)\.?", re.IGNORECASE)
_TIMES = {"k": 1000, "m": 10**6, "mn": 10**6, "cr": 10**7, "l": 10**5, "lakh": 10**5, "lakhs": 10**5}
_DIGITS_LOST = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")


@dataclass(frozen=True, slots=True)
class Reading:
    """How the cells of one file are read.

    Attributes:
        dates: column index to the order of its dates (`Survey.dates`).
        values: what the words of the file mean.
        zone: of the practice; a fact known only by its day is noon there.
        country: ISO code, for phones without a country and for decimal marks.
        now: what has happened lies before it.
        outcomes: status key to outcome, so that a closing date becomes the day of the win or the loss.
    """

    words: Words
    dates: Mapping[int, DateReading]
    values: ValueMap
    zone: ZoneInfo
    country: str
    currency: str
    now: datetime
    outcomes: Mapping[str, str] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day of the practice; nobody is born later."""
        return self.now.astimezone(self.zone).date()


class Problem(Struct, frozen=True):
    """What is wrong with a cell or a row: the field (None: the row as a whole) and the code of the sentence."""

    field: str | None
    code: str


@dataclass(slots=True)
class Draft:
    """One row while it is being understood.

    Attributes:
        written: of each field that takes one cell, the first that says something.
    """

    texts: dict[str, str] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)
    dated_notes: list[Noted] = field(default_factory=list)
    payments: tuple[Revenue, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    phones: dict[str, Phone] = field(default_factory=dict)
    emails: dict[str, Email] = field(default_factory=dict)
    instants: dict[str, datetime] = field(default_factory=dict)
    day_only: set[str] = field(default_factory=set)
    birth_date: date | None = None
    amounts: dict[str, int] = field(default_factory=dict)
    truths: dict[str, bool] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    kept: list[tuple[str, str]] = field(default_factory=list)

    def warn(self, key: str, code: str) -> None:
        """The row is good, and somebody should know; once a field."""
        if (warning := Problem(key, code)) not in self.warnings:
            self.warnings.append(warning)

    def doubt(self, key: str, code: str, cell: str) -> None:
        """The row is good without this cell; its text is kept."""
        self.warn(key, code)
        self.kept.append((key, cell))

    def is_taken(self, key: str, cell: str) -> bool:
        """Whether another column of a field that takes one said something already; what differs is kept, and said."""
        if key not in self.written:
            self.written[key] = cell
            return False
        if self.written[key] != cell:
            self.doubt(key, "second_column", cell)
        return True


def read_phones(draft: Draft, key: str, cell: str, reading: Reading) -> None:
    """All numbers of a cell; an e-mail among them is one."""
    if "@" in cell:
        read_contacts(draft, key, cell, reading)
        return
    for piece in several.phones_of(cell):
        try:
            number = phone(piece, reading.country)
        except Refused as refused:
            draft.doubt(key, refused.code, piece)
            continue
        if not number.valid:
            draft.warn(key, "phone_not_valid")
        draft.phones.setdefault(number.canonical, number)


def read_emails(draft: Draft, key: str, cell: str, reading: Reading) -> None:
    """All addresses of a cell; a phone number in their place is one."""
    if "@" not in cell and is_phone(cell):
        read_phones(draft, key, cell, reading)
        return
    for piece in several.emails_of(cell):
        try:
            address = email(piece)
        except Refused as refused:
            draft.doubt(key, refused.code, piece)
        else:
            draft.emails.setdefault(address.canonical, address)


def read_contacts(draft: Draft, key: str, cell: str, reading: Reading) -> None:
    """A cell with phones and e-mails: what holds an @ is an e-mail, the rest is phones."""
    addresses = re.findall(r"[^\s,;|/<>]*@[^\s,;|/<>]*", cell)
    for address in addresses:
        cell = cell.replace(address, " ", 1)
        read_emails(draft, key, address, reading)
    rest = cell.strip(" ,;|/<>\t\n")
    if any(each.isdigit() for each in rest):
        read_phones(draft, key, rest, reading)


def read_text(draft: Draft, key: str, cell: str, _: Reading) -> None:
    """One line."""
    draft.texts[key] = clean_line(unprefixed(cell) if key in {"campaign", "postal_code"} else cell, LONGEST_LINE, key)


def read_name(draft: Draft, key: str, cell: str, reading: Reading) -> None:
    """A name; address books put an e-mail in its place where they know none."""
    if is_email(cell):
        read_emails(draft, key, cell, reading)
    else:
        read_text(draft, key, cell, reading)


def read_id(draft: Draft, key: str, cell: str, _: Reading) -> None:
    """An id is text; one that a spreadsheet has turned into a power of ten is kept, with a warning that it may not be the only one."""
    written = unprefixed(cell)
    if _DIGITS_LOST.fullmatch(written):
        draft.warn(key, "digits_lost")
    draft.texts[key] = clean_line(written, LONGEST_LINE, key)


def read_instant(draft: Draft, key: str, cell: str, reading: Reading, index: int) -> None:
    """When something happened; without it the lead would be wrong, so a date that cannot be read or lies in the future refuses the row."""
    moment = reading.dates[index].read(cell)
    draft.instants[key] = as_instant(moment, reading.zone)
    if key in PAST:
        require_past(key, draft.instants[key], reading, day_only=not isinstance(moment, datetime))
    if not isinstance(moment, datetime):
        draft.day_only.add(key)


def require_past(key: str, at: datetime, reading: Reading, *, day_only: bool) -> None:
    """Refuse what has not happened yet; noon stands for the whole of a day, so today's is not to come."""
    if at > reading.now and not (day_only and at.astimezone(reading.zone).date() == reading.today):
        raise Refused("created_in_the_future" if key == "created" else "fact_in_the_future", key)


def read_birth_date(draft: Draft, key: str, cell: str, reading: Reading, index: int) -> None:
    """A day; two-digit years never lie ahead."""
    try:
        day = as_day(reading.dates[index].read(cell))
        draft.birth_date = day.replace(year=day.year - 100) if day > reading.today else day
    except Refused as refused:
        draft.doubt(key, refused.code, cell)


def read_amount(draft: Draft, key: str, cell: str, reading: Reading) -> None:
    """Money in minor units; `$342.09K` and `1.2 Cr` are understood. An estimate that is none is kept as text, revenue must be right and none given back."""
    try:
        match = _MAGNITUDE.fullmatch(cell)
        times = _TIMES[match["unit"].lower()] if match else 1
        minor = amount(match["amount"] if match else cell, reading.currency, reading.country) * times
        if minor < 0:
            raise Refused("amount_not_positive", key)
        draft.amounts[key] = minor
    except Refused as refused:
        if key != "estimate":
            raise
        draft.doubt(key, refused.code, cell)


def read_count(draft: Draft, key: str, cell: str, _: Reading) -> None:
    """A small whole number."""
    if not re.fullmatch(r"\d{1,3}(?:\.0+)?", cell):
        raise Refused("count_not_understood", key)
    draft.amounts[key] = int(float(cell))


def read_truth(draft: Draft, key: str, cell: str, reading: Reading) -> None:
    """Yes or no; a wish not to be called must not be lost by a word that we do not know, so that refuses the row."""
    word = cell.strip().lower()
    if word in reading.words.yes or word in reading.words.no:
        draft.truths[key] = draft.truths.get(key, False) or word in reading.words.yes
    elif key in {"do_not_call", "no_marketing"}:
        raise Refused("truth_not_understood", key)
    else:
        draft.doubt(key, "truth_not_understood", cell)


def read_value(draft: Draft, key: str, cell: str, reading: Reading) -> None:
    """A word of one of the practice's own lists, as its key."""
    meaning = reading.values.key(key, cell)
    if meaning is None:
        raise Refused("value_unknown", key)
    draft.texts[key] = meaning


def read_note(draft: Draft, _: str, cell: str, __: Reading, heading: str) -> None:
    """Some lines; form programs write their ends as the four characters that mean them. Our own exports hold several notes in a cell."""
    if dated := several.notes_of(cell):
        draft.dated_notes.extend(dated)
        return
    draft.notes.append((heading, clean_text(cell.replace("\\r\\n", "\n"), LONGEST_NOTE, "notes")))


def read_long_text(draft: Draft, key: str, cell: str, _: Reading) -> None:
    """Some lines of a field of its own."""
    draft.texts[key] = clean_text(cell, LONGEST_NOTE, key)


def read_lines(draft: Draft, key: str, cell: str, reading: Reading) -> None:
    """Payments or appointments as our own exports write them; what is none of them is kept as text."""
    try:
        if key == "payment_list":
            draft.payments = several.payments_of(cell, reading.currency)
        else:
            draft.appointments = several.appointments_of(cell, reading.zone)
    except Refused as refused:
        draft.doubt(key, refused.code, cell)
