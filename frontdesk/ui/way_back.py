"""Undo and redo from anywhere: say what was taken back and for whom; where somebody has worked on it since, say that and offer to look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal

from frontdesk import texts
from frontdesk.domain.problems import Conflict, Refused
from frontdesk.services.undo import Import
from frontdesk.ui import problems
from frontdesk.ui.background import Background, Task
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.widgets.figures import figure
from frontdesk.ui.widgets.pages import Page
from frontdesk.ui.widgets.privacy import privacy

if TYPE_CHECKING:
    from frontdesk.services.imports import Kept


@dataclass(frozen=True, slots=True)
class Way:
    """Undo and redo as commands of the desk, whose value says what was taken back (`rule`, `lead_ids`, `to_status`).

    Attributes:
        undo: gives an import instead where that is the newest change, and takes nothing back then.
        undo_import: takes an import back; long work.
        name: the query for a lead's name.
        label: the words of a status.
    """

    undo: Callable[..., Any]
    redo: Callable[..., Any]
    undo_import: Callable[..., Kept]
    name: Callable[..., str] | None = None
    label: Callable[[str], str] = str


class WayBack(QObject):
    """The way back of one window.

    Attributes:
        import_taken_back: an import was taken back, and how much of it.
    """

    import_taken_back = Signal(object)

    def __init__(
        self, window: QObject, page: Callable[[], Page], open_lead: Callable[[int], object], *, background: Background, jobs: Jobs, way: Way
    ) -> None:
        super().__init__(window)
        self._page, self._open_lead, self._background, self._jobs, self._way = page, open_lead, background, jobs, way

    def undo(self) -> None:
        """Take back the newest change of this person, wherever it was made."""
        if not self._background.is_running(self._way.undo_import):
            self._jobs.do(self._way.undo, owner=self, on_done=self._undone, on_conflict=self._cannot)

    def redo(self) -> None:
        """Do again what was taken back last."""
        if not self._background.is_running(self._way.undo_import):
            self._jobs.do(self._way.redo, owner=self, on_done=self._redone, on_conflict=self._cannot)

    def _undone(self, done: Any) -> None:
        if isinstance(done.value, Import):
            self._take_import_back(done.value)
        else:
            self._tell(done.value, self.tr("Taken back: {what}"), self.tr("Taken back for {who}: {what}"))

    def _redone(self, done: Any) -> None:
        self._tell(done.value, self.tr("Done again: {what}"), self.tr("Done again for {who}: {what}"))

    def _tell(self, undone: Any, plain: str, about: str) -> None:
        if undone is None:
            return
        rule, ids = texts.taken_back(undone.rule), tuple(undone.lead_ids)
        follows = rule == texts.taken_back("attempt_logged")  # the status only followed the attempt
        status = self._way.label(undone.to_status) if undone.to_status and not follows else ""
        inside = status or rule[:1].lower() + rule[1:]

        def say(who: str) -> None:
            words = about.format(who=who, what=inside) if who else plain.format(what=status or rule)
            self._page().undo_strip.say(words, can_undo=False)

        if len(ids) == 1 and self._way.name is not None:
            self._jobs.ask(self._way.name, owner=self, on_done=lambda who: say(privacy().shown(who)), key="undone-name", lead_id=ids[0])
        else:
            say(self.tr("{n} leads").format(n=figure(len(ids))) if len(ids) > 1 else "")

    def _take_import_back(self, brought: Import) -> None:
        """In the background, with its progress in the status bar; until it has ended nothing else can be taken back."""
        name = brought.file_name.replace("{", "{{").replace("}", "}}")
        words = self.tr("Taking back the import of {file}: {done} of {total}").replace("{file}", name)
        task = Task(self._way.undo_import, words, can_cancel=False)
        self._background.run(task, on_done=self._import_undone, on_problem=self._import_stays, import_id=brought.id)

    def _import_undone(self, kept: Kept) -> None:
        self._jobs.changed.emit(None)  # at once: the strip must not speak of rows that still stand there
        self.import_taken_back.emit(kept)
        one, many = self.tr("Taken back: the import of {file}, 1 row."), self.tr("Taken back: the import of {file}, {n} rows.")
        words = (one if kept.taken_back == 1 else many).format(file=kept.file_name, n=figure(kept.taken_back))
        if kept.kept:
            one, many = self.tr("1 stays, because it was worked on since."), self.tr("{n} stay, because they were worked on since.")
            words = f"{words} {(one if kept.kept == 1 else many).format(n=figure(kept.kept))}"
        self._page().undo_strip.say(f"{words} {self.tr('To have it again, import the file.')}", can_undo=False)

    def _import_stays(self, problem: Refused | Conflict) -> None:
        self._page().notice.say(problems.sentence(problem), "warn")

    def _cannot(self, problem: Conflict) -> None:
        """Somebody has worked on it since: what they did stays, and can be looked at."""
        actions: list[tuple[str, Callable[[], object]]] = [(self.tr("&Keep theirs"), lambda: None)]
        if problem.facts.get("table") == "lead":
            actions.append((self.tr("&Open the lead"), lambda: self._open_lead(cast("int", problem.facts["row"]))))
        self._page().notice.say(problems.sentence(problem), "warn", actions)
