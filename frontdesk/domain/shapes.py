"""Read a mapping from a file as a typed shape, or say in codes where it does not fit: what msgspec says is for programmers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeVar

import msgspec
from msgspec import inspect

from frontdesk.domain.problems import Refused

Shape = TypeVar("Shape")

_NAMED = re.compile(r"(unknown|required) field `([^`]*)`")
_VALUE = re.compile(r"Invalid enum value '?([^']*)")
_KIND = re.compile(r"Expected `([^`]*)`(?: >= (\d+))?")
_STEP = re.compile(r"[^.\[\]]+|\[[^\]]*\]")


def shaped(mapping: Mapping[str, object], shape: type[Shape], whole: str) -> Shape:
    """The mapping as a shape.

    Raises:
        Refused: `word_unknown`, `word_missing`, `value_not_known` or `kind_wrong`; `field` is the place (`statuses[1].colour`, or `whole`
            when it is all of it), `choices` what could stand there.
    """
    try:
        return msgspec.convert(mapping, shape)
    except msgspec.ValidationError as problem:
        raise _refused(str(problem), shape, whole) from None


def _refused(message: str, shape: type[Shape], whole: str) -> Refused:
    sentence, _, at = message.partition(" - at ")
    place = at.rpartition("$")[2].strip("`.")
    steps = _STEP.findall(place)
    if named := _NAMED.search(sentence):
        field = f"{place}.{named[2]}" if place else named[2]
        if named[1] == "required":
            return Refused("word_missing", field, word=named[2])
        return Refused("word_unknown", field, word=named[2], choices=_words(shape, steps))
    if value := _VALUE.match(sentence):
        kind = next(step for step in reversed(steps) if not step.startswith("["))
        of_key = ["key"] if at.startswith("`key`") else []
        return Refused("value_not_known", place, word=value[1], kind=kind, choices=_values(shape, [*steps, *of_key]))
    wanted = _KIND.findall(sentence)
    kinds = [kind for names, least in wanted for kind in (["count"] if least else names.split(" | ")) if kind != "null"]
    return Refused("kind_wrong", place or whole, wanted=tuple(kinds))


def _words(shape: type[Shape], steps: list[str]) -> tuple[str, ...]:
    """The words that a table may have."""
    return tuple(field.encode_name for kind in _kinds(shape, steps) if isinstance(kind, inspect.StructType) for field in kind.fields)


def _values(shape: type[Shape], steps: list[str]) -> tuple[str, ...]:
    """The words that may stand at a place."""
    kinds = _kinds(shape, steps)
    members = [str(each.value) for kind in kinds if isinstance(kind, inspect.EnumType) for each in kind.cls]
    return (*members, *(str(each) for kind in kinds if isinstance(kind, inspect.LiteralType) for each in kind.values))


def _kinds(shape: type[Shape], steps: list[str]) -> list[inspect.Type]:
    """What may stand at a place, found by going there from the whole."""
    kinds = [inspect.type_info(shape)]
    for step in steps:
        kinds = [inner for kind in kinds for inner in _inside(kind, step)]
    return kinds


def _inside(kind: inspect.Type, step: str) -> Iterator[inspect.Type]:
    """What lies one step inside; `key` is that of a dictionary."""
    if isinstance(kind, inspect.StructType):
        found = [field.type for field in kind.fields if field.encode_name == step]
    else:
        found = [getattr(kind, name) for name in (f"{step}_type", "item_type", "value_type") if hasattr(kind, name)]
    for inner in found[:1]:
        yield from inner.types if isinstance(inner, inspect.UnionType) else (inner,)
