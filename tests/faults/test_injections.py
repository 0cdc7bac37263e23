"""SQL injection (quality.md row 18): every text, sort and filter field of the services and the command line takes a payload as text, or refuses it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest

from frontdesk.domain.lines import Filter, Sort
from frontdesk.domain.problems import Conflict, Refused
from frontdesk.domain.records import ActivityKind
from frontdesk.domain.rules import Answers
from frontdesk.services import attempts, drafts, leads, lists, money, people, settings, views
from frontdesk.services.desk import Desk
from frontdesk.services.people import PersonFields
from frontdesk.store import activities
from frontdesk.store.engine import Database
from tests.cli.shell import Shell
from tests.cli.test_bad_input import SLOTS
from tests.faults.payloads import payloads
from tests.faults.practice import content, is_plain
from tests.services.practice import Office

RAW = frozenset({"database_damaged", "disk_failing", "database_slow", "database_unreachable", "database_locked"})
"""What a payload must never bring about."""


@pytest.fixture
def texts(pytestconfig: pytest.Config) -> list[str]:
    """More than a hundred payloads; with --slow more than five hundred."""
    found = payloads(every=bool(pytestconfig.getoption("--slow")))
    assert len(found) >= (500 if pytestconfig.getoption("--slow") else 100)
    return found


@contextmanager
def taken_or_refused() -> Iterator[None]:
    """A refusal is fine; an error of the database's own, or of the program, is not."""
    with suppress(Conflict):
        try:
            yield
        except Refused as problem:
            if problem.code in RAW:
                raise


def shortened(office: Office, texts: list[str]) -> list[str]:
    """All of them on SQLite; a third on a server, where each costs a trip, unless all numbers are asked for."""
    return texts if office.database.is_local or len(texts) >= 500 else texts[::3]


def _ids(wanted: Filter, desk: Desk) -> object:
    return desk.ask(lists.lead_ids, wanted=wanted)


def _lines(wanted: Filter, desk: Desk) -> object:
    return desk.ask(lists.first_lines, wanted=wanted)


def questions(text: str) -> Mapping[str, Callable[[Desk], object]]:
    """Every field that something is looked for by."""
    filters = {
        "text": Filter(text=text),
        "workflow": Filter(workflow=(text,)),
        "status": Filter(status=(text, "new")),
        "stage": Filter(stage=(text,)),  # type: ignore[arg-type]  # what a window or a script might send
        "outcome": Filter(outcome=(text,)),  # type: ignore[arg-type]
        "reason": Filter(reason=(text,)),
        "channel": Filter(channel=(text,)),
        "category": Filter(category=(text,)),
    }
    asked: dict[str, Callable[[Desk], object]] = {}
    for name, wanted in filters.items():
        asked[f"ids by {name}"] = partial(_ids, wanted)
        asked[f"lines by {name}"] = partial(_lines, wanted)
    asked["counts"] = lambda desk: desk.ask(lists.counts, views=list(filters.values()))
    asked["sort"] = lambda desk: desk.ask(lists.lead_ids, sort=Sort(text))
    asked["second sort"] = lambda desk: desk.ask(lists.first_lines, sort=Sort("name", then=Sort(text)))
    asked["find"] = lambda desk: desk.ask(lists.find, text=text)
    asked["people like"] = lambda desk: desk.ask(people.people_like, fields=PersonFields(text, text, (text,), (text,)))
    asked["drafts"] = lambda desk: desk.ask(drafts.drafts, forms=[text], subject=text)
    return asked


def test_what_is_looked_for_is_only_ever_text(office: Office, texts: list[str]) -> None:
    office.new("Mia Meyer", phones=("020 7946 0000",))
    before = office.rows()
    for text in shortened(office, texts):
        for ask in questions(text).values():
            with taken_or_refused():
                ask(office.desk)
    assert office.rows() == before
    assert [line.name for line in office.desk.ask(lists.find, text="meyer")] == ["Mia Meyer"]


