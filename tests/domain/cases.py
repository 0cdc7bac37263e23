"""Short words for the tests of the rules: scripts line by line, cases in any status, and the tables of workflows.md section 5.

The tables are copied from the specification by hand, not from the presets: what both say must agree.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from types import MappingProxyType

from msgspec.structs import replace

from frontdesk import places
from frontdesk.domain import rehearsal, workflow_text
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Appointment, Case, FollowUp, Lead, Stamps
from frontdesk.domain.rules import Occasion
from frontdesk.domain.workdays import OpeningHours
from frontdesk.domain.workflow import DEPTHS, Asks, Outcome, Role, Stage, Workflow

STAMPS = {Stage.BOOKED: "booked", Stage.SEEN: "seen", Stage.WON: "won", Stage.LOST: "lost", Stage.NOT_QUALIFIED: "lost"}
PRESETS = ("three_attempts", "six_follow_ups", "appointment_led", "sales_funnel", "front_desk")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ALWAYS = OpeningHours.of("UTC")


@cache
def written(key: str) -> Mapping[str, object]:
    """A preset as it stands in its file."""
    return MappingProxyType(tomllib.loads((places.shipped("resources") / "workflows" / f"{key}.toml").read_text(encoding="utf-8")))


@cache
def preset(key: str) -> Workflow:
    if key not in PRESETS:
        raise Refused("workflow_unknown", "workflow", workflow=key)
    return workflow_text.read(written(key))


def at(text: str) -> datetime:
    """`03-02T09:00` of 2026 in UTC."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=UTC)


def event(line: str) -> dict[str, object]:
    """`03-02T09:07 attempt channel=call disposition=left_message`; an underscore in a note is a space."""
    when, do, *words = line.split()
    values: dict[str, object] = dict(word.split("=", 1) for word in words)
    for name in ("follow_up", "starts"):
        if name in values:
            values[name] = f"2026-{values[name]}"
    if "verified" in values:
        values["verified"] = values["verified"] == "yes"
    return {"at": f"2026-{when}", "do": do, **values}


def states(
    workflow: str | Workflow,
    *lines: str,
    zone: str = "UTC",
    hours: Mapping[str, object] | None = None,
    holidays: Iterable[str] = (),
    begin: str = "03-02T09:00",
) -> list[dict[str, object]]:
    """Every state of a script that begins with a lead from a web form."""
    made = workflow if isinstance(workflow, Workflow) else None
    script: dict[str, object] = {
        "workflow": made.key if made else workflow,
        "time_zone": zone,
        "holidays": list(holidays),
        "events": [event(line) for line in (f"{begin} create channel=web_form", *lines)],
    }
    if hours is not None:
        script["opening_hours"] = hours
    return rehearsal.rehearse(script, lambda key: made or preset(key))["states"]


def last(workflow: str | Workflow, *lines: str, **how: object) -> dict[str, object]:
    """The last state of a script, without the parts that hardly ever matter."""
    return states(workflow, *lines, **how)[-1]


def said(state: Mapping[str, object], names: str) -> tuple[object, ...]:
    """Some parts of a state, in the order named; instants short, as `03-02T09:00`."""
    return tuple(short(state[name]) for name in names.split())


def short(value: object) -> object:
    return value[5:16] if isinstance(value, str) and value.startswith("2026-") else value


def occasion(workflow: str | Workflow, now: datetime = NOW, role: Role = Role.MANAGER, hours: OpeningHours = ALWAYS) -> Occasion:
    made = workflow if isinstance(workflow, Workflow) else preset(workflow)
    return Occasion(made, hours, now, role, 7)


def lead_in(workflow: str | Workflow, status: str, **values: object) -> Lead:
    """A lead that stands in a status as the database would let it stand."""
    made = workflow if isinstance(workflow, Workflow) else preset(workflow)
    where = made.statuses[status]
    reason = made.reasons_for(where)[0].key if Asks.REASON in where.asks else None
    plain = Lead(
        id=5,
        person_id=6,
        location_id=1,
        workflow=made.key,
        status=status,
        stage=where.stage,
        furthest=where.stage if where.stage in DEPTHS and where.stage is not Stage.REBOOK else Stage.BOOKED,
        outcome=where.outcome,
        stamps=Stamps(NOW - 48 * HOUR, **({STAMPS[where.stage]: NOW - 47 * HOUR} if where.stage in STAMPS else {})),
        entered_at=NOW - 48 * HOUR,
        status_since=NOW - 47 * HOUR,
        reason=reason,
        reopens_to=None if where.outcome is Outcome.OPEN else made.initial,
    )
    return replace(plain, **values)


