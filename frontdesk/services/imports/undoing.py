"""Taking an import back: all of it where nobody has worked on it since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from msgspec.structs import replace

from frontdesk.domain.problems import Refused
from frontdesk.domain.workflow import Role
from frontdesk.services.desk import Desk
from frontdesk.services.settings import LEADERS
from frontdesk.store import imports, journal
from frontdesk.store import undo as store_undo
from frontdesk.store.imports import DONE, UNDONE, Import
from frontdesk.store.tx import Tx

BATCH = 500


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of taking an import back: rows taken back, and rows kept because somebody has worked on them since."""

    import_id: int
    taken_back: int
    kept: int
    file_name: str = ""


Progress = Callable[[int, int], None]


def undo_import(desk: Desk, import_id: int | None = None, *, progress: Progress = lambda done, of: None) -> Kept:
    """Take an import back, the last one unless told; rows that somebody has since worked on stay, and are counted.

    Raises:
        Refused: `nothing_to_undo`, `import_unknown`, `import_running`, `role_not_allowed`.
    """
    if desk.who.role is Role.AUDITOR:
        raise Refused("role_not_allowed", "role")
    found = desk.ask(_newest) if import_id is None else desk.ask(imports.get, import_id)
    if found is None or found.state != DONE:
        raise Refused("nothing_to_undo")
    if found.staff_id != desk.who.id and desk.who.role not in LEADERS:
        raise Refused("role_not_allowed", "role")
    with desk.database.claim("import"):
        return take_back(desk, found.id, UNDONE, progress=progress)


def take_back(desk: Desk, import_id: int, state: str, *, progress: Progress = lambda done, of: None) -> Kept:
    """Take the changes of an import back, newest first, in batches; then note what became of it."""
    changes = desk.ask(imports.changes, import_id)
    pending, taken, kept = iter(reversed(changes)), 0, 0
    while batch := list(islice(pending, BATCH)):
        progress(taken + kept, len(changes))
        done, stayed = desk.do(_take_back, import_id=import_id, changes=batch).value or (0, 0)
        taken, kept = taken + done, kept + stayed
    desk.do(_take_back_lists, import_id=import_id)
    return Kept(import_id, taken, kept, desk.do(_note, import_id=import_id, state=state).value or "")


def _take_back(tx: Tx, *, import_id: int, changes: list[int]) -> tuple[int, int]:
    """One batch, but for the leads that somebody has worked on, and the people that a lead stays of."""
    lines = journal.changes_of(tx, *changes)
    made = [(line.change, line.row_id) for line in lines if line.action == "insert" and line.table == "lead"]
    worked_on = imports.worked_on(tx, import_id, {line.lead_id: line.number for line in lines if line.lead_id is not None})
    kept = {line.change for line in lines if line.lead_id in worked_on}
    people = {line.row_id: line.change for line in lines if line.action == "insert" and line.table == "person"}
    shared = {people[each] for each, lead_id in imports.leads_of_people(tx, people) if (people[each], lead_id) not in set(made)} - kept
    with tx.because("import_undone", undoable=False):
        taken, problems = store_undo.take_back_all(tx, [each for each in changes if each not in kept | shared])
        for change in sorted(shared, reverse=True):
            own = {lead_id for its, lead_id in made if its == change}
            if any(people[each] == change and lead_id not in own for each, lead_id in imports.leads_of_people(tx, people)):
                kept.add(change)
                continue
            done, refused = store_undo.take_back_all(tx, [change])
            taken, problems = taken | done, problems | refused
    return len(taken), len(kept) + sum(problem.code != "already_undone" for problem in problems.values())


def _take_back_lists(tx: Tx, *, import_id: int) -> None:
    """The sources, campaigns and people that came with the import and that nothing refers to any more."""
    with tx.because("import_undone", undoable=False):
        for change in reversed(imports.list_changes(tx, import_id)):
            if not any(imports.is_referred_to(tx, line.table, line.row_id) for line in journal.changes_of(tx, change)):
                store_undo.take_back_all(tx, [change])


def _note(tx: Tx, *, import_id: int, state: str) -> str:
    found = imports.get(tx, import_id)
    return imports.save(tx, found, replace(found, state=state, ended_at=tx.now)).file_name


def _newest(tx: Tx) -> Import | None:
    return next((each for each in imports.recent(tx) if each.state == DONE), None)
