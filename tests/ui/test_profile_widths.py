"""The profile over the whole page and back, and one card revealed while personal details are hidden."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.ui.lead.profile import ProfileView
from frontdesk.ui.leads.page import LeadsPage
from frontdesk.ui.widgets.pills import Pill, pill_width
from frontdesk.ui.widgets.privacy import privacy
from frontdesk.ui.widgets.theme import theme
from tests.ui.lead_fixtures import clinic, empty_practice, page
from tests.ui.lead_pages import Clinic, shown

__all__ = ["clinic", "empty_practice", "page"]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def view(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> ProfileView:
    """The profile of Grace Kim beside a list of two."""
    clinic.enter("Ben Carter", "(206) 555-0142")
    grace = clinic.enter("Grace Kim", "(253) 555-0110")
    shown(qtbot, page)
    page.open_lead(grace)
    page.table.setFocus()
    return page.lead_pane.view


def name(view: ProfileView) -> str:
    found = view.findChild(QLabel, "profile-name")
    assert found is not None
    return found.text()


def test_ctrl_enter_in_the_list_gives_the_profile_the_whole_page(qtbot: QtBot, page: LeadsPage, view: ProfileView) -> None:
    qtbot.keyClick(page.table, Qt.Key.Key_Return, CTRL)
    assert not page.table.isVisible()
    qtbot.waitUntil(lambda: page.lead_pane.width() == page.width())
    assert view.well.change.hasFocus()


def test_ctrl_enter_in_the_profile_goes_back_to_the_list(qtbot: QtBot, page: LeadsPage, view: ProfileView) -> None:
    narrow = page.lead_pane.width()
    qtbot.keyClick(page.table, Qt.Key.Key_Return, CTRL)
    qtbot.keyClick(view.well.change, Qt.Key.Key_Return, CTRL)
    assert page.table.hasFocus()
    qtbot.waitUntil(lambda: page.lead_pane.width() == narrow)


def test_esc_goes_back_to_the_list_and_leaves_the_profile_open(qtbot: QtBot, page: LeadsPage, view: ProfileView) -> None:
    qtbot.keyClick(page.table, Qt.Key.Key_Return, CTRL)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert page.table.isVisible()
    assert page.lead_pane.isVisible()


def test_the_button_in_the_head_does_the_same(page: LeadsPage, view: ProfileView) -> None:
    width = view.head.width_button
    assert width.accessibleName() == "Full width"
    width.click()
    assert not page.table.isVisible()
    assert width.accessibleName() == "Beside the list"
    width.click()
    assert page.table.isVisible()


def test_with_the_whole_page_the_timeline_stands_beside_the_facts(qtbot: QtBot, page: LeadsPage, view: ProfileView) -> None:
    def left(widget: QWidget) -> int:
        return widget.mapTo(view, widget.rect().topLeft()).x()

    assert left(view.timeline) == left(view.facts["phone"])
    qtbot.keyClick(page.table, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: left(view.timeline) > left(view.facts["phone"]) + view.facts["phone"].width())


def test_ctrl_enter_in_the_note_still_adds_the_note(qtbot: QtBot, clinic: Clinic, page: LeadsPage, view: ProfileView) -> None:
    view.note.area.setFocus()
    qtbot.keyClicks(view.note.area, "Prefers mornings")
    qtbot.keyClick(view.note.area, Qt.Key.Key_Return, CTRL)
    assert page.table.isVisible()
    assert view.profile is not None
    assert clinic.profile(view.profile.lead.id).timeline[0].note == "Prefers mornings"


def test_hidden_details_hide_the_name_and_the_notes_on_the_card(qtbot: QtBot, view: ProfileView) -> None:
    qtbot.keyClicks(view.note.area, "Prefers mornings")
    view.note.finish()
    privacy().set_on(True)
    assert name(view) == "G••• K•••"
    assert "Prefers" not in " ".join(each.text() for each in view.timeline.findChildren(QLabel) if each.isVisible())


def test_enter_reveals_one_card_until_another_is_shown(qtbot: QtBot, page: LeadsPage, view: ProfileView) -> None:
    privacy().set_on(True)
    grace = view.lead_id()
    page.table.choose(grace)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert (name(view), view.facts["phone"].value.text()) == ("Grace Kim", "(253) 555-0110")
    page.table.step(-1)
    assert name(view) == "B••• C•••"
    page.table.choose(grace)
    assert name(view) == "G••• K•••"


def test_hiding_again_hides_the_card_that_was_revealed(qtbot: QtBot, page: LeadsPage, view: ProfileView) -> None:
    privacy().set_on(True)
    page.table.choose(view.lead_id())
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    privacy().set_on(False)
    privacy().set_on(True)
    assert name(view) == "G••• K•••"


def test_with_large_text_the_profile_stands_over_the_list(qtbot: QtBot, page: LeadsPage, view: ProfileView) -> None:
    theme().choose(percent=150)
    assert not page.table.isVisible()
    qtbot.waitUntil(lambda: page.lead_pane.width() == page.width())
    theme().choose(percent=100)
    assert page.table.isVisible()


def test_with_large_text_an_empty_pane_leaves_the_page_to_the_list(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    clinic.enter("Grace Kim")
    shown(qtbot, page)
    page.open_lead(clinic.line("Grace").id)
    page.lead_pane.show_lead(None)
    theme().choose(percent=150)
    assert (page.table.isVisible(), page.lead_pane.isVisible()) == (True, False)
    theme().choose(percent=100)
    assert (page.table.isVisible(), page.lead_pane.isVisible()) == (True, True)


def test_the_longest_status_and_a_number_fit_their_columns_at_1366(
    qtbot: QtBot, clinic: Clinic, page: LeadsPage, view: ProfileView
) -> None:
    at = page.table.shown_columns().index
    pill = page.table.columnWidth(at("status")) - pill_width(Pill("Procedure Completed", "badge-check", "done"))
    number = page.table.columnWidth(at("phone")) - QFontMetrics(theme().font("body", tabular=True)).horizontalAdvance("(206) 555-0142")
    assert (pill > 0, number > 0) == (True, True)
