"""Lists of leads at any size: the whole sorted id list in one cell, pages of lines by id, the first few by index, and counts with a cap."""

from __future__ import annotations

from frontdesk.store.lists.counts import CAP, count, counts_by_stage, counts_by_status
from frontdesk.store.lists.lines import lines
from frontdesk.store.lists.orders import first, lead_ids

__all__ = ["CAP", "count", "counts_by_stage", "counts_by_status", "first", "lead_ids", "lines"]
