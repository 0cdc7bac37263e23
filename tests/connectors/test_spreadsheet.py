"""Workbooks: cells stay text, several sheets, and nothing hostile is ever opened."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import PasswordError

from frontdesk.connectors.registry import read_table
from frontdesk.connectors.spreadsheet import SpreadsheetReader
from frontdesk.domain.ports import Choices, Table
from frontdesk.domain.problems import Refused

SHEET = "xl/worksheets/sheet1.xml"


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    """An XLSX file with these sheets; strings stay strings."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        day, moment, hour = (book.add_format({"num_format": form}) for form in ("dd/mm/yyyy", "dd/mm/yyyy hh:mm", "hh:mm"))
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    form = (
                        moment
                        if isinstance(cell, datetime)
                        else day
                        if isinstance(cell, date)
                        else hour
                        if isinstance(cell, time)
                        else None
                    )
                    sheet.write(number, column, cell, form)
    return path


def altered(source: Path, target: Path, change: Callable[[str, bytes], bytes | None], *, extra: dict[str, bytes] | None = None) -> Path:
    """The same archive with its parts changed; None drops one."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return target


def ods(path: Path, content: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        )
        archive.writestr(
            "content.xml",
            '<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
            f"<office:body><office:spreadsheet>{content}</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def text_cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


def cells(table: Table) -> list[tuple[str, ...]]:
    return [line.cells for line in table.lines]


@pytest.fixture
def leads(tmp_path: Path) -> Path:
    return workbook(tmp_path / "leads.xlsx", Leads=[["Name", "Phone"], ["Anna", "+41 44 123 45 67"], ["Ben", "044"]])


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("007", "007"),
        ("+41 44 123 45 67", "+41 44 123 45 67"),
        ("1390726237298631770", "1390726237298631770"),
        ("1.23E+14", "1.23E+14"),
        ("=1+1", "=1+1"),
        (41441234567, "41441234567"),
        (12.5, "12.5"),
        (43774.58, "43774.58"),
        (1.23e14, "123000000000000"),
        (True, "TRUE"),
        (False, "FALSE"),
        (date(2024, 3, 12), "2024-03-12"),
        (datetime.fromisoformat("2024-03-12T09:14"), "2024-03-12 09:14:00"),
        (time(9, 14), "09:14:00"),
    ],
)
def test_a_cell_is_the_text_that_people_see(tmp_path: Path, cell: object, text: str) -> None:
    path = workbook(tmp_path / "leads.xlsx", Leads=[["Name", "Value"], ["Anna", cell], ["Ben", "x"]])
    assert cells(SpreadsheetReader().read(path, Choices())) == [("Anna", text), ("Ben", "x")]


def test_an_id_of_nineteen_digits_that_was_stored_as_a_number_keeps_its_digits(tmp_path: Path) -> None:
    source = workbook(tmp_path / "a.xlsx", Leads=[["Name", "Lead id"], ["Anna", 1234567890123456], ["Ben", 5]])
    path = altered(source, tmp_path / "b.xlsx", lambda name, part: part.replace(b"1234567890123456", b"1390726237298631770"))
    assert cells(SpreadsheetReader().read(path, Choices())) == [("Anna", "1390726237298631770"), ("Ben", "5")]


def test_a_number_beyond_exactness_is_written_with_an_exponent(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", Leads=[["Name", "Lead id"], ["Anna", 1.5e20], ["Ben", 5]])
    assert cells(SpreadsheetReader().read(path, Choices()))[0] == ("Anna", "1.5E+20")


def test_a_workbook_is_recognised_by_what_is_in_it(leads: Path, tmp_path: Path) -> None:
    path = leads.rename(tmp_path / "leads.csv")
    assert read_table(path).headings == ("Name", "Phone")


def test_the_first_sheet_that_holds_something_is_read_and_all_are_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "leads.xlsx", Cover=[], Leads=[["Name"], ["Anna"]], Old=[["Name"], ["Ben"]])
    table = SpreadsheetReader().read(path, Choices())
    assert (table.shape.sheet, table.shape.sheets, cells(table)) == ("Leads", ("Cover", "Leads", "Old"), [("Anna",)])


def test_a_chosen_sheet_is_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "leads.xlsx", Leads=[["Name"], ["Anna"]], Old=[["Name"], ["Ben"]])
    assert cells(SpreadsheetReader().read(path, Choices(sheet="Old"))) == [("Ben",)]


def test_a_sheet_that_there_is_not_is_refused(leads: Path) -> None:
    with pytest.raises(Refused, match="sheet_unknown"):
        SpreadsheetReader().read(leads, Choices(sheet="Leeds"))


@pytest.mark.parametrize("rows", [[], [[" ", ""], [" "]]])
def test_a_workbook_that_says_nothing_is_refused(tmp_path: Path, rows: list[list[object]]) -> None:
    with pytest.raises(Refused, match="file_empty"):
        SpreadsheetReader().read(workbook(tmp_path / "empty.xlsx", A=[], B=rows), Choices())


def test_a_chosen_sheet_that_says_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="file_empty"):
        SpreadsheetReader().read(workbook(tmp_path / "empty.xlsx", A=[["Name"], ["Anna"]], B=[]), Choices(sheet="B"))


def test_a_sheet_of_charts_is_no_sheet_of_leads(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "leads.xlsx")) as book:
        book.add_chartsheet("Chart").set_chart(chart := book.add_chart({"type": "line"}))
        sheet = book.add_worksheet("Leads")
        sheet.write_column(0, 0, ["Name", "Anna"])
        chart.add_series({"values": "=Leads!$A$1:$A$2"})
    table = SpreadsheetReader().read(tmp_path / "leads.xlsx", Choices())
    assert (table.shape.sheets, cells(table)) == (("Leads",), [("Anna",)])


def test_a_length_of_time_is_hours_minutes_and_seconds(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "leads.xlsx")) as book:
        sheet = book.add_worksheet("Leads")
        sheet.write_row(0, 0, ["Name", "Call"])
        sheet.write_row(1, 0, ["Anna"])
        sheet.write_number(1, 1, 1.5, book.add_format({"num_format": "[h]:mm:ss"}))
    assert cells(SpreadsheetReader().read(tmp_path / "leads.xlsx", Choices())) == [("Anna", "36:00:00")]


def test_a_panic_of_the_library_is_a_damaged_workbook(leads: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    monkeypatch.setattr("frontdesk.connectors.spreadsheet.reader.CalamineWorkbook", _failing(PanicException))
    with pytest.raises(Refused, match="workbook_damaged"):
        read_table(leads)


def test_a_password_that_the_library_asks_for_is_said(leads: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frontdesk.connectors.spreadsheet.reader.CalamineWorkbook", _failing(PasswordError))
    with pytest.raises(Refused, match="workbook_encrypted"):
        read_table(leads)


def test_being_stopped_by_the_user_is_no_damage(leads: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frontdesk.connectors.spreadsheet.reader.CalamineWorkbook", _failing(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        read_table(leads)


def test_an_xls_file_of_no_reasonable_size_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frontdesk.connectors.spreadsheet.reader.LARGEST_XLS", 100)
    (tmp_path / "leads.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(200))
    with pytest.raises(Refused, match="workbook_too_large"):
        read_table(tmp_path / "leads.xls")


def _failing(problem: type[BaseException]) -> type:
    class Workbook:
        @staticmethod
        def from_path(_: str) -> None:
            raise problem

    return Workbook


def test_lines_are_numbered_as_the_spreadsheet_program_does(tmp_path: Path) -> None:
    rows: list[list[object]] = [[], ["", "Enquiries"], [], ["", "Name", "Phone"], ["", "Anna", "1"], [], ["", "Ben", "2"]]
    table = SpreadsheetReader().read(workbook(tmp_path / "leads.xlsx", Leads=rows), Choices())
    assert (table.headings, table.shape.heading_line) == (("Name", "Phone"), 4)
    assert [(line.number, line.cells) for line in table.lines] == [(5, ("Anna", "1")), (7, ("Ben", "2"))]


def test_a_sheet_without_a_heading_row_is_recognised(tmp_path: Path) -> None:
    path = workbook(tmp_path / "leads.xlsx", Leads=[["Anna", "+41 44 123 45 67"], ["Ben", "+41 44 123 45 68"]])
    table = SpreadsheetReader().read(path, Choices())
    assert (table.shape.certain, table.headings, len(cells(table))) == (False, ("Column 1", "Column 2"), 2)


def test_who_says_that_the_first_row_is_the_heading_is_believed(tmp_path: Path) -> None:
    path = workbook(tmp_path / "leads.xlsx", Leads=[[2023, 2024], [5, 6]])
    table = SpreadsheetReader().read(path, Choices(heading=True))
    assert (table.headings, cells(table)) == (("2023", "2024"), [("5", "6")])


def test_a_row_wider_than_the_heading_is_reported(tmp_path: Path) -> None:
    table = SpreadsheetReader().read(
        workbook(tmp_path / "leads.xlsx", Leads=[["Name", "Ort"], ["Anna", "Bern", "x"], ["Ben", "Biel"]]), Choices()
    )
    assert [(line.number, line.problem) for line in table.lines] == [(2, "cell_count"), (3, None)]


def test_a_cell_of_ten_megabytes_is_reported_and_the_next_row_is_read(tmp_path: Path) -> None:
    source = workbook(tmp_path / "a.xlsx", Leads=[["Name", "Notes"], ["Anna", "PLACE"], ["Ben", "y"]])
    noise = random.Random(5).randbytes(5_000_000).hex().encode()
    path = altered(source, tmp_path / "b.xlsx", lambda name, part: part.replace(b"PLACE", noise))
    assert [line.problem for line in SpreadsheetReader().read(path, Choices()).lines] == ["cell_too_long", None]


def test_an_ods_file_is_read(tmp_path: Path) -> None:
    rows = f"<table:table-row>{text_cell('Name')}{text_cell('Phone')}</table:table-row><table:table-row>{text_cell('Anna')}{text_cell('007')}</table:table-row>"
    empty = (
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    path = ods(tmp_path / "leads.ods", f'<table:table table:name="Leads">{rows}{empty}</table:table>')
    table = read_table(path)
    assert (table.headings, cells(table)) == (("Name", "Phone"), [("Anna", "007")])


def test_an_ods_file_that_unfolds_to_a_bomb_is_refused(tmp_path: Path) -> None:
    cell = text_cell("x", 'table:number-columns-repeated="16384"')
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    with pytest.raises(Refused, match="workbook_too_large"):
        read_table(ods(tmp_path / "bomb.ods", f'<table:table table:name="A">{row}</table:table>'))


@pytest.mark.parametrize("part", [SHEET, "xl/worksheets/other.xml", "xl/elsewhere.bin"])
def test_two_cells_at_opposite_corners_are_refused_before_the_library_sees_them(leads: Path, tmp_path: Path, part: str) -> None:
    def stretch(name: str, content: bytes) -> bytes:
        return content.replace(b"</row></sheetData>", b'</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')

    with zipfile.ZipFile(leads) as archive:
        sheet = stretch(SHEET, archive.read(SHEET))
    with pytest.raises(Refused, match="workbook_too_large"):
        read_table(altered(leads, tmp_path / "wide.xlsx", lambda _, content: content, extra={part: sheet} if part != SHEET else None)
                   if part != SHEET else altered(leads, tmp_path / "wide.xlsx", stretch))  # fmt: skip


def test_a_zip_bomb_is_refused_by_its_directory(leads: Path, tmp_path: Path) -> None:
    path = altered(leads, tmp_path / "bomb.xlsx", lambda _, content: content, extra={"xl/media/zeros.bin": bytes(64 << 20)})
    assert path.stat().st_size < 1 << 20
    with pytest.raises(Refused, match="workbook_too_large"):
        read_table(path)


def test_a_zip_bomb_that_lies_about_its_size_is_refused(leads: Path, tmp_path: Path) -> None:
    path = altered(leads, tmp_path / "liar.xlsx", lambda _, content: content, extra={"zeros.xml": bytes(64 << 20)})
    honest, lie = (64 << 20).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(honest, lie))
    with pytest.raises(Refused, match="workbook_damaged"):
        read_table(path)


def test_a_sheet_in_utf_16_is_refused_since_nobody_could_see_its_size(leads: Path, tmp_path: Path) -> None:
    path = altered(leads, tmp_path / "wide.xlsx", lambda name, part: part.decode().encode("utf-16") if name == SHEET else part)
    with pytest.raises(Refused, match="workbook_damaged"):
        read_table(path)


def test_an_external_entity_is_never_followed(leads: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP-SECRET")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode()

    def poison(name: str, part: bytes) -> bytes:
        if name != "xl/sharedStrings.xml":
            return part
        head, mark, rest = part.partition(b"?>")
        return head + mark + entity + rest.replace(b"Anna", b"&e;")

    path = altered(leads, tmp_path / "entity.xlsx", poison)
    try:
        said = str(cells(read_table(path)))
    except Refused as refused:
        said = refused.code
    assert "TOP-SECRET" not in said


def test_entities_that_multiply_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "laughs.ods"
    ods(path, "")
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    laughs = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{lines}]><x>&l11;</x>'
    with pytest.raises(Refused, match="workbook_damaged"):
        read_table(altered(path, tmp_path / "a.ods", lambda name, part: laughs.encode() if name == "content.xml" else part))


def test_an_encrypted_archive_is_said_to_be_one(leads: Path, tmp_path: Path) -> None:
    content = bytearray(leads.read_bytes())
    place = content.rindex(b"PK\x01\x02")
    content[place + 8] |= 1
    (tmp_path / "locked.xlsx").write_bytes(content)
    with pytest.raises(Refused, match="workbook_encrypted"):
        read_table(tmp_path / "locked.xlsx")


def test_a_workbook_with_a_password_is_said_to_have_one(tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(2000))
    with pytest.raises(Refused, match="workbook_encrypted"):
        read_table(path)


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04",
        b"PK\x03\x04 not an archive at all",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000),
    ],
)
def test_what_only_begins_like_a_workbook_is_damaged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "leads.xls").write_bytes(content)
    with pytest.raises(Refused, match="workbook_damaged"):
        read_table(tmp_path / "leads.xls")


def test_an_archive_that_is_no_workbook_is_no_table(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "letter.docx", "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(Refused, match="not_a_table"):
        read_table(tmp_path / "letter.docx")


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else(leads: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    path = tmp_path / "damaged.xlsx"
    if seed % 3:
        content = bytearray(leads.read_bytes())
        for _ in range(chance.randint(1, 3)):
            content[chance.randrange(len(content))] ^= chance.randrange(1, 256)
        path.write_bytes(content[: chance.randrange(8, len(content))] if seed % 3 == 1 else content)
    else:
        path.write_bytes(_with_a_damaged_part(leads, chance))
    try:
        assert all(len(line.cells) == 2 for line in read_table(path).lines if not line.problem)
    except Refused as refused:
        assert refused.code in {"workbook_damaged", "not_a_table", "file_empty", "workbook_encrypted", "workbook_too_large"}  # noqa: PT017  either is right


def _with_a_damaged_part(leads: Path, chance: random.Random) -> bytes:
    """Damage behind a sound checksum reaches the library."""
    target = io.BytesIO()
    with zipfile.ZipFile(leads) as old, zipfile.ZipFile(target, "w") as new:
        victim = chance.choice(old.namelist())
        for name in old.namelist():
            content = bytearray(old.read(name))
            for _ in range(4 if name == victim else 0):
                content[chance.randrange(len(content))] = chance.randrange(32, 127)
            new.writestr(name, bytes(content))
    return target.getvalue()
