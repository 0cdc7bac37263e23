"""The practice's own settings: the book, the opening hours and the workflow in use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from msgspec.structs import replace

from frontdesk.domain import settings as books
from frontdesk.domain.lines import Filter, Sort
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Ending, Lead, Location
from frontdesk.domain.rules import STAMPS, effective_stage
from frontdesk.domain.settings import Book
from frontdesk.domain.workdays import OpeningHours
from frontdesk.domain.workflow import DEPTHS, Asks, Outcome, Role, Stage, Status, Workflow
from frontdesk.store import cases, followups, leads, lists, locations, settings, workflows
from frontdesk.store.tx import Tx

LEADERS = frozenset((Role.MANAGER, Role.ADMINISTRATOR))
_NEAREST: Mapping[Stage, tuple[Stage, ...]] = {
    Stage.REBOOK: (Stage.FOLLOW_UP,),
    Stage.SEEN: (Stage.BOOKED, Stage.FOLLOW_UP),
    Stage.WON: (Stage.SEEN, Stage.BOOKED),
    Stage.LOST: (Stage.NOT_QUALIFIED,),
    Stage.NOT_QUALIFIED: (Stage.LOST,),
    Stage.EXCLUDED: (Stage.NOT_QUALIFIED, Stage.LOST),
    Stage.FOLLOW_UP: (Stage.NEW,),
    Stage.BOOKED: (Stage.FOLLOW_UP, Stage.NEW),
}
"""Where a stage goes in a workflow that has no status of it (domain.md section 2, lossy spots)."""


def book(tx: Tx) -> Book:
    """All practice-wide settings; read once a transaction."""
    found: Book | None = tx.kept.get("book")
    if found is None:
        found = tx.kept["book"] = _book(settings.texts(tx))
    return found


@lru_cache(maxsize=8)
def _book(texts: settings.Texts) -> Book:
    """Understood once for as long as they stay the same: every search and every new lead asks for the country."""
    return books.read({name: value for name, value in settings.read(texts).items() if "." not in name})


def location(tx: Tx) -> Location:
    """The office of this practice (the first one)."""
    return locations.everywhere(tx)[0]


def opening_hours(tx: Tx) -> OpeningHours:
    """Zone, opening hours and holidays of the practice's office."""
    return locations.hours(tx, location(tx).id)


def workflows_known(tx: Tx) -> tuple[Workflow, ...]:
    """All workflows of the practice."""
    return workflows.every(tx)


def change_settings(tx: Tx, *, values: Mapping[str, object]) -> None:
    """Change practice-wide settings; only a manager may."""
    _check_leader(tx)
    after = books.changed(book(tx), values)
    stored = books.stored(after)
    tx.kept.pop("book", None)
    with tx.because("settings_changed"):
        settings.put(tx, {name: stored[name] for name in values})


def change_location(tx: Tx, *, after: Location) -> None:
    """Change an office's name, zone, hours or holidays; only a manager may."""
    _check_leader(tx)
    before = next((each for each in locations.everywhere(tx) if each.id == after.id), None)
    if before is None:
        raise Refused("setting_unknown", "location")
    OpeningHours.of(after.zone, after.hours, after.holidays)
    with tx.because("settings_changed"):
        locations.save(tx, before, after)


def proposed_map(old: Workflow, new: Workflow, used: Mapping[str, int]) -> dict[str, str]:
    """For every used status of the old workflow the status of the new one it would become: the same key, else the same stage, else the nearest."""
    found = {key: _alike(old.statuses[key], new) for key in used}
    return {key: status.key for key, status in found.items() if status is not None}


def use_workflow(tx: Tx, *, key: str, mapping: Mapping[str, str] | None = None) -> int:
    """Work by another workflow: every lead moves to the status its own is mapped to, as one change; return how many moved.

    Raises:
        Refused: `map_incomplete` names the used statuses that need a new one; `status_unknown`, `role_not_allowed`.
    """
    _check_leader(tx)
    old, new = workflows.active(tx), workflows.of(tx, key)
    if old.key == new.key:
        raise Refused("already_in_use", "workflow")
    used = workflows.used_statuses(tx, old.key)
    missing = sorted(used.keys() - (mapping or {}).keys())
    if missing:
        raise Refused("map_incomplete", "map", missing=", ".join(missing))
    for known, named in ((old, mapping or {}), (new, (mapping or {}).values())):
        for status in named:
            if status not in known.statuses:
                raise Refused("status_unknown", "map", status=status)
    with tx.because("workflow_changed"):
        workflows.use(tx, key)
        settings.put(tx, {"workflow": key})
        return sum(_move(tx, (old, new), status, mapping or {}) for status in used)


def _move(tx: Tx, between: tuple[Workflow, Workflow], key: str, mapping: Mapping[str, str]) -> int:
    """Move all leads of one status; one that is closed by it has no next contact any more."""
    old, new = between
    ids = [
        each for archived in (False, True) for each in lists.lead_ids(tx, Filter((old.key,), (key,), archived=archived), Sort("created"))
    ]
    found = cases.cases(tx, ids)
    for case in found:
        after = _moved(case.lead, new, new.statuses[mapping[key]], mapping, tx.now)
        leads.save(tx, case.lead, after)
        if case.follow_up is not None and not after.is_open:
            followups.save(tx, case.follow_up, replace(case.follow_up, ended_at=tx.now, ending=Ending.CANCELLED), after)
    return len(found)


def _moved(lead: Lead, new: Workflow, status: Status, mapping: Mapping[str, str], now: datetime) -> Lead:
    """The lead in its new status; a reason the new workflow does not know becomes *not recorded* where one is asked for."""
    stage = effective_stage(status, lead.stamps.first_attempt)
    closes = status.outcome is not Outcome.OPEN
    known = lead.reason if lead.reason in new.reasons else None
    before = mapping.get(lead.reopens_to or "", new.initial)
    stamp = STAMPS.get(stage)
    is_first = stamp is not None and getattr(lead.stamps, stamp) is None
    return replace(
        lead,
        workflow=new.key,
        status=status.key,
        stage=stage,
        furthest=max(lead.furthest, stage, key=lambda each: DEPTHS.get(each, -1)),
        outcome=status.outcome,
        stamps=replace(lead.stamps, **{stamp: now}) if stamp and is_first else lead.stamps,
        reason=(known or ("not_recorded" if Asks.REASON in status.asks else None)) if closes else None,
        next_follow_up=None if closes else lead.next_follow_up,
        timer_due=None,
        reopens_to=(before if new.statuses[before].outcome is Outcome.OPEN else new.initial) if closes else None,
        status_since=now,
    )


def _alike(status: Status, new: Workflow) -> Status | None:
    if status.key in new.statuses:
        return new.statuses[status.key]
    for stage in (status.stage, *_NEAREST.get(status.stage, ())):
        found = next((each for each in new.statuses.values() if each.stage is stage and each.outcome is status.outcome), None)
        found = found or next((each for each in new.statuses.values() if each.stage is stage), None)
        if found is not None:
            return found
    return None


def _check_leader(tx: Tx) -> None:
    if tx.role not in LEADERS:
        raise Refused("role_not_allowed", "role")
