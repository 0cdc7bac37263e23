"""The one way a lead changes by a rule: load it, let a due timer go first, judge, write what the ruling says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec

from msgspec.structs import replace

from frontdesk.domain import rules
from frontdesk.domain.records import Case, Lead
from frontdesk.domain.rules import Occasion, Ruling
from frontdesk.store import cases, locations, workflows
from frontdesk.store.tx import Tx

P = ParamSpec("P")


def occasion(tx: Tx, lead: Lead) -> Occasion:
    """By which workflow, hours, role and moment a lead is judged."""
    return Occasion(workflows.of(tx, lead.workflow), locations.hours(tx, lead.location_id), tx.now, tx.role, tx.who)


def judge(
    tx: Tx,
    lead_id: int,
    version: int | None,
    rule: Callable[Concatenate[Case, Occasion, P], Ruling],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> Ruling:
    """Apply a rule to a lead and write everything that follows from it.

    Raises:
        Refused: the rule's own refusals, or `lead_unknown`.
        Conflict: `changed_elsewhere` when the version given is not the lead's any more.
    """
    case = cases.case(tx, lead_id, version=version)
    moment = occasion(tx, case.lead)
    case = give_up_first(tx, case, moment)
    ruling = rule(case, moment, *args, **kwargs)
    cases.apply(tx, case, ruling)
    return ruling


def give_up_first(tx: Tx, case: Case, moment: Occasion) -> Case:
    """A timer due at the instant of an event fires first, at its own time and as a change of the system's own."""
    due = case.lead.timer_due
    if due is None or due > moment.now:
        return case
    with tx.new_change(), tx.because("attempts_exhausted", system=True):
        return cases.apply(tx, case, rules.give_up(case, replace(moment, now=due, who=None)))
