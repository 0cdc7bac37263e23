"""What came of an import."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that was not read: its line, the field, and the code of the sentence."""

    line: int
    field: str | None
    code: str


@dataclass(slots=True)
class Result:
    """The figures of an import, growing while it runs; `warnings` are rows that were read and should be looked at."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    already_here: int = 0
    tests: int = 0
    refused: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    import_id: int | None = None
    cancelled: bool = False