def case_in(workflow: str | Workflow, status: str, *, appointment: bool = False, due: datetime | None = None, **values: object) -> Case:
    """The same with an open follow-up, and with a live appointment, where asked for."""
    lead = replace(lead_in(workflow, status, **values), next_follow_up=due)
    follow_up = FollowUp(8, lead.id, due, 7, NOW - HOUR) if due else None
    booked = (Appointment(9, lead.id, NOW + 24 * HOUR, NOW - 24 * HOUR, key="a"),) if appointment else ()
    return Case(lead, follow_up, booked)


OPEN_STATUSES: Mapping[str, tuple[str, ...]] = {
    "three_attempts": ("created", "contacted", "transfer", "scheduled"),
    "six_follow_ups": (
        "new_lead_no_action_yet",
        *(f"follow_up_{k}" for k in range(1, 7)),
        "consultation_booked",
        "consultation_rescheduled_and_booked",
        "consultation_cancelled",
        "not_sold_thinking_it_over",
    ),
    "appointment_led": ("lead", "booked", "cancelled"),
    "sales_funnel": ("new", "follow_up", "scheduled", "consult_completed"),
    "front_desk": ("new", "attempting", "contacted", "scheduled", "cancelled", "no_show", "consult_completed"),
}
_BOOKABLE = {
    key: tuple(s for s in statuses if s not in {"not_sold_thinking_it_over", "consult_completed"})
    for key, statuses in OPEN_STATUSES.items()
}
_SIX_BOOKED = ("consultation_booked", "consultation_rescheduled_and_booked")
_SIX_COUNTS = ("new_lead_no_action_yet", *(f"follow_up_{k}" for k in range(1, 7)), "consultation_cancelled")

Moves = Mapping[tuple[str, ...], str]
NOTHING: Moves = {}

# What each event does to the status: workflows.md section 5, the table at its end. Statuses that are not named stay.
TRIGGERS: Mapping[str, Mapping[str, Moves]] = {
    "three_attempts": {
        "attempt": NOTHING,
        "spoke": {("created", "transfer"): "contacted"},
        "book": {_BOOKABLE["three_attempts"]: "scheduled"},
        "move": NOTHING,
        "cancel": {("scheduled",): "contacted"},
        "no_show": {("scheduled",): "contacted"},
        "attend": NOTHING,
        "invoice": NOTHING,
        "enrol": NOTHING,
    },
    "six_follow_ups": {
        "attempt": {_SIX_COUNTS: "follow_up_1"},
        "spoke": {_SIX_COUNTS: "follow_up_1"},
        "book": {_BOOKABLE["six_follow_ups"]: "consultation_booked"},
        "move": {_SIX_BOOKED: "consultation_rescheduled_and_booked"},
        "cancel": {_SIX_BOOKED: "consultation_cancelled"},
        "no_show": {_SIX_BOOKED: "consultation_cancelled"},
        "attend": NOTHING,
        "invoice": NOTHING,
        "enrol": {
            (
                *OPEN_STATUSES["six_follow_ups"],
                "consultation_cancelled_and_dnc",
                "unserviceable_lead",
                "out_of_area",
                "dnc",
                "not_sold_lost",
                "cold_lead",
            ): "sold"
        },
    },
    "appointment_led": {
        "attempt": NOTHING,
        "spoke": NOTHING,
        "book": {_BOOKABLE["appointment_led"]: "booked"},
        "move": NOTHING,
        "cancel": {("booked",): "cancelled"},
        "no_show": {("booked",): "cancelled"},
        "attend": NOTHING,
        "invoice": {OPEN_STATUSES["appointment_led"]: "invoiced"},
        "enrol": NOTHING,
    },
    "sales_funnel": {
        "attempt": {("new",): "follow_up"},
        "spoke": {("new",): "follow_up"},
        "book": {_BOOKABLE["sales_funnel"]: "scheduled"},
        "move": NOTHING,
        "cancel": {("scheduled",): "follow_up"},
        "no_show": {("scheduled",): "follow_up"},
        "attend": {("scheduled",): "consult_completed"},
        "invoice": {OPEN_STATUSES["sales_funnel"]: "procedure_completed"},
        "enrol": NOTHING,
    },
    "front_desk": {
        "attempt": {("new",): "attempting"},
        "spoke": {("new", "attempting"): "contacted"},
        "book": {_BOOKABLE["front_desk"]: "scheduled"},
        "move": NOTHING,
        "cancel": {("scheduled",): "cancelled"},
        "no_show": {("scheduled",): "no_show"},
        "attend": {("scheduled",): "consult_completed"},
        "invoice": {OPEN_STATUSES["front_desk"]: "procedure_completed"},
        "enrol": NOTHING,
    },
}


def goes_to(workflow: str, happening: str, status: str) -> str:
    """Where the table says that a lead in a status goes."""
    return next((to for froms, to in TRIGGERS[workflow][happening].items() if status in froms), status)
