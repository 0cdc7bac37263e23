"""Several things in one cell, written so that a person can read them in a spreadsheet and an import takes them apart again.

Further phones and e-mails stand between ` ::: `, as in the exports of Google Contacts. Payments and appointments are a line each, their
parts between ` | `. Notes begin with a line that says when and by whom: `[2026-03-02T09:00:00+00:00 Ann]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timezone
from zoneinfo import ZoneInfo

from msgspec import Struct

from frontdesk.domain.contacts import Email, Phone, clean_line, clean_text, email, phone, split_emails, split_phones
from frontdesk.domain.imports.shapes import unprefixed
from frontdesk.domain.money import amount, plain_amount
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Appointment, AppointmentState, Revenue

MARK = ":::"
LONGEST_LINE = 500
LONGEST_NOTE = 100_000
_INVOICED = "invoiced"
_SIGNS = {"\\": "\\\\", "|": "\\p", "\n": "\\n", "\r": "\\r"}
_MEANT = {written[1]: sign for sign, written in _SIGNS.items()}
_HEAD = re.compile(r"\[(\d{4}-\d\d-\d\dT[^\s\]]+)(?: (.*))?\]")
_LIKE_HEAD = re.compile(r"\\*\[\d{4}-.*\]")


class Noted(Struct, frozen=True):
    """A note with its moment and the name of who wrote it, "" for the program itself."""

    at: datetime
    by: str
    text: str


def joined(values: Iterable[str]) -> str:
    """Some phones or e-mails in one cell."""
    return f" {MARK} ".join(values)


def phones_of(cell: str) -> tuple[str, ...]:
    """The single phones of a cell."""
    return tuple(piece for part in cell.split(MARK) for piece in split_phones(unprefixed(part.strip())))


def emails_of(cell: str) -> tuple[str, ...]:
    """The single e-mails of a cell."""
    return tuple(piece for part in cell.split(MARK) for piece in split_emails(part) if piece)


def phone_text(typed: str, canonical: str, country: str) -> str:
    """A phone as it was typed, with its extension, where reading that gives the same phone again; else in its canonical form."""
    return typed if "@" not in typed and phones_of(typed) == (typed,) and _reads(canonical, lambda: phone(typed, country)) else canonical


def email_text(typed: str, canonical: str) -> str:
    """The same for an e-mail."""
    return typed if emails_of(typed) == (typed,) and _reads(canonical, lambda: email(typed)) else canonical


def payments_text(payments: Iterable[Revenue], currency: str) -> str:
    """Payments: the day, the amount, and the note where there is one."""
    return _lines((each.received_on.isoformat(), plain_amount(each.amount, currency), each.note) for each in payments)


def payments_of(cell: str, currency: str) -> tuple[Revenue, ...]:
    """The payments of a cell; Refused `payments_not_understood` when any of them is none."""
    try:
        return tuple(_payment(parts, currency) for parts in _parts(cell))
    except (Refused, ValueError):
        raise Refused("payments_not_understood", "payment_list") from None


def appointments_text(appointments: Iterable[Appointment], zone: ZoneInfo) -> str:
    """Appointments: begin, minutes, what became of it, when it was made, with whom, kind, and whether it was invoiced."""
    return _lines(
        (
            each.starts.astimezone(zone).isoformat() if each.starts else "",
            f"{each.minutes} min",
            each.state.value,
            each.booked_on.astimezone(zone).isoformat(),
            each.with_whom,
            each.kind,
            _INVOICED if each.invoiced else "",
        )
        for each in appointments
    )


def appointments_of(cell: str, zone: ZoneInfo) -> tuple[Appointment, ...]:
    """The appointments of a cell; Refused `appointments_not_understood` when any of them is none."""
    try:
        return tuple(_appointment(parts, zone) for parts in _parts(cell))
    except (Refused, ValueError):
        raise Refused("appointments_not_understood", "appointment_list") from None


def notes_text(notes: Iterable[Noted], zone: ZoneInfo) -> str:
    r"""Notes, oldest first; a line of a note that looks like the beginning of another gets a `\` before it."""
    blocks: list[str] = []
    for each in notes:
        head = " ".join(part for part in (each.at.astimezone(zone).isoformat(), clean_line(each.by, LONGEST_LINE)) if part)
        text = "\n".join(f"\\{line}" if _LIKE_HEAD.fullmatch(line) else line for line in each.text.split("\n"))
        blocks.append(f"[{head}]\n{text}")
    return "\n".join(blocks)


def notes_of(cell: str) -> tuple[Noted, ...]:
    """The notes of a cell that was written so; none when it is any other text."""
    notes: list[tuple[datetime, str, list[str]]] = []
    if not cell.startswith("["):
        return ()
    for line in clean_text(cell, LONGEST_NOTE * 10, "notes").split("\n"):
        if head := _head(line):
            notes.append((*head, []))
        elif not notes:
            return ()
        else:
            notes[-1][2].append(line[1:] if line.startswith("\\") and _LIKE_HEAD.fullmatch(line) else line)
    return tuple(Noted(at, by, clean_text("\n".join(lines), LONGEST_NOTE, "notes")) for at, by, lines in notes)


def _reads(canonical: str, read: Callable[[], Phone | Email]) -> bool:
    try:
        return read().canonical == canonical
    except Refused:
        return False


def _head(line: str) -> tuple[datetime, str] | None:
    match = _HEAD.fullmatch(line)
    try:
        return (_moment(match[1]), match[2] or "") if match else None
    except ValueError:
        return None


def _payment(parts: Sequence[str], currency: str) -> Revenue:
    day, paid, note = _filled(parts, 3)
    minor = amount(paid, currency, "")
    if minor <= 0:
        raise ValueError
    return Revenue(0, 0, minor, date.fromisoformat(day), clean_text(note, LONGEST_NOTE, "payment_list"))


def _appointment(parts: Sequence[str], zone: ZoneInfo) -> Appointment:
    starts, minutes, state, booked_on, with_whom, kind, invoiced = _filled(parts, 7)
    if (length := int(minutes.removesuffix("min"))) <= 0:
        raise ValueError
    return Appointment(
        0,
        None,
        _moment(starts) if starts else None,
        _moment(booked_on),
        str(zone),
        length,
        clean_line(with_whom, LONGEST_LINE),
        clean_line(kind, LONGEST_LINE),
        AppointmentState(state),
        invoiced=invoiced == _INVOICED,
    )


def _filled(parts: Sequence[str], count: int) -> Sequence[str]:
    """So many parts; those that a line leaves out at its end are empty."""
    return (*parts, *[""] * (count - len(parts)))


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if not isinstance(at.tzinfo, timezone):
        raise ValueError
    return at.astimezone(UTC)


def _lines(records: Iterable[Sequence[str]]) -> str:
    return "\n".join(" | ".join("".join(_SIGNS.get(each, each) for each in part) for part in parts).rstrip(" |") for parts in records)


def _parts(cell: str) -> Iterable[list[str]]:
    for line in filter(str.strip, cell.replace("\r\n", "\n").split("\n")):
        yield [re.sub(r"\\(.)", lambda found: _MEANT.get(found[1], found[1]), part.strip()) for part in line.split("|")]
