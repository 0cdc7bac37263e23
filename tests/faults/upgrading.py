"""A program one revision ahead of this one, which upgrades what it is told and can be killed on the way.

Run as `python -m tests.faults.upgrading MIGRATIONS`; each line `HOW_MANY KILLED_AFTER PLACE` on its standard input starts so many desks at
once on that database, each killed after so many statements (-1: never). It prints what became of each, then `ended`.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from frontdesk.domain.problems import Refused
from frontdesk.services.backups import upgrade_database
from frontdesk.store import schema, upgrade
from tests.services.practice import MONDAY

ROOT = Path(__file__).resolve().parents[2]
REVISION = '''\
"""Adds a table and a column, rebuilding one table as SQLite needs it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.create_table("extra", sa.Column("id", sa.Integer, primary_key=True))
    how = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("staff", recreate=how) as batch:
        batch.add_column(sa.Column("extra", sa.Integer))
'''


def migrations_ahead(folder: Path) -> Path:
    """The migrations of a program that knows one revision more."""
    ahead = folder / "migrations"
    shutil.copytree(ROOT / "migrations", ahead, ignore=shutil.ignore_patterns("__pycache__"))
    (ahead / "versions" / "0002_extra.py").write_text(REVISION)
    return ahead


def use(migrations: Path) -> None:
    """Be the program with these migrations."""
    upgrade.shipped = schema.shipped = lambda folder: migrations  # type: ignore[attr-defined]  # the names as those modules import them


def kill_after(statements: int) -> None:
    """End this process for good after so many statements of an upgrade."""
    left = statements

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def counting(make: Any) -> Any:
        def made(place: Any) -> Engine:
            engine: Engine = make(place)
            event.listen(engine, "after_cursor_execute", count)
            return engine

        return made

    upgrade.local_engine, upgrade.server_engine = counting(upgrade.local_engine), counting(upgrade.server_engine)


def desk(place: str, killed_after: int) -> str:
    """One desk that upgrades; what came of it."""
    if killed_after >= 0:
        kill_after(killed_after)
    try:
        upgrade_database(place, now=MONDAY)
    except Refused as problem:
        return f"refused {problem.code}"
    return "upgraded"


def serve() -> None:
    """Fork the desks of each line, let all begin at one moment, and wait for them."""
    for line in sys.stdin:
        many, killed_after, place = line.strip().split(" ", 2)
        gate, opener = os.pipe()
        children = []
        for _ in range(int(many)):
            child = os.fork()
            if not child:
                os.close(opener)
                os.read(gate, 1)  # ends when the parent closes its side
                os.write(1, f"{desk(place, int(killed_after))}\n".encode())
                os._exit(0)
            children.append(child)
        os.close(gate)
        os.close(opener)
        ends = [os.waitpid(child, 0)[1] for child in children]
        os.write(
            1, b"killed\n" * sum(end == signal.SIGKILL for end in ends) + b"failed\n" * sum(end not in {0, signal.SIGKILL} for end in ends)
        )
        os.write(1, b"ended\n")


if __name__ == "__main__":
    use(Path(sys.argv[1]))
    serve()
