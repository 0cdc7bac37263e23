"""Which leads a list shows: a filter as the shape of a question, for which a statement is built once, and the values for it."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, bindparam, false, or_

from frontdesk.domain.lines import Filter
from frontdesk.domain.workflow import Outcome
from frontdesk.store import search
from frontdesk.store import tables as t
from frontdesk.store.tx import Tx, one_of

Shape = tuple[str, ...]
_SELECTIVE = frozenset(("created", "booked", "won", "next_follow_up", "status=", "stage=", "text", "import_id="))
_IN_ORDER = frozenset(("name", "created", "booked", "won", "next_follow_up"))
_MOST_BY_TEXT = 20_000

_lead = t.lead
_CHOICES = MappingProxyType(
    {name: _lead.c[name] for name in ("workflow", "status", "stage", "outcome", "reason", "channel", "category", "import_id")}
    | {name: _lead.c[f"{name}_id"] for name in ("owner", "source", "campaign", "location")}
)
_SPANS = MappingProxyType(
    {name: _lead.c[f"{name}_at"] for name in ("created", "booked", "won", "lost")} | {"next_follow_up": _lead.c.next_follow_up}
)


def asked(tx: Tx, which: Filter) -> tuple[Shape, dict[str, Any]]:
    """What kind of question it is (a statement is built once for each kind), and the values for it."""
    values: dict[str, Any] = {}
    shape = ["archived"] if which.archived else []
    shape += [_choice(name, chosen, values) for name in _CHOICES if (chosen := getattr(which, name))]
    shape += _spans(which, values)
    if "open" not in shape and not {"next_follow_up_from", "next_follow_up_to"}.isdisjoint(values):
        shape.append("open")  # only open leads have one, and so says the index
    for name in ("important", "pending"):
        if (wanted := getattr(which, name)) is not None:
            shape.append(name if wanted else f"not {name}")
    if which.text.strip():
        values["people"] = search.matching(tx, which.text, most=_MOST_BY_TEXT)
        shape.append("text")
    return tuple(shape), values


def _choice(name: str, chosen: tuple[Any, ...], values: dict[str, Any]) -> str:
    """One value is compared, so that an index on the column also gives the order; several are looked up."""
    if chosen == (None,):
        return f"{name}!"
    if chosen == (Outcome.OPEN,):
        return "open"
    if len(chosen) == 1:
        values[name] = chosen[0]
        return f"{name}="
    values[name] = [each for each in chosen if each is not None]
    return f"{name}?" if None in chosen else name


def _spans(which: Filter, values: dict[str, Any]) -> list[str]:
    found = [f"{name}_{end}" for name in _SPANS for end in ("from", "to") if getattr(which, f"{name}_{end}") is not None]
    values.update({name: getattr(which, name) for name in found})
    return found


def is_indexed(shape: Shape, by: str, *, whole: bool) -> bool:
    """Whether an index finds few leads, gives the first ones in order, or has all that a whole list needs."""
    names = {part.removesuffix("_from").removesuffix("_to") for part in shape}
    if not _SELECTIVE.isdisjoint(names) or {"open", "owner="} <= names:
        return True
    covers = names <= {"open"} and (by == "next_follow_up" or not names)
    return by in _IN_ORDER and (covers or not whole)


def conditions(shape: Shape, *, indexed: bool = True) -> list[ColumnElement[bool]]:
    """Without an index to use, `void` is asked for in other words than the indexes are made with: reading the whole table in order is faster."""
    if "archived" in shape:
        shown: tuple[ColumnElement[bool], ...] = (t.LIVE, _lead.c.archived_at.is_not(None))
    else:
        shown = (t.SHOWN,) if indexed else (_lead.c.void == false(), _lead.c.archived_at.is_(None))
    if "open" in shape and "owner=" in shape:
        shown += (t.HINT,)
    return [*shown, *(_condition(part) for part in shape if part != "archived")]


def _condition(part: str) -> ColumnElement[bool]:
    if (name := part.rstrip("?!=")) in _CHOICES:
        return _chosen(_CHOICES[name], name, part[len(name) :])
    if part == "open":
        return _lead.c.outcome == t.OPEN
    if part == "text":
        return one_of(_lead.c.person_id, "people")
    if part.endswith(("_from", "_to")):
        column, _, end = part.rpartition("_")
        return _SPANS[column] >= bindparam(part) if end == "from" else _SPANS[column] < bindparam(part)
    flag = _lead.c[part.removeprefix("not ")]
    return flag.is_(False) if part.startswith("not ") else flag.is_not(False)


def _chosen(column: ColumnElement[Any], name: str, how: str) -> ColumnElement[bool]:
    if how == "!":
        return column.is_(None)
    if how == "=":
        return column == bindparam(name)
    chosen = one_of(column, name, weighed=True)
    return or_(chosen, column.is_(None)) if how else chosen
