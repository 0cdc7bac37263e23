"""The table of leads: sorted by several columns, and its further columns."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from frontdesk.domain.lines import Sort
from frontdesk.services.people import PersonFields, edit_person
from frontdesk.ui.leads.page import LeadsPage
from tests.ui.lead_fixtures import clinic, empty_practice, page
from tests.ui.lead_pages import Clinic, shown
from tests.ui.shells import Memory

__all__ = ["clinic", "empty_practice", "page"]
NOTHING, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


def sort_by(qtbot: QtBot, page: LeadsPage, column: str, modifier: Qt.KeyboardModifier = NOTHING) -> None:
    """Go to a head with the arrows and press Enter."""
    head = page.table.horizontalHeader()
    head.setFocus()
    for _ in range(head.count()):
        qtbot.keyClick(head, Qt.Key.Key_Left)
    for _ in range(page.table.shown_columns().index(column)):
        qtbot.keyClick(head, Qt.Key.Key_Right)
    qtbot.keyClick(head, Qt.Key.Key_Return, modifier)


def cell(page: LeadsPage, column: str, row: int = 0) -> str:
    model = page.table.model_of_leads
    return str(model.index(row, page.table.shown_columns().index(column)).data())


def enter_four(clinic: Clinic) -> None:
    for name, interest, days in (("Ann One", "Hair", 1), ("Bo Two", "Skin", 2), ("Cy Three", "Hair", 3), ("Di Four", "Skin", 4)):
        clinic.enter(name, interest=interest, ago=timedelta(days=days))


def test_shift_enter_on_a_head_adds_a_second_sort(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    enter_four(clinic)
    page.table.show_column("interest", is_shown=True)
    page.table.show_column("created", is_shown=True)
    sort_by(qtbot, page, "interest")
    sort_by(qtbot, page, "created", SHIFT)
    assert shown(qtbot, page) == ["Cy Three", "Ann One", "Di Four", "Bo Two"]


def test_a_column_that_is_turned_round_keeps_its_place_in_the_order(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    enter_four(clinic)
    page.table.show_column("interest", is_shown=True)
    page.table.show_column("created", is_shown=True)
    sort_by(qtbot, page, "interest")
    sort_by(qtbot, page, "created", SHIFT)
    sort_by(qtbot, page, "interest", SHIFT)
    assert shown(qtbot, page) == ["Di Four", "Bo Two", "Cy Three", "Ann One"]


def test_enter_without_shift_sorts_by_one_column_again(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    sort_by(qtbot, page, "status")
    sort_by(qtbot, page, "attempts", SHIFT)
    sort_by(qtbot, page, "attempts")
    assert page.table.order == Sort("attempts", descending=True)


def test_of_more_than_three_columns_the_last_one_gives_way(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    sort_by(qtbot, page, "name")
    for column in ("status", "attempts", "next_step"):
        sort_by(qtbot, page, column, SHIFT)
    assert [each.by for each in page.table.order.orders()] == ["name", "status", "next_follow_up"]


def test_several_sorts_are_remembered(qtbot: QtBot, clinic: Clinic) -> None:
    station = Memory()
    first = clinic.page(station)
    qtbot.addWidget(first)
    first.table.sort_wanted.emit([("status", True), ("age", False)])
    second = clinic.page(station)
    qtbot.addWidget(second)
    assert second.table.order == Sort("status", descending=True, then=Sort("created", descending=True))


def test_last_contact_says_the_day_of_the_last_attempt(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    tried, untouched = clinic.enter("Ann One", ago=timedelta(days=3)), clinic.enter("Bo Two")
    clinic.attempt(tried, ago=timedelta(days=1))
    page.table.show_column("last_contact", is_shown=True)
    shown(qtbot, page)
    rows = {lead: page.table.model_of_leads.row_of(lead) for lead in (tried, untouched)}
    assert {lead: cell(page, "last_contact", row or 0) for lead, row in rows.items()} == {tried: "Yesterday", untouched: "—"}


def test_the_postcode_is_a_column_that_sorts_the_unknown_last(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    clinic.enter("Ann One")
    for name, code in (("Bo Two", "98402"), ("Cy Three", "98101")):
        person = clinic.profile(clinic.enter(name)).person
        clinic.do(edit_person, person_id=person.id, fields=PersonFields(person.first_name, person.last_name, postal_code=code))
    page.table.show_column("postal_code", is_shown=True)
    sort_by(qtbot, page, "postal_code")
    assert shown(qtbot, page) == ["Cy Three", "Bo Two", "Ann One"]
    assert cell(page, "postal_code") == "98101"
