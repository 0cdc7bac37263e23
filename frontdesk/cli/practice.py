"""The commands about the practice as a whole: set up, back up, restore, upgrade, check, tick, and its workflow."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from frontdesk.cli.documents import read_document
from frontdesk.cli.session import Session, pairs, table
from frontdesk.domain import workflow_text
from frontdesk.domain.problems import Refused
from frontdesk.domain.workflow import Workflow
from frontdesk.services import backups, practices, settings, timers
from frontdesk.services.practices import Beginning
from frontdesk.services.restoring import restore


def _init(session: Session, words: argparse.Namespace) -> None:
    names = ("name", "zone", "country", "currency", "workflow", "practice_mode")
    session.beginning = Beginning(**{name: getattr(words, name) for name in names}, person=words.first_person)
    if "://" in session.place:
        backups.upgrade_database(session.place, now=datetime.now(UTC))
    if practices.exists(session.place, now=datetime.now(UTC)):
        raise Refused("already_a_practice")
    desk = session.desk
    plain = {"database": session.place, "workflow": session.book.workflow, "person": desk.who.name, "zone": str(session.hours.zone)}
    session.show(plain, [f"{session.book.practice_name} is ready in {session.place}; {desk.who.name} is its administrator."])


def _tick(session: Session, words: argparse.Namespace) -> None:
    closed = 0
    while (batch := session.desk.do(timers.apply_due).value or 0) > 0:
        closed += batch
    session.show({"closed": closed}, [f"{closed} leads closed."])


def _backup(session: Session, words: argparse.Namespace) -> None:
    made = backups.back_up(session.desk, session.place, words.file)
    session.show({"backup": str(made)}, [f"Saved and checked: {made}"])


def _restore(session: Session, words: argparse.Namespace) -> None:
    used, kept = restore(session.place, words.file, person=words.person, clock=lambda: datetime.now(UTC))
    lines = [f"Restored from {used}."] + ([f"What was there is kept as {kept}."] if kept else [])
    session.show({"restored": str(used), "kept": str(kept) if kept else None}, lines)


def _upgrade(session: Session, words: argparse.Namespace) -> None:
    made = backups.upgrade_database(session.place, now=datetime.now(UTC))
    lines = [f"Up to date. The backup made before is {made}."] if made else ["Up to date."]
    session.show({"backup": str(made) if made else None}, lines)


def _check(session: Session, words: argparse.Namespace) -> None:
    found = backups.check(session.desk, session.place)
    plain = {
        "sound": found.is_sound,
        "file": found.file,
        "seals": found.seals,
        "totals": found.totals,
        "leads": found.leads,
        "journal": found.journal,
    }
    faults = [*found.file, *found.seals, *found.totals]
    session.show(plain, faults or [f"Sound: {found.leads} leads, {found.journal} journal rows."])
    if found.file:
        raise Refused("database_damaged")
    if not found.is_sound:
        raise Refused("check_found_faults", count=len(faults))


def _workflow(session: Session, words: argparse.Namespace) -> None:
    acts: Mapping[str, Callable[[Session, argparse.Namespace], None]] = {"list": _list, "show": _show, "check": _check_file, "use": _use}
    acts[words.act](session, words)


def _list(session: Session, words: argparse.Namespace) -> None:
    active = session.choices.workflow.key
    rows = [
        {"key": each.key, "label": each.label, "in_use": each.key == active, "about": each.about}
        for each in session.desk.ask(settings.workflows_known)
    ]
    session.show(rows, table(rows, ("key", "label", "in_use", "about")))


def _show(session: Session, words: argparse.Namespace) -> None:
    known = {each.key: each for each in session.desk.ask(settings.workflows_known)}
    key = words.key or session.choices.workflow.key
    if key not in known:
        raise Refused("workflow_unknown", "workflow", workflow=key)
    session.show(workflow_text.written(known[key]), _workflow_lines(known[key]))


def _workflow_lines(workflow: Workflow) -> list[str]:
    rows = [
        {"key": each.key, "label": each.label, "stage": each.stage, "entered": each.entered, "when": each.when}
        for each in workflow.statuses.values()
    ]
    return [f"{workflow.label}: {workflow.about}", "", *table(rows, ("key", "label", "stage", "entered", "when"))]


def _check_file(session: Session, words: argparse.Namespace) -> None:
    path = Path(words.file)
    found = workflow_text.read(read_document(path, "file", is_toml=path.suffix != ".json"))
    session.show({"key": found.key, "statuses": len(found.statuses)}, [f"{found.label}: {len(found.statuses)} statuses, nothing wrong."])


def _use(session: Session, words: argparse.Namespace) -> None:
    mapping = pairs(words.map, "map_not_understood", "map")
    moved = session.desk.do(settings.use_workflow, key=words.key, mapping=mapping).value or 0
    session.show({"workflow": words.key, "moved": moved}, [f"Working by {words.key} now; {moved} leads moved."])


COMMANDS: Mapping[str, Callable[[Session, argparse.Namespace], None]] = {
    "init": _init,
    "tick": _tick,
    "backup": _backup,
    "restore": _restore,
    "upgrade": _upgrade,
    "check": _check,
    "workflow": _workflow,
}
