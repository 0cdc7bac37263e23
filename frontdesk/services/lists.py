"""Reading: lists of leads at any size, one lead with its history, a caller found, and the words that lists are shown and filtered by."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from frontdesk.domain.lines import Filter, LeadLine, Sort
from frontdesk.domain.records import Appointment, Case, FollowUp, Lead, LeadId, Person, PersonId, Revenue, Source, StaffMember
from frontdesk.domain.settings import Book
from frontdesk.domain.when import Habits, Words
from frontdesk.domain.workdays import OpeningHours
from frontdesk.domain.workflow import Stage, Workflow
from frontdesk.services import settings
from frontdesk.services.timelines import Moment, moments
from frontdesk.services.words import habits, words
from frontdesk.store import histories, journal, leads, lists, locations, merges, search, sources, staff, workflows
from frontdesk.store.tx import Tx

NEWEST = Sort("created", descending=True)
EVERY = Filter()


@dataclass(frozen=True, slots=True)
class Choices:
    """The practice's words: what ids mean, and what can be chosen. Hidden sources are named but not offered."""

    staff: Mapping[int, str]
    sources: Mapping[int, str]
    campaigns: Mapping[int, str]
    members: tuple[StaffMember, ...]
    offered: tuple[Source, ...]
    workflow: Workflow
    workflows: Mapping[str, Workflow]
    book: Book
    hours: OpeningHours
    words: Words
    habits: Habits


@dataclass(frozen=True, slots=True)
class Profile:
    """One lead as the profile shows it: its case, its person, its history newest first, its money, and the person's other enquiries.

    Attributes:
        merged: what those were called who were merged into this person.
    """

    case: Case
    person: Person
    line: LeadLine
    timeline: tuple[Moment, ...]
    revenues: tuple[Revenue, ...]
    enquiries: tuple[LeadLine, ...]
    workflow: Workflow
    hours: OpeningHours
    merged: tuple[str, ...] = ()

    @property
    def lead(self) -> Lead:
        """The lead itself."""
        return self.case.lead

    @property
    def follow_up(self) -> FollowUp | None:
        """Its open follow-up."""
        return self.case.follow_up

    @property
    def appointments(self) -> tuple[Appointment, ...]:
        """Its appointments in the order they were made."""
        return self.case.appointments


def lead_ids(tx: Tx, *, wanted: Filter = EVERY, sort: Sort = NEWEST) -> array[int]:
    """Every lead of a list in its order; Refused `sort_unknown`."""
    return lists.lead_ids(tx, wanted, sort)


def lead_lines(tx: Tx, *, ids: Sequence[LeadId]) -> list[LeadLine]:
    """The lines of these leads, in this order."""
    return lists.lines(tx, list(ids))


def first_lines(tx: Tx, *, wanted: Filter = EVERY, sort: Sort = NEWEST, limit: int = 100) -> list[LeadLine]:
    """The first lines of a list, from an index where there is one."""
    return lists.first(tx, wanted, sort, limit)


def counts(tx: Tx, *, views: Sequence[Filter], cap: int = lists.CAP) -> list[int]:
    """How many leads each list has; `cap + 1` means more than `cap`."""
    return [lists.count(tx, each, cap) for each in views]


def counts_by_stage(tx: Tx) -> dict[Stage, int]:
    """How many leads are in each effective stage, capped."""
    return lists.counts_by_stage(tx)


def find(tx: Tx, *, text: str, limit: int = 8) -> list[LeadLine]:
    """Find a caller by digits or letters: the lead to show of each person that fits, open ones first (ux.md section 4)."""
    found = search.find(tx, text, limit=limit, region=lambda: settings.book(tx).country)
    return lists.lines(tx, [each.lead_id for each in found if each.lead_id is not None])


def name_of(tx: Tx, *, lead_id: LeadId) -> str:
    """Whose enquiry this is, by name; empty when it has none."""
    return next((line.name for line in lists.lines(tx, [lead_id])), "")


def person_of(tx: Tx, *, lead_id: LeadId) -> PersonId:
    """Whose enquiry this is."""
    return leads.get(tx, lead_id).person_id


def profile(tx: Tx, *, lead_id: LeadId) -> Profile:
    """Everything about one lead; Refused `lead_unknown`."""
    history = histories.of_lead(tx, lead_id)
    lead, names = history.case.lead, {member.id: member.name for member in staff.every(tx)}
    mine, *others = lists.lines(tx, [lead.id, *(other.id for other in history.others)])
    lines = [*journal.timeline(tx, lead.id), *journal.person_timeline(tx, lead.person_id)]
    return Profile(
        history.case,
        history.person,
        mine,
        moments(lines, names),
        history.revenues,
        tuple(others),
        workflows.of(tx, lead.workflow),
        locations.hours(tx, lead.location_id),
        merges.names_merged_into(tx, lead.person_id),
    )


def choices(tx: Tx) -> Choices:
    """What can be chosen and what ids mean; small, and asked anew when one of its topics changes."""
    known, members = sources.every(tx), staff.every(tx)
    return Choices(
        {member.id: member.name for member in members},
        {source.id: source.label for source in known},
        {campaign.id: campaign.label for campaign in sources.campaigns(tx)},
        tuple(member for member in members if member.active),
        tuple(source for source in known if not source.hidden),
        workflows.active(tx),
        {workflow.key: workflow for workflow in workflows.every(tx)},
        settings.book(tx),
        settings.opening_hours(tx),
        words(),
        habits(settings.book(tx)),
    )
