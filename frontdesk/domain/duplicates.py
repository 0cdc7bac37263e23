"""How likely two entries are one person: evidence for and against, added up the way Fellegi and Sunter showed.

Every field says how many times more (or less) often it looks so with one person than with two, in powers of two; blanks say nothing.
Nothing is decided here: `SAME` is sure enough to offer a merge at once, `MAYBE` to ask.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.fuzz import token_sort_ratio

from frontdesk.domain.contacts import fold

SAME = 0.9
MAYBE = 0.3

PRIOR = -10.0
"""Two entries that share a block key are strangers far more often than not."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is compared of one person; made by `candidate`, which folds it.

    Attributes:
        first: first name, folded.
        last: last name, folded.
        phones: canonical numbers (`Phone.canonical`).
        emails: match keys (`Email.key`).
        birth: birth date.
        numbers: what other systems call this person (patient number, insurance number).
        street: the lines of the address, folded.
        city: folded.
        postal: postal code, folded, without blanks.
    """

    first: str = ""
    last: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    birth: date | None = None
    numbers: tuple[str, ...] = ()
    street: tuple[str, ...] = ()
    city: str = ""
    postal: str = ""


class Evidence(NamedTuple):
    """One reason: what was compared, how it came out, and how much that says (powers of two, negative: against)."""

    field: str
    finding: str
    bits: float


class Likeness(NamedTuple):
    """How likely two are one, 0 to 1, and why, the strongest reason first."""

    likely: float
    evidence: tuple[Evidence, ...]


def candidate(
    *,
    first: str = "",
    last: str = "",
    phones: Iterable[str] = (),
    emails: Iterable[str] = (),
    birth: date | None = None,
    numbers: Iterable[str] = (),
    street: Iterable[str] = (),
    city: str = "",
    postal: str = "",
) -> Candidate:
    """A person made ready to be compared."""
    return Candidate(
        first=fold(first),
        last=fold(last),
        phones=tuple(phones),
        emails=tuple(emails),
        birth=birth,
        numbers=tuple(numbers),
        street=tuple(fold(line) for line in street if line.strip()),
        city=fold(city),
        postal=fold(postal).replace(" ", ""),
    )


def likeness(a: Candidate, b: Candidate) -> Likeness:
    """How likely a and b are one person, with the reasons."""
    found = [*_names(a, b), _birth(a, b), _numbers(a, b), _phones(a, b), _emails(a, b), _street(a, b)]
    found += [_place("city", a.city, b.city), _place("postal", a.postal, b.postal)]
    evidence = sorted((each for each in found if each is not None), key=lambda each: -abs(each.bits))
    likely = 1 / (1 + 2.0 ** -(PRIOR + sum(each.bits for each in evidence)))
    return Likeness(min(likely, _ceiling({each.field: each.finding for each in evidence})), tuple(evidence))


def _ceiling(found: dict[str, str]) -> float:
    """What likeness cannot exceed: families share phones, addresses and last names, twins a birthday too, father and son the whole name."""
    if found.get("number") in {"equal", "near"}:
        return 1.0
    if found.get("first") == "other":
        return 0.2 if found.get("birth") == "other" else 0.6
    return 0.85 if found.get("birth") == "other" else 1.0


_FIRST = {"equal": 5.0, "near": 3.5, "alike": 1.0, "short": 2.0, "other": -5.0}
_LAST = {"equal": 6.5, "near": 5.0, "alike": 2.0, "short": 2.0, "other": -4.0}


def _names(a: Candidate, b: Candidate) -> list[Evidence | None]:
    straight = [_name("first", a.first, b.first, _FIRST), _name("last", a.last, b.last, _LAST)]
    swapped = [_name("first", a.first, b.last, _FIRST), _name("last", a.last, b.first, _LAST)]
    return max(straight, swapped, key=lambda pair: sum(each.bits for each in pair if each))


def _name(field: str, one: str, other: str, bits: dict[str, float]) -> Evidence | None:
    if not one or not other:
        return None
    finding = _word(one, other)
    return Evidence(field, finding, bits[finding])


def _word(one: str, other: str) -> str:
    if one == other:
        return "equal"
    closeness = max(JaroWinkler.similarity(one, other), OSA.normalized_similarity(one, other))
    if closeness >= 0.88:
        return "near"
    if min(len(one), len(other)) < 4 and (one.startswith(other) or other.startswith(one)):
        return "short"
    return "alike" if closeness >= 0.72 else "other"


_BIRTH = {"equal": 11.0, "near": 7.0, "alike": 2.0, "other": -6.0}


def _birth(a: Candidate, b: Candidate) -> Evidence | None:
    if a.birth is None or b.birth is None:
        return None
    finding = _dates(a.birth, b.birth)
    return Evidence("birth", finding, _BIRTH[finding])


def _dates(one: date, other: date) -> str:
    if one == other:
        return "equal"
    texts = f"{one:%Y%m%d}", f"{other:%Y%m%d}"
    if OSA.distance(*texts) == 1 or (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return "near"
    return "alike" if OSA.distance(*texts) == 2 or abs((one - other).days) < 200 else "other"


_PHONE = {"equal": 8.0, "near": 3.0, "other": -1.0}


def _phones(a: Candidate, b: Candidate) -> Evidence | None:
    if not a.phones or not b.phones:
        return None
    closest = min(OSA.distance(one[-9:], other[-9:]) for one in a.phones for other in b.phones)
    finding = ("equal", "near", "other")[min(closest, 2)]
    return Evidence("phone", finding, _PHONE[finding])


_EMAIL = {"equal": 12.0, "near": 8.0, "alike": 5.0, "other": -2.0}


def _emails(a: Candidate, b: Candidate) -> Evidence | None:
    if not a.emails or not b.emails:
        return None
    closest = max(OSA.normalized_similarity(one, other) for one in a.emails for other in b.emails)
    finding = "equal" if closest == 1 else "near" if closest >= 0.85 else "alike" if closest >= 0.7 else "other"
    return Evidence("email", finding, _EMAIL[finding])


_NUMBER = {"equal": 12.0, "near": 7.0, "other": -3.0}


def _numbers(a: Candidate, b: Candidate) -> Evidence | None:
    if not a.numbers or not b.numbers:
        return None
    closest = min(OSA.distance(one, other) for one in a.numbers for other in b.numbers)
    finding = ("equal", "near", "other")[min(closest, 2)]
    return Evidence("number", finding, _NUMBER[finding])


_STREET = {"equal": 7.0, "near": 6.0, "alike": 3.0, "other": -1.0}


def _street(a: Candidate, b: Candidate) -> Evidence | None:
    if not a.street or not b.street:
        return None
    closeness = max(token_sort_ratio(one, other) for one in a.street for other in b.street)
    finding = "equal" if closeness == 100 else "near" if closeness >= 82 else "alike" if closeness >= 65 else "other"
    return Evidence("street", finding, _STREET[finding])


_PLACE = {
    "city": {"equal": 3.0, "near": 2.0, "other": -1.5},
    "postal": {"equal": 4.0, "near": 2.0, "other": -1.5},
}


def _place(field: str, one: str, other: str) -> Evidence | None:
    if not one or not other:
        return None
    finding = "equal" if one == other else "near" if OSA.normalized_similarity(one, other) >= 0.7 else "other"
    return Evidence(field, finding, _PLACE[field][finding])


def block_keys(person: Candidate) -> frozenset[str]:
    """The few keys of which two entries of one person nearly always share one; an index on them finds whom to compare.

    Each survives another mistake: a mistyped name (phone, e-mail, birth date), swapped names (sorted), a moved birth date (name), no name (street).
    """
    keys = {f"p{number[-9:]}" for number in person.phones if len(number) >= 6}
    keys |= {f"i{number}" for number in person.numbers}
    keys |= {f"e{address}" for address in person.emails}
    starts = sorted(name[:3] for name in (person.first, person.last) if name)
    if len(starts) == 2:
        keys.add(f"n{starts[0]}{starts[1]}")
    if person.birth is not None:
        keys.add(f"b{person.birth:%Y%m%d}")
        keys |= {f"y{start}{person.birth:%Y}" for start in starts}
    if person.postal:
        keys |= {f"o{start}{person.postal}" for start in starts}
        keys |= {f"s{line[:5]}{person.postal}" for line in person.street}
    return frozenset(keys)
