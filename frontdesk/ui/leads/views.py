"""The views of every practice, and those that somebody kept; each is a tab with its count."""

from __future__ import annotations

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
