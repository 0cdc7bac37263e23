"""What it takes to read dates in words: the words of a language, and what this practice means by them."""

from __future__ import annotations

import tomllib
from functools import cache

from frontdesk.domain.settings import Book
from frontdesk.domain.when import Habits, Words
from frontdesk.places import shipped


@cache
def words(language: str = "en") -> Words:
    """The words of a language that travels with the program."""
    return Words.of(tomllib.loads((shipped("resources") / "words" / f"{language}.toml").read_text("utf-8")))


def habits(book: Book) -> Habits:
    """What the practice means by a day alone, morning, after lunch, afternoon and evening."""
    return Habits(book.follow_up_at, book.morning_at, book.after_lunch_at, book.afternoon_at, book.evening_at)
