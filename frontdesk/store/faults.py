"""What went wrong in the database, in the program's own words: this and `server_faults` alone read driver errors.

Only the SQLSTATE, the constraint's name and the table are kept. A driver's own text is never passed on, and the cause is cut off:
PostgreSQL's DETAIL quotes the values of the row, so a phone number would end in a log.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

import sqlcipher3.dbapi2 as sqlite

from frontdesk.domain.problems import Conflict, Refused


class TryAgain(Exception):
    """Two transactions got in each other's way and this one gave in: nothing was written, and the same call may simply be made again."""


class Broken(Exception):
    """The database refused a row that the program should never have sent: a bug, not something a user can fix.

    Attributes:
        rule: the constraint's name, or the SQLSTATE or SQLite's error name when none is known.
    """

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


_SQLITE_CODES: Mapping[str, str] = MappingProxyType(
    {
        "SQLITE_BUSY": "database_locked",
        "SQLITE_LOCKED": "database_locked",
        "SQLITE_READONLY": "database_read_only",
        "SQLITE_PERM": "database_read_only",
        "SQLITE_FULL": "disk_full",
        "SQLITE_CORRUPT": "database_damaged",
        "SQLITE_NOTADB": "database_damaged",
        "SQLITE_FORMAT": "database_damaged",
        "SQLITE_IOERR": "disk_failing",
        "SQLITE_NOMEM": "disk_failing",
        "SQLITE_CANTOPEN": "database_not_openable",
        "SQLITE_INTERRUPT": "database_slow",
        "SQLITE_TOOBIG": "text_too_long",
    }
)

# The driver's own errors and those of a backup carry SQLite's words but no code; text that is no UTF-8 comes from a damaged page.
_SQLITE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "UTF-8": "database_damaged",
        "malformed": "database_damaged",
        "not a database": "database_damaged",
        "disk is full": "disk_full",
        "is locked": "database_locked",
        "readonly": "database_read_only",
        "I/O error": "disk_failing",
        "unable to open": "database_not_openable",
    }
)

# Opening looked at the revision, so a table or column that is missing now was lost with its page.
_GONE = ("unsupported file format", "no such table", "no such column", "no such module", "vtable constructor failed")


@contextmanager
def translating() -> Iterator[None]:
    """Let no driver error out of this block: it leaves as `Refused`, `Conflict`, `TryAgain` or `Broken`."""
    try:
        yield
    except tuple(_DRIVERS) as error:
        raise translated(error) from None
    except UnicodeDecodeError:  # sqlcipher3 cannot even read SQLite's message about a damaged schema
        raise Refused("database_damaged") from None
    except UnicodeEncodeError:  # half of a surrogate pair, from a damaged import
        raise Refused("text_not_valid") from None
    except OverflowError:
        raise Refused("number_too_large") from None


def translated(error: Exception) -> Exception:
    """The program's own error for a driver's."""
    return next((translate for kind, translate in _DRIVERS.items() if isinstance(error, kind)), _from_sqlite)(error)


def read_errors(kind: type[Exception], translate: Callable[[Any], Exception]) -> None:
    """Take a driver's errors too; a driver that is not needed is not loaded only to know its errors."""
    _DRIVERS[kind] = translate


def _from_sqlite(error: Exception) -> Exception:
    name = getattr(error, "sqlite_errorname", None)
    if name is None:
        words = next((words for words in _SQLITE_WORDS if words in str(error)), None)
        return Broken(type(error).__name__) if words is None else Refused(_SQLITE_WORDS[words])
    family = "_".join(name.split("_")[:2])
    if family in _SQLITE_CODES:
        return Refused(_SQLITE_CODES[family])
    if family == "SQLITE_CONSTRAINT":
        return _from_constraint(str(error))
    if str(error).startswith(_GONE):
        return Refused("database_damaged")
    return Broken(name)


def _from_constraint(message: str) -> Exception:
    """SQLite tells constraints apart in the message alone; a trigger's RAISE(ABORT, 'name') is the whole message."""
    unique = re.fullmatch(r"UNIQUE constraint failed: (?:index ')?([\w., ]+)'?", message)
    if unique:
        return Conflict("added_elsewhere", constraint=unique[1])
    return Broken(message.rpartition(": ")[2])


_DRIVERS: dict[type[Exception], Callable[[Any], Exception]] = {sqlite.Error: _from_sqlite}
