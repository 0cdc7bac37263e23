"""The Leads page: find, filter, sort, choose, and act on many."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.domain.rules import Plan
from frontdesk.domain.workflow import Stage
from frontdesk.services.followups import set_follow_up
from frontdesk.ui.leads.conditions import of
from frontdesk.ui.leads.page import LeadsPage
from frontdesk.ui.leads.popups import ChoicePopup, SpanPopup
from tests.architecture.accessible import unnamed
from tests.ui.lead_fixtures import clinic, empty_practice, opened, page
from tests.ui.lead_pages import Clinic, names, shown, window, words
from tests.ui.shells import Memory

__all__ = ["clinic", "empty_practice", "opened", "page"]


def press(qtbot: QtBot, widget: QWidget, key: str) -> None:
    qtbot.keyClick(widget, key)


def labelled(widget: QWidget, name: str) -> QLabel:
    found = widget.findChild(QLabel, name)
    assert found is not None
    return found


def button(widget: QWidget, name: str) -> QPushButton:
    found = widget.findChild(QPushButton, name)
    assert found is not None
    return found


def test_leads_are_listed_by_last_name_with_their_number_and_status(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    clinic.enter("Grace Kim", "(253) 555-0110")
    clinic.enter("Aisha Rahman")
    clinic.enter("Ben Carter")
    assert shown(qtbot, page) == ["Ben Carter", "Grace Kim", "Aisha Rahman"]
    model = page.table.model_of_leads
    assert [model.index(1, column).data() for column in range(5)] == [
        "Grace Kim",
        "(253) 555-0110",
        "New",
        "0 of 6 attempts",
        "Waiting 3 min",
    ]


def test_a_row_is_read_as_one_sentence(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    clinic.enter("Priya Nair", "(206) 555-0142", important=True)
    shown(qtbot, page)
    spoken = page.table.model_of_leads.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Priya Nair, New, Waiting 3 min, important, 0 of 6 attempts"


def test_an_important_lead_is_drawn_with_the_green_edge(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    clinic.enter("Priya Nair", important=True)
    shown(qtbot, page)
    line = page.table.model_of_leads.line(0)
    assert line is not None
    assert line.important


def test_an_overdue_follow_up_says_how_long(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    lead = clinic.enter("Grace Kim", "(253) 555-0110", ago=timedelta(days=1))
    clinic.attempt(lead, ago=timedelta(hours=5))
    shown(qtbot, page)
    assert page.table.model_of_leads.index(0, 4).data() == "Overdue 1 h"


def test_a_booked_lead_says_when_its_consultation_is(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    from frontdesk.services.appointments import book_appointment

    lead = clinic.enter("Chloe Martin")
    clinic.do(book_appointment, lead_id=lead, starts=clinic.now + timedelta(days=5))
    shown(qtbot, page)
    assert page.table.model_of_leads.index(0, 4).data() == "Consult Wed 25, 9:41\u00a0am"


def test_a_lost_lead_says_why(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    clinic.lose(clinic.enter("Mei Chen"))
    shown(qtbot, page)
    assert page.table.model_of_leads.index(0, 4).data() == "Price shopping"


def test_the_title_has_the_total_and_the_bar_how_many_are_shown(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    clinic.enter("Grace Kim")
    clinic.attempt(clinic.enter("Ben Carter"))
    page.refresh()
    page.show_conditions(of(stage=(str(Stage.NEW),)))
    assert labelled(page, "count").text() == "1 of 2"


def test_the_tabs_count_their_leads(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    clinic.enter("Grace Kim", owner_id=clinic.desk.who.id)
    clinic.enter("Ben Carter")
    clinic.attempt(clinic.enter("Mei Chen"))
    page.refresh()
    assert [page.tabs.accessibleTabName(at) for at in range(5)] == ["All, 3", "My open leads, 1", "New, 2", "Follow-up, 1", "Scheduled, 0"]


def test_a_tab_narrows_the_list_and_ctrl_tab_goes_on(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    clinic.enter("Grace Kim")
    clinic.attempt(clinic.enter("Ben Carter"))
    page.refresh()
    for _ in range(2):
        qtbot.keyClick(page.table, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert page.tabs.key() == "new"
    assert shown(qtbot, page) == ["Grace Kim"]


def test_the_last_view_is_remembered_for_each_person(qtbot: QtBot, clinic: Clinic) -> None:
    station = Memory()
    first = clinic.page(station)
    qtbot.addWidget(first)
    first.tabs.step(2)
    second = clinic.page(station)
    qtbot.addWidget(second)
    assert second.tabs.key() == "new"


def test_a_status_is_ticked_in_the_popup_of_its_chip(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    clinic.enter("Grace Kim")
    clinic.lose(clinic.enter("Mei Chen"))
    page.refresh()
    button(page, "chip-status").click()
    popup = page.findChild(ChoicePopup, "filter-status")
    assert popup is not None
    next(each for each in popup.findChildren(QCheckBox) if each.accessibleName() == "Lost").click()
    popup.close()
    assert shown(qtbot, page) == ["Mei Chen"]
    qtbot.waitUntil(lambda: button(page, "chip-status").accessibleName() == "Filter, Status: Lost")  # the chip before goes in its own time


def test_created_offers_periods_and_days(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    clinic.enter("Grace Kim", ago=timedelta(days=12))
    clinic.enter("Ben Carter")
    page.refresh()
    page.filters.add_filter()
    menu = page.findChild(QMenu, "add-filter")
    assert menu is not None
    next(action for action in menu.actions() if action.text() == "Created").trigger()
    popup = page.findChild(SpanPopup, "filter-created")
    assert popup is not None
    next(each for each in popup.findChildren(QPushButton) if each.text() == "Last 7 days").click()
    assert shown(qtbot, page) == ["Ben Carter"]
    assert button(page, "chip-created").text() == "Created: last 7 days"


def test_delete_on_a_chip_removes_the_filter(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    clinic.enter("Grace Kim")
    page.refresh()
    page.show_conditions(of(created=("yesterday",)))
    assert names(page) == []
    qtbot.keyClick(button(page, "chip-created"), Qt.Key.Key_Delete)
    assert shown(qtbot, page) == ["Grace Kim"]


def test_slash_filters_by_name_and_esc_ends_it(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    clinic.enter("Grace Kim")
    clinic.enter("Ben Carter")
    page.refresh()
    page.table.setFocus()
    press(qtbot, page.table, "/")
    field = page.findChild(QLineEdit, "name-filter")
    assert field is not None
    assert field.isVisible()
    qtbot.keyClicks(field, "kim")
    assert shown(qtbot, page) == ["Grace Kim"]
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert len(shown(qtbot, page)) == 2


def test_an_empty_view_keeps_its_filters_and_offers_to_clear_them(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    clinic.enter("Grace Kim")
    page.refresh()
    page.show_conditions(of(status=("lost",)))
    assert page.states.text() == "No leads in this view."
    next(each for each in page.states.findChildren(QPushButton) if each.text() == "Clear filters").click()
    assert page.states.text() == ""
    assert shown(qtbot, page) == ["Grace Kim"]


def test_a_practice_without_leads_offers_the_first_steps(qtbot: QtBot, page: LeadsPage) -> None:
    page.refresh()
    assert page.states.text() == "No leads yet. Add one, or import a list."
    offered = [each.text().replace("&", "") for each in page.states.currentWidget().findChildren(QPushButton)]
    assert offered == ["New lead", "Import", "Example leads"]


def test_a_head_sorts_the_other_way_and_the_order_is_remembered(qtbot: QtBot, clinic: Clinic) -> None:
    station = Memory()
    clinic.enter("Grace Kim")
    clinic.enter("Ben Carter")
    first = clinic.page(station)
    qtbot.addWidget(first)
    head = first.table.horizontalHeader()
    head.setFocus()
    qtbot.keyClick(head, Qt.Key.Key_Return)
    second = clinic.page(station)
    qtbot.addWidget(second)
    assert shown(qtbot, second) == ["Grace Kim", "Ben Carter"]


def test_age_sorts_the_youngest_first(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    clinic.enter("Grace Kim", ago=timedelta(days=2))
    clinic.enter("Ben Carter", ago=timedelta(hours=1))
    page.table.sort_wanted.emit([("age", False)])
    assert shown(qtbot, page) == ["Ben Carter", "Grace Kim"]


def test_columns_are_chosen_and_remembered(qtbot: QtBot, clinic: Clinic) -> None:
    station = Memory()
    first = clinic.page(station)
    qtbot.addWidget(first)
    first.table.choose_columns(first)
    menu = first.table.findChild(QMenu, "columns")
    assert menu is not None
    next(action for action in menu.actions() if action.text() == "Revenue").trigger()
    second = clinic.page(station)
    qtbot.addWidget(second)
    assert second.table.shown_columns() == ("name", "phone", "status", "attempts", "next_step", "revenue")


def test_a_wide_window_shows_more_columns(qtbot: QtBot, clinic: Clinic) -> None:
    page = clinic.page()
    made = window(page, 1920, 1080)
    qtbot.addWidget(made)
    made.show()
    assert page.table.shown_columns()[-4:] == ("source", "interest", "owner", "age")
    assert page.lead_pane.width() == 560


def test_a_narrow_window_shows_the_profile_over_the_list_and_esc_closes_it(qtbot: QtBot, clinic: Clinic) -> None:
    lead = clinic.enter("Grace Kim")
    page = clinic.page()
    made = window(page, 1000, 640)
    qtbot.addWidget(made)
    made.show()
    page.refresh()
    page.open_lead(lead)
    assert not page.table.isVisible()
    qtbot.waitUntil(page.lead_pane.view.well.change.hasFocus)
    qtbot.keyClick(page.lead_pane.view.well.change, Qt.Key.Key_Escape)
    assert page.table.isVisible()


def test_several_rows_bring_the_bar_and_esc_gives_them_up(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    clinic.enter("Grace Kim")
    clinic.enter("Ben Carter")
    shown(qtbot, page)
    page.table.selectAll()
    assert labelled(page, "several").text() == "2 chosen"
    assert page.many.isVisible()
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    assert page.filters.isVisible()


def test_many_leads_get_another_owner_with_one_undo(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    from frontdesk.services.undo import undo

    ids = [clinic.enter("Grace Kim"), clinic.enter("Ben Carter")]
    shown(qtbot, page)
    page.table.selectAll()
    button(page, "many-owner").click()
    menu = page.findChild(QMenu, "owners")
    assert menu is not None
    next(action for action in menu.actions() if action.text() == "You").trigger()
    assert [clinic.profile(lead).lead.owner_id for lead in ids] == [clinic.desk.who.id] * 2
    clinic.do(undo)
    assert [clinic.profile(lead).lead.owner_id for lead in ids] == [None, None]


def test_many_leads_get_one_follow_up_in_words(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    from frontdesk.ui.leads.plan_popup import PlanPopup

    ids = [clinic.enter("Grace Kim"), clinic.enter("Ben Carter")]
    shown(qtbot, page)
    page.table.selectAll()
    button(page, "many-follow_up").click()
    popup = page.findChild(PlanPopup, "plan-of-many")
    assert popup is not None
    other = clinic.enter("Tom Ray")
    clinic.do(set_follow_up, lead_id=other, plan=Plan(clinic.now.replace(hour=23, minute=0)))
    popup.when.set_text("today 3pm")
    assert popup.when.aside() == "1 other follow-up at 3:00\u00a0pm"
    qtbot.keyClick(popup.when.line, Qt.Key.Key_Return)
    assert [clinic.profile(lead).line.next_follow_up for lead in ids] == [clinic.now.replace(hour=23, minute=0)] * 2
    assert page.undo_strip.text() == "Follow-up for 2 leads set for Today 3:00\u00a0pm."


def test_the_many_popup_says_what_it_does_not_understand(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    from frontdesk.ui.leads.plan_popup import PlanPopup

    popup = PlanPopup(2, clinic.practice(), page)
    qtbot.addWidget(popup)
    popup.when.set_text("when pigs fly")
    popup.save()
    assert "Try “tomorrow 3pm”" in words(popup)


def test_new_words_of_the_practice_leave_the_offer_to_save_a_view(clinic: Clinic, page: LeadsPage) -> None:
    page.show_conditions(of(status=("new",)))
    page.filters.set_practice(clinic.practice())
    assert button(page, "save-view").isVisible()


def test_a_list_is_kept_as_a_view_and_deleted_again(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    clinic.enter("Grace Kim", important=True)
    clinic.enter("Ben Carter")
    page.refresh()
    page.show_conditions(of(important=("yes",)))
    button(page, "save-view").click()
    field = page.findChild(QWidget, "view-name").findChild(QLineEdit)
    qtbot.keyClicks(field, "Important")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert page.tabs.tabText(page.tabs.count() - 1) == "Important"
    assert page.tabs.accessibleTabName(page.tabs.count() - 1) == "Important, 1"
    assert shown(qtbot, page) == ["Grace Kim"]
    page.tabs.customContextMenuRequested.emit(page.tabs.tabRect(page.tabs.count() - 1).center())
    menu = page.tabs.findChild(QMenu, "view-menu")
    next(action for action in menu.actions() if action.text() == "Delete").trigger()
    assert page.tabs.tabText(page.tabs.count() - 1) == "Scheduled"


def test_a_view_without_a_name_is_refused_at_the_field(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    clinic.enter("Grace Kim")
    page.refresh()
    page.show_conditions(of(important=("yes",)))
    button(page, "save-view").click()
    popup = page.findChild(QWidget, "view-name")
    qtbot.keyClick(popup.findChild(QLineEdit), Qt.Key.Key_Return)
    assert "Give the view a name." in words(popup)


def test_export_gives_the_filter_the_order_and_the_selected_leads(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    ids = {clinic.enter("Grace Kim"), clinic.enter("Ben Carter")}
    shown(qtbot, page)
    page.table.selectAll()
    with qtbot.waitSignal(page.export_wanted) as told:
        button(page, "many-export").click()
    wanted, order, chosen = told.args
    assert wanted.status == ()
    assert order.by == "name"
    assert set(chosen) == ids


def test_a_change_elsewhere_is_shown_without_losing_the_row(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    lead = clinic.enter("Grace Kim")
    clinic.enter("Ben Carter")
    shown(qtbot, page)
    page.open_lead(lead)
    clinic.lose(lead)
    page.mark_stale({"leads"})
    assert page.table.current_id() == lead
    assert page.lead_pane.view.profile.lead.status == "lost"


@pytest.mark.parametrize("key", ["J", "K"])
def test_letters_move_the_row(qtbot: QtBot, clinic: Clinic, page: LeadsPage, key: str) -> None:
    clinic.enter("Ben Carter")
    clinic.enter("Grace Kim")
    clinic.enter("Aisha Rahman")
    shown(qtbot, page)
    page.table.setFocus()
    page.table.selectRow(1)
    press(qtbot, page.table, key)
    assert page.table.currentIndex().row() == (2 if key == "J" else 0)


def test_everything_on_the_page_has_a_name(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    page.open_lead(clinic.enter("Grace Kim", "(253) 555-0110", email="grace@example.com"))
    for tab in ("timeline", "details", "appointments", "money"):
        page.lead_pane.view.choose_tab(tab)
        assert unnamed(page) == []
    page.start_new_lead()
    assert unnamed(page) == []
