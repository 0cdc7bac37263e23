"""Who does it: `--as`, the system's user, and what only some roles may."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.domain.workflow import Role
from tests.cli.shell import NINE, Shell

LEADS = "Name,Phone\nGrace Kim,020 7946 0958\n"


@pytest.fixture
def staffed(shell: Shell) -> Shell:
    """Ada's practice with a colleague of every other role."""
    for name, role in (("Bo", Role.RECEPTIONIST), ("Cy", Role.MANAGER), ("Uma", Role.AUDITOR)):
        shell.hire(name, role)
    return shell


def test_only_an_administrator_restores(staffed: Shell) -> None:
    made = staffed.ok("backup", person="Ada")["backup"]
    staffed.ok("new", "--name", "Mia", person="Ada")
    for name in ("Bo", "Cy", "Uma"):
        assert staffed.refused("restore", made, person=name, clock=None) == "role: Only an administrator may do this. Ask one."
        assert staffed.refused("restore", person=name, clock=None)
    assert len(staffed.ok("leads", person="Ada")) == 1
    assert staffed.ok("restore", made, person="Ada", clock=None)["restored"] == made
    assert staffed.ok("leads", person="Ada") == []


def test_anybody_restores_a_damaged_file(staffed: Shell) -> None:
    made = staffed.ok("backup", person="Ada")["backup"]
    Path(staffed.place).write_bytes(b"")
    assert staffed.ok("restore", person="Uma", clock=None)["restored"] == made


def test_only_leaders_take_a_copy_of_everything(staffed: Shell) -> None:
    for name in ("Bo", "Uma"):
        assert staffed.refused("backup", person=name) == "role: Your role may not do this. Ask a manager."
    assert staffed.ok("backup", person="Cy")["backup"]


def test_an_import_of_somebody_else_is_not_taken_back_by_a_receptionist(staffed: Shell, tmp_path: Path) -> None:
    (tmp_path / "leads.csv").write_text(LEADS, "utf-8")
    import_id = staffed.ok("import", str(tmp_path / "leads.csv"), person="Ada")["import_id"]
    assert staffed.refused("undo-import", person="Bo").startswith("role: ")
    assert staffed.refused("undo-import", import_id, person="Bo").startswith("role: ")
    assert staffed.ok("undo-import", person="Cy")["taken_back"] == 1


def test_whom_the_practice_does_not_know_is_asked_for_a_name(staffed: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "stranger")
    sentence = staffed.refused("note", "1", "x")
    assert "--as NAME" in sentence
    assert not any(name in sentence for name in ("Ada", "Bo", "Cy", "Uma", "stranger"))
    monkeypatch.setattr("getpass.getuser", lambda: "cy")
    assert staffed.ok("backup")["backup"]


def test_an_empty_file_beside_a_backup_offers_it_and_begins_no_practice(shell: Shell) -> None:
    made = Path(shell.ok("backup")["backup"])
    Path(shell.place).write_bytes(b"")
    for words in (["leads"], ["new", "--name", "A"], ["init"], ["upgrade"], ["check"]):
        assert made.name in shell.refused(*words, clock=None)
    assert Path(shell.place).read_bytes() == b""
    shell.ok("restore", clock=None)
    assert shell.ok("leads", clock=NINE) == []


def test_an_empty_file_without_backups_begins_a_practice(nowhere: Shell) -> None:
    Path(nowhere.place).parent.mkdir()
    Path(nowhere.place).touch()
    assert nowhere.ok("leads", clock=None) == []
