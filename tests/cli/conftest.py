"""A practice for the tests of the command line: made by `init` once, copied for every test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.shell import Shell, no_window


@pytest.fixture(scope="session")
def practice_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice in practice mode, in London, never opened; copy it."""
    from frontdesk import cli

    path = tmp_path_factory.mktemp("cli") / "practice.db"
    words = ["init", "--name", "Smile", "--zone", "Europe/London", "--country", "GB", "--person", "Ada", "--practice-mode", "--json"]
    assert cli.main(["--database", str(path), *words], window=no_window) == 0
    return path


@pytest.fixture
def shell(practice_template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A shell in front of a fresh practice whose only person is Ada."""
    path = tmp_path / "practice.db"
    shutil.copyfile(practice_template, path)
    return Shell(path, capsys)


@pytest.fixture
def nowhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A shell in front of a path where nothing is yet."""
    return Shell(tmp_path / "new" / "frontdesk.db", capsys)
