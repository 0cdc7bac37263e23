"""What else is planned at a time that somebody is about to choose; it is said at once, and keeps nobody from saving."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from frontdesk.domain.contacts import fold
from frontdesk.domain.records import Appointment, LeadId
from frontdesk.store import appointments, followups, lists
from frontdesk.store.tx import Tx

MOST = 100
"""More follow-ups than these are not counted one by one."""
_A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Slot:
    """A time for a follow-up, or with a length for a consultation."""

    at: datetime
    minutes: int = 0
    with_whom: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """A consultation that overlaps, and whose it is."""

    who: str
    appointment: Appointment


@dataclass(frozen=True, slots=True)
class Taken:
    """What is there already: other follow-ups at the very minute of a follow-up, or consultations that a consultation would clash with."""

    follow_ups: int = 0
    clashes: tuple[Clash, ...] = ()


FREE = Taken()


def taken(tx: Tx, *, slot: Slot, lead_ids: Collection[LeadId]) -> Taken:
    """What else is planned then, apart from these leads.

    Two consultations clash when they overlap and are with the same person, or when it is not said of both with whom they are.
    """
    if not slot.minutes:
        start = slot.at.replace(second=0, microsecond=0)
        due = followups.leads_due(tx, start, start + _A_MINUTE, most=MOST + len(lead_ids))
        return Taken(min(MOST, sum(each not in lead_ids for each in due)))
    found = appointments.during(tx, slot.at, slot.at + timedelta(minutes=slot.minutes))
    clashing = [each for each in found if each.lead_id not in lead_ids and _is_same(each.with_whom, slot.with_whom)]
    names = {line.id: line.name for line in lists.lines(tx, [each.lead_id for each in clashing if each.lead_id is not None])}
    return Taken(clashes=tuple(Clash(names.get(each.lead_id or 0, ""), each) for each in clashing))


def _is_same(one: str, other: str) -> bool:
    return not one.strip() or not other.strip() or fold(one) == fold(other)
