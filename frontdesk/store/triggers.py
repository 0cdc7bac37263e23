"""Every trigger of both databases, in one place: a migration that rebuilds a table drops its triggers without a word.

`upgrade` drops and creates all of them after every revision, so no revision mentions one.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import Connection, text

_SQLITE: Mapping[str, str] = MappingProxyType(
    {
        "guard_journal_update": "CREATE TRIGGER guard_journal_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'append_only'); END",
        "guard_journal_delete": "CREATE TRIGGER guard_journal_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'append_only'); END",
        "guard_seal_update": "CREATE TRIGGER guard_seal_update BEFORE UPDATE ON seal BEGIN SELECT RAISE(ABORT, 'append_only'); END",
        "guard_seal_delete": "CREATE TRIGGER guard_seal_delete BEFORE DELETE ON seal BEGIN SELECT RAISE(ABORT, 'append_only'); END",
        "guard_journal_detail_update": (
            "CREATE TRIGGER guard_journal_detail_update BEFORE UPDATE ON journal_detail"
            " WHEN NEW.number IS NOT OLD.number OR NEW.salt IS NOT NULL OR NEW.before IS NOT NULL OR NEW.after IS NOT NULL"
            " BEGIN SELECT RAISE(ABORT, 'append_only'); END"
        ),
        "guard_journal_detail_delete": (
            "CREATE TRIGGER guard_journal_detail_delete BEFORE DELETE ON journal_detail BEGIN SELECT RAISE(ABORT, 'append_only'); END"
        ),
        "guard_status_change_update": (
            "CREATE TRIGGER guard_status_change_update BEFORE UPDATE OF id, lead_id, from_status, to_status, from_stage, to_stage, since, rule"
            " ON status_change BEGIN SELECT RAISE(ABORT, 'append_only'); END"
        ),
        "guard_status_change_delete": (
            "CREATE TRIGGER guard_status_change_delete BEFORE DELETE ON status_change BEGIN SELECT RAISE(ABORT, 'append_only'); END"
        ),
    }
)

_FUNCTION = (
    "CREATE OR REPLACE FUNCTION guard_append_only() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS"
    " $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'P0001', MESSAGE = 'append_only', CONSTRAINT = 'append_only'; END $$"
)

_POSTGRES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "guard_journal": (
            "journal",
            "CREATE TRIGGER guard_journal BEFORE UPDATE OR DELETE ON journal FOR EACH ROW EXECUTE FUNCTION guard_append_only()",
        ),
        "guard_seal": (
            "seal",
            "CREATE TRIGGER guard_seal BEFORE UPDATE OR DELETE ON seal FOR EACH ROW EXECUTE FUNCTION guard_append_only()",
        ),
        "guard_journal_detail_update": (
            "journal_detail",
            "CREATE TRIGGER guard_journal_detail_update BEFORE UPDATE ON journal_detail FOR EACH ROW"
            " WHEN (NEW.number <> OLD.number OR NEW.salt IS NOT NULL OR NEW.before IS NOT NULL OR NEW.after IS NOT NULL)"
            " EXECUTE FUNCTION guard_append_only()",
        ),
        "guard_journal_detail_delete": (
            "journal_detail",
            "CREATE TRIGGER guard_journal_detail_delete BEFORE DELETE ON journal_detail FOR EACH ROW EXECUTE FUNCTION guard_append_only()",
        ),
        "guard_status_change_update": (
            "status_change",
            "CREATE TRIGGER guard_status_change_update BEFORE UPDATE OF id, lead_id, from_status, to_status, from_stage, to_stage, since, rule"
            " ON status_change FOR EACH ROW EXECUTE FUNCTION guard_append_only()",
        ),
        "guard_status_change_delete": (
            "status_change",
            "CREATE TRIGGER guard_status_change_delete BEFORE DELETE ON status_change FOR EACH ROW EXECUTE FUNCTION guard_append_only()",
        ),
    }
)


def names(dialect: str) -> frozenset[str]:
    """The triggers that a database at head has."""
    return frozenset(_SQLITE if dialect == "sqlite" else _POSTGRES)


def present(connection: Connection) -> frozenset[str]:
    """The triggers that this database has now."""
    listing = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    return frozenset(connection.execute(text(listing)).scalars())


def drop(connection: Connection) -> None:
    """Take all of them away, so that a revision may rebuild tables."""
    quote = connection.dialect.identifier_preparer.quote
    if connection.dialect.name == "sqlite":
        for name in present(connection):
            connection.exec_driver_sql("DROP TRIGGER " + quote(name))
        return
    there = present(connection)
    for name, (table, _) in _POSTGRES.items():
        if name in there:
            connection.exec_driver_sql("DROP TRIGGER " + quote(name) + " ON " + quote(table))


def create(connection: Connection) -> None:
    """Put all of them in place."""
    if connection.dialect.name == "sqlite":
        for sql in _SQLITE.values():
            connection.exec_driver_sql(sql)
        return
    connection.exec_driver_sql(_FUNCTION)
    for _, sql in _POSTGRES.values():
        connection.exec_driver_sql(sql)
