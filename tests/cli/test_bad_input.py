"""Bad input of every kind: one plain sentence, exit 1, nothing changed, never a traceback."""

from __future__ import annotations

import pytest

from frontdesk.domain.workflow import Role
from tests.cli.shell import Shell

INJECTIONS = (
    "' OR '1'='1",
    "'; DROP TABLE lead; --",
    '" OR ""="',
    "1; DELETE FROM lead",
    "x' UNION SELECT name FROM sqlite_master --",
    "%' AND 1=0 --",
    "\\'; SELECT pg_sleep(5); --",
    "*",
    '"',
    "NEAR(a b)",
    "a AND b OR NOT c",
    "name:x*",
    "%%__%%",
    "{0}",
    "%s%s%n",
    ":lead_id",
    "?1",
    "\x00",
    "\udcff",
    "ünï“”😀\u202e",
    "a\u0301" * 200,
    "x" * 20_000,
)
SLOTS = {
    "search": ["leads", "--search"],
    "find": ["find"],
    "sort": ["leads", "--sort"],
    "status": ["leads", "--status"],
    "stage": ["leads", "--stage"],
    "outcome": ["leads", "--outcome"],
    "owner": ["leads", "--owner"],
    "source": ["leads", "--source"],
    "reason": ["leads", "--reason"],
    "created": ["leads", "--created-from"],
    "booked": ["leads", "--booked-to"],
    "name": ["new", "--name"],
    "phone": ["new", "--phone"],
    "email": ["new", "--email"],
    "source of a lead": ["new", "--name", "A", "--source"],
    "interest": ["new", "--name", "A", "--interest"],
    "postal code": ["new", "--name", "A", "--postal-code"],
    "external id": ["new", "--name", "A", "--external-id"],
    "note": ["new", "--name", "A", "--note"],
    "channel": ["new", "--name", "A", "--channel"],
    "first contact": ["new", "--name", "A", "--created"],
    "person": ["new", "--person"],
    "lead": ["lead"],
    "unmerge": ["unmerge"],
    "workflow": ["workflow", "use"],
    "workflow show": ["workflow", "show"],
}


FEW = [INJECTIONS[place] for place in (1, 4, 9, 17, 18, 21)]
MANY = [
    *INJECTIONS,
    *(f"{before}{payload}{after}" for payload in INJECTIONS[:12] for before in ("a", "'", "%") for after in ("", " --", "/*")),
]


@pytest.mark.parametrize("payloads", [pytest.param(FEW, id="few"), pytest.param(MANY, id="many", marks=pytest.mark.slow)])
@pytest.mark.parametrize("slot", SLOTS)
def test_text_that_is_sql_or_worse_is_text_or_refused(shell: Shell, slot: str, payloads: list[str]) -> None:
    shell.new(name="Mia Meyer")
    for payload in payloads:
        first = [*SLOTS[slot][:-1], f"{SLOTS[slot][-1]}={payload}"] if SLOTS[slot][-1].startswith("--") else [*SLOTS[slot], "--", payload]
        answer = shell.run(*first, clock="2026-03-02T09:00")
        assert answer.code in (0, 1), (slot, payload, answer)
        assert answer.err.count("\n") == answer.code, (slot, payload, answer)
        assert "Traceback" not in answer.err
        assert "SQL" not in answer.err.upper().replace(payload.upper(), "")
    found = shell.ok("check")
    assert found["sound"]
    assert "Mia Meyer" in [each["name"] for each in shell.ok("leads", "--search", "mia")]


@pytest.mark.parametrize("slot", ["note", "interest", "name"])
def test_what_can_be_kept_is_kept_exactly(shell: Shell, slot: str) -> None:
    for payload in ("' OR '1'='1", "'; DROP TABLE lead; --", "=1+1", "ünï“”😀\u202e", "%s"):
        lead_id = shell.new(f"--{slot}={payload}") if slot != "name" else shell.new(name=payload)
        lead = shell.ok("lead", lead_id)
        kept = [each["note"] for each in lead["timeline"]] if slot == "note" else [lead[slot]]
        assert any(payload in each for each in kept)


