"""A practice's workflow as data: statuses, attempt policy, triggers and reasons, read from a mapping and validated as a whole.

The presets of workflows.md section 5 are `resources/workflows/*.toml`; nothing about one of them stands in code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType


class Stage(StrEnum):
    """One of nine fixed funnel positions, so that all workflows share reports."""

    NEW = "new"
    FOLLOW_UP = "follow_up"
    BOOKED = "booked"
    REBOOK = "rebook"
    SEEN = "seen"
    WON = "won"
    LOST = "lost"
    NOT_QUALIFIED = "not_qualified"
    EXCLUDED = "excluded"


class Outcome(StrEnum):
    """What a stage means for the practice; all but open are closed."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"
    EXCLUDED = "excluded"


class Role(StrEnum):
    """What a colleague may do; an auditor only reads."""

    RECEPTIONIST = "receptionist"
    CALL_CENTRE = "call_centre"
    MANAGER = "manager"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Entry(StrEnum):
    """How a status is entered (S1.01)."""

    HAND = "hand"
    AUTOMATIC = "automatic"
    BOTH = "both"


class Asks(StrEnum):
    """What a status asks for when it is chosen."""

    REASON = "reason"
    NOTE = "note"
    FOLLOW_UP = "follow_up"
    TO_PERSON = "to_person"
    APPOINTMENT = "appointment"
    REVENUE = "revenue"
    VERIFIED = "verified"


class Disposition(StrEnum):
    """The outcome of one contact; only *spoke* is a conversation (S4.24–S4.27)."""

    NO_ANSWER = "no_answer"
    LEFT_MESSAGE = "left_message"
    SPOKE = "spoke"
    SET_FOLLOW_UP = "set_follow_up"


class GiveUp(StrEnum):
    """The three ways of giving up after the last attempt (workflows.md section 4)."""

    AT_ONCE = "at_once"
    AFTER_LAST_FOLLOW_UP = "after_last_follow_up"
    AFTER_A_WAIT = "after_a_wait"


class Happening(StrEnum):
    """What can move a status by itself; the rows of the trigger table of workflows.md section 5."""

    ATTEMPT = "attempt"
    SPOKE = "spoke"
    BOOK = "book"
    REBOOK = "rebook"
    MOVE = "move"
    CANCEL = "cancel"
    NO_SHOW = "no_show"
    ATTEND = "attend"
    INVOICE = "invoice"
    ENROL = "enrol"


OUTCOMES: Mapping[Stage, Outcome] = MappingProxyType(
    {
        Stage.WON: Outcome.WON,
        Stage.LOST: Outcome.LOST,
        Stage.NOT_QUALIFIED: Outcome.LOST,
        Stage.EXCLUDED: Outcome.EXCLUDED,
    }
    | dict.fromkeys((Stage.NEW, Stage.FOLLOW_UP, Stage.BOOKED, Stage.REBOOK, Stage.SEEN), Outcome.OPEN)
)

ACTING: frozenset[Stage] = frozenset((Stage.NEW, Stage.FOLLOW_UP, Stage.REBOOK))
"""The stages in which waits, the attempt and spoke triggers and giving up act: nothing is scheduled yet (workflows.md section 4)."""

OPEN_STAGES: frozenset[Stage] = frozenset(stage for stage, outcome in OUTCOMES.items() if outcome is Outcome.OPEN)

DEPTHS: Mapping[Stage, int] = MappingProxyType(
    {Stage.NEW: 0, Stage.FOLLOW_UP: 1, Stage.BOOKED: 2, Stage.REBOOK: 2, Stage.SEEN: 3, Stage.WON: 4}
)
"""How far along the funnel a stage is; stages that are not listed never raise the furthest stage."""


