"""Files made to do harm (quality.md row 21): little memory, one sentence or a report by rows, and never half an import."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.shell import Answer, Shell
from tests.faults.practice import content, is_plain

ROOT = Path(__file__).resolve().parents[2]
MEGABYTE = 1_000_000
MOST_MEMORY = 500 * MEGABYTE
HEADINGS = "External ID,Name,Phone,Email,Notes\n"

LIMITED = """
import json, resource, sys
if sys.argv[1] != "0":
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]),) * 2)
from frontdesk import cli
code = cli.main(sys.argv[2:], window=None)
# VmHWM, not ru_maxrss: that one begins with the size of the process that started this one, and a worker that has run for long is large
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps({"peak": int(peak) * 1024}), file=sys.stderr)
raise SystemExit(code)
"""


def limited(shell: Shell, *words: str, memory: int = 3 * MOST_MEMORY) -> tuple[Answer, int]:
    """Run a command in a process that may take so much address space (code and libraries count too), and its peak of real memory."""
    command = [sys.executable, "-c", LIMITED, str(memory), "--database", str(shell.place), *words]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=3000)
    assert "Traceback" not in ran.stderr, ran.stderr
    *said, told = ran.stderr.splitlines(keepends=True)
    return Answer(ran.returncode, ran.stdout, "".join(said)), int(json.loads(told)["peak"])


def table(path: Path, megabytes: float) -> int:
    """A CSV file of about this size, with long notes; the number of its rows."""
    rows, size = 0, 0
    with path.open("w", encoding="utf-8") as file:
        size += file.write(HEADINGS)
        while size < megabytes * MEGABYTE:
            rows += 1
            size += file.write(f"K{rows},Name {rows},020 {rows:08},n{rows}@example.com,{'x' * 1900} {rows}\n")
    return rows


@pytest.mark.parametrize("megabytes", [2, pytest.param(100, marks=pytest.mark.slow), pytest.param(1000, marks=pytest.mark.slow)])
def test_a_csv_file_of_any_size_is_read_in_little_memory(shell: Shell, tmp_path: Path, megabytes: int) -> None:
    path = tmp_path / "big.csv"
    rows = table(path, megabytes)
    answer, peak = limited(shell, "import", str(path), "--json")
    sys.stdout.write(f"{megabytes} MB, {rows} rows: {peak // MEGABYTE} MB of memory at most\n")
    assert (answer.code, answer.err) == (0, "")
    assert (answer.json["created"], answer.json["refused"]) == (rows, [])
    assert peak <= MOST_MEMORY


ROWS: dict[str, tuple[bytes, list[int]]] = {
    "a cell of ten megabytes": (b"K2,Big,020 7946 0002,," + b"x" * 10 * MEGABYTE + b"\n", [3]),
    "a zero character": (b"K2,N\0ul,020 7946 0002,,\n", [3]),
    "bytes of another encoding": (b"K2,\xff\xfe\xfa,020 7946 0002,,\n", [3]),
    "an open quotation mark": (b'K2,"Open,020 7946 0002,,\n', [3]),
    "too many cells": (b"K2,Wide,020 7946 0002,,,,,,x\n", [3]),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_hostile_row_is_reported_with_its_line_and_the_others_are_read(shell: Shell, tmp_path: Path, name: str) -> None:
    row, refused = ROWS[name]
    path = tmp_path / "in.csv"
    good = "".join(f"G{number},Good {number},020 7946 1{number:03},,\n" for number in range(40))
    path.write_bytes(HEADINGS.encode() + b"K1,First,020 7946 0001,,\n" + row + good.encode())
    told = shell.ok("import", str(path), "--encoding", "utf-8")
    assert [each["line"] for each in told["refused"]] == refused
    assert all(each["sentence"] for each in told["refused"])
    assert told["created"] == 41


EXACT = {
    "right to left": "Mia \u202eeiM\u202c Meyer",
    "combining marks": "a" + "\u0301" * 200,
    "emoji": "\U0001f9d1\u200d\u2695\ufe0f \U0001f1ec\U0001f1e7",
    "twenty thousand characters": "n" * 20_000,
    "lines": "one\ntwo\n\nthree",
    "quotation marks": 'she said "no", twice; then\tleft',
}


def test_odd_text_is_stored_exactly_from_csv_and_json(shell: Shell, tmp_path: Path) -> None:
    import csv

    target = tmp_path / "in.csv"
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [["Name", "Phone", "Notes"], *([f"P{i}", f"020 7946 00{i:02}", text] for i, text in enumerate(EXACT.values()))]
        )
    assert shell.ok("import", str(target))["created"] == len(EXACT)
    for place, text in enumerate(EXACT.values()):
        lead = shell.ok("leads", "--search", f"00{place:02}")[0]
        assert text in [each["note"] for each in shell.ok("lead", lead["id"])["timeline"]]


def test_the_wrong_encoding_is_refused_or_reported_and_never_stored_as_rubbish(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes("Name,Phone\nJürgen Müller,020 7946 0001\nZoë Smith,020 7946 0002\n".encode("cp1252"))
    told = shell.ok("import", str(path), "--encoding", "utf-8")
    assert [each["line"] for each in told["refused"]] == [2, 3]
    told = shell.ok("import", str(path))
    assert told["created"] == 2
    assert {each["name"] for each in shell.ok("leads")} == {"Jürgen Müller", "Zoë Smith"}
    assert "encoding" in shell.refused("import", str(path), "--encoding", "nonsense")


# ------------------------------------------------------------------------------------------------------------ workbooks

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override '
    'PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>'
)
WORKBOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>'
)
CELL = '<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet(rows: Iterable[tuple[str, str]], *, head: str = "") -> str:
    lines = "".join(
        f'<row r="{number}">{CELL.format(place=f"A{number}", text=name)}{CELL.format(place=f"B{number}", text=phone)}</row>'
        for number, (name, phone) in enumerate(rows, 1)
    )
    return f'<?xml version="1.0"?>{head}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{lines}</sheetData></worksheet>'


def workbook(path: Path, body: str | Callable[[Any], None]) -> None:
    """An XLSX file of one sheet; `body` is its text, or writes it piece by piece."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("_rels/.rels", RELATIONS.format(kind="officeDocument", target="xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", WORKBOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS.format(kind="worksheet", target="worksheets/sheet1.xml"))
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            if isinstance(body, str):
                part.write(body.encode())
            else:
                body(part)


