"""What is measured and what quality.md section 1 asks of it."""

from __future__ import annotations

from dataclasses import dataclass

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Goal:
    """One piece of work and its goals; None where there is none.

    Attributes:
        ratio: times the floor at most, of a local and of a shared practice.
        most: milliseconds at most, and at a million leads.
        rate: rows each second at least, and at a million leads.
    """

    key: str
    work: str
    ratio: tuple[float | None, float | None] = (None, None)
    most: tuple[float | None, float | None] = (None, None)
    rate: tuple[float | None, float | None] = (None, None)
    grows: bool = True

    def ratio_of(self, *, is_local: bool) -> float | None:
        """The ratio to the floor that is asked for."""
        return self.ratio[0 if is_local else 1]

    def most_at(self, size: int) -> float | None:
        """The milliseconds that are asked for."""
        return self.most[size >= MILLION]

    def rate_at(self, size: int) -> float | None:
        """The rows each second that are asked for."""
        return self.rate[size >= MILLION]


GOALS = {
    goal.key: goal
    for goal in (
        Goal("W1", "create a lead, committed", ratio=(5, 3)),
        Goal("W2 attempt", "log an attempt, committed", ratio=(6, 3)),
        Goal("W2 lost", "change to lost with a reason, committed", ratio=(6, 3)),
        Goal("W3 list", "first 100 open leads of one owner by next follow-up", ratio=(10, 10), most=(None, 6)),
        Goal("W3 queue", "the work queue of one owner", ratio=(10, 10), most=(None, 6)),
        Goal("W4 name", "find by part of a name", ratio=(5, 5), most=(None, 15)),
        Goal("W4 digits", "find by any 7 digits of a phone", most=(1, 2)),
        Goal("W4 end", "find by the end of a phone", most=(1, 2)),
        Goal("W4 typing", "each keystroke of a name typed in Find", most=(50, 50)),
        Goal("W6", "import a file with mapping, duplicate check, rules, journal", rate=(8000, 5000)),
        Goal("W7", "apply due timers", rate=(3000, 3000)),
        Goal("W8", "open one lead with its timeline", most=(3, 3)),
    )
}
