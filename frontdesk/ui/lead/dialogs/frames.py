"""What every dialog about leads shares: who it is about, the well *When you save*, the foot with its keys, refusals and conflicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QPushButton, QWidget
from typing_extensions import override

from frontdesk.domain.problems import Conflict, Refused
from frontdesk.domain.rules import Occasion
from frontdesk.services.decisions import Subject
from frontdesk.services.slots import Slot, Taken
from frontdesk.ui import problems
from frontdesk.ui.lead.dialogs.wells import EffectsWell
from frontdesk.ui.lead.effects import Said
from frontdesk.ui.lead.headlines import display_name
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.lead.words import tr
from frontdesk.ui.widgets.buttons import Kind, button
from frontdesk.ui.widgets.forms import DRAFT_AFTER_MS
from frontdesk.ui.widgets.labels import label, restyle
from frontdesk.ui.widgets.layouts import column, hline, holder, row
from frontdesk.ui.widgets.notices import NoticeLine
from frontdesk.ui.widgets.overlay import Overlay
from frontdesk.ui.widgets.pills import Avatar, IconDisc, KeyCap, StatusPill
from frontdesk.ui.widgets.privacy import privacy
from frontdesk.ui.widgets.undo_strip import announce

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LeadDialog(Overlay):
    """A dialog about one lead or several; a subclass builds its content, answers, and shows a refusal at its field.

    Attributes:
        saved: the answer; the one who listens sends it, and calls `refuse`, `conflict` or `finished`.
        changed: an answer is another one.
        rested: one second after the last change: keep `draft()`.
    """

    saved = Signal(object)
    changed = Signal()
    rested = Signal()

    def __init__(self, host: QWidget, title: str, subjects: Sequence[Subject], practice: Practice, *, size: QSize | None = None) -> None:
        super().__init__(host, title, size=size, head=holder(_head(title, subjects, practice)))
        self.subjects = tuple(subjects)
        self.practice = replace(practice, workflow=subjects[0].workflow, hours=subjects[0].hours)
        self.is_finished = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self.rested)
        self.notice = NoticeLine()
        self.well = EffectsWell(self.tr("When you save"))
        self.action = button("", self.save, kind="primary")
        self.action.setObjectName("action")
        self._cancel = button(self.tr("Cancel"), self.close_overlay)
        self._cancel.setObjectName("cancel")

    def lay_out(self, content: QLayout, *before: QWidget) -> None:
        """Fill the dialog: the notice line, the content, and the foot with `before` at its start."""
        foot = row(*before, None, self._cancel, KeyCap("Esc"), 8, self.action, KeyCap("Ctrl+↵"), margins=(20, 11, 20, 11))
        self.body.addLayout(column(self.notice, margins=(12, 0, 12, 0)))
        self.body.addLayout(content)
        cast("QBoxLayout", self.body).setStretch(1, 1)
        self.body.addWidget(hline())
        self.body.addLayout(foot)

    def name_cancel(self, words: str) -> None:
        """Another word than Cancel, where that would be taken for the deed itself."""
        self._cancel.setText(words)
        self._cancel.setAccessibleName(words.replace("&", ""))

    def start(self) -> None:
        """Open it with the focus in its first question."""
        self.open(self.first())

    def first(self) -> QWidget:
        """Where the focus is at first."""
        return self.action

    def name_action(self, words: str, kind: Kind = "primary") -> None:
        """Name the action after its result."""
        self.action.setText(words)
        self.action.setAccessibleName(words.replace("&", ""))
        restyle(self.action, "kind", kind)

    def occasion(self, subject: Subject) -> Occasion:
        """By what a rule judges a lead here and now."""
        me = self.practice.me
        return Occasion(subject.workflow, subject.hours, self.practice.now(), me.role, me.id)

    def answer(self) -> object:
        """What the person has decided; raises Refused at the field that is missing or wrong."""
        raise NotImplementedError

    def show_at_field(self, field: str | None, sentence: str) -> bool:
        """Show a sentence at the control of a field and go there; False when there is none."""
        raise NotImplementedError

    def draft(self) -> dict[str, str]:
        """What was typed, to be kept when the dialog is closed without saving."""
        return {}

    def restore(self, draft: dict[str, str]) -> None:
        """Put a draft back."""

    def slot(self) -> Slot | None:
        """The time that is being chosen, so that what else is planned then can be said."""
        return None

    def show_taken(self, found: Taken) -> None:
        """Say what else is planned at that time."""

    def said(self) -> list[Said]:
        """What saving does, in sentences; raises Refused while something is missing."""
        return []

    def retell(self) -> None:
        """Something changed: say anew what saving does."""
        self._rest.start(DRAFT_AFTER_MS)
        self.changed.emit()
        try:
            self.well.say(self.said())
        except Refused as problem:
            self.well.say([Said("info", problems.sentence(problem))])

    def save(self) -> None:
        """Answer, when nothing is missing; a second time only after a refusal."""
        if not self.action.isEnabled():
            return
        self.notice.hide()
        try:
            answer = self.answer()
        except Refused as problem:
            self.refuse(problem)
            return
        self.action.setEnabled(False)
        self.saved.emit(answer)

    def refuse(self, problem: Refused) -> None:
        """Show a refusal at its field, or above everything when it has none here."""
        self.action.setEnabled(True)
        sentence = problems.sentence(problem)
        if not self.show_at_field(problem.field, sentence):
            self.notice.say(sentence, "warn")
            announce(self, sentence)

    def finished(self) -> None:
        """It is saved: close, and keep no draft."""
        self.is_finished = True
        self._rest.stop()
        self.close_overlay()

    def conflict(self, problem: Conflict, now: Sequence[Subject], who: str = "") -> None:
        """Somebody saved these leads meanwhile: keep theirs and close, or use mine and save once more."""
        self.action.setEnabled(True)
        words, status = problems.sentence(problem), now[0].case.lead.status
        if len(now) == 1 and status != self.subjects[0].case.lead.status:
            words = self.tr("{who} changed this to {status} a moment ago.")
            words = words.format(who=who or self.tr("Somebody"), status=self.practice.status_label(status))
        elif who:
            words = self.tr("{who} changed this a moment ago.").format(who=who)
        self.subjects = tuple(now)
        self.notice.say(words, "warn", [(self.tr("&Keep theirs"), self.close_overlay), (self.tr("&Use mine"), self.save)], closable=False)
        announce(self, words)
        self.retell()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in ENTER:
            super().keyPressEvent(event)
            return
        focus = cast("QWidget | None", self.focusWidget())
        if isinstance(focus, QPushButton) and focus.hasFocus() and event.modifiers() != Qt.KeyboardModifier.ControlModifier:
            focus.click()
        else:
            self.save()


def _head(title: str, subjects: Sequence[Subject], practice: Practice) -> QLayout:
    names = [privacy().shown(display_name(subject.person, practice)) for subject in subjects]
    mark = Avatar(names[0], 36) if len(subjects) == 1 else IconDisc("users", "new", 36)
    who = names[0] if len(subjects) == 1 else tr("{n} leads").format(n=len(subjects))
    line = row(label(who, "smallstrong", "text2"), gap=6)
    statuses = {subject.case.lead.status for subject in subjects}
    here = replace(practice, workflow=subjects[0].workflow)
    if len(statuses) == 1:
        for part in (label("·", "small", "text3"), label(tr("now"), "small", "text2"), StatusPill(here.pill(statuses.pop()))):
            line.addWidget(part)
    if len(subjects) == 1 and here.attempts_allowed():
        made = tr("{made} of {all} attempts").format(made=subjects[0].case.lead.attempts, all=here.attempts_allowed())
        line.addWidget(label("·", "small", "text3"))
        line.addWidget(label(made, "small", "text2"))
    line.addStretch(1)
    return row(mark, column(label(title, "heading"), line, gap=3), gap=12)
