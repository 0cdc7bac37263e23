"""What was typed and not sent: kept for the person and what it is about, so that nothing typed is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from frontdesk.domain.lines import LeadLine
from frontdesk.store import lists, views
from frontdesk.store.shapes import stored
from frontdesk.store.tx import Tx

OF_LEAD = "lead:"
"""What the subject of a draft about a lead begins with; its number follows."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One draft: in which form, about which lead (None for a new one), and whose it is."""

    form: str
    lead: LeadLine | None


def every_draft(tx: Tx) -> list[Kept]:
    """Everything that this person has not sent yet, newest first."""
    kept = views.drafts_of(tx, tx.who or 0)
    ids = {subject: int(subject.removeprefix(OF_LEAD)) for _, subject in kept if subject.startswith(OF_LEAD)}
    lines = {line.id: line for line in lists.lines(tx, list(set(ids.values())))}
    return [
        Kept(form, lines.get(ids[subject]) if subject in ids else None)
        for form, subject in kept
        if subject not in ids or ids[subject] in lines
    ]


def drafts(tx: Tx, *, forms: Sequence[str], subject: str) -> dict[str, dict[str, str]]:
    """The kept texts of these forms about one thing, by form; a form without a draft is left out."""
    kept = {form: views.draft(tx, tx.who or 0, form, subject) for form in forms}
    return {form: stored(text, dict[str, str]) for form, text in kept.items() if text}


def keep_draft(tx: Tx, *, form: str, subject: str, texts: Mapping[str, str]) -> None:
    """Keep what stands in a form; nothing in it is no draft."""
    if any(text.strip() for text in texts.values()):
        views.keep_draft(tx, tx.who or 0, form, subject, msgspec.json.encode(dict(texts)).decode())
    else:
        views.drop_draft(tx, tx.who or 0, form, subject)


def drop_draft(tx: Tx, *, form: str, subject: str) -> None:
    """Forget a draft: it was sent."""
    views.drop_draft(tx, tx.who or 0, form, subject)
