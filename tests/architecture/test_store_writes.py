"""Every write of the store leaves a journal row.

`Tx.insert` and `Tx.update` write the journal row themselves. Every other write is a statement that a module of the store holds as a
constant and hands to `Tx.write`; so those statements may only meet what needs no journal row: the tables and columns named here, each
with its reason. And no function may build a statement that writes, or run SQL past the `Tx`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from sqlalchemy import TableClause, Update, UpdateBase, delete, insert, update

from frontdesk.store import tables as t
from frontdesk.store.dialects import SQLITE
from tests.architecture.source import Module, called, calls, functions, listed, modules, names_of_imports, resolved

WITHOUT_JOURNAL = {
    "journal": "the journal itself",
    "journal_detail": "the journal itself",
    "seal": "seals the journal",
    "command_key": "says whether a command was carried out",
    "feed": "a token that tells a restored database from the one before",
    "total": "derived from leads and revenue",
    "search_person": "derived from people",
    "person_words": "derived from people",
    "import_change": "which change of the journal belongs to which import",
    "draft": "typed and not saved yet: no change of the practice",
}
# Kept by a follower of the journalled row that they come from, so that undoing that row brings them back too.
DERIVED = {
    "status_change.until": "the next change of status begins where this one ends",
    "lead.revenue": "the sum of the lead's revenue rows",
    "lead.sort_name": "the name of the lead's person, as lists are sorted by it",
    "status_change.location_id": "the history of a lead lies where the lead lies",
    "activity.location_id": "the history of a lead lies where the lead lies",
    "follow_up.location_id": "the history of a lead lies where the lead lies",
    "appointment.location_id": "the history of a lead lies where the lead lies",
    "revenue.location_id": "the history of a lead lies where the lead lies",
}
# They carry out what a Tx has collected (entries: the journal itself), or work on the whole database: connecting, upgrading, backing up.
RUN_SQL = ("tx", "entries", "local", "server", "engine", "link", "statements", "schema", "upgrade", "backup", "triggers")
STORE = [module for module in modules("frontdesk/store") if not module.place.startswith("frontdesk/store/tables")]


def unjournalled(statement: UpdateBase) -> Iterator[str]:
    """What a statement writes that needs a journal row."""
    assert isinstance(statement.table, TableClause)
    table = statement.table.name
    if table in WITHOUT_JOURNAL:
        return
    if not isinstance(statement, Update):
        yield table
        return
    assigned = str(statement.compile(dialect=SQLITE)).partition(" SET ")[2].partition(" WHERE ")[0]
    yield from (place for column in re.findall(r"(?:^|, )(\w+)=", assigned) if (place := f"{table}.{column}") not in DERIVED)


def kept_statements(module: Module) -> Iterator[tuple[str, UpdateBase]]:
    """The writing statements that a module holds, alone or in a tuple, list or table."""
    waiting = list(vars(import_module(module.name)).items())
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, UpdateBase):
            yield name, value
        elif isinstance(value, tuple | list):
            waiting += [(name, each) for each in value]
        elif isinstance(value, dict) and not name.startswith("__"):
            waiting += [(name, each) for each in value.values()]


def past_the_tx(module: Module) -> Iterator[str]:
    """SQL that a function runs on a connection or cursor, and writing statements that it builds."""
    imports = names_of_imports(module.tree)
    for function in functions(module.tree):
        for call in calls(function):
            if called(call).rsplit(".", 1)[-1] in ("execute", "executemany", "executescript", "exec_driver_sql"):
                yield module.at(call, f"calls {called(call)}; write through the Tx")
            elif re.fullmatch(r"sqlalchemy\.(.+\.)?(insert|update|delete)", resolved(called(call), imports)):
                yield module.at(call, f"builds a statement with {called(call)}; it is a constant of the module")


def test_every_write_of_the_store_leaves_a_journal_row() -> None:
    kept = [(module, name, statement) for module in STORE for name, statement in kept_statements(module)]
    findings = [f"{module.place}: {name} writes {what} without a journal row" for module, name, each in kept for what in unjournalled(each)]
    assert kept
    assert not findings, listed(findings)


def test_nothing_runs_sql_past_the_tx() -> None:
    watched = [module for module in STORE if module.name.removeprefix("frontdesk.store.").split(".")[0] not in RUN_SQL]
    findings = [finding for module in [*watched, *modules("frontdesk/services")] for finding in past_the_tx(module)]
    assert not findings, listed(findings)


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        (insert(t.lead), ["lead"]),
        (delete(t.person), ["person"]),
        (update(t.lead).values(owner_id=1, revenue=2), ["lead.owner_id"]),
        (update(t.lead).values(location_id=1).where(t.lead.c.id == 1), ["lead.location_id"]),
        (update(t.activity).values(location_id=1), []),
        (insert(t.total), []),
    ],
)
def test_a_planted_write_past_the_journal_is_found(planted: UpdateBase, found: list[str]) -> None:
    assert list(unjournalled(planted)) == found


@pytest.mark.parametrize(
    "planted",
    [
        "def save(connection):\n    connection.execute(SAVE)",
        "from sqlalchemy import insert as put\ndef save(tx):\n    tx.write(put(lead))",
        "import sqlalchemy as sa\ndef save(tx):\n    tx.write(sa.delete(lead))",
    ],
)
def test_a_planted_run_past_the_tx_is_found(planted: str) -> None:
    assert list(past_the_tx(Module("", planted)))


def test_a_write_through_the_tx_is_no_offence() -> None:
    assert not list(past_the_tx(Module("", "_PUT = insert(total)\ndef save(tx):\n    tx.insert(t.lead, row)\n    tx.write(_PUT)")))
