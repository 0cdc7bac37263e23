"""Random events of every kind, by every role, through every preset: what must hold after each of them, whatever came before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from frontdesk.domain import rehearsal, rules
from frontdesk.domain.records import Case, Lead
from frontdesk.domain.rehearsal.play import Play, advance
from frontdesk.domain.rehearsal.scripts import Event, step
from frontdesk.domain.rules import Ruling
from frontdesk.domain.workdays import OpeningHours
from frontdesk.domain.workflow import ACTING, DEPTHS, OUTCOMES, Asks, Disposition, Outcome, Role, Stage, Workflow
from tests.domain.cases import OPEN_STATUSES, PRESETS, preset

RULES = frozenset(
    [
        "created",
        "attempt_wait",
        "conversation_wait",
        "follow_up_given",
        "attempt_logged",
        "give_up_wait",
        "uncounted_contact",
        "recorded",
        "follow_up_set",
        "status_chosen",
        "reason_changed",
        "booked",
        "moved",
        "cancelled",
        "did_not_arrive",
        "attended",
        "invoiced",
        "enrolled",
        "inbound",
        "came_back",
        "attempts_exhausted",
        "reopened",
        "undone",
        "repeated",
        "look",
    ]
)
SILENT = frozenset(("look", "repeated"))
BEGIN = datetime(2026, 3, 27, 15, 0, tzinfo=UTC)
WEEK = {"mon": ["09:00", "17:00"], "tue": [["09:00", "12:00"], ["13:00", "17:00"]], "fri": ["09:00", "24:00"]}

writers = st.sampled_from([*[Role.MANAGER] * 12, Role.RECEPTIONIST, Role.CALL_CENTRE, Role.ADMINISTRATOR, Role.AUDITOR])
gaps = st.one_of(st.sampled_from([0, 1, 60, 120, 240, 1440, 2880]), st.integers(0, 12_000)).map(lambda minutes: timedelta(minutes=minutes))
dates = st.one_of(st.none(), st.none(), st.integers(-60, 8_000).map(lambda minutes: timedelta(minutes=minutes)))
names = st.sampled_from([None, "a", "b"])


class ALeadThroughAWorkflow(RuleBasedStateMachine):
    """One lead; the machine is its store: it gives ids to follow-ups and keeps what an undo must restore."""

    def __init__(self) -> None:
        super().__init__()
        self.now = BEGIN
        self.events: list[dict[str, object]] = []
        self.states: list[dict[str, object]] = []
        self.snapshots: list[Case] = []
        self.follow_ups = 0

    @initialize(
        workflow=st.sampled_from(PRESETS),
        hours=st.sampled_from([None, WEEK]),
        zone=st.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Auckland"]),
        channel=st.sampled_from(sorted(rules.CREATED_BY)),
    )
    def a_lead_comes_in(self, workflow: str, hours: object, zone: str, channel: str) -> None:
        self.workflow: Workflow = preset(workflow)
        self.script = {"workflow": workflow, "time_zone": zone, "opening_hours": hours, "holidays": ["2026-03-30"]}
        self.play = Play(self.workflow, OpeningHours.of(zone, hours, ("2026-03-30",)))
        self.happens("create", timedelta(0), Role.RECEPTIONIST, channel=channel)

    @rule(
        gap=gaps,
        role=writers,
        channel=st.sampled_from(["call", "call", "call_answered", "email_reply", "visit", "text", "chat_email"]),
        disposition=st.one_of(st.none(), st.sampled_from(Disposition)),
        due=dates,
        note=st.sampled_from(["rang twice", "rang twice", ""]),
    )
    def an_attempt(self, *, gap: timedelta, role: Role, due: timedelta | None, **said: object) -> None:
        self.happens("attempt", gap, role, follow_up=due, **said)

    @rule(gap=gaps, times=st.integers(2, 7))
    def nobody_answers(self, gap: timedelta, times: int) -> None:
        for _ in range(times):
            self.happens("attempt", gap, channel="call", disposition="no_answer", note="rang")

    @rule(gap=gaps, role=writers, due=st.integers(-10, 20_000))
    def a_follow_up(self, gap: timedelta, role: Role, due: int) -> None:
        self.happens("follow_up", gap, role, follow_up=timedelta(minutes=due))

    @rule(
        gap=gaps,
        role=writers,
        to=st.integers(0, 999),
        reason=st.one_of(st.none(), st.integers(0, 99)),
        note=st.sampled_from(["rang twice", "rang twice", ""]),
        verified=st.booleans(),
        to_person=st.sampled_from(["kim", None]),
        due=dates,
    )
    def a_status(self, *, gap: timedelta, role: Role, to: int, reason: int | None, due: timedelta | None, **said: object) -> None:
        known = [*OPEN_STATUSES[self.workflow.key] * 3, *self.workflow.statuses, "nowhere"]
        chosen = known[to % len(known)]
        listed = [each.key for each in self.workflow.reasons_for(self.workflow.statuses[chosen])] if chosen != "nowhere" else []
        why = None if reason is None or not listed else listed[reason % len(listed)]
        self.happens("status", gap, role, to=chosen, reason=why, follow_up=due, **said)

    @rule(gap=gaps, role=writers, do=st.sampled_from(["book", "book", "move"]), appointment=names, starts=dates)
    def a_date_in_the_book(self, *, gap: timedelta, role: Role, do: str, **said: object) -> None:
        self.happens(do, gap, role, **said)

    @rule(gap=gaps, role=writers, do=st.sampled_from(["cancel", "no_show", "attend"]), appointment=names)
    def an_appointment_ends(self, *, gap: timedelta, role: Role, do: str, **said: object) -> None:
        self.happens(do, gap, role, **said)

    @rule(gap=gaps, role=writers, amount=st.sampled_from([100, "12.50", 0]), appointment=names)
    def a_payment(self, *, gap: timedelta, role: Role, **said: object) -> None:
        self.happens("invoice", gap, role, **said)

    @rule(gap=gaps, role=writers, number=st.sampled_from(["E-1", ""]))
    def an_enrolment(self, *, gap: timedelta, role: Role, **said: object) -> None:
        self.happens("enrol", gap, role, **said)

    @rule(gap=gaps, role=writers, channel=st.sampled_from(sorted(rules.INBOUND)))
    def somebody_calls(self, *, gap: timedelta, role: Role, **said: object) -> None:
        self.happens("inbound", gap, role, **said)

    @rule(gap=gaps, role=writers, do=st.sampled_from(["undo", "undo", "look"]))
    def undone_or_looked_at(self, gap: timedelta, role: Role, do: str) -> None:
        self.happens(do, gap, role)

    @precondition(lambda self: not self.case().lead.is_open)
    @rule(gap=gaps, role=writers)
    def reopened(self, gap: timedelta, role: Role) -> None:
        self.happens("reopen", gap, role)

    @rule(gap=gaps, number=st.integers(0, 99))
    def the_same_again(self, gap: timedelta, number: int) -> None:
        again = self.events[number % len(self.events)]
        if again["key"] in self.play.keys and again["do"] != "create":
            self.now += gap
            self.plays(again | {"at": self.now.isoformat()}, repeated=True)

    # ------------------------------------------------------------------------------------------------ what comes of it

    def happens(self, do: str, gap: timedelta, role: Role = Role.MANAGER, **said: object) -> None:
        self.now += gap
        plain = {name: (self.now + value).isoformat() if isinstance(value, timedelta) else value for name, value in said.items()}
        plain = {name: value for name, value in plain.items() if value not in (None, "", False)}
        self.plays({"at": self.now.isoformat(), "do": do, "role": role.value, "key": f"k{len(self.events)}"} | plain, repeated=False)

    def plays(self, event: dict[str, object], *, repeated: bool) -> None:
        self.events.append(event)
        read = step(msgspec.convert(event, Event), "event", self.workflow, self.play.hours)
        before = self.play.case
        for state in advance(self.play, read):
            self.states.append(state)
            self.judge(before, state, read.event.role)
            before = self.play.case
        assert (self.states[-1].get("rule") == "repeated") == repeated

    def judge(self, before: Case | None, state: dict[str, object], role: Role) -> None:
        """What must be so between the case before and the one after one state."""
        after, ruling = self.play.case, state.get("rule")
        assert ruling in RULES or "refused" in state
        assert after is not None
        if ruling in SILENT or "refused" in state:
            assert after is before
        elif ruling == "undone":
            self.restored(after)
        elif before is not None:
            self.snapshots.append(before)
            self.only_forward(before.lead, after.lead, self.play.past[-1][1])
            self.signed(before, after, self.play.past[-1][1], role)
        self.saved(after)

    def saved(self, case: Case) -> None:
        """Like the store: a follow-up that was just made gets its id."""
        if case.follow_up is not None and not case.follow_up.id:
            self.follow_ups += 1
            self.play.case = replace(case, follow_up=replace(case.follow_up, id=self.follow_ups))

    def restored(self, after: Case) -> None:
        """Undo restores the exact state; only a clock whose effect was taken back does not run again."""
        snapshot = self.snapshots.pop()
        if after != snapshot:
            assert after == replace(snapshot, lead=replace(snapshot.lead, timer_due=None))
            assert snapshot.lead.timer_due in self.play.spent

    def only_forward(self, before: Lead, after: Lead, ruling: Ruling) -> None:
        """Stamps stay, the furthest stage never falls, and attempts only at a restart."""
        for name in before.stamps.__struct_fields__:
            was = getattr(before.stamps, name)
            assert was is None or getattr(after.stamps, name) == was
        assert DEPTHS[after.furthest] >= DEPTHS[before.furthest]
        assert after.status_since >= before.status_since
        if after.attempts < before.attempts:
            reopened = not before.is_open and after.is_open
            assert ruling.rule in {"cancelled", "did_not_arrive"} or reopened
        if before.status != after.status:
            assert after.timer_due != before.timer_due or after.timer_due is None

    def signed(self, before: Case, after: Case, ruling: Ruling, role: Role) -> None:
        """What nobody asked for is the system's, says by which rule, and everything that changed has its effect."""
        assert role is not Role.AUDITOR or ruling.rule == "attempts_exhausted"
        assert ruling.by_system == (ruling.rule == "attempts_exhausted")
        assert all(effect.rule in RULES for effect in ruling.effects)
        moved = [effect for effect in ruling.effects if effect.kind == "status"]
        assert bool(moved) == (before.lead.status != after.lead.status) or len(moved) > 1
        if ruling.by_system:
            assert [(effect.by_system, effect.rule) for effect in moved[-1:]] == [(True, "attempts_exhausted")]
        planned = after.follow_up if after.follow_up is not before.follow_up else None
        if planned is not None:
            set_by = [effect for effect in ruling.effects if effect.kind == "follow_up_set"][-1]
            assert set_by.by_system == (planned.set_by is None)
        if before.follow_up is not None and after.follow_up is not before.follow_up:
            assert ruling.ended is not None
            assert ruling.ended.id == before.follow_up.id
            assert ruling.ended.ending is not None

    # -------------------------------------------------------------------------------------- what the database would refuse

    @invariant()
    def a_closed_lead_has_no_open_follow_up_and_no_running_clock(self) -> None:
        case = self.case()
        if not case.lead.is_open:
            assert (case.follow_up, case.lead.next_follow_up, case.lead.timer_due) == (None, None, None)

    @invariant()
    def outcome_stage_and_status_agree(self) -> None:
        lead = self.case().lead
        status = self.workflow.statuses[lead.status]
        assert lead.outcome is OUTCOMES[lead.stage] is status.outcome
        attempted = status.stage is Stage.NEW and lead.stamps.first_attempt is not None
        assert lead.stage is (Stage.FOLLOW_UP if attempted else status.stage)

    @invariant()
    def the_furthest_stage_is_one_of_five_and_not_behind_the_present_one(self) -> None:
        lead = self.case().lead
        assert lead.furthest in {Stage.NEW, Stage.FOLLOW_UP, Stage.BOOKED, Stage.SEEN, Stage.WON}
        assert DEPTHS[lead.furthest] >= DEPTHS.get(lead.stage, 0)

    @invariant()
    def a_reason_is_there_where_the_status_asks_and_only_on_closed_leads(self) -> None:
        lead = self.case().lead
        if Asks.REASON in self.workflow.statuses[lead.status].asks:
            assert lead.reason is not None
        assert lead.reason is None or (lead.reason in self.workflow.reasons and not lead.is_open)

    @invariant()
    def the_lead_knows_its_one_follow_up(self) -> None:
        case = self.case()
        assert case.lead.next_follow_up == (case.follow_up.due if case.follow_up else None)
        assert case.follow_up is None or case.follow_up.ending is None

    @invariant()
    def a_clock_runs_only_where_giving_up_acts(self) -> None:
        lead = self.case().lead
        assert lead.timer_due is None or (self.workflow.attempts is not None and lead.stage in ACTING)

    @invariant()
    def a_closed_lead_knows_where_to_reopen_and_an_open_one_did_not_come_back(self) -> None:
        lead = self.case().lead
        assert (lead.reopens_to is None) == lead.is_open
        assert lead.came_back_at is None or lead.outcome is not Outcome.OPEN

    def case(self) -> Case:
        assert self.play.case is not None
        return self.play.case

    def teardown(self) -> None:
        """The whole script at once leads to the same states as its events one by one."""
        if self.events:
            assert rehearsal.rehearse(self.script | {"events": self.events}, preset) == {"states": self.states}


TestALeadThroughAWorkflow = ALeadThroughAWorkflow.TestCase
TestALeadThroughAWorkflow.settings = settings(
    derandomize=True, max_examples=110, stateful_step_count=30, deadline=None, phases=(Phase.generate, Phase.shrink)
)
