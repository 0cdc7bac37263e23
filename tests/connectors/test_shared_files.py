"""Every real and awkward file there is: imported, refused, or asked about in one sentence, never anything else."""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from frontdesk.connectors.registry import read_table
from frontdesk.domain.imports import (
    WANTED,
    ColumnMap,
    Counts,
    Order,
    Reading,
    Row,
    Survey,
    ValueMap,
    Words,
    count,
    parse_values,
    preview,
    propose,
    propose_values,
    require_ready,
    survey,
    understand,
)
from frontdesk.domain.imports.heading_rows import named
from frontdesk.domain.ports import Table
from frontdesk.domain.problems import Refused
from frontdesk.places import shipped

WORDS = Words.of(tomllib.loads((shipped("resources") / "imports.toml").read_text(encoding="utf-8")))
STAGES = {
    "new": "new", "attempting": "follow_up", "contacted": "follow_up", "scheduled": "booked", "cancelled": "rebook", "no_show": "rebook",
    "consult_completed": "seen", "procedure_completed": "won", "lost": "lost", "not_qualified": "not_qualified", "invalid": "excluded",
}  # fmt: skip
OUTCOMES = {
    status: {"won": "won", "lost": "lost", "not_qualified": "lost", "excluded": "excluded"}.get(stage, "open")
    for status, stage in STAGES.items()
}
KNOWN = {"status": {key: key.replace("_", " ").title() for key in STAGES}, "source": {"web": "Web"}, "owner": {}, "reason": {}}


class Walk(NamedTuple):
    """A file walked through as a service does, with every proposal agreed to and every unknown word created."""

    table: Table
    columns: ColumnMap
    survey: Survey
    asked: ValueMap
    rows: list[Row]

    @property
    def counts(self) -> Counts:
        return count(self.rows)


def walk(path: Path, values: list[str] | None = None) -> Walk:
    table = read_table(path)
    columns = propose(table.headings, preview(table, 50), WORDS)
    require_ready(table, columns)
    seen = survey(table, columns, WORDS, Order.MONTH_FIRST)
    asked = propose_values(seen.words, KNOWN, STAGES, WORDS)
    asked = asked.given(parse_values(values or [], {each.heading: each.field for each in columns.columns if each.field}), KNOWN)
    settled = asked.agreed().creating({"source", "owner", "status", "reason"})
    reading = Reading(WORDS, seen.dates, settled, ZoneInfo("Europe/Zurich"), "US", "USD", datetime(2026, 11, 22, tzinfo=UTC), OUTCOMES)
    return Walk(table, columns, seen, asked, list(understand(table, columns, reading)))


