"""The line above the table: filter chips with the count, or, with several rows selected, what can be done with all of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QDate, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QToolButton, QWidget
from typing_extensions import override

from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.leads.conditions import EVERY, YES, Conditions, name_of, options, sentence, tr
from frontdesk.ui.leads.popups import ChoicePopup, FilterPopup, SpanPopup, is_span
from frontdesk.ui.widgets.buttons import button, icon_button
from frontdesk.ui.widgets.chips import Chips
from frontdesk.ui.widgets.labels import label
from frontdesk.ui.widgets.layouts import row
from frontdesk.ui.widgets.popups import open_below
from frontdesk.ui.widgets.theme import theme
from frontdesk.ui.widgets.undo_strip import announce

OFFERED = ("status", "source", "owner")
_CROWDED = 2
MORE = ("created", "next_follow_up", "booked", "won", "lost", "reason", "outcome", "campaign", "stage", "important")


class FilterBar(QWidget):
    """The chips.

    Attributes:
        changed: other conditions.
        save_wanted: keep these conditions as a view; the button that was pressed.
        left: the name is typed, or given up; on to the list.
    """

    changed = Signal(object)
    save_wanted = Signal(object)
    left = Signal()

    def __init__(self, practice: Practice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._practice = practice
        self._conditions = EVERY
        self._needs, self._is_tight = 0, False
        self._chips = Chips()
        self._chips.removed.connect(self._remove)
        self._chips.wanted.connect(self._open)
        self._text = QLineEdit()
        self._text.setObjectName("name-filter")
        self._text.setAccessibleName(self.tr("Filter by name or number"))
        self._text.setPlaceholderText(self.tr("Name or number"))
        self._text.setClearButtonEnabled(True)
        for clear in self._text.findChildren(QToolButton):
            clear.setAccessibleName(self.tr("Clear"))
        self._text.setFixedWidth(theme().px(150))
        self._text.textChanged.connect(self._typed)
        self._text.returnPressed.connect(self.left)
        self._text.installEventFilter(self)
        self._text.hide()
        self._save = button(self.tr("Save view"), lambda: self.save_wanted.emit(self._save), kind="link")
        self._save.setObjectName("save-view")
        self._count = label("", "small", "text3", tabular=True)
        self._count.setObjectName("count")
        line = row(self._text, self._chips, self._save, self._count, gap=7)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.show_conditions(EVERY)
        theme().changed.connect(self._measure)

    def set_practice(self, practice: Practice) -> None:
        """The practice's words changed."""
        self._practice = practice
        self._show_again()

    def show_conditions(self, conditions: Conditions, *, can_save: bool = False) -> None:
        """Show the active filters first, then those that can be added."""
        self._conditions = conditions
        text = (conditions.values("text") or ("",))[0]
        if self._text.text().strip() != text:
            self._text.blockSignals(True)
            self._text.setText(text)
            self._text.blockSignals(False)
        self._text.setVisible(bool(text) or self._text.hasFocus())
        self._save.setVisible(can_save)
        self._offer()

    def _offer(self) -> None:
        """Offer the chips: where the line has no room for those that can be added, they stand behind "Filter" only."""
        chosen = self._conditions.chosen
        active = [(key, sentence(key, values, self._practice)) for key, values in chosen.items() if key != "text"]
        addable = [(key, name_of(key)) for key in OFFERED if key not in chosen and len(active) < _CROWDED]
        more = ("more", self.tr("Filter"))
        self._chips.offer(active, [*addable, more])
        self._needs = self.sizeHint().width()
        self._is_tight = self.isVisible() and self._needs > self.width()
        if self._is_tight and addable:
            self._chips.offer(active, [more])

    def _measure(self) -> None:
        self._text.setFixedWidth(theme().px(150))
        self._show_again()

    def _show_again(self) -> None:
        self.show_conditions(self._conditions, can_save=self._save.isVisibleTo(self))

    def show_count(self, words: str) -> None:
        """Say how many of how many are shown; readers hear it politely."""
        if words != self._count.text():
            self._count.setText(words)
            announce(self._count, words)

    def start_text(self) -> None:
        """Filter by name: the letters are commands in the table, so there is a field for it."""
        if self._text.isHidden():
            self._text.show()
            self._offer()
        self._text.setFocus()
        self._text.selectAll()

    def add_filter(self) -> None:
        """Open the list of filters that can be added."""
        self._open("more")

    def _typed(self, typed: str) -> None:
        self.changed.emit(self._conditions.with_("text", (typed.strip(),) if typed.strip() else ()))

    def _remove(self, key: str) -> None:
        self.changed.emit(self._conditions.with_(key, ()))

    def _open(self, key: str) -> None:
        chip = self._chips.chip(key)
        if key == "more":
            self._open_menu(chip)
        elif key == "important":
            self.changed.emit(self._conditions.with_(key, (YES,)))
        else:
            popup = self._popup(key)
            popup.chosen.connect(self._chosen)
            popup.show_below(chip or self._chips.chip("more") or self)

    def _open_menu(self, chip: QWidget | None) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setObjectName("add-filter")
        for key in (*OFFERED, *MORE):
            if key not in self._conditions.chosen:
                menu.addAction(name_of(key), partial(self._open, key))
        open_below(menu, chip or self)

    def _popup(self, key: str) -> FilterPopup:
        values = self._conditions.values(key)
        if is_span(key):
            today = self._practice.hours.day(self._practice.now())
            return SpanPopup(key, QDate(today.year, today.month, today.day), values, self)
        return ChoicePopup(key, options(key, self._practice), values, self)

    def _chosen(self, key: str, values: tuple[str, ...]) -> None:
        self.changed.emit(self._conditions.with_(key, values))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_tight != (self._needs > self.width()):
            self._offer()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress:
                self._text.clear()
                self.left.emit()
                self._text.hide()
                self._offer()
                return True
        return False


class SelectionBar(QWidget):
    """What can be done with all selected leads at once.

    Attributes:
        wanted: "status", "owner", "follow_up", "export" or "merge".
        left: the selection shall be given up.
    """

    wanted = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = label("", "strong")
        self._count.setObjectName("several")
        names: Sequence[tuple[str, str, str]] = (
            ("status", tr("Change &status"), "workflow"),
            ("owner", tr("&Owner"), "user"),
            ("follow_up", tr("Follow &up"), "clock"),
            ("export", tr("E&xport"), "upload"),
            ("merge", tr("&Merge"), "merge"),
        )
        self._buttons = {key: button(words, partial(self.wanted.emit, key), icon=icon) for key, words, icon in names}
        for key, made in self._buttons.items():
            made.setObjectName(f"many-{key}")
            made.setProperty("compact", True)
        give_up = icon_button("x", tr("Give up the selection"), self.left.emit, key="Esc", size=14)
        self.setLayout(row(self._count, 6, *self._buttons.values(), None, give_up, gap=6))

    def show_count(self, number: int) -> None:
        """Say how many are chosen; Merge takes two."""
        self._count.setText(tr("{n} chosen").format(n=number))
        self._buttons["merge"].setEnabled(number == 2)

    def button_of(self, key: str) -> QWidget:
        """The button of a deed, to open a list below it."""
        return self._buttons[key]
