"""The window over a real practice, every call run at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.domain.records import StaffMember
from frontdesk.domain.rules import Answers
from frontdesk.domain.workflow import Role
from frontdesk.services import attempts, drafts, imports, leads, lists, practices, views
from frontdesk.services.desk import Desk
from frontdesk.services.people import PersonFields
from frontdesk.services.queue import work_queue
from frontdesk.services.settings import book
from frontdesk.store import staff
from frontdesk.store.tx import Tx
from frontdesk.ui.exports import ExportStrip
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.lanes import Inline
from frontdesk.ui.lead.change_status.dialog import ChangeStatus
from frontdesk.ui.lead.dialogs.forms import FormDialog
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.leads.conditions import of
from frontdesk.ui.leads.page import LeadsPage
from frontdesk.ui.live import Live
from frontdesk.ui.main_window import MainWindow
from frontdesk.ui.navigation import Place
from frontdesk.ui.printing import Printing
from frontdesk.ui.widgets.privacy import privacy
from frontdesk.ui.windows import Ground
from frontdesk.ui.windows import main_window as whole_window
from tests.ui.conftest import NOW
from tests.ui.lead_fixtures import opened
from tests.ui.lead_pages import Opened
from tests.ui.shells import Memory

__all__ = ["opened"]
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def find(
    qtbot: QtBot, window: MainWindow, text: str, key: Qt.Key = Qt.Key.Key_Return, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(window.top_bar.field, text)
    qtbot.keyClick(window.top_bar.field, key, held)


def names(window: MainWindow) -> list[str]:
    return [label.text() for label in window.findChildren(QLabel) if label.property("role") == "name" and label.isVisible()]


def leads_page(window: MainWindow) -> LeadsPage:
    page = window.findChild(LeadsPage)
    assert page is not None
    return page


def hire(tx: Tx) -> StaffMember:
    with tx.because("set_up", undoable=False):
        return staff.add(tx, StaffMember(0, "Lin Wu", Role.RECEPTIONIST))


def jobs(window: MainWindow) -> Jobs:
    return window.jobs


def places(window: MainWindow) -> list[tuple[str, str]]:
    found = [window.navigation.item(at).data(Qt.ItemDataRole.UserRole) for at in range(window.navigation.count())]
    return [(place.words, place.count) for place in found if isinstance(place, Place) and not place.heading]


def test_a_caller_is_found_by_four_digits_and_opened_on_the_right(qtbot: QtBot, main_window: MainWindow) -> None:
    find(qtbot, main_window, "0142")
    assert (main_window.page().name, names(main_window)) == ("leads", ["Priya Nair"])


def test_a_caller_is_found_from_a_cold_start_by_the_keyboard_alone(qtbot: QtBot, main_window: MainWindow) -> None:
    find(qtbot, main_window, "nair")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert leads_page(main_window).isAncestorOf(focused)


def test_the_part_of_the_name_that_matched_is_bold(qtbot: QtBot, main_window: MainWindow) -> None:
    qtbot.keyClick(main_window, Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(main_window.top_bar.field, "kim")
    assert [(entry.title, entry.bold) for entry in main_window.caller.entries()] == [("Grace Kim", (6, 3))]


def test_control_enter_logs_that_they_called_and_undo_takes_it_back(qtbot: QtBot, main_window: MainWindow, desk: Desk) -> None:
    find(qtbot, main_window, "0142", held=CONTROL)
    first = desk.ask(work_queue)[0]
    said = main_window.page().undo_strip.text()
    qtbot.keyClick(main_window, Qt.Key.Key_Z, CONTROL)
    groups = {each.entry.group.name for each in desk.ask(work_queue)}
    assert (first.line.name, first.entry.group.name, said.startswith("Logged: they called us."), groups) == (
        "Priya Nair",
        "VOICEMAILS",
        True,
        {"NEW"},
    )


def test_alt_c_in_find_calls_and_asks_what_came_of_it(qtbot: QtBot, main_window: MainWindow, opened: Opened) -> None:
    find(qtbot, main_window, "0142", Qt.Key.Key_C, ALT)
    asked = [one.text() for one in main_window.findChildren(QPushButton) if one.isVisible() and one.text().replace("&", "") == "No answer"]
    assert (opened.addresses, len(asked)) == (["tel:+12065550142"], 1)


def test_an_unknown_number_starts_the_form_with_it_filled_in(qtbot: QtBot, main_window: MainWindow) -> None:
    qtbot.keyClick(main_window, Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(main_window.top_bar.field, "2065559876")
    offered = [entry.title for entry in main_window.caller.entries()]
    qtbot.keyClick(main_window.top_bar.field, Qt.Key.Key_Return)
    typed = [line.text() for line in leads_page(main_window).lead_pane.form.findChildren(QLineEdit) if "9876" in line.text()]
    assert (offered, typed) == (["New lead with (206) 555-9876"], ["(206) 555-9876"])


def test_control_z_takes_back_an_attempt_made_elsewhere_and_says_so(qtbot: QtBot, main_window: MainWindow, desk: Desk) -> None:
    lead_id = desk.ask(lists.find, text="0142")[0].id
    desk.do(attempts.log_attempt, lead_id=lead_id, channel="call", disposition=None)
    qtbot.keyClick(main_window, Qt.Key.Key_Z, CONTROL)
    assert ({each.attempts for each in desk.ask(lists.find, text="0142")}, main_window.page().undo_strip.text()) == (
        {0},
        "Taken back for Priya Nair: attempt logged",
    )


def test_the_navigation_counts_the_calls_to_make_and_the_saved_views(main_window: MainWindow) -> None:
    assert places(main_window)[0] == ("Today", "3")
    assert [each for each in places(main_window) if each[0] in {"Important", "Overdue"}] == [("Important", "0"), ("Overdue", "0")]


def test_the_figures_follow_what_is_changed(qtbot: QtBot, main_window: MainWindow, desk: Desk) -> None:
    find(qtbot, main_window, "0142")
    qtbot.keyClicks(leads_page(main_window).table, "*")
    qtbot.waitUntil(lambda: ("Important", "1") in places(main_window), timeout=3000)


def test_a_view_of_the_navigation_opens_the_leads_with_its_list(qtbot: QtBot, main_window: MainWindow, desk: Desk) -> None:
    desk.do(leads.mark_important, lead_id=desk.ask(lists.find, text="0142")[0].id, important=True)
    main_window.open_page("settings")
    at = [main_window.navigation.item(row).data(Qt.ItemDataRole.UserRole).words for row in range(main_window.navigation.count())].index(
        "Important"
    )
    qtbot.mouseClick(
        main_window.navigation.viewport(),
        Qt.MouseButton.LeftButton,
        pos=main_window.navigation.visualItemRect(main_window.navigation.item(at)).center(),
    )
    page = leads_page(main_window)
    assert (main_window.page().name, page.table.model_of_leads.rowCount(), main_window.navigation.active) == ("leads", 1, "view:important")


def test_a_view_that_somebody_kept_stands_in_the_navigation(qtbot: QtBot, main_window: MainWindow, desk: Desk) -> None:
    desk.do(views.save_view, label="Kims", wanted=of(text=("kim",)).written())
    main_window.live.tell(None)
    qtbot.waitUntil(lambda: ("Kims", "1") in places(main_window), timeout=3000)


def test_import_in_the_file_menu_opens_the_import_page(main_window: MainWindow) -> None:
    main_window.commands.action("import.open").trigger()
    assert main_window.page().name == "import"


def test_the_list_is_exported_to_the_file_that_was_chosen(
    qtbot: QtBot, main_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "leads.csv"), ""))
    main_window.open_page("settings")
    qtbot.keyClick(main_window, Qt.Key.Key_E, CONTROL)
    lines = (tmp_path / "leads.csv").read_text("utf-8-sig").splitlines()
    strip = main_window.findChild(ExportStrip)
    assert strip is not None
    assert (len(lines), strip.text(), strip.isVisible()) == (4, "Exported 3 leads to leads.csv.", True)


def test_example_leads_fill_an_empty_practice_and_the_list_shows_them(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = practices.open_desk(tmp_path / "new.db", person="Amara Okafor", clock=lambda: NOW)
    monkeypatch.setattr("frontdesk.services.examples.fill.__kwdefaults__", {"count": 12, "progress": lambda done, of: None})
    window = whole_window(
        Ground(Jobs(desk, Inline()), Live(), Memory(), "0"), Practice.of(desk.ask(lists.choices), desk.who, desk.clock), where=""
    )
    qtbot.addWidget(window)
    window.open_page("leads")
    window.show()
    press(qtbot, window, "Example leads")
    assert leads_page(window).table.model_of_leads.rowCount() == 12
    desk.database.close()


def press(qtbot: QtBot, window: QWidget, words: str) -> None:
    """Click the button with these words that is shown."""
    found = next(one for one in window.findChildren(QPushButton) if one.text().replace("&", "") == words and one.isVisible())
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def test_the_page_that_is_not_made_yet_leads_to_the_leads(qtbot: QtBot, main_window: MainWindow) -> None:
    main_window.open_page("funnel")
    qtbot.keyClick(main_window.focusWidget(), Qt.Key.Key_Space)
    assert main_window.page().name == "leads"


def test_what_was_taken_back_is_said_with_whose_it_was_and_can_be_done_again(qtbot: QtBot, main_window: MainWindow, desk: Desk) -> None:
    lead_id = desk.ask(lists.find, text="nair")[0].id
    desk.do(leads.mark_important, lead_id=lead_id, important=True)
    qtbot.keyClick(main_window, Qt.Key.Key_Z, CONTROL)
    taken = main_window.page().undo_strip.text()
    qtbot.keyClick(main_window, Qt.Key.Key_Y, CONTROL)
    again = main_window.page().undo_strip.text()
    assert (taken.startswith("Taken back for Priya Nair: "), again.startswith("Done again for Priya Nair: ")) == (True, True)
    assert desk.ask(lists.find, text="nair")[0].important


def test_what_somebody_else_has_worked_on_since_is_kept_and_can_be_looked_at(qtbot: QtBot, main_window: MainWindow, desk: Desk) -> None:
    lead_id = desk.ask(lists.find, text="nair")[0].id
    desk.do(leads.mark_important, lead_id=lead_id, important=True)
    Desk(desk.database, desk.do(hire).value or desk.who, desk.clock).do(leads.mark_important, lead_id=lead_id, important=False)
    qtbot.keyClick(main_window, Qt.Key.Key_Z, CONTROL)
    said = main_window.page().notice.text()
    press(qtbot, main_window, "Open the lead")
    assert (said, names(main_window)) == ("This can't be undone: somebody has worked on it since.", ["Priya Nair"])


def test_control_z_takes_back_an_import_and_says_what_stays(qtbot: QtBot, main_window: MainWindow, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "more {new}.csv"
    path.write_text("Name,Phone\nAda Low,206 555 0177\nBo Hill,206 555 0178\n", encoding="utf-8")
    imports.run(desk, imports.prepare(desk, path, imports.Wishes()))
    grace = Desk(desk.database, desk.do(hire).value or desk.who, desk.clock)
    grace.do(leads.mark_important, lead_id=desk.ask(lists.find, text="ada")[0].id, important=True)
    qtbot.keyClick(main_window, Qt.Key.Key_Z, CONTROL)
    said = main_window.page().undo_strip.text()
    qtbot.keyClick(main_window, Qt.Key.Key_Y, CONTROL)
    assert said == (
        "Taken back: the import of more {new}.csv, 1 row. 1 stays, because it was worked on since. To have it again, import the file."
    )
    assert main_window.page().notice.text() == "An import that was taken back can't be done again. Import the file once more."
    assert [desk.ask(lists.find, text=name) == [] for name in ("ada", "hill")] == [False, True]


def test_what_is_taken_back_for_many_names_how_many(qtbot: QtBot, main_window: MainWindow, desk: Desk) -> None:
    chosen = [(line.id, None) for line in desk.ask(lists.first_lines, limit=3)]
    desk.do(leads.change_status_of_many, chosen=chosen, to="contacted", answers=Answers())
    qtbot.keyClick(main_window, Qt.Key.Key_Z, CONTROL)
    assert main_window.page().undo_strip.text() == "Taken back for 3 leads: Contacted"


@pytest.mark.parametrize("dialog", sorted(each.__name__ for each in (ChangeStatus, *FormDialog.__subclasses__())))
def test_the_list_of_drafts_says_what_each_one_is(main_window: MainWindow, desk: Desk, qtbot: QtBot, dialog: str) -> None:
    lead_id = desk.ask(lists.find, text="nair")[0].id
    desk.do(drafts.keep_draft, form=dialog, subject=f"lead:{lead_id}", texts={"note": "Prefers mornings"})
    qtbot.keyClick(main_window, Qt.Key.Key_Z, CONTROL)
    press(qtbot, main_window, "1 draft")
    menu = main_window.findChild(QMenu, "draft-list")
    assert menu is not None
    words = menu.actions()[0].text()
    menu.close()
    assert ("Priya Nair" in words, "Something" in words) == (True, False)


def test_a_draft_is_counted_in_the_status_bar_and_leads_back_to_its_lead(qtbot: QtBot, main_window: MainWindow, desk: Desk) -> None:
    lead_id = desk.ask(lists.find, text="nair")[0].id
    desk.do(drafts.keep_draft, form="note", subject=f"lead:{lead_id}", texts={"note": "Prefers mornings"})
    qtbot.keyClick(main_window, Qt.Key.Key_Z, CONTROL)  # any command: the bar asks again after each
    press(qtbot, main_window, "1 draft")
    menu = main_window.findChild(QMenu, "draft-list")
    assert menu is not None
    words = [action.text() for action in menu.actions()]
    menu.actions()[0].trigger()
    menu.close()
    assert (words, names(main_window)) == (["Note about Priya Nair"], ["Priya Nair"])


def test_without_a_connection_the_bar_says_since_when_and_when_it_is_tried_again(qtbot: QtBot, main_window: MainWindow) -> None:
    jobs(main_window).tell_connected(False)
    lost = main_window.status_bar.text()
    jobs(main_window).tell_connected(True)
    again = main_window.status_bar.text()
    assert (lost.startswith("No connection since 10:42"), lost.endswith("Trying again in 5 s"), again) == (True, True, "Connected again")


def test_a_caller_whom_the_list_does_not_know_yet_stays_in_front_when_the_list_has_landed(
    qtbot: QtBot, main_window: MainWindow, desk: Desk
) -> None:
    main_window.open_page("leads")
    main_window.open_page("settings")
    desk.do(leads.create_lead, person=PersonFields("Zoe", "Young", ("(206) 555-7742",)))
    find(qtbot, main_window, "7742")
    before = names(main_window)
    leads_page(main_window).refresh()
    focused = QApplication.focusWidget()
    line = leads_page(main_window).table.current_id()
    assert (before, names(main_window), line) == (["Zoe Young"], ["Zoe Young"], desk.ask(lists.find, text="7742")[0].id)
    assert focused is not None


def test_a_caller_outside_the_list_in_front_stays_in_the_pane_after_a_refresh(qtbot: QtBot, main_window: MainWindow) -> None:
    main_window.open_page("leads")
    leads_page(main_window).show_conditions(of(text=("kim",)))
    find(qtbot, main_window, "0142")
    leads_page(main_window).refresh()
    assert names(main_window) == ["Priya Nair"]


def test_the_list_in_front_is_printed_in_its_columns_and_hidden_details_stay_hidden(
    qtbot: QtBot, main_window: MainWindow, desk: Desk
) -> None:
    printing = main_window.findChild(Printing)
    assert printing is not None
    lines = desk.ask(lists.first_lines)
    plain = printing.document(lines).toPlainText()
    privacy().set_on(True)
    hidden = printing.document(lines).toPlainText()
    assert all(word in plain for word in ("Northside Clinic", "3 leads", "Next step", "Grace Kim", "(253) 555-0110", "New"))
    assert "Grace" not in hidden


def test_print_asks_for_the_printer(qtbot: QtBot, main_window: MainWindow) -> None:
    qtbot.keyClick(main_window, Qt.Key.Key_P, CONTROL)
    dialog = main_window.findChild(QPrintDialog, "print")
    assert dialog is not None
    dialog.close()


def test_the_clock_of_the_practice_is_changed_in_settings_and_can_be_undone(qtbot: QtBot, main_window: MainWindow, desk: Desk) -> None:
    main_window.open_page("settings")
    clock = main_window.findChild(QComboBox, "clock")
    assert clock is not None
    clock.setFocus()
    qtbot.keyClick(clock, Qt.Key.Key_Down)
    after, said = desk.ask(book).clock_24h, main_window.page().undo_strip.text()
    qtbot.keyClick(main_window, Qt.Key.Key_Z, CONTROL)
    assert (after, said, desk.ask(book).clock_24h) == (True, "The whole practice sees times as 15:00 now.", False)
    assert clock.currentText() == "3:00 pm"


def test_compact_lists_show_more_rows_and_are_remembered(qtbot: QtBot, main_window: MainWindow, station: Memory) -> None:
    table = leads_page(main_window).table
    before = table.verticalHeader().defaultSectionSize()
    main_window.open_page("settings")
    density = main_window.findChild(QComboBox, "density")
    assert density is not None
    density.setFocus()
    qtbot.keyClick(density, Qt.Key.Key_Down)
    after = table.verticalHeader().defaultSectionSize()
    assert (before, after, station.get("window.density")) == (38, 30, "compact")