G, T, F = "lead-csv-samples/groweasy/", "csv-torture/", "lead-csv-samples/fivetran/"
READY = {
    f"{G}01-facebook-leads-standard.csv": (5, 0), f"{G}02-facebook-leads-messy-headers.csv": (2, 1), f"{G}03-google-ads-leads.csv": (3, 0),
    f"{G}04-google-ads-export-utf8.csv": (3, 0), f"{G}05-excel-export.csv": (3, 0), f"{G}06-agency-crm-export.csv": (4, 0),
    f"{G}07-real-estate-crm.csv": (3, 0), f"{G}08-broken-headers-typos.csv": (3, 0), f"{G}09-duplicate-headers.csv": (2, 0),
    f"{G}10-mixed-date-formats.csv": (3, 0), f"{G}11-international-names.csv": (4, 0), f"{G}12-unicode-emoji.csv": (3, 0),
    f"{G}13-mixed-languages.csv": (3, 0), f"{G}14-blank-rows.csv": (2, 0), f"{G}15-duplicate-rows.csv": (5, 0), f"{G}16-messy-formatting.csv": (3, 0),
    f"{G}17-formula-injection.csv": (5, 0), f"{G}18-international-phones.csv": (6, 0), f"{G}19-empty-columns.csv": (3, 0),
    f"{G}20-tiny-two-row.csv": (2, 0), f"{G}21-tab-separated.csv": (2, 0), f"{G}22-trailing-commas.csv": (2, 0),
    f"{G}23-quoted-fields-multiline.csv": (2, 0), f"{G}24-salesforce-style.csv": (3, 0), f"{G}25-hubspot-export.csv": (3, 0),
    f"{G}26-large-dataset-200-rows.csv": (200, 0), f"{G}real-world/agency-chaos.csv": (4, 0), f"{G}real-world/duplicate-mixed-columns.csv": (2, 0),
    f"{G}real-world/european-semicolon.csv": (2, 0), f"{G}real-world/excel-messy-export.csv": (3, 0),
    f"{G}real-world/facebook-leads-realistic.csv": (3, 0), f"{G}real-world/google-ads-realistic.csv": (3, 0),
    f"{G}real-world/horrible-headers-mixed.csv": (3, 0), f"{G}real-world/hubspot-export.csv": (3, 0), f"{G}real-world/rtl-arabic-headers.csv": (2, 0),
    f"{G}real-world/salesforce-leads.csv": (3, 0), f"{G}real-world/zoho-crm-export.csv": (3, 0),
    "lead-csv-samples/atomic-crm/contacts.csv": (500, 0), "lead-csv-samples/atomic-crm/contacts_export.csv": (2, 0),
    f"{F}hubspot_contact_data.csv": (22, 0), f"{F}hubspot_contact_form_submission_data.csv": (5, 0), f"{F}hubspot_contact_merge_audit_data.csv": (4, 0),
    f"{F}hubspot_deal_data.csv": (44, 0), f"{F}hubspot_deal_stage_data.csv": (14, 0), f"{F}sf_lead_data.csv": (1, 0),
    f"{T}csv-spectrum/csvs/comma_in_quotes.csv": (1, 0), f"{T}csv-spectrum/csvs/location_coordinates.csv": (1, 0),
    f"{T}dataloader/constantMappingInCsv.csv": (2, 0), f"{T}dataloader/constantMappingInCsvClashing.csv": (2, 0), f"{T}dataloader/dateEndingInZ.csv": (1, 0),
    f"{T}dataloader/dateOnlyWithTimeZone.csv": (2, 0), f"{T}dataloader/dateUsingDefaultTimeZone.csv": (1, 0), f"{T}dataloader/dateWithTimeZone.csv": (2, 0),
    f"{T}dataloader/emptyFirstRowFieldValueInCsvTemplate.csv": (2, 0), f"{T}dataloader/insertAccountCsv.csv": (100, 0),
    f"{T}dataloader/oneToManySforceFieldsMappingInCsv.csv": (2, 0), f"{T}dataloader/timeZoneFormatTesting.csv": (12, 0),
    f"{T}dataloader/timeZoneFormatTestingWithErrors.csv": (4, 2), "pipeline-maven/sales_pipeline.csv": (8800, 0),
}  # fmt: skip
"""File to rows that can be applied, and rows that are refused one by one."""

NOBODY = [
    *(f"{T}clevercsv/{name}.csv" for name in ("airedale", "imdb", "milk")),
    *(f"{T}csv-spectrum/csvs/{name}.csv" for name in
      ("empty", "empty_crlf", "escaped_quotes", "json", "newlines", "newlines_crlf", "quotes_and_newlines", "simple", "simple_crlf", "utf8")),
    *(f"{T}dataloader/{name}.csv" for name in
      ("csvEscapedQuotes", "csvSeparator", "csvtext", "csvtext_BOM_UTF16BE", "csvtext_BOM_UTF16LE", "csvtext_BOM_UTF32BE", "csvtext_BOM_UTF32LE", "csvtext_BOM_UTF8")),
    *(f"pipeline-maven/{name}.csv" for name in ("accounts", "products", "sales_teams")),
]  # fmt: skip
"""Files of which no column says who somebody is: the user is asked for one."""


