"""An invented lead as the rows that the program would have written for it, every derived one included; values as plain Python."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bench.invented import ACTIVITIES, Invented, day_of
from frontdesk.domain.contacts import fold
from frontdesk.store import grams
from frontdesk.store.people import name_key

COLUMNS = {
    "person": "id location_id first_name last_name sort_name name_key",
    "contact_point": "id person_id kind typed canonical match_key reversed position",
    "lead": (
        "id person_id sort_name location_id workflow status stage furthest outcome created_at first_attempt_at reached_at booked_at seen_at won_at"
        " lost_at created_day booked_day won_day entered_at status_since owner_id important attempts next_follow_up timer_due reason"
        " reason_needed reopens_to source_id channel revenue"
    ),
    "status_change": "id lead_id location_id from_status to_status from_stage to_stage since until staff_id rule",
    "activity": "id lead_id location_id at kind channel inbound disposition counted number staff_id",
    "follow_up": "id lead_id location_id due kind set_by set_at",
    "appointment": "id lead_id location_id starts zone state booked_on",
    "revenue": "id lead_id location_id amount received_on",
    "journal": "number change who system at rule table_name row_id action lead_id person_id undoable detail_hash",
    "journal_detail": "number salt before after",
    "words": "person_id names digits grams",
}
STAGES = {
    "new": "new",
    "attempting": "follow_up",
    "contacted": "follow_up",
    "scheduled": "booked",
    "procedure_completed": "won",
    "lost": "lost",
}
OUTCOMES = {"procedure_completed": "won", "lost": "lost"}
JOURNALLED = 50
"""Every so manieth lead has its journal; the profile (W8) is opened of these."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Ground:
    """The ids of what every lead refers to, and how the database stores instants and days."""

    location_id: int
    owners: tuple[int, ...]
    sources: tuple[int, ...]
    at: Callable[[datetime], Any]
    day: Callable[[date], Any]


