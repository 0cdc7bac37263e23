"""A Leads page over a real desk on a small practice, with jobs that run at once and a clock that stands still."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtWidgets import QLabel, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.domain.lines import LeadLine
from frontdesk.domain.rules import Answers
from frontdesk.domain.workflow import Disposition
from frontdesk.services import attempts, leads, lists, practices
from frontdesk.services.desk import Desk
from frontdesk.services.leads import LeadFacts
from frontdesk.services.lists import Profile, choices
from frontdesk.services.people import PersonFields
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.lanes import Inline
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.leads.page import LeadsPage
from tests.ui.shells import Memory

MORNING = datetime(2026, 11, 20, 17, 41, tzinfo=UTC)
"""Friday, 9:41 in the practice's zone, which is open from 8:00 to 18:00."""
BEGINNING = practices.Beginning(name="Northside Clinic", zone="America/Los_Angeles", country="US")


@dataclass
class Clinic:
    """A practice with a desk, and a clock that only the test moves."""

    path: Path
    now: datetime = MORNING
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        self.desk = practices.open_desk(self.path, person="Amara Okafor", clock=lambda: self.now, beginning=BEGINNING)
        self.jobs = Jobs(self.desk, Inline())

    def do(self, command: Any, **values: Any) -> Any:
        return self.desk.do(command, **values).value

    def enter(self, name: str, phone: str = "", *, email: str = "", ago: timedelta = timedelta(minutes=3), **facts: Any) -> int:
        """A lead that came in a while ago."""
        given, _, family = name.partition(" ")
        person = PersonFields(given, family, (phone,) if phone else (), (email,) if email else ())
        before, self.now = self.now, self.now - ago
        lead_id: int = self.do(leads.create_lead, person=person, facts=LeadFacts(**facts))
        self.now = before
        return lead_id

    def attempt(self, lead_id: int, disposition: Disposition = Disposition.NO_ANSWER, *, ago: timedelta = timedelta(0)) -> None:
        before, self.now = self.now, self.now - ago
        self.do(attempts.log_attempt, lead_id=lead_id, channel="call", disposition=disposition)
        self.now = before

    def lose(self, lead_id: int, reason: str = "price_shopping") -> None:
        self.do(leads.change_status, lead_id=lead_id, to="lost", answers=Answers(reason=reason))

    def profile(self, lead_id: int) -> Profile:
        return self.desk.ask(lists.profile, lead_id=lead_id)

    def line(self, name: str) -> LeadLine:
        return self.desk.ask(lists.find, text=name)[0]

    def practice(self) -> Practice:
        return Practice.of(self.desk.ask(choices), self.desk.who, lambda: self.now)

    def page(self, station: Memory | None = None) -> LeadsPage:
        page = LeadsPage(self.jobs, self.practice(), station or Memory())
        self.jobs.changed.connect(page.mark_stale)
        return page

    def close(self) -> None:
        self.jobs.close()
        self.desk.database.close()


def window(page: QWidget, width: int = 1366, height: int = 768) -> QMainWindow:
    """A window around a page, wide enough for list and pane."""
    made = QMainWindow()
    holder = QWidget()
    made.setCentralWidget(holder)
    page.setParent(holder)
    made.resize(width, height)
    page.resize(width - 176, height - 108)
    return made


def words(widget: QWidget) -> str:
    """All words that are shown in a widget, in the order they were made."""
    return " | ".join(each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget) and each.text())


def names(page: LeadsPage) -> list[str]:
    """The first column of the list."""
    model = page.table.model_of_leads
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def shown(qtbot: QtBot, page: LeadsPage) -> list[str]:
    """The names once the rows have landed."""
    page.refresh()
    page.table.viewport().grab()
    qtbot.waitUntil(lambda: all(page.table.model_of_leads.row_at(row) for row in range(page.table.model_of_leads.rowCount())))
    return names(page)


class Opened(QObject):
    """Takes what would go to the telephone or the mail program."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.addresses.append(url.toString())
