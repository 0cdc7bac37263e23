"""Everything that is derived from rows and follows their writes; the engine imports it, so that no write goes unfollowed."""

from __future__ import annotations

from frontdesk.store import leads, money, search_words, totals

__all__ = ["leads", "money", "search_words", "totals"]
