"""Tables of any size."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from typing_extensions import override

from frontdesk.ui.widgets.pills import Pill
from frontdesk.ui.widgets.privacy import privacy
from frontdesk.ui.widgets.rows_model import PAGE, PAGES_KEPT, Cell, Column, Line, RowsModel
from frontdesk.ui.widgets.rows_view import RowsView

COLUMNS = [
    Column("name", "Name", 170),
    Column("phone", "Phone", 120),
    Column("status", "Status", 120),
    Column("age", "Age", 60, "end", False),
]


def draw(key: int) -> Line:
    cells = (
        Cell(f"Person {key}", weight=500, starred=key % 3 == 0, personal=True),
        Cell(f"(206) 555-{key:04}", "text2", tabular=True, personal=True),
        Cell("New", pill=Pill("New", "sparkles", "new")),
        Cell("1 of 3 attempts", dots=(1, 3)),
    )
    return Line(cells, f"Person {key}, New", key % 3 == 0)


class Store:
    """Rows that arrive when the test says so, or at once."""

    def __init__(self, *, at_once: bool = True) -> None:
        self.asked: list[list[int]] = []
        self.waiting: list[tuple[list[int], Callable[[Sequence[int]], None]]] = []
        self.at_once = at_once

    def fetch(self, ids: Sequence[int], landed: Callable[[Sequence[int]], None]) -> None:
        self.asked.append(list(ids))
        if self.at_once:
            landed(list(ids))
        else:
            self.waiting.append((list(ids), landed))


def table(store: Store, count: int) -> RowsModel[int]:
    model: RowsModel[int] = RowsModel(COLUMNS, fetch=store.fetch, draw=draw, key_of=lambda key: key)
    model.set_ids(range(1000, 1000 + count))
    return model


def shown(qtbot: QtBot, model: RowsModel[int]) -> RowsView:
    view = RowsView(model, "Leads")
    qtbot.addWidget(view)
    view.resize(700, 420)
    view.show()
    return view


def text(model: RowsModel[int], row: int, column: int = 0) -> object:
    return model.data(model.index(row, column))


def test_the_first_rows_are_shown_before_the_whole_list_is_known_and_stay_while_it_lands(qtbot: QtBot) -> None:
    model = table(Store(), 0)
    model.show_first([1000, 1001])
    assert (model.rowCount(), text(model, 0), text(model, 1)) == (2, "Person 1000", "Person 1001")
    model.set_ids(range(1000, 1300))
    assert (model.rowCount(), text(model, 1), text(model, 2)) == (300, "Person 1001", None)
    qtbot.waitUntil(lambda: text(model, 2) == "Person 1002")


def test_the_model_keeps_the_promises_of_qt(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    model = table(Store(), 450)
    qtbot.waitUntil(lambda: text(model, 0) == "Person 1000")
    qtmodeltester.check(model, force_py=False)
    model.set_ids([5, 6])
    model.set_columns(COLUMNS[:2])
    qtmodeltester.check(model, force_py=False)


def test_a_million_rows_open_with_the_rows_that_are_seen_and_no_others(qtbot: QtBot) -> None:
    store = Store()
    model = table(store, 1_000_000)
    view = shown(qtbot, model)
    qtbot.waitUntil(lambda: text(model, 0) == "Person 1000")
    view.scrollToBottom()
    view.grab()
    qtbot.waitUntil(lambda: text(model, 999_999) == "Person 1000999")
    assert (model.rowCount(), {len(ids) for ids in store.asked}, len(store.asked) <= 4) == (1_000_000, {PAGE}, True)


def test_rows_are_blank_until_they_land(qtbot: QtBot) -> None:
    store = Store(at_once=False)
    model = table(store, 300)
    shown(qtbot, model)
    qtbot.waitUntil(lambda: len(store.waiting) == 1)
    assert text(model, 0) is None
    ids, landed = store.waiting[0]
    landed(ids)
    assert text(model, 0) == "Person 1000"


def test_twenty_pages_are_kept_and_the_oldest_goes(qtbot: QtBot) -> None:
    store = Store()
    model = table(store, PAGE * 30)
    for page in range(PAGES_KEPT + 1):
        qtbot.waitUntil(lambda at=page * PAGE: text(model, at) is not None)
    before = len(store.asked)
    assert text(model, (PAGES_KEPT) * PAGE) is not None
    assert text(model, 0) is None
    qtbot.waitUntil(lambda: text(model, 0) is not None)
    assert len(store.asked) == before + 1


def test_rows_that_land_after_the_list_has_changed_are_not_shown(qtbot: QtBot) -> None:
    store = Store(at_once=False)
    model = table(store, 10)
    assert text(model, 0) is None
    qtbot.waitUntil(lambda: len(store.waiting) == 1)
    model.set_ids([1, 2])
    ids, landed = store.waiting[0]
    landed(ids)
    assert text(model, 0) is None


def test_a_lead_that_is_gone_meanwhile_stays_blank_and_the_others_are_shown(qtbot: QtBot) -> None:
    model: RowsModel[int] = RowsModel(COLUMNS, fetch=lambda ids, landed: landed(list(ids)[1:]), draw=draw, key_of=lambda key: key)
    model.set_ids([7, 8])
    qtbot.waitUntil(lambda: text(model, 1) == "Person 8")
    assert text(model, 0) is None


def test_the_same_ids_again_read_the_rows_anew_without_moving_anything(qtbot: QtBot) -> None:
    store = Store()
    model = table(store, 50)
    view = shown(qtbot, model)
    qtbot.waitUntil(lambda: text(model, 0) is not None)
    view.choose(1020)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.set_ids(array("q", range(1000, 1050)))
    assert (view.current_id(), len(store.asked)) == (1020, 2)


def test_the_selection_survives_another_order(qtbot: QtBot) -> None:
    model = table(Store(), 50)
    view = shown(qtbot, model)
    view.choose(1003)
    model.set_ids(range(1049, 999, -1))
    assert (view.current_id(), view.chosen_ids(), view.currentIndex().row()) == (1003, [1003], 46)


def test_several_chosen_rows_survive_another_order(qtbot: QtBot) -> None:
    model = table(Store(), 20)
    view = shown(qtbot, model)
    view.setFocus()
    view.choose(1003)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    model.set_ids(range(1019, 999, -1))
    assert sorted(view.chosen_ids()) == [1003, 1004]


def test_a_row_that_left_the_list_is_no_longer_chosen(qtbot: QtBot) -> None:
    model = table(Store(), 20)
    view = shown(qtbot, model)
    view.choose(1003)
    model.set_ids(range(1010, 1015))
    assert (view.current_id(), view.chosen_ids()) == (None, [])


def test_enter_and_a_double_click_open_a_row(qtbot: QtBot) -> None:
    view = shown(qtbot, table(Store(), 20))
    opened: list[int] = []
    view.opened.connect(opened.append)
    view.choose(1002)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, view.rowViewportPosition(5) + 10))
    assert opened == [1002, 1005]


def test_letters_in_the_table_are_left_to_the_page(qtbot: QtBot) -> None:
    keys: list[str] = []

    class Outer(QWidget):
        @override
        def keyPressEvent(self, event: QKeyEvent) -> None:
            keys.append(event.text())

    outer = Outer()
    qtbot.addWidget(outer)
    view = RowsView(table(Store(), 20), "Leads")
    view.setParent(outer)
    outer.show()
    qtbot.keyClick(view, Qt.Key.Key_C)
    qtbot.keyClick(view, Qt.Key.Key_Slash)
    assert keys == ["c", "/"]


def test_a_click_on_a_head_sorts_and_again_turns_the_order_round(qtbot: QtBot) -> None:
    view = shown(qtbot, table(Store(), 5))
    asked: list[list[tuple[str, bool]]] = []
    view.sort_wanted.connect(asked.append)
    view.sort_wanted.connect(view.show_sort)
    head = view.horizontalHeader()
    for column in (0, 0, 3):
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(head.sectionViewportPosition(column) + 30, 10))
    assert asked == [[("name", False)], [("name", True)]]


def test_the_heads_sort_with_the_keyboard_and_shift_adds_a_second_order(qtbot: QtBot) -> None:
    view = shown(qtbot, table(Store(), 5))
    view.show_sort([("name", False)])
    asked: list[list[tuple[str, bool]]] = []
    view.sort_wanted.connect(asked.append)
    head = view.horizontalHeader()
    qtbot.keyClick(head, Qt.Key.Key_Right)
    qtbot.keyClick(head, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(head, Qt.Key.Key_Return)
    assert asked == [[("name", False), ("phone", False)], [("phone", False)]]


def test_hidden_personal_details_show_no_name_and_no_digit(qtbot: QtBot) -> None:
    model = table(Store(), 5)
    qtbot.waitUntil(lambda: text(model, 0) is not None)
    with qtbot.waitSignal(model.dataChanged):
        privacy().set_on(True)
    name, number, status = (text(model, 0, column) for column in range(3))
    spoken = model.data(model.index(0, 0), int(Qt.ItemDataRole.AccessibleTextRole))
    assert (name, str(number).isascii(), any(sign.isdigit() for sign in str(number)), status, "1000" in str(spoken)) == (
        "P••• ••••",
        False,
        False,
        "New",
        False,
    )


def test_a_row_reads_as_one_sentence(qtbot: QtBot) -> None:
    model = table(Store(), 5)
    qtbot.waitUntil(lambda: text(model, 0) is not None)
    assert model.data(model.index(0, 0), int(Qt.ItemDataRole.AccessibleTextRole)) == "Person 1000, New"


@pytest.mark.parametrize("mirrored", [False, True], ids=["to the right", "to the left"])
def test_an_important_row_has_a_green_edge_where_reading_starts(qtbot: QtBot, qapp: QApplication, mirrored: bool) -> None:
    if mirrored:
        qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    model = table(Store(), 5)
    view = shown(qtbot, model)
    qtbot.waitUntil(lambda: text(model, 0) is not None)
    image = view.viewport().grab().toImage()
    row = next(at for at in range(5) if draw(1000 + at).important)
    y = view.rowViewportPosition(row) + 8
    x = image.width() - 2 if mirrored else 1
    assert (image.pixelColor(x, y).name(), image.pixelColor(image.width() // 2, y).name()) == ("#1c6e33", "#e0f3e4")


def test_a_word_that_had_to_be_cut_is_shown_whole_by_its_tool_tip(qtbot: QtBot) -> None:
    model = table(Store(), 5)
    view = shown(qtbot, model)
    qtbot.waitUntil(lambda: text(model, 0) is not None)

    def tip(column: int) -> str:
        at = view.visualRect(model.index(1, column)).center()
        QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, view.viewport().mapToGlobal(at)))
        return QToolTip.text()

    whole = tip(0)
    view.setColumnWidth(0, 60)
    view.setColumnWidth(2, 40)
    assert (whole, tip(0), tip(2)) == ("", "Person 1001", "New")


def test_the_name_stays_in_place_when_the_list_is_scrolled_sideways(qtbot: QtBot) -> None:
    model = table(Store(), 40)
    view = shown(qtbot, model)
    view.resize(260, 420)
    view.viewport().grab()
    qtbot.waitUntil(lambda: text(model, 0) == "Person 1000")
    names = QRect(0, 0, view.columnWidth(0) - 1, view.viewport().height())
    before, beside = view.viewport().grab(names).toImage(), view.viewport().grab(names.translated(names.width() + 8, 0)).toImage()
    view.horizontalScrollBar().setValue(view.horizontalScrollBar().maximum())
    assert view.horizontalScrollBar().value() > 20
    assert view.viewport().grab(names).toImage() == before
    assert view.viewport().grab(names.translated(names.width() + 8, 0)).toImage() != beside


def test_a_click_on_the_head_that_stays_sorts_by_the_name(qtbot: QtBot) -> None:
    view = shown(qtbot, table(Store(), 40))
    view.resize(260, 420)
    view.horizontalScrollBar().setValue(view.horizontalScrollBar().maximum())
    head = view.horizontalHeader()
    with qtbot.waitSignal(view.sort_wanted) as told:
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, head.height() // 2))
    assert told.args == [[("name", False)]]


def test_rows_that_were_on_their_way_are_asked_for_again_by_a_reload(qtbot: QtBot) -> None:
    store = Store(at_once=False)
    model = table(store, 1)
    model.line(0)
    qtbot.waitUntil(lambda: len(store.asked) == 1)
    model.reload()
    ids, landed = store.waiting[0]
    landed(ids)
    qtbot.waitUntil(lambda: len(store.asked) == 2, timeout=1000)


def test_rows_that_were_on_the_screen_stay_there_until_they_land_anew_in_another_list(qtbot: QtBot) -> None:
    store = Store()
    model = table(store, 3)
    qtbot.waitUntil(lambda: text(model, 0) == "Person 1000")
    store.at_once = False
    model.set_ids([1001, 2000])
    assert (text(model, 0), text(model, 1)) == ("Person 1001", None)
