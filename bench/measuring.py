"""Times and how they are taken: the floor and the program in turns, so that whatever else the machine does meets both alike."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from time import perf_counter_ns, process_time_ns
from typing import Any

WARM = 3
LEAST = 10


@dataclass(frozen=True, slots=True)
class Times:
    """Many runs of one piece of work: milliseconds by the wall clock, and of this process's CPU."""

    runs: int
    median: float
    p95: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Pace:
    """One long piece of work: rows each second by the wall clock, and by this process's CPU."""

    rows: int
    seconds: float
    cpu_seconds: float

    @property
    def by_wall(self) -> float:
        return self.rows / self.seconds

    @property
    def by_cpu(self) -> float:
        return self.rows / self.cpu_seconds


def in_turns(items: Iterable[Any], *works: Callable[[Any], object], cap_seconds: float = 60) -> list[Times]:
    """Each work once for each item, one after the other; the first few rounds only warm up."""
    kept: list[list[tuple[int, int]]] = [[] for _ in works]
    gc.collect()
    start = perf_counter_ns()
    for index, item in enumerate(items):
        for work, samples in zip(works, kept, strict=True):
            sample = _once(work, item)
            if index >= WARM:
                samples.append(sample)
        if len(kept[0]) >= LEAST and perf_counter_ns() - start > cap_seconds * 1e9:
            break
    return [_times(samples) for samples in kept]


def pace(work: Callable[[], int]) -> Pace:
    """One long work that says how many rows it did."""
    gc.collect()
    cpu, wall = process_time_ns(), perf_counter_ns()
    rows = work()
    wall, cpu = perf_counter_ns() - wall, process_time_ns() - cpu
    return Pace(rows, wall / 1e9, max(cpu, 1) / 1e9)


def _once(work: Callable[[Any], object], item: Any) -> tuple[int, int]:
    cpu, wall = process_time_ns(), perf_counter_ns()
    work(item)
    return perf_counter_ns() - wall, process_time_ns() - cpu


def _times(samples: Sequence[tuple[int, int]]) -> Times:
    walls = sorted(wall / 1e6 for wall, _ in samples)
    return Times(
        len(walls),
        statistics.median(walls),
        walls[min(len(walls) - 1, int(len(walls) * 0.95))],
        statistics.median(c / 1e6 for _, c in samples),
    )
