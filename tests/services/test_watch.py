"""What another desk changed is told, once, and what is due is done."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from frontdesk.domain.workflow import Disposition, Outcome, Role
from frontdesk.services import attempts, leads
from frontdesk.services.watch import Listeners, Watch
from frontdesk.store import seals
from tests.services.practice import Office


class Told:
    """A window that writes down what it is told."""

    def __init__(self) -> None:
        self.topics: list[frozenset[str] | None] = []
        self.connections: list[bool] = []
        self.rang = threading.Event()

    def changed(self, topics: frozenset[str] | None) -> None:
        self.topics.append(topics)
        self.rang.set()

    @property
    def listeners(self) -> Listeners:
        return Listeners(self.changed, self.connections.append)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def watch(office: Office, told: Told) -> Iterator[Watch]:
    """A watcher that looks when the test says so."""
    found = Watch(office.desk_of(Role.RECEPTIONIST), told.listeners)
    found.look()
    yield found
    found.stop()


def test_another_desks_change_is_told_once(office: Office, told: Told, watch: Watch) -> None:
    lead_id = office.new()
    watch.look()
    watch.look()
    (topics,) = told.topics
    assert topics is not None
    assert {f"lead:{lead_id}", "leads"} <= topics


def test_what_was_there_before_the_first_look_is_no_news(office: Office, told: Told) -> None:
    office.new()
    watch = Watch(office.desk, told.listeners)
    watch.look()
    watch.look()
    watch.stop()
    assert told.topics == []


def test_a_round_closes_the_leads_whose_time_has_run_out_and_tells_the_next_time(office: Office, told: Told, watch: Watch) -> None:
    lead_id = office.new()
    for _ in range(6):
        office.do(attempts.log_attempt, lead_id=lead_id, channel="call", disposition=Disposition.NO_ANSWER)
    watch.look()
    told.topics.clear()
    office.clock.advance(hours=25)
    watch.look()
    assert office.lead(lead_id).outcome is Outcome.LOST
    watch.look()
    assert any(topics and f"lead:{lead_id}" in topics for topics in told.topics)


def test_a_round_seals_the_journal(office: Office, watch: Watch) -> None:
    office.new()
    watch.look()
    report = office.desk.ask(seals.verify)
    assert (report.unsealed, report.problems) == (0, ())


def test_a_watcher_that_runs_hears_of_a_change_and_stops_when_told(office: Office, told: Told) -> None:
    watch = Watch(office.desk, told.listeners)
    watch.start()
    try:
        office.desk_of(Role.MANAGER).do(leads.add_note, lead_id=office.new(), note="heard")
        assert told.rang.wait(20)
    finally:
        watch.stop()
    assert not [thread for thread in threading.enumerate() if thread.name == "watch"]
    assert told.connections == []
