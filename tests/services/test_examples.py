"""Invented leads: a year that the real rules have played."""

from __future__ import annotations

from frontdesk.domain.workflow import Stage
from frontdesk.services import examples, lists
from frontdesk.services.leads import LeadFacts, enter_lead, statuses_in_use
from frontdesk.services.people import PersonFields
from frontdesk.store import totals
from tests.services.practice import Office


def test_fill_plays_a_year_in_which_leads_are_won_lost_and_open(local_office: Office) -> None:
    told: list[tuple[int, int]] = []
    examples.fill(local_office.desk, count=60, progress=lambda done, of: told.append((done, of)))
    stages = local_office.desk.ask(lists.counts_by_stage)
    assert sum(stages.values()) == 60
    assert stages[Stage.WON] > 0
    assert stages[Stage.LOST] > 0
    assert told == sorted(told)
    assert local_office.desk.ask(totals.differences) == []


def test_enter_lead_adds_a_source_and_a_campaign_once(office: Office) -> None:
    for name in ("Google Ads", "google ads"):
        office.do(enter_lead, person=PersonFields("Grace", "Kim"), facts=LeadFacts(), source=name, campaign="Spring")
    known = office.desk.ask(lists.choices)
    assert list(known.sources.values()) == ["Google Ads"]
    assert list(known.campaigns.values()) == ["Spring"]


def test_statuses_in_use_are_those_of_the_active_workflow(office: Office) -> None:
    assert office.desk.ask(statuses_in_use) >= {"new", "attempting", "lost"}
