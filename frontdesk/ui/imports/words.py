"""The words of the import: fields, encodings, separators, and counts with their nouns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from frontdesk.domain.imports import Confidence
from frontdesk.ui.widgets.figures import figure
from frontdesk.ui.widgets.pills import Pill

LEFT_OUT = ""

_FIELDS = {
    "name": "Name",
    "first_name": "First name",
    "last_name": "Last name",
    "phone": "Phone",
    "email": "E-mail",
    "phone_or_email": "Phone or e-mail",
    "external_id": "Id in the other system",
    "status": "Status",
    "reason": "Reason",
    "loss_note": "Note to the reason",
    "source": "Source",
    "campaign": "Campaign",
    "channel": "Channel",
    "owner": "Owner",
    "interest": "Interest",
    "category": "Category",
    "estimate": "Estimate",
    "revenue": "Revenue",
    "payment_list": "Payments with their days",
    "important": "Important",
    "attempts": "Attempts",
    "best_time": "Best time",
    "postal_code": "Postal code",
    "birth_date": "Date of birth",
    "do_not_call": "Do not call",
    "no_marketing": "No marketing",
    "marketing_consent": "Agreed to marketing",
    "enrolment_number": "Enrolment number",
    "follow_up": "Next follow-up",
    "follow_up_kind": "Follow-up: kind",
    "follow_up_any_time": "Follow-up: any time of the day",
    "follow_up_note": "Follow-up: note",
    "follow_up_by": "Follow-up: set by",
    "created": "Created",
    "first_attempt": "First attempt",
    "reached": "Reached",
    "booked": "Booked",
    "seen": "Seen",
    "won": "Won",
    "lost": "Lost",
    "closed": "Closed (won or lost)",
    "appointment_list": "Appointments",
    "notes": "Notes",
    "is_test": "Test lead, not imported",
}
_ENCODINGS = {
    "utf-8": "Unicode (UTF-8)",
    "utf-16-le": "Unicode (UTF-16)",
    "cp1252": "Western European (Windows)",
    "mac-roman": "Western European (Mac)",
    "cp1250": "Central European (Windows)",
    "cp1251": "Cyrillic (Windows)",
    "cp1253": "Greek (Windows)",
    "cp1254": "Turkish (Windows)",
    "cp1255": "Hebrew (Windows)",
    "cp1256": "Arabic (Windows)",
    "shift_jis": "Japanese (Shift JIS)",
    "gb18030": "Chinese, simplified",
    "big5": "Chinese, traditional",
    "euc_kr": "Korean",
}
_SEPARATORS = {",": "Comma  ,", ";": "Semicolon  ;", "\t": "Tab", "|": "Bar  |"}


def tr(text: str) -> str:
    """Translate words of the import."""
    return QCoreApplication.translate("imports", text)


def field_words(key: str) -> str:
    """The name of a field."""
    return tr(_FIELDS[key])


def field_choices() -> list[tuple[str, str]]:
    """Every field a column can go to, "Leave out" first."""
    return [(LEFT_OUT, tr("Leave out")), *((key, tr(words)) for key, words in _FIELDS.items())]


def encoding_choices(found: str) -> list[tuple[str, str]]:
    """The usual encodings, and the one that was found when it is none of them."""
    known = [(key, tr(words)) for key, words in _ENCODINGS.items()]
    return known if found in _ENCODINGS else [(found, found), *known]


def separator_choices() -> list[tuple[str, str]]:
    """What can stand between two cells."""
    return [(key, tr(words)) for key, words in _SEPARATORS.items()]


def counted(number: int, one: str, more: str) -> str:
    """A count with its noun: `counted(2, "1 row", "{n} rows")`, both already translated."""
    return one if number == 1 else more.replace("{n}", figure(number))


def day_in_words(read: date) -> str:
    """A date that can be read in one way only: 3 December 2026, with its time where there is one."""
    words = QLocale().toString(QDate(read.year, read.month, read.day), "d MMMM yyyy")
    return f"{words}, {read:%H:%M}" if isinstance(read, datetime) else words


def confidence_pill(confidence: Confidence, *, left_out: bool) -> Pill:
    """How a column came to its field."""
    if confidence is Confidence.GIVEN:
        return Pill(tr("Your choice"), "user-check", "done")
    if left_out:
        return Pill(tr("Not used"), "circle-slash", "invalid")
    if confidence is Confidence.GUESSED:
        return Pill(tr("Guessed"), "circle-question-mark", "follow")
    return Pill(tr("Recognised"), "check", "sched")


def listed(words: Sequence[str]) -> str:
    """Some words one after another."""
    return ", ".join(words)
