"""How long the program takes to show itself: fresh processes, in turns with one that shows an empty window with a table of 100 rows."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.loading import ROOT


@dataclass(frozen=True, slots=True)
class Start:
    """Milliseconds from the start of a process: to its first painted window, and from then to a usable page, by number of leads."""

    empty: float
    window: float
    usable: Mapping[int, float] = field(default_factory=dict)


def measure(files: Mapping[int, Path], runs: int, home: Path) -> Start:
    """Start each several times, in turns; the first round only warms the file cache."""
    empty: list[float] = []
    windows: list[float] = []
    usable: dict[int, list[float]] = {size: [] for size in files}
    for run in range(runs + 1):
        seen = _started(home, "empty")
        for size, file in files.items():
            found = _started(home, "window", str(file))
            if run:
                windows.append(found["painted"])
                usable[size].append(found["usable"] - found["painted"])
        if run:
            empty.append(seen["painted"])
    medians = {size: statistics.median(each) for size, each in usable.items()}
    return Start(statistics.median(empty), statistics.median(windows), medians)


def _started(home: Path, *words: str) -> dict[str, Any]:
    """One process; it says the moments by the clock that all processes share. It remembers nothing of this computer, and keeps nothing there."""
    places = {name: str(home / name) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")}
    compiled = {"PYTHONPYCACHEPREFIX": str(home / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}  # as on a computer that has run it before
    environment = (
        os.environ | places | compiled | {"QT_QPA_PLATFORM": "minimal", "PYTHONPATH": str(ROOT)}
    )  # offscreen, nobody would see the first frame: it is left out
    begun = time.time_ns()
    command = [sys.executable, "-m", "bench.window", *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd=ROOT)
    told: dict[str, int] = json.loads(done.stdout.strip().splitlines()[-1])
    return {name: (moment - begun) / 1e6 for name, moment in told.items()}
