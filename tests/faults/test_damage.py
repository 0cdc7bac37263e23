"""A damaged file (quality.md row 5): every command works on or says so and offers the newest sound backup, and the restore then works."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from frontdesk.domain.problems import Refused
from frontdesk.services import practices
from tests.cli.shell import Shell
from tests.faults.practice import LEADS, is_plain
from tests.services.practice import Clock

PAGE = 4096
SECTOR = 64
COMMANDS = (["leads"], ["find", "Name 3"], ["queue", "--everyone"], ["new", "--name", "B C"], ["check"])
FAULTS = "The check found "  # a row that was changed under its seal: not damage alone can do that
OFFER = "Its newest sound backup is practice-"

Damage = Callable[[bytes, random.Random], bytes]


def overwritten(sound: bytes, chance: random.Random) -> bytes:
    """Noise somewhere."""
    place = chance.randrange(len(sound))
    return sound[:place] + chance.randbytes(SECTOR) + sound[place + SECTOR :]


def flipped(sound: bytes, chance: random.Random) -> bytes:
    """One bit somewhere."""
    place = chance.randrange(len(sound))
    return sound[:place] + bytes([sound[place] ^ 1 << chance.randrange(8)]) + sound[place + 1 :]


def page_headed_wrongly(sound: bytes, chance: random.Random) -> bytes:
    """Noise in the first bytes of a page, where SQLite says what is in it."""
    place = chance.randrange(len(sound) // PAGE) * PAGE + chance.randrange(12)
    return sound[:place] + chance.randbytes(4) + sound[place + 4 :]


def page_zeroed(sound: bytes, chance: random.Random) -> bytes:
    """A page that never came to the disk."""
    place = chance.randrange(len(sound) // PAGE) * PAGE
    return sound[:place] + bytes(PAGE) + sound[place + PAGE :]


def page_of_elsewhere(sound: bytes, chance: random.Random) -> bytes:
    """A page written in the wrong place."""
    to, of = (chance.randrange(len(sound) // PAGE) * PAGE for _ in range(2))
    return sound[:to] + sound[of : of + PAGE] + sound[to + PAGE :]


def file_headed_wrongly(sound: bytes, chance: random.Random) -> bytes:
    """Noise in the first bytes of the file, where SQLite says what it is and where its schema begins."""
    place = chance.randrange(112)
    return sound[:place] + chance.randbytes(4) + sound[place + 4 :]


def cut_off(sound: bytes, chance: random.Random) -> bytes:
    """The end is missing."""
    return sound[: chance.randrange(len(sound))]


KINDS: tuple[Damage, ...] = (overwritten, flipped, page_headed_wrongly, page_zeroed, page_of_elsewhere, file_headed_wrongly, cut_off)


def put(path: Path, content: bytes) -> None:
    """Put this in the database's place, without what lies beside it."""
    for beside in path.parent.glob(f"{path.name}*"):
        beside.unlink()
    path.write_bytes(content)


@pytest.mark.parametrize("positions", [3, pytest.param(30, marks=pytest.mark.slow)])
@pytest.mark.parametrize("damage", KINDS)
def test_every_command_works_on_or_offers_the_newest_sound_backup(worked: Shell, damage: Damage, positions: int) -> None:
    path, chance, offered = Path(worked.place), random.Random(5), 0
    sound = path.read_bytes()
    for _ in range(positions):
        put(path, damage(sound, chance))
        for words in COMMANDS:
            answer = worked.run(*words)
            assert is_plain(answer), (damage, words, answer)
            assert answer.code == 0 or OFFER in answer.err or answer.err.startswith(FAULTS), (damage, words, answer)
            offered += answer.code
    assert offered or positions < 10, "no damage was found at all"


@pytest.mark.parametrize("positions", [3, pytest.param(30, marks=pytest.mark.slow)])
@pytest.mark.parametrize("damage", KINDS)
def test_opening_a_desk_works_or_offers_the_newest_sound_backup(worked: Shell, damage: Damage, positions: int) -> None:
    path, chance = Path(worked.place), random.Random(6)
    sound = path.read_bytes()
    for _ in range(positions):
        put(path, damage(sound, chance))
        assert opened(path) in {"", "database_damaged_backup"}


def opened(path: Path) -> str:
    """The code that opening this as a desk is refused with, and the backup is named; empty when it opens."""
    try:
        practices.open_desk(path, person="Ada", clock=Clock()).database.close()
    except Refused as problem:
        return problem.code if str(problem.facts["backup"]).startswith("practice-") else "no backup named"
    return ""


def test_a_restore_brings_back_what_was_there_and_keeps_the_damaged_file(worked: Shell) -> None:
    path = Path(worked.place)
    damaged = path.read_bytes()[: 20 * PAGE]
    put(path, damaged)
    assert OFFER in worked.refused("leads", clock=None)
    done = worked.ok("restore", clock=None)
    assert Path(done["kept"]).read_bytes() == damaged
    assert worked.ok("check", clock=None)["sound"]
    assert len(worked.ok("leads", clock=None)) == LEADS


def test_a_damaged_backup_is_passed_over_in_the_offer(worked: Shell) -> None:
    path = Path(worked.place)
    (sound,) = (path.parent / "backups").iterdir()
    newer = sound.with_name("practice-29991231-000000.backup.db")
    newer.write_bytes(sound.read_bytes()[: 20 * PAGE])
    put(path, path.read_bytes()[: 20 * PAGE])
    assert sound.name in worked.refused("leads", clock=None)


def test_without_a_sound_backup_that_is_said(worked: Shell) -> None:
    path = Path(worked.place)
    shutil.rmtree(path.parent / "backups")
    put(path, path.read_bytes()[: 20 * PAGE])
    assert "no sound backup" in worked.refused("leads", clock=None)
