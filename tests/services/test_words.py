"""The words that travel with the program, and the practice's habits from its settings."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from frontdesk.domain.settings import Book
from frontdesk.domain.when import Habits
from frontdesk.services.words import habits, words


def test_words_of_the_english_language_are_shipped_and_read_once() -> None:
    assert words().weekdays == ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    assert words() is words()


def test_habits_are_those_of_the_settings() -> None:
    book = replace(
        Book(), follow_up_at=time(10), morning_at=time(8, 30), after_lunch_at=time(13, 30), afternoon_at=time(15), evening_at=time(19)
    )
    assert habits(book) == Habits(default=time(10), morning=time(8, 30), after_lunch=time(13, 30), afternoon=time(15), evening=time(19))
