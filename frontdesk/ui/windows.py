"""The window with all its pages, put together from a desk's answers, and everything in it connected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from frontdesk.domain.problems import Refused
from frontdesk.services import examples, lists, undo
from frontdesk.services.desk import Desk
from frontdesk.services.settings import change_settings
from frontdesk.ui.background import Task
from frontdesk.ui.callers import Callers
from frontdesk.ui.connection import Connection
from frontdesk.ui.draft_list import DraftList
from frontdesk.ui.exports import ExportStrip
from frontdesk.ui.find_caller import Search
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.leads.conditions import of
from frontdesk.ui.leads.page import LeadsPage
from frontdesk.ui.live import Live
from frontdesk.ui.main_window import MainWindow
from frontdesk.ui.navigation import Place
from frontdesk.ui.not_yet import NotYetPage
from frontdesk.ui.place_counts import PlaceCounts
from frontdesk.ui.printing import Printing
from frontdesk.ui.problems import sentence
from frontdesk.ui.remembered import Station
from frontdesk.ui.settings.pages import SettingsPage
from frontdesk.ui.top_bar import Practice as Sign
from frontdesk.ui.way_back import Way
from frontdesk.ui.widgets.pages import Page

if TYPE_CHECKING:
    from frontdesk.services.imports import Kept

_SHOWN_BY = {"workflow", "settings", "staff", "sources"}


@dataclass(frozen=True, slots=True)
class Ground:
    """What a window stands on: who answers, who tells of changes, what this computer remembers, which program it is."""

    jobs: Jobs
    live: Live
    station: Station
    version: str


class Present(QObject):
    """The practice as it is now: read again when its workflow, settings, people or sources change.

    Attributes:
        changed: it is another one.
    """

    changed = Signal()

    def __init__(self, ground: Ground, practice: Practice) -> None:
        super().__init__()
        self._jobs = ground.jobs
        self.practice = practice
        ground.live.changed.connect(self._read_again)

    def status_label(self, key: str) -> str:
        """The words of a status as they are now."""
        return self.practice.status_label(key)

    def _read_again(self, topics: frozenset[str] | None) -> None:
        if topics is None or topics & _SHOWN_BY:
            self._jobs.ask(lists.choices, owner=self, on_done=self._take, key="present-practice")

    def _take(self, choices: lists.Choices) -> None:
        self.practice = Practice.of(choices, self.practice.me, self.practice.now)
        self.changed.emit()


class Connections(QObject):
    """What the pages wish and only the window can do: another page, a file, long work."""

    def __init__(
        self,
        ground: Ground,
        window: MainWindow,
        leads: LeadsPage,
        places: PlaceCounts,
        *,
        practice: Callable[[], Practice],
    ) -> None:
        super().__init__(window)
        self._ground, self._window, self._leads, self._places = ground, window, leads, places
        exporting = ExportStrip(ground.jobs)
        leads.content.addWidget(exporting)
        leads.import_wanted.connect(lambda: window.open_page("import"))
        leads.export_wanted.connect(exporting.start)
        leads.example_wanted.connect(self._fill)
        window.view_wanted.connect(self._show_view)
        Connection(ground.jobs, window.status_bar, practice)
        self._drafts = DraftList(ground.jobs, window.status_bar)
        self._drafts.lead_wanted.connect(lambda lead_id: window.lead_wanted.emit(lead_id, False))
        self._drafts.new_lead_wanted.connect(lambda: window.new_lead_wanted.emit(""))
        for page in window.findChildren(NotYetPage):
            page.leads_wanted.connect(lambda: window.open_page("leads"))

    def export(self) -> None:
        """From any page: the list of leads to a file."""
        self._window.open_page("leads")
        self._window.commands.run("list.export")

    def _show_view(self, key: str) -> None:
        view = self._places.view(key)
        if view is None:
            return
        self._window.open_page("leads")
        tabs = self._leads.tabs
        tabs.choose(key if any(each.key == key for each in tabs.views()) else "all")
        self._leads.show_conditions(view.conditions)
        self._window.navigation.set_active(key)

    def show_import(self, import_id: int) -> None:
        """The leads of one import."""
        self._window.open_page("leads")
        self._leads.tabs.choose("all")
        self._leads.show_conditions(of(import_id=(str(import_id),)))

    def _fill(self) -> None:
        task = Task(_fill_with_examples, self.tr("Inventing a year of example leads: day {done} of {total}"), can_cancel=False)
        self._window.background.run(
            task, on_done=lambda _: self._filled(), on_problem=lambda problem: self._leads.notice.say(sentence(problem), "warn")
        )

    def _filled(self) -> None:
        self._ground.jobs.tell_changed(None)
        self._leads.notice.say(self.tr("These leads are invented. Look around, try everything."), "info")


def main_window(ground: Ground, practice: Practice, *, where: str) -> MainWindow:
    """The window of a practice; `where` says where its data lives."""
    leads = LeadsPage(ground.jobs, practice, ground.station)
    present = Present(ground, practice)
    callers = Callers(leads, ground.jobs, lambda: present.practice)
    sign = Sign(practice.book.practice_name, where, practice.me.name, practice.book.practice_mode)
    window = MainWindow(
        sign,
        _pages(leads),
        jobs=ground.jobs,
        live=ground.live,
        station=ground.station,
        search=Search(lists.find, callers.found, callers.written),
        way=Way(undo.undo, undo.redo, _undo_import, lists.name_of, present.status_label),
        version=ground.version,
        later={"import": lambda: _imports(ground, present.practice, window, connections)},
    )
    present.setParent(window)
    callers.serve(window)
    places = PlaceCounts(window.navigation, ground.jobs, ground.live, lambda: present.practice)
    places.refresh()
    connections = Connections(ground, window, leads, places, practice=lambda: present.practice)
    printing = Printing(window, ground.jobs, leads, lambda: present.practice)
    window.commands.offer(
        {
            "list.print": printing.ask,
            "lead.new": callers.start_new_lead,
            "import.open": leads.import_wanted.emit,
            "list.export": connections.export,
        }
    )
    _connect_settings(window, ground.jobs, present)
    return window


def _imports(ground: Ground, practice: Practice, window: MainWindow, connections: Connections) -> Page:
    from frontdesk.ui.imports.page import ImportPage  # noqa: PLC0415 - with all that reads files; few starts need it

    page = ImportPage(ground.jobs, may_import=practice.may_write())
    page.leads_wanted.connect(connections.show_import)
    window.way.import_taken_back.connect(page.taken_back)
    return page


def _connect_settings(window: MainWindow, jobs: Jobs, present: Present) -> None:
    page = next(each for each in window.findChildren(SettingsPage))

    def show() -> None:
        why_not = "" if present.practice.is_leader() else sentence(Refused("role_not_allowed"))
        page.show_clock(is_24h=present.practice.book.clock_24h, why_not=why_not)

    def change(is_24h: bool) -> None:
        words = QCoreApplication.translate("windows", "The whole practice sees times as {example} now.")
        told = words.format(example="15:00" if is_24h else "3:00 pm")
        jobs.do(change_settings, owner=page, on_done=lambda _: page.undo_strip.say(told), values={"clock_24h": is_24h})

    show()
    present.changed.connect(show)
    page.clock_wanted.connect(change)


def _fill_with_examples(desk: Desk, *, progress: Any, cancelled: Any) -> None:
    examples.fill(desk, progress=progress)


def _undo_import(desk: Desk, *, import_id: int, progress: Any, cancelled: Any) -> Kept:
    from frontdesk.services.imports import undo_import  # noqa: PLC0415 - as the import page

    return undo_import(desk, import_id, progress=progress)


def _pages(leads: LeadsPage) -> list[tuple[Place, Page]]:
    coming = (
        (
            "today",
            "list-todo",
            _tr("Today"),
            _tr("It will be the list of people to call, in the right order. Until then, Leads shows who is due."),
        ),
        (
            "calendar",
            "calendar-days",
            _tr("Calendar"),
            _tr("It will show the load of each day, to move follow-ups. Until then, Leads shows them in order."),
        ),
        ("funnel", "funnel", _tr("Funnel"), _tr("It will show where leads stop. Until then, the saved views of Leads count them.")),
        (
            "reports",
            "chart-column",
            _tr("Reports"),
            _tr("They will show sources, return on spend and reasons for loss. Until then, export the leads."),
        ),
    )
    pages: list[tuple[Place, Page]] = [
        (Place(key, title, icon), NotYetPage(key, title, purpose, icon)) for key, icon, title, purpose in coming
    ]
    pages.insert(1, (Place("leads", _tr("Leads"), "users"), leads))
    return [*pages, (Place("settings", _tr("Settings"), "settings"), SettingsPage())]


def _tr(text: str) -> str:
    return QCoreApplication.translate("windows", text)
