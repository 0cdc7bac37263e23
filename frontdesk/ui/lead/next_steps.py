"""What comes next for a lead, in a few words: due, overdue, waiting, booked, or why nothing comes any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from frontdesk.domain.workflow import Outcome, Stage
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.lead.words import day_words, moment, span, tr


@dataclass(frozen=True, slots=True)
class Standing:
    """What the next step of a lead depends on.

    Attributes:
        starts: when its live appointment begins.
        revenue: what was received from it, in minor units.
        closed: when it was won or lost.
    """

    outcome: Outcome
    stage: Stage
    created: datetime
    follow_up: datetime | None = None
    starts: datetime | None = None
    reason: str | None = None
    revenue: int = 0
    closed: datetime | None = None


@dataclass(frozen=True, slots=True)
class NextStep:
    """The words with their tone; `long` is the sentence for the profile."""

    words: str
    long: str
    token: str = "text"
    weight: int = 400
    icon: str = ""

    @property
    def is_urgent(self) -> bool:
        """Whether it is late or about to be lost."""
        return self.token == "danger"


def next_step(standing: Standing, practice: Practice) -> NextStep:
    """What comes next, by the same order in the table and in the profile."""
    if standing.outcome is not Outcome.OPEN:
        return _closed(standing, practice)
    now = practice.now()
    if standing.starts is not None and standing.starts > now:
        return _appointment(standing.starts, practice)
    if standing.follow_up is not None:
        return _follow_up(standing.follow_up, practice)
    if standing.starts is not None:
        when = _moment(standing.starts, practice)
        words = tr("Seen? {when}").format(when=when)
        return NextStep(words, tr("Appointment was {when}. Say what became of it").format(when=when), "warn", 600, "calendar-clock")
    if standing.stage is Stage.NEW:
        return _waiting(standing.created, practice)
    return NextStep(tr("No follow-up set"), tr("No follow-up set"), "warn", 600)


def _closed(standing: Standing, practice: Practice) -> NextStep:
    if standing.outcome is Outcome.WON:
        words = tr("{amount} received").format(amount=practice.money(standing.revenue)) if standing.revenue else tr("No revenue yet")
    else:
        words = practice.reason_label(standing.reason) or "—"
    if standing.closed is None:
        return NextStep(words, words, "text3")
    day = day_words(practice.hours.day(standing.closed), practice.hours.day(practice.now()))
    return NextStep(words, tr("{what} · {day}").format(what=words, day=day), "text3")


def _appointment(starts: datetime, practice: Practice) -> NextStep:
    when = _moment(starts, practice)
    return NextStep(tr("Consult {when}").format(when=when), tr("Appointment {when}").format(when=when), "text2", 400)


def _follow_up(due: datetime, practice: Practice) -> NextStep:
    now = practice.now()
    when = _moment(due, practice)
    if due > now:
        return NextStep(when, tr("Follow-up {when}").format(when=when))
    late = span(now - due)
    day = practice.hours.day(due) == practice.hours.day(now)
    was = when.split(" ", 1)[1] if day and " " in when else when
    return NextStep(
        tr("Overdue {span}").format(span=late), tr("Follow-up was due {when}").format(when=was), "danger", 600, "triangle-alert"
    )


def _waiting(created: datetime, practice: Practice) -> NextStep:
    """New leads turn amber, then red, by the minutes of opening hours that they wait."""
    now = practice.now()
    words = tr("Waiting {span}").format(span=span(now - created))
    waited = _open_minutes(created, practice)
    if waited >= practice.book.first_response_red_minutes:
        return NextStep(words, words, "danger", 600, "triangle-alert")
    if waited >= practice.book.first_response_amber_minutes:
        return NextStep(words, words, "warn", 600)
    return NextStep(words, words, "text", 400)


def _open_minutes(since: datetime, practice: Practice) -> int:
    """For how many minutes of opening hours a lead has waited; beyond a month nobody counts."""
    now = practice.now()
    return practice.hours.elapsed_open_minutes(max(since, now - timedelta(days=31)), now)


def _moment(instant: datetime, practice: Practice) -> str:
    return moment(instant, practice.now(), practice.hours, is_24h=practice.book.clock_24h)
