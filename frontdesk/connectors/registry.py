"""Name to connector: the built-in ones, and those that other packages announce under the entry point `frontdesk.connectors`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import cast

from frontdesk.connectors.targets import inside, safe_name, write_whole
from frontdesk.domain.ports import Choices, Table, TableReader, TableWriter
from frontdesk.domain.problems import Refused

__all__ = ["build", "inside", "names", "read_table", "safe_name", "suffixes", "write_table"]

GROUP = "frontdesk.connectors"
_BUILT_IN = {
    "csv": "frontdesk.connectors.csv_file:CsvReader",
    "spreadsheet": "frontdesk.connectors.spreadsheet:SpreadsheetReader",
    "json": "frontdesk.connectors.json_file:JsonReader",
    "csv_out": "frontdesk.connectors.csv_file:CsvWriter",
    "json_out": "frontdesk.connectors.json_file:JsonWriter",
    "xlsx_out": "frontdesk.connectors.spreadsheet:XlsxWriter",
}
_READERS = ("spreadsheet", "json", "csv")
"""In the order they are asked; text is what nothing else claims."""

_WRITERS = {".csv": "csv_out", ".xlsx": "xlsx_out", ".json": "json_out"}
_NO_TABLE = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"MZ",
    b"SQLite format 3",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"{\\rtf",
)
"""Files that are often chosen by mistake; any of them would otherwise be read as a very odd text."""


def names() -> tuple[str, ...]:
    """Every connector there is, by name."""
    return tuple(sorted({*_BUILT_IN, *(point.name for point in entry_points(group=GROUP))}))


def build(name: str, **settings: object) -> object:
    """The connector of that name, made with its settings; what it can do is said by the Protocol it fulfils."""
    if name in _BUILT_IN:
        module, _, attribute = _BUILT_IN[name].partition(":")
        return getattr(import_module(module), attribute)(**settings)
    return _foreign(name).load()(**settings)


def read_table(path: Path, choices: Choices | None = None) -> Table:
    """A file as a table, read by what is in it and not by its name; one that is none is refused."""
    try:
        return _reader(_first_bytes(path)).read(path, choices or Choices())
    except OSError:
        raise Refused("file_not_readable", "file") from None


def write_table(target: Path, headings: Sequence[str], rows: Iterable[Sequence[str]], *, overwrite: bool = False) -> int:
    """Write a CSV, XLSX or JSON file, as the name ends; complete or not at all, and never over another unless told."""
    name = _WRITERS.get(target.suffix.lower())
    if name is None:
        raise Refused("file_kind_unknown", "file")
    writer = cast("TableWriter", build(name))
    return write_whole(inside(target.parent, target.name), lambda unfinished: writer.write(unfinished, headings, rows), overwrite=overwrite)


def suffixes() -> tuple[str, ...]:
    """The endings of file names that can be written."""
    return tuple(_WRITERS)


def _first_bytes(path: Path) -> bytes:
    if not path.exists():
        raise Refused("file_missing", "file")
    if not path.is_file():
        raise Refused("not_a_file", "file")
    with path.open("rb") as file:
        first = file.read(16)
    if not first:
        raise Refused("file_empty", "file")
    if first.startswith(_NO_TABLE):
        raise Refused("not_a_table", "file")
    return first


def _reader(first: bytes) -> TableReader:
    readers = (cast("TableReader", build(name)) for name in _READERS)
    return next(reader for reader in readers if reader.claims(first))


def _foreign(name: str) -> EntryPoint:
    for point in entry_points(group=GROUP, name=name):
        return point
    raise Refused("connector_unknown", "name")
