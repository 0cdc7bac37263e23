"""The source code as a tree: what the structure tests read. One parse per file and run."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
type_of_function = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Module:
    """One file of Python: its place below the root (`frontdesk/store/tx.py`) and its text."""

    place: str
    text: str

    @property
    def name(self) -> str:
        """As it is imported: `frontdesk.store.tx`."""
        return self.place.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.text, self.place)

    def at(self, node: ast.AST, said: str) -> str:
        """A finding, written so that an editor can jump to it."""
        return f"{self.place}:{getattr(node, 'lineno', 1)} {said}"


@cache
def _parsed(text: str, place: str) -> ast.Module:
    return ast.parse(text, place or "planted")


@cache
def modules(*places: str) -> tuple[Module, ...]:
    """Every Python file in these folders (or the file itself), in order; a place that does not exist holds none."""
    found = [path for place in places for path in ([ROOT / place] if place.endswith(".py") else sorted((ROOT / place).rglob("*.py")))]
    return tuple(Module(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in found if path.is_file())


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """All functions and methods, at any depth."""
    return (node for node in ast.walk(tree) if isinstance(node, type_of_function))


def public_functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions that other modules may call: at the top of the module, without an underscore."""
    return (node for node in module.tree.body if isinstance(node, type_of_function) and not node.name.startswith("_"))


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """All calls, at any depth."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    """The dotted name of what is called as it is written (`self.tx.save`); an unnamed part is `?`."""
    return dotted(call.func)


def dotted(node: ast.expr) -> str:
    """A name with its dots; what is no name becomes `?`."""
    if isinstance(node, ast.Name):
        return node.id
    return f"{dotted(node.value)}.{node.attr}" if isinstance(node, ast.Attribute) else "?"


def imported(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    """Every import, late ones too, with the full name of each thing: `from a import b` is `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def names_of_imports(tree: ast.AST) -> dict[str, str]:
    """What each imported name stands for: `from a import b as c` gives {"c": "a.b"}."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {
                alias.asname or alias.name.split(".")[0]: alias.name if alias.asname else alias.name.split(".")[0] for alias in node.names
            }
        elif isinstance(node, ast.ImportFrom):
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return found


def resolved(name: str, imports: dict[str, str]) -> str:
    """The full name behind a dotted name as it is written in a module."""
    first, dot, rest = name.partition(".")
    return f"{imports.get(first, first)}{dot}{rest}"


def first_argument(function: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    """The name of its first parameter, or nothing."""
    arguments = [*function.args.posonlyargs, *function.args.args]
    return arguments[0].arg if arguments else ""


def listed(findings: Iterable[str]) -> str:
    """Findings as the message of an assertion."""
    return "\n" + "\n".join(findings)
