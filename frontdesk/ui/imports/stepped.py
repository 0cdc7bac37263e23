"""A page that is gone through in steps: their list at the left, the step in front, Back and the main action below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, cast

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from frontdesk.ui.imports.feet import Foot
from frontdesk.ui.imports.steps import StepList
from frontdesk.ui.widgets.keys import shortcut
from frontdesk.ui.widgets.layouts import column, hline, row, scrolled, surface
from frontdesk.ui.widgets.pages import Page
from frontdesk.ui.widgets.theme import theme

NARROW_BELOW = 840


class Step(Protocol):
    """What a step of the page can do."""

    def begin(self) -> None:
        """Take the focus at the first thing to do."""


class SteppedPage(Page):
    """Steps one after another; a subclass says what they are, what leads on (`go_on`) and what stands below (`arrived`)."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__(name, title)
        self._steps: list[Step] = []

    def lay_out(self, names: Sequence[str], steps: Sequence[QWidget], scrolling: Sequence[QWidget]) -> None:
        """Put the steps into the page; those that do not scroll by themselves are told."""
        self._steps = [cast("Step", step) for step in steps]
        self.steps, self.foot = StepList(names), Foot()
        self._stack = QStackedWidget()
        for step in steps:
            self._stack.addWidget(scrolled(step) if step in scrolling else step)
        self._side = surface("card", column(self.steps, margins=(0, 5, 0, 5)))
        right = column(self._stack, hline(), self.foot, gap=10)
        right.setStretch(0, 1)
        whole = row(self._side, right, gap=16)
        whole.setStretch(1, 1)
        self.content.addLayout(whole, 1)
        self.steps.wanted.connect(self._step_wanted)
        self.foot.back_wanted.connect(self.go_back)
        self.foot.on_wanted.connect(self.go_on)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut(self, keys, self.go_on)
        shortcut(self, "Escape", self.go_back)
        theme().changed.connect(self._measure)
        self._measure()

    def at(self) -> int:
        """The step in front, from 0."""
        return self._stack.currentIndex()

    def go(self, step: int, *, reached: int | None = None) -> None:
        """Bring a step to the front."""
        self._stack.setCurrentIndex(step)
        self.steps.show_step(step, self.steps.reached if reached is None else reached)
        self.arrived()
        if self.isVisible():
            self.begin_step()

    def begin_step(self) -> None:
        """The step in front takes the focus."""
        self._steps[self.at()].begin()

    def go_back(self) -> None:
        """One step back; what was answered stays."""
        if self.at() > 0 and self.may_leave():
            self.go(self.at() - 1)

    def go_on(self) -> None:
        """The main action of the step in front."""

    def arrived(self) -> None:
        """Say below the step what comes next."""

    def may_leave(self) -> bool:
        """Whether the step in front can be left now."""
        return True

    def _step_wanted(self, step: int) -> None:
        if self.may_leave() and not self.foot.is_busy():
            self.go(step)

    def _measure(self) -> None:
        """The steps are numbers only where there is little room."""
        is_narrow = self.width() < theme().px(NARROW_BELOW)
        self.steps.set_narrow(is_narrow=is_narrow)
        self._side.setFixedWidth(theme().px(54 if is_narrow else 172))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()
