"""The practice's book: every practice-wide setting with its type, default, limits and one sentence; the dialog, the manual and the defaults read it here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import time
from typing import Any

from frontdesk.domain.contacts import clean_line
from frontdesk.domain.problems import Refused
from frontdesk.domain.regions import COUNTRIES, CURRENCIES, currency_of, date_order_of, first_weekday_of, has_24_hours

Value = str | int | bool | time | None
Stored = str | int | bool | None
"""What the database keeps and a file shows; a time is `HH:MM`."""

_CLINIC, _LEADS, _WORDS, _DATA = "clinic", "leads", "words", "data"


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the settings page.

    Attributes:
        name: the field of `Book`.
        default: decides the type too: text, whole number, yes or no, time of day.
        group: the part of the settings page.
        label: key of the label.
        sentence: what it does, for the page and the manual.
        least: smallest number, or None.
        most: largest number, or longest text, or None.
        choices: the only texts allowed, or empty.
        may_be_empty: whether None is an answer.
    """

    name: str
    default: Value
    group: str
    label: str
    sentence: str
    least: int | None
    most: int | None
    choices: frozenset[str]
    may_be_empty: bool


def _told(
    group: str,
    sentence: str,
    *,
    least: int | None = None,
    most: int | None = None,
    choices: frozenset[str] = frozenset(),
    may_be_empty: bool = False,
) -> dict[str, Any]:
    """What a field of the book says of itself."""
    return {"group": group, "sentence": sentence, "least": least, "most": most, "choices": choices, "may_be_empty": may_be_empty}


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Every setting that holds for the whole practice; what belongs to one office (zone, hours, holidays) or one computer stands elsewhere."""

    practice_name: str = field(
        default="", metadata=_told(_CLINIC, "The name of the practice, shown in the window and on reports.", most=200)
    )
    country: str = field(
        default="US",
        metadata=_told(_CLINIC, "Numbers typed without a country code are read as numbers of this country.", choices=COUNTRIES),
    )
    subdivision: str = field(default="", metadata=_told(_CLINIC, "The state or province, for its own public holidays.", most=10))
    currency: str = field(
        default="USD", metadata=_told(_CLINIC, "Revenue, estimates and expenses are amounts of this currency.", choices=CURRENCIES)
    )
    first_weekday: int = field(
        default=6,
        metadata=_told(_CLINIC, "The day on which a week begins in calendars and reports, 0 for Monday to 6 for Sunday.", least=0, most=6),
    )
    clock_24h: bool = field(default=False, metadata=_told(_CLINIC, "Times are shown as 15:00 rather than 3:00 pm."))
    date_order: str = field(
        default="mdy", metadata=_told(_CLINIC, "Whether 1/12 is 1 December (dmy) or 12 January (mdy).", choices=frozenset({"dmy", "mdy"}))
    )

    workflow: str = field(default="front_desk", metadata=_told(_LEADS, "The workflow that new leads follow.", most=80))
    pending_web_leads: bool = field(
        default=False, metadata=_told(_LEADS, "Leads from web forms wait, uncounted, until somebody sorts them.")
    )
    lock_owner_while_linked: bool = field(
        default=False, metadata=_told(_LEADS, "A lead keeps its owner while it has an appointment that is neither cancelled nor missed.")
    )
    leads_for_new_clients: bool = field(
        default=False, metadata=_told(_LEADS, "A new client in the appointment book without an enquiry becomes a lead.")
    )
    new_client_after_days: int = field(
        default=90, metadata=_told(_LEADS, "A client is new again after so many days without an invoiced visit.", least=1, most=3650)
    )
    first_response_amber_minutes: int = field(
        default=5,
        metadata=_told(_LEADS, "A new lead turns amber after so many minutes of opening hours without a call.", least=1, most=10080),
    )
    first_response_red_minutes: int = field(
        default=30,
        metadata=_told(_LEADS, "A new lead turns red after so many minutes of opening hours without a call.", least=1, most=10080),
    )
    stale_after_days: int = field(
        default=30,
        metadata=_told(_LEADS, "An open lead that nobody touched for so many days is marked stale; 0 marks none.", least=0, most=3650),
    )

    follow_up_at: time = field(default=time(9), metadata=_told(_WORDS, "A follow-up given only by its day is due at this time."))
    morning_at: time | None = field(
        default=None, metadata=_told(_WORDS, "What “morning” means; empty means the opening time of that day.", may_be_empty=True)
    )
    after_lunch_at: time = field(default=time(13), metadata=_told(_WORDS, "What “after lunch” means."))
    afternoon_at: time = field(default=time(14), metadata=_told(_WORDS, "What “afternoon” means."))
    evening_at: time = field(default=time(17), metadata=_told(_WORDS, "What “evening” means."))

    idle_lock_minutes: int = field(
        default=10,
        metadata=_told(
            _DATA, "The window locks after so many minutes without a key or a click, from 2 to 60; 0 never locks it.", least=0, most=60
        ),
    )
    backup_keep: int = field(
        default=30, metadata=_told(_DATA, "So many automatic backups are kept; the oldest goes first.", least=1, most=1000)
    )
    practice_mode: bool = field(
        default=False, metadata=_told(_DATA, "This database is for training: its clock may be set, and the window says so.")
    )

    @classmethod
    def of_country(cls, country: str) -> Book:
        """The defaults with the currency, dates and clock of a country (ISO code)."""
        if country not in COUNTRIES:
            raise _not_valid("country")
        return cls(
            country=country,
            currency=currency_of(country),
            first_weekday=first_weekday_of(country),
            clock_24h=has_24_hours(country),
            date_order=date_order_of(country),
        )


_DEFAULTS = Book()
SETTINGS = tuple(
    Setting(name=each.name, default=getattr(_DEFAULTS, each.name), label=f"setting.{each.name}", **each.metadata) for each in fields(Book)
)
_BY_NAME = {each.name: each for each in SETTINGS}


def read(values: Mapping[str, object]) -> Book:
    """The book from what was stored or typed; what is not named keeps its default."""
    return changed(Book(), values)


def changed(book: Book, values: Mapping[str, object]) -> Book:
    """The book with some settings changed; refuses an unknown name and a value that its setting does not allow."""
    understood: dict[str, Any] = {name: _understood(name, value) for name, value in values.items()}
    after = replace(book, **understood)
    if after.first_response_red_minutes < after.first_response_amber_minutes:
        raise _not_valid("first_response_red_minutes")
    if after.idle_lock_minutes == 1:
        raise _not_valid("idle_lock_minutes")
    return after


def stored(book: Book) -> dict[str, Stored]:
    """Every setting as the database keeps it; `read` makes the same book of it."""
    return {each.name: _plain(getattr(book, each.name)) for each in SETTINGS}


def _plain(value: Value) -> Stored:
    return f"{value:%H:%M}" if isinstance(value, time) else value


def _not_valid(name: str) -> Refused:
    return Refused("setting_not_valid", name)


def _understood(name: str, value: object) -> Value:
    setting = _BY_NAME.get(name)
    if setting is None:
        raise Refused("setting_unknown", name)
    if setting.may_be_empty and (value is None or value == ""):
        return None
    try:
        return _READERS[type(setting.default)](setting, value)
    except (ValueError, KeyError):
        raise _not_valid(name) from None


def _text(setting: Setting, value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(setting.name)
    text = value.strip() if setting.choices else clean_line(value, setting.most or 0, setting.name)
    if setting.choices and text not in setting.choices:
        raise ValueError(setting.name)
    return text


def _number(setting: Setting, value: object) -> int:
    number = int(value) if isinstance(value, str) else value
    if not isinstance(number, int) or isinstance(number, bool):
        raise ValueError(setting.name)
    if (setting.least is not None and number < setting.least) or (setting.most is not None and number > setting.most):
        raise ValueError(setting.name)
    return number


def _yes_or_no(setting: Setting, value: object) -> bool:
    if isinstance(value, bool):
        return value
    return {"yes": True, "on": True, "true": True, "1": True, "no": False, "off": False, "false": False, "0": False}[
        str(value).strip().lower()
    ]


def _time_of_day(setting: Setting, value: object) -> time:
    if isinstance(value, time):
        return value
    hour, _, minute = str(value).partition(":")
    return time(int(hour), int(minute))


_READERS: dict[type, Callable[[Setting, object], Value]] = {
    str: _text,
    int: _number,
    bool: _yes_or_no,
    time: _time_of_day,
    type(None): _time_of_day,
}
