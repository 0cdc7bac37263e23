"""Import and export at the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shell import Shell

HEADINGS = "Lead ID,Name,Phone,Email,Lead Source,Status,Created Date,Revenue\n"
GOOD = "A1,Grace Kim,020 7946 0000,grace@example.com,Website,Won,2026-02-10 09:30,50\n"


@pytest.fixture
def leads(tmp_path: Path) -> Path:
    return tmp_path / "leads.csv"


def test_what_should_be_looked_at_is_said_in_a_line_with_its_rows(shell: Shell, leads: Path) -> None:
    odd = "".join(f"B{number},Ann Lee,00000,mail,Website,Won,2026-02-10,\n" for number in range(30))
    leads.write_text(HEADINGS + GOOD + odd + "1.23E+14,Ben,,,Website,Won,2026-02-10,\n")
    printed = shell.run("import", str(leads), "--create", "sources", "--agree", clock="2026-03-02T09:00")
    assert printed.code == 0
    told = printed.out[printed.out.index("look at these") :].splitlines()[1:]
    numbers = ", ".join(map(str, range(3, 23)))
    assert told == [
        f"  phone: Such a phone number can't exist. It was kept as it is. (lines {numbers} and 10 more)",
        f"  email: That isn't an e-mail address. It looks like name@example.com. (lines {numbers} and 10 more)",
        "  external_id: A spreadsheet program has rounded this number. Export the column as text. (line 33)",
    ]


def test_rows_that_are_refused_are_named_with_line_field_and_sentence_up_to_fifty(shell: Shell, leads: Path) -> None:
    leads.write_text(HEADINGS + GOOD.replace("2026-02-10 09:30", "2026-03-02 09:01") + GOOD.replace(",50", ",€50") * 60)
    dry = shell.run("import", str(leads), "--create", "sources", "--agree", "--dry-run", clock="2026-03-02T09:00")
    assert "  line 2: created: The first contact can't lie in the future.\n" in dry.out
    assert "  line 3: revenue: That is another currency than the practice's. Convert the amount first.\n" in dry.out
    assert "  and 11 more; --problems FILE saves all of these rows\n" in dry.out
    assert dry.out.count("  line ") == 50


def test_what_was_said_of_words_and_dates_holds_for_the_next_file_with_these_headings(shell: Shell, leads: Path) -> None:
    leads.write_text("Name,Status,Created Date\nAnn,Odd,3/2/2026\nBen,Won,13/2/2026\nCleo,Won,2/13/2026\n")
    words = ("import", str(leads))
    assert "Odd" in shell.refused(*words)
    first = shell.ok(*words, "--value", "Status:Odd=scheduled", "--agree", "--dates", "dmy")
    assert (first["created"], first["refused"], first["dates_mixed"]) == (3, [], [])
    again = shell.ok(*words)
    assert (again["created"], again["updated"], again["already_here"], again["refused"]) == (0, 0, 3, [])


def test_days_written_both_ways_are_said_and_what_could_be_either_is_refused(shell: Shell, leads: Path) -> None:
    leads.write_text("Name,Created Date\nAnn,3/2/2026\nBen,13/2/2026\nCleo,2/13/2026\n")
    figures = shell.ok("import", str(leads), "--dry-run")
    assert figures["dates_mixed"] == ["Created Date"]
    assert [(each["line"], each["field"]) for each in figures["refused"]] == [(2, "created")]
    assert (
        "  Created Date: days written both ways; --dates dmy or mdy says which counts\n"
        in shell.run("import", str(leads), "--dry-run", clock="2026-03-02T09:00").out
    )


def test_two_columns_for_one_field_are_both_kept_and_that_is_said(shell: Shell, leads: Path) -> None:
    leads.write_text("Aa,Bb,Phone\nAnn Lee,Miss Lee,020 7946 0000\n")
    printed = shell.run("import", str(leads), "--map", "Aa=name", "--map", "Bb=name", clock="2026-03-02T09:00")
    assert "name: Two columns go to this field and differ here. The first was taken, the second kept as a note. (line 2)" in printed.out
    assert "name: Miss Lee" in str(shell.ok("lead", shell.ok("leads")[0]["id"]))


def test_reasons_in_free_text_are_the_note_of_the_loss(shell: Shell, leads: Path) -> None:
    reasons = ("I have a conflict on that day", "My boss needs me, sorry about it", "Found somebody closer to my home")
    rows = "".join(f"Ann {number},Lost,{reason}\n" for number, reason in enumerate(reasons))
    leads.write_text("Name,Status,Cancellation reason\n" + rows.replace("me, sorry", "me; sorry"))
    figures = shell.ok("import", str(leads))
    assert (figures["created"], figures["columns"]["Cancellation reason"]) == (3, "loss_note")
