"""What is planned at a time is found by an index."""

from __future__ import annotations

import pytest
from sqlalchemy import Select

from frontdesk.store import appointments, followups
from frontdesk.store.engine import Database
from tests.services.practice import MONDAY
from tests.store.plans import plan_of


@pytest.mark.parametrize(
    ("statement", "names", "index"),
    [(appointments.BEGINNING, ("after", "until"), "ix_appointment_coming"), (followups.DUE, ("start", "until"), "ix_follow_up_due")],
)
def test_a_time_is_looked_up_by_an_index(database: Database, statement: Select[tuple[int]], names: tuple[str, str], index: str) -> None:
    assert index in plan_of(database, statement, **dict.fromkeys(names, MONDAY), most=100)
