"""A practice that programs of their own write to, and the recorder between them and the disk."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import nowhere, practice_template, shell
from tests.databases import database, local_database, local_path, shared_database, shared_url, template_file, upgraded_url
from tests.faults.practice import worked, worked_template
from tests.services.conftest import clock, local_file, local_template, office
from tests.store.test_upgrade import bare_url

__all__ = [
    "bare_url",
    "clock",
    "database",
    "local_database",
    "local_file",
    "local_path",
    "local_template",
    "nowhere",
    "office",
    "practice_template",
    "shared_database",
    "shared_url",
    "shell",
    "template_file",
    "upgraded_url",
    "worked",
    "worked_template",
]

SOURCE = Path(__file__).with_name("recorder.c")


@pytest.fixture(scope="session")
def recorder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The compiled recorder; without a C compiler the test is skipped, and the summary says so."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        pytest.skip("NO C COMPILER: power cuts and a full disk were not simulated")
    library = tmp_path_factory.mktemp("recorder") / "recorder.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-w", "-o", str(library), str(SOURCE), "-ldl"], check=True)
    return library