def id_at(moment: datetime, place: int) -> int:
    """An id as `store/ids.py` makes them."""
    return ((moment - _EPOCH) // _MILLISECOND << 21) + place


def lead_id(lead: Invented) -> int:
    """The id of an invented lead's row."""
    return id_at(lead.created, 10)


def activity_id(lead: Invented, when: datetime, place: int) -> int:
    """Made when the activity was, so a lead's activities do not lie beside each other."""
    return id_at(when, 100_000 + (lead.number * 8 + place) % 1_900_000)


class Rows:
    """Collects rows by table."""

    def __init__(self, ground: Ground, number: int = 0) -> None:
        self.ground = ground
        self.number = number
        self.tables: dict[str, list[tuple[Any, ...]]] = {name: [] for name in COLUMNS}

    def add(self, lead: Invented) -> None:
        """All rows of one lead."""
        person = id_at(lead.created, 1)
        self._person(lead, person)
        self._lead(lead, person)
        self._history(lead)
        self._changes(lead)
        if lead.number % JOURNALLED == 0:
            self._journal(lead, person)

    def _person(self, lead: Invented, person: int) -> None:
        self.tables["person"].append(
            (person, None, lead.first, lead.last, fold(f"{lead.last} {lead.first}"), name_key(lead.first, lead.last))
        )
        self.tables["contact_point"] += [
            (person + 1, person, "phone", lead.phone, "+" + lead.digits, "+" + lead.digits, lead.digits[::-1], 0),
            (person + 2, person, "email", lead.email, lead.email, lead.email, None, 1),
        ]
        names = f"{fold(lead.name)} {lead.email}"
        self.tables["words"].append((person, names, lead.digits, grams.stored(names, lead.digits)))

    def _lead(self, lead: Invented, person: int) -> None:
        at, ground = self.ground.at, self.ground
        stage, outcome = STAGES[lead.status], OUTCOMES.get(lead.status, "open")
        tried = None if lead.is_new else at(lead.created + timedelta(hours=1))
        booked = lead.created + timedelta(hours=5) if stage in ("booked", "won") else None
        won, lost = (lead.closed if outcome == each else None for each in ("won", "lost"))
        days = (day_of(lead.created), booked and day_of(booked), won and day_of(won))
        stamps = (booked, won and won - timedelta(hours=1), won, lost)
        self.tables["lead"].append(
            (
                *(lead_id(lead), person, fold(f"{lead.last} {lead.first}"), ground.location_id, "front_desk", lead.status, stage),
                *("follow_up" if stage == "lost" else stage, outcome, at(lead.created), tried, None),
                *(each and at(each) for each in stamps),
                *(each and ground.day(each) for each in days),
                *(at(lead.created), at(lead.closed or lead.created), ground.owners[lead.owner], lead.important, 0 if lead.is_new else 4),
                *(lead.follow_up and at(lead.follow_up), lead.timer and at(lead.timer), lead.reason, outcome == "lost"),
                *(None if lead.is_open else "attempting", ground.sources[lead.source], "web_form", (lead.amount or 0) * 100),
            )
        )

    def _history(self, lead: Invented) -> None:
        at, ground = self.ground.at, self.ground
        whose = (lead_id(lead), ground.location_id)
        owner = ground.owners[lead.owner]
        first = (lead_id(lead) + 1, *whose, at(lead.created), "created", "web_form", True, None, False, None, None)
        self.tables["activity"].append(first)
        for place in range(1, ACTIVITIES):
            when = lead.created + timedelta(minutes=71 * place * place)
            kind = "note" if lead.is_new else "attempt"
            tried = (None, False, None) if lead.is_new else ("no_answer", True, place)
            row = (activity_id(lead, when, place), *whose, at(when), kind, "" if lead.is_new else "call", False, *tried)
            self.tables["activity"].append((*row, owner))
        if lead.follow_up:
            self.tables["follow_up"].append((lead_id(lead) + 2, *whose, at(lead.follow_up), "call", owner, at(lead.created)))
        if lead.status == "scheduled" and lead.follow_up:
            row = (lead_id(lead) + 3, *whose, at(lead.follow_up), "Europe/Istanbul", "booked", at(lead.created + timedelta(hours=5)))
            self.tables["appointment"].append(row)
        if lead.amount and lead.closed:
            self.tables["revenue"].append((lead_id(lead) + 4, *whose, lead.amount * 100, ground.day(day_of(lead.closed))))

    def _changes(self, lead: Invented) -> None:
        at, whose = self.ground.at, (lead_id(lead), self.ground.location_id)
        tried, then = at(lead.created + timedelta(hours=1)), lead.closed or lead.created + timedelta(hours=5)
        steps: list[tuple[str | None, str, str | None, str, Any]] = [(None, "new", None, "new", at(lead.created))]
        if not lead.is_new:
            steps.append(("new", "attempting", "new", "follow_up", tried))
        if lead.status not in ("new", "attempting"):
            steps.append(("attempting", lead.status, "follow_up", STAGES[lead.status], at(then)))
        ends = [*(step[-1] for step in steps[1:]), None]
        owner = self.ground.owners[lead.owner]
        for place, (step, end) in enumerate(zip(steps, ends, strict=True)):
            self.tables["status_change"].append((lead_id(lead) + 5 + place, *whose, *step, end, owner, "status_chosen"))

    def _journal(self, lead: Invented, person: int) -> None:
        """The creation and five later changes; the hashes are not those of the details, so seals are not for this database."""
        written = [("person", person, "insert"), ("contact_point", person + 1, "insert"), ("contact_point", person + 2, "insert")]
        written += [("lead", lead_id(lead), "insert"), ("status_change", lead_id(lead) + 5, "insert")]
        changes = [(lead.created, "created", written)]
        for place in range(1, ACTIVITIES):
            when = lead.created + timedelta(minutes=71 * place * place)
            row = activity_id(lead, when, place)
            changes.append((when, "attempt_logged", [("activity", row, "insert"), ("lead", lead_id(lead), "update")]))
        for when, rule, rows in changes:
            for table, row_id, action in rows:
                self._line(lead, person, (when, rule), (table, row_id, action))

    def _line(self, lead: Invented, person: int, why: tuple[datetime, str], what: tuple[str, int, str]) -> None:
        when, rule = why
        self.number += 1
        number, about = self.number, None if what[0] in ("person", "contact_point") else lead_id(lead)
        line = (number, id_at(when, 50), self.ground.owners[lead.owner], False, self.ground.at(when), rule, *what, about, person, False)
        self.tables["journal"].append((*line, bytes(32)))
        before = '{"attempts":1,"version":1}' if what[2] == "update" else None
        after = '{"attempts":2,"version":2}' if before else f'{{"id":{what[1]},"version":1}}'
        self.tables["journal_detail"].append((number, bytes(16), before, after))
