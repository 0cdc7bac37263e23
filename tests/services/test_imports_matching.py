"""Who of a file is here already: one enquiry read twice, another enquiry of the same person, and what a key that was asked for decides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from frontdesk.services import imports, lists
from frontdesk.services.desk import Desk
from frontdesk.services.imports import Wishes

HEADINGS = "Name,Phone,Email,Created,Notes\n"
JANUARY = "Ann Bee,206 555 0135,,2026-01-05,botox\n"
TWO_DAYS_ON = "Ann Bee,206 555 0135,,2026-01-07,asked again\n"
JUNE = "Ann Bee,206 555 0135,ann@example.com,2026-02-25,filler\n"
UNDATED = "Ann Bee,206 555 0135,,,\n"

Read = Callable[..., tuple[int, int, int]]


@pytest.fixture
def read(desk: Desk, tmp_path: Path) -> Read:
    """Read a text in, after a check that must have foreseen it; the figures are created, updated, already here."""

    def read_in(text: str, **wishes: str) -> tuple[int, int, int]:
        path = tmp_path / "leads.csv"
        path.write_text(HEADINGS + text, encoding="utf-8")
        wanted = Wishes(**wishes)  # type: ignore[arg-type]  # words of a table
        foreseen = imports.check(desk, imports.prepare(desk, path, wanted))
        result = imports.run(desk, imports.prepare(desk, path, wanted))
        assert (foreseen.created, foreseen.updated, foreseen.already_here) == (result.created, result.updated, result.already_here)
        return result.created, result.updated, result.already_here

    return read_in


def enquiries(desk: Desk) -> list[str]:
    return [f"{line.created:%m-%d}" for line in desk.ask(lists.lead_lines, ids=desk.ask(lists.lead_ids))]


@pytest.mark.parametrize(
    ("rows", "figures"),
    [
        (JANUARY + JANUARY, (1, 0, 1)),
        (JANUARY + TWO_DAYS_ON, (1, 0, 1)),
        (JANUARY + JUNE, (2, 0, 0)),
        (JUNE + JANUARY + JUNE, (2, 0, 1)),
        (JANUARY + UNDATED, (1, 0, 1)),
        (UNDATED + JANUARY, (1, 0, 1)),
    ],
)
def test_a_later_enquiry_of_the_same_person_is_a_lead_of_its_own(desk: Desk, read: Read, rows: str, figures: tuple[int, int, int]) -> None:
    assert read(rows) == figures
    before = enquiries(desk)
    assert read(rows) == (0, 0, sum(figures)), "the same file again changes nothing"
    assert enquiries(desk) == before


def test_a_later_file_brings_the_later_enquiry(desk: Desk, read: Read) -> None:
    read(JANUARY)
    assert read(JANUARY + JUNE) == (1, 0, 1)
    people = {line.person_id for line in desk.ask(lists.lead_lines, ids=desk.ask(lists.lead_ids))}
    assert (enquiries(desk), len(people)) == (["02-25", "01-05"], 1)


def test_dates_that_come_later_belong_to_the_leads_that_came_without(desk: Desk, read: Read) -> None:
    read(UNDATED)
    assert read(JANUARY) == (0, 0, 1)


def test_a_key_that_was_asked_for_decides_whatever_the_dates_say(desk: Desk, read: Read) -> None:
    read(JANUARY)
    assert read(JUNE, match="phone", on_match="fill") == (0, 1, 0)
    assert len(enquiries(desk)) == 1
