"""The practice-wide settings by key, as JSON; `domain/settings.py` knows their types and defaults."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from sqlalchemy import select

from frontdesk.store import tables as t
from frontdesk.store.shapes import Row, stored
from frontdesk.store.tx import Tx

_ALL = select(t.setting.c.id, t.setting.c.key, t.setting.c.value, t.setting.c.version, t.setting.c.void)


TEXTS = select(t.setting.c.key, t.setting.c.value).where(t.setting.c.void.is_(False)).order_by(t.setting.c.key)

Texts = tuple[tuple[str, str], ...]


def texts(tx: Tx) -> Texts:
    """Every setting that was ever changed from its default, with its JSON."""
    return tuple((key, text) for key, text in tx.rows(TEXTS))


def read(found: Texts) -> dict[str, object]:
    """What the texts say."""
    return {key: stored(text) for key, text in found}


def values(tx: Tx) -> dict[str, object]:
    """Every setting that was ever changed from its default."""
    return read(texts(tx))


def put(tx: Tx, changed: Mapping[str, object]) -> None:
    """Change settings; what is not named stays."""
    present = _rows(tx)
    for key, value in changed.items():
        text = msgspec.json.encode(value).decode()
        before = present.get(key)
        if before is None:
            tx.insert(t.setting, {"id": tx.new_id(), "key": key, "value": text, "version": 1, "void": False})
        else:
            tx.update(t.setting, before["id"], before, before | {"value": text, "void": False})


def _rows(tx: Tx) -> dict[str, Row]:
    names = ("id", "key", "value", "version", "void")
    rows = (dict(zip(names, row, strict=True)) for row in tx.rows(_ALL))
    return {row["key"]: row for row in rows}
