"""What every test runs in: no display, no home of a real user, one PostgreSQL for the whole run, and no unexpected warning."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from typing_extensions import override

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before the first import of PySide6

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"
POSTGRES = "FRONTDESK_TEST_POSTGRES"

# No deadline: two cores shared with other work make any single example slow now and then.
settings.register_profile("check", deadline=None, print_blob=True)
settings.register_profile("slow", deadline=None, print_blob=True, max_examples=2000)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run the full numbers of the fault and abuse tests too")


def pytest_configure(config: pytest.Config) -> None:
    """Choose the hypothesis profile; with xdist, start the one PostgreSQL that all workers share (they inherit the variable)."""
    settings.load_profile("slow" if config.getoption("--slow") else "check")
    is_controller = bool(config.getoption("numprocesses", None)) and not hasattr(config, "workerinput")
    if is_controller and not config.option.collectonly and POSTGRES not in os.environ:
        os.environ[POSTGRES] = _started(config)
        config.add_cleanup(_forget)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--slow"):
        for item in items:
            if item.get_closest_marker("slow"):
                item.add_marker(pytest.mark.skip(reason="slow: python3 dev.py check --slow"))


def _forget() -> None:
    os.environ.pop(POSTGRES, None)


def _started(config: pytest.Config) -> str:
    from tests import postgres

    server = postgres.Server()
    config.add_cleanup(server.stop)
    return server.url


@pytest.fixture(scope="session")
def postgres_url(pytestconfig: pytest.Config) -> Iterator[str]:
    """The address of a PostgreSQL database that belongs to this worker alone (`postgresql+psycopg://…`), empty at first."""
    from tests import postgres

    server_url = os.environ.get(POSTGRES) or _started(pytestconfig)
    with postgres.database(server_url, f"frontdesk_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}_{os.getpid()}") as url:
        yield url


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real and awkward files beside the checkout; without it the test is skipped, and the summary says so."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"NO TEST FILES: {SHARED_DATA} is not there, so nothing was tested with real files")
    return SHARED_DATA


@pytest.fixture(scope="session", autouse=True)
def _home_of_nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes the settings and databases of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "APPDATA"):
            patch.setenv(name, str(home / name.lower()))
        yield


class _Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def log_warnings() -> Iterator[list[logging.LogRecord]]:
    """Warnings and errors logged during the test. A test that expects one looks at the list and clears it; what is left fails."""
    handler = _Kept()
    logging.getLogger().addHandler(handler)
    yield handler.records
    logging.getLogger().removeHandler(handler)
    assert not handler.records, "unexpected log: " + "; ".join(f"{each.name}: {each.getMessage()}" for each in handler.records)
