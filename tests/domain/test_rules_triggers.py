"""Every event of the trigger table on every status of every preset (workflows.md section 5), and what closed leads do."""

from __future__ import annotations

import pytest

from frontdesk.domain import rules
from frontdesk.domain.records import Appointment, AppointmentState, Case
from frontdesk.domain.rules import Ruling
from frontdesk.domain.workflow import Disposition, Happening, Outcome
from tests.domain.cases import HOUR, NOW, OPEN_STATUSES, PRESETS, TRIGGERS, case_in, goes_to, occasion, preset, states

EVENTS = ("attempt", "spoke", "book", "move", "cancel", "no_show", "attend", "invoice", "enrol")
RULES = {
    "book": "booked",
    "move": "moved",
    "cancel": "cancelled",
    "no_show": "did_not_arrive",
    "attend": "attended",
    "invoice": "invoiced",
    "enrol": "enrolled",
}
CELLS = [
    pytest.param(workflow, happening, status, id=f"{workflow}: {happening} from {status}")
    for workflow in PRESETS
    for happening in EVENTS
    for status in preset(workflow).statuses
]
OPEN_CELLS = [cell for cell in CELLS if cell.values[2] in OPEN_STATUSES[cell.values[0]]]
CLOSED_CELLS = [cell for cell in CELLS if cell.values[2] not in OPEN_STATUSES[cell.values[0]]]


def happen(case: Case, workflow: str, happening: str) -> Ruling:
    now = occasion(workflow)
    if happening in {"attempt", "spoke"}:
        disposition = Disposition.SPOKE if happening == "spoke" else Disposition.NO_ANSWER
        return rules.attempt(case, now, channel="call", disposition=disposition, note="rang")
    if happening == "book":
        return rules.book(case, now, Appointment(0, None, NOW + 48 * HOUR, NOW, key="b"))
    if happening == "move":
        return rules.move(case, now, NOW + 72 * HOUR, "a")
    if happening == "invoice":
        return rules.invoice(case, now, 12_500, "a")
    return rules.enrol(case, now, "E-1") if happening == "enrol" else rules.settle(case, now, Happening(happening), "a")


@pytest.mark.parametrize(("workflow", "happening", "status"), CELLS)
def test_an_event_moves_the_status_as_the_table_says(workflow: str, happening: str, status: str) -> None:
    after = happen(case_in(workflow, status, appointment=True), workflow, happening).case.lead
    expected = goes_to(workflow, happening, status)
    assert (after.status, after.outcome) == (expected, preset(workflow).statuses[expected].outcome)


@pytest.mark.parametrize(("workflow", "happening", "status"), OPEN_CELLS)
def test_an_event_is_named_and_is_the_persons_own(workflow: str, happening: str, status: str) -> None:
    ruling = happen(case_in(workflow, status, appointment=True), workflow, happening)
    assert not ruling.by_system
    assert happening not in RULES or ruling.rule == RULES[happening]


@pytest.mark.parametrize(("workflow", "happening", "status"), [cell for cell in OPEN_CELLS if cell.values[1] not in {"attempt", "spoke"}])
def test_a_cancelled_or_missed_visit_is_due_now_and_counts_from_0_and_nothing_else_is(workflow: str, happening: str, status: str) -> None:
    due = NOW + 5 * HOUR
    lead = happen(case_in(workflow, status, appointment=True, attempts=2, due=due), workflow, happening).case.lead
    moved = goes_to(workflow, happening, status) != status
    missed = happening in {"cancel", "no_show"} and moved
    assert (lead.attempts, lead.next_follow_up) == ((0, NOW) if missed else (2, None if moved else due))


@pytest.mark.parametrize(("workflow", "happening", "status"), CLOSED_CELLS)
def test_a_closed_lead_comes_back_where_an_event_does_not_move_it(workflow: str, happening: str, status: str) -> None:
    ruling = happen(case_in(workflow, status, appointment=True), workflow, happening)
    stays = goes_to(workflow, happening, status) == status
    expected = "recorded" if happening in {"attempt", "spoke"} else "came_back" if stays else "enrolled"
    assert (ruling.rule, ruling.case.lead.came_back_at) == (expected, NOW if expected == "came_back" else None)


def test_the_tables_name_every_event_of_every_preset() -> None:
    assert {key: tuple(table) for key, table in TRIGGERS.items()} == dict.fromkeys(PRESETS, EVENTS)


@pytest.mark.parametrize("workflow", PRESETS)
def test_every_status_that_the_tables_do_not_call_open_is_closed(workflow: str) -> None:
    assert {key for key, status in preset(workflow).statuses.items() if status.outcome is Outcome.OPEN} == set(OPEN_STATUSES[workflow])


@pytest.mark.parametrize("missed", [AppointmentState.CANCELLED, AppointmentState.DID_NOT_ARRIVE])
@pytest.mark.parametrize("status", ["new_lead_no_action_yet", "follow_up_3", "consultation_cancelled", "consultation_booked"])
def test_six_follow_ups_books_again_into_rescheduled(missed: AppointmentState, status: str) -> None:
    earlier = Appointment(9, 5, NOW - 24 * HOUR, NOW - 48 * HOUR, state=missed, key="a")
    case = Case(case_in("six_follow_ups", status).lead, None, (earlier,))
    assert happen(case, "six_follow_ups", "book").case.lead.status == "consultation_rescheduled_and_booked"


def test_six_follow_ups_books_into_rescheduled_even_when_the_cancelled_one_was_booked_again_under_its_key() -> None:
    lines = (
        "03-02T10:00 book appointment=a starts=03-09T10:00",
        "03-02T11:00 cancel appointment=a",
        "03-02T12:00 book appointment=a starts=03-10T10:00",
        "03-02T13:00 attempt channel=call note=x",
        "03-02T14:00 status to=follow_up_1 note=x",
        "03-02T15:00 book appointment=b starts=03-11T10:00",
    )
    assert [state["status"] for state in states("six_follow_ups", *lines)][3:] == [
        "consultation_rescheduled_and_booked",
        "consultation_rescheduled_and_booked",
        "follow_up_1",
        "consultation_rescheduled_and_booked",
    ]


@pytest.mark.parametrize("number", range(1, 10))
def test_six_follow_ups_takes_the_number_of_the_attempt_as_its_status(number: int) -> None:
    case = case_in("six_follow_ups", "new_lead_no_action_yet", attempts=number - 1)
    assert happen(case, "six_follow_ups", "attempt").case.lead.status == f"follow_up_{min(number, 6)}"


@pytest.mark.parametrize("workflow", PRESETS)
def test_s3_06_an_appointment_event_of_no_live_appointment_is_only_recorded(workflow: str) -> None:
    case = case_in(workflow, OPEN_STATUSES[workflow][0])
    for happening in ("move", "cancel", "no_show", "attend"):
        ruling = happen(case, workflow, happening)
        assert (ruling.rule, ruling.case, ruling.effects) == ("recorded", case, ())
