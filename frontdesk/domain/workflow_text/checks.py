"""What one table of a workflow cannot say by itself: do all of them fit together."""

from __future__ import annotations

from collections.abc import Iterable

from frontdesk.domain.problems import Refused
from frontdesk.domain.workflow import OPEN_STAGES, Asks, Happening, Stage, Trigger, Workflow


def check(workflow: Workflow) -> None:
    """Everything that one table cannot say by itself."""
    for place, key in _named_statuses(workflow):
        if key not in workflow.statuses:
            raise Refused("status_unknown", place, status=key)
    if workflow.statuses[workflow.initial].stage is not Stage.NEW:
        raise Refused("initial_status_not_new", "initial")
    _check_attempts(workflow)
    _check_reasons(workflow)
    _check_triggers(workflow)
    reached = _reachable(workflow)
    for status in workflow.statuses.values():
        if status.key not in reached and not status.hidden:
            raise Refused("status_cannot_be_reached", f"statuses.{status.key}", status=status.key)


def _named_statuses(workflow: Workflow) -> Iterable[tuple[str, str]]:
    yield "initial", workflow.initial
    for status in workflow.statuses.values():
        yield from ((f"statuses.{status.key}.follows", key) for key in status.follows)
    for happening, trigger in workflow.triggers.items():
        yield from ((f"triggers.{happening}.to", key) for key in sorted(_targets(workflow, happening, trigger)))
        yield from ((f"triggers.{happening}.statuses", key) for key in trigger.statuses)
    if policy := workflow.attempts:
        yield "attempts.gives_up_to", policy.gives_up_to
        if policy.reached:
            yield "attempts.reached", policy.reached


def _targets(workflow: Workflow, happening: Happening, trigger: Trigger) -> set[str]:
    """Every status a trigger can move to; `{n}` runs over all attempts, and means nothing to what is not counted."""
    counted = happening in {Happening.ATTEMPT, Happening.SPOKE} and workflow.attempts
    numbers = range(1, counted.maximum + 1) if counted else (0,)
    return {target for number in numbers if (target := trigger.target(number))}


def _check_attempts(workflow: Workflow) -> None:
    policy = workflow.attempts
    if policy is None:
        return
    fewest, most = 2, 20
    if not fewest <= policy.maximum <= most:
        raise Refused("maximum_out_of_range", "attempts.maximum")
    if workflow.statuses[policy.gives_up_to].stage in OPEN_STAGES:
        raise Refused("giving_up_must_close", "attempts.gives_up_to")
    closing = workflow.statuses[policy.gives_up_to]
    if policy.reason is None and Asks.REASON in closing.asks:
        raise Refused("reason_needed", "attempts.reason")
    if policy.reason is not None and (
        policy.reason not in workflow.reasons or closing.reasons not in workflow.reasons[policy.reason].lists
    ):
        raise Refused("reason_unknown", "attempts.reason", reason=policy.reason)


def _check_reasons(workflow: Workflow) -> None:
    for status in workflow.statuses.values():
        wanted = status.reasons is not None or Asks.REASON in status.asks
        if wanted and not any(not reason.system_only for reason in workflow.reasons_for(status)):
            raise Refused("status_has_no_reasons", f"statuses.{status.key}.reasons", status=status.key)


def _check_triggers(workflow: Workflow) -> None:
    """What moves by itself has nobody to ask for a reason, and leaves closed leads alone (workflows.md section 5)."""
    for happening, trigger in workflow.triggers.items():
        if trigger.stages - OPEN_STAGES:
            raise Refused("trigger_moves_closed_leads", f"triggers.{happening}.stages")
        for key in sorted(_targets(workflow, happening, trigger)):
            if Asks.REASON in workflow.statuses[key].asks:
                raise Refused("trigger_gives_no_reason", f"triggers.{happening}.to", status=key)


def _reachable(workflow: Workflow) -> set[str]:
    """The statuses that a lead can ever be in."""
    moved = {key for happening, trigger in workflow.triggers.items() for key in _targets(workflow, happening, trigger)} | {workflow.initial}
    reached = moved | ({workflow.attempts.gives_up_to} if workflow.attempts else set())
    while fresh := {s.key for s in workflow.statuses.values() if s.by_hand and (not s.follows or s.follows & reached)} - reached:
        reached |= fresh
    return reached
