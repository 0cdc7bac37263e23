"""The giving-up clocks that have run out: any desk may apply them, the effect happens once."""

from __future__ import annotations

from frontdesk.services.cases import give_up_first, occasion
from frontdesk.store import cases, timers
from frontdesk.store.tx import Tx

BATCH = 500


def apply_due(tx: Tx, *, limit: int = BATCH) -> int:
    """Close the leads whose clock has run out, each as a change of the system's own; return how many. Call again while it gives `limit`."""
    due = cases.cases(tx, timers.due(tx, tx.now, limit))
    for case in due:
        give_up_first(tx, case, occasion(tx, case.lead))
    return len(due)
