"""The overlay Change status: the statuses on the left, what the chosen one asks for on the right, what saving does below."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLayout, QWidget
from typing_extensions import override

from frontdesk.domain.workflow import Asks, Outcome, Status
from frontdesk.services.decisions import Subject
from frontdesk.services.slots import Slot, Taken
from frontdesk.ui.lead.change_status.answers import StatusAnswer, Twin
from frontdesk.ui.lead.change_status.asked import Asked
from frontdesk.ui.lead.change_status.previews import choices, judged, loses
from frontdesk.ui.lead.change_status.status_list import StatusList
from frontdesk.ui.lead.dialogs.frames import LeadDialog
from frontdesk.ui.lead.effects import Said, plainly, tell
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.widgets.buttons import CheckBox, DropDown, Kind, button
from frontdesk.ui.widgets.labels import label
from frontdesk.ui.widgets.layouts import clear, column, row, scrolled, vline

LOW_BELOW = 700
ROOMY = 10
"""So many statuses leave room above them."""
DUPLICATE = "duplicate"


class ChangeStatus(LeadDialog):
    """Move a lead, or many, to another status with everything that it needs.

    Attributes:
        merge_wanted: instead of a duplicate, these two shall be one person; carries the other person's id.
    """

    merge_wanted = Signal(object)

    def __init__(
        self, host: QWidget, subjects: Sequence[Subject], practice: Practice, *, to: str | None = None, twins: Sequence[Twin] = ()
    ) -> None:
        super().__init__(host, host.tr("Change status"), subjects, practice, size=QSize(812, 636))
        self._statuses = choices(self.subjects, self.practice)
        present = {subject.case.lead.status for subject in subjects}
        self._present = present.pop() if len(present) == 1 else None
        self._to: str | None = None
        self.asked = Asked(self.subjects, self.practice)
        self.list = StatusList(self._statuses, {self._present} if self._present else set())
        self.drop_down = DropDown(
            self.tr("New status"), [(None, self.tr("Choose the new status")), *((s.key, s.label) for s in self._statuses)]
        )
        self.drop_down.setObjectName("status-drop-down")
        self.next_box = CheckBox(self.tr("&Open the next lead in my queue"), checked=True)
        self.next_box.setObjectName("open-next")
        self._sentence = label("", "small", "text2", wrap=True)
        self._hint = label(self.tr("Choose the status that is true now."), "body", "text2", wrap=True)
        self._twins = QWidget()
        self._merges = column(gap=6)
        self._twins.setLayout(self._merges)
        self.lay_out(self._content(), self.next_box)
        self.next_box.setHidden(len(self.subjects) > 1)
        self._connect()
        self._fit()
        self.offer_twins(twins)
        self._show(None)
        if to is not None:
            self.choose(to)

    def choose(self, key: str) -> None:
        """Choose a status, as a click or its key would."""
        self.list.choose(key)

    def offer_twins(self, twins: Sequence[Twin]) -> None:
        """Who else seems to be this person: with them it can be merged, when it is marked as a duplicate."""
        clear(self._merges)
        for twin in twins:
            words = self.tr("Merge with {whom} instead").format(whom=twin.words)
            merge = button(words.replace("&", "&&"), partial(self.merge_wanted.emit, twin.person_id), icon="merge", name=words)
            self._merges.addLayout(row(merge, None))
        self._show_twins()

    def chosen(self) -> str | None:
        """The status that is chosen, by its key."""
        return self._to

    @override
    def answer(self) -> StatusAnswer:
        decision = self.asked.decision()
        judged(self.subjects, decision, self.practice)
        self.asked.check()
        return StatusAnswer(decision, self.next_box.isChecked() and not self.next_box.isHidden())

    @override
    def slot(self) -> Slot | None:
        return self.asked.slot()

    @override
    def show_taken(self, found: Taken) -> None:
        self.asked.show_taken(found)

    @override
    def said(self) -> list[Said]:
        return tell(judged(self.subjects, self.asked.decision(), self.practice), self.practice)

    @override
    def show_at_field(self, field: str | None, sentence: str) -> bool:
        if field == "to" and self._to is None:
            self._chooser().setFocus()
        return self.asked.refuse(field, sentence)

    @override
    def draft(self) -> dict[str, str]:
        texts = self.asked.texts()
        return {"to": self._to or "", **texts} if texts else {}

    @override
    def restore(self, draft: dict[str, str]) -> None:
        if draft.get("to"):
            self.choose(draft["to"])
        self.asked.restore(draft)

    @override
    def first(self) -> QWidget:
        return self._chooser()

    def _content(self) -> QLayout:
        """The two sides; they stand in the frame before they are filled, since a widget full of others is slow to move into another."""
        self._list_pane, inner = QWidget(self.frame), QWidget()
        area = scrolled(inner)
        area.setParent(self.frame)
        self._list_pane.setLayout(row(column(self.list, margins=(0, 10 if len(self._statuses) <= ROOMY else 0, 0, 0)), vline(), gap=0))
        right = column(self.drop_down, self._sentence, self._hint, self.asked, self._twins, self.well, gap=8, margins=(18, 12, 18, 12))
        right.setStretchFactor(self.asked, 1)
        right.setAlignment(self._hint, Qt.AlignmentFlag.AlignTop)
        inner.setLayout(right)
        content = row(self._list_pane, area, gap=0)
        content.setStretch(1, 1)
        return content

    def _connect(self) -> None:
        self.list.chosen.connect(self._show)
        self.drop_down.currentIndexChanged.connect(self._chosen_from_drop_down)
        self.asked.changed.connect(self._changed)

    def _chooser(self) -> QWidget:
        return self.drop_down if self._list_pane.isHidden() else self.list

    def _chosen_from_drop_down(self) -> None:
        key = self.drop_down.key()
        if isinstance(key, str):
            self.list.choose(key)

    def _show(self, key: str | None) -> None:
        self._to = key
        status = self.practice.workflow.statuses.get(key or "")
        self.asked.setVisible(status is not None)
        self._hint.setVisible(status is None)
        self.well.setVisible(status is not None)
        self._sentence.setVisible(status is not None)
        if status is not None:
            self._sentence.setText(status.when)
            self.asked.show_status(status)
            self.drop_down.choose(key)
        self.notice.hide()
        self._changed()

    def _changed(self) -> None:
        self._show_twins()
        self._name()
        self.retell()

    def _show_twins(self) -> None:
        is_duplicate = not self.asked.reasons.isHidden() and self.asked.reasons.key() == DUPLICATE
        self._twins.setVisible(is_duplicate and self._merges.count() > 0)

    def _name(self) -> None:
        status = self.practice.workflow.statuses.get(self._to or "")
        if status is None:
            self.name_action(self.tr("Change status"))
            return
        kind: Kind = "danger" if loses(status) and status.key != self._present else "primary"
        if len(self.subjects) > 1:
            words = self.tr("Mark {n} leads as {status}").format(n=len(self.subjects), status=plainly(status.label))
        elif status.key == self._present:
            words = self._kept_action(status)
        elif Asks.TO_PERSON in status.asks and status.outcome is Outcome.OPEN:
            words = self.tr("Transfer")
        elif Asks.APPOINTMENT in status.asks and self._has_time():
            words = self.tr("Save appointment")
        else:
            words = self.tr("Mark as {status}").format(status=plainly(status.label))
        self.name_action(words, kind)

    def _kept_action(self, status: Status) -> str:
        """What can be done while the status stays as it is."""
        if status.reasons:
            return self.tr("Change the reason")
        if Asks.FOLLOW_UP in status.asks:
            return self.tr("Set follow-up")
        return self.tr("Add revenue") if Asks.REVENUE in status.asks else self.tr("Save appointment")

    def _has_time(self) -> bool:
        return self.asked.starts.understood() is not None

    def _fit(self) -> None:
        is_low = self._host.height() < LOW_BELOW
        self._list_pane.setVisible(not is_low)
        self.drop_down.setVisible(is_low)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = int(event.text()) if event.text().isdigit() else 0
        if 0 < at <= min(9, len(self._statuses)) and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.choose(self._statuses[at - 1].key)
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)
