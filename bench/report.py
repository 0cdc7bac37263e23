"""The figures as a table and as JSON."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.goals import GOALS, Goal
from bench.measuring import Pace, Times
from bench.start_up import Start
from bench.works import Result

_HEAD = ("work", "place", "leads", "ours", "p95", "CPU", "floor", "p95", "CPU", "ratio", "by CPU", "goal", "")
_WIDTHS = (10, 6, 9, 13, 8, 9, 13, 8, 9, 8, 8, 19, 6)


def line(result: Result) -> str:
    """One row of the table; ratios are of medians by the wall clock."""
    goal = GOALS[result.key]
    place = "local" if result.is_local else "shared"
    reached = "" if (good := is_reached(result)) is None else "ok" if good else "MISSED"
    cells = (
        result.key,
        place,
        f"{result.size:,}",
        *_ours(result.ours),
        *_ours(result.floor),
        *_ratios(result),
        _asked(goal, result),
        reached,
    )
    return _row(cells)


def heading() -> str:
    """The row above."""
    return _row(_HEAD)


def growth(results: Sequence[Result]) -> list[str]:
    """How much more each work costs at the largest size than at the smallest; at most twice as much is the goal."""
    found = []
    for key, is_local in dict.fromkeys((each.key, each.is_local) for each in results):
        times = {each.size: each.ours for each in results if (each.key, each.is_local) == (key, is_local)}
        least, most = times[min(times)], times[max(times)]
        if len(times) > 1 and key != "W6":
            more = most.median / least.median if isinstance(most, Times) and isinstance(least, Times) else _slower(least, most)
            place = "local" if is_local else "shared"
            found.append(f"{key:11} {place:7} {more:5.2f}x   {'ok' if more <= 2 else 'MISSED'}")
    return found


def start_lines(start: Start) -> list[str]:
    """Start-up, in words."""
    ratio = start.window / start.empty
    lines = [
        f"process start to first painted window: {start.window:.0f} ms; an empty window with a 100-row table: {start.empty:.0f} ms; "
        f"{ratio:.2f}x (goal 1.8x) {'ok' if ratio <= 1.8 else 'MISSED'}"
    ]
    for size, more in start.usable.items():
        lines.append(f"usable Leads page after that, {size:,} leads: {more:.0f} ms (goal 500 ms) {'ok' if more <= 500 else 'MISSED'}")
    return lines


def machine() -> dict[str, Any]:
    """Where and under what load it was measured."""
    return {
        "python": platform.python_version(),
        "system": platform.platform(),
        "cores": os.cpu_count(),
        "load": [round(each, 2) for each in os.getloadavg()] if hasattr(os, "getloadavg") else [],
    }


def save(file: Path, results: Sequence[Result], start: Start | None, before: dict[str, Any]) -> None:
    """Everything as JSON."""
    rows = [
        asdict(each) | {"ratio": ratio(each), "cpu_ratio": cpu_ratio(each), "reached": is_reached(each), "goal": asdict(GOALS[each.key])}
        for each in results
    ]
    whole = {"before": before, "after": machine(), "work": rows, "start": asdict(start) if start else None}
    file.write_text(json.dumps(whole, indent=1), "utf-8")


def ratio(result: Result) -> float | None:
    """Times the floor, by the wall clock."""
    ours, floor = result.ours, result.floor
    if isinstance(ours, Times) and isinstance(floor, Times):
        return ours.median / floor.median
    return floor.by_wall / ours.by_wall if isinstance(ours, Pace) and isinstance(floor, Pace) else None


def cpu_ratio(result: Result) -> float | None:
    """Times the floor, by this process's CPU: steadier where other work shares the machine; says nothing of a server's share."""
    ours, floor = result.ours, result.floor
    if not result.is_local:
        return None
    if isinstance(ours, Times) and isinstance(floor, Times):
        return ours.cpu / floor.cpu
    return floor.by_cpu / ours.by_cpu if isinstance(ours, Pace) and isinstance(floor, Pace) else None


def is_reached(result: Result) -> bool | None:
    """Whether every goal of this work at this size is reached; None when it has none here."""
    goal, found = GOALS[result.key], []
    asked, more = goal.ratio_of(is_local=result.is_local), ratio(result)
    if asked is not None and more is not None:
        found.append(more <= asked)
    if isinstance(result.ours, Times) and (most := goal.most_at(result.size)) is not None:
        found.append(result.ours.median <= most)
    if isinstance(result.ours, Pace) and (least := goal.rate_at(result.size)) is not None:
        found.append(result.ours.by_wall >= least)
    return all(found) if found else None


def _slower(least: Times | Pace, most: Times | Pace) -> float:
    return least.by_wall / most.by_wall if isinstance(least, Pace) and isinstance(most, Pace) else 0.0


def _ours(found: Times | Pace | None) -> tuple[str, str, str]:
    if found is None:
        return "", "", ""
    if isinstance(found, Pace):
        return f"{found.by_wall:,.0f} rows/s", "", f"{found.by_cpu:,.0f}/s"
    return f"{found.median:.3f} ms", f"{found.p95:.2f}", f"{found.cpu:.3f}"


def _ratios(result: Result) -> tuple[str, str]:
    found, by_cpu = ratio(result), cpu_ratio(result)
    return "" if found is None else f"{found:.2f}x", "" if by_cpu is None else f"{by_cpu:.2f}x"


def _asked(goal: Goal, result: Result) -> str:
    asked, most, least = goal.ratio_of(is_local=result.is_local), goal.most_at(result.size), goal.rate_at(result.size)
    told = [f"{asked:g}x" if asked else "", f"{most:g} ms" if most else "", f"{least:g} rows/s" if least else ""]
    return ", ".join(each for each in told if each)


def _row(cells: Sequence[str]) -> str:
    return " ".join(cell.ljust(width) for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip()
