"""The profile over the whole page and back, and one card revealed while personal details are hidden."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.services.leads import change_status
from frontdesk.ui.lead.panes import Halves
from frontdesk.ui.lead.profile import ProfileView
from frontdesk.ui.leads.page import LeadsPage
from frontdesk.ui.widgets.pills import Dots, StatusPill, pill_width
from frontdesk.ui.widgets.privacy import privacy
from frontdesk.ui.widgets.rows_delegate import inside
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


def test_beside_a_tall_tab_the_facts_keep_their_height(qtbot: QtBot) -> None:
    facts, tall, enquiries = QWidget(), QWidget(), QWidget()
    for part, height in ((facts, 60), (tall, 400), (enquiries, 60)):
        part.setMinimumHeight(height)
    halves, whole = Halves(facts, tall, enquiries), QWidget()
    halves.spread(is_beside=True)
    whole.setLayout(halves)
    qtbot.addWidget(whole)
    with qtbot.waitExposed(whole):
        whole.show()
    assert (facts.height(), enquiries.y() < 100) == (60, True)


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


def test_every_usual_status_and_a_number_fit_their_columns_at_1366(clinic: Clinic, page: LeadsPage, view: ProfileView) -> None:
    def room(key: str) -> int:
        at = page.table.shown_columns().index(key)
        return inside(QRect(0, 0, page.table.columnWidth(at), 38), at, mirrored=False).width()

    practice, font = clinic.practice(), theme().font("body", tabular=True)
    assert [status for status in practice.workflow.statuses if pill_width(practice.pill(status)) > room("status")] == []
    assert QFontMetrics(font).horizontalAdvance("(206) 555-0142") <= room("phone")


def test_a_long_status_is_shown_whole_before_the_dots_are(qtbot: QtBot, clinic: Clinic, page: LeadsPage, view: ProfileView) -> None:
    won = clinic.enter("Tom Ray", "(206) 555-0177")
    clinic.do(change_status, lead_id=won, to="procedure_completed")

    def dots() -> list[bool]:
        return [each.isVisible() for each in view.well.findChildren(Dots)]

    qtbot.waitUntil(lambda: any(dots()))
    page.open_lead(won)
    qtbot.waitUntil(
        lambda: [each.width() == each.sizeHint().width() for each in view.well.findChildren(StatusPill) if each.isVisible()] == [True]
    )
    assert not any(dots())
