"""The commands that work one lead, and those that look."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Container, Mapping
from itertools import chain
from typing import Any

from frontdesk.cli.lines import lead_row, profile_lines, profile_row
from frontdesk.cli.session import Session, identifier, table
from frontdesk.domain import money as amounts
from frontdesk.domain.contacts import fold, split_name
from frontdesk.domain.lines import Filter, Sort
from frontdesk.domain.problems import Refused
from frontdesk.domain.rules import Answers
from frontdesk.domain.workflow import Disposition, Happening, Outcome, Stage
from frontdesk.services import appointments, attempts, followups, lists, money, people, queue
from frontdesk.services import leads as work
from frontdesk.services.people import PersonFields

COLUMNS = ("id", "name", "phones", "status", "attempts", "next_follow_up", "owner", "source")
NOBODY = "nobody"


def _leads(session: Session, words: argparse.Namespace) -> None:
    wanted, sort = wanted_leads(session, words), sorted_by(words.sort)
    ids = session.desk.ask(lists.lead_ids, wanted=wanted, sort=sort)
    lines = session.desk.ask(lists.lead_lines, ids=list(ids[: words.limit]) if words.limit is not None else list(ids))
    rows = [lead_row(session, line) for line in lines]
    session.show(rows, table(rows, COLUMNS))


def wanted_leads(session: Session, words: argparse.Namespace) -> Filter:
    """The filter that the words of `leads` and `export` describe."""
    known = session.choices.workflow
    return Filter(
        status=tuple(_word(each, known.statuses, "status_unknown", "status") for each in _listed(words.status)),
        stage=tuple(Stage(_word(each, tuple(Stage), "stage_unknown", "stage")) for each in _listed(words.stage)),
        outcome=tuple(Outcome(_word(each, tuple(Outcome), "outcome_unknown", "outcome")) for each in _listed(words.outcome)),
        owner=_owners(session, words.owner),
        source=tuple(_id_of(session.choices.sources, each, "source_unknown", "source") for each in _listed(words.source)),
        reason=tuple(_word(each, known.reasons, "reason_unknown", "reason") for each in _listed(words.reason)),
        important=words.important,
        text=words.search or "",
        created_from=session.midnight(words.created_from, "created_from"),
        created_to=session.midnight(words.created_to, "created_to", after=True),
        booked_from=session.midnight(words.booked_from, "booked_from"),
        booked_to=session.midnight(words.booked_to, "booked_to", after=True),
        won_from=session.midnight(words.won_from, "won_from"),
        won_to=session.midnight(words.won_to, "won_to", after=True),
    )


def sorted_by(text: str | None) -> Sort:
    """The order that `--sort name` or `--sort -created` asks for; newest first by default."""
    if not text:
        return Sort()
    return Sort(text.lstrip("-"), descending=text.startswith("-"))


def _lead(session: Session, words: argparse.Namespace) -> None:
    profile = session.desk.ask(lists.profile, lead_id=identifier(words.id))
    session.show(profile_row(session, profile), profile_lines(session, profile))


def _find(session: Session, words: argparse.Namespace) -> None:
    found = session.desk.ask(lists.find, text=words.text, limit=20)
    rows = [lead_row(session, line) | {"person": str(line.person_id)} for line in found]
    session.show(rows, table(rows, (*COLUMNS, "person")))


def _queue(session: Session, words: argparse.Namespace) -> None:
    found = session.desk.ask(queue.work_queue, mine=not words.everyone, limit=words.limit)
    rows = [
        lead_row(session, each.line) | {"rank": rank, "group": int(each.entry.group), "group_name": each.entry.group.name.lower()}
        for rank, each in enumerate(found, 1)
    ]
    session.show(rows, table(rows, ("rank", "group_name", *COLUMNS)))


def _new(session: Session, words: argparse.Namespace) -> None:
    first, last = split_name(words.name) if words.name else (words.first_name, words.last_name)
    person = PersonFields(first, last, tuple(words.phone), tuple(words.email), postal_code=words.postal_code)
    facts = work.LeadFacts(
        interest=words.interest,
        best_time=words.best_time,
        owner_id=_owner(session, words.owner),
        important=words.important,
        external_key=words.external_id or None,
        note=words.note,
    )
    created = session.past(words.created, "created") if words.created else None
    of_person = _person_of(session, words.of_lead) if words.of_lead else None
    made = session.desk.do(
        work.enter_lead,
        person=None if of_person else person,
        person_id=of_person,
        facts=facts,
        source=words.source,
        campaign=words.campaign,
        channel=words.channel,
        created=created,
    )
    _show_lead(session, made.value or 0)


def _attempt(session: Session, words: argparse.Namespace) -> None:
    disposition = Disposition(words.disposition) if words.disposition else None
    plan = session.plan(words.follow_up)
    lead_id = identifier(words.id)
    session.desk.do(attempts.log_attempt, lead_id=lead_id, channel=words.channel, disposition=disposition, follow_up=plan, note=words.note)
    _show_lead(session, lead_id)


def _inbound(session: Session, words: argparse.Namespace) -> None:
    session.desk.do(attempts.log_inbound, lead_id=identifier(words.id), channel=words.channel, note=words.note)
    _show_lead(session, identifier(words.id))


def _status(session: Session, words: argparse.Namespace) -> None:
    to_person = _owner(session, words.to_person, "to_person") if words.to_person else None
    answers = Answers(words.reason, words.note, to_person, words.verified, session.plan(words.follow_up))
    session.desk.do(work.change_status, lead_id=identifier(words.id), to=words.to, answers=answers)
    _show_lead(session, identifier(words.id))


def _follow_up(session: Session, words: argparse.Namespace) -> None:
    plan = session.plan(words.when, words.note)
    if plan is None:
        raise Refused("when_not_understood", "follow_up")
    session.desk.do(followups.set_follow_up, lead_id=identifier(words.id), plan=plan)
    _show_lead(session, identifier(words.id))


def _appointment(session: Session, words: argparse.Namespace) -> None:
    lead_id = identifier(words.id)
    named: dict[str, Any] = {"key": words.key}
    if words.act != "book":
        happening = Happening(words.act.replace("-", "_"))
        named["key"] = session.desk.ask(appointments.appointment_meant, lead_id=lead_id, happening=happening, key=words.key)
    if words.act in {"book", "move"}:
        written = words.starts or words.starts_at
        if not written:
            raise Refused("starts_needed", "starts")
        named["starts"] = session.instant(written, "starts")
    if words.act == "book":
        named |= {"minutes": words.minutes, "with_whom": words.with_whom, "kind": words.kind}
    acts: Mapping[str, Callable[..., Any]] = {
        "book": appointments.book_appointment,
        "move": appointments.move_appointment,
        "cancel": appointments.cancel_appointment,
        "no-show": appointments.mark_no_show,
        "attend": appointments.mark_attended,
    }
    session.desk.do(acts[words.act], lead_id=lead_id, **named)
    _show_lead(session, lead_id)


def _revenue(session: Session, words: argparse.Namespace) -> None:
    amount = amounts.amount(words.amount, session.book.currency, session.book.country)
    session.desk.do(money.record_revenue, lead_id=identifier(words.id), amount=amount, received_on=session.day(words.on, "on"))
    _show_lead(session, identifier(words.id))


def _enrol(session: Session, words: argparse.Namespace) -> None:
    session.desk.do(money.record_enrolment, lead_id=identifier(words.id), number=words.number)
    _show_lead(session, identifier(words.id))


def _reopen(session: Session, words: argparse.Namespace) -> None:
    session.desk.do(work.reopen, lead_id=identifier(words.id))
    _show_lead(session, identifier(words.id))


def _note(session: Session, words: argparse.Namespace) -> None:
    session.desk.do(work.add_note, lead_id=identifier(words.id), note=words.text)
    _show_lead(session, identifier(words.id))


def _assign(session: Session, words: argparse.Namespace) -> None:
    owner_id = None if words.owner == NOBODY else _owner(session, words.owner)
    session.desk.do(work.assign, chosen=[(identifier(words.id), None)], owner_id=owner_id)
    _show_lead(session, identifier(words.id))


def _important(session: Session, words: argparse.Namespace) -> None:
    session.desk.do(work.mark_important, lead_id=identifier(words.id), important=not words.off)
    _show_lead(session, identifier(words.id))


def _merge(session: Session, words: argparse.Namespace) -> None:
    winner, loser = _person_of(session, words.id), _person_of(session, words.other)
    session.desk.do(people.merge_people, winner_id=winner, loser_id=loser)
    session.show({"person": str(winner), "merged": str(loser)}, [f"Person {loser} is merged into {winner}."])


def _unmerge(session: Session, words: argparse.Namespace) -> None:
    person_id = session.desk.ask(people.merged_person, number=identifier(words.id))
    session.desk.do(people.unmerge_people, loser_id=person_id)
    session.show({"person": str(person_id)}, [f"Person {person_id} stands alone again."])


def _show_lead(session: Session, lead_id: int) -> None:
    rows = [lead_row(session, line) for line in session.desk.ask(lists.lead_lines, ids=[lead_id])]
    session.show(rows[0] if rows else {}, table(rows, COLUMNS))


def _person_of(session: Session, text: str) -> int:
    return session.desk.ask(lists.person_of, lead_id=identifier(text))


def _owner(session: Session, name: str, field: str = "owner") -> int | None:
    return _id_of(session.choices.staff, name, "staff_unknown", field) if name else None


def _owners(session: Session, name: str | None) -> tuple[int | None, ...]:
    return tuple(None if each == NOBODY else _owner(session, each) for each in _listed(name))


def _id_of(known: Mapping[int, str], wanted: str, code: str, field: str) -> int:
    found = next((key for key, label in known.items() if fold(label) == fold(wanted)), None)
    if found is None:
        raise Refused(code, field)
    return found


def _word(word: str, known: Container[str], code: str, field: str) -> str:
    if word not in known:
        raise Refused(code, field, **{field: word})
    return word


def _listed(text: str | None) -> tuple[str, ...]:
    """Several words separated by commas."""
    return tuple(each.strip() for each in text.split(",") if each.strip()) if text else ()


COMMANDS: Mapping[str, Callable[[Session, argparse.Namespace], None]] = dict(
    chain(
        {"leads": _leads, "lead": _lead, "find": _find, "queue": _queue, "new": _new, "attempt": _attempt, "inbound": _inbound}.items(),
        {"status": _status, "follow-up": _follow_up, "appointment": _appointment, "revenue": _revenue, "enrol": _enrol}.items(),
        {"reopen": _reopen, "note": _note, "assign": _assign, "important": _important, "merge": _merge, "unmerge": _unmerge}.items(),
    )
)
