"""Find a caller by any digits of a number, or by letters of a name or e-mail in any order, one typing slip allowed.

What is looked through is kept by `search_words`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from rapidfuzz.distance import OSA
from sqlalchemy import ARRAY, Text, bindparam, case, select

from frontdesk.domain.contacts import fold, sought_digits, whole_digits
from frontdesk.domain.records import LeadId, PersonId
from frontdesk.domain.workflow import Outcome
from frontdesk.store import grams
from frontdesk.store import tables as t
from frontdesk.store.beginnings import begins_with
from frontdesk.store.tx import Tx, one_of

MOST_LOOKED_AT = 60
"""At least so many of the newest people that fit are ranked; whoever types has typed too little when there are more."""
FEW = 3
"""With fewer people than these, a typing slip is allowed for."""
MOST_TYPED, MOST_SLIPPING = 300, 60
"""Letters: nobody is called by more, and a page that was pasted must not keep the database busy."""
BY_END = 4

_words, _full_text, _point = t.person_words, t.search_person, t.contact_point
_FOUND = (_words.c.person_id, _words.c.names, _words.c.digits)
_MATCH_SQLITE = (
    select(*_FOUND)
    .join_from(_full_text, _words, _words.c.person_id == _full_text.c.rowid)
    .where(_full_text.c.search_person.op("MATCH")(bindparam("pieces", type_=Text())), _words.c.void.is_(False))
    .order_by(_full_text.c.rowid.desc())
    .limit(bindparam("most"))
)
_MATCH_POSTGRES = (
    select(*_FOUND)
    .where(_words.c.grams.op("@>")(bindparam("pieces", type_=ARRAY(Text))), _words.c.void.is_(False))
    .order_by(_words.c.person_id.desc())
    .limit(bindparam("most"))
)
_BY_END = (
    select(*_FOUND)
    .join_from(_point, _words, _words.c.person_id == _point.c.person_id)
    .where(begins_with(_point.c.reversed, "end"), t.LIVE_POINT, _words.c.void.is_(False))
    .limit(bindparam("most"))
)
_rank = case((t.lead.c.outcome == Outcome.OPEN, 0), (t.lead.c.outcome == Outcome.WON, 1), else_=2)
_LEADS = (
    select(t.lead.c.person_id, t.lead.c.id, _rank)
    .where(one_of(t.lead.c.person_id, "ids"), t.SHOWN)
    .order_by(_rank, t.lead.c.created_at.desc(), t.lead.c.id.desc())
)


class Found(NamedTuple):
    """Somebody who fits, with the lead to show: the newest open one, else the newest that was not lost, else the newest; None without any."""

    person_id: PersonId
    lead_id: LeadId | None


def find(tx: Tx, text: str, *, limit: int = 20, region: Callable[[], str | None] = lambda: None) -> list[Found]:
    """People that fit what was typed, those with open leads first, lost and invalid ones last."""
    people = matching(tx, text, region=region, most=max(MOST_LOOKED_AT, 2 * limit))
    if not people:
        return []
    best: dict[PersonId, tuple[int, LeadId | None]] = {}
    for person_id, lead_id, rank in tx.rows(_LEADS, ids=people):
        best.setdefault(person_id, (rank, lead_id))
    placed = {person_id: place for place, person_id in enumerate(people)}
    ranked = sorted(people, key=lambda each: (best.get(each, (3, None))[0], placed[each]))
    return [Found(each, best.get(each, (3, None))[1]) for each in ranked[:limit]]


def matching(tx: Tx, text: str, *, region: Callable[[], str | None] = lambda: None, most: int = MOST_LOOKED_AT) -> list[PersonId]:
    """Ids of people that fit what was typed, newest first; a number that ends so comes before one that only contains it.

    A number is sought as it is typed and, where nobody has that, as it is dialled in the practice's region, which is asked for only then.
    """
    if len(text) > MOST_TYPED:
        return []
    letters, typed = _read(text)
    numbers = [sought_digits(each) for each in typed]
    if not letters and not any(numbers):
        return []
    found = _exact(tx, letters, numbers, most)
    if not found and any(map(any, numbers)) and any(whole := [whole_digits(each, region()) for each in typed]):
        numbers = [(each,) if each else forms for each, forms in zip(whole, numbers, strict=True)]
        found = _exact(tx, letters, numbers, most)
    if len(found) < FEW and letters and sum(map(len, letters)) <= MOST_SLIPPING:
        found += [each for each in _with_slip(tx, letters, numbers, most) if each not in found]
    return found


def _read(text: str) -> tuple[list[str], list[str]]:
    """The words and the numbers; a text without letters is one number."""
    parts = grams.words(fold(text))
    if all(part.isdecimal() for part in parts):
        return [], [text]
    numbers = [part for part in parts if part.isdecimal() and len(part) >= BY_END]
    return [part for part in parts if part not in numbers], numbers


def _exact(tx: Tx, letters: list[str], numbers: list[tuple[str, ...]], most: int) -> list[PersonId]:
    wanted = [piece for word in letters for piece in grams.sought_word(word)]
    queries: list[tuple[Any, Mapping[str, Any]]] = []
    forms = numbers[0] if numbers else ()
    if not letters:
        queries = [(_BY_END, {"end": form[::-1], "most": most}) for form in forms if len(form) >= BY_END]
    queries += [_match(tx, [*wanted, *grams.sought_digits(form)], most) for form in forms] if forms else [_match(tx, wanted, most)]
    rows = [row for rows in tx.rows_together(*(query for query in queries if query[1]["most"])) for row in rows]
    return list(dict.fromkeys(row[0] for row in rows if _fits(row, letters, numbers)))


def _with_slip(tx: Tx, letters: list[str], numbers: list[tuple[str, ...]], most: int) -> list[PersonId]:
    """People whose words are those typed, one of them with one letter wrong, missing, too many, or two swapped."""
    queries = []
    for place, word in enumerate(letters):
        others = [piece for other in (*letters[:place], *letters[place + 1 :]) for piece in grams.sought_word(other)]
        queries += [_match(tx, [*pieces, *others], most) for pieces in grams.slipped(word)]
    rows = {row for rows in tx.rows_together(*queries) for row in rows} if queries else set()
    likely = sorted(rows, reverse=True)
    return [row[0] for row in likely if _fits(row, letters, numbers, slips=1)]


def _match(tx: Tx, pieces: Sequence[str], most: int) -> tuple[Any, Mapping[str, Any]]:
    """The query for everybody who has all pieces; without any piece it asks for nobody."""
    if not tx.is_local:
        return _MATCH_POSTGRES, {"pieces": list(pieces), "most": most if pieces else 0}
    quoted = " AND ".join(f'"{piece}"' for piece in dict.fromkeys(pieces))
    return _MATCH_SQLITE, {"pieces": quoted, "most": most if pieces else 0}


def _fits(row: tuple[Any, ...], letters: list[str], numbers: list[tuple[str, ...]], slips: int = 0) -> bool:
    _, names, digits = row
    if not all(any(form in digits for form in forms) for forms in numbers):
        return False
    missing = [word for word in letters if not _contains(names, word)]
    if len(missing) > slips:
        return False
    return all(_nearly(word, other) for word in missing for other in [grams.words(names)])


def _contains(names: str, word: str) -> bool:
    return word in names if len(word) >= grams.SHORT else any(each.startswith(word) for each in grams.words(names))


def _nearly(word: str, others: Iterable[str]) -> bool:
    """Whether some word, or its beginning, is the one typed but for one slip."""
    size = len(word)
    beginnings = (other[:length] for other in others for length in {size - 1, size, size + 1} if length <= len(other))
    return any(OSA.distance(word, beginning, score_cutoff=1) <= 1 for beginning in beginnings)
