"""The tables and words of a workflow's file."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from frontdesk.domain.workflow import Asks, Entry, GiveUp, Happening, Role, Stage


class Text(msgspec.Struct, forbid_unknown_fields=True):
    """A table of the file; a word that it does not have is refused with its place."""


class StatusText(Text):
    """A status."""

    key: str
    label: str
    stage: Stage
    when: str
    tone: str
    icon: str
    entered: Entry = Entry.BOTH
    roles: frozenset[Role] = frozenset()
    follows: frozenset[str] = frozenset()
    asks: frozenset[Asks] = frozenset()
    reasons: str | None = None
    wait: str | None = None
    number: int | None = None
    sets_do_not_call: bool = False
    stops_marketing: bool = False
    reopenable: bool = True
    stale_days: int | None = None
    hidden: bool = False


class ReasonText(Text):
    """A reason; `maximum` attempts are as many as the workflow has."""

    key: str
    label: str
    lists: frozenset[str]
    group: Literal["unreachable", "price", "fit", "timing", "competitor", "coverage", "other"] = "other"
    needs_note: bool = False
    needs_attempts: Annotated[int, msgspec.Meta(ge=0)] | Literal["maximum"] = 0
    system_only: bool = False
    hidden: bool = False


class WaitsText(Text):
    """A row of the attempt table."""

    attempt: int
    without_date: str
    left_message: str
    no_answer: str


class AttemptsText(Text):
    """The attempt policy."""

    maximum: int
    give_up: GiveUp
    gives_up_to: str
    waits: tuple[WaitsText, ...]
    reason: str | None = None
    grace: str | None = None
    reached: str | None = None


class TriggerText(Text):
    """A trigger."""

    to: str | None = None
    stages: frozenset[Stage] = frozenset()
    statuses: frozenset[str] = frozenset()
    follow_up_now: bool = False
    restarts: bool = False
    from_lost: bool = False


class WorkflowText(Text):
    """A whole workflow."""

    key: str
    label: str
    about: str
    initial: str
    counted_channels: frozenset[str]
    uncounted_channels: frozenset[str]
    statuses: tuple[StatusText, ...]
    reasons: tuple[ReasonText, ...] = ()
    triggers: dict[Happening, TriggerText] = {}
    attempts: AttemptsText | None = None
    move_follow_up_roles: frozenset[Role] = frozenset()
    waits_into_opening: bool = False
    reopening_restarts: bool = True
    response_amber: str = "5m"
    response_red: str = "30m"
    converted: Literal["booked", "won"] = "won"
