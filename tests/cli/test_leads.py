"""The commands that work one lead and those that look, as workflows.md section 7 and the issue name their output."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.domain.workflow import Role
from tests.cli.shell import LEAD_KEYS, NINE, Shell

LATER = "2026-03-04T15:00"


def test_new_prints_the_line_of_the_lead_with_exactly_the_keys_of_the_issue(shell: Shell) -> None:
    made = shell.ok("new", "--name", "Mia Meyer", "--phone", "020 7946 0958", "--phone", "07700 900123", "--email", "Mia@Example.com")
    assert list(made) == LEAD_KEYS
    assert made["id"].isdigit()
    assert made["created"].startswith("2026-03-02T09:00:0")
    assert made["created"].endswith("+00:00")
    plain = {key: made[key] for key in LEAD_KEYS if key not in {"id", "created"}}
    assert plain == {
        "name": "Mia Meyer",
        "phones": ["020 7946 0958", "07700 900123"],
        "emails": ["mia@example.com"],
        "status": "new",
        "stage": "new",
        "outcome": "open",
        "owner": None,
        "source": None,
        "attempts": 0,
        "next_follow_up": None,
        "reason": None,
        "important": False,
    }


def test_new_takes_every_fact(shell: Shell) -> None:
    words = ["--interest", "implants", "--best-time", "mornings", "--owner", "ada", "--postal-code", "N1", "--external-id", "X1"]
    lead_id = shell.new(*words, "--important", "--note", "asks for a weekend", "--channel", "web_form", "--created", "2026-03-01T18:00")
    lead = shell.ok("lead", lead_id)
    assert (lead["interest"], lead["best_time"], lead["owner"], lead["external_id"]) == ("implants", "mornings", "Ada", "X1")
    assert (lead["important"], lead["person"]["postal_code"], lead["created"]) == (True, "N1", "2026-03-01T18:00:00+00:00")
    assert "asks for a weekend" in [each["note"] for each in lead["timeline"]]


@pytest.mark.parametrize(
    ("text", "created"),
    [
        ("yesterday", "2026-03-01T12:00"),
        ("yesterday 3pm", "2026-03-01T15:00"),
        ("monday", "2026-02-23T12:00"),
        ("2 days ago", "2026-02-28T09:00"),
        ("12 nov", "2025-11-12T12:00"),
        ("2026-02-20", "2026-02-20T12:00"),
        ("2026-02-20 16:30", "2026-02-20T16:30"),
        ("today", "2026-03-02T09:00"),
    ],
)
def test_new_knows_the_words_of_the_past(shell: Shell, text: str, created: str) -> None:
    assert shell.ok("new", "--name", "A", "--created", text)["created"].startswith(created)


def test_new_that_is_of_no_past_time_says_what_to_give(shell: Shell) -> None:
    for text in ("31/02/2026", "when pigs fly", "2026-02-30"):
        assert shell.refused("new", "--name", "A", "--created", text).startswith(
            "created: Give the day and time they first got in touch, like"
        )
    assert shell.refused("new", "--name", "A", "--created", "tomorrow") == "created: That lies ahead. Give a day and time that has passed."


def test_an_external_id_names_one_lead(shell: Shell) -> None:
    first = shell.new("--external-id", "e1")
    sentence = shell.refused("new", "--name", "B", "--external-id", "e1")
    assert sentence == f"external_id: Lead {first} has this number already. Open that one, or give another number."


def test_today_is_the_usual_time_of_today_or_the_end_of_the_work(shell: Shell) -> None:
    lead_id = shell.new(clock="2026-03-02T08:00")
    for clock, due in (("2026-03-02T08:30", "09:00"), ("2026-03-02T10:00", "17:00")):
        assert shell.ok("follow-up", lead_id, "today", clock=clock)["next_follow_up"] == f"2026-03-02T{due}:00+00:00"
    assert shell.refused("follow-up", lead_id, "today", clock="2026-03-02T18:00").startswith("follow_up: That time is past.")


def test_new_for_somebody_who_is_here_already(shell: Shell) -> None:
    first = shell.new()
    second = shell.ok("new", "--person", first)
    assert second["name"] == "Mia Meyer"
    assert [each["id"] for each in shell.ok("lead", first)["enquiries"]] == [second["id"]]


def test_attempt_comes_back_by_itself(shell: Shell) -> None:
    line = shell.ok("attempt", shell.new(), "--channel", "call", "--disposition", "no_answer", "--note", "rang out")
    assert (line["attempts"], line["status"], line["stage"]) == (1, "attempting", "follow_up")
    assert line["next_follow_up"].startswith("2026-03-02T13:00")


@pytest.mark.parametrize("when", [LATER, "2026-03-04 15:00", "wed 3pm", "in 2 days at 3pm"])
def test_attempt_with_a_follow_up_is_due_then(shell: Shell, when: str) -> None:
    line = shell.ok("attempt", shell.new(), "--channel", "call", "--disposition", "set_follow_up", "--follow-up", when)
    assert line["next_follow_up"] == "2026-03-04T15:00:00+00:00"


def test_inbound_is_no_attempt(shell: Shell) -> None:
    assert shell.ok("inbound", shell.new(), "--channel", "voicemail", "--note", "call me")["attempts"] == 0


def test_status_moves_with_its_answers(shell: Shell) -> None:
    lead_id = shell.new()
    line = shell.ok("status", lead_id, "lost", "--reason", "something_else", "--note", "moved away")
    assert (line["status"], line["stage"], line["outcome"], line["reason"]) == ("lost", "lost", "lost", "something_else")
    assert shell.ok("status", lead_id, "lost", "--reason", "insurance")["reason"] == "insurance"
    assert shell.ok("status", shell.new(), "invalid", "--reason", "spam", "--verified")["outcome"] == "excluded"


def test_status_with_a_follow_up(shell: Shell) -> None:
    assert shell.ok("status", shell.new(), "contacted", "--follow-up", LATER)["next_follow_up"] == "2026-03-04T15:00:00+00:00"


def test_status_that_hands_over_takes_the_colleague(shell: Shell) -> None:
    shell.ok("workflow", "use", "three_attempts")
    line = shell.ok("status", shell.new(), "transfer", "--to-person", "Ada", "--note", "yours")
    assert (line["status"], line["owner"]) == ("transfer", "Ada")


def test_follow_up_is_set_and_moved(shell: Shell) -> None:
    lead_id = shell.new()
    assert shell.ok("follow-up", lead_id, LATER, "--note", "prices")["next_follow_up"] == "2026-03-04T15:00:00+00:00"
    assert shell.ok("follow-up", lead_id, "2026-03-05")["next_follow_up"] == "2026-03-05T09:00:00+00:00"
    assert shell.ok("lead", lead_id)["follow_up"]["by"] == "user"


def test_an_appointment_is_booked_moved_and_settled(shell: Shell) -> None:
    lead_id = shell.new()
    words = ["--minutes", "45", "--with", "Dr Bell", "--kind", "consult", "--key", "A1"]
    assert shell.ok("appointment", "book", lead_id, LATER, *words)["status"] == "scheduled"
    assert shell.ok("appointment", "move", lead_id, "--starts", "2026-03-06T10:00")["status"] == "scheduled"
    (appointment,) = shell.ok("lead", lead_id)["appointments"]
    assert (appointment["starts"], appointment["minutes"], appointment["with"], appointment["key"]) == (
        "2026-03-06T10:00:00+00:00",
        45,
        "Dr Bell",
        "A1",
    )
    assert shell.ok("appointment", "attend", lead_id, "--key", "A1")["stage"] == "seen"


@pytest.mark.parametrize(("act", "status"), [("cancel", "cancelled"), ("no-show", "no_show")])
def test_an_appointment_that_fails_is_due_again_now(shell: Shell, act: str, status: str) -> None:
    lead_id = shell.new()
    shell.ok("appointment", "book", lead_id, LATER)
    line = shell.ok("appointment", act, lead_id, clock="2026-03-04T16:00")
    assert line["status"] == status
    assert line["next_follow_up"].startswith("2026-03-04T16:00")


def test_of_several_appointments_one_must_be_named(shell: Shell) -> None:
    lead_id = shell.new()
    for key, starts in (("A1", LATER), ("B2", "2026-03-05T10:00")):
        shell.ok("appointment", "book", lead_id, starts, "--key", key)
    for act in (["cancel"], ["no-show"], ["move", "--starts", "2026-03-09T10:00"]):
        sentence = shell.refused("appointment", act[0], lead_id, *act[1:])
        assert "A1 (2026-03-04 15:00), B2 (2026-03-05 10:00)" in sentence
    assert "ahead" in shell.refused("appointment", "attend", lead_id)
    assert shell.refused("appointment", "cancel", lead_id, "--key", "C3").startswith("key: ")
    shell.ok("appointment", "attend", lead_id, clock="2026-03-04T16:00")
    assert [each["state"] for each in shell.ok("lead", lead_id)["appointments"]] == ["attended", "booked"]


def test_what_is_said_of_a_settled_appointment_stands_in_the_history_and_nothing_else(shell: Shell) -> None:
    lead_id = shell.new()
    shell.ok("appointment", "book", lead_id, LATER)
    shell.ok("appointment", "cancel", lead_id)
    before = shell.ok("lead", lead_id)
    for act in ("cancel", "no-show", "attend"):
        shell.ok("appointment", act, lead_id)
    shell.ok("appointment", "move", lead_id, "2026-03-09T10:00")
    after = shell.ok("lead", lead_id)
    told = after["timeline"][:4]
    assert [(each["rule"], each["channel"]) for each in told] == [("recorded", act) for act in ("move", "attend", "no_show", "cancel")]
    assert {**after, "timeline": after["timeline"][4:]} == before
    assert "Appointment " in shell.run("lead", lead_id).out


def test_revenue_is_money_as_a_string(shell: Shell) -> None:
    lead_id = shell.new()
    shell.ok("revenue", lead_id, "1,250.50", "--on", "2026-03-01")
    assert shell.ok("lead", lead_id)["revenue"] == [{"amount": "1250.50", "on": "2026-03-01", "note": ""}]


def test_enrol_keeps_the_number(shell: Shell) -> None:
    lead_id = shell.new()
    shell.ok("enrol", lead_id, "E-77")
    assert shell.ok("lead", lead_id)["enrolment_number"] == "E-77"


def test_reopen_goes_back(shell: Shell) -> None:
    lead_id = shell.new()
    shell.ok("status", lead_id, "lost", "--reason", "insurance")
    assert shell.ok("reopen", lead_id)["status"] == "new"


def test_note_assign_and_important(shell: Shell) -> None:
    lead_id = shell.new()
    shell.ok("note", lead_id, "allergic to latex")
    assert shell.ok("assign", lead_id, "Ada")["owner"] == "Ada"
    assert shell.ok("assign", lead_id, "nobody")["owner"] is None
    assert shell.ok("important", lead_id)["important"] is True
    assert shell.ok("important", lead_id, "--off")["important"] is False
    assert "allergic to latex" in [each["note"] for each in shell.ok("lead", lead_id)["timeline"]]


def test_merge_and_unmerge(shell: Shell) -> None:
    winner, loser = shell.new("--phone", "020 7946 0958"), shell.new(name="Maya Mayer")
    person = shell.ok("lead", loser)["person"]["id"]
    for number in (person, loser, winner):
        assert shell.ok("merge", winner, loser)["merged"] == person
        assert shell.ok("lead", loser)["name"] == "Mia Meyer"
        assert shell.ok("unmerge", number) == {"person": person}
        assert shell.ok("lead", loser)["name"] == "Maya Mayer"
    for number in (person, loser, winner):
        assert shell.refused("unmerge", number) == "person: These people are not merged."


def test_of_several_who_were_merged_one_must_be_named(shell: Shell) -> None:
    winner, others = shell.new(), [shell.new(name=name) for name in ("Ann One", "Bo Two")]
    merged = [shell.ok("merge", winner, other)["merged"] for other in others]
    assert f"{merged[0]} or {merged[1]}" in shell.refused("unmerge", winner)
    assert shell.ok("unmerge", others[1]) == {"person": merged[1]}
    assert shell.ok("unmerge", winner) == {"person": merged[0]}


def test_find_and_lead_tell_the_number_of_the_person(shell: Shell) -> None:
    lead_id = shell.new()
    person = shell.ok("lead", lead_id)["person"]["id"]
    assert [each["person"] for each in shell.ok("find", "mia")] == [person]
    assert person in shell.run("find", "mia").out
    assert f"person {person}" in shell.run("lead", lead_id).out


def test_a_text_may_begin_with_a_dash(shell: Shell) -> None:
    lead_id = shell.new("--campaign", "-spring", "--note", "-x")
    shell.ok("note", lead_id, "-y")
    lead = shell.ok("lead", lead_id)
    assert lead["campaign"] == "-spring"
    assert [each["note"] for each in lead["timeline"]][:2] == ["-y", "-x"]
    assert shell.refused("revenue", lead_id, "-5").startswith("amount: ")
    assert shell.run("note", lead_id, "--nonsense").code == 2
    assert shell.run("note", "-h").code == 0


def test_the_general_words_stand_before_or_after_the_command(shell: Shell) -> None:
    shell.hire("Bo", Role.RECEPTIONIST)
    after = shell.run("new", "--name", "A", "--as", "Bo", "--clock", NINE, "--json")
    before = shell.run("--json", "new", "--name", "B", clock=NINE, person="Bo")
    for answer in (after, before):
        lead = shell.ok("lead", answer.json["id"], person="Ada")
        assert (lead["timeline"][0]["by"], lead["created"][:16]) == ("Bo", NINE)
    place = str(shell.place)
    shell.place = "postgresql://nobody@127.0.0.1:1/none"
    assert len(shell.ok("leads", "--database", place, "--as", "Ada")) == 2
    assert shell.run("workflow", "list", "--database", place, "--as", "Ada").code == 0


def test_money_that_comes_later_is_not_recorded(shell: Shell) -> None:
    lead_id = shell.new()
    assert shell.refused("revenue", lead_id, "5", "--on", "2027-01-01").startswith("received_on: Money that comes later")
    shell.ok("revenue", lead_id, "5", "--on", "2026-03-02")


def test_undo_and_redo(shell: Shell) -> None:
    lead_id = shell.new()
    shell.ok("status", lead_id, "lost", "--reason", "insurance")
    undone = shell.ok("undo")
    assert (undone["rule"], undone["leads"]) == ("status_chosen", [lead_id])
    assert shell.ok("lead", lead_id)["status"] == "new"
    redone = shell.ok("redo")
    assert (redone["rule"], redone["leads"]) == ("status_chosen", [lead_id])
    assert shell.ok("lead", lead_id)["status"] == "lost"


def test_undo_and_redo_name_what_it_is_all_about_however_often(shell: Shell) -> None:
    lead_id = shell.new()
    shell.ok("status", lead_id, "lost", "--reason", "insurance")
    for _ in range(2):
        assert shell.run("undo").out == "Taken back: Status chosen.\n"
        assert shell.run("redo").out == "Done again: Status chosen.\n"


def test_undo_takes_back_an_import_where_that_is_newest(shell: Shell, tmp_path: Path) -> None:
    lead_id = shell.new()
    (tmp_path / "more.csv").write_text("Name,Phone\nAda Low,020 7946 0144\n", encoding="utf-8")
    shell.ok("import", str(tmp_path / "more.csv"))
    assert shell.ok("undo")["taken_back"] == 1
    assert [each["id"] for each in shell.ok("leads")] == [lead_id]
    assert "Import the file once more" in shell.run("redo").err


def test_queue_adds_rank_and_group(shell: Shell) -> None:
    shell.new(name="Ann One")
    shell.new("--important", name="Bo Two")
    listed = shell.ok("queue", clock="2026-03-02T10:00")
    assert [(each["name"], each["rank"], each["group"]) for each in listed] == [("Bo Two", 1, 4), ("Ann One", 2, 4)]
    assert set(listed[0]) >= {*LEAD_KEYS, "rank", "group"}
    assert len(shell.ok("queue", "--limit", "1")) == 1


def test_leads_filters_sorts_and_limits(shell: Shell) -> None:
    ids = {name: shell.new(name=name) for name in ("Ann One", "Bo Two", "Cy Three")}
    shell.ok("status", ids["Bo Two"], "lost", "--reason", "insurance")
    shell.ok("assign", ids["Cy Three"], "Ada")

    def names(*words: str) -> list[str]:
        return [each["name"] for each in shell.ok("leads", *words)]

    assert names("--sort", "name", "--limit", "2") == ["Ann One", "Cy Three"]
    assert set(names("--outcome", "open")) == {"Ann One", "Cy Three"}
    assert names("--status", "lost") == names("--stage", "lost") == names("--reason", "insurance") == ["Bo Two"]
    assert names("--owner", "Ada") == ["Cy Three"]
    assert set(names("--owner", "nobody")) == {"Ann One", "Bo Two"}
    assert names("--search", "thr") == ["Cy Three"]
    assert len(names("--created-from", "2026-03-02", "--created-to", "2026-03-02")) == 3
    assert names("--created-from", "2026-03-03") == names("--won-from", "2026-03-01") == names("--booked-to", "2026-03-09") == []
    assert list(shell.ok("leads")[0]) == LEAD_KEYS


def test_find_by_digits_and_by_letters(shell: Shell) -> None:
    lead_id = shell.new("--phone", "020 7946 0958")
    assert [each["id"] for each in shell.ok("find", "0958")] == [lead_id]
    assert [each["id"] for each in shell.ok("find", "mey")] == [lead_id]
    assert shell.ok("find", "zzz") == []


def test_lead_tells_its_history_newest_first(shell: Shell) -> None:
    lead_id = shell.new()
    shell.ok("attempt", lead_id, "--channel", "call", "--disposition", "left_message", clock="2026-03-02T10:00")
    told = shell.ok("lead", lead_id)["timeline"]
    assert [each["rule"] for each in told] == ["attempt_wait", "created"]
    assert {each["by"] for each in told} == {"Ada"}


def test_everything_can_be_printed_for_people_too(shell: Shell) -> None:
    lead_id = shell.new("--phone", "020 7946 0958")
    shell.ok("attempt", lead_id, "--channel", "call", "--disposition", "no_answer")
    for words in (["leads"], ["lead", lead_id], ["queue"], ["find", "mia"], ["workflow", "list"], ["workflow", "show"], ["undo"], ["tick"]):
        answer = shell.run(*words, clock="2026-03-02T10:00")
        assert (answer.code, answer.err) == (0, "")
        assert answer.out
