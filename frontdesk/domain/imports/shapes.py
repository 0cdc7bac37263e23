"""What a cell looks like before anybody knows what its column means."""

from __future__ import annotations

import re

_EMAIL = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]{2,}")
_PHONE = re.compile(r"(?:[lp]:)?[+(]?\d[\d\s().\-/\u00a0\u2010\u2011]{4,22}\d(?:\s*(?:x|ext\.?)\s*\d{1,6})?", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?[$€£]?\s?\d[\d.,'’ ]*(?:[eE][-+]?\d+)?%?")
_DATE = re.compile(
    r"(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2(?:\d{4}|\d{2}))(?:[T ,]+\d{1,2}:\d{2}.*)?"
    r"|\d{1,2}[ -][^\W\d]{3,9}\.?,?[ -]\d{4}.*|[^\W\d]{3,9}\.? \d{1,2},? \d{4}.*"
)


_META = re.compile(r"^(?:l|ag|as|c|f|p|z):(?=\+?\d)")
"""What Meta puts before ids, phones and postal codes, so that spreadsheets leave them alone."""


def unprefixed(text: str) -> str:
    """The cell without what Meta puts before it."""
    return _META.sub("", text)


def is_email(text: str) -> bool:
    """Whether it can be nothing but an e-mail address."""
    return "@" in text and _EMAIL.fullmatch(text.strip()) is not None


def is_date(text: str) -> bool:
    """Whether it is written like a day, with or without a time."""
    return _DATE.fullmatch(text.strip()) is not None


def is_number(text: str) -> bool:
    """Whether it is a figure or an amount."""
    return _NUMBER.fullmatch(text.strip()) is not None


def is_phone(text: str) -> bool:
    """Whether it is written like a phone number: digits with marks between them or a plus or zero before them."""
    bare = text.strip()
    if is_date(bare) or not _PHONE.fullmatch(bare):
        return False
    digits = sum(each.isdigit() for each in bare)
    return 6 <= digits <= 17 and (bare[:1] in "+0(" or not re.fullmatch(r"\d+(?:\.\d+)?", bare))


def is_value(text: str) -> bool:
    """Whether it is what a row holds and never what a heading says."""
    return bool(text.strip()) and (is_email(text) or is_phone(text) or is_date(text) or is_number(text))
