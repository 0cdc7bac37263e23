"""Saved views: the lists that everybody begins with, and those that somebody kept; each is a tab with its count."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from frontdesk.domain.workflow import Outcome, Stage
from frontdesk.ui.leads.conditions import EVERY, ME, Conditions, of, tr


@dataclass(frozen=True, slots=True)
class SavedView:
    """A named list.

    Attributes:
        is_own: kept by somebody, so it can be renamed and deleted.
    """

    key: str
    label: str
    conditions: Conditions
    is_own: bool = True


def standard_views(*, wide: bool) -> tuple[SavedView, ...]:
    """The views of every practice; by stage, so they fit every workflow."""
    views = (
        SavedView("all", tr("All"), EVERY, is_own=False),
        SavedView("mine", tr("My open leads"), of(owner=(ME,), outcome=(str(Outcome.OPEN),)), is_own=False),
        SavedView("new", tr("New"), of(stage=(str(Stage.NEW),)), is_own=False),
        SavedView("follow_up", tr("Follow-up"), of(stage=(str(Stage.FOLLOW_UP),)), is_own=False),
        SavedView("scheduled", tr("Scheduled"), of(stage=(str(Stage.BOOKED),)), is_own=False),
    )
    seen = SavedView("seen", tr("Consult completed"), of(stage=(str(Stage.SEEN),)), is_own=False)
    return (*views, seen) if wide else views


def written(views: Sequence[SavedView]) -> str:
    """Own views as text to keep."""
    return json.dumps([{"key": each.key, "label": each.label, "filter": each.conditions.written()} for each in views])


def read(text: str) -> tuple[SavedView, ...]:
    """Own views from a kept text; what is not understood is left out."""
    try:
        found = json.loads(text or "[]")
    except ValueError:
        return ()
    rows = [each for each in found if isinstance(each, dict) and each.get("key") and each.get("label")]
    return tuple(SavedView(str(each["key"]), str(each["label"]), Conditions.read(str(each.get("filter", "")))) for each in rows)
