"""A list of leads as plain data: which leads (Filter), in which order (Sort), and what a line of it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from frontdesk.domain.records import CampaignId, LeadId, LocationId, PersonId, SourceId, StaffId
from frontdesk.domain.workflow import Outcome, Stage

SORTS = (
    "name",
    "status",
    "stage",
    "outcome",
    "attempts",
    "next_follow_up",
    "created",
    "booked",
    "won",
    "lost",
    "status_since",
    "source",
    "campaign",
    "owner",
    "interest",
    "reason",
    "important",
    "revenue",
    "estimate",
    "channel",
    "postal_code",
)
"""Every column that a list can be sorted by; anything else is refused."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which leads a list shows: all conditions hold, each tuple means *one of these*, an empty one means *any*.

    Attributes:
        owner, source, campaign: ids; None among them means *nobody* or *none*.
        created_to and the other ends: the first instant that is not in the list any more.
        text: letters or digits as in Find a caller.
        archived: archived leads only, instead of all others.
    """

    workflow: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    stage: tuple[Stage, ...] = ()
    outcome: tuple[Outcome, ...] = ()
    owner: tuple[StaffId | None, ...] = ()
    source: tuple[SourceId | None, ...] = ()
    campaign: tuple[CampaignId | None, ...] = ()
    location: tuple[LocationId, ...] = ()
    reason: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    import_id: tuple[int, ...] = ()
    important: bool | None = None
    pending: bool | None = None
    archived: bool = False
    text: str = ""
    created_from: datetime | None = None
    created_to: datetime | None = None
    booked_from: datetime | None = None
    booked_to: datetime | None = None
    won_from: datetime | None = None
    won_to: datetime | None = None
    lost_from: datetime | None = None
    lost_to: datetime | None = None
    next_follow_up_from: datetime | None = None
    next_follow_up_to: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sort:
    """By which column (one of `SORTS`), and from which end; what has no value comes last either way.

    Attributes:
        then: how those are sorted that are alike in this column.
    """

    by: str = "created"
    descending: bool = True
    then: Sort | None = None

    def orders(self) -> Iterator[Sort]:
        """This order and those after it."""
        sort: Sort | None = self
        while sort is not None:
            yield sort
            sort = sort.then


class LeadLine(NamedTuple):
    """One line of a list; a named tuple, made in a quarter of the time and put together only where it is shown: a list holds hundreds.

    Attributes:
        reached: what reaches the person, in order, each after its kind: `phone:+90 532 111 22 33`, `email:ada@example.org`.
        appointment: when its live consultation begins.
        last_contact: when somebody last tried to reach them, or they the practice.
    """

    id: LeadId
    version: int
    person_id: PersonId
    first_name: str
    last_name: str
    reached: tuple[str, ...]
    do_not_call: bool
    location_id: LocationId
    workflow: str
    status: str
    stage: Stage
    outcome: Outcome
    status_since: datetime
    attempts: int
    next_follow_up: datetime | None
    reason: str | None
    created: datetime
    booked: datetime | None
    won: datetime | None
    lost: datetime | None
    owner_id: StaffId | None
    source_id: SourceId | None
    campaign_id: CampaignId | None
    important: bool
    interest: str
    estimate: int | None
    revenue: int
    channel: str
    handed_at: datetime | None
    came_back_at: datetime | None
    appointment: datetime | None = None
    last_contact: datetime | None = None
    postal_code: str = ""

    @property
    def name(self) -> str:
        """The whole name; empty when none is known."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def phones(self) -> tuple[str, ...]:
        """The phone numbers as they were typed."""
        return self._reached("phone:")

    @property
    def emails(self) -> tuple[str, ...]:
        """The e-mail addresses."""
        return self._reached("email:")

    def _reached(self, kind: str) -> tuple[str, ...]:
        return tuple(each.removeprefix(kind) for each in self.reached if each.startswith(kind))
