"""Log an attempt: how, what came of it, when to come back; says at once whether this was the last one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from frontdesk.domain import rules
from frontdesk.domain.rules import Plan, Ruling
from frontdesk.domain.workflow import Disposition, Workflow
from frontdesk.services.decisions import Subject
from frontdesk.ui.lead.date_fields import date_field
from frontdesk.ui.lead.dialogs import inputs
from frontdesk.ui.lead.dialogs.forms import FormDialog
from frontdesk.ui.lead.effects import Said, change, tell
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.lead.slots import AsksWhen
from frontdesk.ui.lead.words import tr
from frontdesk.ui.widgets.buttons import DropDown


@dataclass(frozen=True, slots=True)
class AttemptAnswer:
    """What was done and what came of it."""

    channel: str
    disposition: Disposition | None = None
    follow_up: Plan | None = None
    note: str = ""


def channels(workflow: Workflow) -> list[tuple[str, str]]:
    """The channels of a workflow with their names; those that do not count say so."""
    names = {
        "call": tr("Phone call"),
        "call_answered": tr("They called, we answered"),
        "email_reply": tr("E-mail reply"),
        "visit": tr("Visit"),
        "text": tr("Text message"),
        "chat_email": tr("E-mail from a chat"),
        "automatic_email": tr("Automatic e-mail"),
    }
    every = workflow.counted_channels | workflow.uncounted_channels
    ordered = [key for key in names if key in every] + sorted(every - names.keys())
    uncounted = tr("{channel} (doesn’t count)")
    return [
        (key, names.get(key, key) if key in workflow.counted_channels else uncounted.format(channel=names.get(key, key))) for key in ordered
    ]


def dispositions() -> list[tuple[Disposition | None, str]]:
    """What can come of a contact."""
    return [
        (Disposition.NO_ANSWER, tr("No answer")),
        (Disposition.LEFT_MESSAGE, tr("Left a message")),
        (Disposition.SPOKE, tr("Spoke to them")),
        (Disposition.SET_FOLLOW_UP, tr("Agreed on a follow-up")),
        (None, tr("Nothing of these")),
    ]


class AttemptDialog(AsksWhen, FormDialog):
    """Log one contact by the desk; answers with an AttemptAnswer."""

    def __init__(
        self, host: QWidget, subject: Subject, practice: Practice, *, channel: str = "call", disposition: Disposition | None = None
    ) -> None:
        super().__init__(host, host.tr("Log an attempt"), [subject], practice, height=600)
        self.channel = DropDown(self.tr("How"), channels(subject.workflow))
        self.channel.choose(channel)
        self.disposition = DropDown(self.tr("What came of it"), dispositions())
        self.disposition.choose(disposition)
        self.when = date_field(self.practice, self.tr("Come back"))
        self.note = inputs.note_area()
        self.form.add("channel", self.tr("&How"), self.channel)
        self.form.add("disposition", self.tr("What came &of it"), self.disposition)
        self.form.add("follow_up", self.tr("Come &back"), self.when, aside=self.tr("in words; empty leaves it to the workflow"))
        self.form.add("note", self.tr("No&te"), self.note)
        self.form.changed.connect(self._name)
        self._name()
        self.finish()

    @override
    def answer(self) -> AttemptAnswer:
        self._ruling()
        return self._given()

    @override
    def said(self) -> list[Said]:
        ruling = self._ruling()
        told = tell([change(self.subjects[0].case, [ruling])], self.practice)
        if ruling.activity is not None and not ruling.activity.counted:
            told.insert(0, Said("info", self.tr("Doesn’t count as an attempt.")))
        return told

    def _ruling(self) -> Ruling:
        given, subject = self._given(), self.subjects[0]
        return rules.attempt(
            subject.case,
            self.occasion(subject),
            channel=given.channel,
            disposition=given.disposition,
            follow_up=given.follow_up,
            note=given.note,
        )

    def _given(self) -> AttemptAnswer:
        chosen = self.disposition.key()
        disposition = Disposition(str(chosen)) if chosen else None
        return AttemptAnswer(str(self.channel.key()), disposition, inputs.plan(self.when), self.note.toPlainText().strip())

    def _name(self) -> None:
        counts = self.channel.key() in self.subjects[0].workflow.counted_channels
        self.name_action(self.tr("Log the attempt") if counts else self.tr("Log the contact"))
