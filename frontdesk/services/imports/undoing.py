"""Taking an import back: all of it where nobody has worked on it since."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice

from frontdesk.domain.problems import Refused
from frontdesk.domain.workflow import Role
from frontdesk.services.desk import Desk
from frontdesk.store import imports
from frontdesk.store import undo as store_undo
from frontdesk.store.imports import Import
from frontdesk.store.tx import Tx

BATCH = 500
DONE, UNDONE, FAILED = "done", "undone", "failed"


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of taking an import back: rows taken back, and rows kept because somebody has worked on them since."""

    import_id: int
    taken_back: int
    kept: int


def undo_import(desk: Desk, import_id: int | None = None) -> Kept:
    """Take an import back, the last one unless told; rows that somebody has since worked on stay, and are counted.

    Raises:
        Refused: `nothing_to_undo`, `import_unknown`, `role_not_allowed`.
    """
    if desk.who.role is Role.AUDITOR:
        raise Refused("role_not_allowed", "role")
    found = desk.ask(_newest) if import_id is None else desk.ask(imports.get, import_id)
    if found is None or found.state != DONE:
        raise Refused("nothing_to_undo")
    return take_back(desk, found.id, UNDONE)


def take_back(desk: Desk, import_id: int, state: str) -> Kept:
    """Take the changes of an import back, newest first, in batches; then note what became of it."""
    changes = iter(reversed(desk.ask(imports.changes, import_id)))
    taken = kept = 0
    while batch := list(islice(changes, BATCH)):
        done, stayed = desk.do(_take_back, changes=batch).value or (0, 0)
        taken, kept = taken + done, kept + stayed
    desk.do(_note, import_id=import_id, state=state)
    return Kept(import_id, taken, kept)


def _take_back(tx: Tx, *, changes: list[int]) -> tuple[int, int]:
    with tx.because("import_undone", undoable=False):
        taken, problems = store_undo.take_back_all(tx, changes)
    return len(taken), sum(problem.code != "already_undone" for problem in problems.values())


def _note(tx: Tx, *, import_id: int, state: str) -> None:
    found = imports.get(tx, import_id)
    imports.save(tx, found, replace(found, state=state, ended_at=tx.now))


def _newest(tx: Tx) -> Import | None:
    return next((each for each in imports.recent(tx) if each.state == DONE), None)
