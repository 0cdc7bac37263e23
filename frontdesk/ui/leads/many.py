"""Many leads at once: another owner for all of them, one undo for the lot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from frontdesk.domain.problems import Refused
from frontdesk.domain.records import LeadId, PersonId, StaffId
from frontdesk.domain.rules import Plan
from frontdesk.services.followups import set_follow_up_of_many
from frontdesk.services.leads import assign, mark_duplicate
from frontdesk.services.lists import Profile, profile
from frontdesk.services.people import Known, known, merge_people
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.lead.headlines import display_name
from frontdesk.ui.lead.merge import MergeDialog, Side
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.lead.slots import SlotWatch
from frontdesk.ui.lead.words import moment
from frontdesk.ui.leads.plan_popup import PlanPopup
from frontdesk.ui.problems import sentence
from frontdesk.ui.widgets.popups import open_below


class ManyDeeds(QObject):
    """What can be done with several leads.

    Attributes:
        done: a sentence for the undo strip, and whether it can be undone.
        told: a sentence for the notice line, with what can be done about it.
    """

    done = Signal(str, bool)
    told = Signal(str, object)

    def __init__(self, jobs: Jobs, owner: QWidget, practice: Callable[[], Practice]) -> None:
        super().__init__(owner)
        self._jobs, self._owner, self._practice = jobs, owner, practice

    def choose_owner(self, ids: Sequence[LeadId], below: QWidget) -> None:
        """Open the list of colleagues."""
        practice = self._practice()
        menu = QMenu(self._owner)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setObjectName("owners")
        for member in practice.members:
            menu.addAction(practice.owner(member.id), partial(self._assign, list(ids), member.id))
        menu.addAction(practice.owner(None), partial(self._assign, list(ids), None))
        open_below(menu, below)

    def follow_up(self, ids: Sequence[LeadId], below: QWidget) -> None:
        """Ask when all of them shall be contacted next."""
        popup = PlanPopup(len(ids), self._practice(), self._owner)
        popup.planned.connect(lambda plan: self._plan(list(ids), plan, popup))
        popup.when.changed.connect(SlotWatch(popup, popup, self._jobs, ids).look)
        popup.show_below(below)

    def merge(self, ids: Sequence[LeadId], host: QWidget) -> None:
        """Two people become one, field by field; two leads of one person become one enquiry."""
        if len(ids) != 2:
            self.told.emit(self.tr("Choose two leads in the list, then merge them."), [])
            return
        first, second = ids
        ask = partial(self._jobs.ask, profile, owner=self._owner, on_refused=self._refused)
        ask(on_done=lambda one: ask(on_done=lambda other: self._compare(one, other, host), lead_id=second), lead_id=first)

    def merge_with(self, lead_id: LeadId, person_id: PersonId, host: QWidget) -> None:
        """The person of this lead and somebody who was here already become one."""
        ask = partial(self._jobs.ask, owner=self._owner, on_refused=self._refused)
        ask(
            profile,
            on_done=lambda mine: ask(known, on_done=lambda twin: self._choose(twin, known_of(mine), host), person_id=person_id),
            lead_id=lead_id,
        )

    def _assign(self, ids: list[LeadId], owner_id: StaffId | None) -> None:
        words = self.tr("{n} leads belong to {owner} now.").format(n=len(ids), owner=self._practice().owner(owner_id))
        self._jobs.do(
            assign,
            owner=self._owner,
            on_done=lambda _: self.done.emit(words, True),
            chosen=[(lead_id, None) for lead_id in ids],
            owner_id=owner_id,
        )

    def _plan(self, ids: list[LeadId], plan: Plan, popup: PlanPopup) -> None:
        practice = self._practice()
        when = moment(plan.due, practice.now(), practice.hours, is_24h=practice.book.clock_24h, any_time=plan.any_time)

        def planned(done: Any) -> None:
            popup.close()
            self.done.emit(self.tr("Follow-up for {n} leads set for {when}.").format(n=done.value, when=when), True)

        self._jobs.do(
            set_follow_up_of_many,
            owner=self._owner,
            on_done=planned,
            on_refused=popup.refuse,
            chosen=[(lead_id, None) for lead_id in ids],
            plan=plan,
        )

    def _compare(self, one: Profile, other: Profile, host: QWidget) -> None:
        if one.person.id == other.person.id:
            self._offer_duplicate(one, other)
            return
        older, newer = sorted((one, other), key=lambda each: each.lead.stamps.created)
        self._choose(known_of(older), known_of(newer), host)

    def _choose(self, one: Known, other: Known, host: QWidget) -> None:
        """Field by field; the first one is who stays, unless somebody chooses otherwise."""
        dialog = MergeDialog(host, self._practice(), *(Side(each.person, each.enquiries) for each in (one, other)))
        names = {each.person.id: display_name(each.person, self._practice()) for each in (one, other)}
        dialog.decided.connect(lambda winner, loser, keep: self._merge(dialog, winner, loser, keep, names[winner]))
        dialog.open(dialog.first)

    def _merge(self, dialog: MergeDialog, winner: PersonId, loser: PersonId, keep: dict[str, str], name: str) -> None:
        def merged(_: object) -> None:
            dialog.close_overlay()
            self.done.emit(self.tr("Merged. Everything is with {name} now.").format(name=name), True)

        self._jobs.do(
            merge_people,
            owner=dialog,
            on_done=merged,
            on_refused=self._refused,
            winner_id=winner,
            loser_id=loser,
            keep=keep,
        )

    def _refused(self, problem: Refused) -> None:
        self.told.emit(sentence(problem), [])

    def _offer_duplicate(self, one: Profile, other: Profile) -> None:
        older, newer = sorted((one, other), key=lambda each: each.lead.stamps.created)
        name = display_name(one.person, self._practice())
        words = self.tr("Both are enquiries of {name}. If they are one enquiry, mark the newer one as a duplicate.").format(name=name)
        mark = partial(
            self._jobs.do,
            mark_duplicate,
            owner=self._owner,
            on_done=lambda _: self.done.emit(self.tr("Marked as a duplicate."), True),
            lead_id=newer.lead.id,
            of=older.lead.id,
        )
        self.told.emit(words, [(self.tr("Mark as a duplicate"), mark)])


def known_of(found: Profile) -> Known:
    """The person of a lead, with all their enquiries."""
    return Known(found.person, 1 + len(found.enquiries))
