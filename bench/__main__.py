"""`python -m bench`: every work at every size, local and shared, with the floor in the same run; then the start of the program."""

from __future__ import annotations

import argparse
import gc
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from bench import floor, loading, report, server, start_up
from bench.loading import Clock
from bench.start_up import Start
from bench.works import QUICK, Amounts, Result, Works
from frontdesk.__main__ import COLLECT_AFTER

SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
START = "start"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    words = _read(arguments)
    gc.set_threshold(COLLECT_AFTER)
    before, results, start = report.machine(), [], None
    sizes = [SIZES.get(each.lower()) or int(each) for each in words.sizes.split(",")]
    print(
        f"load {before['load']}, {before['cores']} cores, Python {before['python']}; times by the wall clock, CPU of this process",
        flush=True,
    )
    with tempfile.TemporaryDirectory(prefix="frontdesk-bench-work-") as work:
        if not words.only.startswith(START):
            print(report.heading(), flush=True)
            for result in _results(words, sizes, Path(work)):
                results.append(result)
                print(report.line(result), flush=True)
        if words.only in ("", START):
            start = _start(sizes, Path(work), runs=2 if words.quick else 9)
    for text in [*report.growth(results), *(report.start_lines(start) if start else [])]:
        print(text, flush=True)
    if words.json:
        report.save(Path(words.json), results, start, before)
    return 0


def _read(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--sizes", default=",".join(SIZES), help="10k, 100k, 1m or numbers, with commas; all three unless told")
    parser.add_argument("--quick", action="store_true", help="a few runs of each: whether it works, not how fast it is")
    parser.add_argument("--only", default="", help="W1, W2, … or start")
    parser.add_argument("--json", default="", help="write the figures to this file too")
    parser.add_argument("--no-postgres", action="store_true", help="the local database only")
    return parser.parse_args(arguments)


def _results(words: argparse.Namespace, sizes: Sequence[int], work: Path) -> Iterator[Result]:
    amounts = QUICK if words.quick else Amounts()
    with ExitStack() as stack:
        running = None if words.no_postgres else stack.enter_context(server.running(loading.server_folder()))
        for size in sizes:
            yield from _local(size, work, amounts, words.only)
            if running is not None:
                yield from _shared(running, size, work, amounts, words.only)


def _local(size: int, work: Path, amounts: Amounts, only: str) -> Iterator[Result]:
    clock, place = Clock(), loading.folder()
    file = loading.local_copy(place, size, work)
    beside = loading.floor_copy(place, size, work, lambda made: floor.fill_local(made, size))
    with loading.desk_at(file, clock) as desk, floor.local(beside) as raw:
        yield from Works(desk, clock, raw, size=size, amounts=amounts, folder=work).results(only)
    for each in (file, beside):
        each.unlink()


def _shared(running: server.Server, size: int, work: Path, amounts: Amounts, only: str) -> Iterator[Result]:
    clock = Clock()
    url = loading.shared_copy(running, size)
    beside = loading.shared_floor_copy(running, size, lambda made: floor.fill_shared(running, made, size))
    with loading.desk_at(url, clock) as desk, floor.shared(running, beside) as raw:
        yield from Works(desk, clock, raw, size=size, amounts=amounts, folder=work).results(only)
    for name in ("work", beside):
        running.drop(name)


def _start(sizes: Sequence[int], work: Path, runs: int) -> Start:
    largest = max(sizes)
    return start_up.measure({largest: loading.local_copy(loading.folder(), largest, work)}, runs, work)


if __name__ == "__main__":
    raise SystemExit(main())
