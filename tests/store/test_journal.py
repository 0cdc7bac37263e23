"""Reading the journal back: lines with their columns, what a person can undo and redo, and erasing details."""

from __future__ import annotations

import pytest
from sqlalchemy import bindparam, delete, select, update

from frontdesk.domain.problems import Conflict, Refused
from frontdesk.store import journal, local, undo
from frontdesk.store import tables as t
from frontdesk.store.engine import Database
from frontdesk.store.faults import Broken
from tests.databases import NOW, reading, writing
from tests.store.rows import add_person, add_point, add_source, person_row, source_row

ANNA, BEN = 7, 8
LABEL = select(t.source.c.label).where(t.source.c.id == bindparam("source_id"))
VOID = select(t.source.c.void).where(t.source.c.id == bindparam("source_id"))
WHOLE = select(t.source).where(t.source.c.id == bindparam("source_id"))


def create(database: Database, label: str = "Website", who: int = ANNA) -> tuple[int, int]:
    with writing(database, who=who) as tx, tx.because("S1.23"):
        return add_source(tx, label), tx.change


def rename(database: Database, source_id: int, label: str, who: int = ANNA) -> int:
    with writing(database, who=who) as tx, tx.because("edit"):
        row = tx.row(WHOLE, source_id=source_id)
        assert row is not None
        before = dict(zip(t.source.c.keys(), row, strict=True))
        tx.update(t.source, source_id, before, {**before, "label": label, "folded": label.lower()})
        return tx.change


def take_back(database: Database, change: int, who: int = ANNA) -> int:
    with writing(database, who=who) as tx:
        return undo.take_back(tx, change)


def ctrl_z(database: Database, who: int = ANNA) -> int | None:
    with writing(database, who=who) as tx:
        change = journal.undoable(tx, who)
        return None if change is None else undo.take_back(tx, change)


def ctrl_y(database: Database, who: int = ANNA) -> int | None:
    with writing(database, who=who) as tx:
        change = journal.redoable(tx, who)
        return None if change is None else undo.take_back(tx, change)


def label(database: Database, source_id: int) -> str:
    with reading(database) as tx:
        return str(tx.value(LABEL, source_id=source_id))


def is_void(database: Database, source_id: int) -> bool:
    with reading(database) as tx:
        return bool(tx.value(VOID, source_id=source_id))


def test_the_timeline_of_a_person_is_newest_first_with_what_changed(database: Database) -> None:
    with writing(database, who=ANNA) as tx, tx.because("new"):
        person_id = add_person(tx, "Ada")
        add_point(tx, person_id, "+491711234567")
    with reading(database) as tx:
        second, first = journal.person_timeline(tx, person_id)
    assert (first.table, first.action, first.rule, first.who, first.before) == ("person", "insert", "new", ANNA, None)
    assert first.after is not None
    assert first.after["first_name"] == "Ada"
    assert (second.table, second.number > first.number, second.undone) == ("contact_point", True, False)


def test_the_lines_of_a_change_come_in_the_order_of_writing(database: Database) -> None:
    with writing(database) as tx:
        ids = [add_source(tx, name) for name in "ABC"]
        lines = journal.changes_of(tx, tx.change)
    assert [line.row_id for line in lines] == ids


def test_days_and_instants_come_back_from_the_journal_as_such(database: Database) -> None:
    with writing(database) as tx:
        person_id = tx.new_id()
        tx.insert(t.person, {**person_row(person_id), "birth_date": NOW.date()})
        tx.insert(t.feed, {"id": 2, "token": "x"})
        (person, feed) = journal.changes_of(tx, tx.change)
    assert person.after is not None
    assert person.after["birth_date"] == NOW.date()
    assert feed.after == {"id": 2, "token": "x"}


def test_undo_takes_a_created_row_out_of_sight(database: Database) -> None:
    source_id, change = create(database)
    take_back(database, change)
    assert is_void(database, source_id)


def test_undo_writes_back_what_stood_before(database: Database) -> None:
    source_id, _ = create(database)
    take_back(database, rename(database, source_id, "Web"))
    assert label(database, source_id) == "Website"


def test_undo_of_an_undo_does_it_again(database: Database) -> None:
    source_id, change = create(database)
    take_back(database, take_back(database, change))
    assert not is_void(database, source_id)


