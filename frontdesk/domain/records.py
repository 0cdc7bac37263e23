"""The plain records of the practice: what a row means, without knowing that there are rows.

Every record is frozen; a rule answers with a new one (`msgspec.structs.replace`). Ids are 64-bit integers made by `store/ids.py`;
a record that a rule has just made carries id 0 until the store saves it. Instants are aware UTC datetimes, money is integer
minor units of the practice's currency.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from frontdesk.domain.workflow import Disposition, Outcome, Role, Stage

PersonId: TypeAlias = int
LeadId: TypeAlias = int
StaffId: TypeAlias = int
SourceId: TypeAlias = int
CampaignId: TypeAlias = int
LocationId: TypeAlias = int


class FollowUpKind(StrEnum):
    """What the planned contact is."""

    CALL = "call"
    EMAIL = "email"
    TEXT = "text"
    OTHER = "other"


class Ending(StrEnum):
    """How a follow-up ended: done, replaced by another time, or no longer wanted."""

    COMPLETED = "completed"
    MOVED = "moved"
    CANCELLED = "cancelled"


class AppointmentState(StrEnum):
    """What became of an appointment; live is `booked`."""

    BOOKED = "booked"
    CANCELLED = "cancelled"
    DID_NOT_ARRIVE = "did_not_arrive"
    ATTENDED = "attended"


class ActivityKind(StrEnum):
    """What a line of the history is about."""

    CREATED = "created"
    ATTEMPT = "attempt"
    CONTACT = "contact"
    INBOUND = "inbound"
    NOTE = "note"


class ContactPoint(Struct, frozen=True):
    """One phone or e-mail of a person: as typed, and in the canonical form that is compared."""

    id: int
    person_id: PersonId
    kind: str
    typed: str
    canonical: str
    position: int = 0
    version: int = 1


class Person(Struct, frozen=True):
    """Someone who may become a patient; keeps every enquiry of theirs together over the years."""

    id: PersonId
    first_name: str = ""
    last_name: str = ""
    birth_date: date | None = None
    postal_code: str = ""
    do_not_call: bool = False
    no_marketing: bool = False
    merged_into: PersonId | None = None
    points: tuple[ContactPoint, ...] = ()
    version: int = 1

    @property
    def name(self) -> str:
        """First and last name in the order they are spoken; empty when nothing is known."""
        return f"{self.first_name} {self.last_name}".strip()


class Stamps(Struct, frozen=True):
    """The first time something happened; set once, moved only by undo or a journalled correction (workflows.md section 1)."""

    created: datetime
    first_attempt: datetime | None = None
    reached: datetime | None = None
    booked: datetime | None = None
    seen: datetime | None = None
    won: datetime | None = None
    lost: datetime | None = None


class Lead(Struct, frozen=True):
    """One enquiry of one person, from first contact to patient.

    Attributes:
        stage: the effective stage: a lead in a `new` status that has its first attempt is in `follow_up` (S3.03, S4.02).
        furthest: the furthest of new < follow_up < booked < seen < won ever reached; falls only by undo.
        reopens_to: the status it had before it was closed, for *reopen*.
        timer_due: when the giving-up clock ends, or None when no clock runs.
        handed_at: when it was handed to its owner and not yet taken up (queue group 3).
        came_back_at: when a closed lead was last heard of and not yet settled (queue group 3).
        status_since: when the present status was entered (fact's time).
    """

    id: LeadId
    person_id: PersonId
    location_id: LocationId
    workflow: str
    status: str
    stage: Stage
    furthest: Stage
    outcome: Outcome
    stamps: Stamps
    entered_at: datetime
    status_since: datetime
    owner_id: StaffId | None = None
    important: bool = False
    attempts: int = 0
    next_follow_up: datetime | None = None
    timer_due: datetime | None = None
    reason: str | None = None
    loss_note: str = ""
    reopens_to: str | None = None
    handed_at: datetime | None = None
    came_back_at: datetime | None = None
    pending: bool = False
    duplicate_of: LeadId | None = None
    source_id: SourceId | None = None
    campaign_id: CampaignId | None = None
    channel: str = ""
    interest: str = ""
    estimate: int | None = None
    best_time: str = ""
    category: str = ""
    external_key: str | None = None
    enrolment_number: str | None = None
    import_id: int | None = None
    archived_at: datetime | None = None
    version: int = 1

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to work on it."""
        return self.outcome is Outcome.OPEN


class FollowUp(Struct, frozen=True):
    """A planned next contact. `any_time` means that only its day was given; `set_by` is None when the system set it (S4.23)."""

    id: int
    lead_id: LeadId
    due: datetime
    set_by: StaffId | None
    set_at: datetime
    kind: FollowUpKind = FollowUpKind.CALL
    note: str = ""
    any_time: bool = False
    minutes: int = 15
    ended_at: datetime | None = None
    ending: Ending | None = None
    version: int = 1


class Activity(Struct, frozen=True):
    """One line of a lead's history: an attempt, another contact, a contact from outside, or a note.

    Attributes:
        number: which counted attempt this was, or None when it did not count.
        unsettled: a contact from outside that nobody has dealt with yet (queue groups 2 and 3).
        after_hours: it came while the practice was closed (S4.19: first thing in the morning).
    """

    id: int
    lead_id: LeadId
    at: datetime
    kind: ActivityKind
    channel: str = ""
    inbound: bool = False
    disposition: Disposition | None = None
    counted: bool = False
    number: int | None = None
    note: str = ""
    by: StaffId | None = None
    unsettled: bool = False
    after_hours: bool = False
    void: bool = False
    version: int = 1


class Appointment(Struct, frozen=True):
    """A consultation in the book. `starts` is the instant; `zone` the zone whose wall clock was meant; `booked_on` the day it was made (S2.12)."""

    id: int
    lead_id: LeadId | None
    starts: datetime | None
    booked_on: datetime
    zone: str = "UTC"
    minutes: int = 30
    with_whom: str = ""
    kind: str = ""
    state: AppointmentState = AppointmentState.BOOKED
    invoiced: bool = False
    key: str | None = None
    version: int = 1

    @property
    def is_live(self) -> bool:
        """Neither cancelled, missed, attended nor invoiced (workflows.md section 3)."""
        return self.state is AppointmentState.BOOKED and not self.invoiced

    @property
    def name(self) -> str:
        """What it is called by: its key, or its number where nobody gave it one."""
        return str(self.id) if self.key is None else self.key


class Revenue(Struct, frozen=True):
    """Money received from one lead, in minor units, on a local day."""

    id: int
    lead_id: LeadId
    amount: int
    received_on: date
    note: str = ""
    procedure_id: int | None = None
    void: bool = False
    version: int = 1


class Expense(Struct, frozen=True):
    """What a source or campaign cost in a month, in minor units; `month` is the first day of it."""

    id: int
    source_id: SourceId | None
    campaign_id: CampaignId | None
    month: date
    amount: int
    version: int = 1


class Source(Struct, frozen=True):
    """Where an enquiry came from, in a controlled list under a channel (S1.23, S1.25)."""

    id: SourceId
    label: str
    channel: str = ""
    hidden: bool = False
    version: int = 1


class Campaign(Struct, frozen=True):
    """One campaign of a source."""

    id: CampaignId
    source_id: SourceId | None
    label: str
    hidden: bool = False
    version: int = 1


class StaffMember(Struct, frozen=True):
    """A colleague who can own leads and sign changes."""

    id: StaffId
    name: str
    role: Role = Role.RECEPTIONIST
    active: bool = True
    version: int = 1


class Location(Struct, frozen=True):
    """An office with its own zone, opening hours and holidays; `hours` is the mapping that `OpeningHours.of` reads, None = never closed."""

    id: LocationId
    name: str
    zone: str
    country: str = ""
    subdivision: str = ""
    hours: dict[str, list[list[str]]] | None = None
    holidays: tuple[str, ...] = ()
    version: int = 1


class StatusChange(Struct, frozen=True):
    """From one status to another, since when until when; the first row is written at creation, and an attempt that moves only the effective stage writes one too."""

    id: int
    lead_id: LeadId
    from_status: str | None
    to_status: str
    from_stage: Stage | None
    to_stage: Stage
    since: datetime
    by: StaffId | None
    rule: str
    until: datetime | None = None
    void: bool = False


class Case(Struct, frozen=True):
    """All that a rule looks at: the lead, its open follow-up, its appointments and the person's wishes."""

    lead: Lead
    follow_up: FollowUp | None = None
    appointments: tuple[Appointment, ...] = ()
    do_not_call: bool = False
    no_marketing: bool = False
