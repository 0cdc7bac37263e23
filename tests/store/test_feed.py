"""News for other desks: nothing missed, nothing twice, whatever order transactions commit in; and the bell."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import bindparam, update

from frontdesk.store import feed
from frontdesk.store import tables as t
from frontdesk.store.engine import Database, open_database
from tests.databases import NOW, reading, writing
from tests.store.rows import add_person, add_source

SET_TOKEN = update(t.feed).where(t.feed.c.id == 1).values(token=bindparam("token_now"))


def start(database: Database) -> feed.Cursor:
    with reading(database) as tx:
        return feed.start(tx)


def news(database: Database, cursor: feed.Cursor) -> feed.News:
    with reading(database) as tx:
        return feed.news(tx, cursor)


def test_no_news_when_nothing_happened(database: Database) -> None:
    found = news(database, start(database))
    assert (found.topics, found.everything) == (frozenset(), False)


def test_news_name_the_topics_that_the_writer_had(database: Database) -> None:
    cursor = start(database)
    with writing(database) as tx:
        add_source(tx, "A")
        add_person(tx, "Ada")
        topics = frozenset(tx.topics)
    assert news(database, cursor).topics == topics


def test_news_come_once(database: Database) -> None:
    cursor = start(database)
    with writing(database) as tx:
        add_source(tx, "A")
    first = news(database, cursor)
    assert first.topics == {"sources"}
    assert news(database, first.cursor).topics == frozenset()


def test_a_transaction_that_commits_late_is_not_missed(shared_database: Database) -> None:
    cursor = start(shared_database)
    with writing(shared_database) as slow:
        early = add_person(slow, "Early number")
        slow.send()
        with writing(shared_database) as quick:
            late = add_person(quick, "Late number")
        first = news(shared_database, cursor)
    second = news(shared_database, first.cursor)
    assert first.topics == {f"person:{late}"}
    assert second.topics == {f"person:{early}"}


def test_a_transaction_that_was_rolled_back_is_no_news(database: Database) -> None:
    cursor = start(database)

    def fail() -> None:
        with writing(database) as tx:
            add_source(tx, "A")
            tx.send()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert news(database, cursor).topics == frozenset()


def test_many_writers_at_once_and_nothing_missed_or_told_twice(shared_database: Database) -> None:
    cursor = start(shared_database)
    written: list[int] = []

    def write() -> None:
        for _ in range(15):
            with writing(shared_database) as tx:
                written.append(add_person(tx, "P"))

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    told: list[str] = []
    while any(thread.is_alive() for thread in threads):
        found = news(shared_database, cursor)
        cursor, told = found.cursor, [*told, *found.topics]
    told += news(shared_database, cursor).topics
    assert sorted(told) == sorted(f"person:{person_id}" for person_id in written)


def test_more_than_is_worth_telling_means_everything(database: Database) -> None:
    cursor = start(database)
    with writing(database) as tx:
        for n in range(feed.MOST + 1):
            add_person(tx, str(n))
    assert news(database, cursor).everything


def test_another_token_means_everything(database: Database) -> None:
    cursor = start(database)
    with writing(database) as tx:
        tx.write(SET_TOKEN, token_now="restored")
    found = news(database, cursor)
    assert found.everything
    assert news(database, found.cursor).everything is False


def test_a_table_without_a_topic_is_told_by_its_lead_and_person_only(database: Database) -> None:
    cursor = start(database)
    with writing(database) as tx:
        tx.insert(t.feed, {"id": 2, "token": "x"}, lead_id=5)
    assert news(database, cursor).topics == {"lead:5", "leads"}


def test_the_bell_rings_when_another_connection_commits(database: Database) -> None:
    bell = database.bell()
    with writing(database) as tx:
        add_source(tx, "A")
    assert bell.wait(5)
    assert not bell.wait(0)
    bell.close()


def test_the_bell_rings_for_another_program(local_database: Database) -> None:
    bell = local_database.bell()
    with open_database(local_database.home.path, now=NOW) as other, writing(other) as tx:  # type: ignore[union-attr]  # a local database has a path
        add_source(tx, "A")
    assert bell.wait(5)
    bell.close()


def test_the_bell_lets_go_when_it_is_stopped(database: Database) -> None:
    bell = database.bell()
    answers: list[bool] = []
    thread = threading.Thread(target=lambda: answers.append(bell.wait(60)))
    thread.start()
    bell.stop()
    thread.join(10)
    assert answers == [False]
    bell.close()
