"""What a list is narrowed by, as plain texts that can be kept, said in words, and turned into the desk's filter."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QCoreApplication

from frontdesk.domain.lines import Filter
from frontdesk.domain.workdays import OpeningHours, instant
from frontdesk.domain.workflow import Outcome, Stage
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.lead.words import day_words
from frontdesk.ui.widgets.figures import figure

Values = tuple[str, ...]
ME, NOBODY, YES = "me", "none", "yes"
CHOICES = ("status", "source", "owner", "stage", "outcome", "reason", "campaign")
SPANS = ("created", "next_follow_up", "booked", "won", "lost")
PERIODS: Mapping[str, str] = MappingProxyType(
    {
        "today": "today",
        "yesterday": "yesterday",
        "last_7": "last 7 days",
        "last_30": "last 30 days",
        "last_90": "last 90 days",
        "this_month": "this month",
        "last_month": "last month",
        "this_year": "this year",
        "overdue": "overdue",
        "coming_7": "in the next 7 days",
    }
)
_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "status": "Status",
        "source": "Source",
        "owner": "Owner",
        "created": "Created",
        "next_follow_up": "Follow-up",
        "booked": "Booked",
        "won": "Won",
        "lost": "Lost",
        "stage": "Stage",
        "outcome": "Outcome",
        "reason": "Reason",
        "campaign": "Campaign",
        "important": "Important",
        "text": "Name or number",
        "import_id": "Import",
    }
)
_OUTCOMES = {Outcome.OPEN: "Open", Outcome.WON: "Won", Outcome.LOST: "Lost", Outcome.EXCLUDED: "Not counted"}
_STAGES = {
    Stage.NEW: "New",
    Stage.FOLLOW_UP: "Follow-up",
    Stage.BOOKED: "Scheduled",
    Stage.REBOOK: "To rebook",
    Stage.SEEN: "Consult completed",
    Stage.WON: "Won",
    Stage.LOST: "Lost",
    Stage.NOT_QUALIFIED: "Not qualified",
    Stage.EXCLUDED: "Not counted",
}


def tr(text: str) -> str:
    """Translate words about lists."""
    return QCoreApplication.translate("leads", text)


@dataclass(frozen=True, slots=True)
class Conditions:
    """Conditions by name, all of which hold; the values of one are alternatives, a span of days is one period or two ISO days."""

    chosen: Mapping[str, Values] = field(default_factory=dict)

    def with_(self, key: str, values: Values) -> Conditions:
        """The same with one condition set, or taken away when it has no values."""
        kept = {name: each for name, each in self.chosen.items() if name != key}
        return Conditions(MappingProxyType(kept | ({key: values} if values else {})))

    def values(self, key: str) -> Values:
        """The values of a condition, none when it is not set."""
        return self.chosen.get(key, ())

    def written(self) -> str:
        """As text to keep."""
        return json.dumps({name: list(values) for name, values in sorted(self.chosen.items())})

    @classmethod
    def read(cls, text: str) -> Conditions:
        """From a kept text; what is not understood any more is left out."""
        try:
            found = json.loads(text or "{}")
        except ValueError:
            return cls()
        known = {name: tuple(map(str, values)) for name, values in found.items() if name in _WORDS and isinstance(values, list)}
        return cls(MappingProxyType(known))


EVERY = Conditions()


def of(**chosen: Values) -> Conditions:
    """Conditions by name."""
    return Conditions(MappingProxyType(chosen))


def name_of(key: str) -> str:
    """The word for a condition."""
    return tr(_WORDS[key])


def options(key: str, practice: Practice) -> list[tuple[str, str]]:
    """What can be chosen for a condition, as (value, words)."""
    workflow = practice.workflow
    people = [(str(each.id), each.name) for each in practice.members if each.id != practice.me.id]
    found = {
        "status": [(each.key, each.label) for each in workflow.statuses.values()],
        "stage": [(str(each), tr(words)) for each, words in _STAGES.items()],
        "outcome": [(str(each), tr(words)) for each, words in _OUTCOMES.items()],
        "reason": [(each.key, practice.reason_label(each.key)) for each in workflow.reasons.values()],
        "owner": [(ME, tr("You")), (NOBODY, tr("Nobody")), *people],
        "source": [*((str(each.id), each.label) for each in practice.offered), (NOBODY, tr("No source"))],
        "campaign": [*((str(each), words) for each, words in practice.campaigns.items()), (NOBODY, tr("No campaign"))],
    }
    return found[key]


def sentence(key: str, values: Values, practice: Practice) -> str:
    """A condition as its chip says it: "Created: last 30 days"."""
    if key == "important":
        return name_of(key)
    if key == "import_id":
        return tr("From one import")
    if key == "text":
        return tr("Matches “{text}”").format(text=values[0])
    if key in SPANS:
        return f"{name_of(key)}: {_span_words(values, practice)}"
    known = dict(options(key, practice))
    words = [known.get(value, value) for value in values]
    shown = ", ".join(words[:2]) + (tr(" and {n} more").format(n=len(words) - 2) if len(words) > 2 else "")
    return f"{name_of(key)}: {shown}"


def filter_of(conditions: Conditions, practice: Practice) -> Filter:
    """The desk's filter for these conditions, at this moment."""
    found = Filter(
        status=conditions.values("status"),
        stage=tuple(Stage(each) for each in conditions.values("stage")),
        outcome=tuple(Outcome(each) for each in conditions.values("outcome")),
        reason=conditions.values("reason"),
        owner=tuple(practice.me.id if each == ME else _key(each) for each in conditions.values("owner")),
        source=tuple(_key(each) for each in conditions.values("source")),
        campaign=tuple(_key(each) for each in conditions.values("campaign")),
        import_id=tuple(int(each) for each in conditions.values("import_id") if each.isdigit()),
        important=True if conditions.values("important") else None,
        text=(conditions.values("text") or ("",))[0],
    )
    spans = {name: _span(conditions.values(name), practice) for name in SPANS if conditions.values(name)}
    ends: dict[str, Any] = {
        f"{name}_{end}": moment for name, pair in spans.items() for end, moment in zip(("from", "to"), pair, strict=True)
    }
    return replace(found, **ends)


