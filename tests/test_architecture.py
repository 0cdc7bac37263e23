"""What architecture.md section 10 asks and import-linter cannot say; each rule is also shown to bite, on a planted example."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator

import pytest

from frontdesk.texts import PROBLEMS, RULES
from tests.architecture import codes, rules
from tests.architecture.source import ROOT, Module, calls, functions, imported, listed, modules

PRODUCT = modules("frontdesk")
TOOLS = modules("dev.py", "bench")
REVISIONS = modules("migrations/versions")
TESTS = modules("tests")
SERVICES = {module.name: module for module in modules("frontdesk/services")}
# What commands have in common; nothing outside of services may import it (a test below).
SHARED_BY_COMMANDS = {"frontdesk.services.cases"}
# The edges that may look at the clock, wait in the event loop of the program, and print.
EDGES = re.compile(r"frontdesk/(__main__|app|cli)(\.py|/)")

Rule = Callable[[Module], Iterable[str]]


def broken(rule: Rule, *, by: Iterable[Module]) -> list[str]:
    return [finding for module in by for finding in rule(module)]


def gui_thread(module: Module) -> Iterator[str]:
    return rules.on_the_gui_thread(module, SERVICES | {"frontdesk.services.planted": Module("", "def act(tx): ...\ndef read(path): ...")})


WITHOUT_EDGES = [module for module in PRODUCT if not EDGES.match(module.place)]
WINDOW = [module for module in modules("frontdesk/ui") if not re.match(r"frontdesk/ui/jobs(\.py|/)", module.place)]


@pytest.mark.parametrize(
    ("rule", "where"),
    [
        pytest.param(rules.too_long, [*PRODUCT, *TOOLS, *TESTS], id="files, functions, classes and dialogs keep their budget"),
        pytest.param(rules.empty_names, [*PRODUCT, *TOOLS], id="modules and classes are named after what they are"),
        pytest.param(rules.second_sqlite, [*PRODUCT, *TOOLS, *REVISIONS, *TESTS], id="one SQLite in the process"),
        pytest.param(rules.waits, [*WITHOUT_EDGES, *TESTS], id="nothing waits by the clock or nests an event loop"),
        pytest.param(rules.clocks, WITHOUT_EDGES, id="the time is an argument"),
        pytest.param(rules.built_sql, [*PRODUCT, *REVISIONS], id="no SQL is put together from strings"),
        pytest.param(rules.foreign_imports_of_a_revision, REVISIONS, id="revisions stand alone"),
        pytest.param(rules.own_shortcuts, PRODUCT, id="keys belong to a part of the window"),
        pytest.param(gui_thread, WINDOW, id="no service or connector call on the GUI thread"),
    ],
)
def test_the_code_keeps(rule: Rule, where: list[Module]) -> None:
    findings = broken(rule, by=where)
    assert not findings, listed(findings)


@pytest.mark.parametrize(
    ("rule", "planted"),
    [
        (rules.too_long, "x = 1\n" * 401),
        (rules.too_long, "def f():\n" + "    x = 1\n" * 40),
        (rules.too_long, "class C:\n" + "    x = 1\n" * 250),
        (rules.too_long, "class AskDialog:\n" + "    x = 1\n" * 200),
        (rules.empty_names, "class LeadManager: ..."),
        (rules.second_sqlite, "def f():\n    import sqlite3"),
        (rules.second_sqlite, "from PySide6.QtSql import QSqlQuery"),
        (rules.second_sqlite, "from PySide6 import QtSql"),
        (rules.waits, "app.processEvents()"),
        (rules.waits, "from time import sleep as s\nimport time\ntime.sleep(1)"),
        (rules.waits, "Dialog(self).exec()"),
        (rules.clocks, "import datetime as dt\ndt.datetime.now(tz=dt.UTC)"),
        (rules.clocks, "from datetime import date\ndate.today()"),
        (rules.clocks, "QDate.currentDate()"),
        (rules.built_sql, "connection.execute(f'DELETE FROM {table}')"),
        (rules.built_sql, "text('SELECT a FROM ' + table)"),
        (rules.built_sql, "cursor.execute('SELECT %s' % table)"),
        (rules.built_sql, "cursor.execute('SELECT {}'.format(table))"),
        (rules.built_sql, "cursor.execute('DROP TABLE ' + quote(table) + tail)"),
        (rules.built_sql, "statement = f'UPDATE {table} SET a = 1'"),
        (rules.foreign_imports_of_a_revision, "from frontdesk.store import tables"),
        (rules.own_shortcuts, "QShortcut(QKeySequence('N'), page, act, context=inside)"),
        (rules.own_shortcuts, "QtGui.QShortcut('N', page)"),
        (gui_thread, "from frontdesk.services import planted\nplanted.act(tx)"),
        (gui_thread, "from frontdesk.services.planted import read\nrows = read(path)"),
        (gui_thread, "from frontdesk.connectors import csv_file\ncsv_file.rows(path)"),
        (gui_thread, "self._desk.do(act)"),
    ],
)
def test_a_planted_offence_is_found(rule: Rule, planted: str) -> None:
    assert list(rule(Module("frontdesk/planted.py", planted)))


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [
        (rules.too_long, "def f():\n" + "    x = 1\n" * 39),
        (rules.waits, "pattern = compile(text)\nself.menu.popup(where)"),
        (rules.clocks, "time.monotonic()"),
        (rules.built_sql, "connection.execute(SELECT, (key,))\nmessage = f'{n} leads'"),
        (rules.built_sql, "connection.exec_driver_sql('DROP TRIGGER ' + quote(name))"),
        (rules.built_sql, "connection.execute(sql.SQL('DROP DATABASE {}').format(sql.Identifier(name)))"),
        (rules.foreign_imports_of_a_revision, "import json\nfrom alembic import op\nimport sqlalchemy as sa"),
        (gui_thread, "from frontdesk.services import planted\njobs.do(planted.act, lead_id=1)"),
        (gui_thread, "from frontdesk.services import planted\njobs.ask(lambda tx: planted.act(tx))"),
        (gui_thread, "from frontdesk.services import planted\ndef both(tx):\n    planted.act(tx)"),
    ],
)
def test_what_is_right_is_not_found(rule: Rule, allowed: str) -> None:
    assert not list(rule(Module("frontdesk/planted.py", allowed)))


def test_every_code_of_a_problem_can_be_read_from_the_source() -> None:
    unreadable = [module.at(call, "has no literal code") for module in PRODUCT for call, code in codes.of(module) if code is None]
    assert not unreadable, listed(unreadable)


def test_every_code_of_a_problem_has_a_text() -> None:
    silent = [
        module.at(call, f"{code} has no text") for module in PRODUCT for call, code in codes.of(module) if code and code not in PROBLEMS
    ]
    assert not silent, listed(silent)


def test_every_sentence_gets_the_figures_that_it_mentions() -> None:
    made = [(module, call, code) for module in PRODUCT for call, code in codes.of(module) if code in PROBLEMS]
    missing = [(module, call, code, codes.missing_facts(call, PROBLEMS[code])) for module, call, code in made if code]
    findings = [module.at(call, f"{code} needs {', '.join(sorted(facts))}") for module, call, code, facts in missing if facts]
    assert not findings, listed(findings)


def test_every_rule_has_a_text() -> None:
    judging = modules("frontdesk/domain/rules", "frontdesk/services", "frontdesk/store")
    named = [(module, call, name) for module in judging for call, name in codes.of(module, codes.RULES) if name]
    assert named
    silent = [module.at(call, f"{name} has no text") for module, call, name in named if name not in RULES]
    assert not silent, listed(silent)


def test_a_figure_that_is_not_given_is_found() -> None:
    call = next(calls(Module("", "Refused('few', 'reason', asked=3)").tree))
    assert codes.missing_facts(call, "{missing} of {asked} to go") == {"missing"}


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("raise Refused('a')", ["a"]),
        ("raise problems.Conflict('b' if x else 'c')", ["b", "c"]),
        ("CODE = 'd'\nRefused(CODE)", ["d"]),
        ("CODES: Mapping = Frozen({1: 'e', 2: 'f'})\nRefused(CODES[state])", ["e", "f"]),
        ("def stop(code): raise Refused(code)\nstop('g')\nstop(code='h')", ["g", "h"]),
        ("Refused(other.code)", []),
        ("Refused(anything)", [None]),
        ("Refused(f'{x}_wrong')", [None]),
    ],
)
def test_a_code_is_found_wherever_it_is_made(planted: str, found: list[str | None]) -> None:
    assert [code for _, code in codes.of(Module("", planted))] == found


def is_named(command: str, names: list[str]) -> bool:
    return any(re.search(rf"(?:^|[_.]){command}(?:_|$)", name) for name in names)


def test_every_command_has_a_test_of_its_name() -> None:
    """A test function or file in tests/services whose name holds the command's name."""
    tests = modules("tests/services")
    named = [*(function.name for module in tests for function in functions(module.tree)), *(module.name for module in tests)]
    public = [module for module in SERVICES.values() if module.name not in SHARED_BY_COMMANDS]
    untested = [f"{module.place}: {name}" for module in public for name in rules.commands(module) if not is_named(name, named)]
    assert not untested, listed(untested)


