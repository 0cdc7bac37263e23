"""From text to tokens: figures by their shape, words by the word list, the longest phrase first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from frontdesk.domain.when.words import Token, Words, plain

LONGEST_TEXT = 120

# In this order: a date before a time before a plain number.
_SHAPES = re.compile(
    r"""
      (?P<triple>\d{1,4}(?P<mark>[-/.])\d{1,2}(?P=mark)\d{1,4}(?!\d))
    | (?P<clock>\d{1,2}:\d{2}(?::\d{2})?(?![\d:]))
    | (?P<pair>\d{1,2}[-/]\d{1,2}(?![\d/-]))
    | (?P<dotted>\d{1,3}\.\d{1,2}(?!\d))
    | (?P<number>\d{1,4}(?!\d))
    | (?P<offset>utc[+-]\d{1,2}:\d{2}(?!\d))
    | (?P<word>[^\W\d_]+(?:['’.][^\W\d_]+)*['’.]?)
    | (?P<gap>[\s,;.@()]+)
    """,
    re.VERBOSE,
)

Shape: TypeAlias = tuple[str, str]
"""A kind of the pattern above and its text, words already plain."""


def tokens(text: str, words: Words) -> tuple[Token, ...] | None:
    """Cut a text into tokens, None when something in it is neither a figure nor a known word."""
    shapes = _shapes(text)
    found = None if shapes is None else list(_tokens(shapes, words))
    if found is None or None in found:
        return None
    return tuple(_with_suffixes(token for token in found if token))


def _shapes(text: str) -> list[Shape] | None:
    text = unicodedata.normalize("NFKC", text[: LONGEST_TEXT + 1]).casefold()
    shapes, place = [], 0
    while found := _SHAPES.match(text, place):
        place = found.end()
        kind = str(found.lastgroup)
        if kind != "gap":
            shapes.append((kind, plain(found[0]) if kind == "word" else found[0]))
    return shapes if place == len(text) <= LONGEST_TEXT else None


def _tokens(shapes: list[Shape], words: Words) -> Iterator[Token | None]:
    """Give the tokens in order, None for what is not known."""
    while shapes:
        kind, text = shapes[0]
        if kind != "word":
            yield _figures(kind, text)
            shapes = shapes[1:]
            continue
        phrase = _longest_phrase(shapes, words)
        yield from _tokens(_shapes(words.short[phrase]) or [], words) if phrase in words.short else words.phrases.get(phrase, (None,))
        shapes = shapes[len(phrase) :]


def _longest_phrase(shapes: list[Shape], words: Words) -> tuple[str, ...]:
    """Give the longest known phrase with which the shapes begin; a single word when none is known."""
    for length in range(min(words.longest, len(shapes)), 1, -1):
        phrase = tuple(text for kind, text in shapes[:length] if kind == "word")
        if len(phrase) == length and (phrase in words.phrases or phrase in words.short):
            return phrase
    return (shapes[0][1],)


def _figures(kind: str, text: str) -> Token:
    """Read figures; an offset as minutes with their sign."""
    numbers = tuple(int(each) for each in re.findall(r"\d+", text))
    if kind == "offset":
        minutes = numbers[0] * 60 + numbers[1]
        numbers = (-minutes if "-" in text else minutes,)
    return Token(kind, text, numbers)


def _with_suffixes(found: Iterator[Token]) -> list[Token]:
    """Join a number and its suffix: 26 and th are the 26th."""
    joined: list[Token] = []
    for token in found:
        if token.kind == "suffix" and joined and joined[-1].kind == "number":
            joined[-1] = replace(joined[-1], kind="nth")
        else:
            joined.append(token)
    return joined
