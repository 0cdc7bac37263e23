"""What drops from a control."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFrame, QMenu, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.ui.widgets.popups import open_below

FRAME = 4
"""What an unseen screen puts around a menu."""
RIGHT_TO_LEFT = Qt.LayoutDirection.RightToLeft


def sized(popup: QFrame) -> QFrame:
    popup.setFixedSize(200, 80)
    return popup


def opened_from(qtbot: QtBot, left: int, popup: QFrame | QMenu) -> int:
    """Where something opens in a window that is 600 wide, from a control of 100 that begins there."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 300)
    control = QWidget(window)
    control.setGeometry(left, 10, 100, 30)
    with qtbot.waitExposed(window):
        window.show()
    popup.setParent(control, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
    open_below(popup, control)
    found = window.mapFromGlobal(popup.mapToGlobal(QPoint(0, 0)))
    popup.close()
    assert found.y() == 44
    return found.x()


def test_it_opens_where_its_control_begins_and_stays_inside_the_window(qtbot: QtBot) -> None:
    assert [opened_from(qtbot, left, sized(QFrame())) for left in (50, 480)] == [50, 392]


def test_a_menu_stays_inside_the_window_too(qtbot: QtBot) -> None:
    menu = QMenu()
    menu.addAction("Keep this list as a view and show it to everybody")
    width = menu.sizeHint().width()
    assert 8 <= opened_from(qtbot, 480, menu) <= 592 - width + FRAME


def test_it_opens_where_reading_begins(qtbot: QtBot, qapp: QApplication) -> None:
    qapp.setLayoutDirection(RIGHT_TO_LEFT)
    assert [opened_from(qtbot, left, sized(QFrame())) for left in (300, 20)] == [200, 8]
