"""Invented leads over a year, worked by the real rules: something to look at before there is anything of one's own (`run --example`)."""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from frontdesk.domain.problems import Refused
from frontdesk.domain.records import StaffMember
from frontdesk.domain.rules import Answers
from frontdesk.domain.workflow import Disposition, Role
from frontdesk.services import appointments, attempts, leads, money, timers
from frontdesk.services.desk import Desk
from frontdesk.services.people import PersonFields
from frontdesk.store import staff
from frontdesk.store.tx import Tx

SEED = 20261122
DAYS = 365
FIRST_NAMES = [
    "Aisha",
    "Amara",
    "Anna",
    "Ben",
    "Bruno",
    "Carla",
    "Chloe",
    "Daniel",
    "Dina",
    "Dmitri",
    "Elena",
    "Emma",
    "Farid",
    "Fiona",
    "Grace",
    "Hannah",
    "Hugo",
    "Ines",
    "Ivan",
    "Jamal",
    "Joan",
    "Jonas",
    "Julia",
    "Karim",
    "Lena",
    "Lin",
    "Lucía",
    "Luis",
    "Marcus",
    "Maria",
    "Mei",
    "Mia",
    "Nadia",
    "Noah",
    "Olga",
    "Omar",
    "Owen",
    "Paula",
    "Pedro",
    "Priya",
    "Rosa",
    "Samir",
    "Sara",
    "Sofia",
    "Tariq",
    "Tom",
    "Uma",
    "Viktor",
    "Wanda",
    "Yuki",
    "Zara",
]
LAST_NAMES = [
    "Ahmed",
    "Bauer",
    "Bell",
    "Berg",
    "Carter",
    "Costa",
    "Cruz",
    "Diaz",
    "Edwards",
    "Eriksen",
    "Fernández",
    "Fischer",
    "Fontaine",
    "Garcia",
    "Haddad",
    "Hall",
    "Hughes",
    "Ito",
    "Jensen",
    "Kaya",
    "Khan",
    "Kim",
    "Kowalski",
    "Lindqvist",
    "Lopez",
    "Martin",
    "Meyer",
    "Moreau",
    "Nair",
    "Novak",
    "Okafor",
    "Osei",
    "Park",
    "Petrov",
    "Rahman",
    "Rossi",
    "Santos",
    "Schmidt",
    "Silva",
    "Singh",
    "Suzuki",
    "Tanaka",
    "Torres",
    "Ueda",
    "Vogel",
    "Volkov",
    "Weber",
    "Whitfield",
    "Wong",
    "Zhang",
]
SOURCES = (("Google Ads", "Digital", 30), ("Website", "Digital", 25), ("Facebook", "Digital", 12), ("Instagram", "Digital", 8))
MORE_SOURCES = (("Referral", "Referral", 15), ("Newsletter", "Digital", 5), ("Phone", "Other", 5))
INTERESTS = (
    "Veneers",
    "Dental implants",
    "Invisalign",
    "Teeth whitening",
    "Clear aligners",
    "Crown replacement",
    "Full check-up",
    "Night guard",
)
COLLEAGUES = (
    ("Amara Okoye", Role.RECEPTIONIST),
    ("Joan Price", Role.MANAGER),
    ("Lin Wu", Role.RECEPTIONIST),
    ("Carlos Vega", Role.CALL_CENTRE),
)
REASONS = ("price_shopping", "found_another_provider", "customer_availability", "insurance", "consultation_fee_too_high")
OUTCOMES = (Disposition.NO_ANSWER, Disposition.LEFT_MESSAGE, Disposition.SPOKE)


@dataclass(order=True, slots=True)
class Step:
    """What happens next to one lead, and when."""

    at: datetime
    number: int
    act: str
    lead_id: int = 0


