"""The window as somebody at the desk meets it."""

from __future__ import annotations

from datetime import UTC, datetime
from logging import LogRecord
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QTextBrowser
from pytestqt.qtbot import QtBot

from frontdesk.domain.problems import Refused
from frontdesk.services.imports import Import, Kept
from frontdesk.ui.commands import ALL, MENUS
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.lanes import Inline
from frontdesk.ui.main_window import MainWindow
from frontdesk.ui.shots import Shot, size_of
from frontdesk.ui.way_back import Way
from frontdesk.ui.widgets.overlay import Overlay
from frontdesk.ui.widgets.pages import Page
from frontdesk.ui.widgets.privacy import privacy
from frontdesk.ui.widgets.theme import theme
from tests.ui.shells import Functions, Memory, redo, shell, undo

CONTROL = Qt.KeyboardModifier.ControlModifier


class LeadsPage(Page):
    """A page with a list, a right pane and one command."""

    topics = ("leads",)

    def __init__(self) -> None:
        super().__init__("leads", "Leads")
        self.list = QLineEdit()
        self.list.setObjectName("list")
        self.content.addWidget(self.list)
        self.refreshed = 0
        self.called = 0
        self.note = QLineEdit()
        self.set_pane(self.note)
        self.hand_over({"lead.call": self.call, "lead.new": lambda: None})

    def call(self) -> None:
        self.called += 1

    def refresh(self) -> None:
        self.refreshed += 1

    def main_list(self) -> QLineEdit:
        return self.list


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    return opened(qtbot, shell(Memory({"window.page": "today"}), leads=LeadsPage()))


def opened(qtbot: QtBot, window: MainWindow) -> MainWindow:
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window


def leads(window: MainWindow) -> LeadsPage:
    page = window.findChild(LeadsPage)
    assert page is not None
    return page


def find(qtbot: QtBot, window: MainWindow, text: str) -> list[str]:
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(window.top_bar.field, text)
    return [entry.title for entry in window.caller.entries()]


def test_control_and_a_number_open_the_pages_and_alt_left_goes_back(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_2, CONTROL)
    qtbot.keyClick(window, Qt.Key.Key_Comma, CONTROL)
    opened = [window.page().name]
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert [*opened, window.page().name] == ["settings", "leads"]


def test_the_navigation_opens_a_page_with_arrows_and_enter(qtbot: QtBot, window: MainWindow) -> None:
    window.navigation.setFocus()
    qtbot.keyClick(window.navigation, Qt.Key.Key_Down)
    qtbot.keyClick(window.navigation, Qt.Key.Key_Return)
    assert (window.page().name, leads(window).list.hasFocus()) == ("leads", True)


