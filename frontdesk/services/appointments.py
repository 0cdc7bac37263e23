"""Appointments made, moved, cancelled, missed and kept by hand; the appointment book of a practice system uses the same commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeAlias

from frontdesk.domain import rules
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Appointment, Case
from frontdesk.domain.rules import Occasion, Ruling
from frontdesk.domain.workflow import Happening
from frontdesk.services.cases import judge
from frontdesk.store import cases, locations
from frontdesk.store.tx import Tx

Rule: TypeAlias = Callable[[Case, Occasion, Any, str | None], Ruling]
"""What happens to an appointment: to what (its new time, or what became of it), and the name of it."""


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
    """Give the live appointment another time (S1.04); of any other it is only recorded."""
    return judge(tx, lead_id, version, _of_a_known_one(rules.move), starts, key)


def cancel_appointment(tx: Tx, *, lead_id: int, version: int | None = None, key: str | None = None) -> Ruling:
    """Cancel the live appointment (S1.05, S2.08); of any other it is only recorded."""
    return judge(tx, lead_id, version, _of_a_known_one(rules.settle), Happening.CANCEL, key)


def mark_no_show(tx: Tx, *, lead_id: int, version: int | None = None, key: str | None = None) -> Ruling:
    """The person did not arrive."""
    return judge(tx, lead_id, version, _of_a_known_one(rules.settle), Happening.NO_SHOW, key)


def mark_attended(tx: Tx, *, lead_id: int, version: int | None = None, key: str | None = None) -> Ruling:
    """The person came to the appointment (S3.12)."""
    return judge(tx, lead_id, version, _of_a_known_one(rules.settle), Happening.ATTEND, key)


def appointment_meant(tx: Tx, *, lead_id: int, happening: Happening, key: str | None) -> str:
    """The name that was given, or of the appointment that somebody means who gives none: the only live one, else the only one there is.

    Raises:
        Refused: `appointment_needed` when there are several, `appointment_ahead` when they came to one that has not begun;
            `choices` says when each begins and how it is called.
    """
    if key is not None:
        return key
    case = cases.case(tx, lead_id)
    live = [each for each in case.appointments if each.is_live]
    begun = [each for each in live if each.starts is None or each.starts <= tx.now]
    if happening is Happening.ATTEND and live and not begun:
        raise Refused("appointment_ahead", "key", choices=_choices(tx, case, live))
    meant = (begun if happening is Happening.ATTEND else live) or case.appointments
    if not meant:
        raise Refused("no_appointment", "appointment")
    if len(meant) > 1:
        raise Refused("appointment_needed", "key", choices=_choices(tx, case, meant))
    return meant[0].name


def _choices(tx: Tx, case: Case, appointments: Iterable[Appointment]) -> str:
    hours = locations.hours(tx, case.lead.location_id)
    return ", ".join(f"{each.name} ({hours.local(each.starts):%Y-%m-%d %H:%M})" if each.starts else each.name for each in appointments)


def _of_a_known_one(rule: Rule) -> Rule:
    """By hand, changing an appointment that is not there is a mistake and not something to record."""

    def judged(case: Case, occasion: Occasion, what: Any, key: str | None, /) -> Ruling:
        if not case.appointments:
            raise Refused("no_appointment", "appointment")
        if key is not None and key not in {each.name for each in case.appointments}:
            raise Refused("appointment_unknown", "key")
        return rule(case, occasion, what, key)

    return judged
