"""Lists as plain data: orders after orders, and what a file's shape says of its headings."""

from __future__ import annotations

from frontdesk.domain.imports.cells import Draft, Problem
from frontdesk.domain.lines import SORTS, Filter, LeadLine, Sort
from frontdesk.domain.ports import Shape


def test_an_order_names_those_after_it() -> None:
    second = Sort("name", descending=False)
    assert list(Sort("status", then=second).orders()) == [Sort("status", then=second), second]


def test_nothing_asked_for_means_every_lead_newest_first() -> None:
    assert Filter() == Filter(text="", archived=False)
    assert (Sort().by, Sort().descending) == ("created", True)
    assert "created" in SORTS


def test_a_line_puts_name_and_numbers_together() -> None:
    reached = ("phone:+90 532 111 22 33", "email:ada@example.org", "phone:phone: 12")
    line = LeadLine(*[None] * 30)._replace(first_name="Ada", last_name="", reached=reached)  # type: ignore[arg-type]  # the rest is not looked at
    assert (line.name, line.phones, line.emails) == ("Ada", ("+90 532 111 22 33", "phone: 12"), ("ada@example.org",))


def test_a_shape_knows_whether_the_headings_are_the_files_own() -> None:
    assert Shape(heading_line=3).has_heading
    assert not Shape().has_heading


def test_the_same_warning_is_given_once_a_row() -> None:
    draft = Draft()
    draft.warn("phone", "phone_not_valid")
    draft.warn("phone", "phone_not_valid")
    assert draft.warnings == [Problem("phone", "phone_not_valid")]
