"""Which column of a file goes to which field: proposed from headings and cells, changed by the user, remembered for the next file alike."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain

from rapidfuzz.distance import OSA

from frontdesk.domain.imports.fields import FIELDS, IDENTIFYING, WANTED, field_named
from frontdesk.domain.imports.shapes import is_date, is_email, is_phone
from frontdesk.domain.imports.words import Words, cell_word, plain
from frontdesk.domain.ports import Cells
from frontdesk.domain.problems import Refused

SAMPLES = 3


class Confidence(StrEnum):
    """How a column came to its field."""

    EXACT = "exact"
    GUESSED = "guessed"
    GIVEN = "given"  # said by the user, now or at an earlier import
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where it stands, what it is called, some of its cells, and the field it goes to (None: it is left out)."""

    index: int
    heading: str
    samples: Cells
    field: str | None = None
    confidence: Confidence = Confidence.NONE


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What every column of a file goes to."""

    columns: tuple[Column, ...]

    @property
    def key(self) -> str:
        """A short mark of this set of headings, whatever their order, under which the map is remembered."""
        return mapping_key(column.heading for column in self.columns)

    @property
    def missing(self) -> tuple[str, ...]:
        """The wanted fields that no column brings."""
        have = {column.field for column in self.columns}
        have |= {"name"} if have & {"first_name", "last_name"} else set()
        have |= {"phone", "email"} if "phone_or_email" in have else set()
        return tuple(field for field in WANTED if field not in have)

    @property
    def identifies(self) -> bool:
        """Whether a row can be valid at all."""
        return any(column.field in IDENTIFYING for column in self.columns)

    def of(self, field: str) -> tuple[Column, ...]:
        """The columns of a field, in the order of the file."""
        return tuple(column for column in self.columns if column.field == field)

    def given(self, wishes: Mapping[str, str]) -> ColumnMap:
        """The map with headings sent to other fields; an empty field leaves the column out. Headings may be written loosely."""
        chosen = {self._index(heading): field_named(field).key if field else None for heading, field in wishes.items()}
        return ColumnMap(
            tuple(
                replace(column, field=chosen[column.index], confidence=Confidence.GIVEN) if column.index in chosen else column
                for column in self.columns
            )
        )

    def without_sentences(self, rows: Sequence[Cells], reasons: Iterable[str]) -> ColumnMap:
        """The map in which no guessed column of mostly different sentences is taken for a list of reasons; they go to the note of the loss."""
        known = {cell_word(reason) for reason in reasons}
        free = [each for each in self.of("reason") if each.confidence is not Confidence.GIVEN and _holds_sentences(rows, each.index, known)]
        return replace(
            self,
            columns=tuple(
                replace(each, field="notes" if self.of("loss_note") else "loss_note") if each in free else each for each in self.columns
            ),
        )

    def remembered(self) -> dict[str, str]:
        """Heading to field ("" for left out), to be kept for the next file with these headings."""
        return {column.heading: column.field or "" for column in self.columns}

    def _index(self, heading: str) -> int:
        exact = [column.index for column in self.columns if column.heading == heading.strip()]
        loose = exact or [column.index for column in self.columns if plain(column.heading) == plain(heading)]
        if not loose:
            raise Refused("heading_unknown", "map", headings=", ".join(f"“{column.heading}”" for column in self.columns))
        return loose[0]


def mapping_key(headings: Iterable[str]) -> str:
    """The same mark for the same set of headings; files that differ only in the order of columns share it."""
    return hashlib.sha256("\x1f".join(sorted(headings)).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def parse_map(wishes: Iterable[str]) -> dict[str, str]:
    """Read `Heading=field` as the command line takes it; the heading may hold `=` itself."""
    pairs: dict[str, str] = {}
    for wish in wishes:
        heading, mark, field = wish.rpartition("=")
        if not mark or not heading.strip():
            raise Refused("column_map_not_understood", "map")
        pairs[heading.strip()] = field.strip()
    return pairs


def propose(headings: Cells, rows: Sequence[Cells], words: Words, *, remembered: Mapping[str, str] | None = None) -> ColumnMap:
    """What the columns most likely are: as remembered, by known headings, by spelling nearly so, by what their cells look like."""
    found = ColumnMap(tuple(Column(index, heading, _samples(rows, index)) for index, heading in enumerate(headings)))
    if remembered is not None:
        return found.given({heading: field for heading, field in remembered.items() if heading in headings})
    fields: dict[int, tuple[str, Confidence]] = {}
    for tier in (_known, _misspelt, _phrases, _by_cells, _fallbacks):
        free = [column for column in found.columns if column.index not in fields and plain(column.heading) not in words.ignored]
        fields |= _chosen(tier(free, words, rows), {field for field, _ in fields.values()}, tier is _known)
    return ColumnMap(
        tuple(
            replace(column, field=fields[column.index][0], confidence=fields[column.index][1]) if column.index in fields else column
            for column in found.columns
        )
    )


_Offer = tuple[int, str, int]
"""A column, the field it might be, and how much it is preferred among several (0 most)."""


def _chosen(offers: Iterable[_Offer], taken: set[str], known: bool) -> dict[int, tuple[str, Confidence]]:
    """One column a field, the preferred one; phones, e-mails and notes may have several when their headings say so."""
    confidence = Confidence.EXACT if known else Confidence.GUESSED
    fields: dict[int, tuple[str, Confidence]] = {}
    for index, field, _ in sorted(offers, key=lambda offer: (offer[2], offer[0])):
        if field not in taken or (known and FIELDS[field].many):
            fields[index] = (field, confidence)
            taken.add(field)
    return fields


def _known(columns: Sequence[Column], words: Words, _: Sequence[Cells]) -> Iterable[_Offer]:
    for column in columns:
        heading = plain(column.heading)
        found = words.headings.get(heading) or words.headings.get(heading.removesuffix(" #"))
        if found:
            yield column.index, *found


def _fallbacks(columns: Sequence[Column], words: Words, _: Sequence[Cells]) -> Iterable[_Offer]:
    for column in columns:
        if found := words.if_none.get(plain(column.heading)):
            yield column.index, *found


def _misspelt(columns: Sequence[Column], words: Words, _: Sequence[Cells]) -> Iterable[_Offer]:
    """Headings one slip away from a known one (two in long ones): Emial, Phne."""
    for column in columns:
        heading = plain(column.heading)
        slips = 1 if len(heading) < 8 else 2
        if len(heading) < 4 or heading in words.if_none:
            continue
        distance, word = _nearest(heading, words.headings, slips)
        if distance <= slips and distance <= _nearest(heading, words.ignored, slips)[0]:
            yield column.index, words.headings[word][0], distance


def _nearest(heading: str, words: Iterable[str], slips: int) -> tuple[int, str]:
    return min(((OSA.distance(heading, word, score_cutoff=slips), word) for word in words if len(word) > 3), default=(slips + 1, ""))


def _phrases(columns: Sequence[Column], words: Words, rows: Sequence[Cells]) -> Iterable[_Offer]:
    """Questions such as "What is your phone number?"; phones and e-mails only where the cells agree."""
    for column in columns:
        heading = f" {plain(column.heading)} "
        if any(f" {other} " in heading for other in words.others):
            continue
        for field, phrases in words.within.items():
            test = _TESTS.get(field)
            if any(f" {phrase} " in heading for phrase in phrases) and (test is None or _mostly(test, rows, column.index)):
                yield column.index, field, 0
                break


def _by_cells(columns: Sequence[Column], words: Words, rows: Sequence[Cells]) -> Iterable[_Offer]:
    """Columns whose cells can hardly be anything else; dates only where the heading speaks of none that we know."""
    for column in columns:
        heading = plain(column.heading)
        if heading in words.if_none or any(f" {other} " in f" {heading} " for other in words.others):
            continue
        for field, test in _TESTS.items():
            if _mostly(test, rows, column.index):
                yield column.index, field, 0
                break
        else:
            if heading.startswith("column #") and _mostly(is_date, rows, column.index):
                yield column.index, "created", 0


_TESTS: Mapping[str, Callable[[str], bool]] = {"email": is_email, "phone": is_phone}


def _holds_sentences(rows: Sequence[Cells], index: int, known: Set[str]) -> bool:
    filled = [cell_word(row[index]) for row in rows if index < len(row) and row[index].strip()]
    different = set(filled)
    sentences = sum(word.count(" ") >= 3 for word in different - known)
    return len(different) * 2 > len(filled) and sentences * 2 > len(different)


def _mostly(test: Callable[[str], bool], rows: Sequence[Cells], index: int) -> bool:
    filled = [row[index] for row in rows if index < len(row) and row[index].strip()]
    return bool(filled) and sum(map(test, filled)) * 5 >= len(filled) * 3


def _samples(rows: Sequence[Cells], index: int) -> Cells:
    """The first different cells of a column that hold something."""
    filled = (row[index].strip() for row in rows if index < len(row))
    return tuple(dict.fromkeys(chain(cell for cell in filled if cell)))[:SAMPLES]
