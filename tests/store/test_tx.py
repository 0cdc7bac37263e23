"""Reading and writing through a transaction: the journal row that every write leaves, versions, keys and what is sent when."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import bindparam, func, insert, select, type_coerce, update

from frontdesk.domain.problems import Conflict, Refused
from frontdesk.domain.workflow import Role, Stage
from frontdesk.store import journal
from frontdesk.store import tables as t
from frontdesk.store.dialects import SQLITE
from frontdesk.store.engine import Database
from frontdesk.store.faults import Broken
from frontdesk.store.statements import Book
from frontdesk.store.tx import AlreadyDone, Tx, follows, one_of
from tests.databases import NOW, reading, writing
from tests.store.rows import add_location, add_person, add_point, add_source, person_row, source_row

SOURCES = select(t.source.c.id, t.source.c.label, t.source.c.hidden, t.source.c.version).order_by(t.source.c.label)
ONE = select(t.source.c.label).where(t.source.c.id == bindparam("source_id"))
SOME = select(t.source.c.label).where(one_of(t.source.c.id, "ids")).order_by(t.source.c.label)
RECORDED = select(
    t.journal.c.table_name, t.journal.c.row_id, t.journal.c.action, t.journal.c.rule, t.journal.c.who, t.journal.c.system
).order_by(t.journal.c.number)
RENAME = update(t.source).where(t.source.c.id == bindparam("source_id")).values(channel=bindparam("channel_now"))


def test_what_is_written_is_there_for_the_next_reader(database: Database) -> None:
    with writing(database) as tx:
        source_id = add_source(tx, "Website")
    with reading(database) as tx:
        assert tx.rows(SOURCES) == [(source_id, "Website", False, 1)]


def test_a_read_sees_the_writes_before_it_in_the_same_transaction(database: Database) -> None:
    with writing(database) as tx:
        add_source(tx, "Website")
        assert len(tx.rows(SOURCES)) == 1


def test_what_was_asked_ahead_is_answered_once_and_never_from_before_a_write(database: Database) -> None:
    with writing(database) as tx:
        tx.foresee(SOURCES, RECORDED)
        assert (tx.rows(SOURCES), tx.row(RECORDED)) == ([], None)
        tx.foresee(SOURCES)
        source_id = add_source(tx, "Website")
        assert tx.rows(SOURCES) == tx.rows(SOURCES) == [(source_id, "Website", False, 1)]


def test_nothing_is_left_of_a_transaction_that_raised(database: Database) -> None:
    def change_my_mind() -> None:
        with writing(database) as tx:
            add_source(tx, "Website")
            tx.rows(SOURCES)
            raise Refused("changed_my_mind")

    with pytest.raises(Refused, match="changed_my_mind"):
        change_my_mind()
    with reading(database) as tx:
        assert tx.rows(SOURCES) == []
        assert tx.rows(RECORDED) == []


def test_an_insert_leaves_a_journal_row_with_who_and_why(database: Database) -> None:
    with writing(database, who=7) as tx, tx.because("S1.23"):
        source_id = add_source(tx, "Website")
    with reading(database) as tx:
        assert tx.rows(RECORDED) == [("source", source_id, "insert", "S1.23", 7, False)]


def test_an_update_writes_and_journals_only_what_differs(database: Database) -> None:
    with writing(database, who=7) as tx:
        source_id = add_source(tx, "Website")
    with writing(database, who=7) as tx:
        before = source_row(source_id, "Website")
        assert tx.update(t.source, source_id, before, {**before, "label": "Web", "folded": "web"})
        (_, line) = journal_lines(tx)
    assert line.before == {"label": "Website", "folded": "website", "version": 1}
    assert line.after == {"label": "Web", "folded": "web", "version": 2}


def journal_lines(tx: Tx) -> list[journal.Line]:
    tx.send()
    return journal.changes_of(tx, *{row[0] for row in tx.rows(select(t.journal.c.change))})


def test_an_update_without_a_difference_writes_nothing(database: Database) -> None:
    with writing(database) as tx:
        source_id = add_source(tx, "Website")
        row = source_row(source_id, "Website")
        assert not tx.update(t.source, source_id, row, dict(row))
    with reading(database) as tx:
        assert len(tx.rows(RECORDED)) == 1


def test_the_version_rises_with_every_update(database: Database) -> None:
    with writing(database) as tx:
        source_id = add_source(tx, "Website")
        row = source_row(source_id, "Website")
        tx.update(t.source, source_id, row, {**row, "hidden": True})
    with reading(database) as tx:
        assert tx.rows(SOURCES) == [(source_id, "Website", True, 2)]


def test_an_update_of_a_version_that_is_gone_is_a_conflict_and_writes_nothing(database: Database) -> None:
    with writing(database) as tx:
        source_id = add_source(tx, "Website")
    stale = {**source_row(source_id, "Website"), "version": 5}

    def save_stale() -> None:
        with writing(database) as tx:
            add_source(tx, "Phone")
            tx.update(t.source, source_id, stale, {**stale, "label": "Web"})

    with pytest.raises(Conflict) as caught:
        save_stale()
    assert (caught.value.code, caught.value.facts) == ("changed_elsewhere", {"table": "source", "row": source_id})
    with reading(database) as tx:
        assert tx.rows(SOURCES) == [(source_id, "Website", False, 1)]


def test_two_writers_of_one_row_cannot_both_win(database: Database) -> None:
    with writing(database) as tx:
        source_id = add_source(tx, "Website")
    row = source_row(source_id, "Website")
    outcomes: list[str] = []

    def rename(label: str) -> None:
        try:
            with writing(database) as tx:
                tx.update(t.source, source_id, row, {**row, "label": label})
            outcomes.append("done")
        except Conflict as problem:
            outcomes.append(problem.code)

    threads = [threading.Thread(target=rename, args=(f"Label {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["changed_elsewhere"] * 3 + ["done"]


def test_instants_days_and_flags_come_back_as_such(database: Database) -> None:
    born, at = date(1984, 2, 29), datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC)
    with writing(database, now=at) as tx:
        person_id = tx.new_id()
        tx.insert(t.person, {**person_row(person_id), "birth_date": born, "do_not_call": True})
    with reading(database) as tx:
        row = tx.row(select(t.person.c.birth_date, t.person.c.do_not_call, t.person.c.void))
        assert row == (born, True, False)
        assert tx.value(select(func.max(t.journal.c.at))) == at


def test_an_instant_of_another_zone_is_the_same_instant(database: Database) -> None:
    there = datetime(2026, 3, 2, 11, 0, tzinfo=timezone(timedelta(hours=2)))
    with writing(database, now=there) as tx:
        add_source(tx, "Website")
    with reading(database) as tx:
        assert tx.value(select(t.journal.c.at)) == NOW


def test_a_word_of_an_enumeration_is_stored_as_its_value(database: Database) -> None:
    with writing(database) as tx:
        source_id = add_source(tx, "Website")
        tx.write(RENAME, source_id=source_id, channel_now=Stage.NEW)
    with reading(database) as tx:
        assert tx.value(select(t.source.c.channel)) == "new"


def test_one_of_takes_a_list_of_any_length(database: Database) -> None:
    with writing(database) as tx:
        ids = [add_source(tx, label) for label in ("A", "B", "C")]
        assert tx.rows(SOME, ids=[]) == []
        assert tx.rows(SOME, ids=[ids[2], ids[0]]) == [("A",), ("C",)]


def test_one_of_takes_texts_too(database: Database) -> None:
    by_label = select(t.source.c.label).where(one_of(t.source.c.label, "labels")).order_by(t.source.c.label)
    with writing(database) as tx:
        for label in ("A", 'it\'s "B"', "C"):
            add_source(tx, label)
        assert tx.rows(by_label, labels=['it\'s "B"', "nobody"]) == [('it\'s "B"',)]


def test_constants_in_a_statement_need_no_value(database: Database) -> None:
    constant = select(t.source.c.label).where(t.source.c.label.in_(["A", "C"])).order_by(t.source.c.label).limit(1)
    with writing(database) as tx:
        for label in ("A", "B", "C"):
            add_source(tx, label)
        assert tx.rows(constant) == [("A",)]


def test_a_computed_flag_is_a_flag_when_it_says_so(database: Database) -> None:
    with writing(database) as tx:
        add_source(tx, "A")
        assert tx.row(select(type_coerce(t.source.c.hidden, t.source.c.hidden.type))) == (False,)


def test_several_queries_travel_together(database: Database) -> None:
    with writing(database) as tx:
        source_id = add_source(tx, "A")
        assert tx.rows_together((ONE, {"source_id": source_id}), (SOURCES, {})) == [[("A",)], [(source_id, "A", False, 1)]]


def test_row_and_value_are_none_where_nothing_is(database: Database) -> None:
    with reading(database) as tx:
        assert (tx.row(ONE, source_id=1), tx.value(ONE, source_id=1)) == (None, None)


def test_a_derived_write_leaves_no_journal_row(database: Database) -> None:
    with writing(database) as tx:
        source_id = add_source(tx, "A")
        tx.write(RENAME, source_id=source_id, channel_now="phone")
    with reading(database) as tx:
        assert len(tx.rows(RECORDED)) == 1
        assert tx.value(select(t.source.c.channel)) == "phone"


def test_many_derived_rows_go_in_one_statement(database: Database) -> None:
    rows = [{"key": f"k{n}", "change": None, "at": NOW, "answer": None} for n in range(30)]
    with writing(database) as tx:
        tx.write_many(insert(t.command_key).inline(), rows)
        tx.write_many(insert(t.command_key).inline(), [])
    with reading(database) as tx:
        assert tx.value(select(func.count()).select_from(t.command_key)) == 30


def test_a_long_stretch_of_inserts_keeps_references_whole(database: Database) -> None:
    with writing(database) as tx:
        location_id = add_location(tx)
        for n in range(40):
            person_id = add_person(tx, f"P{n}")
            add_point(tx, person_id, f"+1{n}")
    with reading(database) as tx:
        assert tx.value(select(func.count()).select_from(t.contact_point)) == 40
        assert tx.value(select(t.location.c.id)) == location_id
        assert tx.value(select(func.count()).select_from(t.journal)) == 81


def test_followers_get_the_whole_row_before_and_after(database: Database) -> None:
    seen: list[tuple[int, str | None, str]] = []

    @follows("procedure")
    def watch(tx: Tx, row_id: int, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> None:
        seen.append((row_id, None if before is None else before["label"], after["label"]))

    with writing(database) as tx:
        row = {"id": tx.new_id(), "label": "Implant", "folded": "implant", "hidden": False, "version": 1, "void": False}
        tx.insert(t.procedure, row)
        tx.update(t.procedure, row["id"], row, {**row, "label": "Crown"})
    assert seen == [(row["id"], None, "Implant"), (row["id"], "Implant", "Crown")]


def test_what_is_kept_for_the_end_is_done_once_before_the_commit(database: Database) -> None:
    calls: list[str] = []

    def add_them_up(tx: Tx) -> None:
        calls.append(tx.kept["sum"])
        tx.at_end("later", lambda tx: calls.append("later"))

    with writing(database) as tx:
        tx.kept["sum"] = "sum"
        tx.at_end("totals", add_them_up)
        tx.at_end("totals", add_them_up)
        assert calls == []
    assert calls == ["sum", "later"]


def test_writes_in_a_change_of_their_own_are_journalled_apart(database: Database) -> None:
    with writing(database, who=7) as tx:
        add_source(tx, "A")
        with tx.new_change() as other:
            add_source(tx, "B")
        add_source(tx, "C")
        mine = tx.change
    with reading(database) as tx:
        found = tx.rows(select(t.journal.c.change, t.journal.c.undoable).order_by(t.journal.c.number))
    assert found == [(mine, True), (other, True), (mine, False)]


def test_what_the_system_does_is_signed_by_nobody(database: Database) -> None:
    with writing(database, who=7) as tx, tx.because("S4.23", system=True):
        add_source(tx, "A")
    with reading(database) as tx:
        assert tx.row(select(t.journal.c.who, t.journal.c.system, t.journal.c.undoable)) == (None, True, False)


def test_the_rule_of_an_outer_block_holds_again_after_an_inner_one(database: Database) -> None:
    with writing(database) as tx, tx.because("outer"):
        with tx.because("inner"):
            add_source(tx, "A")
        add_source(tx, "B")
    with reading(database) as tx:
        assert [row[3] for row in tx.rows(RECORDED)] == ["inner", "outer"]


def test_topics_name_what_was_touched(database: Database) -> None:
    with writing(database) as tx:
        add_source(tx, "A")
        person_id = add_person(tx, "Ada")
        assert tx.topics >= {"sources", f"person:{person_id}"}


def test_a_command_key_is_used_once(database: Database) -> None:
    with writing(database, who=7, key="click-1") as tx:
        add_source(tx, "A")
        tx.answer = '"first"'
        change = tx.change
    with pytest.raises(AlreadyDone) as caught, writing(database, who=7, key="click-1") as tx:
        add_source(tx, "B")
    assert (caught.value.change, caught.value.answer) == (change, '"first"')
    with reading(database) as tx:
        assert [row[1] for row in tx.rows(SOURCES)] == ["A"]


def test_a_repeated_command_that_is_refused_the_second_time_was_done(database: Database) -> None:
    with writing(database, key="click-2"):
        pass
    with pytest.raises(AlreadyDone) as caught, writing(database, key="click-2"):
        raise Conflict("changed_elsewhere")
    assert caught.value.change is None


def test_a_command_that_failed_may_be_tried_again_with_its_key(database: Database) -> None:
    with pytest.raises(Refused, match="reason_needed"), writing(database, key="click-3"):
        raise Refused("reason_needed")
    with writing(database, key="click-3") as tx:
        add_source(tx, "A")
    with reading(database) as tx:
        assert len(tx.rows(SOURCES)) == 1


def test_the_same_row_twice_is_a_conflict(database: Database) -> None:
    with writing(database) as tx:
        source_id = add_source(tx, "A")
    with pytest.raises(Conflict) as caught, writing(database) as tx:
        tx.insert(t.source, source_row(source_id, "B"))
    assert caught.value.code == "added_elsewhere"


def test_a_reference_to_nothing_is_a_bug(database: Database) -> None:
    with pytest.raises(Broken), writing(database) as tx:
        add_point(tx, 1, "+1")


def test_a_row_that_breaks_a_rule_names_the_rule_and_nothing_of_the_row(database: Database) -> None:
    with pytest.raises(Broken) as caught, writing(database) as tx:
        add_point(tx, add_person(tx, "Ada"), "0171 5551234", kind="0171 5551234")
    assert "5551234" not in repr(caught.value)
    assert caught.value.rule.startswith("ck_contact_point_")
    assert caught.value.__cause__ is None


def test_who_asks_is_known_to_the_command(database: Database) -> None:
    with database.writing(who=3, role=Role.AUDITOR, now=NOW) as tx:
        assert (tx.who, tx.role, tx.now, tx.has_written) == (3, Role.AUDITOR, NOW, False)
        assert tx.is_local == (tx.dialect.name == "sqlite") == database.is_local


def test_statements_built_at_every_call_do_not_fill_the_memory() -> None:
    book = Book(SQLITE)
    first = select(t.source.c.id)
    kept = book.prepared(first)
    assert book.prepared(first) is kept
    for n in range(2001):
        book.prepared(select(t.source.c.id).limit(n))
    assert book.prepared(first) is not kept


def test_writing_in_a_reading_transaction_is_a_bug_and_writes_nothing(database: Database) -> None:
    with pytest.raises(Broken, match="write_in_reading"), reading(database) as tx:
        add_source(tx, "A")
    with reading(database) as tx:
        assert tx.rows(SOURCES) == []


def test_a_column_that_the_table_has_not_is_a_bug(database: Database) -> None:
    with pytest.raises(KeyError, match="colour"), writing(database) as tx:
        tx.insert(t.source, {**source_row(tx.new_id(), "A"), "colour": "red"})
