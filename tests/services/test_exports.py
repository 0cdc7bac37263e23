"""Lists written to files, and read in again without loss."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from frontdesk.domain.lines import Filter, LeadLine
from frontdesk.domain.problems import Refused
from frontdesk.domain.rules import Answers
from frontdesk.domain.workflow import Stage
from frontdesk.services import exports, imports, leads, lists, practices
from frontdesk.services.desk import Desk
from frontdesk.services.imports import Wishes
from frontdesk.services.leads import LeadFacts
from frontdesk.services.people import PersonFields
from tests.services.practice import ALWAYS, Clock, Office

ODD_NAMES = ("=SUM(A1)", "+Plus Person", "-Dash Person", "@At Person", "O'Brien; Mary", 'Quote "Q" Person', "Zoë Łuczak", "李 小龍")


def fill(office: Office) -> None:
    for number, name in enumerate(ODD_NAMES):
        first, _, last = name.partition(" ")
        person = PersonFields(
            first, last, (f"(206) 555-01{number:02d}", f"+4420794600{number:02d}"), (f"p{number}@example.com",), postal_code="00123"
        )
        facts = LeadFacts(interest="=1+1", estimate=123_456, external_key=f"000{number}", important=number % 2 == 0, note=f"note {number}")
        made = office.do(leads.enter_lead, person=person, facts=facts, source="Google Ads", campaign="Spring")
        if number == 3:
            office.do(leads.change_status, lead_id=made, to="lost", answers=Answers(reason="price_shopping"))


def told(desk: Desk) -> Mapping[str, object]:
    """What matters of every lead, without the ids of this very database."""
    known = desk.ask(lists.choices)

    def plain(line: LeadLine) -> object:
        said = line._replace(id=0, version=0, person_id=0, location_id=0, owner_id=None, source_id=None, campaign_id=None, channel="")
        return said._replace(status_since=said.created, reached=()), line.emails, known.sources.get(line.source_id or 0)

    return {line.name: plain(line) for line in desk.ask(lists.lead_lines, ids=desk.ask(lists.lead_ids))}


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_export_leads_reads_in_again_without_loss(office: Office, tmp_path: Path, kind: str) -> None:
    fill(office)
    target = tmp_path / f"leads.{kind}"
    assert exports.export_leads(office.desk, target) == len(ODD_NAMES)
    beginning = practices.Beginning(zone="UTC", country="US", person="Ann", hours=ALWAYS)
    other = practices.open_desk(tmp_path / "other.db", person=None, clock=Clock(office.clock.now), beginning=beginning)
    try:
        result = imports.run(other, imports.prepare(other, target, Wishes(create=frozenset({"sources", "people"}))))
        assert (result.created, result.refused) == (len(ODD_NAMES), [])
        assert told(other) == told(office.desk)
    finally:
        other.database.close()


def test_a_formula_is_no_formula_in_a_csv_file(office: Office, tmp_path: Path) -> None:
    fill(office)
    exports.export_leads(office.desk, tmp_path / "leads.csv")
    text = (tmp_path / "leads.csv").read_text("utf-8-sig")
    assert "'=SUM(A1)" in text
    assert ",=SUM" not in text
    assert ",+442079460000" in text


def test_only_the_leads_of_the_list_are_written(office: Office, tmp_path: Path) -> None:
    fill(office)
    assert exports.export_leads(office.desk, tmp_path / "lost.csv", wanted=Filter(stage=(Stage.LOST,))) == 1
    chosen = office.desk.ask(lists.lead_ids)[:2]
    assert exports.export_leads(office.desk, tmp_path / "two.csv", ids=chosen) == 2


def test_a_file_that_is_there_is_not_replaced_without_being_told(office: Office, tmp_path: Path) -> None:
    target = tmp_path / "leads.csv"
    target.write_text("mine")
    with pytest.raises(Refused, match="file_exists"):
        exports.export_leads(office.desk, target)
    assert target.read_text() == "mine"
    assert exports.export_leads(office.desk, target, overwrite=True) == 0


def test_a_cancelled_export_leaves_no_file(office: Office, tmp_path: Path) -> None:
    fill(office)
    with pytest.raises(Refused, match="cancelled"):
        exports.export_leads(office.desk, tmp_path / "leads.csv", cancelled=lambda: True)
    assert list(tmp_path.glob("*.csv")) == []
