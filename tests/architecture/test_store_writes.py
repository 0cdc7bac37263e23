"""Every write of the store leaves a journal row.

`Tx.insert` and `Tx.update` write the journal row themselves; `Tx.write` and `Tx.write_many` do not, and are for what is derived from
journalled rows or is no fact of the practice. So the rule is: those two only ever meet the tables named here, each with its reason,
and nothing in the store runs SQL past the `Tx`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import Module, called, calls, listed, modules

WITHOUT_JOURNAL = {
    "journal": "the journal itself",
    "journal_detail": "the journal itself",
    "seal": "seals the journal",
    "command_key": "says whether a command was carried out",
    "feed": "a token that tells a restored database from the one before",
    "total": "derived from leads and revenue",
    "search_person": "derived from people",
    "person_words": "derived from people",
}
# They carry out what a Tx has collected, or work on the whole database: connecting, upgrading, backing up, measuring its health.
RUN_SQL = ("tx", "local", "server", "engine", "link", "statements", "schema", "upgrade", "backup", "triggers")
STORE = [module for module in modules("frontdesk/store") if not module.place.startswith("frontdesk/store/tables")]


def _is(module: Module, names: tuple[str, ...]) -> bool:
    return module.name.removeprefix("frontdesk.store.").split(".")[0] in names


def unjournalled(module: Module) -> Iterator[str]:
    """Writes past the journal into a table that needs it, or into one that cannot be read from the source."""
    for call in calls(module.tree):
        if called(call).endswith(("tx.write", "tx.write_many")) and call.args:
            tables = _tables(call.args[0], module)
            wrong = sorted(tables - WITHOUT_JOURNAL.keys())
            if wrong or not tables:
                yield module.at(
                    call, f"{called(call)} meets {', '.join(wrong) or 'a table that cannot be read here'} without a journal row"
                )


def past_the_tx(module: Module) -> Iterator[str]:
    """SQL that is run on a connection or cursor instead of a Tx."""
    for call in calls(module.tree):
        if called(call).rsplit(".", 1)[-1] in ("execute", "executemany", "executescript", "exec_driver_sql"):
            yield module.at(call, f"calls {called(call)}; write through the Tx")


def _tables(statement: ast.expr, module: Module) -> set[str]:
    """The tables that a statement writes to: named where it is called, or where the module's constant is made."""
    roots: list[ast.AST] = [statement]
    if isinstance(statement, ast.Name):
        roots = [node for node in module.tree.body if statement.id in _assigned(node)]
    writes = [call for root in roots for call in calls(root) if called(call).rsplit(".", 1)[-1] in ("insert", "upsert", "update", "delete")]
    return {called(ast.Call(call.args[0], [], [])).rsplit(".", 1)[-1] for call in writes if call.args}


def _assigned(node: ast.stmt) -> set[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return {each.id for each in targets if isinstance(each, ast.Name)}


def test_every_write_of_the_store_leaves_a_journal_row() -> None:
    findings = [finding for module in STORE for finding in unjournalled(module)]
    assert not findings, listed(findings)


def test_nothing_in_the_store_runs_sql_past_the_tx() -> None:
    findings = [finding for module in STORE if not _is(module, RUN_SQL) for finding in past_the_tx(module)]
    assert not findings, listed(findings)


@pytest.mark.parametrize(
    "planted",
    [
        "tx.write(insert(lead), id=1)",
        "_SET = update(tables.person).where(True)\ndef save(tx):\n    tx.write(_SET)",
        "_PUT = insert(follow_up).inline()\ndef save(self):\n    self.tx.write_many(_PUT, rows)",
        "tx.write(statement_of(kind))",
    ],
)
def test_a_planted_write_past_the_journal_is_found(planted: str) -> None:
    assert list(unjournalled(Module("frontdesk/store/planted.py", planted)))


def test_a_write_into_a_derived_table_is_allowed() -> None:
    assert not list(
        unjournalled(Module("", "_PUT = insert(total).inline()\ndef put(tx):\n    tx.write(_PUT)\n    tx.write(delete(tables.total))"))
    )


def test_a_planted_run_past_the_tx_is_found() -> None:
    assert list(past_the_tx(Module("", "connection.execute(insert(lead))")))
