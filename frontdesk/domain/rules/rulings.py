"""What a rule is given and what it answers; and the one place where a case is changed step by step."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Activity, Appointment, Case, Ending, FollowUp, FollowUpKind, Lead, Revenue, StaffId
from frontdesk.domain.workdays import OpeningHours
from frontdesk.domain.workflow import ACTING, DEPTHS, Asks, GiveUp, Happening, Outcome, Role, Stage, Status, Trigger, Workflow

STAMPS = {Stage.BOOKED: "booked", Stage.SEEN: "seen", Stage.WON: "won", Stage.LOST: "lost", Stage.NOT_QUALIFIED: "lost"}
"""Which stamp each stage sets (workflows.md section 2, Counting)."""


class Occasion(Struct, frozen=True):
    """When something happens, who does it, and by which workflow and opening hours it is judged."""

    workflow: Workflow
    hours: OpeningHours
    now: datetime
    role: Role = Role.MANAGER
    who: StaffId | None = None


class Effect(Struct, frozen=True):
    """One thing that changed, and the rule that caused it; *When you save*, the timeline and the explanation are made of these."""

    kind: str
    rule: str
    was: object = None
    now: object = None
    by_system: bool = False


class Plan(Struct, frozen=True):
    """A follow-up that a person asked for: when, what kind, and a note."""

    due: datetime
    kind: FollowUpKind = FollowUpKind.CALL
    note: str = ""
    any_time: bool = False


class Ruling(Struct, frozen=True):
    """What an event leads to: the new case, the rows it adds or ends, and why."""

    case: Case
    rule: str
    by_system: bool = False
    ended: FollowUp | None = None
    activity: Activity | None = None
    appointment: Appointment | None = None
    revenue: Revenue | None = None
    effects: tuple[Effect, ...] = ()


def effective_stage(status: Status, first_attempt: datetime | None) -> Stage:
    """The stage a lead is shown and counted in: uncontacted means uncontacted (S3.03, S4.02)."""
    return Stage.FOLLOW_UP if status.stage is Stage.NEW and first_attempt else status.stage


def furthest(*stages: Stage) -> Stage:
    """The furthest of some stages, the first of two that are equally far; *to rebook* counts as booked, since the funnel knows only one of them."""
    known = (Stage.BOOKED if stage is Stage.REBOOK else stage for stage in stages)
    return max(known, key=lambda each: DEPTHS.get(each, -1))


def may_write(occasion: Occasion) -> None:
    """Refuse an auditor, who only reads."""
    if occasion.role is Role.AUDITOR:
        raise Refused("role_not_allowed", "role")


class Draft:
    """A ruling in the making: every step that a rule takes is one method, and leaves one effect."""

    def __init__(self, case: Case, occasion: Occasion, rule: str) -> None:
        self.case = case
        self.lead: Lead = case.lead
        self.follow_up = case.follow_up
        self.occasion = occasion
        self.at = occasion.now  # the fact's time: earlier than now for a booking that another system reports late
        self.rule = rule
        self.by_system = False
        self.ended: FollowUp | None = None
        self.effects: list[Effect] = []
        self.do_not_call, self.no_marketing = case.do_not_call, case.no_marketing

    @property
    def status(self) -> Status:
        """The status the lead is in now."""
        return self.occasion.workflow.statuses[self.lead.status]

    def note(self, kind: str, was: object = None, now: object = None) -> None:
        """Remember that something changed."""
        self.effects.append(Effect(kind, self.rule, was, now, self.by_system))

    def change(self, **values: Any) -> None:
        """Change fields of the lead, each with its effect where the value differs."""
        for name, value in values.items():
            if (was := getattr(self.lead, name)) != value:
                self.note(name, was, value)
        self.lead = replace(self.lead, **values)

    def stamp(self, name: str) -> None:
        """The first time of something; a stamp once set never moves."""
        if getattr(self.lead.stamps, name) is None:
            stamped = replace(self.lead.stamps, **{name: self.at})
            self.lead = replace(self.lead, stamps=stamped)
            self.note(f"stamp_{name}", None, self.at)
            self.restage()

    def restage(self) -> None:
        """Bring the effective and the furthest stage up to the status and the stamps."""
        stage = effective_stage(self.status, self.lead.stamps.first_attempt)
        self.change(stage=stage, furthest=furthest(self.lead.furthest, stage), outcome=self.status.outcome)

    def enter(self, key: str, *, reason: str | None = None, note: str = "") -> bool:
        """Move to a status with all that any change of status does (workflows.md section 3); False when already there."""
        if key == self.lead.status:
            return False
        was, status = self.lead, self.occasion.workflow.statuses[key]
        closes = status.outcome is not Outcome.OPEN
        self.end_follow_up(Ending.CANCELLED if closes else Ending.COMPLETED)
        self.change(status=key, reason=reason, loss_note=note if closes else "", timer_due=None, came_back_at=None, handed_at=None)
        self.lead = replace(
            self.lead,
            status_since=max(self.at, was.status_since),
            reopens_to=(was.status if was.is_open else was.reopens_to) if closes else None,
        )
        self.restage()
        if name := STAMPS.get(status.stage):
            self.stamp(name)
        self._wishes(status)
        return True

    def _wishes(self, status: Status) -> None:
        if status.sets_do_not_call and not self.do_not_call:
            self.do_not_call = True
            self.note("do_not_call", False, True)
        if status.stops_marketing and not self.no_marketing:
            self.no_marketing = True
            self.note("no_marketing", False, True)

    def end_follow_up(self, ending: Ending) -> None:
        """Close the open follow-up, if there is one; the first ending stays."""
        if self.follow_up is not None and self.follow_up.id:
            self.ended = replace(self.follow_up, ended_at=self.occasion.now, ending=ending)
            self.note("follow_up_ended", self.follow_up.due, ending)
        self.follow_up = None
        self.lead = replace(self.lead, next_follow_up=None)

    def plan(self, plan: Plan, *, by_person: bool) -> None:
        """Set the next follow-up; one that is still open is closed as moved. Who set it is kept (S4.23)."""
        self.end_follow_up(Ending.MOVED)
        set_by = self.occasion.who if by_person else None
        self.follow_up = FollowUp(0, self.lead.id, plan.due, set_by, self.occasion.now, plan.kind, plan.note, plan.any_time)
        self.lead = replace(self.lead, next_follow_up=plan.due)
        self.effects.append(Effect("follow_up_set", self.rule, None, plan.due, by_system=not by_person))

    def carry_note(self, note: str) -> None:
        """Where the status asks for a note, the follow-up carries it to the day it is due (S1.08, S1.10)."""
        if self.follow_up is not None and not self.follow_up.note and Asks.NOTE in self.status.asks:
            self.follow_up = replace(self.follow_up, note=note)

    def plan_after(self, wait: timedelta) -> datetime:
        """A follow-up after a wait: elapsed time, moved to the next opening where the workflow says so; the answer is when."""
        due = self.occasion.now + wait
        if self.occasion.workflow.waits_into_opening:
            due = self.occasion.hours.next_opening(due)
        self.plan(Plan(due), by_person=False)
        return due

    def plan_now(self) -> None:
        """A follow-up due at the moment of the event."""
        self.plan(Plan(self.occasion.now), by_person=False)

    def clock(self, due: datetime | None) -> None:
        """Start, move or stop the giving-up clock."""
        self.change(timer_due=due)

    def fire(self, happening: Happening, number: int = 0) -> bool:
        """Do what the workflow says happens to the status; False when nothing is said for this case."""
        trigger = self.trigger(happening)
        if trigger is None:
            return False
        if target := trigger.target(number):
            self.enter(target)
        if trigger.restarts:
            self.change(attempts=0)
        if trigger.follow_up_now:
            self.plan_now()
        return True

    def trigger(self, happening: Happening) -> Trigger | None:
        """The trigger of a happening, if it acts on the lead as it stands."""
        trigger = self.occasion.workflow.triggers.get(happening)
        if trigger is None or (trigger.statuses and self.lead.status not in trigger.statuses):
            return None
        acts = self.lead.stage in trigger.stages or (trigger.from_lost and self.lead.outcome is Outcome.LOST)
        return trigger if acts else None

    def grace_from(self, due: datetime) -> None:
        """With *after the last follow-up*, the clock of a lead on its last attempt counts from its follow-up (S1.18)."""
        policy = self.occasion.workflow.attempts
        if policy is None or policy.give_up is not GiveUp.AFTER_LAST_FOLLOW_UP or self.lead.stage not in ACTING:
            return
        counter = self.status.number
        if self.lead.attempts >= policy.maximum and (counter is None or counter >= policy.maximum):
            self.clock(due + policy.grace)

    def ruling(
        self,
        rule: str | None = None,
        *,
        activity: Activity | None = None,
        appointment: Appointment | None = None,
        revenue: Revenue | None = None,
    ) -> Ruling:
        """The finished ruling."""
        case = Case(self.lead, self.follow_up, self.case.appointments, self.do_not_call, self.no_marketing)
        return Ruling(case, rule or self.rule, self.by_system, self.ended, activity, appointment, revenue, tuple(self.effects))
