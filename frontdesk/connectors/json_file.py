"""A JSON list of objects as a table, and back: one object a row, every value a text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

from frontdesk.domain.ports import Cells, Choices, Line, Shape, Table
from frontdesk.domain.problems import Refused

LARGEST = 64 << 20
"""A list that is not written one object a line is read whole, so it must fit in memory."""

_SEVERAL = " ::: "
"""What joins the values of a list inside a cell, as in the exports of Google Contacts."""

_LIST = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*(?:[{\]]|$)")


class JsonReader:
    """Reads lists of objects; files of our own line by line."""

    def claims(self, first: bytes) -> bool:
        """Whether a list of objects begins here."""
        return _LIST.match(first) is not None

    def read(self, path: Path, choices: Choices) -> Table:
        """The list as a table; see `TableReader`. The names of the values are the headings, in the order they first appear."""
        headings = tuple(dict.fromkeys(name for _, record in _objects(path) for name in record))
        if not headings:
            raise Refused("file_empty", "file")
        return Table(headings, Shape(encoding="utf-8", heading_line=1), _Body(path, headings))


class JsonWriter:
    """One object a line, so that large files can be read line by line too."""

    def write(self, path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
        """Write headings and rows; see `TableWriter`."""
        count = 0
        with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write("[")
            for count, row in enumerate(rows, start=1):
                separator = "\n" if count == 1 else ",\n"
                file.write(separator + json.dumps(dict(zip(headings, row, strict=True)), ensure_ascii=False))
            file.write("\n]\n")
        return count


@dataclass(frozen=True, slots=True)
class _Body:
    path: Path
    headings: Cells

    def __iter__(self) -> Iterator[Line]:
        for number, record in _objects(self.path):
            cells = tuple(_text(record.get(heading)) for heading in self.headings)
            if any(cells):
                yield Line(number, cells)


def _objects(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    """Every object with the line it stands in; its number in the list when the file is not written line by line."""
    try:
        if _is_by_line(path):
            yield from _by_line(path)
        elif path.stat().st_size > LARGEST:
            raise Refused("json_too_large", "file", most=LARGEST)
        else:
            yield from _whole(path)
    except (ValueError, RecursionError):
        raise Refused("json_damaged", "file") from None
    except OSError:
        raise Refused("file_not_readable", "file") from None


def _is_by_line(path: Path) -> bool:
    with path.open(encoding="utf-8-sig") as file:
        first = [file.readline(LARGEST).strip() for _ in range(2)]
    return first[0] == "[" and (first[1] == "]" or (first[1].startswith("{") and first[1].rstrip(",").endswith("}")))


def _by_line(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    closed = False
    with path.open(encoding="utf-8-sig", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            bare = line.strip()
            if closed and bare:
                raise ValueError
            closed = closed or bare == "]"
            if number > 1 and bare and not closed:
                yield number, _object(_parsed(bare.removesuffix(",")))
    if not closed:
        raise ValueError


def _whole(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    records = _parsed(path.read_text(encoding="utf-8-sig"))
    if not isinstance(records, list):
        raise Refused("not_a_table", "file")
    yield from ((number, _object(record)) for number, record in enumerate(records, start=1))


def _parsed(text: str) -> object:
    """Numbers stay as they are written: ids of 19 digits are ids, not quantities."""
    return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)


def _object(value: object) -> dict[str, object]:
    if not _is_object(value):
        raise Refused("not_a_table", "file")
    return value


def _is_object(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, list):
        return _SEVERAL.join(map(_text, value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
