"""What a contact led to, in the sentence of the undo strip (ux.md section 8)."""

from __future__ import annotations

from frontdesk.domain.rules import Ruling
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.lead.tellings import CHANNELS, DISPOSITIONS
from frontdesk.ui.lead.words import moment, tr


def outcome_sentence(ruling: Ruling, name: str, practice: Practice) -> str:
    """As “No answer for Tom Whitfield. Back in the queue: Today 14:43.”, or what the workflow did of itself."""
    lead = ruling.case.lead
    if not lead.is_open and ruling.by_system:
        words = tr("Attempt {n} without an answer. {name} is now {status}, reason “{reason}”.")
        status, reason = practice.status_label(lead.status), practice.reason_label(lead.reason)
        return words.format(n=lead.attempts, name=name, status=status, reason=reason)
    what = _what(ruling)
    due = ruling.case.follow_up.due if ruling.case.follow_up else None
    if due is None:
        return tr("{what} for {name}.").format(what=what, name=name)
    when = moment(due, practice.now(), practice.hours, is_24h=practice.book.clock_24h)
    return tr("{what} for {name}. Back in the queue: {when}.").format(what=what, name=name, when=when)


def _what(ruling: Ruling) -> str:
    activity = ruling.activity
    if activity is None:
        return tr("Saved")
    if (disposition := activity.disposition or "") in DISPOSITIONS:
        return tr(DISPOSITIONS[disposition][0])
    return tr(CHANNELS.get(activity.channel, ("Contact", ""))[0])
