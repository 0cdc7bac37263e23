"""Which encoding a text file is written in: from its first bytes, else from what decodes, else from what its letters look like."""

from __future__ import annotations

import codecs
import io
import re
from pathlib import Path
from typing import TextIO

from charset_normalizer import from_bytes

from frontdesk.domain.problems import Refused

_MARKS = (  # UTF-32 before UTF-16: its little-endian mark begins with the other's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHUNK = 1 << 20
_HIGH = re.compile(rb"[\x80-\xff]+")
_UNDEFINED_IN_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


def detect(path: Path) -> str:
    """Python's name of the encoding; never fails, because every file can be read somehow and the choice is shown."""
    with path.open("rb") as file:
        head = file.read(4096)
    mark, name = _mark(head)
    if b"\0" in head and (wide := _wide(head[len(mark) :])):
        return wide  # asked even after a mark: UTF-32 behind the mark of UTF-16 has been seen
    if name:
        return name
    broken = _first_broken(path)
    return "utf-8" if broken is None else _legacy(broken)


def opened(path: Path, encoding: str) -> TextIO:
    """The file as text behind its mark, line ends as they are.

    Bytes that do not decode stay recognisable, so that their row can be reported; UTF-16 and UTF-32 know no such way.
    """
    file = path.open("rb")
    mark, _ = _mark(file.read(4))
    file.seek(len(mark) if encoding.startswith("utf") else 0)
    errors = "replace" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
    return io.TextIOWrapper(file, encoding=encoding, errors=errors, newline="")


def check(name: str) -> str:
    """The encoding that somebody named, if there is such a one for text."""
    try:
        "".encode(name)
    except LookupError:
        raise Refused("encoding_unknown", "encoding") from None
    return codecs.lookup(name).name


def _mark(head: bytes) -> tuple[bytes, str]:
    return next(((mark, name) for mark, name in _MARKS if head.startswith(mark)), (b"", ""))


def _wide(head: bytes) -> str | None:
    """UTF-16 or UTF-32, by which bytes of the Latin letters, digits and separators in it are zero."""
    quads = len(head) // 4
    zeros = [head[place : quads * 4 : 4].count(0) * 10 >= quads * 9 for place in range(4)]
    if quads and sum(zeros) >= 2 and (zeros[1:] == [True] * 3 or zeros[:3] == [True] * 3):
        return "utf-32-le" if zeros[3] else "utf-32-be"
    pairs = len(head) // 2
    even, odd = head[: pairs * 2 : 2].count(0), head[1 : pairs * 2 : 2].count(0)
    if max(even, odd) * 10 < pairs or min(even, odd) * 10 > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _first_broken(path: Path) -> bytes | None:
    """The part of the file around the first byte that is not UTF-8, or None when all of it is."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                return chunk + file.read(_CHUNK)
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return decoder.getstate()[0]
    return None


def _legacy(sample: bytes) -> str:
    """The code page of a sample that is not UTF-8 throughout.

    Western letters stand alone between plain ones, and all western pages look alike: cp1252 is what Windows programs write.
    Only when letters run on (Cyrillic, Greek, Arabic, Chinese) is the detector asked; it calls short western texts anything.
    """
    runs = _HIGH.findall(sample)
    broken = sum(1 for run in runs if not _is_utf8(run))
    if broken * 10 <= len(runs):  # a UTF-8 file with a few damaged rows; they are reported one by one
        return "utf-8"
    if sum(map(len, runs)) < 1.7 * len(runs) and len(_UNDEFINED_IN_CP1252.findall(sample)) * 20 < len(runs):
        return "cp1252"
    lines = b"\n".join(line for line in sample.splitlines() if not line.isascii())[:65536]
    best = from_bytes(lines).best()
    return best.encoding if best else "cp1252"


def _is_utf8(run: bytes) -> bool:
    try:
        run.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