def writings(office: Office, lead_id: int, text: str) -> Iterator[Callable[[], object]]:
    """Every field that something is written to."""
    do = office.do
    yield lambda: office.desk.do(leads.enter_lead, person=PersonFields("A", text), source=text, source_channel=text, campaign=text)
    yield lambda: do(leads.create_lead, person=PersonFields("A", "B", (text,), (text,), postal_code=text))
    yield lambda: do(leads.create_lead, person=PersonFields("A", "B"), channel=text)
    yield lambda: do(leads.edit_lead, lead_id=lead_id, facts={"interest": text, "best_time": text, "external_key": text, "category": text})
    yield lambda: do(leads.change_status, lead_id=lead_id, to=text)
    yield lambda: do(leads.change_status, lead_id=lead_id, to="lost", answers=Answers(text, text))
    yield lambda: do(attempts.log_attempt, lead_id=lead_id, channel=text, note=text)
    yield lambda: do(attempts.log_inbound, lead_id=lead_id, channel="call", note=text)
    yield lambda: do(money.record_enrolment, lead_id=lead_id, number=text)
    yield lambda: do(settings.change_settings, values={text: text})
    yield lambda: do(settings.change_settings, values={"practice_name": text})
    yield lambda: do(settings.use_workflow, key=text, mapping={text: text})
    yield lambda: do(views.save_view, label=text, wanted=text)
    yield lambda: do(drafts.keep_draft, form=text, subject=text, texts={text: text})


def test_what_is_written_is_only_ever_text(office: Office, texts: list[str]) -> None:
    untouched = office.new("Mia Meyer", phones=("020 7946 0000",))
    before = office.case(untouched)
    people_before = office.rows()["staff"]
    for text in shortened(office, texts):
        lead_id = office.new("Zoe Zimmer")
        for write in writings(office, lead_id, text):
            with taken_or_refused():
                write()
    assert office.case(untouched) == before
    assert [row["name"] for row in office.rows()["staff"]] == [row["name"] for row in people_before]
    assert office.database.problems() == []


def test_what_can_be_kept_is_kept_exactly(office: Office, texts: list[str]) -> None:
    for text in texts:
        if "\0" in text or not text.strip() or any("\ud800" <= sign <= "\udfff" for sign in text):
            continue
        lead_id = office.new("Zoe Zimmer")
        with taken_or_refused():
            office.do(leads.add_note, lead_id=lead_id, note=text)
            notes = [each.note for each in office.desk.ask(activities.of_lead, lead_id) if each.kind is ActivityKind.NOTE]
            assert notes == [text.strip()] or notes == [text], text


def test_a_table_is_the_same_after_all_of_it(office: Office, database: Database, texts: list[str]) -> None:
    sort_codes = set()
    for text in texts:
        with pytest.raises(Refused) as refused:
            office.desk.ask(lists.lead_ids, sort=Sort(text))
        sort_codes.add(refused.value.code)
    assert sort_codes <= {"sort_unknown", "text_not_valid"}
    assert database.problems() == []


@pytest.mark.parametrize("slot", SLOTS)
def test_the_command_line_takes_it_as_text_or_refuses_it_in_one_sentence(
    shell: Shell, slot: str, texts: list[str], pytestconfig: pytest.Config
) -> None:
    place = sorted(SLOTS).index(slot)
    # Each payload goes to one field here; in the full run all do, a quarter each: the tests of the services take all to all.
    mine = texts[place % 4 :: 4] if pytestconfig.getoption("--slow") else texts[place :: len(SLOTS)]
    schema = content(Path(shell.place))["sqlite_master"]
    words = SLOTS[slot]
    for text in mine:
        first = [*words[:-1], f"{words[-1]}={text}"] if words[-1].startswith("--") else [*words, "--", text]
        answer = shell.run(*first, clock="2026-03-02T09:00")
        assert is_plain(answer, typed=text), (slot, text, answer)
    assert content(Path(shell.place))["sqlite_master"] == schema
    assert not list(Path.cwd().glob("pwned*"))
    assert not list(Path(shell.place).parent.glob("pwned*"))
    assert shell.ok("check")["sound"]
