"""What is looked at before a workbook is opened, because opening a hostile one would end the program.

Sizes are checked in the archive's directory, every part is unpacked once (which proves its declared size and checksum), and the sheets are
gone through for where their cells lie (`extents`).
"""

from __future__ import annotations

import zlib
from pathlib import Path
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from frontdesk.connectors.spreadsheet import extents
from frontdesk.connectors.spreadsheet.extents import LongNumbers
from frontdesk.domain.problems import Refused

LARGEST_UNPACKED = 320 << 20
LARGEST_RATIO = 200
"""Deflate reaches 1,032:1 on nothing but zeros; the most monotonous real sheet stays below 60:1."""

_BROKEN = (BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
"""What the standard library raises at damaged archives and parts."""


def inspect(path: Path) -> LongNumbers:
    """Refuse what cannot be opened safely; else say which whole numbers are too long to survive reading."""
    found: LongNumbers = {}
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
            _check_sizes(parts)
            for part in parts:
                _inspected(archive, part, found)
    except _BROKEN:
        raise Refused("workbook_damaged", "file") from None
    return found


def kind(path: Path) -> str:
    """Which kind of workbook an archive is, by its parts: "xlsx" or "ods"; anything else is refused."""
    try:
        with ZipFile(path) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and b"opendocument.spreadsheet" in archive.open("mimetype").read(200):
                return "ods"
    except _BROKEN:
        raise Refused("workbook_damaged", "file") from None
    if any(name.lower() == "xl/workbook.xml" for name in names):
        return "xlsx"
    raise Refused("not_a_table", "file")


def _check_sizes(parts: list[ZipInfo]) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("workbook_encrypted", "file")
    unpacked = sum(part.file_size for part in parts)
    bomb = any(part.file_size > 16 << 20 and part.file_size > LARGEST_RATIO * max(part.compress_size, 1) for part in parts)
    if unpacked > LARGEST_UNPACKED or bomb:
        raise Refused("workbook_too_large", "file", most=LARGEST_UNPACKED)


def _inspected(archive: ZipFile, part: ZipInfo, found: LongNumbers) -> None:
    """Unpack one part to its end, which checks its sum, looking for cells: any part may be a sheet, whatever its name."""
    with archive.open(part) as stream:
        if part.filename.lower() == "content.xml":
            extents.of_ods(stream)
        else:
            extents.of_xlsx(stream, found)
