"""This computer's own settings."""

from __future__ import annotations

from pathlib import Path

from frontdesk.services.station import Station


def test_what_is_kept_is_there_at_the_next_start(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "station.toml"
    Station(file).keep("theme", "dark")
    assert Station(file).get("theme") == "dark"
    assert Station(file).get("columns") == ""


def test_the_file_can_be_read_and_mended_by_hand(tmp_path: Path) -> None:
    file = tmp_path / "station.toml"
    Station(file).keep("theme", 'a "quoted" word')
    file.write_text(file.read_text("utf-8").replace("quoted", "mended"), "utf-8")
    assert Station(file).get("theme") == 'a "mended" word'


def test_a_damaged_file_is_as_good_as_none_and_is_written_anew(tmp_path: Path) -> None:
    file = tmp_path / "station.toml"
    for damaged in (b"theme = ", b"\xff\xfe\x00", b"theme = 5\n"):
        file.write_bytes(damaged)
        station = Station(file)
        assert station.get("theme") == ""
        station.keep("theme", "light")
        assert Station(file).get("theme") == "light"


def test_a_folder_that_cannot_be_made_keeps_the_values_until_the_end(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    station = Station(tmp_path / "file" / "station.toml")
    station.keep("theme", "dark")
    assert station.get("theme") == "dark"


def test_keeping_the_same_again_does_not_touch_the_file(tmp_path: Path) -> None:
    file = tmp_path / "station.toml"
    station = Station(file)
    station.keep("theme", "dark")
    file.unlink()
    station.keep("theme", "dark")
    assert not file.exists()


def test_nothing_half_written_stays_beside_the_file(tmp_path: Path) -> None:
    station = Station(tmp_path / "station.toml")
    for number in range(5):
        station.keep("number", str(number))
    assert [each.name for each in tmp_path.iterdir()] == ["station.toml"]
