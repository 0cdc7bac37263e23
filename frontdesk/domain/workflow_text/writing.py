"""From the workflow back to the words of a file."""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import timedelta
from typing import Any

from frontdesk.domain.workflow import AttemptPolicy, Entry, GiveUp, Reason, Role, Stage, Status, Trigger, Waits, Workflow
from frontdesk.domain.workflow_text.durations import UNITS
from frontdesk.domain.workflow_text.words import WorkflowText


def written(workflow: Workflow) -> dict[str, Any]:
    """The mapping that `read` makes the same workflow from."""
    plain: dict[str, Any] = {
        name: _plain(getattr(workflow, name))
        for name in WorkflowText.__struct_fields__
        if name not in {"statuses", "reasons", "triggers", "attempts"} and getattr(workflow, name) is not None
    }
    plain["statuses"] = [_table(status) for status in workflow.statuses.values()]
    plain["reasons"] = [
        _table(reason) | ({"needs_attempts": "maximum"} if reason.needs_attempts < 0 else {}) for reason in workflow.reasons.values()
    ]
    plain["triggers"] = {happening.value: _table(trigger) for happening, trigger in workflow.triggers.items()}
    if workflow.attempts:
        waits = [{"attempt": number, **_table(waits)} for number, waits in enumerate(workflow.attempts.waits, start=1)]
        plain["attempts"] = _table(workflow.attempts) | {"waits": waits}
    return plain


def _table(record: Status | Reason | Trigger | AttemptPolicy | Waits) -> dict[str, Any]:
    """A record as a table of the file, without what is left at its default."""
    differing = (item.name for item in fields(record) if item.default is MISSING or getattr(record, item.name) != item.default)
    return {name: _plain(getattr(record, name)) for name in differing}


def _plain(value: object) -> object:
    if isinstance(value, timedelta):
        return f"{value // UNITS['m']}m"
    if isinstance(value, frozenset | set):
        return sorted(str(item) for item in value)
    return str(value) if isinstance(value, Stage | Role | Entry | GiveUp) else value
