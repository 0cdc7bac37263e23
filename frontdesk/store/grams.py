"""The pieces that a name, an e-mail or a phone number is found by: the same on both databases, made here and nowhere else.

A word gives its pieces of three letters, its first letter, its first two and its last two; a number gives its pieces of three and of five digits.
Pieces of five digits are rare enough that any seven digits are found at once among a million numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_ASCII_WORD = re.compile(r"[a-z0-9]+")
SHORT, LONG = 3, 5


def words(folded: str) -> list[str]:
    """The words of a folded text; marks that belong to letters stay."""
    if folded.isascii():
        return _ASCII_WORD.findall(folded)
    return "".join(letter if unicodedata.category(letter)[0] in "LNM" else " " for letter in folded).split()


def stored(names: str, digits: str) -> list[str]:
    """Everything that a person is found by."""
    found: set[str] = set()
    for word in words(names):
        found.update(_of_word(word))
    for number in digits.split():
        found.update(_digits(number, SHORT), _digits(number, LONG))
    return sorted(found)


def sought_word(word: str) -> list[str]:
    """What somebody must have whose name or e-mail contains this word (begins with it when it has only one or two letters)."""
    if len(word) < SHORT:
        return [word]
    return _spread([word[place : place + SHORT] for place in range(len(word) - SHORT + 1)], 1 if len(word) <= 2 * SHORT else 2)


def sought_digits(digits: str) -> list[str]:
    """What a number must have that contains these digits."""
    size = LONG if len(digits) >= LONG else SHORT
    return _spread(_digits(digits, size), size)


def slipped(word: str) -> Iterator[list[str]]:
    """For a word with one typing slip: several sets of pieces, one of which the right word has.

    Two letters swapped are swapped back; any other slip leaves the first half, the second half, or both ends whole.
    """
    if len(word) > SHORT:
        half = max(SHORT, (len(word) + 1) // 2)
        yield [*sought_word(word[:half]), word[:2]]
        yield [*sought_word(word[-half:]), _end(word)]
        yield [word[:2], _end(word)]
    for place in range(len(word) - 1 if len(word) >= SHORT else 0):
        yield sought_word(word[:place] + word[place + 1] + word[place] + word[place + 2 :])


@lru_cache(maxsize=4096)
def _of_word(word: str) -> tuple[str, ...]:
    """Kept for the words of an import, where given names and the ends of addresses come again and again."""
    sizes = (SHORT,) if word.isascii() else (SHORT - 1, SHORT)  # words of Chinese or Japanese names have two letters
    ends = (word[0], word[:2], _end(word)) if len(word) >= SHORT else (word[0], word[:2])
    return (*ends, *(word[place : place + size] for size in sizes for place in range(len(word) - size + 1)))


def _end(word: str) -> str:
    return f"e{word[-2:]}e"  # four letters: never a piece of a word


def _digits(number: str, size: int) -> list[str]:
    return ["d" + number[place : place + size] for place in range(len(number) - size + 1)]


def _spread(pieces: list[str], step: int) -> list[str]:
    """Every so many pieces and the last one: together they still cover all letters."""
    return list(dict.fromkeys([*pieces[::step], pieces[-1]]))
