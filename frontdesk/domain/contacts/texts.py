"""Text that people or files bring: kept exactly, but for what no screen shows and no database stores; made safe to show beside other text."""

from __future__ import annotations

import re

from frontdesk.domain.problems import Refused

_NEW_LINES = re.compile("\r\n|[\r\u0085\u2028\u2029]")
_UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")
_TURNING = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Letters written from right to left, and the marks that turn the direction of what follows."""

FIRST_STRONG, LEFT_TO_RIGHT, END = "\u2068", "\u2066", "\u2069"
_OPENING = frozenset("\u2066\u2067\u2068")


def clean_text(text: str, limit: int, field: str | None = None) -> str:
    """The text as it will be stored: every character kept, but NUL and other control characters go and halves of characters become �."""
    return _within(_stored(text), limit, field)


def clean_line(text: str, limit: int, field: str | None = None) -> str:
    """The same for a field of one line: line ends and tabs become a blank, and none stand around it."""
    return _within(re.sub("[\t\n]+", " ", _stored(text)).strip(), limit, field)


def for_display(text: str) -> str:
    """The text as a screen may set it into a sentence: its direction, and any override in it, ends where it ends."""
    if text.isascii() or not _TURNING.search(text):
        return text
    return "\n".join(_isolated(line) for line in text.split("\n"))


def left_to_right(text: str) -> str:
    """A phone number, time or amount that stays in order inside a sentence written from right to left."""
    return f"{LEFT_TO_RIGHT}{text}{END}"


def _stored(text: str) -> str:
    return _LONE_SURROGATES.sub("\ufffd", _UNSHOWN.sub("", _NEW_LINES.sub("\n", text)))


def _within(text: str, limit: int, field: str | None) -> str:
    if len(text) > limit:
        raise Refused("text_too_long", field, limit=limit, length=len(text))
    return text


def _isolated(line: str) -> str:
    """Between first-strong isolate and its end; ends that nobody opened would close ours early, so they go."""
    depth = 0
    kept: list[str] = []
    for character in line:
        if character == END and depth == 0:
            continue
        depth += (character in _OPENING) - (character == END)
        kept.append(character)
    return f"{FIRST_STRONG}{''.join(kept)}{END * (depth + 1)}"
