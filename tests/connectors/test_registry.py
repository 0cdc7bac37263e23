"""Connectors by name, files by what is in them, and where a file may be written."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from frontdesk.connectors import registry, targets
from frontdesk.connectors.csv_file import CsvReader
from frontdesk.domain.problems import Refused

ROWS = [["Anna", "+41 44 123 45 67"], ["Ben", "=1+1"]]


def left_over(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_every_built_in_connector_can_be_built() -> None:
    for name in registry.names():
        assert registry.build(name) is not None


def test_a_connector_is_built_by_its_name() -> None:
    assert isinstance(registry.build("csv"), CsvReader)


def test_a_connector_that_nobody_announces_is_refused() -> None:
    with pytest.raises(Refused, match="connector_unknown"):
        registry.build("fax")


def test_a_connector_of_another_package_is_built_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    info = tmp_path / "fax-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: fax\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[frontdesk.connectors]\nfax = fax_connector:Fax\n")
    (tmp_path / "fax_connector.py").write_text("class Fax:\n    def __init__(self, number: str) -> None:\n        self.number = number\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert "fax" in registry.names()
    assert vars(registry.build("fax", number="044")) == {"number": "044"}


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="file_missing"):
        registry.read_table(tmp_path / "nowhere.csv")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="not_a_file"):
        registry.read_table(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(Refused, match="not_a_file"):
        registry.read_table(tmp_path / "pipe.csv")


@pytest.mark.parametrize("content", [b"", b"\n\n  \n", b"\xef\xbb\xbf", b",,,\n,,\n"])
def test_a_file_that_says_nothing_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "empty.csv").write_bytes(content)
    with pytest.raises(Refused, match="file_empty"):
        registry.read_table(tmp_path / "empty.csv")


@pytest.mark.parametrize("content", [b"%PDF-1.7 x", b"\x89PNG\r\n\x1a\n", b"MZ\x90\0", b"SQLite format 3\0", b"\x1f\x8b\x08", b"{\\rtf1"])
def test_a_file_of_another_kind_is_no_table(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "leads.csv").write_bytes(content + bytes(100))
    with pytest.raises(Refused, match="not_a_table"):
        registry.read_table(tmp_path / "leads.csv")


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object, **__: object) -> None:
        raise PermissionError

    (tmp_path / "leads.csv").write_text("Name\nAnna\n")
    monkeypatch.setattr(Path, "open", locked)
    with pytest.raises(Refused, match="file_not_readable"):
        registry.read_table(tmp_path / "leads.csv")


@pytest.mark.parametrize("content", ["Name\nAnna\n", '[\n{"Name": "Anna"}\n]\n'])
def test_a_file_that_goes_away_between_two_walks_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "leads.csv"
    path.write_text(content)
    table = registry.read_table(path)
    path.unlink()
    with pytest.raises(Refused, match="file_not_readable"):
        list(table.lines)


@pytest.mark.parametrize("seed", range(40))
def test_random_bytes_are_read_or_refused_and_nothing_else(tmp_path: Path, seed: int) -> None:
    import random

    content = random.Random(seed).randbytes(3000)
    (tmp_path / "noise.csv").write_bytes(content if seed % 2 else bytes(each % 96 + 32 for each in content) + b"\n")
    try:
        table = registry.read_table(tmp_path / "noise.csv")
        assert all(line.problem or len(line.cells) == len(table.headings) for line in table.lines)
    except Refused as refused:
        assert refused.code  # noqa: PT017  either is right


@pytest.mark.parametrize("suffix", registry.suffixes())
def test_what_is_written_reads_back(tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"leads{suffix}"
    assert registry.write_table(target, ["Name", "Notes"], ROWS) == 2
    assert [list(line.cells) for line in registry.read_table(target).lines] == ROWS
    assert left_over(tmp_path) == [target.name]


def test_an_ending_that_nothing_writes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="file_kind_unknown"):
        registry.write_table(tmp_path / "leads.exe", ["Name"], ROWS)


@pytest.mark.parametrize("suffix", registry.suffixes())
def test_an_existing_file_stays_unless_told_otherwise(tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"leads{suffix}"
    target.write_text("precious")
    with pytest.raises(Refused, match="file_exists"):
        registry.write_table(target, ["Name", "Notes"], ROWS)
    assert target.read_text() == "precious"
    registry.write_table(target, ["Name", "Notes"], ROWS, overwrite=True)
    assert len(list(registry.read_table(target).lines)) == 2


def test_a_file_that_appears_while_writing_stays(tmp_path: Path) -> None:
    target = tmp_path / "leads.csv"

    def rows() -> Iterator[Sequence[str]]:
        target.write_text("somebody else's")
        yield ["Anna", ""]

    with pytest.raises(Refused, match="file_exists"):
        registry.write_table(target, ["Name", "Notes"], rows())
    assert (target.read_text(), left_over(tmp_path)) == ("somebody else's", ["leads.csv"])


def test_where_the_file_system_knows_no_links_a_file_is_still_written_and_none_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", no_links)
    target = tmp_path / "leads.csv"
    assert registry.write_table(target, ["Name", "Notes"], ROWS) == 2

    def rows() -> Iterator[Sequence[str]]:
        (tmp_path / "other.csv").write_text("somebody else's")
        yield ["Anna", ""]

    with pytest.raises(Refused, match="file_exists"):
        registry.write_table(tmp_path / "other.csv", ["Name", "Notes"], rows())
    assert (tmp_path / "other.csv").read_text() == "somebody else's"


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "disk_full"), (errno.EACCES, "folder_not_writable"), (errno.EIO, "folder_not_writable")]
)
def test_a_failed_export_leaves_nothing_behind(tmp_path: Path, number: int, code: str) -> None:
    def rows() -> Iterator[Sequence[str]]:
        yield ["Anna", ""]
        raise OSError(number, "no")

    for suffix in registry.suffixes():
        with pytest.raises(Refused, match=code):
            registry.write_table(tmp_path / f"leads{suffix}", ["Name", "Notes"], rows())
    assert left_over(tmp_path) == []


def test_a_link_that_leads_elsewhere_is_not_written_through(tmp_path: Path) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_text("precious")
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "leads.csv").symlink_to(outside)
    with pytest.raises(Refused, match="file_exists"):
        registry.write_table(folder / "leads.csv", ["Name", "Notes"], ROWS)
    registry.write_table(folder / "leads.csv", ["Name", "Notes"], ROWS, overwrite=True)
    assert outside.read_text() == "precious"


NAMES = [
    "../../etc/passwd", "..\\..\\x", "/etc/passwd", "C:\\x", "CON", "nul.txt", "a/b", "a\x00b", ".", "..", " ", "x" * 400, "\u202etxt.exe", "~root",
    "\\\\server\\share\\x", "COM1", "lpt9.x", "con .y", ".hidden", "a:b", "", "\n", "ａ／ｂ",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_any_text_becomes_a_harmless_name_inside_the_folder(tmp_path: Path, name: str) -> None:
    safe = targets.safe_name(name, ".csv")
    path = targets.inside(tmp_path, safe)
    assert path.parent == tmp_path.resolve()
    assert len(safe) <= 90
    assert not set(safe) & set('/\\:\x00\n"<>|?*\u202e')
    assert safe.split(".")[0].strip().lower() not in {"con", "nul", "com1", "lpt9"}
    assert not safe.startswith(".")
    registry.write_table(path, ["Name", "Notes"], ROWS)
    assert left_over(tmp_path) == [safe]


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x", "..", ".", "", "a\\b", "C:x", "a\0b"])
def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused, match="file_name_unusable"):
        targets.inside(tmp_path, name)
