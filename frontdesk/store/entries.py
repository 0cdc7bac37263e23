"""The journal's rows as they are written: who changed which columns of which row, why, and a salted hash that outlives the detail."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Executable, Text, cast, func, insert, select

from frontdesk.domain.problems import Refused
from frontdesk.store.statements import recordset
from frontdesk.store.tables import journal, journal_detail

SALT_BYTES = 16

DETAIL = ("salt", "before", "after")
"""What lies apart from the row, so that a person can be erased."""

_json = msgspec.json.Encoder()
_NAMES = tuple(column.name for column in journal.c if column.name not in {"number", "txid"})


HIGHEST = select(func.coalesce(func.max(journal.c.number), 0))
INSERT = insert(journal).inline()
INSERT_DETAIL = insert(journal_detail).inline()


def _numbered_by_server() -> Executable:
    """All rows (bind `rows`, as JSON) with their details in one statement, since only PostgreSQL knows the numbers that they get."""
    columns = [journal.c[name] for name in _NAMES]
    given, cells = recordset([*columns, *(journal_detail.c[name] for name in DETAIL)])
    number = func.nextval(func.pg_get_serial_sequence("journal", "number")).label("number")
    transaction = cast(cast(func.pg_current_xact_id(), Text), BigInteger).label("txid")
    new = select(number, transaction, *cells).select_from(given).cte("new")
    added = insert(journal).from_select(["number", "txid", *_NAMES], select(new.c.number, new.c.txid, *(new.c[name] for name in _NAMES)))
    detail = select(new.c.number, *(new.c[name] for name in DETAIL))
    return insert(journal_detail).from_select(["number", *DETAIL], detail).add_cte(added.cte("added"))


INSERT_NUMBERED = _numbered_by_server()


def detail_hash(salt: bytes, before: str | None, after: str | None) -> bytes:
    """What the seal covers of the detail; without the salt nobody can try out which phone number was erased."""
    return sha256(b"\x1f".join((salt, (before or "").encode(), (after or "").encode()))).digest()


def text(values: Mapping[str, Any] | None) -> str | None:
    """Columns and values as they stand in the journal: JSON, instants in ISO with Z."""
    if values is None:
        return None
    try:
        return _json.encode(values).decode()
    except UnicodeEncodeError:  # half of a surrogate pair, from a damaged import
        raise Refused("text_not_valid") from None


def complete(rows: Sequence[dict[str, Any]]) -> None:
    """Give every journal row the salt of its detail and the hash."""
    salts = secrets.token_bytes(SALT_BYTES * len(rows))
    for index, row in enumerate(rows):
        salt = salts[index * SALT_BYTES : (index + 1) * SALT_BYTES]
        row["salt"], row["detail_hash"] = salt, detail_hash(salt, row["before"], row["after"])