def test_undo_and_redo_run_deep_and_restore_every_step(database: Database) -> None:
    source_id, _ = create(database, "0")
    for step in range(1, 51):
        rename(database, source_id, str(step))
    for step in reversed(range(50)):
        assert ctrl_z(database) is not None
        assert label(database, source_id) == str(step)
    for step in range(1, 51):
        assert ctrl_y(database) is not None
        assert label(database, source_id) == str(step)
    assert ctrl_y(database) is None


def test_undo_goes_on_past_what_was_redone(database: Database) -> None:
    source_id, _ = create(database, "0")
    rename(database, source_id, "1")
    ctrl_z(database)
    ctrl_y(database)
    ctrl_z(database)
    assert label(database, source_id) == "0"
    ctrl_z(database)
    assert is_void(database, source_id)
    assert ctrl_z(database) is None


def test_a_new_change_ends_the_way_to_redo(database: Database) -> None:
    source_id, _ = create(database, "0")
    rename(database, source_id, "1")
    ctrl_z(database)
    rename(database, source_id, "2")
    assert ctrl_y(database) is None
    assert label(database, source_id) == "2"


def test_each_person_undoes_her_own(database: Database) -> None:
    mine, _ = create(database, "mine", who=ANNA)
    theirs, _ = create(database, "theirs", who=BEN)
    ctrl_z(database, who=ANNA)
    assert (is_void(database, mine), is_void(database, theirs)) == (True, False)


def test_what_the_system_did_is_not_found_by_ctrl_z_but_can_be_taken_back(database: Database) -> None:
    with writing(database, who=ANNA) as tx, tx.because("S4.30", system=True):
        source_id = add_source(tx, "A")
        change = tx.change
    assert ctrl_z(database) is None
    take_back(database, change)
    assert is_void(database, source_id)


def test_what_is_kept_out_of_undo_is_not_found_by_ctrl_z(database: Database) -> None:
    with writing(database, who=ANNA) as tx, tx.because("import", undoable=False):
        add_source(tx, "A")
    assert ctrl_z(database) is None


def test_what_somebody_has_worked_on_since_is_not_taken_back(database: Database) -> None:
    source_id, change = create(database)
    rename(database, source_id, "Web", who=BEN)
    with pytest.raises(Conflict) as caught:
        take_back(database, change)
    assert (caught.value.code, caught.value.facts) == ("changed_since", {"table": "source", "row": source_id})
    assert not is_void(database, source_id)


def test_work_that_was_taken_back_itself_does_not_stand_in_the_way(database: Database) -> None:
    source_id, change = create(database)
    take_back(database, rename(database, source_id, "Web", who=BEN), who=BEN)
    take_back(database, change)
    assert is_void(database, source_id)


def test_work_that_was_taken_back_and_done_again_stands_in_the_way(database: Database) -> None:
    source_id, change = create(database)
    take_back(database, take_back(database, rename(database, source_id, "Web", who=BEN), who=BEN), who=BEN)
    with pytest.raises(Conflict, match="changed_since"):
        take_back(database, change)


def test_a_change_is_taken_back_once(database: Database) -> None:
    _, change = create(database)
    take_back(database, change)
    with pytest.raises(Conflict, match="already_undone"):
        take_back(database, change)


def test_a_change_that_never_was_cannot_be_taken_back(database: Database) -> None:
    with pytest.raises(Conflict, match="already_undone"):
        take_back(database, 12345)


def test_a_line_says_whether_its_change_is_taken_back_now(database: Database) -> None:
    _, change = create(database)
    undoing = take_back(database, change)
    with reading(database) as tx:
        assert [line.undone for line in journal.changes_of(tx, change, undoing)] == [True, False]
    take_back(database, undoing)
    with reading(database) as tx:
        assert [line.undone for line in journal.changes_of(tx, change, undoing)] == [False, True]


def test_undo_is_journalled_under_its_own_name_and_points_at_what_it_undid(database: Database) -> None:
    _, change = create(database)
    undoing = take_back(database, change)
    redoing = take_back(database, undoing)
    with reading(database) as tx:
        lines = journal.changes_of(tx, undoing, redoing)
    assert [(line.rule, line.undoes) for line in lines] == [("undo", change), ("redo", undoing)]


