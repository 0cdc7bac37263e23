"""Putting a backup back: only an administrator of the practice that stands there may, since it replaces everything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from frontdesk.domain.problems import Refused
from frontdesk.domain.workflow import Role
from frontdesk.services import practices
from frontdesk.services.backups import newest_sound
from frontdesk.store import backup, files

DAMAGED = frozenset(("database_damaged", "database_damaged_backup", "database_damaged_no_backup"))


def restore(
    place: str, source: str | None, *, person: str | None, clock: Callable[[], datetime], in_window: bool = False
) -> tuple[Path, Path | None]:
    """Put a backup (the newest sound one) in the database's place; return it and where the replaced file is kept.

    Raises:
        Refused: `administrator_needed`, `no_backup`, `file_not_found`, or what keeps the backup from being put there.
    """
    found = newest_sound(place)  # first, since opening an older database makes a backup of its own
    files.check_place(Path(place))
    _check_right(place, person, clock, in_window=in_window)
    chosen = Path(source) if source else found
    if chosen is None:
        raise Refused("no_backup", "file")
    if not chosen.is_file():
        raise Refused("file_not_found", "file")
    return chosen, backup.restore(chosen, Path(place), now=clock())


def _check_right(place: str, person: str | None, clock: Callable[[], datetime], *, in_window: bool) -> None:
    """A damaged file cannot be asked who works here, and a missing one stands in nobody's way: then whoever sits at the computer may."""
    if files.is_empty(Path(place)):
        return
    try:
        desk = practices.open_desk(place, person=person, clock=clock, in_window=in_window)
    except Refused as problem:
        if problem.code in DAMAGED:
            return
        raise
    with desk.database:
        if desk.who.role is not Role.ADMINISTRATOR:
            raise Refused("administrator_needed", "role")
