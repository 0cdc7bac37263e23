"""What the words of a file (its statuses, sources, people, reasons) are called in the practice: known, proposed, or still to be said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from frontdesk.domain.imports.fields import FIELDS, Kind
from frontdesk.domain.imports.words import Words, cell_word
from frontdesk.domain.problems import Refused

Known = Mapping[str, Mapping[str, str]]
"""Field (status, source, owner, reason) to what the practice has of it: key to label."""


_LACKS = {"status": "status_unknown", "source": "source_unknown", "owner": "staff_unknown", "reason": "reason_unknown"}


class Match(StrEnum):
    """How a word came to its meaning."""

    KNOWN = "known"
    PROPOSED = "proposed"  # most likely; somebody has to agree
    GIVEN = "given"
    CREATED = "created"  # a source or person that the import makes
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ValueChoice:
    """One word of one field: how often it stands in the file, and the key it means ("" leaves the field empty)."""

    field: str
    word: str
    count: int = 0
    key: str | None = None
    match: Match = Match.UNKNOWN
    label: str = ""

    @property
    def asked(self) -> str:
        """The word as a question to the user: field, word, how often, and what it most likely means."""
        return f"{self.field} “{self.word}” ({self.count}{f', perhaps {self.key}' if self.key else ''})"

    @property
    def is_settled(self) -> bool:
        """Whether nobody needs to be asked any more."""
        return self.match not in {Match.UNKNOWN, Match.PROPOSED}


@dataclass(frozen=True, slots=True)
class ValueMap:
    """What every word of a file means; looked up without regard to case, accents, blanks and marks."""

    choices: Mapping[tuple[str, str], ValueChoice]

    @property
    def unsettled(self) -> tuple[ValueChoice, ...]:
        """The words that somebody has to decide about, the most frequent first; proposals among them."""
        return tuple(sorted((each for each in self.choices.values() if not each.is_settled), key=lambda each: -each.count))

    def key(self, field: str, cell: str) -> str | None:
        """The key that a cell means, "" for none; None when that was never settled."""
        choice = self.choices.get((field, cell_word(cell)))
        return choice.key if choice is not None and choice.is_settled else None

    def given(self, wishes: Iterable[tuple[str, str, str]], known: Known) -> ValueMap:
        """The map with words sent to keys: (field, word, key or label, "" for nothing). A key that the practice lacks is refused."""
        changed = dict(self.choices)
        for field, word, wanted in wishes:
            key = _key_of(wanted, known.get(field, {})) if wanted else ""
            if key is None:
                raise Refused(_LACKS[field], "value", **{field: wanted})
            choice = changed.get((field, cell_word(word)), ValueChoice(field, word))
            changed[field, cell_word(word)] = replace(choice, key=key, match=Match.GIVEN)
        return ValueMap(changed)

    def remembered(self) -> tuple[tuple[str, str, str], ...]:
        """What somebody has said or agreed to, to be kept for the next file with these headings."""
        return tuple((each.field, each.word, each.key or "") for each in self.choices.values() if each.match is Match.GIVEN)

    def recalled(self, said: Iterable[tuple[str, str, str]], known: Known) -> ValueMap:
        """The map with what was said of an earlier file, as far as it is in this one and the practice still has its meaning."""
        return self.given(
            (
                (field, word, key)
                for field, word, key in said
                if (field, cell_word(word)) in self.choices and (not key or key in known.get(field, {}))
            ),
            known,
        )

    def agreed(self) -> ValueMap:
        """The map with every proposal accepted."""
        return ValueMap(
            {at: replace(each, match=Match.GIVEN) if each.match is Match.PROPOSED else each for at, each in self.choices.items()}
        )

    def creating(self, fields: Collection[str]) -> ValueMap:
        """The map in which unknown words of these fields will be made; until they have keys they stand for themselves."""
        return ValueMap(
            {
                at: replace(each, key=each.label, match=Match.CREATED) if each.field in fields and not each.is_settled else each
                for at, each in self.choices.items()
            }
        )

    def to_create(self, field: str) -> tuple[str, ...]:
        """The labels to make, each once."""
        return tuple(dict.fromkeys(each.label for each in self.choices.values() if each.field == field and each.match is Match.CREATED))

    def with_keys(self, field: str, keys: Mapping[str, str]) -> ValueMap:
        """The map after they were made: label to key."""
        return ValueMap(
            {
                at: replace(each, key=keys[each.label]) if each.field == field and each.match is Match.CREATED else each
                for at, each in self.choices.items()
            }
        )

    def require_settled(self) -> None:
        """Refuse to go on while a word has no agreed meaning."""
        if unsettled := self.unsettled:
            listed = ", ".join(each.asked for each in unsettled)
            raise Refused("values_unknown", "value", count=len(unsettled), listed=listed)


def propose_values(found: Mapping[str, Mapping[str, int]], known: Known, stages: Mapping[str, str], words: Words) -> ValueMap:
    """What the words of a file most likely mean.

    Args:
        found: field to word, as written, to how often.
        known: what the practice has.
        stages: status key to its stage, in the order of the workflow; a foreign status is proposed by its stage.
        words: the word lists.
    """
    seen = ((field, word, count) for field, of in found.items() for word, count in of.items())
    choices = (_proposed(each, known.get(each[0], {}), stages, words) for each in seen)
    return ValueMap({(each.field, cell_word(each.word)): each for each in choices})


def parse_values(wishes: Iterable[str], fields: Mapping[str, str]) -> Sequence[tuple[str, str, str]]:
    """Read `Status:Won=procedure_completed` as the command line takes it; `fields` is heading (and field itself) to field, compared loosely."""
    loose = {cell_word(heading): field for heading, field in fields.items()} | {key: key for key in FIELDS}
    parsed: list[tuple[str, str, str]] = []
    for wish in wishes:
        left, mark, key = wish.rpartition("=")
        heading, colon, word = left.partition(":")
        field = loose.get(cell_word(heading))
        if not mark or not colon or field is None or FIELDS[field].kind is not Kind.VALUE:
            raise Refused("value_not_understood", "value")
        parsed.append((field, word.strip(), key.strip()))
    return parsed


def _proposed(seen: tuple[str, str, int], of: Mapping[str, str], stages: Mapping[str, str], words: Words) -> ValueChoice:
    field, word, count = seen
    label = words.sources.get(word.strip().lower(), word.strip()) if field == "source" else word.strip()
    choice = ValueChoice(field, word, count, label=label)
    key = _key_of(word.strip(), of) or _key_of(label, of)
    if key is not None:
        return replace(choice, key=key, match=Match.KNOWN)
    stage = words.stages.get(cell_word(word)) if field == "status" else None
    like = _likest(word, [status for status, its in stages.items() if its == stage and status in of], of)
    return choice if like is None else replace(choice, key=like, match=Match.PROPOSED)


def _likest(word: str, statuses: Sequence[str], of: Mapping[str, str]) -> str | None:
    """Of several statuses of one stage the one whose name is part of the word ("Working - Contacted"), else the first."""
    said = set(cell_word(word).split())
    named = (status for status in statuses if set(cell_word(of[status]).split()) <= said)
    return next(named, statuses[0] if statuses else None)


def _key_of(wanted: str, of: Mapping[str, str]) -> str | None:
    if wanted in of:
        return wanted
    word = cell_word(wanted)
    return next((key for key, label in of.items() if word in {cell_word(key), cell_word(label)}), None)
