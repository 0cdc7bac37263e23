"""Invented leads, the same at every run: lead `number` of a practice of `size` leads can be made anew without making the others."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
DAYS = 730
SEED = 20261122
OWNERS = 10
ACTIVITIES = 5
SOURCES = ("Instagram", "Google Ads", "Facebook", "Referral", "Walk-in", "Website")
MORE_SOURCES = ("WhatsApp", "TikTok", "Insurance", "Hotel", "Agency", "Other")
FIRST_NAMES = tuple(
    (
        "Ayse Mehmet Elif Can Zeynep Emre Fatma Murat Selin Deniz Anna Ivan Maria Jonas Laura Omar Layla Hassan Sara Nadia Peter Sofia "
        "Lucas Emma Noah Mia Oscar Hugo Ines Pablo Chloe Louis Greta Karl Yuki Hana Wei Lin Priya Arjun Olga Dmitri Irina Pavel Eva Jan "
        "Tomas Petra Milan Ana"
    ).split()
)
SYLLABLES = tuple(
    (
        "ka ro mi ten dal vor sen bar gul tek oz yil mar kov ski son ber lan har tor vic del rey san cho kim nar pat sha gar fel wil ham "
        "ster ton ley brad mor gan cas"
    ).split()
)
STATUSES = ("new", "attempting", "contacted", "scheduled", "procedure_completed", "lost")
SHARES = (14, 12, 9, 7, 23, 35)
"""42 of 100 are open; those in `attempting` wait for the giving-up clock, those in `contacted` and `scheduled` have a follow-up."""
REASONS = ("price_shopping", "found_another_provider", "customer_availability", "insurance", "consultation_fee_too_high")


@dataclass(frozen=True, slots=True)
class Invented:
    """One enquiry; `source` and `owner` are places in the lists of them."""

    number: int
    first: str
    last: str
    digits: str
    status: str
    created: datetime
    source: int
    owner: int
    important: bool
    follow_up: datetime | None
    timer: datetime | None
    closed: datetime | None
    amount: int | None
    reason: str | None

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def email(self) -> str:
        return f"{self.first}.{self.last}.{self.number}@example.org".lower()

    @property
    def phone(self) -> str:
        """As somebody would type it."""
        d = self.digits
        return f"+{d[:2]} {d[2:5]} {d[5:8]} {d[8:10]} {d[10:]}"

    @property
    def is_open(self) -> bool:
        return self.closed is None

    @property
    def is_new(self) -> bool:
        return self.status == "new"


def invented(number: int, size: int) -> Invented:
    """Lead `number` (from 0); leads are numbered in the order in which they came, evenly over two years."""
    rng = Random(SEED + number)
    status = rng.choices(STATUSES, SHARES)[0]
    created = NOW - timedelta(days=DAYS) + timedelta(milliseconds=number * (DAYS * 86_400_000 - 3_600_000) // max(size, 1))
    is_open = status not in ("procedure_completed", "lost")
    closed = None if is_open else min(created + timedelta(days=rng.randrange(1, 60), minutes=rng.randrange(600)), NOW)
    planned = status in ("contacted", "scheduled")
    return Invented(
        number,
        rng.choice(FIRST_NAMES),
        "".join(rng.choices(SYLLABLES, k=3)).capitalize(),
        f"9053{(number * 7919 + 104_729) % 100_000_000:08d}",
        status,
        created,
        rng.randrange(len(SOURCES) + len(MORE_SOURCES)),
        rng.randrange(OWNERS),
        rng.random() < 0.05,
        NOW + timedelta(days=rng.randrange(-20, 40), minutes=rng.randrange(600)) if planned else None,
        NOW + timedelta(seconds=rng.randrange(3600, 10 * 86_400)) if status == "attempting" else None,
        closed,
        rng.randrange(100, 9000) if status == "procedure_completed" else None,
        rng.choice(REASONS) if status == "lost" else None,
    )


def leads(size: int) -> Iterator[Invented]:
    """The whole practice, oldest first."""
    return (invented(number, size) for number in range(size))


def some(count: int, size: int, seed: int) -> list[Invented]:
    """A few of the practice, always the same ones."""
    return [invented(number, size) for number in Random(seed).sample(range(size), min(count, size))]


def arrivals(count: int, size: int, skip: int = 0) -> list[Invented]:
    """Leads that are not in the practice yet."""
    return [invented(number, size) for number in range(size + skip, size + skip + count)]


def write_file(path: Path, rows: list[Invented]) -> None:
    """The file of W6, as a lead form would export it."""
    with path.open("w", encoding="utf-8", newline="") as target:
        out = csv.writer(target)
        out.writerow(["First name", "Last name", "Phone", "Email", "Source", "Created"])
        known = SOURCES + MORE_SOURCES
        for each in rows:
            out.writerow([each.first, each.last, each.phone, each.email, known[each.source], day_of(NOW).isoformat()])


def day_of(at: datetime) -> date:
    """The day in the practice, whose zone has had no daylight saving in these years."""
    return (at + timedelta(hours=3)).date()
