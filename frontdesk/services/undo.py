"""Taking back and doing again: the newest change of this person, or any change where it is shown."""

from __future__ import annotations

from dataclasses import dataclass

from frontdesk.domain.problems import Refused
from frontdesk.domain.workflow import Role
from frontdesk.store import imports, journal
from frontdesk.store import undo as store_undo
from frontdesk.store.imports import DONE, UNDONE, Import
from frontdesk.store.journal import Line
from frontdesk.store.tx import Tx

__all__ = ["Import", "Undone", "redo", "undo"]

GAVE_UP = "attempts_exhausted"
LOOKED_BACK = 50
CLOCK_STOPPED = {"lead": {"timer_due": None}}
"""A timer whose effect is taken back does not fire again until the next attempt, follow-up or change of status (workflows.md section 3)."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back or done again: the change, the rule it was made by, the leads it touched, and the status it led to, if any."""

    change: int
    rule: str
    lead_ids: tuple[int, ...]
    to_status: str | None = None


def undo(tx: Tx, *, change: int | None = None) -> Undone | Import:
    """Take back a change with all that the system did because of it; without one the newest of this person.

    An import takes more than one transaction: where it is the newest, it is the answer and nothing is written; `imports.undo_import` takes it back.

    Raises:
        Refused: `nothing_to_undo`, `role_not_allowed`.
        Conflict: `changed_since`, `already_undone` or `details_erased`; nothing is written then.
    """
    _check_role(tx)
    wanted = _newest(tx) if change is None else change
    if isinstance(wanted, Import):
        return wanted
    lines = journal.changes_of(tx, wanted)
    if not lines:
        raise Refused("nothing_to_undo")
    store_undo.take_back(tx, wanted, instead=CLOCK_STOPPED if _clock_is_spent(tx, lines) else None)
    return _undone(wanted, _told_of(tx, lines))


def redo(tx: Tx) -> Undone:
    """Do again what this person took back last.

    Raises:
        Refused: `nothing_to_redo` once something else was changed, `import_not_redoable` where an import was taken back last.
    """
    _check_role(tx)
    if tx.who is None:
        raise Refused("nothing_to_redo")
    wanted, taken = journal.redoable(tx, tx.who), imports.last_of(tx, tx.who, UNDONE)
    newest = journal.undoable(tx, tx.who) if wanted is None else wanted
    lines = journal.changes_of(tx, newest) if newest is not None else []
    if taken is not None and taken.ended_at is not None and not (lines and lines[0].at > taken.ended_at):
        raise Refused("import_not_redoable")
    if wanted is None:
        raise Refused("nothing_to_redo")
    store_undo.take_back(tx, wanted)
    return _undone(wanted, _told_of(tx, lines))


def _newest(tx: Tx) -> int | Import:
    """The change, or the import that was begun after it; both are numbered by the time."""
    if tx.who is None:
        raise Refused("nothing_to_undo")
    change, brought = journal.undoable(tx, tx.who) or 0, imports.last_of(tx, tx.who, DONE)
    if brought is not None and brought.id > change:
        return brought
    if not change:
        raise Refused("nothing_to_undo")
    return change


def _check_role(tx: Tx) -> None:
    if tx.role is Role.AUDITOR:
        raise Refused("role_not_allowed", "role")


def _clock_is_spent(tx: Tx, lines: list[Line]) -> bool:
    """Whether the giving up that this change brought, or one after it, was taken back: then its clock stays stopped."""
    if any(_gave_up(line) for line in lines):
        return True
    leads = {line.lead_id for line in lines if line.table == "lead" and line.lead_id is not None}
    later = (line for lead_id in leads for line in journal.timeline(tx, lead_id, most=LOOKED_BACK))
    return any(_gave_up(line) and line.undone and line.number > lines[-1].number for line in later)


def _gave_up(line: Line) -> bool:
    return line.rule == GAVE_UP and line.system


def _told_of(tx: Tx, lines: list[Line]) -> list[Line]:
    """The change that it is all about: of an undo what it took back, of a redo what it did again, however often it went to and fro."""
    while lines[0].undoes is not None:
        lines = journal.changes_of(tx, lines[0].undoes)
    return lines


def _undone(change: int, lines: list[Line]) -> Undone:
    acted = any(line.table == "activity" for line in lines)  # then the status came of the attempt, and it is the attempt that is named
    led_to = (line.after.get("to_status") for line in reversed(lines) if line.table == "status_change" and line.after and not acted)
    return Undone(change, lines[0].rule, tuple(sorted({line.lead_id for line in lines if line.lead_id is not None})), next(led_to, None))
