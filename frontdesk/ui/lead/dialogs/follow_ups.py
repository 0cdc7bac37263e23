"""Follow up…: when to get in touch next, in words, how, and what about."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from frontdesk.domain import rules
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import FollowUpKind
from frontdesk.domain.rules import Plan
from frontdesk.services.decisions import Subject
from frontdesk.ui.lead.date_fields import date_field
from frontdesk.ui.lead.dialogs import inputs
from frontdesk.ui.lead.dialogs.forms import FormDialog
from frontdesk.ui.lead.effects import Said, change, tell, when
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.lead.slots import AsksWhen
from frontdesk.ui.widgets.buttons import button


class FollowUpDialog(AsksWhen, FormDialog):
    """Set the next contact, or move the one that is planned; answers with a Plan.

    Attributes:
        removal_wanted: the planned contact shall be taken away.
    """

    removal_wanted = Signal()

    def __init__(self, host: QWidget, subject: Subject, practice: Practice) -> None:
        super().__init__(host, host.tr("Follow up"), [subject], practice, height=490)
        self.when = date_field(self.practice, self.tr("When"))
        self.kind, self.note = inputs.kinds(), inputs.note_area()
        field = self.form.add("follow_up", self.tr("&When"), self.when, aside=self.tr("in words"))
        self.form.add("kind", self.tr("&Kind"), self.kind)
        self.form.add("note", self.tr("No&te"), self.note, aside=self.tr("optional"))
        planned = subject.case.follow_up
        if planned is not None:
            field.set_hint(self.tr("Planned now: {when}").format(when=when(planned.due, self.practice, any_time=planned.any_time)))
            self.kind.choose(planned.kind)
            self.note.setPlainText(planned.note)
        remove = button(self.tr("&Remove it"), self.removal_wanted.emit, kind="plain", name=self.tr("Remove the follow-up"))
        remove.setObjectName("remove")
        self.name_action(self.tr("Set follow-up"))
        self.finish(remove)
        remove.setHidden(planned is None)

    @override
    def answer(self) -> Plan:
        plan = self._plan()
        rules.set_follow_up(self.subjects[0].case, self.occasion(self.subjects[0]), plan)
        return plan

    @override
    def said(self) -> list[Said]:
        case = self.subjects[0].case
        ruling = rules.set_follow_up(case, self.occasion(self.subjects[0]), self._plan())
        return tell([change(case, [ruling])], self.practice)

    def _plan(self) -> Plan:
        plan = inputs.plan(self.when, FollowUpKind(str(self.kind.key())), self.note.toPlainText().strip())
        if plan is None:
            raise Refused("follow_up_needed", "follow_up")
        return plan
