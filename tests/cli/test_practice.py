"""The commands about the practice as a whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from frontdesk.services.practices import PRESETS, system_person
from tests.cli.shell import NINE, Shell, WindowOpened

PRESET_FILES = Path(__file__).resolve().parents[2] / "resources" / "workflows"


def test_init_sets_up_a_practice_as_told(nowhere: Shell) -> None:
    words = ["--name", "Smile", "--zone", "Asia/Tokyo", "--country", "jp", "--workflow", "three_attempts", "--person", "Kei"]
    made = nowhere.ok("init", *words, clock=None)
    assert made == {"database": str(nowhere.place), "workflow": "three_attempts", "person": "Kei", "zone": "Asia/Tokyo"}


def test_init_refuses_a_practice_that_is_there(shell: Shell) -> None:
    assert shell.refused("init", clock=None) == "There is a practice in this database already."


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--zone", "Mars/Base"], "time zone"),
        (["--country", "XX"], "value"),
        (["--currency", "nonsense"], "value"),
        (["--workflow", "nonsense"], "no workflow"),
    ],
)
def test_init_refuses_what_it_does_not_know_and_can_be_tried_again(nowhere: Shell, words: list[str], says: str) -> None:
    assert says in nowhere.refused("init", *words, clock=None)
    assert nowhere.ok("init", "--zone", "UTC", clock=None)["workflow"] == "front_desk"


@pytest.mark.parametrize("words", [["leads"], ["queue"], ["tick"], ["new", "--name", "A"], ["workflow", "list"], ["check"]])
def test_any_command_on_a_missing_path_sets_up_a_practice_with_defaults(nowhere: Shell, words: list[str]) -> None:
    nowhere.ok(*words, clock=None)
    assert Path(nowhere.place).exists()
    assert nowhere.refused("init", clock=None)
    assert [each["in_use"] for each in nowhere.ok("workflow", "list", clock=None)] == [True, False, False, False, False]


def test_run_opens_the_window(shell: Shell) -> None:
    with pytest.raises(WindowOpened):
        shell.run("run")


def test_the_clock_can_be_set_only_in_practice_mode(nowhere: Shell) -> None:
    nowhere.ok("init", clock=None)
    assert "--practice-mode" in nowhere.refused("leads", clock=NINE)


@pytest.mark.parametrize("clock", ["nonsense", "2026-02-30T09:00", "2026-03-29T01:30", "9"])
def test_a_clock_that_is_no_time_is_refused(shell: Shell, clock: str) -> None:
    assert shell.refused("leads", clock=clock).startswith("clock: ")


def test_the_clock_starts_where_it_was_set(shell: Shell) -> None:
    made = shell.ok("new", "--name", "A", clock="2026-07-01T09:00")
    assert made["created"].startswith("2026-07-01T09:00:0")
    assert made["created"].endswith("+01:00")


def test_somebody_who_does_not_work_here_is_refused(shell: Shell) -> None:
    assert shell.refused("leads", person="Nobody") == "person: Nobody of the practice has this name."


def test_tick_closes_what_is_due(shell: Shell) -> None:
    lead_id = shell.new()
    for _ in range(6):
        shell.ok("attempt", lead_id, "--channel", "call", "--disposition", "no_answer")
    assert shell.ok("tick", clock="2026-03-03T08:00") == {"closed": 0}
    assert shell.ok("tick", clock="2026-03-03T10:00") == {"closed": 1}
    assert shell.ok("lead", lead_id)["status"] == "lost"


def test_backup_and_restore_go_there_and_back(shell: Shell) -> None:
    shell.new(name="Ann One")
    made = shell.ok("backup")["backup"]
    shell.new(name="Bo Two")
    restored = shell.ok("restore", clock=None)
    assert restored["restored"] == made
    assert Path(restored["kept"]).exists()
    assert [each["name"] for each in shell.ok("leads")] == ["Ann One"]


def test_backup_goes_into_the_folder_that_was_named(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    assert Path(shell.ok("backup", str(tmp_path / "elsewhere"))["backup"]).parent == tmp_path / "elsewhere"


def test_restore_refuses_without_a_backup_and_without_the_file(shell: Shell, tmp_path: Path) -> None:
    before = Path(shell.place).read_bytes()
    assert shell.refused("restore", clock=None)
    assert shell.refused("restore", str(tmp_path / "none.db"), clock=None)
    assert shell.refused("restore", str(PRESET_FILES / "front_desk.toml"), clock=None)
    assert Path(shell.place).read_bytes() == before


def test_upgrade_says_that_nothing_is_to_do(shell: Shell) -> None:
    assert shell.ok("upgrade", clock=None) == {"backup": None}


def test_check_says_that_all_is_sound(shell: Shell) -> None:
    shell.new()
    found = shell.ok("check")
    assert (found["sound"], found["file"], found["seals"], found["totals"], found["leads"]) == (True, [], [], [], 1)
    assert shell.run("check", clock=NINE).out.startswith("Sound: 1 leads")


def test_workflow_list_names_all_and_the_one_in_use(shell: Shell) -> None:
    listed = shell.ok("workflow", "list")
    assert [each["key"] for each in listed] == list(PRESETS)
    assert [each["key"] for each in listed if each["in_use"]] == ["front_desk"]


@pytest.mark.parametrize("key", PRESETS)
def test_workflow_show_writes_a_workflow_that_check_reads(shell: Shell, tmp_path: Path, key: str) -> None:
    file = tmp_path / "workflow.json"
    file.write_text(json.dumps(shell.ok("workflow", "show", key)), "utf-8")
    assert shell.ok("workflow", "check", str(file))["key"] == key


def test_workflow_show_without_a_key_is_the_one_in_use_and_refuses_a_stranger(shell: Shell) -> None:
    assert shell.ok("workflow", "show")["key"] == "front_desk"
    assert "nonsense" in shell.refused("workflow", "show", "nonsense")


@pytest.mark.parametrize("preset", PRESETS)
def test_workflow_check_finds_the_presets_right(shell: Shell, preset: str) -> None:
    assert shell.ok("workflow", "check", str(PRESET_FILES / f"{preset}.toml"))["key"] == preset


@pytest.mark.parametrize(
    "text", ["", "key = ", "[1]", "[" * 100_000, '{"key": "x"}', 'key = "Bad Key"\n', "\x00", "label = 5\n"], ids=range(8)
)
def test_workflow_check_refuses_a_file_that_is_no_workflow(shell: Shell, tmp_path: Path, text: str) -> None:
    for name in ("workflow.toml", "workflow.json"):
        (tmp_path / name).write_text(text, "utf-8")
        assert shell.refused("workflow", "check", str(tmp_path / name))
    assert shell.refused("workflow", "check", str(tmp_path / "none.toml"))
    assert shell.refused("workflow", "check", str(tmp_path))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("key = \n", "file: This is not sound TOML. Look at line 1."),
        ('label = "x"\nkey = "', "file: This is not sound TOML. Look at line 2."),
        ('colour = "red"\n', "colour: There is no “colour” here. Use key, label, about, initial,"),
    ],
)
def test_workflow_check_says_what_is_wrong_in_plain_words(shell: Shell, tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "workflow.toml").write_text(text, "utf-8")
    assert shell.refused("workflow", "check", str(tmp_path / "workflow.toml")).startswith(sentence)


def test_workflow_use_refuses_a_map_of_a_status_that_is_not_there(shell: Shell) -> None:
    shell.new()
    assert "“foo”" in shell.refused("workflow", "use", "sales_funnel", "--map", "new=new", "--map", "foo=new")
    assert shell.ok("workflow", "use", "sales_funnel", "--map", "new=new", "--map", "lost=new")["moved"] == 1


def test_workflow_use_needs_a_map_for_every_used_status(shell: Shell) -> None:
    shell.new()
    assert "new" in shell.refused("workflow", "use", "sales_funnel")
    assert shell.refused("workflow", "use", "sales_funnel", "--map", "new")
    assert shell.refused("workflow", "use", "sales_funnel", "--map", "new=nowhere")
    assert shell.refused("workflow", "use", "front_desk")
    assert shell.ok("workflow", "use", "sales_funnel", "--map", "new=new") == {"workflow": "sales_funnel", "moved": 1}
    assert shell.ok("undo")["rule"] == "workflow_changed"
    assert shell.ok("workflow", "show")["key"] == "front_desk"


@pytest.mark.parametrize("words", [[], ["nonsense"], ["lead"], ["leads", "--nonsense"], ["appointment"], ["attempt", "5"]])
def test_words_that_make_no_command_are_usage(shell: Shell, words: list[str]) -> None:
    answer = shell.run(*words)
    assert answer.code == 2
    assert answer.err.startswith("usage:")


def test_help_is_no_mistake(shell: Shell) -> None:
    assert shell.run("--help").code == 0


def test_a_path_that_cannot_hold_a_database_is_refused(shell: Shell, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "text.db").write_text("no database, but long enough to look at " * 50, "utf-8")
    places = [tmp_path, tmp_path / "text.db" / "inside.db", tmp_path / "text.db", "nonsense://x", "postgresql://:x", "mysql://a/b"]
    for place in [*places, tmp_path / "Dropbox" / "a.db", "postgresql://nobody@127.0.0.1:1/none", tmp_path / ("x" * 300)]:
        assert Shell(place, capsys).refused("leads", clock=None), place
    assert (tmp_path / "text.db").read_text("utf-8").startswith("no database")


def test_the_systems_user_is_the_first_person(nowhere: Shell) -> None:
    assert nowhere.ok("init", clock=None)["person"] == system_person()


def test_a_backup_lies_under_the_name_it_was_given_and_restores_from_there(shell: Shell, tmp_path: Path) -> None:
    target = tmp_path / "mine.db"
    assert shell.ok("backup", str(target)) == {"backup": str(target)}
    assert target.is_file()
    assert "already" in shell.refused("backup", str(target))
    assert shell.ok("restore", str(target), clock=None)["restored"] == str(target)


def test_the_clock_may_stand_behind_the_command_too(shell: Shell) -> None:
    made = shell.ok("new", "--name", "Grace Kim", "--clock", "2026-03-04T10:00", clock=None)
    assert made["created"].startswith("2026-03-04T10:00:00")