@dataclass(frozen=True, slots=True)
class Status:
    """A named position of the workflow.

    Attributes:
        when: one sentence *when to use it*, shown in Change status.
        roles: who may choose it by hand besides managers; empty means everyone who may write.
        follows: which statuses it may be chosen from; empty means every other.
        wait: the follow-up it sets when it is chosen by hand without a date, or None.
        number: the attempt that this status stands for where the status is the counter (Follow up k), or None.
        stale_days: after how many days without a change it is shown as gone quiet, or None.
    """

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
    wait: timedelta | None = None
    number: int | None = None
    sets_do_not_call: bool = False
    stops_marketing: bool = False
    reopenable: bool = True
    stale_days: int | None = None
    hidden: bool = False

    @property
    def outcome(self) -> Outcome:
        """Open, won, lost or excluded, by its stage."""
        return OUTCOMES[self.stage]

    @property
    def by_hand(self) -> bool:
        """Whether a person may choose it."""
        return self.entered is not Entry.AUTOMATIC and not self.hidden


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a lead was lost, or which kind of non-lead it is.

    Attributes:
        lists: the lists it belongs to (`loss`, `invalid`, `not_qualified`), one of which a status names.
        needs_attempts: how many attempts must have been made before it can be chosen; -1 means the workflow's maximum.
        system_only: given by giving up or an import, never chosen.
    """

    key: str
    label: str
    lists: frozenset[str]
    group: str = "other"
    needs_note: bool = False
    needs_attempts: int = 0
    system_only: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Waits:
    """After one attempt without a date: how long until the next, by what came of it."""

    without_date: timedelta
    left_message: timedelta
    no_answer: timedelta

    def after(self, disposition: Disposition | None) -> timedelta:
        """The wait for a disposition; all but the two kinds of not reaching somebody take the one without date."""
        if disposition is Disposition.LEFT_MESSAGE:
            return self.left_message
        return self.no_answer if disposition is Disposition.NO_ANSWER else self.without_date


@dataclass(frozen=True, slots=True)
class AttemptPolicy:
    """How often and how far apart a lead is attempted, and what giving up does.

    Attributes:
        waits: by attempt number from 1; an attempt beyond the last row takes the last.
        grace: the wait of giving up (*after the last follow-up*: from its time; *after a wait*: from the attempt).
        reached: the status that means *spoken to*; with one, a conversation never gives up.
    """

    maximum: int
    waits: tuple[Waits, ...]
    give_up: GiveUp
    gives_up_to: str
    reason: str | None = None
    grace: timedelta = timedelta(0)
    reached: str | None = None

    def wait(self, number: int, disposition: Disposition | None) -> timedelta:
        """The wait after attempt `number`."""
        return self.waits[min(number, len(self.waits)) - 1].after(disposition)


@dataclass(frozen=True, slots=True)
class Trigger:
    """What one happening does to the status.

    Attributes:
        to: the status it moves to; None moves nothing; `{n}` stands for the attempt's number where the status is the counter.
        stages: effective stages it acts from.
        statuses: statuses it acts from (empty: every one in those stages).
        follow_up_now: whether it sets a follow-up due at the moment of the event.
        restarts: whether the count of attempts goes back to 0.
        from_lost: whether it also moves a lost lead (enrol).
    """

    to: str | None = None
    stages: frozenset[Stage] = frozenset()
    statuses: frozenset[str] = frozenset()
    follow_up_now: bool = False
    restarts: bool = False
    from_lost: bool = False

    def target(self, number: int) -> str | None:
        """The status it moves to when this is attempt `number`."""
        return self.to.replace("{n}", str(number)) if self.to else None


@dataclass(frozen=True, slots=True)
class Workflow:
    """Everything a practice can decide about how leads are worked; read by `workflow_text.read`."""

    key: str
    label: str
    about: str
    initial: str
    statuses: Mapping[str, Status]
    reasons: Mapping[str, Reason]
    triggers: Mapping[Happening, Trigger]
    counted_channels: frozenset[str]
    uncounted_channels: frozenset[str]
    attempts: AttemptPolicy | None = None
    move_follow_up_roles: frozenset[Role] = frozenset()
    waits_into_opening: bool = False
    reopening_restarts: bool = True
    response_amber: timedelta = timedelta(minutes=5)
    response_red: timedelta = timedelta(minutes=30)
    converted: Stage = Stage.WON

    def status(self, key: str) -> Status:
        """The status with this key; a KeyError is a bug, since the database refers only to known ones."""
        return self.statuses[key]

    def reasons_for(self, status: Status) -> tuple[Reason, ...]:
        """The reasons of a status in the practice's order, without hidden ones."""
        return tuple(reason for reason in self.reasons.values() if status.reasons in reason.lists and not reason.hidden)

    def attempts_needed(self, reason: Reason) -> int:
        """How many attempts a reason needs before it can be chosen."""
        if reason.needs_attempts >= 0:
            return reason.needs_attempts
        return self.attempts.maximum if self.attempts else 0
