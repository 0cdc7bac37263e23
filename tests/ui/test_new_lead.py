"""The new-lead form: phone first, who is already here, drafts, and the next enquiry of somebody."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from frontdesk.services import lists
from frontdesk.ui.lead.new_lead import NewLead
from frontdesk.ui.leads.page import LeadsPage
from tests.ui.lead_fixtures import clinic, empty_practice, page
from tests.ui.lead_pages import Clinic

__all__ = ["clinic", "empty_practice", "page"]


@pytest.fixture
def form(page: LeadsPage) -> NewLead:
    """The form in the right pane."""
    page.refresh()
    page.start_new_lead()
    return page.lead_pane.form


def everybody(clinic: Clinic) -> list[lists.LeadLine]:
    return clinic.desk.ask(lists.first_lines)


def test_the_phone_comes_first_and_has_the_focus(qtbot: QtBot, form: NewLead) -> None:
    qtbot.waitUntil(form.form.phone.hasFocus)
    assert list(form.form.texts())[:4] == ["phone", "first_name", "last_name", "email"]


def test_a_number_is_shown_in_national_form_while_it_is_typed(qtbot: QtBot, form: NewLead) -> None:
    qtbot.keyClicks(form.form.phone, "2065550142")
    assert form.form.phone.text() == "(206) 555-0142"


def test_a_phone_is_enough_and_ctrl_enter_saves(qtbot: QtBot, clinic: Clinic, page: LeadsPage, form: NewLead) -> None:
    qtbot.keyClicks(form.form.phone, "2065550142")
    qtbot.keyClick(form.form.phone, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [each.phones for each in everybody(clinic)] == [("(206) 555-0142",)]
    assert page.undo_strip.text() == "Lead saved: (206) 555-0142."
    assert page.lead_pane.view.lead_id() == everybody(clinic)[0].id


def test_everything_that_was_typed_is_saved(clinic: Clinic, form: NewLead) -> None:
    form.form.restore(
        {
            "first_name": "Grace",
            "last_name": "Kim",
            "email": "grace@example.com",
            "interest": "Veneers",
            "best_time": "After 10:00",
            "estimate": "3600",
            "owner_id": str(clinic.desk.who.id),
            "postal_code": "98101",
            "important": "yes",
            "note": "Came by in person",
        }
    )
    form.save(again=False)
    found = clinic.profile(clinic.line("Grace Kim").id)
    assert (found.lead.interest, found.lead.estimate, found.lead.owner_id, found.lead.important) == (
        "Veneers",
        360_000,
        clinic.desk.who.id,
        True,
    )
    assert found.person.postal_code == "98101"
    assert found.timeline[0].note == "Came by in person"


def test_nothing_typed_is_refused_at_the_phone(form: NewLead) -> None:
    form.save(again=False)
    assert form.form.field("phone").error() == "A phone, an e-mail or a name is enough to save. Give one of them."


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("phone", "12", "That isn't a phone number. It needs at least three digits."),
        ("email", "grace@", "That isn't an e-mail address. It looks like name@example.com."),
        ("estimate", "much", "That isn't an amount. Try “1,250.00”."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_stays_typed(clinic: Clinic, form: NewLead, field: str, typed: str, sentence: str) -> None:
    form.form.restore({"first_name": "Grace", field: typed})
    form.save(again=False)
    assert form.form.field(field).error() == sentence
    assert form.form.texts()[field] == typed
    assert everybody(clinic) == []


def test_after_seven_digits_it_says_who_is_already_here(qtbot: QtBot, clinic: Clinic, form: NewLead) -> None:
    clinic.enter("Grace Kim", "(253) 555-0110")
    qtbot.keyClicks(form.form.phone, "253555")
    assert form.already() == ""
    qtbot.keyClicks(form.form.phone, "0110")
    assert form.already() == "Already here: Grace Kim, New"


def test_alt_o_opens_who_is_already_here(qtbot: QtBot, clinic: Clinic, page: LeadsPage, form: NewLead) -> None:
    lead = clinic.enter("Grace Kim", "(253) 555-0110")
    page.refresh()
    qtbot.keyClicks(form.form.phone, "2535550110")
    qtbot.keyClick(form.form.phone, Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.lead_pane.view.lead_id() == lead)
    assert not page.lead_pane.is_new()
    assert page.lead_pane.view.well.change.hasFocus()


def test_after_saving_the_focus_is_on_what_is_done_next(qtbot: QtBot, page: LeadsPage, form: NewLead) -> None:
    qtbot.keyClicks(form.form.phone, "2065550142")
    form.save(again=False)
    assert page.lead_pane.view.well.change.hasFocus()


def test_add_anyway_waves_the_line_away_and_saves_a_second_person(qtbot: QtBot, clinic: Clinic, form: NewLead) -> None:
    clinic.enter("Grace Kim", "(253) 555-0110")
    qtbot.keyClicks(form.form.phone, "2535550110")
    form.findChild(QPushButton, "add-anyway").click()
    assert form.already() == ""
    form.save(again=False)
    assert len(everybody(clinic)) == 2


def test_save_and_new_empties_the_form_for_the_next_one(qtbot: QtBot, clinic: Clinic, page: LeadsPage, form: NewLead) -> None:
    qtbot.keyClicks(form.form.phone, "2065550142")
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(form.form.phone, Qt.Key.Key_Return, modifiers)
    assert len(everybody(clinic)) == 1
    assert form.form.is_empty()
    assert page.lead_pane.is_new()


def test_closing_keeps_a_draft_that_comes_back(qtbot: QtBot, page: LeadsPage, form: NewLead) -> None:
    qtbot.keyClicks(form.form.phone, "2065550142")
    qtbot.keyClick(form.form.phone, Qt.Key.Key_Escape)
    assert not page.lead_pane.is_new()
    form.form.clear_all()
    page.start_new_lead()
    assert form.form.texts()["phone"] == "(206) 555-0142"
    assert form.notice.text() == "This is the draft you left."


def test_saving_forgets_the_draft(qtbot: QtBot, page: LeadsPage, form: NewLead) -> None:
    qtbot.keyClicks(form.form.phone, "2065550142")
    form.rested.emit(form.form.texts())
    form.save(again=False)
    page.start_new_lead()
    assert form.form.is_empty()


@pytest.mark.parametrize(
    ("typed", "field", "shown"),
    [("2065550142", "phone", "2065550142"), ("grace@example.com", "email", "grace@example.com"), ("Grace Kim", "last_name", "Kim")],
)
def test_what_was_typed_in_find_goes_into_its_field(page: LeadsPage, typed: str, field: str, shown: str) -> None:
    page.start_new_lead(typed)
    assert page.lead_pane.form.form.texts()[field] == shown


def test_the_next_enquiry_belongs_to_the_same_person(clinic: Clinic, page: LeadsPage) -> None:
    lead = clinic.enter("Grace Kim", "(253) 555-0110")
    page.refresh()
    page.open_lead(lead)
    page.lead_pane.view.findChild(QPushButton, "new-enquiry").click()
    form = page.lead_pane.form
    assert not form.form.field("phone").isVisibleTo(form)
    form.form.restore({"interest": "Implants"})
    form.save(again=False)
    found = clinic.profile(everybody(clinic)[0].id)
    assert found.person.name == "Grace Kim"
    assert [each.id for each in found.enquiries] == [lead]


def test_every_letter_of_the_form_is_its_own(form: NewLead) -> None:
    from PySide6.QtWidgets import QAbstractButton, QLabel

    marked = [each.text() for kind in (QLabel, QAbstractButton) for each in form.findChildren(kind) if "&" in each.text()]
    letters = [each[each.index("&") + 1].lower() for each in marked]
    assert sorted(letters) == sorted(set(letters))
