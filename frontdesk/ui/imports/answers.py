"""What the user has answered so far about a file; plain data that every step adds to and none takes away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from frontdesk.domain.imports import Match, ValueChoice
from frontdesk.domain.ports import Choices
from frontdesk.services.imports import Wishes

CREATE = "+"
"""The meaning of a word whose source or person the import shall make."""
_CREATABLE = {"source": "sources", "owner": "people"}

Word = tuple[str, str]
"""A field and a word of the file in it."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of all steps.

    Attributes:
        columns: heading to field, "" for left out; only what the user chose.
        meanings: what words mean: a key, "" for nothing, or CREATE; only what the user chose.
        mended: cells of rows that could not be read, as the user wrote them: line and place of the column to text.
    """

    path: Path | None = None
    choices: Choices = field(default_factory=Choices)
    columns: Mapping[str, str] = field(default_factory=dict)
    meanings: Mapping[Word, str] = field(default_factory=dict)
    workflow: str = ""
    order: str | None = None
    match: str | None = None
    on_match: str = "skip"
    mended: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def for_workflow(self, key: str) -> Answers:
        """The answers under another workflow, whose statuses and reasons are others."""
        kept = {word: meaning for word, meaning in self.meanings.items() if word[0] not in {"status", "reason"}}
        return replace(self, workflow=key, meanings=kept)

    def wishes(self) -> Wishes:
        """What understanding the file needs; what its words mean is left open."""
        return Wishes(self.choices, self.columns, workflow=self.workflow, match=self.match, on_match=self.on_match, order=self.order)

    def all_wishes(self, words: Iterable[ValueChoice]) -> Wishes:
        """Everything, once every word has a meaning."""
        meant = {word_of(choice): meaning for choice in words if (meaning := self.meaning(choice)) is not None and not is_known(choice)}
        values = tuple(f"{of}:{word}={meaning}" for (of, word), meaning in meant.items() if meaning != CREATE)
        create = frozenset(_CREATABLE[of] for (of, _), meaning in meant.items() if meaning == CREATE)
        return replace(self.wishes(), values=values, create=create)

    def meaning(self, choice: ValueChoice) -> str | None:
        """What a word means: as chosen, else as proposed; None when somebody has to say."""
        return self.meanings.get(word_of(choice), proposal(choice))


def word_of(choice: ValueChoice) -> Word:
    """The key of a word."""
    return choice.field, choice.word


def is_known(choice: ValueChoice) -> bool:
    """Whether the practice has this word itself."""
    return choice.match is Match.KNOWN


def proposal(choice: ValueChoice) -> str | None:
    """What a word most likely means: the nearest status, or a new source; people are never made without being asked for."""
    if choice.key is not None:
        return choice.key
    return CREATE if choice.field == "source" else None


def can_create(field_key: str) -> bool:
    """Whether an import can make what a word of this field names."""
    return field_key in _CREATABLE
