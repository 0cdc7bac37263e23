"""The main window: menus, top bar, navigation beside the pages, status bar; and what works on every page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QStackedWidget, QWidget
from typing_extensions import override

from frontdesk.domain.problems import Conflict, Refused
from frontdesk.ui import problems, remembered
from frontdesk.ui.about import About, News, changelog
from frontdesk.ui.all_keys import AllKeys
from frontdesk.ui.background import Background
from frontdesk.ui.commands import Commands
from frontdesk.ui.find_caller import FindCaller, Search
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.live import Live
from frontdesk.ui.navigation import NARROW, Navigation, Place
from frontdesk.ui.not_yet import NotYetPage
from frontdesk.ui.panes import next_pane
from frontdesk.ui.remembered import Station
from frontdesk.ui.settings.pages import SettingsPage
from frontdesk.ui.status_bar import StatusBar
from frontdesk.ui.top_bar import Practice, TopBar
from frontdesk.ui.way_back import Way, WayBack
from frontdesk.ui.widgets.layouts import clothe, column, holder, row
from frontdesk.ui.widgets.overlay import Overlay
from frontdesk.ui.widgets.pages import Page
from frontdesk.ui.widgets.privacy import privacy
from frontdesk.ui.widgets.tab_order import TabOrder
from frontdesk.ui.widgets.theme import theme

NARROW_BELOW, WIDE_FROM = 1280, 1600
_LEAST = (900, 480)


class MainWindow(QMainWindow):
    """The window around the pages.

    Attributes:
        lead_wanted: a lead to open in Leads, and whether "they called us" is to be marked; the page answers.
        call_wanted: a lead to call.
        new_lead_wanted: start a new lead with what was typed.
        view_wanted: the key of a saved view in the navigation.
        closing: the window closes; jobs end before the program does.
    """

    lead_wanted = Signal(object, bool)
    call_wanted = Signal(object)
    new_lead_wanted = Signal(str)
    view_wanted = Signal(str)
    closing = Signal()

    def __init__(
        self,
        practice: Practice,
        pages: Sequence[tuple[Place, Page]],
        *,
        jobs: Jobs,
        live: Live,
        station: Station,
        search: Search,
        way: Way,
        version: str = "",
        later: Mapping[str, Callable[[], Page]] = MappingProxyType({}),
    ) -> None:
        """`pages` in the order of the navigation, Settings last; those of `later` are not in it, and made when they are first opened."""
        super().__init__()
        self.jobs, self._station = jobs, station
        self._pages = {place.key: page for place, page in pages}
        self._later = dict(later)
        self.live = live
        self._version = version
        self._visited: list[str] = []
        self._page: Page | None = None
        self._typing: QWidget | None = None
        self.setWindowTitle(f"{practice.name} – frontdesk")
        self.setMinimumSize(*_LEAST)
        self.commands = Commands(self, self.menuBar())
        self.top_bar = TopBar(practice, self.commands)
        self.navigation = Navigation([place for place, _ in pages[:-1]], pages[-1][0])
        self.status_bar = StatusBar(self.commands)
        self.background = Background(jobs, self.status_bar)
        self.way = WayBack(self, self.page, self._open_lead, background=self.background, jobs=jobs, way=way)
        self.caller = FindCaller(self.top_bar.field, jobs, search, self.commands)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._offer()
        if not remembered.restore_window(station, self):
            self.resize(1366, 768)
        self.open_page(_first(self._pages, remembered.last_page(station)))

    def host(self) -> QWidget:
        """Where overlays stand."""
        return self._root

    def page(self) -> Page:
        """The page in front."""
        return next(iter(self._pages.values())) if self._page is None else self._page

    def place(self) -> str:
        """The key of the page in front."""
        return next(key for key, page in self._pages.items() if page is self.page())

    def open_page(self, key: str, *, remember: bool = True) -> None:
        """Bring a page to the front and give its main list the focus."""
        if key in self._later:
            self._pages[key] = self._later.pop(key)()
            self._add(self._pages[key])
        page = self._pages.get(key)
        if page is None or page is self._page:
            self.navigation.set_active(key if page is not None else self.navigation.active)
            return
        if self._page is not None and remember:
            self._visited.append(self.place())
        self._page = page
        self._stack.setCurrentWidget(page)
        self.navigation.set_active(key)
        self.commands.page_offers(page.deeds)
        main = page.main_list()
        if main is not None:
            main.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        for page in self._pages.values():
            self._add(page)
        middle = row(self.navigation, self._stack, gap=0)
        middle.setStretch(1, 1)
        whole = column(self.top_bar, middle, self.status_bar, gap=0)
        whole.setStretch(1, 1)
        self._root = holder(whole)
        clothe(self._root, "page")
        self.setCentralWidget(self._root)
        TabOrder(self, self._root, self.top_bar.field, self.navigation)

    def _add(self, page: Page) -> None:
        self._stack.addWidget(page)
        page.deeds_changed.connect(self._page_deeds_changed)
        page.undo_strip.undo_wanted.connect(self.way.undo)

    def _connect(self) -> None:
        self.navigation.opened.connect(self._open_place)
        self.caller.opened.connect(self.lead_wanted)
        self.caller.call_wanted.connect(self.call_wanted)
        self.caller.new_wanted.connect(self.new_lead_wanted)
        self.caller.left.connect(self._overlay_back)
        self.jobs.changed.connect(self.live.tell)
        self.jobs.writing.connect(self.status_bar.set_writing)
        self.jobs.refused.connect(self._say_problem)
        self.jobs.conflicted.connect(self._say_problem)
        self.jobs.crashed.connect(self._say_crash)
        self.live.changed.connect(self._mark_stale)
        theme().changed.connect(self._measure)
        for page in self._pages.values():
            if isinstance(page, SettingsPage):
                page.appearance_changed.connect(lambda: remembered.keep_appearance(self._station))
        QApplication.instance().focusChanged.connect(self._follow_focus)  # type: ignore[union-attr] # there is one

    def _offer(self) -> None:
        self.commands.offer(
            {
                "edit.undo": self.way.undo,
                "edit.redo": self.way.redo,
                "edit.cut": lambda: self._to_field("cut"),
                "edit.copy": lambda: self._to_field("copy"),
                "edit.paste": lambda: self._to_field("paste"),
                "find.caller": self._start_find,
                "help.commands": lambda: self._start_find("> "),
                "help.keys": self._show_keys,
                "help.about": self._show_about,
                "view.refresh": lambda: self.page().refresh(),
                "view.pane": self._toggle_pane,
                "view.privacy": lambda: privacy().set_on(not privacy().is_on),
                "view.larger": lambda: self._text_size(theme().percent + 10),
                "view.smaller": lambda: self._text_size(theme().percent - 10),
                "view.normal": lambda: self._text_size(100),
                "go.back": self._back,
                "go.next_pane": lambda: next_pane(self._root, self._panes(), forward=True),
                "go.previous_pane": lambda: next_pane(self._root, self._panes(), forward=False),
                "window.quit": self.close,
            }
            | {f"go.{key}": partial(self.open_page, key) for key in self._pages}
            | ({"help.news": self._show_news} if changelog() else {})
        )

    def _show_keys(self) -> None:
        keys = AllKeys(self.host(), self.commands)
        keys.open(keys.search)

    def _show_about(self) -> None:
        about = About(self.host(), self._version)
        about.open(about.copy)

    def _show_news(self) -> None:
        shown = News(self.host())
        shown.open(shown.text)

    def _open_lead(self, lead_id: int) -> None:
        self.lead_wanted.emit(lead_id, False)

    def _open_place(self, key: str) -> None:
        if key.startswith("view:"):
            self.view_wanted.emit(key)
        else:
            self.open_page(key)

    def _page_deeds_changed(self) -> None:
        if self.sender() is self._page and self._page is not None:
            self.commands.page_offers(self._page.deeds)

    def _mark_stale(self, topics: frozenset[str] | None) -> None:
        for page in self._pages.values():
            page.mark_stale(topics)

    def _say_problem(self, owner: QWidget, problem: Refused | Conflict) -> None:
        self.page().notice.say(problems.sentence(problem), "warn")

    def _say_crash(self, error: BaseException, doing: str) -> None:
        problems.show_crash(self.page().notice, problems.crash_report(error, doing, self._version))

    def _start_find(self, text: str = "") -> None:
        self.top_bar.raise_()
        self.caller.start(text)

    def _overlay_back(self) -> None:
        overlays = [child for child in self.host().findChildren(Overlay) if child.isVisible()]
        if overlays:
            overlays[-1].take_back()
        elif self.top_bar.field.hasFocus():
            (self.page().main_list() or self.page()).setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_field(self, deed: str) -> None:
        act = getattr(QApplication.focusWidget(), deed, None)
        if callable(act):
            act()

    def _toggle_pane(self) -> None:
        pane = self.page().pane()
        if pane is not None:
            pane.setVisible(pane.isHidden())

    def _text_size(self, percent: int) -> None:
        theme().choose(percent=percent)
        remembered.keep_appearance(self._station)

    def _back(self) -> None:
        if self._visited:
            self.open_page(self._visited.pop(), remember=False)

    def _panes(self) -> list[QWidget | None]:
        return [self.top_bar.field, self.navigation, self.page().main_list(), self.page().pane(), self.status_bar]

    def _follow_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        """Ctrl+Z in a text field belongs to the field only while it has changes of its own."""
        if now is self.top_bar.field and before is not None:
            self.caller.came_from(before)
        if self._typing is not None:
            self._typing.removeEventFilter(self)
        self._typing = now if isinstance(now, QLineEdit) else None
        if self._typing is not None:
            self._typing.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and isinstance(watched, QLineEdit):
            return event.matches(QKeySequence.StandardKey.Undo) and not watched.isUndoAvailable()
        return False

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        self.top_bar.measure()
        self.status_bar.measure()
        narrow = self.width() < NARROW_BELOW
        self.navigation.set_narrow(narrow)
        self.navigation.setFixedWidth(NARROW if narrow else theme().px(200 if self.width() >= WIDE_FROM else 176))

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        remembered.keep_window(self._station, self, self.place())
        self.closing.emit()
        super().closeEvent(event)


def _first(pages: Mapping[str, Page], last: str) -> str:
    """The page that was in front when the window closed, else the first that there is."""
    return last if last in pages else next((key for key, page in pages.items() if not isinstance(page, NotYetPage)), "")
