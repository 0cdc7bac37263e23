"""The words that files use, read from `resources/imports.toml`; a new spelling is data, not code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from frontdesk.domain.contacts import fold
from frontdesk.domain.imports.fields import FIELDS

_TAGS = re.compile(r"<[^>]{1,80}>")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_REPEATED = re.compile(r" \(\d+\)$")
_PREFIXES = ("property ", "hs ")


def plain(heading: str) -> str:
    """A heading as it is compared: `Person - Phone*`, `LeadSource` and `E-mail 1 - Value` are "person phone", "lead source", "email # value"."""
    bare = _TAGS.sub(" ", unicodedata.normalize("NFKC", heading)).replace("\ufeff", "").strip()
    if bare == "#":
        return "number sign"
    custom = re.sub(r"__c$", "", _REPEATED.sub("", bare), flags=re.IGNORECASE)
    kept = "".join(each if each == "#" or _is_kept(each) else " " for each in fold(_CAMEL.sub(" ", custom)))
    words = " ".join(re.sub(r"\d+|#", " # ", kept).split())
    joined = re.sub(r"\be mail", "email", words)
    return next((joined.removeprefix(prefix) for prefix in _PREFIXES if joined.startswith(prefix)), joined)


def _is_kept(character: str) -> bool:
    """Letters with their signs, figures, and pictures such as ☎."""
    return unicodedata.category(character)[0] in "LMN" or unicodedata.category(character) == "So"


@lru_cache(maxsize=8192)
def cell_word(cell: str) -> str:
    """A cell as it is compared with a list of words: `Closed - Converted` and `CLOSED_CONVERTED` are "closed converted"."""
    kept = "".join(each if _is_kept(each) else " " for each in fold(cell))
    return " ".join(kept.split()) or cell.strip().lower()


@dataclass(frozen=True, slots=True)
class Words:
    """All word lists of the resource, ready to compare.

    Attributes:
        headings: compared heading to field and its place in the list of preference.
        if_none: the same, for fields that no better column was found for.
        within: field to phrases that mark it inside a longer heading.
        stages: compared status word to the stage it is most like.
    """

    headings: Mapping[str, tuple[str, int]]
    if_none: Mapping[str, tuple[str, int]]
    ignored: frozenset[str]
    within: Mapping[str, tuple[str, ...]]
    others: frozenset[str]
    months: Mapping[str, int]
    yes: frozenset[str]
    no: frozenset[str]
    nothing: frozenset[str]
    nothing_but_names: frozenset[str]
    sources: Mapping[str, str]
    stages: Mapping[str, str]

    @classmethod
    def of(cls, data: Mapping[str, object]) -> Words:
        """The words of a mapping as `tomllib` reads it from the resource."""
        within = {field: tuple(words) for field, words in _section(data, "within").items()}
        truth, nothing = _section(data, "truth"), _section(data, "nothing")
        months = cast("list[list[str]]", _section(data, "months")["names"])
        own = {plain(key.replace("_", " ")): (key, 0) for key in FIELDS}
        return cls(
            headings=own | _ranked(_section(data, "headings")),
            if_none=_ranked(_section(data, "headings_if_none")),
            ignored=frozenset(_section(data, "ignored")["headings"]),
            within={field: words for field, words in within.items() if field in FIELDS},
            others=frozenset(within["not_of_the_person"]),
            months={name: number for number, names in enumerate(months, start=1) for name in names},
            yes=frozenset(truth["yes"]),
            no=frozenset(truth["no"]),
            nothing=frozenset(nothing["always"]),
            nothing_but_names=frozenset(nothing["not_for_names"]),
            sources=cast("Mapping[str, str]", data["sources"]),
            stages={word: stage for stage, words in _section(data, "statuses").items() for word in words},
        )

    def text(self, cell: str, *, is_name: bool = False) -> str:
        """The cell without blanks around it, "" when it says that there is nothing."""
        bare = cell.strip()
        if bare[:1] == '"' and bare[-1:] == '"' and self._says_nothing(bare.strip('"')):
            return bare[1:-1]
        lowered = bare.lower()
        return "" if lowered in self.nothing or (not is_name and lowered in self.nothing_but_names) else bare

    def literally(self, text: str) -> str:
        """The text as it must stand in a cell to be read as it is: a word that would be taken for "nothing" goes between quotation marks."""
        return f'"{text}"' if self._says_nothing(text.strip('"')) else text

    def _says_nothing(self, word: str) -> bool:
        lowered = word.strip().lower()
        return lowered in self.nothing or lowered in self.nothing_but_names


def _section(data: Mapping[str, object], name: str) -> Mapping[str, Iterable[str]]:
    return cast("Mapping[str, Iterable[str]]", data[name])


def _ranked(lists: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, int]]:
    """Written words go through the same comparison as headings, so that nobody has to know it by heart."""
    return {
        plain(word) if word != "number sign" else word: (field, rank) for field, words in lists.items() for rank, word in enumerate(words)
    }
