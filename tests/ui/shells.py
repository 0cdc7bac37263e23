"""A main window over a desk without a database: its commands are plain functions that get no transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from frontdesk.services.desk import Done
from frontdesk.services.imports import Kept
from frontdesk.ui.find_caller import Found, Search
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.lanes import Inline, Lanes
from frontdesk.ui.live import Live
from frontdesk.ui.main_window import MainWindow
from frontdesk.ui.navigation import Place
from frontdesk.ui.not_yet import NotYetPage
from frontdesk.ui.settings.pages import SettingsPage
from frontdesk.ui.top_bar import Practice
from frontdesk.ui.way_back import Way
from frontdesk.ui.widgets.pages import Page
from frontdesk.ui.widgets.pills import Pill

PEOPLE = (
    Found(1, "Grace Kim", "(253) 555-0110", Pill("Follow-up", "phone-forwarded", "follow"), "Overdue 1 h", (0, 5)),
    Found(2, "Priya Nair", "(206) 555-0142", Pill("New", "sparkles", "new"), "Waiting 4 min"),
)


class Functions:
    """A desk whose commands are plain functions; what they return is the value, `topics` what they say to have changed."""

    topics: frozenset[str] = frozenset({"leads"})

    def do_once(self, key: str | None, command: Callable[..., Any], /, **kwargs: Any) -> Done[Any]:
        return Done(command(None, **kwargs), self.topics, 1)

    def ask(self, query: Callable[..., Any], /, **kwargs: Any) -> Any:
        return query(None, **kwargs)


@dataclass
class Memory:
    """A station that remembers as long as the test lasts."""

    values: dict[str, str] = field(default_factory=dict)

    def get(self, key: str) -> str:
        return self.values.get(key, "")

    def keep(self, key: str, value: str) -> None:
        self.values[key] = value


def find(_tx: None, *, text: str, limit: int) -> Sequence[Found]:
    wanted = text.lower()
    return [one for one in PEOPLE if wanted in one.name.lower() or wanted in one.phone][:limit]


@dataclass
class Undone:
    rule: str
    lead_ids: tuple[int, ...] = ()
    to_status: str | None = None


def undo(_tx: None) -> Undone:
    return Undone("attempt_logged")


def undo_import(_desk: Any, *, import_id: int, progress: Any, cancelled: Any) -> Kept:
    return Kept(import_id, 3, 1, "leads.csv")


def redo(_tx: None) -> Undone:
    return Undone("redone")


def shell(
    station: Memory | None = None, *, leads: Page | None = None, lanes: Lanes | None = None, desk: Any = None, way: Way | None = None
) -> MainWindow:
    """A main window with an honest Today page, a Leads page and Settings."""
    pages: list[tuple[Place, Page]] = [
        (Place("today", "Today", "list-todo", "9", "follow"), NotYetPage("today", "Today", "The call queue.", "list-todo")),
        (Place("leads", "Leads", "users"), leads or Page("leads", "Leads")),
        (Place("settings", "Settings", "settings"), SettingsPage()),
    ]
    return MainWindow(
        Practice("Northside Clinic", "On this computer", "Amara Okafor"),
        pages,
        jobs=Jobs(desk or Functions(), lanes or Inline()),
        live=Live(),
        station=station or Memory(),
        search=Search(find, lambda found, _text: found),
        way=way or Way(undo, redo, undo_import),
        version="0.0",
    )
