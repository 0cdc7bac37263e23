"""Tab and F6 follow what is seen, whenever its parts were made."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.ui.leads.conditions import EVERY
from frontdesk.ui.leads.page import LeadsPage
from frontdesk.ui.main_window import MainWindow
from frontdesk.ui.widgets.layouts import column
from frontdesk.ui.widgets.overlay import Overlay
from frontdesk.ui.widgets.tab_order import tab_stops


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def chip(page: LeadsPage, key: str) -> QPushButton:
    return next(one for one in page.filters.findChildren(QPushButton, f"chip-{key}") if one.isVisible())


@pytest.fixture
def page(main_window: MainWindow) -> LeadsPage:
    found = main_window.findChild(LeadsPage)
    assert found is not None
    found.table.setFocus()
    found.table.step(1)
    return found


def test_tab_goes_over_the_chips_to_the_list_to_the_profile_to_the_status_bar(
    qtbot: QtBot, main_window: MainWindow, page: LeadsPage
) -> None:
    page.show_conditions(EVERY.with_("status", ("new",)))  # the chips are made anew, behind everything else
    main_window.top_bar.field.setFocus()
    seen = []
    for _ in range(60):
        qtbot.keyClick(focused(), Qt.Key.Key_Tab)
        seen.append(focused())
        if focused() is main_window.top_bar.field:
            break
    parts = (main_window.navigation, page.filters, page.table, page.lead_pane, main_window.status_bar)
    places = [next(at for at, one in enumerate(seen) if part is one or part.isAncestorOf(one)) for part in parts]
    assert (places, seen[-1]) == (sorted(places), main_window.top_bar.field)


def test_shift_tab_goes_the_same_way_back(qtbot: QtBot, main_window: MainWindow, page: LeadsPage) -> None:
    page.show_conditions(EVERY.with_("important", ("yes",)))
    start = chip(page, "important")
    start.setFocus()
    for key in (*(Qt.Key.Key_Tab,) * 9, *(Qt.Key.Key_Backtab,) * 9):
        qtbot.keyClick(focused(), key)
    assert focused() is start


def test_what_a_dialog_makes_later_is_reached_where_it_stands(qtbot: QtBot, main_window: MainWindow) -> None:
    overlay = Overlay(main_window.host(), "Three")
    first, last, middle = QPushButton("1"), QPushButton("3"), QPushButton("2")
    box = column(first, last)
    overlay.body.addLayout(box)
    overlay.open(first)
    box.insertWidget(1, middle)
    middle.show()
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert (focused(), tab_stops(overlay.frame)[-3:]) == (middle, [first, middle, last])


def test_f6_from_above_the_list_goes_into_it(qtbot: QtBot, main_window: MainWindow, page: LeadsPage) -> None:
    for key, goal in ((Qt.Key.Key_F6, page.table), (Qt.Key.Key_F6, page.lead_pane)):
        chip(page, "more").setFocus()
        qtbot.keyClick(focused(), key)
        if goal is page.lead_pane:
            qtbot.keyClick(focused(), key)
        assert goal is focused() or goal.isAncestorOf(focused())


def test_a_removed_chip_leaves_the_focus_in_its_line(qtbot: QtBot, page: LeadsPage) -> None:
    page.show_conditions(EVERY.with_("important", ("yes",)))
    chip(page, "important").setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_Delete)
    assert page.filters.isAncestorOf(focused())


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_the_name_filter_is_left_for_the_list(qtbot: QtBot, page: LeadsPage, key: Qt.Key) -> None:
    page.filters.start_text()
    qtbot.keyClick(focused(), key)
    assert focused() is page.table


def test_a_line_without_room_keeps_what_can_be_added_behind_one_chip(qtbot: QtBot, main_window: MainWindow, page: LeadsPage) -> None:
    main_window.resize(1366, 768)
    page.show_conditions(EVERY.with_("important", ("yes",)))
    page.filters.start_text()
    qtbot.keyClicks(focused(), "a")
    chips = [one for one in page.filters.findChildren(QPushButton) if one.isVisible()]
    assert [one.objectName() for one in chips if one.width() < one.sizeHint().width()] == []


@pytest.mark.parametrize(("key", "row"), [(Qt.Key.Key_End, 2), (Qt.Key.Key_Home, 0)])
def test_home_and_end_choose_the_first_and_the_last_row(qtbot: QtBot, page: LeadsPage, key: Qt.Key, row: int) -> None:
    page.table.setFocus()
    page.table.choose_nothing()
    page.table.step(2)
    qtbot.keyClick(page.table, key)
    assert (page.table.currentIndex().row(), len(page.table.chosen_ids())) == (row, 1)


def test_alt_letters_of_the_bar_are_none_of_a_menu(main_window: MainWindow, page: LeadsPage) -> None:
    page.table.selectAll()
    marked = [one.text() for one in main_window.findChildren(QPushButton) if "&" in one.text() and one.isVisible()]
    menus = [action.text() for action in main_window.menuBar().actions()]
    letters = [each[each.index("&") + 1].lower() for each in (*marked, *menus)]
    assert sorted(letters) == sorted(set(letters))


def test_an_empty_list_hands_the_focus_to_what_can_be_done_and_takes_it_back(qtbot: QtBot, page: LeadsPage) -> None:
    page.table.setFocus()
    page.show_conditions(EVERY.with_("important", ("yes",)))
    button = focused()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert (isinstance(button, QPushButton) and button.text(), focused()) == ("Clear filters", page.table)


def test_enter_on_a_chip_opens_what_can_be_added(qtbot: QtBot, page: LeadsPage) -> None:
    chip(page, "more").setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    menu = page.filters.findChild(QMenu, "add-filter")
    assert menu is not None
    assert menu.isVisible()
    menu.close()
