"""A PostgreSQL for the bench: the launcher of the tests, but durable (`fsync` on), its data kept between runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from tests import postgres

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0777",
    "log_min_messages": "fatal",
    "shared_buffers": "1GB",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "4GB",
    "max_connections": "40",
}
"""Nothing that touches durability: fsync, synchronous_commit and full_page_writes stay on."""


class Server:
    """A running server with databases by name."""

    def __init__(self, url: str) -> None:
        self.url = url

    def url_of(self, name: str) -> str:
        """The address of one of its databases, as the program takes it."""
        return self.url.replace("/postgres?", f"/{name}?")

    def has(self, name: str) -> bool:
        """Whether the database is there."""
        with self.connected() as connection:
            return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone() is not None

    def create(self, name: str, template: str | None = None) -> str:
        """A new database, empty or a copy; an old one of that name goes."""
        self.drop(name)
        copied = sql.SQL(" TEMPLATE {} STRATEGY file_copy").format(sql.Identifier(template)) if template else sql.SQL("")
        with self.connected() as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)) + copied)
        return self.url_of(name)

    def rename(self, name: str, to: str) -> None:
        """Call a database by another name: it is complete now."""
        with self.connected() as connection:
            connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(to)))

    def drop(self, name: str) -> None:
        """Take a database away."""
        with self.connected() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    @contextmanager
    def connected(self, name: str = "postgres") -> Iterator[psycopg.Connection[tuple[object, ...]]]:
        """A connection of the driver's own."""
        with psycopg.connect(self.url_of(name).replace("+psycopg", ""), autocommit=True) as connection:
            yield connection


@contextmanager
def running(home: Path) -> Iterator[Server]:
    """The server whose data lie in this folder, started and stopped again."""
    server = postgres.Server(home, SETTINGS)
    try:
        yield Server(server.url)
    finally:
        server.stop()
