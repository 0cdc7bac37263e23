"""What a row brings beside its lead."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from frontdesk.domain.imports import RowValues
from frontdesk.domain.imports.several import Noted
from frontdesk.domain.records import Appointment, FollowUpKind, Revenue
from frontdesk.services import imports, lists
from frontdesk.services.imports import Wishes
from frontdesk.services.imports.details import add_details, colleague, follow_up_of
from frontdesk.store import activities, money, totals
from tests.services.practice import Office

DAY = date(2026, 2, 20)


def test_add_details_brings_payments_appointments_and_notes(office: Office) -> None:
    lead, now = office.lead(office.new()), office.clock.now
    values = RowValues(
        payments=(Revenue(0, 0, 5_000, DAY, "deposit"),),
        appointments=(Appointment(0, None, now + timedelta(days=1), now, "UTC", 45, "Dr Li"),),
        dated_notes=(
            Noted(now - timedelta(days=1), "Omar", "first"),
            Noted(now + timedelta(days=1), "Nobody Known", "second"),
            Noted(now, "", "third"),
        ),
        notes="fourth",
        kept=(("phone", "call me"),),
        reason="price_shopping",
        loss_note="Too dear",
    )
    office.do(add_details, lead=lead, values=values)
    (paid,) = office.desk.ask(money.of_lead, lead.id)
    assert (paid.amount, paid.received_on, paid.note) == (5_000, DAY, "deposit")
    (visit,) = office.case(lead.id).appointments
    assert (visit.minutes, visit.with_whom, visit.is_live) == (45, "Dr Li", True)
    omar = next(each.id for each in office.people.values() if each.name == "Omar")
    notes = [(each.at, each.by, each.note) for each in office.desk.ask(activities.of_lead, lead.id) if each.note]
    assert notes == [
        (now - timedelta(days=1), omar, "first"),
        (now, office.desk.who.id, "second"),
        (now, None, "third"),
        (now, office.desk.who.id, "fourth\nphone: call me\nreason: price_shopping\nloss_note: Too dear"),
    ]


def test_add_details_writes_only_what_is_not_known_yet(office: Office) -> None:
    lead, now = office.lead(office.new()), office.clock.now
    paid, visit, note = Revenue(0, 0, 5_000, DAY), Appointment(0, None, now, now), Noted(now, "", "again")
    twice = RowValues(payments=(paid, paid), appointments=(visit,), dated_notes=(note, note), notes="once")
    assert office.do(add_details, lead=lead, values=twice)
    assert not office.do(add_details, lead=lead, values=twice)
    assert not office.do(add_details, lead=lead, values=RowValues())
    for more in ({"payments": (paid, paid, replace(paid, amount=70))}, {"appointments": (replace(visit, starts=None),)}, {"notes": "more"}):
        assert office.do(add_details, lead=lead, values=replace(twice, **more))
        assert not office.do(add_details, lead=lead, values=replace(twice, **more))
    assert [each.amount for each in office.desk.ask(money.of_lead, lead.id)] == [5_000, 5_000, 70]
    assert [each.starts for each in office.case(lead.id).appointments] == [now, None]
    assert sorted(each.note for each in office.desk.ask(activities.of_lead, lead.id) if each.note) == ["again", "again", "more", "once"]


def test_colleague_is_who_a_name_means(office: Office) -> None:
    names = {name: office.do(colleague, name=name) for name in ("Omar", "Nobody Known", "")}
    assert names == {
        "Omar": next(each.id for each in office.people.values() if each.name == "Omar"),
        "Nobody Known": office.desk.who.id,
        "": None,
    }


def test_follow_up_of_a_row_has_its_kind_and_note() -> None:
    due = datetime(2026, 3, 5, 9, tzinfo=UTC)
    row = RowValues(instants={"follow_up": due}, follow_up_kind="email", follow_up_note="Ask", follow_up_any_time=True)
    plan = follow_up_of(row)
    assert plan is not None
    assert (plan.due, plan.kind, plan.note, plan.any_time) == (due, FollowUpKind.EMAIL, "Ask", True)
    assert follow_up_of(RowValues()) is None


def test_an_import_is_taken_back_with_all_its_details(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    visit = "2026-03-05T10:00:00+00:00 | 30 min | booked | 2026-03-01T10:00:00+00:00"
    path.write_text(f"Name,Payment list,Appointment list,Notes\nGrace Kim,2026-02-20 | 50.00,{visit},[2026-03-01T10:00:00+00:00 Omar] \n")
    before = office.rows()
    done = imports.run(office.desk, imports.prepare(office.desk, path, Wishes()))
    assert (done.created, done.warnings) == (1, [])
    assert office.desk.ask(totals.differences) == []
    imports.undo_import(office.desk)
    after = office.rows()
    assert [name for name in ("lead", "revenue", "appointment", "activity", "follow_up", "total") if after[name] != before[name]] == []
    assert office.desk.ask(totals.differences) == []


@pytest.mark.parametrize("on_match", ["fill", "overwrite"])
def test_a_file_with_another_payment_and_another_note_adds_them_to_the_lead_that_is_here(
    office: Office, tmp_path: Path, on_match: str
) -> None:
    path = tmp_path / "leads.csv"
    for paid, note in (("2026-02-20 | 50.00", "Called"), ("2026-02-20 | 50.00\n2026-02-21 | 25.00", "Called again")):
        path.write_text(f'Lead ID,Name,Payment list,Notes\nA1,Grace Kim,"{paid}",{note}\n')
        imports.run(office.desk, imports.prepare(office.desk, path, Wishes(match="external-id", on_match=on_match)))
    (lead_id,) = office.desk.ask(lists.lead_ids)
    assert [each.amount for each in office.desk.ask(money.of_lead, lead_id)] == [5_000, 2_500]
    assert [each.note for each in office.desk.ask(activities.of_lead, lead_id) if each.note] == ["Called", "Called again"]