class Year:
    """One invented year of a practice, played step by step in the order of time."""

    def __init__(self, desk: Desk, count: int) -> None:
        self._chance = random.Random(SEED)  # noqa: S311 - the same examples every time, not a secret
        self._end = desk.clock()
        self._at = self._end - timedelta(days=DAYS)
        self._people = [desk.who, *(desk.do(_hire).value or ())]
        self._desk = Desk(desk.database, desk.who, lambda: self._at)
        self._steps = [Step(self._some_time(), number, "create") for number in range(count)]
        heapq.heapify(self._steps)

    def play(self) -> Iterator[int]:
        """Play all steps, telling how many days of the year have passed."""
        while self._steps and self._steps[0].at < self._end:
            step = heapq.heappop(self._steps)
            self._at = step.at
            self._desk.do(timers.apply_due)
            try:
                getattr(self, f"_{step.act}")(step)
            except Refused:
                continue  # the lead was closed meanwhile, or asks for something this invented person has not got
            yield DAYS - (self._end - self._at).days

    def _some_time(self) -> datetime:
        """A moment of the year, in working hours, denser towards the end."""
        days = DAYS * self._chance.random() ** 0.7
        start = self._end - timedelta(days=DAYS)
        day = (start + timedelta(days=days)).replace(hour=9, minute=0, second=0, microsecond=0)
        return min(day + timedelta(minutes=self._chance.randrange(0, 480)), self._end - timedelta(minutes=self._chance.randrange(3, 300)))

    def _then(self, step: Step, act: str, **after: float) -> None:
        heapq.heappush(self._steps, replace(step, at=self._at + timedelta(**after), act=act))

    def _create(self, step: Step) -> None:
        number = step.number
        first, last = self._chance.choice(FIRST_NAMES), self._chance.choice(LAST_NAMES)
        person = PersonFields(first, last, (f"(206) 555-{number % 10_000:04d}",), (f"{first}.{last}{number}@example.com".lower(),))
        sources = (*SOURCES, *MORE_SOURCES)
        source, channel, _ = self._chance.choices(sources, [weight for *_, weight in sources])[0]
        owner = self._chance.choice((*self._people, None))
        facts = leads.LeadFacts(
            interest=self._chance.choice(INTERESTS),
            owner_id=owner.id if owner else None,
            important=self._chance.random() < 0.06,
            estimate=self._price(),
        )
        made = self._desk.do(leads.enter_lead, person=person, facts=facts, source=source, source_channel=channel, channel="web_form")
        step.lead_id = made.value or 0
        self._then(step, "attempt", minutes=self._chance.choice((4, 9, 25, 70, 300)))

    def _attempt(self, step: Step) -> None:
        self._work_as_somebody()
        disposition = self._chance.choices(OUTCOMES, (5, 3, 4))[0]
        ruling = self._desk.do(attempts.log_attempt, lead_id=step.lead_id, channel="call", disposition=disposition).value
        if disposition is Disposition.SPOKE:
            self._then(step, self._chance.choices(("book", "lose", "attempt"), (6, 2, 2))[0], minutes=5)
        elif ruling is not None and ruling.case.lead.next_follow_up is not None:
            late = timedelta(minutes=self._chance.choice((0, 2, 15, 90)))
            heapq.heappush(self._steps, replace(step, at=ruling.case.lead.next_follow_up + late, act="attempt"))

    def _book(self, step: Step) -> None:
        days = self._chance.randrange(2, 15)
        self._desk.do(
            appointments.book_appointment,
            lead_id=step.lead_id,
            starts=self._at + timedelta(days=days),
            with_whom="Dr Lowe",
            kind="Consultation",
        )
        self._then(step, self._chance.choices(("attend", "miss", "cancel"), (8, 1, 1))[0], days=days, minutes=30)

    def _attend(self, step: Step) -> None:
        self._desk.do(appointments.mark_attended, lead_id=step.lead_id)
        self._then(step, self._chance.choices(("win", "lose"), (6, 3))[0], days=self._chance.randrange(0, 20))

    def _miss(self, step: Step) -> None:
        self._desk.do(appointments.mark_no_show, lead_id=step.lead_id)
        self._then(step, "attempt", hours=3)

    def _cancel(self, step: Step) -> None:
        self._desk.do(appointments.cancel_appointment, lead_id=step.lead_id)
        self._then(step, "attempt", hours=2)

    def _win(self, step: Step) -> None:
        self._desk.do(money.record_invoice, lead_id=step.lead_id, amount=self._price())

    def _lose(self, step: Step) -> None:
        reason = self._chance.choice(REASONS)
        to = "dead" if self._workflow_has("dead") else "lost"
        self._desk.do(leads.change_status, lead_id=step.lead_id, to=to, answers=Answers(reason=reason))

    def _workflow_has(self, status: str) -> bool:
        return status in self._desk.ask(leads.statuses_in_use)

    def _work_as_somebody(self) -> None:
        self._desk.who = self._chance.choice(self._people)

    def _price(self) -> int:
        return self._chance.choice((450, 900, 1800, 3600, 5200)) * 100


def fill(desk: Desk, *, count: int = 300, progress: Callable[[int, int], None] = lambda done, of: None) -> None:
    """Invent a year of leads into an empty practice; `progress` is told days done of all days."""
    for days in Year(desk, count).play():
        progress(days, DAYS)


def _hire(tx: Tx) -> list[StaffMember]:
    with tx.because("set_up", undoable=False):
        return [staff.add(tx, StaffMember(0, name, role)) for name, role in COLLEAGUES]
