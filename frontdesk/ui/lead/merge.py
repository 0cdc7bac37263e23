"""Two rows that are one person: which row stays, and for every field that differs, whose value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from frontdesk.domain.records import Person
from frontdesk.ui.lead.headlines import display_name
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.lead.words import tr
from frontdesk.ui.widgets.buttons import RadioButton, button
from frontdesk.ui.widgets.icons import IconLabel
from frontdesk.ui.widgets.keys import shortcut
from frontdesk.ui.widgets.labels import label
from frontdesk.ui.widgets.layouts import column, hline, holder, row, scrolled, surface
from frontdesk.ui.widgets.overlay import Overlay
from frontdesk.ui.widgets.pills import KeyCap

_FIELDS = (("first_name", "First name"), ("last_name", "Last name"), ("birth_date", "Birth date"), ("postal_code", "Postcode"))


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two people, with how many enquiries they have."""

    person: Person
    enquiries: int


class MergeDialog(Overlay):
    """Choose field by field.

    Attributes:
        decided: the person that stays, the one that goes into it, and whose value each differing field keeps.
    """

    decided = Signal(object, object, object)

    def __init__(self, host: QWidget, practice: Practice, first: Side, second: Side) -> None:
        """`first` is the one that stays unless the other column is chosen as a whole."""
        super().__init__(host, tr("Merge two people"), size=QSize(640, 516))
        self._practice, self._sides = practice, (first, second)
        self._groups: dict[str, QButtonGroup] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self._stays = self._head()
        for key, words in _FIELDS:
            self._field(key, tr(words))
        self._points("phone", tr("Phones"))
        self._points("email", tr("E-mails"))
        content = column(label(tr("Both are one person? Choose what to keep."), "body", "text2"), self._grid, self._effects(), None, gap=14)
        content.setContentsMargins(20, 16, 20, 12)
        self.first = self._stays.button(0)
        self._merge = button(tr("Merge people"), self.decide, kind="primary")
        self._merge.setObjectName("merge-people")
        foot = row(
            None,
            button(tr("Cancel"), self.close_overlay),
            KeyCap("Esc"),
            6,
            self._merge,
            KeyCap("Ctrl+Enter"),
            margins=(20, 12, 20, 12),
        )
        self.body.addWidget(scrolled(holder(content)), 1)
        self.body.addWidget(hline())
        self.body.addLayout(foot)
        shortcut(self, "Ctrl+Return", self.decide)

    def decide(self) -> None:
        """Give the answer."""
        stays = self._stays.checkedId()
        winner, loser = self._sides[stays].person, self._sides[1 - stays].person
        keep = {key: "winner" if group.checkedId() == stays else "loser" for key, group in self._groups.items()}
        self.decided.emit(winner.id, loser.id, keep)

    def _head(self) -> QButtonGroup:
        group = QButtonGroup(self)
        self._grid.addWidget(label(tr("Stays"), "label", "text2"), 0, 0)
        for at, side in enumerate(self._sides):
            name = display_name(side.person, self._practice)
            box = RadioButton(name.replace("&", "&&"), checked=at == 0)
            box.setAccessibleName(tr("{name} stays").format(name=name))
            box.setObjectName(f"stays-{at}")
            group.addButton(box, at)
            enquiries = label(tr("Enquiries: {n}").format(n=side.enquiries), "small", "text3")
            self._grid.addWidget(holder(column(box, enquiries, gap=0)), 0, at + 1)
        group.idToggled.connect(lambda at, on: self._take_column(at) if on else None)
        return group

    def _field(self, key: str, words: str) -> None:
        values = [getattr(side.person, key) for side in self._sides]
        line = self._grid.rowCount()
        self._grid.addWidget(label(words, "label", "text2"), line, 0)
        if values[0] == values[1]:
            self._grid.addWidget(label(_shown(values[0]) or "—", "body", "text2"), line, 1, 1, 2)
            return
        group = QButtonGroup(self)
        for at, value in enumerate(values):
            box = RadioButton((_shown(value) or tr("empty")).replace("&", "&&"))
            box.setAccessibleName(f"{words}, {_shown(value) or tr('empty')}")
            box.setObjectName(f"{key}-{at}")
            group.addButton(box, at)
            self._grid.addWidget(box, line, at + 1)
        group.button(0 if values[0] else 1).setChecked(True)
        self._groups[key] = group

    def _points(self, kind: str, words: str) -> None:
        line = self._grid.rowCount()
        self._grid.addWidget(label(words, "label", "text2"), line, 0)
        for at, side in enumerate(self._sides):
            typed = [each.typed for each in side.person.points if each.kind == kind]
            shown = [self._practice.phone(each) for each in typed] if kind == "phone" else typed
            self._grid.addWidget(label("\n".join(shown) or "—", "body", tabular=kind == "phone"), line, at + 1)

    def _effects(self) -> QWidget:
        words = (
            ("users", tr("All enquiries, phones and e-mails go to the person who stays.")),
            ("phone-off", tr("A wish not to be called stays, whoever had it.")),
            ("undo-2", tr("You can undo this, or take them apart later.")),
        )
        lines = [row(IconLabel(icon, "text2", 14), label(each, "small", "text2"), None, gap=8) for icon, each in words]
        return surface("well", column(label(tr("When you merge"), "smallstrong", "text2"), *lines, gap=5, margins=(12, 10, 12, 10)))

    def _take_column(self, at: int) -> None:
        """Whoever stays gives the values, unless theirs is empty."""
        for key, group in self._groups.items():
            has_value = bool(getattr(self._sides[at].person, key))
            group.button(at if has_value else 1 - at).setChecked(True)


def _shown(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")
