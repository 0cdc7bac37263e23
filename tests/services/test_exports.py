"""Lists written to files, and read in again without loss."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdesk.domain.lines import Filter
from frontdesk.domain.problems import Refused
from frontdesk.domain.workflow import Stage
from frontdesk.services import exports, imports, leads, lists, practices
from frontdesk.services.imports import Wishes
from frontdesk.store import sources
from frontdesk.store.engine import open_database
from tests.services.odd_practice import SOURCES, TEXTS, fill, told
from tests.services.practice import ALWAYS, MONDAY, Clock, Office, begin

ODD_TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30).map(str.strip).filter(bool)


def brought_over(office: Office, folder: Path, kind: str) -> Mapping[str, Any]:
    """What another practice with the same lists has after reading in what this one exports."""
    target = folder / f"leads.{kind}"
    exports.export_leads(office.desk, target)
    beginning = practices.Beginning(zone="UTC", country="GB", person="Ines", hours=ALWAYS)
    other = practices.open_desk(folder / "other.db", person=None, clock=Clock(office.clock.now + timedelta(days=1)), beginning=beginning)
    try:
        for source in SOURCES:
            other.do(sources.get_or_create, source)
        first = imports.run(other, imports.prepare(other, target, Wishes()))
        assert (first.created, first.refused) == (len(told(office.desk)), [])
        assert {each.code for each in first.warnings} <= {"phone_not_valid"}
        brought = told(other)
        again = imports.run(other, imports.prepare(other, target, Wishes()))
        assert (again.created, again.updated, again.already_here) == (0, 0, first.created)
        assert told(other) == brought
        return brought
    finally:
        other.database.close()


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_export_leads_reads_in_again_without_loss(office: Office, tmp_path: Path, kind: str) -> None:
    fill(office)
    before = told(office.desk)
    brought = brought_over(office, tmp_path, kind)
    assert len(brought) == len(before) == len(TEXTS)
    for key, lead in before.items():
        assert brought[key] == lead, key


@pytest.mark.parametrize("on_match", ["skip", "fill", "overwrite"])
def test_an_export_over_its_own_practice_changes_nothing(office: Office, tmp_path: Path, on_match: str) -> None:
    fill(office)
    before = told(office.desk)
    exports.export_leads(office.desk, tmp_path / "leads.csv")
    done = imports.run(office.desk, imports.prepare(office.desk, tmp_path / "leads.csv", Wishes(match="external-id", on_match=on_match)))
    assert (done.created, done.updated, done.refused) == (0, 0, [])
    assert told(office.desk) == before


@pytest.mark.parametrize("wishes", [Wishes(), Wishes(match="external-id", on_match="overwrite")])
def test_leads_that_no_file_has_named_are_known_again_by_their_number(office: Office, tmp_path: Path, wishes: Wishes) -> None:
    office.new("Name Only")
    again = office.new("Ann Lee", phones=("020 7946 0002",))
    office.clock.advance(days=1)
    office.do(leads.create_lead, person_id=office.lead(again).person_id)
    before = office.rows()["lead"]
    exports.export_leads(office.desk, tmp_path / "leads.csv")
    done = imports.run(office.desk, imports.prepare(office.desk, tmp_path / "leads.csv", wishes))
    assert (done.created, done.updated, done.already_here) == (0, 0, 3)
    assert office.rows()["lead"] == before


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(ODD_TEXTS, min_size=6, max_size=12), notes=st.lists(ODD_TEXTS, min_size=3, max_size=8))
def test_any_texts_read_in_again_without_loss(template_file: Path, texts: list[str], notes: list[str]) -> None:
    with TemporaryDirectory() as folder, open_database(Path(shutil.copy(template_file, folder)), now=MONDAY) as opened:
        office = begin(opened, Clock())
        fill(office, texts, notes)
        for kind in ("csv", "xlsx", "json"):
            (Path(folder) / kind).mkdir()
            assert brought_over(office, Path(folder) / kind, kind) == told(office.desk)


def test_a_formula_is_no_formula_in_a_csv_file(office: Office, tmp_path: Path) -> None:
    fill(office)
    exports.export_leads(office.desk, tmp_path / "leads.csv")
    text = (tmp_path / "leads.csv").read_text("utf-8-sig")
    assert "'=SUM(A1)" in text
    assert ",=SUM" not in text
    assert "'+Plus" in text
    assert ",+44 20 7946 " in text


def test_only_the_leads_of_the_list_are_written(office: Office, tmp_path: Path) -> None:
    fill(office)
    assert exports.export_leads(office.desk, tmp_path / "lost.csv", wanted=Filter(stage=(Stage.LOST,))) == len(TEXTS[2::6])
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
