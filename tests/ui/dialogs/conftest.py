"""The dialogs with their deeds work on a real desk, on SQLite."""

from __future__ import annotations

import pytest

from frontdesk.store.engine import Database
from tests.databases import local_database, local_path, template_file
from tests.services.practice import Clock, Office, begin

__all__ = ["local_database", "local_path", "template_file"]


@pytest.fixture
def office(local_database: Database) -> Office:
    """A practice that never closes, on a Monday morning."""
    return begin(local_database, Clock())
