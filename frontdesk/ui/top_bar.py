"""The top bar: whose data this is and where it lives, Find a caller, notices, help, New lead, and who is signed in."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from frontdesk.ui.commands import Commands
from frontdesk.ui.widgets import icons
from frontdesk.ui.widgets.buttons import button, icon_button
from frontdesk.ui.widgets.labels import ElidedLabel, label
from frontdesk.ui.widgets.layouts import clothe, column, holder, row
from frontdesk.ui.widgets.pills import KeyCap, initials, paint_disc
from frontdesk.ui.widgets.popups import open_below
from frontdesk.ui.widgets.theme import theme

HEIGHT = 54


@dataclass(frozen=True, slots=True)
class Practice:
    """Whose data the window shows.

    Attributes:
        where: "Shared database" or "On this computer".
        is_rehearsal: made for training: said in the top bar, so that nobody takes it for the real one.
    """

    name: str
    where: str
    person: str
    is_rehearsal: bool = False


class TopBar(QWidget):
    """The bar; `field` is the one that `FindCaller` works with."""

    def __init__(self, practice: Practice, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        clothe(self, "bar")
        self.field = FindField()
        self._name = ElidedLabel(practice.name, "strong")
        where = (
            label(self.tr("Practice mode: nothing here is real"), "tiny", "warn")
            if practice.is_rehearsal
            else label(practice.where, "tiny", "text3")
        )
        self._names = holder(column(None, self._name, where, None, gap=0))
        bell = icon_button("bell", self.tr("Notices"), size=18)
        bell.setEnabled(False)
        bell.setToolTip(self.tr("Notices: not in this version yet"))
        keys = icon_button("circle-question-mark", self.tr("All keys"), lambda: commands.run("help.keys"), key="F1", size=18)
        self.new_lead = button(self.tr("New lead"), lambda: commands.run("lead.new"), kind="primary", icon="plus")
        self.new_lead.setToolTip("Ctrl+N")
        self._commands = commands
        commands.changed.connect(self._enable)
        me = MeButton(practice.person, commands)
        line = row(_Mark(), self._names, self.field, None, bell, keys, self.new_lead, me, gap=9, margins=(16, 0, 16, 0))
        line.setStretch(2, 1)
        self.setLayout(line)
        self.measure()
        self._enable()

    def measure(self) -> None:
        """Take the height, and the room for the names, that fits the text size."""
        self.setFixedHeight(theme().px(HEIGHT))
        self._names.setFixedWidth(theme().px(132))

    def _enable(self) -> None:
        self.new_lead.setEnabled(self._commands.is_possible("lead.new"))


class FindField(QLineEdit):
    """The field of Find a caller, with its lens and its key."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "search")
        self.setObjectName("find")
        self.setAccessibleName(self.tr("Find a caller"))
        self.setPlaceholderText(self.tr("Find a caller by name, number or e-mail"))
        self.setMaximumWidth(520)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._cap = KeyCap("Ctrl+K", self)
        self.textChanged.connect(lambda text: self._cap.setVisible(not text))
        theme().changed.connect(self._arrange)

    def _arrange(self) -> None:
        """The words between the lens and the key; in high contrast there is no sheet that keeps them clear of the lens."""
        size, mirrored = self._cap.sizeHint(), self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        lens, key = (30 if theme().is_high_contrast else 0), size.width() + 12
        self.setTextMargins(key if mirrored else lens, 0, lens if mirrored else key, 0)
        left = 9 if mirrored else self.width() - size.width() - 9
        self._cap.setGeometry(left, (self.height() - size.height()) // 2, size.width(), size.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        left = self.width() - 27 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 11
        icons.paint(QPainter(self), QPointF(left, (self.height() - 16) / 2), "search", "text3", 16)


class MeButton(QPushButton):
    """The signed-in person, with the menu of what concerns them."""

    def __init__(self, person: str, commands: Commands) -> None:
        super().__init__()
        self._person = person
        self.setProperty("kind", "plain")
        self.setFixedSize(36, 36)
        self.setAccessibleName(self.tr("Signed in: {person}").format(person=person))
        self.setToolTip(person)
        menu = QMenu(self)
        for key in ("person.switch", "window.lock"):
            menu.addAction(commands.action(key))
        menu.addAction(self.tr("&Appearance"), lambda: commands.run("go.settings"))
        self.clicked.connect(lambda: open_below(menu, self))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_disc(painter, QRectF(3, 3, 30, 30), "consult", initials(self._person))


class _Mark(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(28, 28)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour("accent"))
        painter.drawRoundedRect(self.rect(), 8, 8)
        painter.setBrush(theme().colour("onAccent"))
        painter.drawRoundedRect(QRectF(12, 7, 4, 14), 1.5, 1.5)
        painter.drawRoundedRect(QRectF(7, 12, 14, 4), 1.5, 1.5)
