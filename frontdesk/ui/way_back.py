"""Undo and redo from anywhere: say what was taken back and for whom; where somebody has worked on it since, say that and offer to look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from PySide6.QtCore import QObject

from frontdesk import texts
from frontdesk.domain.problems import Conflict
from frontdesk.ui import problems
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.widgets.pages import Page
from frontdesk.ui.widgets.privacy import privacy


@dataclass(frozen=True, slots=True)
class Way:
    """Undo and redo as commands of the desk, whose value says what was taken back (`rule`, `lead_ids`, `to_status`).

    Attributes:
        name: the query for a lead's name.
        label: the words of a status.
    """

    undo: Callable[..., Any]
    redo: Callable[..., Any]
    name: Callable[..., str] | None = None
    label: Callable[[str], str] = str


class WayBack(QObject):
    """The way back of one window."""

    def __init__(self, window: QObject, page: Callable[[], Page], open_lead: Callable[[int], object], jobs: Jobs, way: Way) -> None:
        super().__init__(window)
        self._page, self._open_lead, self._jobs, self._way = page, open_lead, jobs, way

    def undo(self) -> None:
        """Take back the newest change of this person, wherever it was made."""
        self._jobs.do(self._way.undo, owner=self, on_done=self._undone, on_conflict=self._cannot)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._jobs.do(self._way.redo, owner=self, on_done=self._redone, on_conflict=self._cannot)

    def _undone(self, done: Any) -> None:
        self._tell(done, self.tr("Taken back: {what}"), self.tr("Taken back for {who}: {what}"))

    def _redone(self, done: Any) -> None:
        self._tell(done, self.tr("Done again: {what}"), self.tr("Done again for {who}: {what}"))

    def _tell(self, done: Any, plain: str, about: str) -> None:
        if done.value is None:
            return
        rule, ids = texts.taken_back(done.value.rule), tuple(done.value.lead_ids)
        status = "" if rule == texts.taken_back("attempt_logged") else done.value.to_status  # the status only followed the attempt
        what = self._way.label(status) if status else rule

        def say(who: str) -> None:
            inside = what if status else what[:1].lower() + what[1:]
            words = about.format(who=privacy().shown(who), what=inside) if who else plain.format(what=what)
            self._page().undo_strip.say(words, can_undo=False)

        if len(ids) == 1 and self._way.name is not None:
            self._jobs.ask(self._way.name, owner=self, on_done=say, key="undone-name", lead_id=ids[0])
        else:
            say("")

    def _cannot(self, problem: Conflict) -> None:
        """Somebody has worked on it since: what they did stays, and can be looked at."""
        actions: list[tuple[str, Callable[[], object]]] = [(self.tr("&Keep theirs"), lambda: None)]
        if problem.facts.get("table") == "lead":
            actions.append((self.tr("&Open the lead"), lambda: self._open_lead(cast("int", problem.facts["row"]))))
        self._page().notice.say(problems.sentence(problem), "warn", actions)
