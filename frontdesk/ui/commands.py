"""Every command of the application with its menu and keys: found in a menu, in the command list and under F1, and so learned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

Deeds = Mapping[str, Callable[[], object]]


@dataclass(frozen=True, slots=True)
class Command:
    """One command.

    Attributes:
        words: as the menu shows it, `&` before its letter there.
        keys: shortcuts that work everywhere in the window, the first one is shown.
        letter: a key that belongs to the page with the focus; the menu only shows it.
    """

    id: str
    words: str
    keys: tuple[str, ...] = ()
    letter: str = ""

    def shown_words(self) -> str:
        """The words without marks, in the interface language."""
        return _tr(self.words).replace("&", "").rstrip("…")

    def shown_key(self) -> str:
        """The key that people learn, in the platform's writing."""
        if self.letter:
            return self.letter
        return QKeySequence(self.keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if self.keys else ""


def _commands(text: str) -> tuple[Command, ...]:
    rows = [[part.strip() for part in line.split("|")] for line in text.strip().splitlines()]
    return tuple(Command(key, words, tuple(keys.split()), letter) for key, words, keys, letter in rows)


MENUS: tuple[tuple[str, tuple[Command, ...]], ...] = (
    (
        "&File",
        _commands(
            """
            lead.new | &New lead | Ctrl+N |
            import.open | &Import… | |
            list.export | &Export… | Ctrl+E |
            list.print | &Print… | Ctrl+P |
            person.switch | &Switch person… | |
            window.lock | &Lock | Ctrl+L |
            window.quit | &Quit | Ctrl+Q |
            """
        ),
    ),
    (
        "&Edit",
        _commands(
            """
            edit.undo | &Undo | Ctrl+Z |
            edit.redo | &Redo | Ctrl+Y Ctrl+Shift+Z |
            edit.cut | Cu&t | | Ctrl+X
            edit.copy | &Copy | | Ctrl+C
            edit.paste | &Paste | | Ctrl+V
            find.caller | &Find a caller | Ctrl+K Ctrl+F |
            lead.copy_phone | Copy phone &number | Ctrl+Shift+C |
            """
        ),
    ),
    (
        "&View",
        _commands(
            """
            view.refresh | &Refresh | F5 |
            view.pane | Right &pane | F9 |
            view.columns | &Columns… | |
            view.day | &Day | | D
            view.week | &Week | | W
            view.month | &Month | | M
            view.privacy | &Hide personal details | Ctrl+Shift+H |
            view.larger | &Larger text | Ctrl++ Ctrl+= |
            view.smaller | &Smaller text | Ctrl+- |
            view.normal | &Normal text | Ctrl+0 |
            """
        ),
    ),
    (
        "&Lead",
        _commands(
            """
            lead.call | &Call | Ctrl+D |
            lead.no_answer | &No answer | Ctrl+Shift+N | N
            lead.left_message | &Left message | Ctrl+Shift+M | M
            lead.spoke | &Spoke | Ctrl+Shift+S | S
            lead.booked | &Booked | Ctrl+Shift+B | B
            lead.follow_up | &Follow up… | Ctrl+Shift+F | F
            lead.close | Close lead | Ctrl+Shift+X | X
            lead.status | C&hange status… | | C
            lead.important | Mark &important | | *
            lead.merge | M&erge… | |
            lead.history | Histor&y | | H
            """
        ),
    ),
    (
        "&Go",
        _commands(
            """
            go.today | &Today | Ctrl+1 |
            go.leads | &Leads | Ctrl+2 |
            go.calendar | &Calendar | Ctrl+3 |
            go.funnel | &Funnel | Ctrl+4 |
            go.reports | &Reports | Ctrl+5 |
            go.settings | &Settings | Ctrl+, |
            go.back | &Back | Alt+Left |
            go.next_pane | &Next pane | F6 |
            go.previous_pane | &Previous pane | Shift+F6 |
            """
        ),
    ),
    (
        "&Reports",
        _commands(
            """
            report.sources | &Sources | |
            report.returns | &Return on spend | |
            report.reasons | Reasons for &loss | |
            report.people | &People | |
            report.response | Response &time | |
            """
        ),
    ),
    (
        "&Help",
        _commands(
            """
            help.keys | All &keys | F1 |
            help.commands | &Command list | Ctrl+Shift+P |
            help.news | &What's new | |
            help.about | &About | |
            """
        ),
    ),
)
_LATER_REPORTS = ("report.sources", "report.returns", "report.reasons", "report.people", "report.response")
LATER = frozenset(("person.switch", "window.lock", "view.day", "view.week", "view.month", *_LATER_REPORTS))
"""Commands that nobody answers yet: their menu entry says so."""
ALL: dict[str, Command] = {command.id: command for _, commands in MENUS for command in commands}


class Commands(QObject):
    """The menus of a window: a command is possible when the window or the page in front offers a deed for it.

    Attributes:
        changed: other commands are possible now.
    """

    changed = Signal()

    def __init__(self, window: QWidget, menu_bar: QMenuBar) -> None:
        super().__init__(window)
        self._own: dict[str, Callable[[], object]] = {}
        self._page: Deeds = {}
        self._actions: dict[str, QAction] = {}
        self.menus: dict[str, QMenu] = {}
        for title, commands in MENUS:
            menu = QMenu(_tr(title), window)
            menu.setToolTipsVisible(True)
            menu_bar.addMenu(menu)
            self.menus[title.replace("&", "")] = menu
            for command in commands:
                menu.addAction(self._made(command, window))

    def offer(self, deeds: Deeds) -> None:
        """What the window itself can do, on every page."""
        self._own.update(deeds)
        self._enable()

    def page_offers(self, deeds: Deeds) -> None:
        """What the page in front can do; it goes before the window's own deeds."""
        self._page = deeds
        self._enable()

    def is_possible(self, key: str) -> bool:
        """Whether somebody would answer this command now."""
        return key in self._page or key in self._own

    def run(self, key: str) -> None:
        """Do it, if somebody can."""
        deed = self._page.get(key) or self._own.get(key)
        if deed is not None:
            deed()

    def action(self, key: str) -> QAction:
        """The menu entry of a command."""
        return self._actions[key]

    def _made(self, command: Command, window: QWidget) -> QAction:
        shown_only = f"\t{command.letter}" if command.letter else ""
        action = QAction(_tr(command.words) + shown_only, window)
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.setShortcutVisibleInContextMenu(not command.letter)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _checked=False, key=command.id: self.run(key))
        self._actions[command.id] = action
        return action

    def _enable(self) -> None:
        for key, action in self._actions.items():
            is_possible = self.is_possible(key)
            action.setEnabled(is_possible)
            action.setToolTip("" if is_possible else _tr("Not in this version yet") if key in LATER else _tr("Not on this page"))
        self.changed.emit()


def _tr(text: str) -> str:
    return QCoreApplication.translate("commands", text)
