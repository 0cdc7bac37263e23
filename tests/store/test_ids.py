"""Ids: rising, unique across threads, carrying their time."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

from frontdesk.store.ids import Ids
from tests.databases import NOW


def test_ids_rise_even_when_many_are_made_in_one_millisecond() -> None:
    ids = Ids()
    made = [ids.new(NOW) for _ in range(1000)]
    assert made == sorted(set(made))


def test_ids_rise_even_when_the_clock_is_set_back() -> None:
    ids = Ids()
    assert ids.new(NOW) < ids.new(NOW - timedelta(days=400))


def test_an_id_carries_its_time_in_milliseconds() -> None:
    at = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)
    assert Ids().new(at) >> 21 == int(at.timestamp() * 1000)


def test_ids_fit_into_63_bits_for_a_century() -> None:
    assert 0 < Ids().new(datetime(2100, 1, 1, tzinfo=UTC)) < 1 << 63


def test_two_programs_in_one_millisecond_rarely_make_the_same_id() -> None:
    assert len({Ids().new(NOW) for _ in range(50)}) > 45


def test_threads_never_get_the_same_id() -> None:
    ids = Ids()
    made: list[int] = []

    def make() -> None:
        made.extend(ids.new(NOW) for _ in range(500))

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 2000
