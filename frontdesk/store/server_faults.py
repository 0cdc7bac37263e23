"""What went wrong on the server, in the program's own words; told to `faults` by loading this."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import psycopg

from frontdesk.domain.problems import Conflict, Refused
from frontdesk.store.faults import Broken, TryAgain, read_errors

_RETRIED = frozenset({"40001", "40P01"})
_CODES: Mapping[str, str] = MappingProxyType(
    {
        "25006": "database_read_only",
        "53100": "disk_full",
        "53300": "database_full_of_people",
        "55P03": "database_locked",
        "57014": "database_slow",
        "57P01": "database_unreachable",
        "57P02": "database_unreachable",
        "57P03": "database_unreachable",
        "58030": "disk_failing",
        "28000": "database_sign_in",
        "28P01": "database_sign_in",
        "3D000": "database_unknown",
        "42501": "not_allowed",
        "XX001": "database_damaged",
        "XX002": "database_damaged",
        "22003": "number_too_large",
        "22021": "text_not_valid",
        "22P05": "text_not_valid",
    }
)


def _from_postgres(error: psycopg.Error) -> Exception:
    state = error.sqlstate
    if state is None:
        return _without_state(error)
    if state in _RETRIED:
        return TryAgain(state)
    if state == "23505":
        return Conflict("added_elsewhere", constraint=error.diag.constraint_name)
    if state in _CODES or state.startswith("08"):
        return Refused(_CODES[state]) if state in _CODES else Refused("database_unreachable")
    column = f"{error.diag.table_name}.{error.diag.column_name}" if error.diag.column_name else state
    return Broken(error.diag.constraint_name or column)


def _without_state(error: psycopg.Error) -> Exception:
    """What psycopg says by itself: a NUL in a text, a lost connection, or a wrong call."""
    if isinstance(error, psycopg.DataError):
        return Refused("text_not_valid")
    return Refused("database_unreachable") if isinstance(error, psycopg.OperationalError) else Broken(type(error).__name__)


read_errors(psycopg.Error, _from_postgres)
