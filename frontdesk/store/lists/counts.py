"""How many leads there are, up to a cap, from an index."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from frontdesk.domain.lines import Filter
from frontdesk.domain.workflow import Stage
from frontdesk.store import tables as t
from frontdesk.store.lists.conditions import Shape, asked, conditions
from frontdesk.store.tx import Tx

CAP = 10_000
"""Counts go no further; the screen says "10,000+"."""


def count(tx: Tx, which: Filter, cap: int = CAP) -> int:
    """How many leads a list has; `cap + 1` means more than `cap`."""
    shape, values = asked(tx, which)
    return int(tx.value(_counting(shape), **values, most=cap + 1))


def counts_by_status(tx: Tx, workflow: str, statuses: tuple[str, ...], cap: int = CAP) -> dict[str, int]:
    """How many leads are in each status, each up to `cap + 1`, from the index."""
    questions = [(_counting(("status=", "workflow=")), {"status": each, "workflow": workflow, "most": cap + 1}) for each in statuses]
    return {each: int(rows[0][0]) for each, rows in zip(statuses, tx.rows_together(*questions), strict=True)}


def counts_by_stage(tx: Tx, cap: int = CAP) -> dict[Stage, int]:
    """How many leads are in each effective stage, each up to `cap + 1`, from the index."""
    questions = [(_counting(("stage=",)), {"stage": each, "most": cap + 1}) for each in Stage]
    return {each: int(rows[0][0]) for each, rows in zip(Stage, tx.rows_together(*questions), strict=True)}


@lru_cache(maxsize=512)
def _counting(shape: Shape) -> Select[Any]:
    return select(func.count()).select_from(select(t.lead.c.id).where(*conditions(shape)).limit(bindparam("most")).subquery())
