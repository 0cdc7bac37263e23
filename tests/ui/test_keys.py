"""Keys act where the focus is, and never on what lies behind a dialog."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.services.desk import Desk
from frontdesk.services.leads import change_status
from frontdesk.services.lists import profile
from frontdesk.ui.leads.page import LeadsPage
from frontdesk.ui.main_window import MainWindow
from frontdesk.ui.widgets.keys import INSIDE, shortcut
from frontdesk.ui.widgets.overlay import Overlay


def leads_page(window: MainWindow) -> LeadsPage:
    page = window.findChild(LeadsPage)
    assert page is not None
    return page


def overlays(window: MainWindow) -> list[Overlay]:
    return [each for each in window.findChildren(Overlay) if each.isVisible()]


def chosen_lead(window: MainWindow) -> int:
    """The first lead of the list, chosen; the focus stays in the list."""
    page = leads_page(window)
    page.table.setFocus()
    page.table.step(1)
    lead_id = page.lead_pane.view.lead_id()
    assert lead_id is not None
    return lead_id


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def changing_status(qtbot: QtBot, window: MainWindow) -> int:
    """Change status of the first lead, with the focus in the reasons that Lost asks for."""
    lead_id = chosen_lead(window)
    qtbot.keyClick(focused(), Qt.Key.Key_C)
    assert len(overlays(window)) == 1
    return lead_id


def attempts(desk: Desk, lead_id: int) -> tuple[int, str]:
    lead = desk.ask(profile, lead_id=lead_id).lead
    return lead.attempts, lead.status


def test_a_shortcut_belongs_to_its_part_of_the_window(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    assert shortcut(owner, "N", owner.hide).context() == INSIDE


@pytest.mark.parametrize("letter", ["N", "M", "S"])
def test_a_letter_in_change_status_does_not_reach_the_lead_behind(qtbot: QtBot, main_window: MainWindow, desk: Desk, letter: str) -> None:
    lead_id = changing_status(qtbot, main_window)
    before = attempts(desk, lead_id)
    qtbot.keyClicks(focused(), letter)
    assert (attempts(desk, lead_id), len(overlays(main_window))) == (before, 1)


def test_escape_closes_the_dialog_and_nothing_else(qtbot: QtBot, main_window: MainWindow) -> None:
    changing_status(qtbot, main_window)
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert (overlays(main_window), leads_page(main_window).lead_pane.isVisible()) == ([], True)


def test_the_page_behind_a_dialog_gets_no_letters_even_with_the_focus(qtbot: QtBot, main_window: MainWindow, desk: Desk) -> None:
    lead_id = changing_status(qtbot, main_window)
    before = attempts(desk, lead_id)
    leads_page(main_window).table.setFocus()
    qtbot.keyClick(leads_page(main_window).table, Qt.Key.Key_N)
    assert attempts(desk, lead_id) == before


def test_letters_act_on_the_chosen_lead_while_the_list_has_the_focus(qtbot: QtBot, main_window: MainWindow, desk: Desk) -> None:
    lead_id = chosen_lead(main_window)
    qtbot.keyClick(focused(), Qt.Key.Key_N)
    assert attempts(desk, lead_id)[0] == 1


def test_escape_in_find_empties_it_and_keeps_the_profile(qtbot: QtBot, main_window: MainWindow) -> None:
    chosen_lead(main_window)
    before = focused()
    qtbot.keyClick(main_window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    field: QLineEdit = main_window.top_bar.field
    qtbot.keyClicks(field, "nair")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), main_window.caller.entries(), focused(), leads_page(main_window).lead_pane.isVisible()) == ("", [], before, True)


def test_find_opens_the_lead_that_is_in_front_already_and_leaves_the_field(qtbot: QtBot, main_window: MainWindow) -> None:
    for _ in range(2):
        qtbot.keyClick(main_window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClicks(main_window.top_bar.field, "nair")
        qtbot.keyClick(main_window.top_bar.field, Qt.Key.Key_Return)
    assert leads_page(main_window).isAncestorOf(focused())


def test_find_opens_a_lead_in_the_pane_that_covers_the_list_and_leaves_the_field(qtbot: QtBot, main_window: MainWindow) -> None:
    chosen_lead(main_window)
    leads_page(main_window).table.width_wanted.emit()
    name = leads_page(main_window).table.model_of_leads.index(0, 0).data()
    qtbot.keyClick(main_window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(main_window.top_bar.field, name)
    qtbot.keyClick(main_window.top_bar.field, Qt.Key.Key_Return)
    assert leads_page(main_window).isAncestorOf(focused())


def test_what_find_has_found_never_covers_a_dialog(qtbot: QtBot, main_window: MainWindow) -> None:
    changing_status(qtbot, main_window)
    main_window.caller.show_number("0142")
    assert main_window.caller.entries() == []


def test_what_find_has_found_goes_when_the_focus_does(qtbot: QtBot, main_window: MainWindow) -> None:
    qtbot.keyClick(main_window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(main_window.top_bar.field, "nair")
    leads_page(main_window).table.setFocus()
    assert main_window.caller.entries() == []


def test_the_row_menu_shows_the_keys(qtbot: QtBot, main_window: MainWindow) -> None:
    chosen_lead(main_window)
    leads_page(main_window).commands.open_row_menu()
    menu = main_window.findChild(QMenu, "row-menu")
    assert menu is not None
    words = [action.text() for action in menu.actions()]
    menu.close()
    assert {"No answer\tN", "Follow up…\tF", "Change status…\tC"} <= set(words)


def test_find_marks_the_digits_that_matched(qtbot: QtBot, main_window: MainWindow) -> None:
    qtbot.keyClick(main_window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(main_window.top_bar.field, "5550142")
    marked = [entry.aside[entry.bold_aside[0] :][: entry.bold_aside[1]] for entry in main_window.caller.entries()]
    assert marked == ["555-0142"]


def test_undo_of_a_change_of_status_names_the_status(qtbot: QtBot, main_window: MainWindow, desk: Desk) -> None:
    lead_id = chosen_lead(main_window)
    desk.do(change_status, lead_id=lead_id, to="contacted")
    qtbot.keyClick(main_window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    said = main_window.page().undo_strip.text()
    told = desk.ask(profile, lead_id=lead_id).timeline[0]
    assert (said.startswith("Taken back for "), said.endswith(": Contacted"), told.took_back_status) == (True, True, "contacted")
