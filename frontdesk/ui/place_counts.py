"""The figures of the navigation: calls to make now, and the saved views with how many leads each has; asked off-thread, and not too often."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QLocale, QObject, QTimer

from frontdesk.domain.workflow import Outcome
from frontdesk.services.lists import counts
from frontdesk.services.queue import calls_to_make
from frontdesk.services.views import saved_views
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.leads.conditions import Conditions, counted, filter_of, of, tr
from frontdesk.ui.live import Live
from frontdesk.ui.navigation import Navigation, Place

MOST_CALLS = 99
_PAUSE_MS = 400
_MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class View:
    """A list in the navigation; its key is that of the tab on the Leads page where there is one."""

    key: str
    label: str
    icon: str
    conditions: Conditions


def usual_views(today: date) -> tuple[View, ...]:
    """The lists that every practice has."""
    month = QLocale().standaloneMonthName(today.month, QLocale.FormatType.ShortFormat)
    return (
        View("important", tr("Important"), "star", of(important=("yes",), outcome=(str(Outcome.OPEN),))),
        View("overdue", tr("Overdue"), "hourglass", of(next_follow_up=("overdue",), outcome=(str(Outcome.OPEN),))),
        View("lost", tr("Lost in {month}").format(month=month), "user-x", of(lost=("this_month",), outcome=(str(Outcome.LOST),))),
    )


class PlaceCounts(QObject):
    """Keeps the figures of one navigation; `views` are the lists it shows."""

    def __init__(self, navigation: Navigation, jobs: Jobs, live: Live, practice: Callable[[], Practice]) -> None:
        super().__init__(navigation)
        self._navigation, self._jobs, self._practice = navigation, jobs, practice
        self.views: tuple[View, ...] = ()
        self._figures: dict[str, str] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.refresh)
        self._minute = QTimer(self)
        self._minute.timeout.connect(self.refresh)
        self._minute.start(_MINUTE_MS)  # follow-ups become due without anybody changing anything
        live.changed.connect(lambda _topics: self._soon.start(_PAUSE_MS))

    def refresh(self) -> None:
        """Ask for all of it again."""
        self._jobs.ask(calls_to_make, owner=self, on_done=self._show_calls, key="places-calls", most=MOST_CALLS + 1)
        self._jobs.ask(saved_views, owner=self, on_done=self._show_views, key="places-views")

    def view(self, key: str) -> View | None:
        """The list of a place."""
        return next((each for each in self.views if f"view:{each.key}" == key), None)

    def _today(self) -> date:
        practice = self._practice()
        return practice.hours.day(practice.now())

    def _show_calls(self, number: int) -> None:
        words = "" if not number else f"{MOST_CALLS}+" if number > MOST_CALLS else str(number)
        self._navigation.set_count("today", words, "follow")

    def _show_views(self, found: Sequence[Any]) -> None:
        own = (View(str(each.id), each.label, "bookmark", Conditions.read(each.filter)) for each in found)
        self.views = (*usual_views(self._today()), *own)
        self._show()
        asked = [filter_of(each.conditions, self._practice()) for each in self.views]
        self._jobs.ask(counts, owner=self, on_done=self._show_figures, key="places-counts", views=asked)

    def _show_figures(self, numbers: Sequence[int]) -> None:
        self._figures = {view.key: counted(number) for view, number in zip(self.views, numbers, strict=False)}
        self._show()

    def _show(self) -> None:
        self._navigation.set_views(
            [Place(f"view:{each.key}", each.label, each.icon, self._figures.get(each.key, "")) for each in self.views]
        )
