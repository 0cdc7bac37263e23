"""Appointments made, moved, cancelled, missed and kept by hand; the appointment book of a practice system uses the same commands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from frontdesk.domain import rules
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Appointment, Case
from frontdesk.domain.rules import Occasion, Ruling
from frontdesk.domain.workflow import Happening
from frontdesk.services.cases import judge
from frontdesk.store.tx import Tx


def book_appointment(
    tx: Tx,
    *,
    lead_id: int,
    version: int | None = None,
    starts: datetime,
    minutes: int = 30,
    with_whom: str = "",
    kind: str = "",
    key: str | None = None,
) -> Ruling:
    """Book a consultation (S3.19, S4.28); the lead moves as its workflow says."""
    return judge(tx, lead_id, version, _book, starts=starts, minutes=minutes, with_whom=with_whom, kind=kind, key=key)


def _book(case: Case, occasion: Occasion, /, *, starts: datetime, **details: Any) -> Ruling:
    """By the wall clock of the lead's own office."""
    return rules.book(case, occasion, Appointment(0, case.lead.id, starts, occasion.now, str(occasion.hours.zone), **details))


def move_appointment(tx: Tx, *, lead_id: int, version: int | None = None, starts: datetime, key: str | None = None) -> Ruling:
    """Give the live appointment another time (S1.04)."""
    return _changed(judge(tx, lead_id, version, rules.move, starts, key))


def cancel_appointment(tx: Tx, *, lead_id: int, version: int | None = None, key: str | None = None) -> Ruling:
    """Cancel the live appointment (S1.05, S2.08)."""
    return _changed(judge(tx, lead_id, version, rules.settle, Happening.CANCEL, key))


def mark_no_show(tx: Tx, *, lead_id: int, version: int | None = None, key: str | None = None) -> Ruling:
    """The person did not arrive."""
    return _changed(judge(tx, lead_id, version, rules.settle, Happening.NO_SHOW, key))


def mark_attended(tx: Tx, *, lead_id: int, version: int | None = None, key: str | None = None) -> Ruling:
    """The person came to the appointment (S3.12)."""
    return _changed(judge(tx, lead_id, version, rules.settle, Happening.ATTEND, key))


def _changed(ruling: Ruling) -> Ruling:
    """By hand, changing an appointment that is not there is a mistake and not something to record."""
    if ruling.appointment is None:
        raise Refused("no_appointment", "appointment")
    return ruling
