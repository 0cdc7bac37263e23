"""The head of the profile: initials, name, star, what they want, from where, since when; and the well with the status."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from frontdesk.ui.lead.next_steps import NextStep
from frontdesk.ui.widgets import icons
from frontdesk.ui.widgets.buttons import button, icon_button
from frontdesk.ui.widgets.icons import IconLabel
from frontdesk.ui.widgets.labels import ElidedLabel, label, set_tone
from frontdesk.ui.widgets.layouts import clear, column, holder, row, surface
from frontdesk.ui.widgets.pills import Avatar, Dots, Pill, StatusPill

_BESIDE = 32
"""The margins of the well, and the gap before its button."""
_FEW = 4
"""So many dots leave room for the word behind them."""


@dataclass(frozen=True, slots=True)
class Headline:
    """What the head says.

    Attributes:
        about: interest, source and age, already in words.
        attempts: made and allowed; None where the workflow does not count.
        warning: a red line, such as "Don't call. Asked on 3 March."
    """

    name: str
    about: str
    pill: Pill
    step: NextStep
    attempts: tuple[int, int] | None = None
    important: bool = False
    warning: str = ""


class Head(QWidget):
    """Who this is.

    Attributes:
        important_wanted: the star was pressed.
        close_wanted: the cross was pressed.
        width_wanted: the whole page for the profile, or a pane again.
    """

    important_wanted = Signal()
    close_wanted = Signal()
    width_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._avatar = Avatar("", 44)
        self._name = ElidedLabel("", "name")
        self._name.setObjectName("profile-name")
        self._about = ElidedLabel("", "small", "text2")
        self._about.setObjectName("profile-about")
        self.star = icon_button("star", self.tr("Mark important"), self.important_wanted.emit, key="*", size=18)
        self.star.setObjectName("important")
        self.width_button = icon_button("maximize-2", self.tr("Full width"), self.width_wanted.emit, key="Ctrl+Enter")
        self.width_button.setObjectName("profile-width")
        close = icon_button("x", self.tr("Close profile"), self.close_wanted.emit, key="Esc")
        close.setObjectName("close-profile")
        self._name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        named = row(self._name, self.star, None, gap=4)
        line = row(self._avatar, column(named, self._about, gap=1), row(self.width_button, close, gap=2), gap=12)
        line.setStretch(1, 1)
        self.setLayout(line)

    def show_full(self, *, is_full: bool, can_change: bool) -> None:
        """Whether the profile has the whole page, and whether that can be changed in this window."""
        words = self.tr("Beside the list") if is_full else self.tr("Full width")
        self.width_button.setIcon(icons.icon("minimize-2" if is_full else "maximize-2"))
        self.width_button.setAccessibleName(words)
        self.width_button.setToolTip(f"{words} (Ctrl+Enter)")
        self.width_button.setVisible(can_change)

    def show_lead(self, said: Headline) -> None:
        """Show another lead, or the same one changed."""
        self._avatar.show_name(said.name)
        self._name.setText(said.name)
        self._about.setText(said.about)
        words = self.tr("Important. Take the mark away") if said.important else self.tr("Mark important")
        self.star.setIcon(icons.icon("star", "follow" if said.important else "text3", filled=said.important))
        self.star.setIconSize(QSize(18, 18))
        self.star.setAccessibleName(words)
        self.star.setToolTip(f"{words} (*)")


class StatusWell(QWidget):
    """The well: status, attempts, what is due, and Change status.

    Attributes:
        change_wanted: Change status was pressed.
    """

    change_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = row(gap=8)
        self._parts: list[QWidget] = []
        self._due_icon = IconLabel("triangle-alert", "danger", 14)
        self._due = label("", "smallstrong", "danger", wrap=True)
        self._due.setObjectName("profile-due")
        self.change: QPushButton = button(self.tr("Change status"), self.change_wanted.emit, kind="primary", icon="workflow")
        self.change.setObjectName("change-status")
        self.change.setToolTip(self.tr("Change status (C)"))
        due = row(self._due_icon, self._due, gap=6)
        due.setStretch(1, 1)
        inner = row(column(holder(self._line), due, gap=5), self.change, gap=10, margins=(12, 9, 10, 9))
        inner.setStretch(0, 1)
        inner.setAlignment(self.change, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(column(surface("well", inner)))

    def show_lead(self, said: Headline) -> None:
        """Show where the lead stands."""
        clear(self._line)
        self._parts = [StatusPill(said.pill)]
        if said.attempts is not None:
            made, allowed = said.attempts
            words = self.tr("{made} of {all} attempts") if allowed <= _FEW else self.tr("{made} of {all}")
            self._parts += [Dots(made, allowed), label(words.format(made=made, all=allowed), "small", "text2")]
        for part in self._parts:
            self._line.addWidget(part)
        self._line.addStretch(1)
        self._due.setText(said.step.long)
        set_tone(self._due, said.step.token)  # type: ignore[arg-type] # next steps use label tones only
        self._due_icon.setVisible(bool(said.step.icon))
        if said.step.icon:
            self._due_icon.show_icon(said.step.icon, said.step.token)
        self.change.setAccessibleName(self.tr("Change status of {name}").format(name=said.name))
        self._fit()

    def _fit(self) -> None:
        """A long status is shown whole before the dots are, which only say again what the figures beside them say."""
        needed = sum(part.sizeHint().width() + self._line.spacing() for part in self._parts)
        for dots in self._parts[1:-1]:
            dots.setVisible(needed <= self.width() - self.change.sizeHint().width() - _BESIDE)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
