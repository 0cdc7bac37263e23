"""What another desk changed is told, once, and what is due is done."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from datetime import datetime

import psycopg
import pytest
from typing_extensions import override

from frontdesk.domain.problems import Refused
from frontdesk.domain.workflow import Disposition, Outcome, Role
from frontdesk.services import attempts, leads
from frontdesk.services.desk import Desk
from frontdesk.services.people import PersonFields
from frontdesk.services.watch import Listeners, Watch
from frontdesk.store import seals
from frontdesk.store.engine import Database, open_database
from frontdesk.store.faults import TryAgain
from tests.services.practice import Clock, Office, begin


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


class Line:
    """A clock that fails as a lost connection would, while a test says so."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.fails_with: Exception | None = None

    def __call__(self) -> datetime:
        if self.fails_with is not None:
            raise self.fails_with
        return self.office.clock.now


@pytest.fixture
def line(office: Office) -> Line:
    return Line(office)


class Heard(Told):
    """A window that a test waits for."""

    def __init__(self) -> None:
        super().__init__()
        self.told = threading.Event()

    @property
    @override
    def listeners(self) -> Listeners:
        def connected(is_connected: bool) -> None:
            self.connections.append(is_connected)
            self.told.set()

        return Listeners(self.changed, connected)


@pytest.mark.parametrize("problem", [Refused("database_unreachable"), TryAgain("40001")])
def test_a_lost_connection_is_told_once_and_so_is_its_return(office: Office, line: Line, problem: Exception) -> None:
    heard = Heard()
    watch = Watch(Desk(office.database, office.desk.who, line), heard.listeners)
    watch.start()
    try:
        line.fails_with = problem
        office.new("Ann One")
        assert heard.told.wait(20)
        heard.told.clear()
        line.fails_with = None
        office.new("Bo Two")
        assert heard.told.wait(20)
    finally:
        watch.stop()
    assert heard.connections == [False, True]


def test_a_round_that_fails_strangely_is_logged_without_its_words_and_the_next_one_goes_on(
    office: Office, line: Line, log_warnings: list[logging.LogRecord]
) -> None:
    heard = Heard()
    watch = Watch(Desk(office.database, office.desk.who, line), heard.listeners)
    watch.start()
    try:
        line.fails_with = KeyError("Mia Meyer")
        office.new("Ann One")
        while not log_warnings:
            assert not heard.rang.wait(0.05)
        line.fails_with = None
        office.new("Bo Two")
        assert heard.rang.wait(20)
    finally:
        watch.stop()
    assert "Mia" not in "".join(each.getMessage() for each in log_warnings)
    log_warnings.clear()


def test_after_the_server_ended_all_connections_the_watcher_hears_again(shared_database: Database, clock: Clock, shared_url: str) -> None:
    office, heard = begin(shared_database, clock), Heard()
    watch = Watch(office.desk, heard.listeners)
    watch.start()
    try:
        with psycopg.connect(shared_url.replace("+psycopg", "")) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'frontdesk'"
            )
        assert heard.told.wait(20)
        heard.told.clear()
        assert heard.told.wait(20)
        heard.rang.clear()
        with open_database(shared_url, now=clock.now) as again:
            Desk(again, office.desk.who, clock).do(leads.create_lead, person=PersonFields("Ann"))
        assert heard.rang.wait(20)
    finally:
        watch.stop()
    assert heard.connections == [False, True]
