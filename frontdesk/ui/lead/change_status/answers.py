"""What goes into Change status besides the leads, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass

from frontdesk.services.decisions import Decision


@dataclass(frozen=True, slots=True)
class Twin:
    """Somebody who seems to be the same person, offered when a lead is marked as a duplicate."""

    person_id: int
    words: str


@dataclass(frozen=True, slots=True)
class StatusAnswer:
    """What was decided, and whether to go on to the next lead of the queue."""

    decision: Decision
    open_next: bool = False
