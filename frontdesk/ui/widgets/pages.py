"""A page of the window: its title, its state (content, empty, loading, error), its undo strip, and when it refreshes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from frontdesk.ui.widgets.buttons import button
from frontdesk.ui.widgets.icons import IconLabel
from frontdesk.ui.widgets.labels import label
from frontdesk.ui.widgets.layouts import clothe, column, holder, row
from frontdesk.ui.widgets.notices import NoticeLine
from frontdesk.ui.widgets.undo_strip import UndoStrip

_QUIET_MS = 150


class Page(QWidget):
    """What stands beside the navigation.

    A subclass fills `content` (a vertical layout), adds buttons with `add_action`, may set a right pane with `set_pane`, overrides
    `refresh`, and puts its commands into `deeds` (command id to function; the menus are enabled and answered from there).

    Attributes:
        deeds_changed: other commands are possible now.
        topics: what this page shows; it is stale when one of these topics changed; empty means every topic.
    """

    deeds_changed = Signal()
    topics: Collection[str] = ()

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"page-{name}")
        self.setAccessibleName(title)
        clothe(self, "page")
        self.name = name
        self.deeds: dict[str, Callable[[], object]] = {}
        self._stale = True
        self._build(title)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(lambda: self._states.setCurrentIndex(1))

    def _build(self, title: str) -> None:
        self._title = label(title, "title")
        self._figure = label("", "medium", "text3", tabular=True)
        self._subtitle = label("", "body", "text2")
        self._subtitle.hide()
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        self.notice = NoticeLine()
        self.content = QVBoxLayout()
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(12)
        self.undo_strip = UndoStrip()
        self._states = QStackedWidget()
        self._states.addWidget(holder(self.content))
        self._state = QWidget()
        self._states.addWidget(self._state)
        words = column(row(self._title, self._figure, None, gap=10), self._subtitle, gap=2)
        head = row(words, None, self._actions)
        main = column(head, self.notice, self._states, self.undo_strip, gap=11, margins=(20, 14, 16, 14))
        main.setStretch(2, 1)
        self._sides = row(holder(main), gap=0)
        self._sides.setStretch(0, 1)
        self.setLayout(self._sides)

    def set_title(self, title: str, figure: str = "", subtitle: str = "") -> None:
        """Say what the page shows, how many, and one more line where it helps."""
        self._title.setText(title)
        self._figure.setText(figure)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))

    def add_action(self, widget: QWidget) -> None:
        """Put a button at the end of the title line."""
        self._actions.addWidget(widget)

    def set_pane(self, pane: QWidget) -> None:
        """Set the pane on the right; the page keeps it and it decides its own width."""
        clothe(pane, "pane")
        self._sides.addWidget(pane)

    def show_content(self) -> None:
        """Show the list again after a state."""
        self._quiet.stop()
        self._states.setCurrentIndex(0)

    def show_empty(self, sentence: str, buttons: Sequence[QWidget] = (), *, icon: str = "inbox") -> None:
        """Say that there is nothing, and what can be done about it."""
        self._show_state(icon, "text3", sentence, buttons)

    def show_loading(self) -> None:
        """Say quietly that something is on its way, when it takes longer than 150 ms."""
        self._fill_state("loader-circle", "text3", self.tr("Loading…"), ())
        self._quiet.start(_QUIET_MS)

    def show_error(self, sentence: str, try_again: Callable[[], object], *, details: str = "") -> None:
        """Say what failed, with Try again; the technical part is folded into the notice line."""
        self._show_state("circle-alert", "danger", sentence, [button(self.tr("&Try again"), try_again)])
        if details:
            self.notice.say(sentence, "danger", details=details)

    def _show_state(self, icon: str, token: str, sentence: str, buttons: Sequence[QWidget]) -> None:
        self._quiet.stop()
        self._fill_state(icon, token, sentence, buttons)
        self._states.setCurrentIndex(1)

    def _fill_state(self, icon: str, token: str, sentence: str, buttons: Sequence[QWidget]) -> None:
        words = label(sentence, "body", "text2", wrap=True)
        words.setObjectName("page-state")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        state = holder(column(None, row(None, IconLabel(icon, token, 24), None), words, row(None, *buttons, None), None, gap=12))
        self._states.removeWidget(self._state)
        self._state.deleteLater()
        self._state = state
        self._states.insertWidget(1, state)

    def refresh(self) -> None:
        """Ask again for what the page shows; selection, scroll and typed text survive."""

    def mark_stale(self, topics: Collection[str] | None) -> None:
        """Take note that topics (None: any) changed: refresh now when visible, else when shown."""
        if topics is None or not self.topics or set(self.topics) & set(topics):
            self._stale = True
            self._refresh_if_due()

    def main_list(self) -> QWidget | None:
        """The widget that takes the focus when the page is opened and at F6."""
        return None

    def pane(self) -> QWidget | None:
        """The right pane for F6 and F9, if there is one."""
        item = self._sides.itemAt(1)
        return item.widget() if item is not None else None

    def hand_over(self, deeds: Mapping[str, Callable[[], object]]) -> None:
        """Replace the commands that are possible now."""
        self.deeds = dict(deeds)
        self.deeds_changed.emit()

    def _refresh_if_due(self) -> None:
        if self._stale and self.isVisible():
            self._stale = False
            self.refresh()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh_if_due()
