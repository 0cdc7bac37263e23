"""The codes of Refused and Conflict, and the names of rules, read from the source: every one needs its words in texts.py."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator, Mapping

from tests.architecture.source import Module, called, calls, functions

Function = ast.FunctionDef | ast.AsyncFunctionDef
# Who takes a code or a rule's name, and as which positional argument.
PROBLEMS = {"Refused": 0, "Conflict": 0}
RULES = {"Draft": 2, "ruling": 0, "because": 0}


def of(module: Module, makers: Mapping[str, int] = PROBLEMS) -> Iterator[tuple[ast.Call, str | None]]:
    """Every code that this module makes a problem of; None where it cannot be read from the source.

    Read are: a text, a choice of two, a constant of the module, a look-up in a table of the module, and a parameter of the function
    around it (then at each call of that function in the module). A code handed on from another problem is checked where that was made.
    """
    for call in calls(module.tree):
        position = makers.get(called(call).rsplit(".", 1)[-1])
        if position is not None:
            given = call.args[position] if len(call.args) > position else _keyword(call, "code", "rule")
            yield from ((call, found) for found in _read(given, call, module))


def missing_facts(call: ast.Call, sentence: str) -> set[str]:
    """The figures that a sentence mentions and the call does not give."""
    mentioned = {name.partition(".")[0] for _, name, _, _ in string.Formatter().parse(sentence) if name}
    given = {each.arg for each in call.keywords}
    return set() if None in given else mentioned - {str(name) for name in given}


def _keyword(call: ast.Call, *names: str) -> ast.expr | None:
    return next((each.value for each in call.keywords if each.arg in names), None)


def _read(code: ast.expr | None, where: ast.AST, module: Module) -> Iterator[str | None]:
    match code:
        case ast.Constant(value=str() as text):
            yield text
        case ast.IfExp():
            yield from _read(code.body, where, module)
            yield from _read(code.orelse, where, module)
        case ast.Attribute(attr="code" | "refusal" | "rule"):
            return
        case ast.Subscript(value=ast.Name(id=table)):
            yield from _texts_of_table(table, module)
        case ast.Name(id=name):
            yield from _behind(name, where, module)
        case _:
            yield None


def _behind(name: str, where: ast.AST, module: Module) -> Iterator[str | None]:
    constant = _constants(module).get(name)
    function = _around(where, module)
    if constant is not None:
        yield from _read(constant, where, module)
    elif function is not None and name in (parameters := [each.arg for each in (*function.args.posonlyargs, *function.args.args)]):
        position = parameters.index(name) - (parameters[0] in ("self", "cls"))
        for call in calls(module.tree):
            if called(call).rsplit(".", 1)[-1] == function.name:
                given = call.args[position] if len(call.args) > position else _keyword(call, name)
                yield from _read(given, call, module)
    else:
        yield None


def _constants(module: Module) -> dict[str, ast.expr]:
    found: dict[str, ast.expr] = {}
    for node in module.tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                found[name] = value
    return found


def _texts_of_table(name: str, module: Module) -> list[str | None]:
    table = _constants(module).get(name)
    values = [value for node in ast.walk(table) if isinstance(node, ast.Dict) for value in node.values] if table else []
    return [each.value if isinstance(each, ast.Constant) and isinstance(each.value, str) else None for each in values] or [None]


def _around(node: ast.AST, module: Module) -> Function | None:
    """The innermost function that this stands in."""
    holders = [function for function in functions(module.tree) if any(inner is node for inner in ast.walk(function))]
    return holders[-1] if holders else None
