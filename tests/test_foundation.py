"""The floor that the other tests stand on."""

from __future__ import annotations

import logging
import subprocess
import sys
import zipfile
from pathlib import Path

import psycopg
import pytest
from PySide6.QtCore import QObject

from frontdesk import places


def test_a_worker_has_a_postgres_database_of_its_own(postgres_url: str) -> None:
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as connection:
        row = connection.execute("SELECT current_database(), current_setting('server_encoding')").fetchone()
    assert row is not None
    assert row[0].startswith("frontdesk_")
    assert row[1] == "UTF8"


def test_an_expected_log_warning_is_seen_and_can_be_cleared(log_warnings: list[logging.LogRecord]) -> None:
    logging.getLogger("frontdesk.test").warning("lead %s", 7)
    assert [each.getMessage() for each in log_warnings] == ["lead 7"]
    log_warnings.clear()


def test_an_unexpected_log_warning_fails_the_test(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(Path(__file__).with_name("conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile("import logging\ndef test_it():\n    logging.getLogger('x').error('lost')\n")
    outcome = pytester.runpytest_subprocess("-p", "no:randomly")
    outcome.assert_outcomes(passed=1, errors=1)
    outcome.stdout.fnmatch_lines(["*unexpected log: x: lost*"])


@pytest.mark.parametrize("folder", ["migrations", "resources"])
def test_the_shipped_folders_are_found_in_a_checkout(folder: str) -> None:
    assert places.shipped(folder) == Path(places.__file__).parents[1] / folder  # type: ignore[arg-type]  # parametrized text


def test_the_wheel_holds_the_shipped_folders_and_the_licence(tmp_path: Path) -> None:
    root = Path(places.__file__).parents[1]
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path], cwd=root, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"frontdesk/migrations/env.py", "frontdesk/resources/workflows/front_desk.toml", "frontdesk/places.py"} <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_a_folder_that_is_not_shipped_is_an_error() -> None:
    with pytest.raises(FileNotFoundError, match="nonsense"):
        places.shipped("nonsense")  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_qt_does_not_lose_references_to_none() -> None:
    """PySide6 6.12.0 drops one with every call that returns nothing on Python 3.11, and the process dies after some thousand."""
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(1000):
        thing.setObjectName("x")
    assert abs(sys.getrefcount(None) - before) < 100
