"""Read a mapping from a file as a typed shape, or say where it does not fit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

import msgspec

from frontdesk.domain.problems import Refused

Shape = TypeVar("Shape")

_NAMED = re.compile(r"(?:unknown|required) field `([^`]*)`")


def shaped(mapping: Mapping[str, object], shape: type[Shape], code: str, whole: str) -> Shape:
    """The mapping as a shape.

    Raises:
        Refused: `code`; `field` is the place (`statuses[1].colour`, or `whole` when it is all of it), `detail` what is wrong there.
    """
    try:
        return msgspec.convert(mapping, shape)
    except msgspec.ValidationError as problem:
        sentence, _, place = str(problem).partition(" - at ")
        named = _NAMED.search(sentence)
        steps = [place.rpartition("$")[2].strip("`."), named[1] if named else ""]
        raise Refused(code, ".".join(step for step in steps if step) or whole, detail=sentence) from None
