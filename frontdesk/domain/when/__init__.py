"""Dates in words: `tomorrow 3` is 15:00, and what is shown reads back to the same instant.

A text becomes tokens (`tokens`, by the `words` of a language), tokens a draft (`grammar`, `drafts`), a draft a reading (`readings`, `times`),
and a reading the line under the field (`echoes`). What has happened already is read by `past`.
"""

from frontdesk.domain.when.days import Order
from frontdesk.domain.when.echoes import Echo, echo
from frontdesk.domain.when.past import read_past
from frontdesk.domain.when.readings import Reading, read
from frontdesk.domain.when.times import USUAL, Habits
from frontdesk.domain.when.words import Words

__all__ = ["USUAL", "Echo", "Habits", "Order", "Reading", "Words", "echo", "read", "read_past"]
