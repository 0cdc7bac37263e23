"""Files read in: what they make, what they change on a second reading, and how they are taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from frontdesk.domain.imports import understand
from frontdesk.domain.lines import Filter, LeadLine
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Revenue
from frontdesk.domain.workflow import Role, Stage
from frontdesk.services import imports, leads, lists
from frontdesk.services.desk import Desk
from frontdesk.services.imports import Result, Wishes
from frontdesk.services.imports.applying import Way, apply_rows
from frontdesk.services.imports.matching import index
from frontdesk.services.settings import location
from frontdesk.store import imports as store_imports
from frontdesk.store import money, totals
from frontdesk.store.tx import Tx
from tests.services.practice import Office

FRIENDLY = Wishes(create=frozenset({"sources", "people"}), agrees=True)
HEADINGS = "Lead ID,First Name,Last Name,Phone,Email,Lead Source,Status,Created Date\n"
KIM = "A1,Grace,Kim,(206) 555-0110,grace@example.com,Website,New,2026-02-10 09:30\n"
PARK = "A2,Noah,Park,206 555 0144,noah@example.com,Referral,Lost,2026-02-11 10:00\n"

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_file(text: str) -> Path:
        path = tmp_path / "leads.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write_file


def read_in(desk: Desk, path: Path, wishes: Wishes = FRIENDLY) -> Result:
    return imports.run(desk, imports.prepare(desk, path, wishes))


def lines(desk: Desk, wanted: Filter = lists.EVERY) -> dict[str, LeadLine]:
    return {line.name: line for line in desk.ask(lists.lead_lines, ids=desk.ask(lists.lead_ids, wanted=wanted))}


def figures(result: Result) -> tuple[int, int, int, int]:
    return result.created, result.updated, result.already_here, len(result.refused)


def test_prepare_understands_a_file_and_changes_nothing(desk: Desk, write: Write) -> None:
    prepared = imports.prepare(desk, write(HEADINGS + KIM), FRIENDLY)
    assert {column.field for column in prepared.columns.columns} == {
        "external_id",
        "first_name",
        "last_name",
        "phone",
        "email",
        "source",
        "status",
        "created",
    }
    assert prepared.is_ready
    assert not lines(desk)


def test_run_makes_people_leads_sources_and_stamps(desk: Desk, write: Write) -> None:
    result = read_in(desk, write(HEADINGS + KIM + PARK))
    found = lines(desk)
    assert figures(result) == (2, 0, 0, 0)
    assert found["Grace Kim"].phones == ("(206) 555-0110",)
    assert found["Grace Kim"].created == datetime(2026, 2, 10, 9, 30, tzinfo=UTC)
    assert found["Noah Park"].stage is Stage.LOST
    assert found["Noah Park"].reason == "not_recorded"
    assert set(desk.ask(lists.choices).sources.values()) == {"Website", "Referral"}
    assert desk.ask(totals.differences) == []


def test_check_foresees_what_run_does(desk: Desk, write: Write) -> None:
    path = write(HEADINGS + KIM + PARK + KIM + ",,,,,Website,New,\n")
    foreseen = imports.check(desk, imports.prepare(desk, path, FRIENDLY))
    assert not lines(desk)
    assert figures(foreseen) == figures(read_in(desk, path)) == (2, 0, 1, 1)


def test_the_same_file_again_changes_nothing(desk: Desk, write: Write) -> None:
    path = write(HEADINGS + KIM + PARK + "A3,,,,,Website,New,\n,Only,Name,,,Website,New,2026-02-12 08:00\n")
    assert figures(read_in(desk, path)) == (4, 0, 0, 0)
    before = lines(desk)
    assert figures(read_in(desk, path)) == (0, 0, 4, 0)
    assert lines(desk) == before


def test_a_file_of_won_deals_sets_status_date_and_revenue_by_key_once(desk: Desk, write: Write) -> None:
    read_in(desk, write(HEADINGS + KIM))
    deals = write('Lead ID,Status,Won Date,Revenue\nA1,Procedure Completed,2026-02-20,"1,250.00"\n')
    wishes = Wishes(match="external-id", on_match="overwrite", agrees=True)
    assert figures(read_in(desk, deals, wishes)) == (0, 1, 0, 0)
    kim = lines(desk)["Grace Kim"]
    assert (kim.stage, kim.revenue) == (Stage.WON, 125_000)
    assert kim.won is not None
    assert kim.won.date() == date(2026, 2, 20)
    assert figures(read_in(desk, deals, wishes)) == (0, 0, 1, 0)
    assert [each.amount for each in desk.ask(_revenues, kim.id)] == [125_000]
    assert desk.ask(totals.differences) == []


@pytest.mark.parametrize(
    ("on_match", "expected"),
    [("skip", ("Grace Kim", "")), ("fill", ("Grace Kim", "Veneers")), ("overwrite", ("Gracia Kim", "Veneers"))],
)
def test_a_match_is_skipped_filled_or_overwritten(desk: Desk, write: Write, on_match: str, expected: tuple[str, str]) -> None:
    read_in(desk, write(HEADINGS + KIM))
    again = write("Lead ID,First Name,Last Name,Interest\nA1,Gracia,Kim,Veneers\n")
    read_in(desk, again, Wishes(match="external-id", on_match=on_match))
    (line,) = lines(desk).values()
    assert (line.name, line.interest) == expected


def test_a_match_may_add_an_enquiry_for_the_same_person(desk: Desk, write: Write) -> None:
    path = write("First Name,Last Name,Phone\nGrace,Kim,(206) 555-0110\n")
    read_in(desk, path)
    assert figures(read_in(desk, path, Wishes(match="phone", on_match="add"))) == (1, 0, 0, 0)
    found = desk.ask(lists.lead_lines, ids=desk.ask(lists.lead_ids))
    assert len({line.person_id for line in found}) == 1
    assert len(found) == 2


def test_two_of_a_family_on_one_phone_stay_two_people(desk: Desk, write: Write) -> None:
    path = write("First Name,Last Name,Phone\nGrace,Kim,(206) 555-0110\nNoah,Kim,(206) 555-0110\n")
    assert figures(read_in(desk, path)) == (2, 0, 0, 0)


def test_another_key_of_a_known_person_is_another_enquiry(desk: Desk, write: Write) -> None:
    read_in(desk, write(HEADINGS + KIM))
    assert figures(read_in(desk, write(HEADINGS + KIM.replace("A1", "A9")))) == (1, 0, 0, 0)
    assert len({line.person_id for line in lines(desk).values()}) == 1


def test_words_that_nobody_has_explained_refuse_the_file_with_their_list(desk: Desk, write: Write) -> None:
    with pytest.raises(Refused) as refused:
        read_in(desk, write(HEADINGS + KIM.replace("New", "Odd")), Wishes(create=frozenset({"sources"})))
    assert refused.value.code == "values_unknown"
    assert "status “Odd” (1)" in str(refused.value.facts["listed"])
    assert not lines(desk)


def test_a_word_is_sent_to_a_status(desk: Desk, write: Write) -> None:
    wishes = Wishes(create=frozenset({"sources"}), values=("Status:Odd=scheduled",))
    read_in(desk, write(HEADINGS + KIM.replace("New", "Odd")), wishes)
    assert lines(desk)["Grace Kim"].status == "scheduled"


def test_a_column_is_sent_to_a_field_and_remembered_for_these_headings(desk: Desk, write: Write) -> None:
    path = write("Who,Called from\nGrace Kim,(206) 555-0110\n")
    read_in(desk, path, Wishes(columns={"Who": "name", "Called from": "phone"}))
    again = imports.prepare(desk, path, Wishes())
    assert [column.field for column in again.columns.columns] == ["name", "phone"]


def test_prepared_again_takes_another_column_without_reading_the_file_anew(desk: Desk, write: Write) -> None:
    before = imports.prepare(desk, write(HEADINGS + KIM), FRIENDLY)
    after = imports.prepared_again(desk, before, Wishes(columns={"Last Name": ""}, create=FRIENDLY.create, agrees=True))
    assert after.table is before.table
    assert after.columns.of("last_name") == ()


def test_remember_keeps_what_columns_went_to(desk: Desk, write: Write) -> None:
    prepared = imports.prepare(desk, write(HEADINGS + KIM), Wishes(columns={"Email": ""}, create=FRIENDLY.create))
    desk.do(imports.remember, prepared=prepared)
    assert imports.prepare(desk, prepared.path, FRIENDLY).columns.of("email") == ()


def test_a_cancelled_import_leaves_nothing_behind(desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frontdesk.services.imports.running.BATCH", 2)
    rows = "".join(f"A{number},Grace,Kim{number},,,Website,New,\n" for number in range(9))
    prepared = imports.prepare(desk, write(HEADINGS + rows), FRIENDLY)
    seen: list[tuple[int, int]] = []
    result = imports.run(desk, prepared, progress=lambda done, of: seen.append((done, of)), cancelled=lambda: len(seen) > 1)
    assert result.cancelled
    assert result.created == 0
    assert seen[0][1] == 9
    assert not lines(desk)
    assert desk.ask(totals.differences) == []


def test_an_import_that_fails_in_the_middle_leaves_nothing_behind(desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frontdesk.services.imports.running.BATCH", 2)
    rows = "".join(f"A{number},Grace,Kim{number},,,Website,New,\n" for number in range(9))

    def fail(done: int, of: int) -> None:
        if done > 4:
            raise Refused("disk_full")

    with pytest.raises(Refused, match="disk_full"):
        imports.run(desk, imports.prepare(desk, write(HEADINGS + rows), FRIENDLY), progress=fail)
    assert not lines(desk)


def test_recover_takes_back_an_import_whose_program_died(office: Office, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = office.desk
    monkeypatch.setattr("frontdesk.services.imports.running.BATCH", 2)
    monkeypatch.setattr("frontdesk.services.imports.running.take_back", lambda *_: None)
    rows = "".join(f"A{number},Grace,Kim{number},,,Website,New,\n" for number in range(9))

    def die(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        imports.run(desk, imports.prepare(desk, write(HEADINGS + rows), FRIENDLY), progress=die)
    monkeypatch.undo()
    assert lines(desk)
    office.clock.advance(minutes=5)
    assert imports.recover(desk) == 1
    assert not lines(desk)
    assert imports.recover(desk) == 0


def test_undo_import_takes_all_of_it_back(desk: Desk, write: Write) -> None:
    read_in(desk, write(HEADINGS + KIM + PARK))
    kept = imports.undo_import(desk)
    assert (kept.taken_back, kept.kept) == (2, 0)
    assert not lines(desk)
    assert desk.ask(totals.differences) == []
    with pytest.raises(Refused, match="nothing_to_undo"):
        imports.undo_import(desk)


def test_undo_import_keeps_what_somebody_has_worked_on(office: Office, write: Write) -> None:
    desk = office.desk
    read_in(desk, write(HEADINGS + KIM + PARK))
    office.clock.advance(hours=1)
    desk.do(leads.mark_important, lead_id=lines(desk)["Grace Kim"].id, important=True)
    kept = imports.undo_import(desk)
    assert (kept.taken_back, kept.kept) == (1, 1)
    assert set(lines(desk)) == {"Grace Kim"}


def test_undo_import_brings_an_updated_lead_back_to_what_it_was(desk: Desk, write: Write) -> None:
    read_in(desk, write(HEADINGS + KIM))
    result = read_in(desk, write("Lead ID,Interest\nA1,Veneers\n"), Wishes(match="external-id", on_match="overwrite"))
    assert lines(desk)["Grace Kim"].interest == "Veneers"
    imports.undo_import(desk, result.import_id)
    assert lines(desk)["Grace Kim"].interest == ""


def test_an_import_is_taken_back_by_who_imported_or_by_a_leader(office: Office, write: Write) -> None:
    mine, other = office.desk_of(Role.RECEPTIONIST), office.desk_of(Role.CALL_CENTRE)
    for taker in (mine, office.desk_of(Role.MANAGER), office.desk):
        read_in(mine, write(HEADINGS + KIM))
        with pytest.raises(Refused, match="role_not_allowed"):
            imports.undo_import(other)
        assert imports.undo_import(taker).taken_back == 1


def test_an_auditor_neither_imports_nor_takes_back(office: Office, write: Write) -> None:
    auditor = office.desk_of(Role.AUDITOR)
    path = write(HEADINGS + KIM)
    with pytest.raises(Refused, match="role_not_allowed"):
        read_in(auditor, path)
    read_in(office.desk, path)
    with pytest.raises(Refused, match="role_not_allowed"):
        imports.undo_import(auditor)
    assert set(lines(office.desk)) == {"Grace Kim"}


def test_save_problems_writes_the_rows_that_could_not_be_read(desk: Desk, write: Write, tmp_path: Path) -> None:
    prepared = imports.prepare(desk, write(HEADINGS + KIM + ",,,,,Website,New,2026-02-12 08:00\n"), FRIENDLY)
    result = imports.run(desk, prepared)
    assert [(problem.line, problem.code) for problem in result.refused] == [(3, "nobody_to_save")]
    assert imports.save_problems(prepared, result, tmp_path / "problems.csv") == 1
    assert "2026-02-12 08:00" in (tmp_path / "problems.csv").read_text("utf-8-sig")


def test_index_finds_a_batch_by_key_number_and_address(office: Office, write: Write) -> None:
    read_in(office.desk, write(HEADINGS + KIM + PARK))
    prepared = imports.prepare(office.desk, write(HEADINGS + KIM + PARK.replace("A2", "")), FRIENDLY)
    rows = list(understand(prepared.table, prepared.columns, prepared.reading))
    found = office.desk.ask(index, rows, None)
    matches = [found.find(row.values) for row in rows if row.values is not None]
    assert [match.lead_id for match in matches if match] == [line.id for line in lines(office.desk).values()][::-1]


def test_apply_rows_reads_one_batch_in_under_an_import(office: Office, write: Write) -> None:
    prepared = imports.prepare(office.desk, write(HEADINGS.replace("Lead Source,", "") + KIM.replace("Website,", "")), FRIENDLY)
    rows = list(understand(prepared.table, prepared.columns, prepared.reading))
    under = office.do(store_imports.start, begun=store_imports.Import(0, "leads.csv", office.clock.now))
    way = Way(prepared.workflow, None, "skip", office.desk.ask(location).id)
    result = Result()
    office.do(apply_rows, rows=rows, way=way, under=under, result=result)
    assert result.created == 1
    assert office.desk.ask(store_imports.leads_of, under.id) == tuple(line.id for line in lines(office.desk).values())


def test_the_pipeline_of_maven_is_read_in_whole(local_office: Office, shared_data: Path) -> None:
    desk, path = local_office.desk, shared_data / "pipeline-maven" / "sales_pipeline.csv"
    words = ("deal_stage:Won=procedure_completed", "deal_stage:Lost=lost", "deal_stage:Engaging=contacted", "deal_stage:Prospecting=new")
    result = read_in(desk, path, Wishes(values=words, create=FRIENDLY.create))
    stages = desk.ask(lists.counts_by_stage)
    assert figures(result) == (8_800, 0, 0, 0)
    assert (stages[Stage.WON], stages[Stage.LOST]) == (4_238, 2_473)


def _revenues(tx: Tx, lead_id: int) -> tuple[Revenue, ...]:
    return money.of_lead(tx, lead_id)