@pytest.mark.parametrize(("name", "figures"), READY.items())
def test_a_file_of_leads_is_understood(shared_data: Path, name: str, figures: tuple[int, int]) -> None:
    counts = walk(shared_data / name).counts
    assert (counts.ready, counts.refused) == figures


@pytest.mark.parametrize("name", NOBODY)
def test_a_file_that_names_nobody_is_asked_about(shared_data: Path, name: str) -> None:
    with pytest.raises(Refused, match="no_identifying_column"):
        walk(shared_data / name)


def test_no_file_is_left_out(shared_data: Path) -> None:
    there = {
        path.relative_to(shared_data).as_posix()
        for folder in ("lead-csv-samples", "csv-torture", "pipeline-maven")
        for path in (shared_data / folder).rglob("*.csv")
    }
    assert there == {*READY, *NOBODY}


def test_files_of_other_kinds_are_read_or_refused_and_nothing_else(shared_data: Path) -> None:
    others = [path for path in (shared_data / "csv-torture").rglob("*") if path.suffix in {".json", ".txt", ".md"}]
    codes = set()
    for path in others:
        try:
            walk(path)
        except Refused as refused:
            codes.add(refused.code)
    assert "not_a_table" in codes or "no_identifying_column" in codes
    assert len(others) > 12


