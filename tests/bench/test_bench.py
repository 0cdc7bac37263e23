"""The bench runs, small: every work is done on both databases, beside its floor, in a practice that the program finds nothing wrong with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench import __main__ as bench
from bench import invented, loading, report, server, start_up
from bench.goals import GOALS, Goal
from bench.loading import Clock
from bench.measuring import Pace, Times
from bench.works import Result
from frontdesk.services import lists
from frontdesk.store import totals

SIZE = 300


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test's filled databases are kept, instead of beside those of a real run."""
    monkeypatch.setattr(loading, "folder", lambda: tmp_path)
    return tmp_path


@pytest.fixture
def one_server(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server of the tests, instead of one of the bench's own."""
    name = postgres_url.partition("@/")[2].partition("?")[0]
    url = postgres_url.replace(f"/{name}?", "/postgres?")

    @contextmanager
    def running(_: Path) -> Iterator[server.Server]:
        yield server.Server(url)

    monkeypatch.setattr(server, "running", running)


@pytest.mark.usefixtures("one_server")
def test_every_work_is_measured_on_both_databases(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder / "figures.json"
    assert bench.main(["--quick", "--sizes", str(SIZE), "--only", "W", "--json", str(file)]) == 0
    work = json.loads(file.read_text("utf-8"))["work"]
    assert sorted((each["key"], each["is_local"]) for each in work) == sorted((key, local) for key in GOALS for local in (True, False))
    assert len(capsys.readouterr().out.splitlines()) >= len(work)


def test_a_filled_practice_is_sound(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    file = loading.local_copy(folder, SIZE, tmp_path / "work")
    with loading.desk_at(file, Clock()) as desk:
        assert desk.database.problems() == []
        assert desk.ask(totals.differences) == []
        assert desk.ask(lists.counts, views=[lists.EVERY]) == [SIZE]


def test_a_lead_of_a_filled_practice_is_found_and_shown_with_its_past(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    file = loading.local_copy(folder, SIZE, tmp_path / "work")
    with loading.desk_at(file, Clock()) as desk:
        lead = invented.invented(0, SIZE)
        found = [line.id for line in desk.ask(lists.find, text=lead.digits[-7:])]
        assert found
        assert len(desk.ask(lists.profile, lead_id=found[0]).timeline) == invented.ACTIVITIES


def test_the_same_practice_is_invented_at_every_run() -> None:
    assert invented.invented(7, 1000) == invented.invented(7, 1000)
    assert len({lead.digits for lead in invented.leads(1000)}) == 1000


def test_a_goal_is_reached_only_when_ratio_and_milliseconds_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(GOALS, "W1", Goal("W1", "", ratio=(5, 3), most=(2, 2)))
    floor = Times(10, median=0.5, p95=1, cpu=0.5)
    assert report.is_reached(Result("W1", is_local=True, size=10, ours=Times(10, 1.9, 3, 1), floor=floor)) is True
    assert report.is_reached(Result("W1", is_local=True, size=10, ours=Times(10, 2.1, 3, 1), floor=floor)) is False
    assert report.is_reached(Result("W1", is_local=False, size=10, ours=Times(10, 1.9, 3, 1), floor=floor)) is False


def test_growth_says_what_costs_more_than_twice_as_much() -> None:
    small, large = (Result("W7", is_local=True, size=size, ours=Pace(100, seconds, seconds)) for size, seconds in ((10, 1.0), (1000, 3.0)))
    assert report.growth([small, large]) == ["W7          local    3.00x   MISSED"]


@pytest.mark.slow
def test_the_start_is_measured_beside_an_empty_window(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    file = loading.local_copy(folder, SIZE, tmp_path / "work")
    start = start_up.measure({SIZE: file}, runs=1, home=tmp_path)
    assert start.empty > 0
    assert start.window > 0
    assert start.usable[SIZE] > 0
