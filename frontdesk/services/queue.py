"""The work queue: whom to call, in order (workflows.md section 6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from frontdesk.domain import workdays
from frontdesk.domain.lines import LeadLine
from frontdesk.domain.queue import Entry, Group
from frontdesk.services.settings import opening_hours
from frontdesk.store import lists, queues
from frontdesk.store.queues import EVERYBODY, Whose
from frontdesk.store.tx import Tx

WAITING = (Group.CALLING, Group.VOICEMAILS, Group.HANDED, Group.NEW)


class QueueLine(NamedTuple):
    """One place in the queue: why it stands there, and the lead."""

    entry: Entry
    line: LeadLine


def work_queue(tx: Tx, *, mine: bool = True, skip: int = 0, limit: int = queues.PAGE) -> list[QueueLine]:
    """The leads to work, in order: so many after those that are skipped; *mine* is what belongs to me or to nobody."""
    entries = _first(tx, (Group.DUE, Group.LATER_TODAY), mine=mine, limit=skip + limit)[skip:]
    lines = {line.id: line for line in lists.lines(tx, [entry.lead_id for entry in entries])}
    return [QueueLine(entry, lines[entry.lead_id]) for entry in entries if entry.lead_id in lines]


def calls_to_make(tx: Tx, *, mine: bool = True, most: int = queues.PAGE) -> int:
    """How many leads of the queue are due now, counted up to `most`."""
    return len(_first(tx, (Group.DUE,), mine=mine, limit=most))


def _first(tx: Tx, planned: Sequence[Group], *, mine: bool, limit: int) -> list[Entry]:
    """Who waits for an answer; then, where there is room, whose next contact is planned."""
    whose = Whose(tx.who) if mine and tx.who is not None else EVERYBODY
    found = queues.first(tx, WAITING, now=tx.now, whose=whose, limit=limit)
    if len(found) < limit:
        found += queues.first(tx, planned, now=tx.now, end_of_day=_tonight(tx), whose=whose, limit=limit - len(found))
    return found


def _tonight(tx: Tx) -> datetime:
    """The first instant of tomorrow in the practice."""
    hours = opening_hours(tx)
    return workdays.midnight(hours.day(tx.now) + timedelta(days=1), hours.zone)
