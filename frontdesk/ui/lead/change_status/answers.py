"""What goes into Change status besides the leads, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass

from frontdesk.domain.records import Person
from frontdesk.services.decisions import Decision
from frontdesk.ui.lead.headlines import display_name
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.widgets.labels import isolated
from frontdesk.ui.widgets.privacy import privacy


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


def twin(person: Person, practice: Practice) -> Twin:
    """Somebody as they are offered: by name and number."""
    name = display_name(person, practice)
    number = next((practice.phone(point.typed) for point in person.points if point.kind == "phone"), "")
    parts = (name, number) if number and number != name else (name,)
    return Twin(person.id, ", ".join(isolated(privacy().shown(part)) if part == number else privacy().shown(part) for part in parts))
