"""The order of work, case by case (workflows.md section 6)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from frontdesk.domain import queue
from frontdesk.domain.queue import Entry, Group
from frontdesk.domain.records import Activity, ActivityKind, Lead, Stamps
from frontdesk.domain.workdays import OpeningHours
from frontdesk.domain.workflow import Outcome, Stage

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
HOURS = OpeningHours.of("Europe/London", {"tue": ["09:00", "17:00"]}, ())
HOUR = timedelta(hours=1)


def lead(**values: object) -> Lead:
    stage = values.get("stage", Stage.NEW)
    outcome = Outcome.LOST if stage is Stage.LOST else Outcome.OPEN
    plain = Lead(7, 1, 1, "front_desk", "new", Stage.NEW, Stage.NEW, outcome, Stamps(NOW - 5 * HOUR), NOW, NOW)
    return replace(plain, **values)


def contact(channel: str, **values: object) -> Activity:
    return replace(Activity(1, 7, NOW - 2 * HOUR, ActivityKind.INBOUND, channel, inbound=True, unsettled=True), **values)


@pytest.mark.parametrize(
    ("case", "unsettled", "expected"),
    [
        pytest.param(lead(), None, Entry(7, Group.NEW, NOW - 5 * HOUR), id="S4.21 nobody has attempted it"),
        pytest.param(lead(important=True), None, Entry(7, Group.NEW, NOW - 5 * HOUR, important=True), id="S4.35 an important new lead"),
        pytest.param(lead(), contact("voicemail"), Entry(7, Group.VOICEMAILS, NOW - 2 * HOUR), id="S4.20 a voicemail"),
        pytest.param(
            lead(),
            contact("call", after_hours=True),
            Entry(7, Group.VOICEMAILS, NOW - 2 * HOUR, after_hours=True),
            id="S4.19 missed at night",
        ),
        pytest.param(lead(), contact("email"), Entry(7, Group.HANDED, NOW - 2 * HOUR), id="an e-mail from an open lead"),
        pytest.param(lead(handed_at=NOW - HOUR), None, Entry(7, Group.HANDED, NOW - HOUR), id="handed to me"),
        pytest.param(lead(stage=Stage.LOST, came_back_at=NOW - HOUR), None, Entry(7, Group.HANDED, NOW - HOUR), id="a lost lead came back"),
        pytest.param(lead(stage=Stage.LOST), None, None, id="a lost lead"),
        pytest.param(lead(pending=True), None, None, id="X.03 a pending web lead"),
        pytest.param(lead(stage=Stage.FOLLOW_UP), None, None, id="no follow-up set"),
        pytest.param(lead(stage=Stage.FOLLOW_UP, next_follow_up=NOW), None, Entry(7, Group.DUE, NOW), id="S4.22 due at this moment"),
        pytest.param(lead(next_follow_up=NOW - HOUR), None, Entry(7, Group.DUE, NOW - HOUR), id="a new lead whose follow-up is due"),
        pytest.param(
            lead(stage=Stage.FOLLOW_UP, next_follow_up=NOW + HOUR), None, Entry(7, Group.LATER_TODAY, NOW + HOUR), id="later today"
        ),
        pytest.param(lead(stage=Stage.FOLLOW_UP, next_follow_up=NOW + 24 * HOUR), None, None, id="tomorrow"),
    ],
)
def test_a_lead_stands_where_the_work_order_says(case: Lead, unsettled: Activity | None, expected: Entry | None) -> None:
    assert queue.entry(case, NOW, HOURS, unsettled) == expected


@pytest.mark.parametrize(
    "ordered",
    [
        pytest.param([Entry(1, Group.CALLING, NOW), Entry(2, Group.CALLING, NOW - HOUR)], id="calling now, newest first"),
        pytest.param(
            [Entry(1, Group.VOICEMAILS, NOW, after_hours=True), Entry(2, Group.VOICEMAILS, NOW - HOUR), Entry(3, Group.VOICEMAILS, NOW)],
            id="at night first",
        ),
        pytest.param([Entry(1, Group.HANDED, NOW - HOUR), Entry(2, Group.HANDED, NOW, important=True)], id="handed, oldest first"),
        pytest.param(
            [Entry(1, Group.NEW, NOW, important=True), Entry(2, Group.NEW, NOW - HOUR), Entry(3, Group.NEW, NOW)], id="new, important first"
        ),
        pytest.param([Entry(1, Group.DUE, NOW, important=True), Entry(2, Group.DUE, NOW - HOUR)], id="due, important first"),
        pytest.param(
            [Entry(2, Group.LATER_TODAY, NOW), Entry(1, Group.LATER_TODAY, NOW + HOUR, important=True)], id="later, earliest first"
        ),
        pytest.param([Entry(number, group, NOW) for number, group in enumerate(Group)], id="S4.17 the groups"),
        pytest.param([Entry(1, Group.DUE, NOW), Entry(2, Group.DUE, NOW)], id="ties by id"),
    ],
)
def test_the_key_orders_a_group_as_written(ordered: list[Entry]) -> None:
    assert sorted(ordered[1:] + ordered[:1], key=queue.key) == ordered
