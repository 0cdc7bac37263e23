"""The order of work: who is called first, and why (workflows.md section 6; S4.17–S4.22). The store returns each group in this order from an index."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum
from typing import NamedTuple

from frontdesk.domain.records import Activity, Lead
from frontdesk.domain.workdays import OpeningHours
from frontdesk.domain.workflow import Stage

MISSED_CHANNELS = frozenset(("call", "voicemail"))
"""An unsettled call from outside was missed: it waits with the voicemails."""


class Group(IntEnum):
    """The groups of the queue, first to last."""

    CALLING = 1
    VOICEMAILS = 2
    HANDED = 3
    NEW = 4
    DUE = 5
    LATER_TODAY = 6


class Entry(NamedTuple):
    """One lead in the queue: in which group, since when or due when, and what moves it up inside its group."""

    lead_id: int
    group: Group
    at: datetime
    important: bool = False
    after_hours: bool = False


def key(entry: Entry) -> tuple[int, bool, float, int]:
    """The one definition of the order; ties go by id, so that two desks see the same list.

    Calling now: newest first. Voicemails: those left while closed first, then oldest (S4.19, S4.20).
    Handed and came back: oldest first. New: important first, then longest waiting. Follow-ups: important first, then earliest due.
    """
    seconds = entry.at.timestamp()
    if entry.group is Group.CALLING:
        return entry.group, False, -seconds, entry.lead_id
    first = entry.after_hours if entry.group is Group.VOICEMAILS else entry.important and entry.group in (Group.NEW, Group.DUE)
    return entry.group, not first, seconds, entry.lead_id


def entry(lead: Lead, now: datetime, hours: OpeningHours, unsettled: Activity | None = None) -> Entry | None:
    """Where a lead stands in the queue at this moment, or None when nobody has to do anything today.

    Args:
        lead: the lead.
        now: the present.
        hours: the practice's, for the end of today.
        unsettled: the oldest contact from outside that nobody has dealt with yet.
    """
    if unsettled is not None and lead.is_open:
        if unsettled.channel in MISSED_CHANNELS:
            return Entry(lead.id, Group.VOICEMAILS, unsettled.at, lead.important, unsettled.after_hours)
        return Entry(lead.id, Group.HANDED, unsettled.at, lead.important)
    if (since := lead.handed_at if lead.is_open else lead.came_back_at) is not None:
        return Entry(lead.id, Group.HANDED, since, lead.important)
    if not lead.is_open or lead.pending:
        return None
    if lead.stage is Stage.NEW and lead.next_follow_up is None:
        return Entry(lead.id, Group.NEW, lead.stamps.created, lead.important)
    return _follow_up(lead, now, hours)


def _follow_up(lead: Lead, now: datetime, hours: OpeningHours) -> Entry | None:
    due = lead.next_follow_up
    if due is None:
        return None
    if due <= now:
        return Entry(lead.id, Group.DUE, due, lead.important)
    return Entry(lead.id, Group.LATER_TODAY, due, lead.important) if hours.day(due) == hours.day(now) else None
