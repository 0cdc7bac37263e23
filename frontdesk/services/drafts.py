"""What was typed and not sent: kept for the person and what it is about, so that nothing typed is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from frontdesk.store import views
from frontdesk.store.shapes import stored
from frontdesk.store.tx import Tx


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
