"""The profile: read a lead, act on it, correct it, and take back what the workflow did."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.domain.workflow import Disposition
from frontdesk.services import appointments, followups, money, people, timers
from frontdesk.services.leads import create_lead, edit_lead
from frontdesk.ui.lead.facts import Fact
from frontdesk.ui.lead.profile import ProfileView
from frontdesk.ui.leads.page import LeadsPage
from frontdesk.ui.widgets.privacy import privacy
from tests.ui.lead_fixtures import clinic, empty_practice, opened, page
from tests.ui.lead_pages import Clinic, Opened, words

__all__ = ["clinic", "empty_practice", "opened", "page"]


@pytest.fixture
def grace(clinic: Clinic) -> int:
    """A new lead with phone and e-mail."""
    return clinic.enter("Grace Kim", "(253) 555-0110", email="grace.kim@example.com", interest="Veneers", best_time="After 10:00")


@pytest.fixture
def view(page: LeadsPage, grace: int) -> ProfileView:
    """Her profile."""
    page.refresh()
    page.open_lead(grace)
    return page.lead_pane.view


def text(view: QWidget, name: str) -> str:
    found = view.findChild(QLabel, name)
    assert found is not None
    return found.text()


def press(view: QWidget, name: str) -> None:
    found = view.findChild(QPushButton, name)
    assert found is not None
    found.click()


def entries(view: ProfileView) -> list[str]:
    return [
        each.accessibleName()
        for each in view.findChildren(QWidget, "timeline-entry")
        if each.parent() is view.timeline and not each.isHidden()
    ]


def change_fact(qtbot: QtBot, fact: Fact, typed: str) -> None:
    fact.value.click()
    fact.editor.setText(typed)
    qtbot.keyClick(fact.editor, Qt.Key.Key_Return)


def test_the_head_says_who_and_what_and_since_when(view: ProfileView) -> None:
    assert text(view, "profile-name") == "Grace Kim"
    assert text(view, "profile-about") == "Veneers  ·  since today"


def test_a_person_without_a_name_is_called_by_the_number(clinic: Clinic, page: LeadsPage) -> None:
    page.open_lead(clinic.enter("", "2535550110"))
    assert text(page.lead_pane.view, "profile-name") == "(253) 555-0110"


def test_the_well_says_what_is_due(clinic: Clinic, page: LeadsPage, grace: int) -> None:
    clinic.attempt(grace, Disposition.NO_ANSWER)
    clinic.now += timedelta(hours=5)
    page.open_lead(grace)
    assert text(page.lead_pane.view, "profile-due") == "Follow-up was due 1:41\u00a0pm"


def test_change_status_stands_at_the_top_and_at_the_end(view: ProfileView) -> None:
    names = [view.findChild(QPushButton, name).accessibleName() for name in ("change-status", "change-status-at-the-end")]
    assert names == ["Change status of Grace Kim", "Change status of Grace Kim"]


@pytest.mark.parametrize("name", ["change-status", "change-status-at-the-end"])
def test_both_open_the_dialog(page: LeadsPage, view: ProfileView, name: str) -> None:
    press(view, name)
    dialog = page.commands.dialogs.dialog()
    assert dialog is not None
    dialog.close_overlay()


@pytest.mark.parametrize(("letter", "title"), [("C", "Change status"), ("F", "Follow up"), ("B", "Schedule appointment")])
def test_a_letter_opens_its_dialog(qtbot: QtBot, page: LeadsPage, view: ProfileView, letter: str, title: str) -> None:
    page.table.setFocus()
    qtbot.keyClick(page.table, letter)
    dialog = page.commands.dialogs.dialog()
    assert dialog is not None
    assert title.split(maxsplit=1)[0].lower() in dialog.accessibleName().lower() or letter == "B"
    dialog.close_overlay()


def test_the_star_marks_important_and_undo_takes_it_back(
    qtbot: QtBot, clinic: Clinic, page: LeadsPage, view: ProfileView, grace: int
) -> None:
    page.table.setFocus()
    qtbot.keyClick(page.table, "*")
    assert clinic.profile(grace).lead.important
    assert page.undo_strip.text() == "Grace Kim is important now."
    assert view.head.star.accessibleName() == "Important. Take the mark away"


def test_a_call_goes_to_the_telephone_and_asks_what_came_of_it(opened: Opened, view: ProfileView) -> None:
    press(view, "act-call")
    assert opened.addresses == ["tel:+12535550110"]
    assert view.outcomes.isVisible()


def test_no_answer_counts_an_attempt_and_says_when_it_comes_back(
    opened: Opened, clinic: Clinic, page: LeadsPage, view: ProfileView, grace: int
) -> None:
    press(view, "act-call")
    press(view, "outcome-no_answer")
    assert clinic.profile(grace).lead.attempts == 1
    assert page.undo_strip.text() == "No answer for Grace Kim. Back in the queue: Today 1:41\u00a0pm."
    assert not view.outcomes.isVisible()


def test_the_letter_n_logs_at_once_with_the_note_that_was_typed(
    qtbot: QtBot, clinic: Clinic, page: LeadsPage, view: ProfileView, grace: int
) -> None:
    view.note.area.setPlainText("Rang six times")
    page.table.setFocus()
    qtbot.keyClick(page.table, "N")
    assert clinic.profile(grace).timeline[0].note == "Rang six times"
    assert view.note.text() == ""


@pytest.mark.parametrize(("name", "address"), [("act-email", "mailto:grace.kim@example.com"), ("act-text", "sms:+12535550110")])
def test_a_mail_and_a_text_go_to_their_programs(opened: Opened, view: ProfileView, name: str, address: str) -> None:
    press(view, name)
    assert opened.addresses == [address]


def test_what_cannot_be_done_says_why(clinic: Clinic, page: LeadsPage) -> None:
    page.open_lead(clinic.enter("Ben Carter"))
    call = page.lead_pane.view.findChild(QPushButton, "act-call")
    assert not call.isEnabled()
    assert call.toolTip() == "There is no phone number."


def test_whoever_does_not_want_to_be_called_is_not_called(clinic: Clinic, page: LeadsPage, grace: int) -> None:
    clinic.do(people.set_wishes, person_id=clinic.profile(grace).person.id, do_not_call=True, no_marketing=False)
    page.open_lead(grace)
    view = page.lead_pane.view
    assert "Don't call. They asked for it." in words(view)
    assert not view.findChild(QPushButton, "act-call").isEnabled()


def test_a_fact_is_edited_in_place_with_enter(qtbot: QtBot, clinic: Clinic, page: LeadsPage, view: ProfileView, grace: int) -> None:
    change_fact(qtbot, view.facts["best_time"], "Evenings")
    assert clinic.profile(grace).lead.best_time == "Evenings"
    assert page.undo_strip.text() == "Best time of Grace Kim changed."
    assert not view.facts["best_time"].is_editing()


def test_esc_restores_a_fact_and_leaves_the_profile_open(
    qtbot: QtBot, clinic: Clinic, page: LeadsPage, view: ProfileView, grace: int
) -> None:
    fact = view.facts["best_time"]
    fact.value.click()
    fact.editor.setText("Never")
    qtbot.keyClick(fact.editor, Qt.Key.Key_Escape)
    assert fact.value.text() == "After 10:00"
    assert page.lead_pane.isVisible()
    assert clinic.profile(grace).lead.best_time == "After 10:00"


def test_a_phone_is_kept_in_its_national_form(qtbot: QtBot, clinic: Clinic, view: ProfileView, grace: int) -> None:
    change_fact(qtbot, view.facts["phone"], "206 555 0142, +44 20 7946 0991")
    assert [each.canonical for each in clinic.profile(grace).person.points if each.kind == "phone"] == ["+12065550142", "+442079460991"]
    assert view.facts["phone"].value.text() == "(206) 555-0142, +44 20 7946 0991"


def test_a_phone_for_another_is_told_once(qtbot: QtBot, view: ProfileView) -> None:
    change_fact(qtbot, view.facts["phone"], "(206) 555-0142")
    qtbot.waitUntil(lambda: len(entries(view)) == 2)
    assert entries(view)[0].lower().count("phone or e-mail") == 1


def test_a_wrong_phone_is_refused_below_the_fact_and_nothing_is_lost(qtbot: QtBot, view: ProfileView) -> None:
    fact = view.facts["phone"]
    change_fact(qtbot, fact, "12")
    assert fact.error() == "That isn't a phone number. It needs at least three digits."
    assert fact.editor.text() == "12"


def test_an_estimate_is_an_amount_of_the_practice(qtbot: QtBot, clinic: Clinic, view: ProfileView, grace: int) -> None:
    change_fact(qtbot, view.facts["estimate"], "$3,600")
    assert clinic.profile(grace).lead.estimate == 360_000
    change_fact(qtbot, view.facts["estimate"], "much")
    assert view.facts["estimate"].error() == "That isn't an amount. Try “1,250.00”."


def test_the_owner_is_chosen(qtbot: QtBot, clinic: Clinic, view: ProfileView, grace: int) -> None:
    fact = view.facts["owner_id"]
    fact.value.click()
    fact.editor.choose(clinic.desk.who.id)
    qtbot.keyClick(fact.editor, Qt.Key.Key_Return)
    assert clinic.profile(grace).lead.owner_id == clinic.desk.who.id
    assert fact.value.text() == "You"


def test_a_fact_changed_elsewhere_offers_theirs_and_mine(qtbot: QtBot, clinic: Clinic, view: ProfileView, grace: int) -> None:
    clinic.do(edit_lead, lead_id=grace, facts={"interest": "Implants"})
    change_fact(qtbot, view.facts["best_time"], "Evenings")
    assert view.notice.text() == "Somebody else changed this a moment ago. Nothing was overwritten."
    next(each for each in view.notice.findChildren(QPushButton) if each.text() == "&Use mine").click()
    assert clinic.profile(grace).lead.best_time == "Evenings"
    assert clinic.profile(grace).lead.interest == "Implants"


def test_the_timeline_tells_newest_first_who_and_when(clinic: Clinic, page: LeadsPage, grace: int) -> None:
    clinic.attempt(grace, Disposition.LEFT_MESSAGE)
    page.open_lead(grace)
    told = entries(page.lead_pane.view)
    assert told[0].startswith("Left message, Today 9:41\u00a0am, Attempt 1 of 6, Amara Okafor")
    assert told[-1].startswith("Lead created")


def test_what_the_workflow_did_is_explained_and_can_be_taken_back_there(clinic: Clinic, page: LeadsPage, grace: int) -> None:
    for _ in range(6):
        clinic.attempt(grace)
        clinic.now += timedelta(minutes=1)
    clinic.now += timedelta(days=2)
    clinic.do(timers.apply_due, limit=10)
    page.open_lead(grace)
    view = page.lead_pane.view
    assert clinic.profile(grace).lead.status == "lost"
    assert "By the workflow: Closed by the workflow after the last attempt" in entries(view)[0]
    next(each for each in view.timeline.findChildren(QPushButton) if each.text() == "Undo").click()
    assert clinic.profile(grace).lead.status == "attempting"


def test_a_note_is_added_with_ctrl_enter(qtbot: QtBot, clinic: Clinic, view: ProfileView, grace: int) -> None:
    qtbot.keyClicks(view.note.area, "Prefers mornings")
    qtbot.keyClick(view.note.area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert clinic.profile(grace).timeline[0].note == "Prefers mornings"
    assert view.note.text() == ""


def test_a_note_that_is_not_finished_is_kept_and_comes_back(
    qtbot: QtBot, clinic: Clinic, page: LeadsPage, view: ProfileView, grace: int
) -> None:
    other = clinic.enter("Ben Carter")
    qtbot.keyClicks(view.note.area, "Asked about")
    view.note.keep()
    page.open_lead(other)
    assert view.note.text() == ""
    page.open_lead(grace)
    assert view.note.text() == "Asked about"


def test_the_letter_a_goes_to_the_note(qtbot: QtBot, page: LeadsPage, view: ProfileView) -> None:
    page.table.setFocus()
    qtbot.keyClick(page.table, "A")
    qtbot.waitUntil(view.note.area.hasFocus)


def test_letters_typed_into_the_note_stay_letters(qtbot: QtBot, page: LeadsPage, view: ProfileView) -> None:
    view.note.area.setFocus()
    qtbot.keyClicks(view.note.area, "CBF")
    assert view.note.text() == "CBF"
    assert page.commands.dialogs.dialog() is None


def test_the_other_enquiries_are_one_click_away(qtbot: QtBot, clinic: Clinic, page: LeadsPage, grace: int) -> None:
    clinic.lose(grace)
    second = clinic.do(create_lead, person_id=clinic.profile(grace).person.id)
    page.refresh()
    page.open_lead(second)
    view = page.lead_pane.view

    def links() -> list[QPushButton]:
        return [each for each in view.enquiries.findChildren(QPushButton) if each.isVisible() and each.accessibleName().startswith("Open")]

    qtbot.waitUntil(lambda: [each.accessibleName() for each in links()] == ["Open the enquiry of Today, Lost"])
    links()[0].click()
    assert page.lead_pane.view.lead_id() == grace


def test_details_save_person_and_enquiry_as_one_change(clinic: Clinic, page: LeadsPage, view: ProfileView, grace: int) -> None:
    from frontdesk.services.undo import undo

    view.choose_tab("details")
    view.details.form.restore({"last_name": "Kim-Lee", "interest": "Implants", "do_not_call": "yes"})
    press(view, "save-details")
    found = clinic.profile(grace)
    assert (found.person.name, found.lead.interest, found.person.do_not_call) == ("Grace Kim-Lee", "Implants", True)
    clinic.do(undo)
    found = clinic.profile(grace)
    assert (found.person.name, found.lead.interest, found.person.do_not_call) == ("Grace Kim", "Veneers", False)


def test_details_refuse_at_the_field(view: ProfileView) -> None:
    view.choose_tab("details")
    view.details.form.restore({"estimate": "much"})
    press(view, "save-details")
    assert view.details.form.field("estimate").error() == "That isn't an amount. Try “1,250.00”."


def test_details_that_are_being_typed_are_not_overwritten(clinic: Clinic, page: LeadsPage, view: ProfileView, grace: int) -> None:
    view.details.form.restore({"interest": "Implants"})
    clinic.do(edit_lead, lead_id=grace, facts={"best_time": "Evenings"})
    page.mark_stale({"leads"})
    assert view.details.form.texts()["interest"] == "Implants"
    assert view.facts["best_time"].value.text() == "Evenings"


def test_the_appointment_that_is_over_says_came_or_did_not_arrive(clinic: Clinic, page: LeadsPage, grace: int) -> None:
    clinic.do(appointments.book_appointment, lead_id=grace, starts=clinic.now + timedelta(hours=1), with_whom="Dr Lowe")
    clinic.now += timedelta(hours=3)
    page.open_lead(grace)
    view = page.lead_pane.view
    view.choose_tab("appointments")
    assert "Dr Lowe" in words(view.appointments)
    press(view, "appointment-attended")
    assert clinic.profile(grace).lead.status == "consult_completed"
    assert page.undo_strip.text() == "Grace Kim came to the appointment."


def test_money_lists_what_came_in(clinic: Clinic, page: LeadsPage, grace: int) -> None:
    clinic.do(money.record_revenue, lead_id=grace, amount=420_000)
    clinic.do(money.record_revenue, lead_id=grace, amount=80_000)
    page.open_lead(grace)
    view = page.lead_pane.view
    view.choose_tab("money")
    assert "$5,000" in words(view.money)
    assert view.tabs.accessibleTabName(3) == "Money, 2"


def test_tabs_stay_when_another_lead_is_chosen(clinic: Clinic, page: LeadsPage, view: ProfileView) -> None:
    view.choose_tab("money")
    page.open_lead(clinic.enter("Ben Carter"))
    assert view.tabs.key() == "money"
    assert view.money.isVisible()


def test_ctrl_page_down_goes_to_the_next_tab(qtbot: QtBot, view: ProfileView) -> None:
    view.tabs.setFocus()
    qtbot.keyClick(view.tabs, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert view.tabs.key() == "details"


def test_esc_closes_the_profile_and_enter_opens_it_again(qtbot: QtBot, page: LeadsPage, view: ProfileView) -> None:
    view.well.change.setFocus()
    qtbot.keyClick(view.well.change, Qt.Key.Key_Escape)
    assert not page.lead_pane.isVisible()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.lead_pane.isVisible()


def test_hidden_details_are_hidden_in_the_facts_too(view: ProfileView) -> None:
    privacy().set_on(True)
    assert "253" not in view.facts["phone"].value.text()


def test_a_follow_up_of_another_desk_is_shown_at_once(clinic: Clinic, page: LeadsPage, view: ProfileView, grace: int) -> None:
    from frontdesk.domain.rules import Plan

    clinic.do(followups.set_follow_up, lead_id=grace, plan=Plan(clinic.now + timedelta(days=5)))
    page.mark_stale({"leads"})
    assert text(view, "profile-due") == "Follow-up Wed 25, 9:41\u00a0am"
