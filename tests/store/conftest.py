"""Every test of the store runs on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from frontdesk.store.engine import Database
from frontdesk.store.tx import Tx
from tests.databases import database, local_database, local_path, shared_database, shared_url, template_file, upgraded_url, writing

__all__ = ["database", "local_database", "local_path", "shared_database", "shared_url", "template_file", "upgraded_url"]


@pytest.fixture
def tx(database: Database) -> Iterator[Tx]:
    """One write transaction on an empty database, for tests of what is read and written inside of it."""
    with writing(database) as tx:
        yield tx
