"""A program of its own that enters leads until it is stopped, and says which were acknowledged; what the fault tests kill and starve.

Run as `python -m tests.faults.writer DATABASE COUNT [normal]`: enters leads numbered on from those that are there and prints `ok NUMBER` after
each commit, `tried` and `lost` for those it then worked on, `refused CODE` after each refusal; a line `back up` on its standard input makes a backup instead.
With `serve` for DATABASE it reads `DATABASE COUNT` lines and forks a writer for each, so that many kills cost one start of Python.
"""

from __future__ import annotations

import os
import struct
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from typing_extensions import override

from frontdesk.domain.problems import Refused
from frontdesk.domain.records import StaffMember
from frontdesk.domain.rules import Answers
from frontdesk.domain.workflow import Role
from frontdesk.services.attempts import log_attempt
from frontdesk.services.desk import Desk
from frontdesk.services.leads import LeadFacts, change_status, create_lead
from frontdesk.services.people import PersonFields
from frontdesk.store import seals, staff
from frontdesk.store.engine import Database, open_database
from frontdesk.store.local import LocalHome, LocalLink

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RECORD = struct.Struct("<c7xQQII")
BETWEEN_CHECKPOINTS = 25


class CarelessHome(LocalHome):
    """The file opened with `synchronous=NORMAL`, which the product never does: the simulator must find its losses."""

    @override
    def link(self, *, read_only: bool) -> LocalLink:
        link = super().link(read_only=read_only)
        link.connection.execute("PRAGMA synchronous=NORMAL")
        return link


def acknowledge(number: int) -> None:
    """Tell the test; with a recorder also into its log, in order with the writes."""
    os.write(1, b"ok %d\n" % number)
    if log := os.environ.get("PC_LOG"):
        handle = os.open(log, os.O_WRONLY | os.O_APPEND)
        os.write(handle, RECORD.pack(b"A", number, 0, 0, 0))
        os.close(handle)


def write(path: Path, first: int, count: int, *, careless: bool = False) -> None:
    """Enter leads with the external keys first, first + 1 … as the practice's administrator."""
    with open_database(path, now=START) as opened:
        database = Database(CarelessHome(path)) if careless else opened
        system = Desk(database, StaffMember(0, "", Role.ADMINISTRATOR), lambda: START)
        desk = Desk(database, system.ask(staff.every)[0], lambda: START + timedelta(seconds=number))
        for number in range(first, first + count):
            person = PersonFields(f"Name {number}", phones=(f"020 7946 {number % 10000:04}",))
            facts = LeadFacts(external_key=str(number), note="x" * (number % 300))
            try:
                lead_id = desk.do(create_lead, person=person, facts=facts).value or 0
                acknowledge(number)
                work(desk, lead_id, number)
            except Refused as problem:
                os.write(1, f"refused {problem.code}\n".encode())
            if number % BETWEEN_CHECKPOINTS == 0:
                with suppress(Refused):  # a full disk; the watcher goes on too
                    database.checkpoint()


def work(desk: Desk, lead_id: int, number: int) -> None:
    """Log an attempt for every third lead, lose every fourth, and seal the journal now and then; each said once it is done."""
    if number % 3 == 0:
        desk.do(log_attempt, lead_id=lead_id, channel="call")
        os.write(1, b"tried %d\n" % number)
    if number % 4 == 0:
        desk.do(change_status, lead_id=lead_id, to="lost", answers=Answers("price_shopping"))
        os.write(1, b"lost %d\n" % number)
    if number % BETWEEN_CHECKPOINTS == 0:
        desk.do(seals.add)


def serve() -> None:
    """Fork a writer for each line `DATABASE FIRST COUNT`; say its process id first, and `ended` when it is gone."""
    for line in sys.stdin:
        path, first, count = line.rsplit(" ", 2)
        child = os.fork()
        if not child:
            os.write(1, b"pid %d\n" % os.getpid())
            write(Path(path), int(first), int(count))
            os._exit(0)
        os.waitpid(child, 0)
        os.write(1, b"ended\n")


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve()
    else:
        write(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), careless="normal" in sys.argv)
