"""The two commands: what they read, and what they say when something is missing. That they install and run is seen in a fresh clone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import dev


def test_run_hands_everything_on() -> None:
    options, rest = dev.read(["run", "--example", "--screenshot", "a.png", "--size", "1366x768"])
    assert options.task == "run"
    assert rest == ["--example", "--screenshot", "a.png", "--size", "1366x768"]


def test_check_knows_its_options_and_no_others(capsys: pytest.CaptureFixture[str]) -> None:
    options, rest = dev.read(["check", "--slow", "--all-pythons"])
    assert (options.slow, options.all_pythons, rest) == (True, True, [])
    with pytest.raises(SystemExit, match="2"):
        dev.read(["check", "--fast"])
    assert "--fast" in capsys.readouterr().err


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux starts without a display")
def test_run_without_a_display_says_how_to_see_the_window(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(dev, "ready", lambda _kind: Path(sys.prefix))
    assert dev.main(["run"]) == 1
    said = capsys.readouterr().err
    assert "xvfb-run" in said
    assert "--screenshot" in said


def test_missing_system_packages_are_named_in_one_command_for_who_is_not_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit) as stopped:
        dev.install_packages(["libegl1", "libgl1"])
    assert str(stopped.value).splitlines()[-1].strip() == "sudo apt-get install -y --no-install-recommends libegl1 libgl1"


def test_a_library_that_is_not_here_is_found_missing() -> None:
    assert dev.not_loadable(["libc.so.6", "libfrontdesk-nonsense.so.1"]) == ["libfrontdesk-nonsense.so.1"]


def test_a_failed_install_is_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(_kind: str) -> Path:
        raise subprocess.CalledProcessError(1, ["pip", "install"])

    monkeypatch.setattr(dev, "ready", fail)
    assert dev.main(["setup"]) == 1
    assert capsys.readouterr().err == "dev.py: this failed: pip install\n"


def test_the_closing_line_of_pytest_is_held_back(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    said = tmp_path / "said"
    said.write_text("first\n\nsecond\n3 passed in 1.0s\n\n", encoding="utf-8")
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\ncat {said}\nexit 1\n", encoding="utf-8")
    python.chmod(0o755)
    monkeypatch.setattr(dev, "python_of", lambda _venv: python)
    assert dev.tests(tmp_path) == (1, "3 passed in 1.0s")
    assert capfd.readouterr().out == "first\nsecond\n"
