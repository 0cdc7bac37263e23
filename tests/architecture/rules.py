"""The rules of the house that a linter cannot say; each takes a module and gives its findings."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Mapping

from tests.architecture.source import Module, called, calls, first_argument, functions, imported, names_of_imports, resolved

FILE, FUNCTION, CLASS, DIALOG = 400, 40, 250, 200
EMPTY_NAMES = re.compile(r"(^|_)(managers?|helpers?|utils?|base|factory|factories)$")
EMPTY_CLASSES = re.compile(r"(Manager|Helper|Utils?|Base|Factory)$")
CLOCKS = re.compile(
    r"(datetime\.now|datetime\.utcnow|datetime\.today|date\.today|(?<!date)time\.time(_ns)?|current(Date|DateTime|Time)(Utc)?)$"
)
SQL = re.compile(
    r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|PRAGMA|ATTACH|DETACH|GRANT|REVOKE|TRUNCATE|VACUUM|WITH|SET|NOTIFY|COPY)\s"
)
RUNS_SQL = {"text", "execute", "executemany", "exec_driver_sql", "DDL", "executescript"}
FORBIDDEN_IMPORTS = ("sqlite3", "pysqlite2", "PySide6.QtSql")
REVISION_MAY_IMPORT = {"alembic", "sqlalchemy", "__future__"} | sys.stdlib_module_names


def too_long(module: Module) -> Iterator[str]:
    """Files, functions, classes and dialogs above their budget."""
    lines = module.text.count("\n")
    if lines > FILE:
        yield f"{module.place} has {lines} lines, at most {FILE}"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef):
            kind, most = ("dialog", DIALOG) if node.name.endswith("Dialog") else ("class", CLASS)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            kind, most = "function", FUNCTION
        else:
            continue
        length = (node.end_lineno or node.lineno) - node.lineno + 1
        if length > most:
            yield module.at(node, f"{kind} {node.name} has {length} lines, at most {most}")


def empty_names(module: Module) -> Iterator[str]:
    """Modules and classes named after a pattern instead of a noun."""
    if EMPTY_NAMES.search(module.name.rsplit(".", 1)[-1]):
        yield f"{module.place} is named after a pattern, not after what it holds"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef) and EMPTY_CLASSES.search(node.name):
            yield module.at(node, f"class {node.name} is named after a pattern, not after what it is")


def second_sqlite(module: Module) -> Iterator[str]:
    """Imports of a second SQLite: it corrupts locks."""
    for node, name in imported(module.tree):
        if any(name == each or name.startswith(f"{each}.") for each in FORBIDDEN_IMPORTS):
            yield module.at(node, f"imports {name}; sqlcipher3 is the only SQLite")


def own_shortcuts(module: Module) -> Iterator[str]:
    """Shortcuts made past widgets/keys.py: their context is forgotten and they work in the whole window."""
    if module.place.endswith("ui/widgets/keys.py"):
        return
    for call in calls(module.tree):
        if called(call).rsplit(".", 1)[-1] == "QShortcut":
            yield module.at(call, "makes a QShortcut; widgets/keys.py::shortcut sets its context")


def waits(module: Module) -> Iterator[str]:
    """Waiting by the clock and nested event loops."""
    for call in calls(module.tree):
        last = called(call).rsplit(".", 1)[-1]
        if last in ("processEvents", "sleep", "msleep", "usleep", "qSleep", "qWait"):
            yield module.at(call, f"calls {called(call)}; wait for the event")
        elif last in ("exec", "exec_") and "." in called(call):
            yield module.at(call, f"calls {called(call)}; no nested event loop (open() and a signal, popup() for a menu)")


def clocks(module: Module) -> Iterator[str]:
    """Looks at the clock: below app.py and cli.py the time is an argument."""
    imports = names_of_imports(module.tree)
    for call in calls(module.tree):
        if CLOCKS.search(resolved(called(call), imports)):
            yield module.at(call, f"calls {called(call)}; the time is an argument")


def built_sql(module: Module) -> Iterator[str]:
    """SQL text put together from strings."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and called(node).rsplit(".", 1)[-1] in RUNS_SQL and node.args and _is_put_together(node.args[0]):
            yield module.at(node, f"{called(node)} gets a text put together from strings")
        elif isinstance(node, ast.JoinedStr) and _starts_like_sql(node):
            yield module.at(node, "an f-string that is SQL")


def _is_put_together(node: ast.expr) -> bool:
    """Whether anything goes into it but fixed texts, and names that the database's own driver or dialect has quoted."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("format", "join", "replace"):
        return not (isinstance(node.func.value, ast.Call) and called(node.func.value).endswith("SQL"))  # psycopg.sql.SQL quotes
    leaves = list(_leaves(node))
    return leaves != [node] and not all(isinstance(leaf, ast.Constant) or _is_quoted(leaf) for leaf in leaves)


def _leaves(node: ast.expr) -> Iterator[ast.expr]:
    """What a sum of texts or an f-string is made of."""
    match node:
        case ast.JoinedStr(values=parts):
            yield from (leaf for part in parts for leaf in _leaves(part))
        case ast.FormattedValue(value=value):
            yield from _leaves(value)
        case ast.BinOp(left=left, op=ast.Add() | ast.Mod(), right=right):
            yield from (leaf for side in (left, right) for leaf in _leaves(side))
        case _:
            yield node


def _is_quoted(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and called(node).rsplit(".", 1)[-1] in ("quote", "quoted", "Identifier")


def _starts_like_sql(node: ast.JoinedStr) -> bool:
    first = node.values[0] if node.values else None
    return isinstance(first, ast.Constant) and bool(SQL.match(str(first.value))) and _is_put_together(node)


def foreign_imports_of_a_revision(module: Module) -> Iterator[str]:
    """What a revision imports beside alembic, sqlalchemy and the standard library: it must still run when the program has moved on."""
    for node, name in imported(module.tree):
        if name.split(".")[0] not in REVISION_MAY_IMPORT:
            yield module.at(node, f"a revision imports {name}")


def commands(module: Module) -> Iterator[str]:
    """Public functions of a service whose first argument is a Tx: the commands and queries."""
    for node in module.tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and first_argument(node) == "tx":
            yield node.name


def on_the_gui_thread(module: Module, services: Mapping[str, Module]) -> Iterator[str]:
    """Calls of a service or connector in a module of the window; handing the function to `jobs` is no call."""
    imports = names_of_imports(module.tree)
    in_worker = {id(inner) for outer in _run_by_jobs(module.tree) for inner in ast.walk(outer)}
    for call in calls(module.tree):
        full = resolved(called(call), imports)
        owner, _, function = full.rpartition(".")
        is_work = full.startswith("frontdesk.connectors.") or (owner in services and function in _defined(services[owner]))
        if id(call) not in in_worker and (is_work or re.search(r"(^|\.)_?desk\.\w+$", called(call))):
            yield module.at(call, f"calls {called(call)} on the GUI thread; hand it to jobs")


def _run_by_jobs(tree: ast.AST) -> Iterator[ast.AST]:
    """Code that runs in a worker though it stands in the window: functions that take a Tx or a Desk, lambdas handed to jobs."""
    yield from (function for function in functions(tree) if first_argument(function) in {"tx", "desk"})
    for call in calls(tree):
        if re.search(r"(^|\.)_?jobs\.\w+$", called(call)):
            yield from (each for each in call.args if isinstance(each, ast.Lambda))


def _defined(module: Module) -> set[str]:
    return {function.name for function in functions(module.tree)}
