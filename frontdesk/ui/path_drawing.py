"""The path of a lead that never answers, drawn: it arrives, is called again and again, and is given up."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from frontdesk.domain.workflow import Disposition, GiveUp, Stage, Workflow
from frontdesk.ui.widgets import icons
from frontdesk.ui.widgets.theme import theme

_DISC = 26
_MILESTONES = (Stage.BOOKED, Stage.SEEN, Stage.WON)
Stop = tuple[str, str, str]  # icon, tone, the wait before it


class PathDrawing(QWidget):
    """Discs on a line, the waits between them."""

    def __init__(self, workflow: Workflow) -> None:
        super().__init__()
        self._stops = stops(workflow)
        self._calls = workflow.attempts is not None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        waits = [wait for _, _, wait in self._stops[1:] if wait]
        who = self.tr("A lead who never answers") if self._calls else self.tr("A lead who becomes a patient")
        self.setAccessibleName(f"{who}: {', '.join(waits)}")

    @override
    def sizeHint(self) -> QSize:
        return QSize(420, 32)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = min(96.0 if self._calls else 160.0, (self.width() - _DISC) / max(1, len(self._stops) - 1))
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        places = [_DISC / 2 + at * step for at in range(len(self._stops))]
        places = [self.width() - x for x in places] if mirrored else places
        middle = self.height() / 2
        painter.setPen(QPen(theme().colour("line2"), 2))
        painter.drawLine(QPointF(places[0], middle), QPointF(places[-1], middle))
        for x, before, (icon, tone, wait) in zip(places, [places[0], *places], self._stops, strict=False):
            _paint_stop(painter, QPointF(x, middle), icon, tone)
            if wait:
                _paint_wait(painter, QPointF((x + before) / 2, middle), wait)


def stops(workflow: Workflow) -> list[Stop]:
    """The stops of a lead that never answers; without an attempt policy, those of one that becomes a patient."""
    first = workflow.status(workflow.initial)
    found: list[Stop] = [(first.icon, first.tone, "")]
    policy = workflow.attempts
    if policy is None:
        return found + [_milestone(workflow, stage) for stage in _MILESTONES if _has(workflow, stage)]
    waits = [short(policy.wait(number, Disposition.NO_ANSWER)) for number in range(1, policy.maximum)]
    end = workflow.status(policy.gives_up_to)
    found += [("phone", "follow", wait) for wait in ("", *waits)]
    if policy.give_up is GiveUp.AFTER_LAST_FOLLOW_UP:
        found.append(("clock", "follow", short(policy.wait(policy.maximum, Disposition.NO_ANSWER))))
    last = short(policy.grace) if policy.give_up is not GiveUp.AT_ONCE else ""
    return [*found, (end.icon, end.tone, last)]


def _has(workflow: Workflow, stage: Stage) -> bool:
    return any(status.stage is stage for status in workflow.statuses.values())


def _milestone(workflow: Workflow, stage: Stage) -> Stop:
    status = next(status for status in workflow.statuses.values() if status.stage is stage)
    return status.icon, status.tone, status.label


def short(wait: timedelta) -> str:
    """A wait in few letters: 4 h, 2 d, 90 min."""
    minutes = round(wait.total_seconds() / 60)
    if minutes % (24 * 60) == 0 and minutes > 24 * 60:
        return f"{minutes // (24 * 60)} d"
    return f"{minutes // 60} h" if minutes % 60 == 0 and minutes else f"{minutes} min" if minutes else ""


def _paint_stop(painter: QPainter, centre: QPointF, icon: str, tone: str) -> None:
    painter.setPen(QPen(theme().colour("surface"), 3))
    painter.setBrush(theme().colour(tone + "Soft"))
    painter.drawEllipse(centre, _DISC / 2, _DISC / 2)
    icons.paint(painter, centre - QPointF(7, 7), icon, tone, 14)


def _paint_wait(painter: QPainter, centre: QPointF, wait: str) -> None:
    painter.setFont(theme().font("tiny", 500, tabular=True))
    width = painter.fontMetrics().horizontalAdvance(wait) + 10
    box = QRectF(centre.x() - width / 2, centre.y() - 9, width, 18)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().colour("sunken"))
    painter.drawRoundedRect(box, 9, 9)
    painter.setPen(theme().colour("text2"))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), wait)