def test_a_click_on_the_navigation_opens_a_page(qtbot: QtBot, window: MainWindow) -> None:
    where = window.navigation.visualItemRect(window.navigation.item(1)).center()
    qtbot.mouseClick(window.navigation.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert window.page().name == "leads"


def test_a_page_that_is_not_made_yet_says_so(window: MainWindow) -> None:
    words = [label.text() for label in window.page().findChildren(QLabel, "page-state")]
    assert words == ["Today is not in this version yet.\nThe call queue."]


def test_four_digits_find_a_caller_and_enter_opens_the_lead(qtbot: QtBot, window: MainWindow) -> None:
    found = find(qtbot, window, "0142")
    with qtbot.waitSignal(window.lead_wanted) as told:
        qtbot.keyClick(window.top_bar.field, Qt.Key.Key_Return)
    assert (found, told.args, window.top_bar.field.text()) == (["Priya Nair"], [2, False], "")


def test_control_enter_opens_the_lead_and_says_that_they_called_us(qtbot: QtBot, window: MainWindow) -> None:
    find(qtbot, window, "0142")
    with qtbot.waitSignal(window.lead_wanted) as told:
        qtbot.keyClick(window.top_bar.field, Qt.Key.Key_Return, CONTROL)
    assert told.args == [2, True]


def test_alt_c_in_the_list_calls(qtbot: QtBot, window: MainWindow) -> None:
    find(qtbot, window, "grace")
    with qtbot.waitSignal(window.call_wanted) as told:
        qtbot.keyClick(window.top_bar.field, Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    assert told.args == [1]


def test_arrows_choose_among_the_people_found(qtbot: QtBot, window: MainWindow) -> None:
    find(qtbot, window, "555")
    qtbot.keyClick(window.top_bar.field, Qt.Key.Key_Down)
    with qtbot.waitSignal(window.lead_wanted) as told:
        qtbot.keyClick(window.top_bar.field, Qt.Key.Key_Return)
    assert told.args == [2, False]


def test_nobody_found_offers_a_new_lead_with_what_was_typed(qtbot: QtBot, window: MainWindow) -> None:
    window.open_page("leads")
    found = find(qtbot, window, "9999")
    with qtbot.waitSignal(window.new_lead_wanted) as told:
        qtbot.keyClick(window.top_bar.field, Qt.Key.Key_Return)
    assert (found, told.args) == (["New lead with 9999"], ["9999"])


def test_escape_returns_to_where_the_focus_was(qtbot: QtBot, window: MainWindow) -> None:
    window.open_page("leads")
    find(qtbot, window, "grace")
    qtbot.keyClick(window.top_bar.field, Qt.Key.Key_Escape)
    assert (leads(window).list.hasFocus(), window.caller.entries()) == (True, [])


def test_a_text_that_begins_with_a_bracket_lists_commands_with_their_keys(qtbot: QtBot, window: MainWindow) -> None:
    find(qtbot, window, "> settings")
    entry = window.caller.entries()[0]
    qtbot.keyClick(window.top_bar.field, Qt.Key.Key_Return)
    assert (entry.title, entry.key, window.page().name) == ("Settings", "Ctrl+,", "settings")


def test_hidden_personal_details_hide_the_people_found_too(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_H, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert (privacy().is_on, find(qtbot, window, "grace")) == (True, ["G••• K•••"])


def test_commands_are_possible_only_where_somebody_answers_them(qtbot: QtBot, window: MainWindow) -> None:
    on_today = window.commands.action("lead.call").isEnabled()
    window.open_page("leads")
    qtbot.keyClick(window, Qt.Key.Key_D, CONTROL)
    assert (on_today, window.commands.action("lead.call").isEnabled(), leads(window).called) == (False, True, 1)


def test_no_two_commands_share_a_shortcut() -> None:
    keys = [key for command in ALL.values() for key in command.keys]
    assert sorted(keys) == sorted(set(keys))


def test_the_letters_of_the_menus_and_of_each_menu_are_unique() -> None:
    rows = [[title for title, _ in MENUS]] + [[command.words for command in commands if "&" in command.words] for _, commands in MENUS]
    twice = [row for row in rows if len({words[words.index("&") + 1].lower() for words in row}) != len(row)]
    assert twice == []


def test_f1_lists_every_key_and_the_search_narrows_it(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    overlay = window.findChild(Overlay)
    assert overlay is not None
    qtbot.keyClicks(QApplication.focusWidget(), "undo")
    shown = [label.text() for label in overlay.findChildren(QLabel) if label.isVisible() and label.property("role") == "body"]
    assert shown == ["Undo"]


def test_tab_stays_inside_an_overlay_and_escape_gives_the_focus_back(qtbot: QtBot, window: MainWindow) -> None:
    window.open_page("leads")
    qtbot.keyClick(window, Qt.Key.Key_F1)
    overlay = window.findChild(Overlay)
    assert overlay is not None
    inside = []
    for _ in range(5):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        inside.append(overlay.isAncestorOf(QApplication.focusWidget()))
    with qtbot.waitSignal(overlay.closed):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert (inside, leads(window).list.hasFocus()) == ([True] * 5, True)


def test_find_works_above_an_overlay_and_escape_goes_back_into_it(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    overlay = window.findChild(Overlay)
    assert overlay is not None
    found = find(qtbot, window, "grace")
    qtbot.keyClick(window.top_bar.field, Qt.Key.Key_Escape)
    assert (found, overlay.isVisible(), overlay.isAncestorOf(QApplication.focusWidget())) == (["Grace Kim"], True, True)


def test_undo_from_anywhere_says_what_was_taken_back(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert window.page().undo_strip.text() == "Taken back: Attempt logged"


def test_the_undo_strip_offers_the_way_back(qtbot: QtBot, window: MainWindow) -> None:
    strip = window.page().undo_strip
    strip.say("Left message for Noah Park. Back in the queue at 14:41.")
    button = next(one for one in strip.findChildren(QPushButton) if one.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert strip.text() == "Taken back: Attempt logged"


def test_a_long_sentence_takes_a_second_line_of_the_undo_strip(qtbot: QtBot, window: MainWindow) -> None:
    strip = window.page().undo_strip
    strip.say("Grace Kim is important now.")
    qtbot.waitUntil(lambda: strip.height() == 38)
    strip.say("Third attempt without an answer. Tom Whitfield is now dead, reason “No contact after 3 attempts”. " * 3)
    qtbot.waitUntil(lambda: strip.height() > 38)
    assert window.width() == 1366


def test_control_z_in_a_changed_text_field_belongs_to_the_field(qtbot: QtBot, window: MainWindow) -> None:
    window.open_page("leads")
    field = leads(window).list
    qtbot.keyClicks(field, "abc")
    qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL)
    in_field = (field.text(), window.page().undo_strip.text())
    qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert (in_field, window.page().undo_strip.text()) == (("", ""), "Taken back: Attempt logged")


def test_f6_goes_from_pane_to_pane_and_shift_f6_back(qtbot: QtBot, window: MainWindow) -> None:
    window.open_page("leads")
    page = leads(window)
    qtbot.keyClick(window, Qt.Key.Key_F6)
    in_pane = page.note.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert (in_pane, window.navigation.hasFocus()) == (True, True)


def test_f9_hides_and_shows_the_right_pane(qtbot: QtBot, window: MainWindow) -> None:
    window.open_page("leads")
    qtbot.keyClick(window, Qt.Key.Key_F9)
    hidden = leads(window).note.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert (hidden, leads(window).note.isVisible()) == (False, True)


def test_a_page_refreshes_at_once_when_seen_and_when_shown_otherwise(window: MainWindow) -> None:
    page = leads(window)
    page.mark_stale({"leads"})
    unseen = page.refreshed
    window.open_page("leads")
    page.mark_stale({"settings"})
    shown = page.refreshed
    page.mark_stale(None)
    assert (unseen, shown, page.refreshed) == (0, 1, 2)


def test_a_refusal_that_no_page_asked_for_is_said_on_the_page(qtbot: QtBot) -> None:
    class Refusing(Functions):
        def do_once(self, key: object, command: object, /, **kwargs: object) -> None:
            raise Refused("nothing_to_undo")

    window = opened(qtbot, shell(desk=Refusing()))
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert window.page().notice.text() == "There is nothing to undo."


def test_a_dialog_has_a_ground_of_its_own_in_high_contrast(window: MainWindow) -> None:
    theme().choose(high_contrast=True)
    window.commands.run("help.about")
    overlay = window.findChild(Overlay)
    assert overlay is not None
    inside = overlay.frame.geometry().bottomRight() - QPoint(12, 12)
    assert overlay.grab().toImage().pixelColor(inside) == theme().colour("bg")


def test_where_the_data_lives_is_shown_whole_with_large_text(window: MainWindow) -> None:
    theme().choose(percent=150)
    where = next(label for label in window.top_bar.findChildren(QLabel) if label.text() == "On this computer")
    where.parentWidget().layout().activate()
    assert where.width() >= where.sizeHint().width()


def test_an_import_that_cannot_be_taken_back_leaves_the_way_back_open(qtbot: QtBot, log_warnings: list[LogRecord]) -> None:
    def fail(_desk: object, **_more: object) -> Kept:
        raise RuntimeError

    newest: list[object] = [Import(7, "leads.csv", datetime(2026, 3, 2, tzinfo=UTC)), undo(None)]
    window = opened(qtbot, shell(way=Way(lambda _tx: newest.pop(0), redo, fail)))
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    after_a_bug = (window.status_bar.work(), window.page().notice.text())
    log_warnings.clear()
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert after_a_bug == ("", "Something went wrong. Nothing was lost.")
    assert window.page().undo_strip.text() == "Taken back: Attempt logged"


def test_theme_and_text_size_are_remembered(qtbot: QtBot) -> None:
    station = Memory()
    window = opened(qtbot, shell(station))
    qtbot.keyClick(window, Qt.Key.Key_Plus, CONTROL)
    assert (theme().percent, station.get("window.text_size")) == (110, "110")


def test_the_window_comes_back_where_it_was_and_with_its_last_page(qtbot: QtBot) -> None:
    station = Memory()
    first = shell(station)
    qtbot.addWidget(first)
    first.setGeometry(20, 30, 900, 500)
    first.show()
    first.open_page("settings")
    first.close()
    second = shell(station)
    qtbot.addWidget(second)
    assert (second.page().name, second.height()) == ("settings", 500)


def test_below_1280_the_navigation_shows_icons_with_the_names_as_tips(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1270, 700)
    narrow = (window.navigation.width(), window.navigation.item(1).toolTip())
    window.resize(1366, 768)
    assert (narrow, window.navigation.width(), window.navigation.item(1).toolTip()) == ((56, "Leads"), 176, "")


def test_settings_switch_the_theme_at_once(qtbot: QtBot, window: MainWindow) -> None:
    window.open_page("settings")
    scheme = QApplication.focusWidget()
    qtbot.keyClick(scheme, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: theme().scheme == "dark")


def test_a_picture_has_the_asked_size_and_shows_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    taken: list[bool] = []
    window = shell()
    qtbot.addWidget(window)
    file = tmp_path / "leads.png"
    Shot(window, Jobs(Functions(), Inline()), file, size_of("1366x768"), taken.append)
    qtbot.waitUntil(lambda: taken == [True], timeout=10_000)
    image = QImage(str(file))
    assert (image.width(), image.height(), image.pixelColor(30, 55).name()) == (1366, 768, "#ffffff")


def test_a_size_that_is_none_is_refused() -> None:
    with pytest.raises(Refused, match="size_not_understood"):
        size_of("big")


def test_about_says_which_program_this_is_and_copies_it(qtbot: QtBot, window: MainWindow) -> None:
    window.commands.run("help.about")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert QApplication.clipboard().text().startswith("frontdesk 0.0\nPython 3")


def test_what_is_new_shows_the_changelog_from_its_first_version_on(window: MainWindow) -> None:
    window.commands.run("help.news")
    shown = window.findChild(QTextBrowser)
    assert shown is not None
    assert shown.toPlainText().startswith("Unreleased")


def test_a_command_that_is_not_there_yet_says_so_in_its_tool_tip(window: MainWindow) -> None:
    lock, call = window.commands.action("window.lock"), window.commands.action("lead.call")
    assert [(each.isEnabled(), each.toolTip()) for each in (lock, call)] == [
        (False, "Not in this version yet"),
        (False, "Not on this page"),
    ]
