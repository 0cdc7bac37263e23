"""Odd names and paths on import and export (quality.md row 20): nothing is written outside the chosen folder, or over a file unasked."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.connectors import registry
from tests.cli.shell import Shell
from tests.faults.practice import LEADS, content, is_plain

NAMES = (
    "..", ".", "", " ", "CON", "nul.txt", "a/b", "a\x00b", "x" * 400, "\u202etxt.exe", "~root", "\\\\server\\share\\x", "..\\..\\x", "../../etc/passwd",
    "/etc/passwd", "C:\\x", "COM1", "-rf", "--force", "a\nb", "\udcff", "$(touch pwned)", "`id`", "%2e%2e%2fx", "aux.csv", ".hidden", "a:b",
)  # fmt: skip


def below(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_name_made_of_any_text_stays_in_the_chosen_folder(tmp_path: Path, name: str, ending: str) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    target = folder / registry.safe_name(name, f".{ending}")
    registry.write_table(target, ["Name"], [["Mia"]])
    assert below(tmp_path) == {target}
    assert target.parent == folder


@pytest.mark.parametrize("name", NAMES)
def test_an_export_under_an_odd_name_is_written_there_or_refused(
    worked: Shell, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "deep" / "exports"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    before = below(tmp_path)
    answer = worked.run("export", "--format", "csv", "--", f"exports-{name}" if name.startswith(("/", "..", "a/")) else name)
    assert is_plain(answer, typed=name), answer
    made = below(tmp_path) - before
    assert len(made) == (answer.code == 0), (name, made)
    assert all(path.parent == folder for path in made)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_an_export_never_replaces_a_file_unasked(worked: Shell, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"leads.{ending}"
    target.write_text("mine")
    assert "already" in worked.refused("export", str(target), clock=None)
    assert target.read_text() == "mine"
    assert worked.ok("export", str(target), "--force", clock=None)["leads"] == LEADS
    assert target.read_bytes() != b"mine"


@pytest.mark.parametrize("to", ["file", "nothing"])
def test_an_export_does_not_follow_a_link_that_lies_there(worked: Shell, tmp_path: Path, to: str) -> None:
    aim, target = tmp_path / "aim.txt", tmp_path / "leads.csv"
    if to == "file":
        aim.write_text("mine")
    target.symlink_to(aim)
    assert "already" in worked.refused("export", str(target), clock=None)
    assert worked.ok("export", str(target), "--force", clock=None)["leads"] == LEADS
    assert not target.is_symlink()
    assert (aim.read_text() == "mine") if to == "file" else not aim.exists()


def test_the_rows_that_could_not_be_read_are_never_written_over_a_file_unasked(worked: Shell, tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "problems.csv"
    source.write_text("Name,Phone,Created\nMia,020 7946 0001,2026-02-30\nZoe,020 7946 0002,2026-02-03\n")
    target.write_text("mine")
    assert "already" in worked.refused("import", str(source), "--problems", str(target), clock=None)
    assert target.read_text() == "mine"


def test_the_database_is_never_written_over_by_an_export_or_a_backup(worked: Shell, tmp_path: Path) -> None:
    place = Path(worked.place)
    before = content(place)
    for words in (["export", str(place)], ["export", str(place), "--force"], ["export", str(place), "--format", "csv"]):
        answer = worked.run(*words)
        assert is_plain(answer)
        assert content(place) == before
    assert is_plain(worked.run("backup", str(place)))
    assert place.is_file()


@pytest.mark.parametrize("what", ["folder", "missing", "device", "pipe", "itself", "nameless"])
def test_what_is_no_file_of_leads_is_refused_in_one_sentence(worked: Shell, tmp_path: Path, what: str) -> None:
    import os

    place = tmp_path / "x.csv"
    if what == "pipe":
        os.mkfifo(place)
    named = {
        "folder": str(tmp_path),
        "missing": str(place),
        "device": "/dev/zero",
        "pipe": str(place),
        "itself": str(worked.place),
        "nameless": "",
    }
    before = content(Path(worked.place))
    worked.refused("import", named[what], clock=None)
    assert content(Path(worked.place)) == before