GOOD = [("Name", "Phone"), ("Mia Meyer", "020 7946 0001")]


def bomb(part: Any) -> None:
    """A sheet of nothing but one letter, 400 megabytes unpacked."""
    part.write(
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>'
    )
    for _ in range(400):
        part.write(b"9" * MEGABYTE)
    part.write(b"</v></c></row></sheetData></worksheet>")


def entity(address: str) -> str:
    return sheet([*GOOD, ("&secret;", "020 7946 0002")], head=f'<!DOCTYPE x [<!ENTITY secret SYSTEM "{address}">]>')


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
WORKBOOKS: dict[str, str | Callable[[Any], None]] = {
    "a zip bomb": bomb,
    "an external entity": "entity",
    "entities that multiply": sheet([*GOOD, ("&l9;", "020 7946 0002")], head=f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'),
    "a sheet that is cut off": sheet(GOOD)[:-60],
    "cells at opposite corners": sheet(GOOD).replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    ),
}


def test_the_workbook_of_these_tests_is_read(shell: Shell, tmp_path: Path) -> None:
    workbook(tmp_path / "in.xlsx", sheet(GOOD))
    assert shell.ok("import", str(tmp_path / "in.xlsx"))["created"] == 1


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_hostile_workbook_is_refused_or_read_without_harm(shell: Shell, tmp_path: Path, name: str) -> None:
    path, secret = tmp_path / "in.xlsx", tmp_path / "secret.txt"
    secret.write_text("the secret of this computer")
    body = WORKBOOKS[name]
    workbook(path, entity(secret.as_uri()) if body == "entity" else body)
    before = content(Path(shell.place))
    answer, peak = limited(shell, "import", str(path)) if name == "a zip bomb" else (shell.run("import", str(path)), 0)
    assert is_plain(answer), answer
    assert peak <= MOST_MEMORY
    assert "secret of this" not in answer.out + answer.err + json.dumps([each["name"] for each in shell.ok("leads")])
    if answer.code:
        assert content(Path(shell.place)) == before


def test_half_a_file_is_never_imported(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("Name,Phone,Status\nMia,020 7946 0001,new\nZoe,020 7946 0002,nonsense\n")
    before = content(Path(shell.place))
    assert "nonsense" in shell.refused("import", str(path))
    assert content(Path(shell.place)) == before
