"""Lists of objects, of our own and of other programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.connectors.json_file import JsonReader, JsonWriter
from frontdesk.connectors.registry import read_table
from frontdesk.domain.ports import Choices
from frontdesk.domain.problems import Refused


def written(folder: Path, content: str) -> Path:
    path = folder / "leads.json"
    path.write_text(content, encoding="utf-8")
    return path


def cells(path: Path) -> list[tuple[str, ...]]:
    return [line.cells for line in read_table(path).lines]


@pytest.mark.parametrize("rows", [[], [["Anna", "+41 44"]], [["Anna", "=1+1"], ['Zoë \u2028\n"x"', "1390726237298631770"]]])
def test_what_is_written_reads_back_exactly(tmp_path: Path, rows: list[list[str]]) -> None:
    path = tmp_path / "out.json"
    assert JsonWriter().write(path, ["Name", "Phone"], rows) == len(rows)
    if rows:
        assert [list(row) for row in cells(path)] == rows
    else:
        with pytest.raises(Refused, match="file_empty"):
            read_table(path)


def test_a_list_of_another_program_is_read_with_every_name_that_occurs(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        '\ufeff[ {"id": 1390726237298631770, "phones": ["1", "2"], "test": false},\n {"name": "Anna", "id": 1.50, "more": {"a": 1}, "x": null} ]',
    )
    assert read_table(path).headings == ("id", "phones", "test", "name", "more", "x")
    assert cells(path) == [("1390726237298631770", "1 ::: 2", "FALSE", "", "", ""), ("1.50", "", "", "Anna", '{"a": "1"}', "")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('[{"a": 1},', "json_damaged"),
        ('[\n{"a": "1"},\n{"a": "2"', "json_damaged"),
        ('[\n{"a": "1"}\n]\n{"b": 1}\n', "json_damaged"),
        ("[" * 100_000, "json_damaged"),
        ('[{"a": "\ud800"}]', "json_damaged"),
        ('[{"a": 1}, 2]', "not_a_table"),
        ("[]", "file_empty"),
        ('[\n{"a": "1"},\n2\n]\n', "not_a_table"),
        ('[\n{"a": "1"}\n, "', "json_damaged"),
    ],
)
def test_a_list_that_is_none_is_refused(tmp_path: Path, content: str, code: str) -> None:
    path = tmp_path / "leads.json"
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    with pytest.raises(Refused, match=code):
        list(JsonReader().read(path, Choices()).lines)


def test_blank_lines_and_rows_are_passed_over(tmp_path: Path) -> None:
    assert cells(written(tmp_path, '[\n{"a": "1"},\n\n{"a": ""},\n{"a": "2"}\n]\n\n')) == [("1",), ("2",)]


def test_one_object_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="not_a_table"):
        list(JsonReader().read(written(tmp_path, '{"a": 1}'), Choices()).lines)


def test_a_list_too_large_to_be_read_whole_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frontdesk.connectors.json_file.LARGEST", 20)
    with pytest.raises(Refused, match="json_too_large"):
        read_table(written(tmp_path, '[{"a": "1"}, {"a": "2"}]'))


def test_a_text_file_that_begins_with_a_bracket_is_a_text_file(tmp_path: Path) -> None:
    assert read_table(written(tmp_path, "[Name],Phone\nAnna,044 123 45 67\n")).headings == ("[Name]", "Phone")
