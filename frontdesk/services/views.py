"""Lists that somebody kept under a name."""

from __future__ import annotations

from msgspec.structs import replace

from frontdesk.domain.contacts import clean_line
from frontdesk.domain.problems import Refused
from frontdesk.store import views
from frontdesk.store.tx import Tx
from frontdesk.store.views import SavedView

LABEL_LENGTH = 60


def saved_views(tx: Tx) -> tuple[SavedView, ...]:
    """Everybody's views and one's own, in their order."""
    return views.of(tx, tx.who)


def save_view(tx: Tx, *, label: str, wanted: str, view_id: int | None = None) -> int:
    """Keep a list under a name, for oneself; with an id that view gets the name and the list. Refused `label_needed`, `view_unknown`."""
    words = clean_line(label, LABEL_LENGTH, "label")
    if not words:
        raise Refused("label_needed", "label")
    with tx.because("view_saved", undoable=False):
        if view_id is None:
            return views.add(tx, SavedView(0, tx.who, words, wanted, position=len(saved_views(tx)))).id
        before = _view(tx, view_id)
        return views.save(tx, before, replace(before, label=words, filter=wanted)).id


def remove_view(tx: Tx, *, view_id: int) -> None:
    """Take a view away."""
    with tx.because("view_saved"):
        views.remove(tx, _view(tx, view_id))


def _view(tx: Tx, view_id: int) -> SavedView:
    found = next((each for each in saved_views(tx) if each.id == view_id), None)
    if found is None:
        raise Refused("view_unknown", "view")
    return found
