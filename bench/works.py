"""The measured work, each through the public service function, in turns with its floor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench import invented
from bench.floor import Floor
from bench.invented import NOW, OWNERS, Invented
from bench.loading import Clock
from bench.measuring import Pace, Times, in_turns, pace
from bench.rows import JOURNALLED, lead_id
from frontdesk.domain.lines import Filter, Sort
from frontdesk.domain.rules import Answers
from frontdesk.domain.workflow import Disposition, Outcome
from frontdesk.services import attempts, imports, leads, lists, timers
from frontdesk.services.desk import Desk
from frontdesk.services.imports import Wishes
from frontdesk.services.leads import LeadFacts
from frontdesk.services.people import PersonFields
from frontdesk.services.queue import work_queue

PIECE, DIGITS = 5, 7


@dataclass(frozen=True, slots=True)
class Result:
    """One piece of work at one size in one kind of database."""

    key: str
    is_local: bool
    size: int
    ours: Times | Pace
    floor: Times | Pace | None = None


@dataclass(frozen=True, slots=True)
class Amounts:
    """How often each work is done; fewer for a quick look."""

    reads: int = 200
    writes: int = 300
    profiles: int = 200
    rows: int = 10_000
    due: int = 1000


QUICK = Amounts(reads=15, writes=15, profiles=5, rows=200, due=20)


class Works:
    """All work on one practice and its floor."""

    def __init__(self, desk: Desk, clock: Clock, floor: Floor, *, size: int, amounts: Amounts, folder: Path) -> None:
        self.desk, self.clock, self.floor, self.folder = desk, clock, floor, folder
        self.size, self.amounts = size, amounts
        known = desk.ask(lists.choices)
        named = {member.name: member for member in known.members}
        self.owners = [named[f"Owner {place}"] for place in range(OWNERS)]
        sources = {label: key for key, label in known.sources.items()}
        self.sources = [sources[label] for label in invented.SOURCES + invented.MORE_SOURCES]

    def results(self, only: str = "") -> Iterator[Result]:
        """Everything whose name begins so, reading first, since writing adds to the practice."""
        for key, work in self._every().items():
            if key.startswith(only):
                ours, floor = work()
                yield Result(key, self.desk.database.is_local, self.size, ours, floor)

    def _every(self) -> dict[str, Callable[[], tuple[Times | Pace, Times | Pace | None]]]:
        return {
            "W3 list": self._list,
            "W3 queue": self._queue,
            "W4 name": self._find_name,
            "W4 digits": self._find_digits,
            "W4 end": self._find_end,
            "W4 typing": self._type,
            "W8": self._profile,
            "W1": self._create,
            "W2 attempt": self._attempt,
            "W2 lost": self._lose,
            "W7": self._give_up,
            "W6": self._read_in,
        }

    # ------------------------------------------------------------------------------------------------------ reading

    def _list(self) -> tuple[Times, Times]:
        by_date = Sort("next_follow_up", descending=False)

        def ours(owner: int) -> None:
            mine = Filter(owner=(self.owners[owner].id,), outcome=(Outcome.OPEN,))
            self.desk.ask(lists.first_lines, wanted=mine, sort=by_date, limit=100)

        return self._beside([each % OWNERS for each in range(self.amounts.reads)], ours, self.floor.page)

    def _queue(self) -> tuple[Times, Times]:
        desks = [Desk(self.desk.database, owner, self.clock) for owner in self.owners]
        turns = [each % OWNERS for each in range(self.amounts.reads)]
        return self._beside(turns, lambda owner: desks[owner].ask(work_queue), self.floor.page)

    def _find_name(self) -> tuple[Times, Times]:
        parts = [each.last[:PIECE].lower() for each in self._some(1)]
        return self._beside(parts, self._find, self.floor.find_name)

    def _find_digits(self) -> tuple[Times, Times]:
        return self._beside([each.digits for each in self._some(2)], lambda number: self._find(number[3:10]), self._tail)

    def _find_end(self) -> tuple[Times, Times]:
        return self._beside([each.digits for each in self._some(3)], lambda number: self._find(number[-DIGITS:]), self._tail)

    def _type(self) -> tuple[Times, None]:
        typed = [each.name[:end] for each in self._some(4)[: self.amounts.reads // 5] for end in range(1, len(each.name) + 1)]
        return in_turns(typed, self._find)[0], None

    def _profile(self) -> tuple[Times, None]:
        numbers = range(0, self.size, JOURNALLED)
        step = max(1, len(numbers) // self.amounts.profiles)
        ids = [lead_id(invented.invented(number, self.size)) for number in numbers[::step]]
        return in_turns(ids, lambda each: self.desk.ask(lists.profile, lead_id=each))[0], None

    # ------------------------------------------------------------------------------------------------------ writing

    def _create(self) -> tuple[Times, Times]:
        def ours(lead: Invented) -> None:
            person = PersonFields(lead.first, lead.last, (lead.phone,), (lead.email,))
            facts = LeadFacts(source_id=self.sources[lead.source], owner_id=self.owners[lead.owner].id)
            self.desk.do(leads.create_lead, person=person, facts=facts, channel="call")

        new = [replace(each, status="new", closed=None) for each in invented.arrivals(self.amounts.writes, self.size)]
        return self._beside(new, ours, self.floor.create)

    def _attempt(self) -> tuple[Times, Times]:
        def ours(lead: Invented) -> None:
            no_answer = Disposition.NO_ANSWER
            self.desk.do(attempts.log_attempt, lead_id=lead_id(lead), version=1, channel="call", disposition=no_answer)

        return self._beside(self._open()[0::2], ours, lambda lead: self.floor.lose(lead.number))

    def _lose(self) -> tuple[Times, Times]:
        def ours(lead: Invented) -> None:
            answers = Answers(invented.REASONS[0])
            self.desk.do(leads.change_status, lead_id=lead_id(lead), version=1, to="lost", answers=answers)

        return self._beside(self._open()[1::2], ours, lambda lead: self.floor.lose(lead.number))

    def _give_up(self) -> tuple[Pace, None]:
        """The clock is moved to where so many timers are due; what is not due must not cost anything."""
        due = sorted(each.timer for each in self._waiting())[: self.amounts.due]
        self.clock.now = due[-1]

        def ours() -> int:
            done = 0
            while applied := self.desk.do(timers.apply_due).value:
                done += applied
            return done

        try:
            return pace(ours), None
        finally:
            self.clock.now = NOW

    def _read_in(self) -> tuple[Pace, Pace]:
        file = self.folder / "leads.csv"
        invented.write_file(file, invented.arrivals(self.amounts.rows, self.size, skip=100_000))

        def ours() -> int:
            return imports.run(self.desk, imports.prepare(self.desk, file, Wishes())).created

        return pace(ours), pace(lambda: self.floor.read_in(file))

    # -------------------------------------------------------------------------------------------------------- which

    def _beside(self, items: list[Any], ours: Callable[[Any], object], floor: Callable[[Any], object]) -> tuple[Times, Times]:
        found, beside = in_turns(items, ours, floor)
        return found, beside

    def _find(self, text: str) -> None:
        self.desk.ask(lists.find, text=text)

    def _tail(self, digits: str) -> None:
        self.floor.find_digits(digits[-DIGITS:])

    def _some(self, seed: int) -> list[Invented]:
        return invented.some(self.amounts.reads, self.size, seed)

    def _open(self) -> list[Invented]:
        """Leads with a follow-up, for both kinds of W2."""
        return [each for each in invented.some(20 * self.amounts.writes, self.size, 5) if each.follow_up][: 2 * self.amounts.writes]

    def _waiting(self) -> list[Any]:
        return [each for each in invented.leads(self.size) if each.timer is not None]