def test_a_row_changed_twice_in_one_change_goes_back_to_its_first_state(database: Database) -> None:
    source_id, _ = create(database, "0")
    with writing(database, who=ANNA) as tx:
        row = source_row(source_id, "0")
        tx.update(t.source, source_id, row, {**row, "label": "1", "folded": "1"})
        row = {**row, "label": "1", "folded": "1", "version": 2}
        tx.update(t.source, source_id, row, {**row, "label": "2", "folded": "2"})
        change = tx.change
    take_back(database, change)
    assert label(database, source_id) == "0"


def test_rows_of_a_person_are_taken_back_past_undone_work(database: Database) -> None:
    with writing(database, who=ANNA) as tx:
        person_id = add_person(tx, "Ada")
        change = tx.change
    with writing(database, who=BEN) as tx:
        row = person_row(person_id)
        tx.update(t.person, person_id, row, {**row, "first_name": "Eva"}, person_id=person_id)
        other = tx.change
    take_back(database, other, who=BEN)
    take_back(database, change)
    with reading(database) as tx:
        assert tx.value(select(t.person.c.void)) is True


def test_many_changes_are_taken_back_together_and_what_was_worked_on_stays(database: Database) -> None:
    with writing(database, who=ANNA) as tx, tx.because("import", undoable=False):
        changes, ids = [], []
        for name in "ABC":
            with tx.new_change() as change:
                ids.append(add_source(tx, name))
            changes.append(change)
    rename(database, ids[1], "mine", who=BEN)
    with writing(database, who=ANNA) as tx:
        taken, kept = undo.take_back_all(tx, changes)
    assert set(taken) == {changes[0], changes[2]}
    assert [(change, problem.code) for change, problem in kept.items()] == [(changes[1], "changed_since")]
    assert [is_void(database, each) for each in ids] == [True, False, True]


def test_two_changes_of_one_row_are_taken_back_newest_first(database: Database) -> None:
    source_id, first = create(database, "0")
    second = rename(database, source_id, "1")
    with writing(database, who=ANNA) as tx:
        taken, kept = undo.take_back_all(tx, [first, second])
    assert (list(taken), kept) == ([second, first], {})
    assert (label(database, source_id), is_void(database, source_id)) == ("0", True)


def test_erased_details_are_gone_and_can_no_longer_be_taken_back(database: Database) -> None:
    _, change = create(database)
    with writing(database) as tx:
        journal.redact(tx, [line.number for line in journal.changes_of(tx, change)])
    with reading(database) as tx:
        (line,) = journal.changes_of(tx, change)
        assert (line.before, line.after) == (None, None)
        assert tx.row(select(t.journal_detail.c.salt)) == (None,)
    with pytest.raises(Conflict, match="details_erased"):
        take_back(database, change)


@pytest.mark.parametrize(
    "statement",
    [
        update(t.journal).values(rule="nicer"),
        delete(t.journal),
        update(t.journal_detail).values(after="{}"),
        delete(t.journal_detail),
    ],
    ids=["journal changed", "journal deleted", "detail changed", "detail deleted"],
)
def test_the_database_itself_refuses_to_change_the_journal(database: Database, statement: object) -> None:
    create(database)
    with pytest.raises(Broken, match="append_only"), writing(database) as tx:
        tx.write(statement)  # type: ignore[arg-type]  # an Update or a Delete; both are Executable


def test_the_highest_number_is_that_of_the_newest_row(database: Database) -> None:
    with writing(database) as tx:
        assert journal.highest(tx) >= 0
        add_source(tx, "A")
        lines = journal.changes_of(tx, tx.change)
        assert journal.highest(tx) == lines[-1].number


def test_a_row_that_cannot_be_voided_cannot_be_taken_back(database: Database) -> None:
    with writing(database, who=ANNA) as tx:
        tx.insert(t.feed, {"id": 2, "token": "x"})
        change = tx.change
    with pytest.raises(Conflict, match="not_undoable"):
        take_back(database, change)


def test_a_journal_text_that_is_no_json_is_damage(local_database: Database) -> None:
    _, change = create(local_database)
    with writing(local_database) as tx:
        number = journal.changes_of(tx, change)[0].number
        journal.redact(tx, [number])
    connection = local.connect(local_database.home.path)  # type: ignore[union-attr]  # a local database has a path
    connection.execute("DROP TRIGGER guard_journal_detail_update")
    connection.execute("UPDATE journal_detail SET after = 'no JSON'")
    connection.close()
    with pytest.raises(Refused, match="database_damaged"), reading(local_database) as tx:
        journal.changes_of(tx, change)
