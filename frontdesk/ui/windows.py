"""The window with all its pages, put together from a desk's answers; and how a person that was found is shown."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject

from frontdesk.domain.lines import LeadLine
from frontdesk.services import lists, undo
from frontdesk.ui.find_caller import Found, Search
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.leads.columns import step_of
from frontdesk.ui.leads.page import LeadsPage
from frontdesk.ui.live import Live
from frontdesk.ui.main_window import MainWindow, Way
from frontdesk.ui.navigation import Place
from frontdesk.ui.not_yet import NotYetPage
from frontdesk.ui.remembered import Station
from frontdesk.ui.settings.pages import SettingsPage
from frontdesk.ui.top_bar import Practice as Sign
from frontdesk.ui.widgets.pages import Page

_SHOWN_BY = {"workflow", "settings", "staff", "sources"}


@dataclass(frozen=True, slots=True)
class Ground:
    """What a window stands on: who answers, who tells of changes, what this computer remembers, which program it is."""

    jobs: Jobs
    live: Live
    station: Station
    version: str


class Present(QObject):
    """The practice as it is now: read again when its workflow, settings, people or sources change."""

    def __init__(self, ground: Ground, practice: Practice) -> None:
        super().__init__()
        self._jobs = ground.jobs
        self.practice = practice
        ground.live.changed.connect(self._read_again)

    def _read_again(self, topics: frozenset[str] | None) -> None:
        if topics is None or topics & _SHOWN_BY:
            self._jobs.ask(lists.choices, owner=self, on_done=self._take, key="present-practice")

    def _take(self, choices: lists.Choices) -> None:
        self.practice = Practice.of(choices, self.practice.me, self.practice.now)


def main_window(ground: Ground, practice: Practice, *, where: str) -> MainWindow:
    """The window of a practice; `where` says where its data lives."""
    leads = LeadsPage(ground.jobs, practice, ground.station)
    present = Present(ground, practice)
    sign = Sign(practice.book.practice_name, where, practice.me.name, practice.book.practice_mode)
    window = MainWindow(
        sign,
        _pages(leads),
        jobs=ground.jobs,
        live=ground.live,
        station=ground.station,
        search=Search(lists.find, lambda line, text: found(line, text, present.practice)),
        way=Way(undo.undo, undo.redo),
        version=ground.version,
    )

    def open_lead(lead_id: int, _they_called: bool) -> None:
        window.open_page("leads")
        leads.open_lead(lead_id)

    def start_new_lead(typed: str = "") -> None:
        window.open_page("leads")
        leads.start_new_lead(typed)

    def call(lead_id: int) -> None:
        window.open_page("leads")
        leads.call(lead_id)

    present.setParent(window)
    window.lead_wanted.connect(open_lead)
    window.new_lead_wanted.connect(start_new_lead)
    window.call_wanted.connect(call)
    window.commands.offer({"lead.new": start_new_lead, "import.open": leads.import_wanted.emit})
    for page in window.findChildren(NotYetPage):
        page.leads_wanted.connect(lambda: window.open_page("leads"))
    return window


def found(line: LeadLine, text: str, practice: Practice) -> Found:
    """One person of the search as the list shows them: the part that matched is bold, the next step stands below."""
    at = line.name.casefold().find(text.casefold())
    digits = "".join(sign for sign in text if sign.isdigit())
    number = next((phone for phone in line.phones if digits and digits in "".join(filter(str.isdigit, phone))), (*line.phones, "")[0])
    name = line.name or practice.phone(number) or (*line.emails, "")[0]
    bold = (at, len(text)) if at >= 0 and line.name else (0, 0)
    return Found(line.id, name, practice.phone(number) if number else "", practice.pill(line.status), step_of(line, practice).words, bold)


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
