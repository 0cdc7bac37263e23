"""The first start: where the data lives, the practice and you, the workflow. Plain data in, answers out; nothing is made here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from frontdesk.domain.problems import Refused
from frontdesk.domain.workflow import Workflow
from frontdesk.services.practices import Beginning
from frontdesk.ui import problems
from frontdesk.ui.first_steps import PlaceStep, PracticeStep, WorkflowStep
from frontdesk.ui.widgets.buttons import button
from frontdesk.ui.widgets.labels import label, restyle, set_tone
from frontdesk.ui.widgets.layouts import clothe, column, hline, holder, row, scrolled, surface
from frontdesk.ui.widgets.notices import NoticeLine
from frontdesk.ui.widgets.pills import KeyCap


@dataclass(frozen=True, slots=True)
class Answers:
    """What the first start was told.

    Attributes:
        place: the path of the new file, or the address of the server.
        beginning: the practice, its hours, its first person (who becomes administrator) and its workflow.
        with_examples: fill it with invented leads, to look around.
    """

    place: str
    beginning: Beginning
    with_examples: bool


class FirstStart(QWidget):
    """The window with the three steps.

    Attributes:
        finished: the answers; the window stays until they have worked out (`refuse` says what did not).
        test_wanted: the address of a server to try; `show_test` takes the result.
    """

    finished = Signal(object)
    test_wanted = Signal(str)

    def __init__(self, proposal: Beginning, path: str, workflows: Sequence[Workflow]) -> None:
        super().__init__()
        clothe(self, "page")
        self.setWindowTitle(self.tr("Welcome to frontdesk"))
        self.resize(900, 680)
        self.place = PlaceStep(path)
        self.practice = PracticeStep(proposal)
        self.workflow = WorkflowStep(workflows, proposal.workflow)
        self.place.test_wanted.connect(self.test_wanted)
        self._steps = QStackedWidget()
        for step in (self.place, self.practice, self.workflow):
            self._steps.addWidget(scrolled(step))
        self._names = [
            label(words) for words in (self.tr("1  Where the data lives"), self.tr("2  The practice and you"), self.tr("3  The workflow"))
        ]
        self._notice = NoticeLine()
        self._back = button(self.tr("&Back"), lambda: self.go(self.at() - 1))
        self._on = button("", self._continue, kind="primary")
        self._on.setObjectName("continue")
        self._lay_out()
        self.go(0)

    def _lay_out(self) -> None:
        side = holder(column(label("frontdesk", "title"), 8, *self._names, None, gap=12, margins=(24, 24, 24, 24)))
        side.setFixedWidth(232)
        clothe(side, "rail")
        foot = row(None, self._back, self._on, KeyCap("Ctrl+Enter"), gap=8, margins=(24, 12, 24, 12))
        main = column(self._notice, self._steps, hline(), foot, gap=0)
        main.setStretch(1, 1)
        card = surface("pane", main)
        whole = row(side, card, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def at(self) -> int:
        """The step in front, from 0."""
        return self._steps.currentIndex()

    def go(self, step: int) -> None:
        """Bring a step to the front; nothing typed is lost."""
        self._notice.hide()
        self._steps.setCurrentIndex(step)
        for place, name in enumerate(self._names):
            restyle(name, "role", "strong" if place == step else "body")
            set_tone(name, "accentText" if place == step else "text2")
        self._back.setVisible(step > 0)
        words = self.tr("Start frontdesk") if step == self._steps.count() - 1 else self.tr("Continue")
        self._on.setText(words)
        self._on.setAccessibleName(words)
        (self.place, self.practice, self.workflow)[step].begin()

    def show_test(self, sentence: str, *, worked: bool | None = None) -> None:
        """Show what came of trying the server; None while it is being tried."""
        self._notice.say(sentence, "info" if worked is None else "ok" if worked else "danger")

    def set_busy(self, is_busy: bool) -> None:
        """While the practice is made nothing can be changed; nothing typed is lost."""
        for widget in (self._steps, self._back, self._on):
            widget.setEnabled(not is_busy)
        if is_busy:
            self._notice.say(self.tr("Setting up the practice…"), "info", closable=False)
        else:
            self._notice.hide()

    def show_progress(self, done: int, total: int) -> None:
        """How far the example leads are."""
        self._notice.say(
            self.tr("Inventing a year of example leads: {percent} %").format(percent=100 * done // max(1, total)), closable=False
        )

    def refuse(self, problem: Refused, sentence: str) -> None:
        """Show what could not be done, at its field where there is one."""
        if self.practice.form.refuse(problem.field, sentence):
            self.go(1)
            self.practice.form.refuse(problem.field, sentence)
        else:
            self._notice.say(sentence, "danger")

    def answers(self) -> Answers:
        """Everything that was answered; Refused names the field that is wrong."""
        return Answers(self.place.answer(), self.practice.answer(self.workflow.answer()), self.workflow.examples.isChecked())

    def _continue(self) -> None:
        step = self.at()
        try:
            if step == 0:
                self.place.answer()
            elif step == 1:
                self.practice.answer("")
        except Refused as problem:
            self.refuse(problem, problems.sentence(problem))
            return
        if step < self._steps.count() - 1:
            self.go(step + 1)
        else:
            self.finished.emit(self.answers())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._continue()
        else:
            super().keyPressEvent(event)
