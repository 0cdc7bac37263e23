"""What happened to a lead, told from the journal: who, when, by which rule, and what it changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from frontdesk.domain.records import StaffId
from frontdesk.store.journal import UNDO, Line

FIRST_TELLING = ("activity", "appointment", "revenue", "status_change", "follow_up", "lead", "contact_point", "person")
"""Which row of a change says most about it; the others only complete it."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of the timeline: all rows of one change that one hand wrote.

    Attributes:
        change: what an undo of this entry takes back.
        at: the fact's time, which an import may set in the past.
        by: the colleague's name, or None for the system.
        is_undone: whether it is taken back; then it counts nowhere.
        edited: names of other fields of the lead or the person that changed.
        took_back: of an undo or a redo, the rule of what was taken back or done again.
        took_back_status: the status that it had led to.
    """

    change: int
    at: datetime
    by: str | None
    rule: str
    is_undone: bool = False
    channel: str = ""
    disposition: str | None = None
    number: int | None = None
    inbound: bool = False
    note: str = ""
    from_status: str | None = None
    to_status: str | None = None
    reason: str | None = None
    follow_up: datetime | None = None
    appointment: datetime | None = None
    appointment_state: str | None = None
    amount: int | None = None
    edited: tuple[str, ...] = ()
    took_back: str = ""
    took_back_status: str | None = None


def moments(lines: Sequence[Line], names: Mapping[StaffId, str]) -> tuple[Moment, ...]:
    """The entries of a timeline, newest first, from journal rows newest first."""
    groups: dict[tuple[int, bool], list[Line]] = {}
    for line in lines:
        groups.setdefault((line.change, line.system), []).append(line)
    about = _told_of(lines)
    told = [_moment(group, names, about) for group in groups.values()]
    return tuple(sorted(told, key=lambda moment: moment.at, reverse=True))


def _told_of(lines: Iterable[Line]) -> dict[int, tuple[str, str | None]]:
    """Of every change its rule and the status it led to; of an undo those of what it took back, however often it went to and fro."""
    by_change: dict[int, list[Line]] = {}
    undoes: dict[int, int] = {}
    for line in lines:
        by_change.setdefault(line.change, []).append(line)
        if line.undoes is not None:
            undoes[line.change] = line.undoes
    found: dict[int, tuple[str, str | None]] = {}
    for change in by_change:
        at = change
        while at in undoes:
            at = undoes[at]
        group = by_change.get(at, [])
        rows = _by_table(group)
        status = None if "activity" in rows else rows.get("status_change", {}).get("to_status")
        found[change] = (_rule(group), status) if group else ("", None)
    return found


def _moment(group: list[Line], names: Mapping[StaffId, str], about: Mapping[int, tuple[str, str | None]]) -> Moment:
    rows = _by_table(group)
    first = group[-1]
    activity, lead, appointment = rows.get("activity", {}), rows.get("lead", {}), rows.get("appointment", {})
    status = rows.get("status_change", {})
    took_back, took_back_status = about[first.change] if first.undoes is not None else ("", None)
    return Moment(
        change=first.change,
        at=activity.get("at") or status.get("since") or first.at,
        by=None if first.system or first.who is None else names.get(first.who, ""),
        rule=_rule(group),
        is_undone=first.undone,
        channel=activity.get("channel", ""),
        disposition=activity.get("disposition"),
        number=activity.get("number"),
        inbound=bool(activity.get("inbound")),
        note=activity.get("note") or lead.get("loss_note") or rows.get("follow_up", {}).get("note") or "",
        from_status=status.get("from_status"),
        to_status=status.get("to_status"),
        reason=lead.get("reason"),
        follow_up=_new_follow_up(group),
        appointment=appointment.get("starts"),
        appointment_state=appointment.get("state"),
        amount=rows.get("revenue", {}).get("amount"),
        edited=tuple(_edited(group)),
        took_back=took_back,
        took_back_status=took_back_status,
    )


def _by_table(group: Iterable[Line]) -> dict[str, Mapping[str, Any]]:
    """The new values of each table's rows, inserts before updates."""
    found: dict[str, dict[str, Any]] = {}
    for line in sorted(group, key=lambda each: each.action != "insert"):
        mine = found.setdefault(line.table, {})
        for name, value in (line.after or {}).items():
            mine.setdefault(name, value)
    return dict(found)


def _rule(group: list[Line]) -> str:
    """The rule of the row that says most; an undo is an undo whatever it touches."""
    told = min(group, key=lambda line: FIRST_TELLING.index(line.table) if line.table in FIRST_TELLING else len(FIRST_TELLING))
    return UNDO if any(line.rule == UNDO for line in group) else told.rule


def _new_follow_up(group: Iterable[Line]) -> datetime | None:
    due = next((line.after.get("due") for line in group if line.table == "follow_up" and line.action == "insert" and line.after), None)
    return due if isinstance(due, datetime) else None


def _edited(group: Iterable[Line]) -> Iterable[str]:
    """Fields that somebody changed by hand, for entries that are nothing else."""
    for line in group:
        if line.rule == "edited" and line.action == "update" and line.table in {"lead", "person"}:
            yield from (name for name in line.after or {} if name != "version")
        elif line.rule == "edited" and line.table == "contact_point":
            yield "contact_point"