def period(name: str, today: date) -> tuple[date | None, date | None]:
    """The first day of a period and the first day after it."""
    tomorrow, month = today + timedelta(days=1), today.replace(day=1)
    named = {
        "today": (today, tomorrow),
        "yesterday": (today - timedelta(days=1), today),
        "this_month": (month, tomorrow),
        "last_month": ((month - timedelta(days=1)).replace(day=1), month),
        "this_year": (today.replace(month=1, day=1), tomorrow),
        "coming_7": (today, today + timedelta(days=8)),
    }
    if name in named:
        return named[name]
    days = int(name.removeprefix("last_")) if name.startswith("last_") and name[5:].isdigit() else 0
    return today - timedelta(days=days), tomorrow


def _span(values: Values, practice: Practice) -> tuple[datetime | None, datetime | None]:
    hours, today = practice.hours, practice.hours.day(practice.now())
    if values[0] == "overdue":
        return None, practice.now()
    if len(values) == 1:
        first, after = period(values[0], today)
    else:
        first, last = (_day(each) for each in values[:2])
        after = last + timedelta(days=1) if last else None
    return _midnight(first, hours), _midnight(after, hours)


def _span_words(values: Values, practice: Practice) -> str:
    if len(values) == 1:
        return tr(PERIODS.get(values[0], values[0]))
    today = practice.hours.day(practice.now())
    first, last = (_day(each) for each in values[:2])
    if first and last:
        return tr("{first} to {last}").format(first=day_words(first, today), last=day_words(last, today))
    return tr("from {day}").format(day=day_words(first, today)) if first else tr("until {day}").format(day=day_words(last or today, today))


def _midnight(day: date | None, hours: OpeningHours) -> datetime | None:
    return None if day is None else instant(datetime.combine(day, datetime.min.time()), hours.zone)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _key(text: str) -> int | None:
    return int(text) if text.isdigit() else None


def counted(number: int, cap: int = 10_000) -> str:
    """A count as the region writes it; beyond the cap "10,000+"."""
    shown = figure(min(number, cap))
    return f"{shown}+" if number > cap else shown
