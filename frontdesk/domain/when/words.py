"""The words of dates and times in one language, read from a mapping (`resources/words/*.toml`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Token:
    """One understood piece of a text: its kind, and what it names or counts (`unit` hour; `clock` 15, 30)."""

    kind: str
    key: str = ""
    numbers: tuple[int, ...] = ()


Phrase: TypeAlias = tuple[str, ...]
Written: TypeAlias = Mapping[str, Mapping[str, Sequence[str]]]

COUNTED = {"weekdays": "weekday", "months": "month", "days": "day", "numbers": "number", "past_by": "past_by"}
NAMED = {"places": "place", "parts": "part", "units": "unit"}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language.

    Attributes:
        phrases: what a row of words means; noise means nothing.
        short: phrases that stand for other text.
        longest: the number of words of the longest phrase.
        weekdays: how Monday to Sunday are shown.
        months: how January to December are shown.
        echo: the patterns in which a reading is shown.
    """

    phrases: Mapping[Phrase, tuple[Token, ...]]
    short: Mapping[Phrase, str]
    longest: int
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    echo: Mapping[str, str]

    @classmethod
    def of(cls, written: Mapping[str, Mapping[str, object]]) -> Words:
        """Read a language's file; raise ValueError when a phrase stands there twice."""
        lists: Written = {name: dict(_lists(section)) for name, section in written.items()}
        short = {split(phrase): str(text) for phrase, text in written["short"].items()}
        phrases: dict[Phrase, tuple[Token, ...]] = {}
        for phrase, tokens in _meanings(lists):
            if phrase in phrases or phrase in short:
                raise ValueError(f"the phrase {' '.join(phrase)!r} stands twice")
            phrases[phrase] = tokens
        return cls(
            phrases=phrases,
            short=short,
            longest=max(len(phrase) for phrase in (*phrases, *short)),
            weekdays=tuple(lists["weekdays"][str(number)][0] for number in range(7)),
            months=tuple(lists["months"][str(number)][0] for number in range(1, 13)),
            echo={name: str(pattern) for name, pattern in written["echo"].items()},
        )


def plain(word: str) -> str:
    """Give a word without case, dots and apostrophes."""
    return "".join(letter for letter in word.casefold() if letter not in ".'’")


def split(phrase: str) -> Phrase:
    """Give the plain words of a phrase."""
    return tuple(plain(word) for word in phrase.split())


def _lists(section: Mapping[str, object]) -> Iterator[tuple[str, list[str]]]:
    return ((name, phrases) for name, phrases in section.items() if isinstance(phrases, list))


def _meanings(lists: Written) -> Iterator[tuple[Phrase, tuple[Token, ...]]]:
    for section, kind in COUNTED.items():
        yield from ((split(each), (Token(kind, name, (int(name),)),)) for name, phrases in lists[section].items() for each in phrases)
    for section, kind in NAMED.items():
        yield from ((split(each), (Token(kind, name),)) for name, phrases in lists[section].items() for each in phrases)
    for kind, phrases in lists["signs"].items():
        yield from ((split(each), () if kind == "noise" else (Token(kind),)) for each in phrases)
