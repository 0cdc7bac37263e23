"""How leads are worked: each workflow as the practice has edited it, one of them active; its statuses and reasons also as rows that leads refer to."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import bindparam, func, select

from frontdesk.domain.problems import Conflict, Refused
from frontdesk.domain.workflow import Asks, Reason, Status, Workflow
from frontdesk.domain.workflow_text import read, written
from frontdesk.store import tables as t
from frontdesk.store.shapes import Row, stored
from frontdesk.store.tx import Tx

_WORKFLOW = select(t.workflow)
_BY_KEY = _WORKFLOW.where(t.workflow.c.key == bindparam("key"))
ACTIVE = _WORKFLOW.where(t.workflow.c.active.is_not(False))
_ALL = _WORKFLOW.order_by(t.workflow.c.id)
_STATUSES = select(t.status).where(t.status.c.workflow == bindparam("key"))
_REASONS = select(t.reason).where(t.reason.c.workflow == bindparam("key"))
_USED = (
    select(t.lead.c.status, func.count())
    .where(t.lead.c.workflow == bindparam("key"), t.LIVE)
    .group_by(t.lead.c.status)
    .order_by(t.lead.c.status)
)
_USED_REASONS = select(t.lead.c.reason).distinct().where(t.lead.c.workflow == bindparam("key"), t.lead.c.reason.is_not(None))


def of(tx: Tx, key: str) -> Workflow:
    """The workflow with this key; read once a transaction, parsed once a process."""
    found: Workflow | None = tx.kept.get(f"workflow:{key}")
    return found or keep_definition(tx, key, _found(tx, key)["definition"])


def keep_definition(tx: Tx, key: str, definition: str) -> Workflow:
    """Remember the workflow that another statement has read along."""
    found = tx.kept[f"workflow:{key}"] = _parsed(definition)
    return found


def active(tx: Tx) -> Workflow:
    """The workflow of new leads."""
    row = tx.row(ACTIVE)
    if row is None:
        raise Refused("no_workflow")
    found = _named(row)
    return keep_definition(tx, found["key"], found["definition"])


def every(tx: Tx) -> tuple[Workflow, ...]:
    """All workflows of the practice, in the order they came in."""
    return tuple(_parsed(_named(row)["definition"]) for row in tx.rows(_ALL))


def version(tx: Tx, key: str) -> int:
    """The version that `save` checks."""
    return int(_found(tx, key)["version"])


def install(tx: Tx, workflow: Workflow, *, active: bool = False) -> None:
    """Copy a preset in: from now on the practice edits its own."""
    row = _row(workflow) | {"id": tx.new_id(), "active": active, "version": 1, "void": False}
    tx.insert(t.workflow, row)
    for position, status in enumerate(workflow.statuses.values()):
        tx.insert(t.status, _status_row(workflow, status, position) | {"id": tx.new_id(), "version": 1})
    for position, reason in enumerate(workflow.reasons.values()):
        tx.insert(t.reason, _reason_row(workflow, reason, position) | {"id": tx.new_id(), "version": 1})
    tx.kept.pop(f"workflow:{workflow.key}", None)


def save(tx: Tx, workflow: Workflow, *, version: int) -> None:
    """Write an edited workflow back; statuses and reasons that are gone stay as hidden rows, since leads may refer to them."""
    before = _found(tx, workflow.key)
    if before["version"] != version:
        raise Conflict("changed_elsewhere", table="workflow", row=before["id"])
    tx.update(t.workflow, before["id"], before, before | _row(workflow))
    tx.kept.pop(f"workflow:{workflow.key}", None)
    statuses = {key: _status_row(workflow, status, place) for place, (key, status) in enumerate(workflow.statuses.items())}
    _save_rows(tx, t.status, [_row_of(t.status, row) for row in tx.rows(_STATUSES, key=workflow.key)], statuses)
    reasons = {key: _reason_row(workflow, reason, place) for place, (key, reason) in enumerate(workflow.reasons.items())}
    _save_rows(tx, t.reason, [_row_of(t.reason, row) for row in tx.rows(_REASONS, key=workflow.key)], reasons)


def use(tx: Tx, key: str) -> None:
    """Make another workflow the one of new leads."""
    wanted = _found(tx, key)
    row = tx.row(ACTIVE)
    if row is not None:
        before = _named(row)
        if before["key"] == key:
            return
        tx.update(t.workflow, before["id"], before, before | {"active": False})
    tx.update(t.workflow, wanted["id"], wanted, wanted | {"active": True})


def used_statuses(tx: Tx, key: str) -> dict[str, int]:
    """Each status of a workflow that a lead is in, with how many."""
    return dict(tx.rows(_USED, key=key))


def used_reasons(tx: Tx, key: str) -> frozenset[str]:
    """The reasons of a workflow that a lead has."""
    return frozenset(row[0] for row in tx.rows(_USED_REASONS, key=key))


@lru_cache(maxsize=32)
def _parsed(definition: str) -> Workflow:
    try:
        return read(stored(definition))
    except Refused:  # it was read once already, before it was written
        raise Refused("database_damaged") from None


def _found(tx: Tx, key: str) -> Row:
    row = tx.row(_BY_KEY, key=key)
    if row is None:
        raise Refused("workflow_unknown", "workflow", workflow=key)
    return _named(row)


def _named(row: tuple[Any, ...]) -> Row:
    return _row_of(t.workflow, row)


def _row_of(table: Any, row: tuple[Any, ...]) -> Row:
    return dict(zip(table.c.keys(), row, strict=True))


def _row(workflow: Workflow) -> Row:
    return {"key": workflow.key, "label": workflow.label, "definition": msgspec.json.encode(written(workflow)).decode()}


def _status_row(workflow: Workflow, status: Status, position: int) -> Row:
    return {
        "workflow": workflow.key,
        "key": status.key,
        "label": status.label,
        "stage": status.stage,
        "outcome": status.outcome,
        "asks_reason": Asks.REASON in status.asks,
        "position": position,
        "hidden": status.hidden,
        "void": False,
    }


def _reason_row(workflow: Workflow, reason: Reason, position: int) -> Row:
    plain = {"workflow": workflow.key, "key": reason.key, "label": reason.label}
    return plain | {"position": position, "hidden": reason.hidden, "void": False}


def _save_rows(tx: Tx, table: Any, present: list[Row], wanted: dict[str, Row]) -> None:
    for before in present:
        tx.update(table, before["id"], before, before | wanted.pop(before["key"], {"hidden": True}))
    for row in wanted.values():
        tx.insert(table, row | {"id": tx.new_id(), "version": 1})
