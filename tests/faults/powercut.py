"""What a disk may hold after a power cut: a log of the recorder, cut anywhere, played onto files.

A write is certain only after a later flush of the same file; each one that was not flushed may be kept, dropped or torn into sectors of 512
bytes, in any order. A file whose removal was not flushed with its folder may be there again.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

HEAD = struct.Struct("<c7xQQII")
SECTOR = 512


class Step(NamedTuple):
    """One thing the disk was asked: W write, T truncate, S flush, U remove, O open; A is an acknowledgement to the user, its number in `offset`."""

    op: bytes
    name: str
    offset: int
    data: bytes


def read_log(log: Path) -> list[Step]:
    """All steps, in order."""
    raw, at, steps = log.read_bytes(), 0, []
    while at < len(raw):
        op, offset, length, name_length, _ = HEAD.unpack_from(raw, at)
        at += HEAD.size
        name = raw[at : at + name_length].decode()
        at += name_length
        data = raw[at : at + length] if op == b"W" else b""
        at += len(data)
        steps.append(Step(op, Path(name).name, offset, data))
    return steps


@dataclass
class Disk:
    """Files as they certainly are, and what is still on its way to them.

    Attributes:
        folder: name of the folder itself, whose flush makes removals certain.
    """

    folder: str
    stable: dict[str, bytearray]
    waiting: dict[str, list[Step]] = field(default_factory=dict)
    removed: dict[str, bytearray] = field(default_factory=dict)
    acknowledged: list[int] = field(default_factory=list)

    def take(self, step: Step) -> None:
        """Go on by one step."""
        if step.op == b"A":
            self.acknowledged.append(step.offset)
        elif step.name.endswith("-shm"):
            return  # SQLite makes it anew
        elif step.op in (b"W", b"T"):
            self.waiting.setdefault(step.name, []).append(step)
        elif step.op == b"U":
            self.removed[step.name] = self.stable.pop(step.name, bytearray())
            self.waiting[step.name] = []
        elif step.op == b"S" and step.name == self.folder:
            self.removed.clear()
        elif step.op == b"S":
            content = self.stable.setdefault(step.name, bytearray())
            for each in self.waiting.pop(step.name, []):
                _put(content, each)

    def cut(self, chance: random.Random) -> dict[str, bytes]:
        """The files after the power is gone."""
        files = {name: bytearray(content) for name, content in self.stable.items()}
        for name, content in self.removed.items():
            if name not in files and chance.random() < 0.5:
                files[name] = bytearray(content)
        for name, steps in self.waiting.items():
            content = files.setdefault(name, bytearray())
            mood = chance.random()  # a disk that writes some, none or all of it
            for step in steps:
                _perhaps(content, step, chance, chance.random() if mood < 0.7 else float(mood >= 0.85))
        return {name: bytes(content) for name, content in files.items()}


def cuts(
    steps: Sequence[Step], start: dict[str, bytes], folder: str, count: int, seed: int
) -> Iterator[tuple[dict[str, bytes], list[int]]]:
    """So many power cuts at random places: the files, and the numbers that were acknowledged until then."""
    chance = random.Random(seed)
    disk, at = Disk(folder, {name: bytearray(content) for name, content in start.items()}), 0
    for place in sorted(chance.randrange(len(steps) // 20, len(steps)) for _ in range(count)):
        for step in steps[at:place]:
            disk.take(step)
        at = place
        yield disk.cut(chance), list(disk.acknowledged)


def _put(content: bytearray, step: Step) -> None:
    if step.op == b"T":
        del content[step.offset :]
        content.extend(b"\0" * (step.offset - len(content)))
    else:
        content.extend(b"\0" * (step.offset - len(content)))
        content[step.offset : step.offset + len(step.data)] = step.data


def _perhaps(content: bytearray, step: Step, chance: random.Random, luck: float) -> None:
    if step.op == b"T":
        if luck < 0.5:
            _put(content, step)
    elif luck < 0.45:
        _put(content, step)
    elif luck < 0.6:
        for at in range(0, len(step.data), SECTOR):
            if chance.random() < 0.5:
                _put(content, Step(b"W", step.name, step.offset + at, step.data[at : at + SECTOR]))
