"""The work queue: whom to call, in order (workflows.md section 6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from frontdesk.domain import workdays
from frontdesk.domain.lines import LeadLine
from frontdesk.domain.queue import Entry, Group
from frontdesk.services.settings import opening_hours
from frontdesk.store import lists, queues
from frontdesk.store.queues import EVERYBODY, Whose
from frontdesk.store.tx import Tx


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One place in the queue: why it stands there, and the lead."""

    entry: Entry
    line: LeadLine


def work_queue(tx: Tx, *, mine: bool = True, limit: int = queues.PAGE) -> list[QueueLine]:
    """The first of each group in the order of work; *mine* is what belongs to me or to nobody."""
    tonight, whose = _tonight(tx), _whose(tx, mine=mine)
    entries = [entry for group in Group for entry in queues.entries(tx, group, now=tx.now, end_of_day=tonight, whose=whose, limit=limit)]
    lines = {line.id: line for line in lists.lines(tx, [entry.lead_id for entry in entries])}
    return [QueueLine(entry, lines[entry.lead_id]) for entry in entries if entry.lead_id in lines]


def calls_to_make(tx: Tx, *, mine: bool = True, most: int = queues.PAGE) -> int:
    """How many leads of the queue are due now, counted up to `most`."""
    tonight, whose = _tonight(tx), _whose(tx, mine=mine)
    due = (group for group in Group if group is not Group.LATER_TODAY)
    found = {entry.lead_id for group in due for entry in queues.entries(tx, group, now=tx.now, end_of_day=tonight, whose=whose, limit=most)}
    return min(len(found), most)


def _whose(tx: Tx, *, mine: bool) -> Whose:
    return Whose(tx.who) if mine and tx.who is not None else EVERYBODY


def _tonight(tx: Tx) -> datetime:
    """The first instant of tomorrow in the practice."""
    hours = opening_hours(tx)
    return workdays.midnight(hours.day(tx.now) + timedelta(days=1), hours.zone)
