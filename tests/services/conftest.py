"""Every test of the services runs on both databases, in a practice that was just set up."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from frontdesk.services.desk import Desk
from frontdesk.store.engine import Database, open_database
from tests.databases import database, local_database, local_path, shared_database, shared_url, template_file, upgraded_url
from tests.services.practice import MONDAY, Clock, Office, begin

__all__ = ["database", "local_database", "local_path", "shared_database", "shared_url", "template_file", "upgraded_url"]


@pytest.fixture
def clock() -> Clock:
    """The present, which a test may advance."""
    return Clock()


@pytest.fixture
def office(database: Database, clock: Clock) -> Office:
    """A practice on the default workflow, on SQLite and on PostgreSQL."""
    return begin(database, clock)


@pytest.fixture
def desk(office: Office) -> Desk:
    """The administrator's desk."""
    return office.desk


@pytest.fixture(scope="session")
def local_template(template_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A local practice that was set up; copy it, never open it."""
    path = tmp_path_factory.mktemp("practice") / "practice.db"
    shutil.copyfile(template_file, path)
    with open_database(path, now=MONDAY) as opened:
        begin(opened, Clock())
    return path


@pytest.fixture
def local_file(local_template: Path, tmp_path: Path) -> Path:
    """A fresh local practice that nobody has open."""
    path = tmp_path / "clinic.db"
    shutil.copyfile(local_template, path)
    return path


@pytest.fixture
def local_office(local_database: Database, clock: Clock) -> Office:
    """A practice on SQLite alone, for what only a file can do."""
    return begin(local_database, clock)
