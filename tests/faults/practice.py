"""A practice with some work in it and a backup beside it, in front of a shell; and what must hold after any fault."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver

from frontdesk import cli
from frontdesk.services import practices
from frontdesk.services.attempts import log_attempt
from frontdesk.services.leads import LeadFacts, create_lead
from frontdesk.services.people import PersonFields
from tests.cli.shell import Answer, Shell, no_window
from tests.services.practice import Clock

LEADS = 25
FIRST_LEAD = "Name 0"


@pytest.fixture(scope="session")
def worked_template(practice_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a practice with leads, attempts and a sound backup; copy it."""
    folder = tmp_path_factory.mktemp("worked")
    path = folder / "practice.db"
    shutil.copyfile(practice_template, path)
    desk = practices.open_desk(path, person="Ada", clock=Clock())
    with desk.database:
        for number in range(LEADS):
            person = PersonFields("Name", str(number), (f"020 7946 {number:04}",), (f"name{number}@example.com",))
            lead_id = desk.do(create_lead, person=person, facts=LeadFacts(note="x" * 200, external_key=str(number))).value
            if lead_id is not None and number % 2:
                desk.do(log_attempt, lead_id=lead_id, channel="call")
    assert cli.main(["--database", str(path), "backup"], window=no_window) == 0
    return folder


@pytest.fixture
def worked(worked_template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A shell in front of a copy of that practice, with the backup beside it."""
    folder = tmp_path / "clinic"
    shutil.copytree(worked_template, folder)
    return Shell(folder / "practice.db", capsys)


def content(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of a local database, the schema too; equal before and after when nothing has changed."""
    connection = driver.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        names = [row[0] for row in tables if not row[0].startswith("search_")]  # an index that cannot be read row by row
        return {name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall() for name in ["sqlite_master", *names]}  # noqa: S608
    finally:
        connection.close()


def is_plain(answer: Answer, typed: str = "") -> bool:
    """Done without a word on stderr, or refused in one sentence; never a traceback, never the database's own words.

    Args:
        answer: what the command said.
        typed: what was typed, which a sentence may say again.
    """
    own = answer.err.replace(typed.rstrip("\0"), "") if len(typed) > 3 else answer.err
    own = own if "“" not in own else own[: own.index("“")] + own[own.rindex("”") :]
    said = own.count("\n") == 1 and own.strip()[-1:] in set(".?!”") and "Traceback" not in own and "sqlite" not in own.lower()
    return said if answer.code == 1 else answer.code == 0 and not answer.err
