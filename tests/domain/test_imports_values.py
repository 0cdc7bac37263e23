"""What the words of a file mean in the practice."""

from __future__ import annotations

import tomllib

import pytest

from frontdesk.domain.imports import Match, ValueMap, Words, parse_values, propose_values
from frontdesk.domain.problems import Refused
from frontdesk.places import shipped

WORDS = Words.of(tomllib.loads((shipped("resources") / "imports.toml").read_text(encoding="utf-8")))
STAGES = {
    "new": "new",
    "attempting": "follow_up",
    "contacted": "follow_up",
    "procedure_completed": "won",
    "lost": "lost",
    "invalid": "excluded",
}
KNOWN = {
    "status": {key: key.replace("_", " ").capitalize() for key in STAGES},
    "source": {"7": "Facebook", "8": "Web"},
    "owner": {"1": "Zoë Müller"},
}


def proposed(field: str, *words: str) -> ValueMap:
    return propose_values({field: dict.fromkeys(words, 3)}, KNOWN, STAGES, WORDS)


def one(field: str, word: str) -> tuple[str | None, Match]:
    choice = next(iter(proposed(field, word).choices.values()))
    return choice.key, choice.match


@pytest.mark.parametrize(
    ("field", "word", "key"),
    [
        ("status", "Procedure Completed", "procedure_completed"),
        ("status", "PROCEDURE-completed", "procedure_completed"),
        ("source", "facebook", "7"),
        ("source", "fb", "7"),
        ("owner", "ZOE MULLER", "1"),
        ("owner", "1", "1"),
    ],
)
def test_a_word_that_the_practice_has_is_known(field: str, word: str, key: str) -> None:
    assert one(field, word) == (key, Match.KNOWN)


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("Won", "procedure_completed"), ("Closed - Converted", "procedure_completed"), ("SALE_DONE", "procedure_completed"), ("Closed - Not Converted", "lost"),
        ("Open - Not Contacted", "new"), ("Open", "new"), ("IN_PROGRESS", "attempting"), ("Working - Contacted", "contacted"), ("Junk Lead", "invalid"),
    ],
)  # fmt: skip
def test_a_status_of_another_program_is_proposed_by_its_stage(word: str, key: str) -> None:
    assert one("status", word) == (key, Match.PROPOSED)


@pytest.mark.parametrize(
    ("field", "word"), [("status", "Frobnicated"), ("status", "Booked"), ("source", "Radio"), ("owner", "Won"), ("reason", "Price")]
)
def test_any_other_word_is_unknown(field: str, word: str) -> None:
    assert one(field, word) == (None, Match.UNKNOWN)


def test_a_proposal_means_nothing_until_somebody_agrees() -> None:
    values = proposed("status", "Won")
    assert values.key("status", "Won") is None
    assert values.agreed().key("status", "WON ") == "procedure_completed"


def test_agreeing_settles_no_unknown_word() -> None:
    values = proposed("status", "Won", "Lost", "Frobnicated").agreed()
    assert [each.word for each in values.unsettled] == ["Frobnicated"]


def test_the_most_frequent_unsettled_word_comes_first() -> None:
    values = propose_values({"status": {"Won": 2, "Odd": 9, "Lost": 50}}, KNOWN, STAGES, WORDS)
    assert [each.word for each in values.unsettled] == ["Odd", "Won"]


def test_unsettled_words_refuse_the_import() -> None:
    with pytest.raises(Refused, match="values_unknown") as refused:
        proposed("status", "Won", "Odd").require_settled()
    assert refused.value.facts == {"count": 2, "listed": "status “Won” (3, perhaps procedure_completed), status “Odd” (3)"}


def test_settled_words_refuse_nothing() -> None:
    proposed("status", "Lost").require_settled()
    assert proposed("status", "Lost").unsettled == ()


@pytest.mark.parametrize("wanted", ["procedure_completed", "Procedure completed"])
def test_a_word_is_sent_to_a_key_or_a_label(wanted: str) -> None:
    values = proposed("status", "Gewonnen").given([("status", "gewonnen", wanted)], KNOWN)
    assert values.key("status", "GEWONNEN") == "procedure_completed"
    assert values.unsettled == ()