REFUSED: dict[str, list[str]] = {
    "a phone": ["new", "--phone", "abc"],
    "an e-mail": ["new", "--email", "nobody"],
    "nobody": ["new"],
    "a name that is too long": ["new", "--name", "x" * 300],
    "a created date": ["new", "--name", "A", "--created", "2026-02-30T10:00"],
    "a created date in words": ["new", "--name", "A", "--created", "when pigs fly"],
    "a created date ahead": ["new", "--name", "A", "--created", "2027-01-01T10:00"],
    "a channel of a new lead": ["new", "--name", "A", "--channel", "pigeon"],
    "an owner": ["new", "--name", "A", "--owner", "Nobody"],
    "a person that is no number": ["new", "--person", "x"],
    "a person that is not there": ["new", "--person", "123"],
    "a lead that is no number": ["lead", "x"],
    "a lead that is not there": ["lead", "123"],
    "a lead beyond all numbers": ["lead", "9999999999999999999"],
    "a lead with a number of another script": ["lead", "١٢٣"],
    "a channel of an attempt": ["attempt", "LEAD", "--channel", "pigeon"],
    "an attempt without its date": ["attempt", "LEAD", "--channel", "call", "--disposition", "set_follow_up"],
    "an attempt in the past": ["attempt", "LEAD", "--channel", "call", "--follow-up", "2026-03-01T10:00"],
    "an attempt at no time": ["attempt", "LEAD", "--channel", "call", "--follow-up", "2026-13-01T10:00"],
    "a channel of a contact": ["inbound", "LEAD", "--channel", "pigeon"],
    "a status": ["status", "LEAD", "nowhere"],
    "the same status": ["status", "LEAD", "new"],
    "a status without its reason": ["status", "LEAD", "lost"],
    "a reason": ["status", "LEAD", "lost", "--reason", "because"],
    "a reason that needs attempts": ["status", "LEAD", "lost", "--reason", "no_contact"],
    "a reason without its note": ["status", "LEAD", "lost", "--reason", "something_else"],
    "a status without the tick": ["status", "LEAD", "invalid", "--reason", "spam"],
    "a colleague": ["status", "LEAD", "contacted", "--to-person", "Nobody"],
    "a follow-up in the past": ["follow-up", "LEAD", "2026-03-01T10:00"],
    "a follow-up in a gap": ["follow-up", "LEAD", "2026-03-29T01:30"],
    "a follow-up in words": ["follow-up", "LEAD", "when pigs fly"],
    "an empty follow-up": ["follow-up", "LEAD", ""],
    "a follow-up beyond the calendar": ["follow-up", "LEAD", "9999-12-31T23:59"],
    "an appointment without a time": ["appointment", "book", "LEAD"],
    "an appointment at no time": ["appointment", "book", "LEAD", "soonish"],
    "an appointment that is not there": ["appointment", "cancel", "LEAD"],
    "an appointment of no minutes": ["appointment", "book", "LEAD", "2026-03-04T10:00", "--minutes", "0"],
    "an appointment of less than no minutes": ["appointment", "book", "LEAD", "2026-03-04T10:00", "--minutes", "-5"],
    "an appointment of more than a day": ["appointment", "book", "LEAD", "2026-03-04T10:00", "--minutes", "1441"],
    "an amount": ["revenue", "LEAD", "much"],
    "an amount below zero": ["revenue", "LEAD", "--", "-5"],
    "an amount of nothing": ["revenue", "LEAD", "0"],
    "an amount beyond all money": ["revenue", "LEAD", "9" * 30],
    "a day of an amount": ["revenue", "LEAD", "5", "--on", "2026-02-30"],
    "an empty enrolment": ["enrol", "LEAD", " "],
    "reopening an open lead": ["reopen", "LEAD"],
    "an empty note": ["note", "LEAD", " "],
    "an owner of a lead": ["assign", "LEAD", "Nobody"],
    "a person with herself": ["merge", "LEAD", "LEAD"],
    "a person that was never merged": ["unmerge", "123"],
    "nothing to do again": ["redo"],
    "a sort": ["leads", "--sort", "nonsense"],
    "a stage": ["leads", "--stage", "nonsense"],
    "an outcome": ["leads", "--outcome", "nonsense"],
    "a status of a list": ["leads", "--status", "nonsense"],
    "a day of a list": ["leads", "--created-from", "2026-02-30"],
    "an import that is not there": ["import", "/nowhere/at/all.csv"],
    "a backup that cannot be written": ["backup", "/proc/nowhere"],
    "an export that cannot be written": ["export", "/proc/nowhere/leads.csv"],
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_one_sentence_and_nothing_changes(shell: Shell, name: str) -> None:
    lead_id = shell.new()
    before = shell.ok("lead", lead_id)
    sentence = shell.refused(*(lead_id if word == "LEAD" else word for word in REFUSED[name]))
    assert sentence[-1] in ".?”", sentence
    assert shell.ok("lead", lead_id) == before
    assert len(shell.ok("leads")) == 1


@pytest.mark.parametrize(
    "words",
    [
        ["leads", "--limit", "-1"],
        ["queue", "--limit=x"],
        ["appointment", "book", "5", "2026-03-04T10:00", "--minutes=x"],
        ["leads", "--limit=9999999999"],
    ],
)
def test_a_number_that_is_none_is_usage(shell: Shell, words: list[str]) -> None:
    answer = shell.run(*words)
    assert (answer.code, answer.out) == (2, "")


def test_what_a_role_may_not_do_is_refused(shell: Shell) -> None:
    lead_id = shell.new()
    shell.hire("Uma", Role.AUDITOR)
    for words in (["note", lead_id, "x"], ["undo"], ["new", "--name", "B"], ["workflow", "use", "sales_funnel", "--map", "new=new"]):
        assert shell.refused(*words, person="Uma") == "role: Your role may not do this. Ask a manager."
    assert len(shell.ok("leads", person="Uma")) == 1


@pytest.mark.parametrize("name", ["a lead that is not there", "a phone", "a sort"])
def test_a_refusal_is_the_same_with_json(shell: Shell, name: str) -> None:
    assert shell.refused(*REFUSED[name], "--json") == shell.refused(*REFUSED[name])
