"""The profile of what was merged, or marked as a duplicate, opens what stayed, with a line that says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from frontdesk.services.leads import create_lead, mark_duplicate
from frontdesk.services.people import merge_people, unmerge_people
from frontdesk.ui.leads.page import LeadsPage
from frontdesk.ui.widgets.privacy import privacy
from tests.ui.lead_fixtures import clinic, empty_practice, page
from tests.ui.lead_pages import Clinic, words

__all__ = ["clinic", "empty_practice", "page"]
MERGED = "Gracie Kimm turned out to be the same person. Everything is here."
DUPLICATE = "You opened a duplicate. This is the enquiry that stayed."


@pytest.fixture
def merged(clinic: Clinic, page: LeadsPage) -> tuple[int, int]:
    """Gracie Kimm's lead is Grace Kim's now; both people's ids."""
    grace, gracie = (clinic.profile(clinic.enter(name, ago=timedelta(days=2))).person.id for name in ("Grace Kim", "Gracie Kimm"))
    clinic.do(merge_people, winner_id=grace, loser_id=gracie)
    return grace, gracie


@pytest.fixture
def duplicate(clinic: Clinic, page: LeadsPage) -> tuple[int, int]:
    """Two leads of one person, the second one a duplicate of the first."""
    first = clinic.enter("Grace Kim", ago=timedelta(days=2))
    second = clinic.do(create_lead, person_id=clinic.profile(first).person.id)
    clinic.do(mark_duplicate, lead_id=second, of=first)
    page.refresh()
    return first, second


def merged_line(page: LeadsPage) -> str:
    found = page.lead_pane.view.findChild(QLabel, "merged")
    assert found is not None
    return found.text() if found.isVisible() else ""


def test_a_merged_person_opens_the_one_who_stayed_with_a_line(
    qtbot: QtBot, clinic: Clinic, page: LeadsPage, merged: tuple[int, int]
) -> None:
    page.open_lead(clinic.line("Grace").id)
    assert "Grace Kim" in words(page.lead_pane.view)
    assert merged_line(page) == MERGED


def test_the_line_goes_when_they_are_taken_apart(qtbot: QtBot, clinic: Clinic, page: LeadsPage, merged: tuple[int, int]) -> None:
    clinic.do(unmerge_people, loser_id=merged[1])
    page.open_lead(clinic.line("Grace").id)
    assert merged_line(page) == ""


def test_the_other_name_is_hidden_with_personal_details(qtbot: QtBot, clinic: Clinic, page: LeadsPage, merged: tuple[int, int]) -> None:
    page.open_lead(clinic.line("Grace").id)
    privacy().set_on(True)
    assert "Gracie" not in merged_line(page)


def test_a_duplicate_opens_the_enquiry_that_stayed_with_a_line(page: LeadsPage, duplicate: tuple[int, int]) -> None:
    page.open_lead(duplicate[1])
    assert page.lead_pane.view.lead_id() == duplicate[0]
    assert page.lead_pane.view.notice.text() == DUPLICATE


def test_the_line_leads_to_the_duplicate_itself(page: LeadsPage, duplicate: tuple[int, int]) -> None:
    page.open_lead(duplicate[1])
    next(each for each in page.lead_pane.view.notice.findChildren(QPushButton) if each.text() == "Show the duplicate").click()
    page.refresh()
    assert page.lead_pane.view.lead_id() == duplicate[1]


def test_a_duplicate_among_the_enquiries_is_opened_as_it_is(page: LeadsPage, duplicate: tuple[int, int]) -> None:
    page.open_lead(duplicate[0])
    page.lead_pane.view.enquiries.opened.emit(duplicate[1])
    assert page.lead_pane.view.lead_id() == duplicate[1]


def test_two_leads_that_are_duplicates_of_each_other_still_open(clinic: Clinic, page: LeadsPage, duplicate: tuple[int, int]) -> None:
    clinic.do(mark_duplicate, lead_id=duplicate[0], of=duplicate[1])
    page.open_lead(duplicate[1])
    assert page.lead_pane.view.lead_id() in duplicate
