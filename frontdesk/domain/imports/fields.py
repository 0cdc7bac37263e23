"""The fields of a lead that a column of a file can go to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from frontdesk.domain.problems import Refused


class Kind(StrEnum):
    """How the cells of a field are understood."""

    PHONE = "phone"
    EMAIL = "email"
    CONTACT = "contact"  # phones and e-mails in one cell
    TEXT = "text"
    NOTE = "note"  # several lines; several columns are joined
    ID = "id"
    INSTANT = "instant"  # a fact: an instant, or a day that becomes noon
    DAY = "day"  # never converted
    MONEY = "money"
    COUNT = "count"
    TRUTH = "truth"
    VALUE = "value"  # one of a list that the practice keeps
    LINES = "lines"  # one thing a line, as exports write it


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its key, how its cells are read, and whether several columns may hold it side by side."""

    key: str
    kind: Kind
    many: bool = False


_BY_KIND = {
    Kind.PHONE: "phone",
    Kind.EMAIL: "email",
    Kind.CONTACT: "phone_or_email",
    Kind.ID: "external_id",
    Kind.TEXT: "name first_name last_name channel campaign interest postal_code enrolment_number best_time category follow_up_kind follow_up_by",
    Kind.NOTE: "notes loss_note follow_up_note",
    Kind.INSTANT: "created first_attempt reached booked seen won lost closed follow_up",
    Kind.DAY: "birth_date",
    Kind.MONEY: "revenue estimate",
    Kind.COUNT: "attempts",
    Kind.TRUTH: "important do_not_call no_marketing marketing_consent is_test follow_up_any_time",
    Kind.VALUE: "status source owner reason",
    Kind.LINES: "payment_list appointment_list",
}
_MANY = frozenset({"phone", "email", "phone_or_email", "notes"})

FIELDS: Mapping[str, Field] = MappingProxyType(
    {key: Field(key, kind, key in _MANY) for kind, keys in _BY_KIND.items() for key in keys.split()}
)

WANTED = ("name", "phone", "email", "source", "campaign", "status", "created", "external_id")
"""What a file should bring; a column map says which of these it lacks."""

IDENTIFYING = frozenset({"phone", "email", "phone_or_email", "name", "first_name", "last_name", "external_id"})
"""A row is valid with any of these."""

PAST = frozenset({"created", "first_attempt", "reached", "booked", "seen", "won", "lost"})
"""Facts that have happened: none of them lies in the future."""


def field_named(key: str) -> Field:
    """The field of that key; `phone_2` is one more phone."""
    plain = key.strip().lower().replace("-", "_").replace(" ", "_")
    base = plain.rstrip("0123456789").rstrip("_")
    found = FIELDS.get(plain) or (FIELDS.get(base) if base in _MANY else None)
    if found is None:
        raise Refused("field_unknown", "map")
    return found
