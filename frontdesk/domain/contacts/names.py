"""Names: split for two fields, folded for search, shortened for a small circle; every script is at home."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n", "ə": "e", "ɓ": "b", "ɗ": "d", "ƙ": "k",
    "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ـ": "",
    "'": "", "`": "", "´": "", "‘": "", "’": "", "ʻ": "", "ʼ": "", "ʹ": "", "′": "", "׳": "", "＇": "",
    "-": " ", "‐": " ", "‑": " ", "‒": " ", "–": " ", "—": " ", "־": " ",
}  # fmt: skip
_SPECIAL = str.maketrans(_LETTERS)

_DROPPED = re.compile(
    "["
    "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"  # accents of Latin, Greek and Cyrillic
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"  # Hebrew and Arabic vowel points
    "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"  # marks that nobody sees
    "]+"
)


def split_name(full: str) -> tuple[str, str]:
    """First and last name of a full one: at the comma of "Last, First", else at the last blank; a single word is a first name."""
    name = full.strip()
    last, comma, first = name.partition(",")
    if comma:
        return first.strip(), last.strip()
    words = name.rsplit(maxsplit=1)
    return (words[0], words[1]) if len(words) == 2 else (name, "")


def fold(text: str) -> str:
    """The text as search compares it: no case, no accents, no apostrophes, one blank between words; never empty when the text is not.

    Vowel signs of Indic, Thai or Khmer names are letters, not accents, and stay.
    """
    folded = text.lower() if text.isascii() else _without_accents(text)
    return " ".join(folded.translate(_SPECIAL).split()) or " ".join(text.casefold().split())


def initials(first: str, last: str = "") -> str:
    """At most two letters for the circle beside a name, or "" when there is no letter."""
    return _first_letter(first) + _first_letter(last)


def _without_accents(text: str) -> str:
    """Casefolding comes on both sides: capitals decompose differently, and compatibility letters only fold after they are taken apart."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", _DROPPED.sub("", apart))


def _first_letter(name: str) -> str:
    for character in unicodedata.normalize("NFC", name):
        if character.isalpha():
            upper = character.upper()
            return upper if len(upper) == 1 else character
    return ""
