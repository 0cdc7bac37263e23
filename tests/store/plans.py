"""How a database means to find the rows of a statement."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from frontdesk.store.engine import Database
from frontdesk.store.statements import Prepared


def plan_of(database: Database, statement: Select[Any], **values: Any) -> str:
    """The plan in the database's own words."""
    prepared = Prepared(statement, database.home.dialect)
    link = database.home.link(read_only=False)
    try:
        if not database.is_local:
            link.connection.execute("SET enable_seqscan = off")  # of so few rows it would read all anyway
        explain = "EXPLAIN QUERY PLAN " if database.is_local else "EXPLAIN "
        return str(link.connection.execute(explain + prepared.sql, prepared.arguments(values)).fetchall())
    finally:
        link.close()