def test_a_word_sent_to_nothing_leaves_the_field_empty() -> None:
    assert proposed("status", "Odd").given([("status", "Odd", "")], KNOWN).key("status", "Odd") == ""


def test_a_wish_for_a_word_that_the_file_lacks_does_no_harm() -> None:
    assert proposed("status").given([("status", "Won", "lost")], KNOWN).key("status", "won") == "lost"


@pytest.mark.parametrize(
    ("field", "code"),
    [("status", "status_unknown"), ("owner", "staff_unknown"), ("source", "source_unknown"), ("reason", "reason_unknown")],
)
def test_a_wish_for_something_that_the_practice_lacks_is_refused(field: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        proposed(field, "Won").given([(field, "Won", "nirvana")], KNOWN)


def test_unknown_sources_stand_for_themselves_until_they_are_made() -> None:
    values = proposed("source", "Radio", "ig", "Web").creating({"source"})
    assert values.to_create("source") == ("Radio", "Instagram")
    assert (values.key("source", "radio"), values.key("source", "ig"), values.key("source", "web")) == ("Radio", "Instagram", "8")
    made = values.with_keys("source", {"Radio": "20", "Instagram": "21"})
    assert (made.key("source", "radio"), made.key("source", "IG"), made.key("source", "Web")) == ("20", "21", "8")


def test_two_spellings_of_one_source_are_made_once() -> None:
    values = proposed("source", "fb ads", "FB-Ads").creating({"source"})
    assert len(values.to_create("source")) == 1


def test_only_the_fields_named_are_created() -> None:
    values = propose_values({"source": {"Radio": 1}, "status": {"Odd": 1}}, KNOWN, STAGES, WORDS).creating({"source"})
    assert [each.field for each in values.unsettled] == ["status"]


def test_wishes_are_read_as_the_command_line_takes_them() -> None:
    wishes = ["Deal Stage:Won=procedure_completed", "status:a:b=c=lost", "deal_stage:Odd=", "owner:X=Zoë"]
    assert parse_values(wishes, {"Deal stage": "status"}) == [
        ("status", "Won", "procedure_completed"), ("status", "a:b=c", "lost"), ("status", "Odd", ""), ("owner", "X", "Zoë"),
    ]  # fmt: skip


@pytest.mark.parametrize("wish", ["Status", "Status:Won", "Won=lost", "Fax:1=2", "phone:1=2", ""])
def test_a_wish_that_names_no_list_is_refused(wish: str) -> None:
    with pytest.raises(Refused, match="value_not_understood"):
        parse_values([wish], {})


def test_a_word_of_the_practice_comes_before_what_files_call_another() -> None:
    known = {"source": {"7": "Facebook", "9": "fb"}}
    assert next(iter(propose_values({"source": {"fb": 1}}, known, {}, WORDS).choices.values())).key == "9"


def test_what_was_said_or_agreed_is_remembered_and_recalled_where_it_still_has_a_meaning() -> None:
    said = proposed("status", "Won", "Odd", "New").given([("status", "Odd", "lost")], KNOWN).agreed()
    assert sorted(said.remembered()) == [("status", "Odd", "lost"), ("status", "Won", "procedure_completed")]
    words = [*said.remembered(), ("status", "Gone", "lost"), ("status", "New", "no_longer_here")]
    again = proposed("status", "Won", "ODD", "New").recalled(words, KNOWN)
    assert [(each.word, each.key) for each in again.choices.values()] == [("Won", "procedure_completed"), ("ODD", "lost"), ("New", "new")]
    assert again.unsettled == ()


def test_a_word_that_was_left_empty_is_left_empty_again() -> None:
    said = proposed("source", "Radio").given([("source", "Radio", "")], KNOWN)
    assert proposed("source", "radio").recalled(said.remembered(), KNOWN).key("source", "Radio") == ""
