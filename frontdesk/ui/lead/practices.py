"""What leads are shown by: the practice's workflow, people, sources, settings, opening hours and clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from frontdesk.domain import contacts
from frontdesk.domain.money import money_text
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import CampaignId, Source, SourceId, StaffId, StaffMember
from frontdesk.domain.settings import Book
from frontdesk.domain.when import Habits, Words
from frontdesk.domain.workdays import OpeningHours
from frontdesk.domain.workflow import Role, Status, Workflow
from frontdesk.services.lists import Choices
from frontdesk.ui.lead.words import tr
from frontdesk.ui.widgets.labels import isolated
from frontdesk.ui.widgets.pills import Pill


@dataclass(frozen=True, slots=True)
class Practice:
    """Plain data of the practice for everything that shows a lead.

    Attributes:
        members: the colleagues who can own a lead.
        offered: the sources that can be chosen.
        me: who is signed in; their own name is "You".
        now: the present, asked whenever something is shown relative to it.
    """

    workflow: Workflow
    workflows: Mapping[str, Workflow]
    book: Book
    hours: OpeningHours
    staff: Mapping[StaffId, str]
    sources: Mapping[SourceId, str]
    campaigns: Mapping[CampaignId, str]
    members: Sequence[StaffMember]
    offered: Sequence[Source]
    words: Words
    habits: Habits
    me: StaffMember
    now: Callable[[], datetime]

    @classmethod
    def of(cls, choices: Choices, me: StaffMember, now: Callable[[], datetime]) -> Practice:
        """From what the desk says can be chosen."""
        return cls(
            choices.workflow,
            choices.workflows,
            choices.book,
            choices.hours,
            choices.staff,
            choices.sources,
            choices.campaigns,
            choices.members,
            choices.offered,
            choices.words,
            choices.habits,
            me,
            now,
        )

    def status(self, key: str) -> Status | None:
        """The status of a key, of the workflow in use or of an earlier one; None when none has it."""
        if key in self.workflow.statuses:
            return self.workflow.statuses[key]
        return next((each.statuses[key] for each in self.workflows.values() if key in each.statuses), None)

    def status_label(self, key: str) -> str:
        """The word for a status."""
        status = self.status(key)
        return status.label if status else key

    def pill(self, key: str) -> Pill:
        """A status as it is shown."""
        status = self.status(key)
        return Pill(status.label, status.icon, status.tone) if status else Pill(key, "circle", "invalid")

    def reason_label(self, key: str | None) -> str:
        """The words of a reason, with the workflow's number of attempts in them."""
        reason = self.workflow.reasons.get(key or "")
        return reason.label.replace("{max}", str(self.attempts_allowed())) if reason else key or ""

    def attempts_allowed(self) -> int:
        """How many attempts the workflow makes; 0 when it does not count them."""
        return self.workflow.attempts.maximum if self.workflow.attempts else 0

    def owner(self, key: StaffId | None) -> str:
        """A colleague's name; "You" for yourself, "Nobody" when there is none."""
        if key is None:
            return tr("Nobody")
        return tr("You") if key == self.me.id else self.person(key)

    def person(self, key: StaffId | None) -> str:
        """A colleague's name as others say it; empty when the system did it."""
        return self.staff.get(key, "") if key is not None else ""

    def source(self, key: SourceId | None) -> str:
        """The name of a source, empty without one."""
        return self.sources.get(key, "") if key is not None else ""

    def campaign(self, key: CampaignId | None) -> str:
        """The name of a campaign, empty without one."""
        return self.campaigns.get(key, "") if key is not None else ""

    def money(self, minor: int) -> str:
        """An amount as the region writes it, without cents when there are none."""
        shown = money_text(minor, self.book.currency, self.book.country)
        return isolated(shown.removesuffix(".00").removesuffix(",00"))

    def phone(self, typed: str) -> str:
        """A number as people here write it."""
        try:
            return contacts.national(contacts.phone(typed, self.book.country), self.book.country)
        except Refused:
            return typed

    def is_leader(self) -> bool:
        """Whether the person who is signed in may do what only managers may."""
        return self.me.role in (Role.MANAGER, Role.ADMINISTRATOR)

    def may_write(self) -> bool:
        """Whether the person who is signed in may change anything."""
        return self.me.role is not Role.AUDITOR