def test_the_pipeline_of_eight_thousand_eight_hundred_rows_has_its_wins_and_losses(shared_data: Path) -> None:
    done = walk(
        shared_data / "pipeline-maven" / "sales_pipeline.csv",
        ["deal_stage:Won=procedure_completed", "deal_stage:Engaging=contacted", "status:Prospecting=New"],
    )
    values = [row.values for row in done.rows if row.values]
    assert Counter(each.status for each in values) == {"procedure_completed": 4238, "lost": 2473, "contacted": 1589, "new": 500}
    assert {each.field for each in done.asked.unsettled} == {"owner"}
    assert sum(each.revenue or 0 for each in values) == 1_000_553_400
    assert sum("won" in each.instants for each in values) == 4238
    assert sum("lost" in each.instants for each in values) == 2473
    assert not done.survey.assumed
    days = sorted((each.instants["won"] - each.instants["created"]).days for each in values if "won" in each.instants)
    assert days[len(days) // 2] == 57


def test_the_words_of_the_pipeline_are_proposed_and_not_taken(shared_data: Path) -> None:
    done = walk(shared_data / "pipeline-maven" / "sales_pipeline.csv")
    assert {each.word: each.key for each in done.asked.unsettled if each.field == "status"} == {
        "Won": "procedure_completed", "Engaging": "attempting", "Prospecting": "new",
    }  # fmt: skip
    with pytest.raises(Refused, match="values_unknown"):
        done.asked.require_settled()


def test_five_hundred_contacts_keep_all_their_phones_and_extensions(shared_data: Path) -> None:
    rows = [row.values for row in walk(shared_data / "lead-csv-samples" / "atomic-crm" / "contacts.csv").rows if row.values]
    assert [number.as_typed for number in rows[1].phones] == ["(415) 293-3313", "(980) 494-7423"]
    assert (rows[2].phones[0].digits, rows[2].phones[0].extension) == ("13657569410", "4781")
    assert rows[0].instants["created"] == datetime(2024, 8, 13, 18, 4, 34, 666_000, tzinfo=UTC)


def test_two_phones_and_an_email_in_one_cell_are_told_apart(shared_data: Path) -> None:
    first = walk(shared_data / "lead-csv-samples/groweasy/real-world/agency-chaos.csv").rows[0]
    assert first.values is not None
    assert [each.canonical for each in first.values.emails] == ["raj@agency.in"]
    assert [each.digits for each in first.values.phones] == ["19876501234"]


def test_the_prefixes_of_meta_are_taken_off(shared_data: Path) -> None:
    first = walk(shared_data / "lead-csv-samples/groweasy/real-world/facebook-leads-realistic.csv").rows[0].values
    assert first is not None
    assert (first.external_id, first.campaign, first.source) == ("123", "Q2 Leads", "Facebook")


def vendor_rows() -> list[dict[str, str]]:
    path = Path(__file__).resolve().parents[3] / "shared" / "data" / "vendor-headings" / "vendor_headings.tsv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file, delimiter="\t") if "," in row["header_row"]]


VENDORS = {
    ("Calendly", "Scheduled events export, CSV"): "status",
    ("Pipedrive", "sample import spreadsheet, CSV"): "source campaign status created external_id",
    ("Pipedrive", "activities list, CSV"): "phone source campaign status created external_id",
    ("Pipedrive", "deals and leads vocabulary"): "phone email source campaign external_id",
    ("HubSpot", "contacts export, CSV"): "campaign",
    ("HubSpot", "contacts export, other headings seen"): "campaign",
    ("Salesforce", "Lead object, API names (Data Loader export)"): "campaign",
    ("Salesforce", "lead report export (labels)"): "campaign external_id",
    ("Zoho CRM", "Leads, demo account table"): "campaign",
    ("Zoho CRM", "Leads import, standard fields"): "campaign created external_id",
    ("Meta (Facebook/Instagram) lead ads", "form leads download, CSV"): "status",
    ("Meta lead ads", "Graph API lead"): "name phone email status",
    ("Google Ads lead form", "webhook JSON"): "name phone email source",
    ("Typeform", "responses export, CSV"): "name phone email source campaign status",
    ("Gravity Forms", "entries export, CSV"): "name phone email source campaign status",
    ("Elementor forms", "submissions export, CSV"): "name phone email source status",
    ("Google Contacts", "contacts export, since 2024"): "source campaign status created external_id",
    ("Google Contacts", "contacts export, before 2024"): "source campaign status created external_id",
    ("Outlook.com / Outlook", "contacts export, CSV"): "source campaign status created external_id",
    ("Thunderbird", "address book export, CSV"): "source campaign status created external_id",
}
"""What each vendor's own headings do not say at all; everything else is mapped without a hand edit."""


def test_every_row_of_the_vendors_headings_is_mapped_or_says_what_is_missing(shared_data: Path) -> None:
    found = {}
    for row in vendor_rows():
        columns = propose(named(tuple(next(csv.reader([row["header_row"]])))), (), WORDS)
        found[row["product"], row["file"]] = " ".join(columns.missing)
    assert found == VENDORS


@pytest.mark.parametrize(
    ("questions", "fields"),
    [
        (["What is your phone number?", "Your e-mail, please", "Your full name"], {"phone", "email", "name"}),
        (["Telefon (privat)", "E-Mail-Adresse", "Vorname", "Nachname"], {"phone", "email", "first_name", "last_name"}),
    ],
)
def test_the_questions_of_a_form_are_mapped_by_phrase_and_cells(questions: list[str], fields: set[str]) -> None:
    rows = [("+41 44 123 45 67", "anna@example.com", "Anna Muster", "x"), ("+41 44 123 45 68", "ben@example.com", "Ben Beispiel", "y")]
    columns = propose(tuple(questions), [row[: len(questions)] for row in rows], WORDS)
    assert fields == {each.field for each in columns.columns}


def test_a_workbook_of_the_same_leads_says_the_same(shared_data: Path, tmp_path: Path) -> None:
    from frontdesk.connectors.registry import write_table

    source = walk(shared_data / "lead-csv-samples" / "atomic-crm" / "contacts.csv")
    for suffix in (".xlsx", ".json", ".csv"):
        target = tmp_path / f"copy{suffix}"
        write_table(target, source.table.headings, (line.cells for line in islice(source.table.lines, 500)))
        assert [row.values for row in walk(target).rows] == [row.values for row in source.rows]


def test_the_wanted_fields_are_the_eight_of_the_issue() -> None:
    assert set(WANTED) == {"name", "phone", "email", "source", "campaign", "status", "created", "external_id"}
