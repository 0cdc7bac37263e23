"""The columns of the table: which there are, which are shown at which width, and how a lead is drawn in each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from frontdesk.domain.lines import LeadLine
from frontdesk.domain.workflow import Outcome, Stage
from frontdesk.ui.lead.next_steps import NextStep, Standing, next_step
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.lead.words import age, day_words
from frontdesk.ui.widgets.rows_model import Cell, Column, Line


def tr(text: str) -> str:
    """Translate words about the table."""
    return QCoreApplication.translate("leads", text)


SORTED_BY: Mapping[str, str] = MappingProxyType({"next_step": "next_follow_up", "age": "created"})
"""Where a column is sorted by something that is called differently by the desk."""
_SPECS: tuple[tuple[str, str, int, bool, bool], ...] = (
    ("name", "Name", 136, True, False),
    ("phone", "Phone", 116, False, False),
    ("status", "Status", 172, True, False),
    ("attempts", "Attempts", 74, True, False),
    ("next_step", "Next step", 170, True, False),
    ("source", "Source", 100, True, False),
    ("interest", "Interest", 138, True, False),
    ("owner", "Owner", 98, True, False),
    ("age", "Age", 56, True, False),
    ("email", "E-mail", 190, False, False),
    ("created", "Created", 100, True, False),
    ("last_contact", "Last contact", 110, False, False),
    ("estimate", "Estimate", 90, True, True),
    ("revenue", "Revenue", 90, True, True),
    ("campaign", "Campaign", 120, True, False),
    ("postal_code", "Postcode", 84, True, False),
    ("reason", "Reason", 150, True, False),
)
NARROW = ("name", "phone", "status", "attempts", "next_step")
WIDE = (*NARROW, "source", "interest", "owner", "age")
ALL = tuple(spec[0] for spec in _SPECS)
SORTABLE = tuple(spec[0] for spec in _SPECS if spec[3])


def columns(keys: Sequence[str]) -> list[Column]:
    """The columns of these keys in their usual order; Name always stands first."""
    wanted = {"name", *keys}
    return [
        Column(key, tr(title), width, "end" if at_end else "start", sortable=sortable)
        for key, title, width, sortable, at_end in _SPECS
        if key in wanted
    ]


def title_of(key: str) -> str:
    """The head of a column."""
    return next(tr(title) for name, title, *_ in _SPECS if name == key)


def draw(line: LeadLine, keys: Sequence[str], practice: Practice) -> Line:
    """One lead as a row, in these columns."""
    step = step_of(line, practice)
    cells = tuple(_CELLS[key](line, step, practice) for key in keys)
    return Line(cells, spoken(line, step, practice), line.important)


def step_of(line: LeadLine, practice: Practice) -> NextStep:
    """What comes next for a lead of the list."""
    closed = line.won if line.outcome is Outcome.WON else line.status_since
    standing = Standing(line.outcome, line.stage, line.created, line.next_follow_up, line.appointment, line.reason, line.revenue, closed)
    return next_step(standing, practice)


def spoken(line: LeadLine, step: NextStep, practice: Practice) -> str:
    """A row as one sentence: name, status, due, attempts."""
    allowed = practice.attempts_allowed()
    attempts = tr("{made} of {all} attempts").format(made=line.attempts, all=allowed) if allowed else ""
    important = tr("important") if line.important else ""
    return ", ".join(
        part for part in (shown_name(line, practice), practice.status_label(line.status), step.words, important, attempts) if part
    )


def shown_name(line: LeadLine, practice: Practice) -> str:
    """The name, else the number or e-mail that somebody is known by."""
    if line.name:
        return line.name
    return practice.phone(line.phones[0]) if line.phones else line.emails[0] if line.emails else tr("No name")


def _name(line: LeadLine, _step: NextStep, practice: Practice) -> Cell:
    weight = 600 if line.stage is Stage.NEW else 500
    return Cell(shown_name(line, practice), weight=weight, starred=line.important, personal=True)


def _phone(line: LeadLine, _step: NextStep, practice: Practice) -> Cell:
    return Cell(practice.phone(line.phones[0]) if line.phones else "", "text2", tabular=True, personal=True)


def _status(line: LeadLine, _step: NextStep, practice: Practice) -> Cell:
    pill = practice.pill(line.status)
    return Cell(pill.words, pill=pill)


def _attempts(line: LeadLine, _step: NextStep, practice: Practice) -> Cell:
    allowed = practice.attempts_allowed()
    if not allowed:
        return Cell(str(line.attempts), "text2", tabular=True)
    return Cell(tr("{made} of {all} attempts").format(made=line.attempts, all=allowed), dots=(line.attempts, allowed))


def _next_step(_line: LeadLine, step: NextStep, _practice: Practice) -> Cell:
    return Cell(step.words, step.token, step.weight, step.icon, tabular=True)


def _owner(line: LeadLine, _step: NextStep, practice: Practice) -> Cell:
    return Cell(practice.owner(line.owner_id), "text" if line.owner_id == practice.me.id else "text2")


def _age(line: LeadLine, _step: NextStep, practice: Practice) -> Cell:
    return Cell(age(line.created, practice.now()), "text3", tabular=True)


def _created(line: LeadLine, _step: NextStep, practice: Practice) -> Cell:
    day = day_words(practice.hours.day(line.created), practice.hours.day(practice.now()))
    return Cell(day, "text2", tabular=True)


def _last_contact(line: LeadLine, _step: NextStep, practice: Practice) -> Cell:
    if line.last_contact is None:
        return _words("")
    return Cell(day_words(practice.hours.day(line.last_contact), practice.hours.day(practice.now())), "text2", tabular=True)


def _money(amount: int | None, practice: Practice) -> Cell:
    return Cell(practice.money(amount) if amount else "—", "text" if amount else "text3", tabular=True)


def _words(text: str) -> Cell:
    return Cell(text or "—", "text2" if text else "text3")


_CELLS: Mapping[str, Callable[[LeadLine, NextStep, Practice], Cell]] = MappingProxyType(
    {
        "name": _name,
        "phone": _phone,
        "status": _status,
        "attempts": _attempts,
        "next_step": _next_step,
        "source": lambda line, _step, practice: _words(practice.source(line.source_id)),
        "interest": lambda line, _step, _practice: _words(line.interest),
        "owner": _owner,
        "age": _age,
        "email": lambda line, _step, _practice: Cell(line.emails[0] if line.emails else "", "text2", personal=True),
        "created": _created,
        "last_contact": _last_contact,
        "estimate": lambda line, _step, practice: _money(line.estimate, practice),
        "revenue": lambda line, _step, practice: _money(line.revenue, practice),
        "campaign": lambda line, _step, practice: _words(practice.campaign(line.campaign_id)),
        "postal_code": lambda line, _step, _practice: Cell(
            line.postal_code or "—", "text2" if line.postal_code else "text3", personal=True
        ),
        "reason": lambda line, _step, practice: _words(practice.reason_label(line.reason)),
    }
)