def test_what_commands_share_is_not_used_from_outside() -> None:
    outside = [module for module in PRODUCT if module.name not in SERVICES]
    users = [
        module.at(node, f"imports {name}")
        for module in outside
        for node, name in imported(module.tree)
        if name.startswith(tuple(SHARED_BY_COMMANDS))
    ]
    assert not users, listed(users)


def test_every_locked_package_stands_in_the_list_of_licences() -> None:
    named = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    locks = "".join((ROOT / "requirements" / f"{kind}.txt").read_text(encoding="utf-8") for kind in ("tools", "check"))
    packages = {match.lower() for match in re.findall(r"^([\w.-]+)(?:\[\w+\])?==", locks, re.MULTILINE)}
    assert not {package for package in packages if f"| {package} |" not in named}


def test_the_wheel_asks_for_what_the_locks_hold() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {line.replace("'", '"') for line in project["project"]["dependencies"] + project["build-system"]["requires"]}
    lines = (ROOT / "requirements" / "run.in").read_text(encoding="utf-8").splitlines()
    assert asked == {line for line in lines if line and not line.startswith(("#", "editables"))}


@pytest.mark.parametrize("kind", ["tools", "run", "check"])
def test_a_lock_names_every_requirement_with_hashes_and_no_address(kind: str) -> None:
    wanted = re.findall(r"^[A-Za-z][\w-]*", (ROOT / "requirements" / f"{kind}.in").read_text(encoding="utf-8"), re.MULTILINE)
    lock = (ROOT / "requirements" / f"{kind}.txt").read_text(encoding="utf-8")
    pins = re.findall(r"^([a-z0-9][\w.-]*)(?:\[\w+\])?==\S+(?: ; .*)? \\\n    --hash=sha256:", lock, re.MULTILINE)
    assert {name.lower().replace("_", "-") for name in wanted} <= set(pins)
    assert len(pins) == len(re.findall(r"^\S", lock, re.MULTILINE))
    assert "://" not in lock
