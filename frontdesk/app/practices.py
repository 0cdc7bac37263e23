"""What happens behind the first frame, on a worker thread: the heavy modules, the database, the watcher, and what the window needs to know."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from frontdesk.domain.workflow import Workflow
    from frontdesk.services.desk import Desk
    from frontdesk.services.lists import Choices
    from frontdesk.services.practices import Beginning
    from frontdesk.services.watch import Listeners

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Opened:
    """An open practice; `leave` lets go of everything in the right order."""

    place: str
    desk: Desk
    choices: Choices
    leave: ExitStack


@dataclass(frozen=True, slots=True)
class Unknown:
    """There is no practice yet: what the first start proposes."""

    place: str
    proposal: Beginning
    workflows: Sequence[Workflow]


def look(_desk: object, *, progress: Progress, cancelled: Any, words: argparse.Namespace, listeners: Listeners) -> Opened | Unknown:
    """Open the practice of this call, or find out that the first start has to be shown."""
    from frontdesk.cli.session import default_place  # noqa: PLC0415 - everything heavy is loaded here and not before

    place = words.database or default_place()
    if not _is_shared(place) and not Path(place).exists() and not words.example and not words.screenshot:
        return _unknown(place)
    return open_practice(None, progress=progress, cancelled=cancelled, words=words, listeners=listeners, place=place)


def open_practice(
    _desk: object,
    *,
    progress: Progress,
    cancelled: Any,
    words: argparse.Namespace,
    listeners: Listeners,
    place: str,
    beginning: Beginning | None = None,
    with_examples: bool = False,
) -> Opened:
    """Open a practice as the one window of it, fill it where that was wished, and begin to watch it.

    Raises:
        Refused: whatever keeps it from opening; nothing stays open then.
    """
    from frontdesk.cli.session import Session  # noqa: PLC0415 - see above
    from frontdesk.services import examples, lists  # noqa: PLC0415
    from frontdesk.services.backups import telling_damage  # noqa: PLC0415
    from frontdesk.services.watch import Watch  # noqa: PLC0415
    from frontdesk.ui import windows  # noqa: F401, PLC0415 - loaded here, so that the window needs no time for it

    with telling_damage(place), ExitStack() as stack:
        session = Session(words, in_window=True, taking_back=progress)
        session.place = place
        session.beginning = beginning or session.beginning
        desk = session.desk
        stack.callback(session.close)
        if not words.screenshot:  # a picture looks without claiming it
            stack.enter_context(desk.database.claim("window"))
        if (words.example or with_examples) and not len(desk.ask(lists.lead_ids)):
            examples.fill(desk, progress=progress)
        choices = desk.ask(lists.choices)
        if desk.database.refusal is None and not words.screenshot:
            watch = Watch(desk, listeners)
            watch.start()
            stack.callback(watch.stop)
        return Opened(place, desk, choices, stack.pop_all())


def back_up_daily(desk: Desk, *, progress: Progress, cancelled: Any, place: str) -> Path | None:
    """Once a day, while the window is open; a shared database is backed up by its own server."""
    from frontdesk.services import backups  # noqa: PLC0415 - loaded already

    return None if _is_shared(place) else backups.back_up_daily(desk, place)


def restore_newest(*, place: str, person: str | None) -> Path:
    """Put the newest sound backup in the place of a damaged database; the damaged file is kept beside it."""
    from frontdesk.services.restoring import restore  # noqa: PLC0415 - rarely needed

    return restore(place, None, person=person, clock=lambda: datetime.now(UTC), in_window=True)[0]


def try_place(*, place: str) -> bool:
    """Try a server: whether there is a practice already; Refused says why it cannot be reached."""
    from frontdesk.services import practices  # noqa: PLC0415 - only for the first start

    return practices.exists(place, now=datetime.now(UTC))


def _unknown(place: str) -> Unknown:
    from frontdesk.services import practices  # noqa: PLC0415 - only for the first start
    from frontdesk.ui import first_start  # noqa: F401, PLC0415 - loaded here, so that its window needs no time for it

    zone = practices.system_zone()
    proposal = practices.Beginning(zone=zone, country=practices.system_country(zone), person=practices.system_person())
    return Unknown(place, proposal, [practices.preset(key) for key in practices.PRESETS])


def _is_shared(place: str) -> bool:
    return "://" in place
