"""The settings page: Appearance works at once, the clock is the whole practice's; the other categories are not in this version yet, and the page says so."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox
from typing_extensions import override

from frontdesk.ui.widgets.buttons import DropDown
from frontdesk.ui.widgets.forms import Field
from frontdesk.ui.widgets.labels import label
from frontdesk.ui.widgets.layouts import column, row, surface
from frontdesk.ui.widgets.pages import Page
from frontdesk.ui.widgets.theme import LARGEST, SMALLEST, Scheme, theme


class SettingsPage(Page):
    """Personal settings, applied at once.

    Attributes:
        appearance_changed: the theme, the text size or the density was chosen here; the window remembers it.
        clock_wanted: the whole practice shall see times as 15:00 (True) or as 3:00 pm.
    """

    appearance_changed = Signal()
    clock_wanted = Signal(bool)

    def __init__(self) -> None:
        super().__init__("settings", self.tr("Settings"))
        self.set_title(self.tr("Settings"), subtitle=self.tr("How this computer shows the window. Changes apply at once."))
        self._scheme = DropDown("", [("system", self.tr("Like the system")), ("light", self.tr("Light")), ("dark", self.tr("Dark"))])
        self._scheme.setObjectName("scheme")
        sizes = [(percent, f"{percent} %") for percent in range(SMALLEST, LARGEST + 1, 10)]
        self._size = DropDown("", sizes)
        self._size.setObjectName("text-size")
        self._density = DropDown("", [("", self.tr("Comfortable")), ("compact", self.tr("Compact"))])
        self._density.setObjectName("density")
        self._clock = DropDown("", [("12", self.tr("3:00 pm")), ("24", self.tr("15:00"))])
        self._clock.setObjectName("clock")
        fields = row(
            Field(self.tr("&Theme"), self._scheme),
            Field(self.tr("Te&xt size"), self._size),
            Field(self.tr("&Density of lists"), self._density),
            Field(self.tr("&Clock"), self._clock, aside=self.tr("for the whole practice")),
            None,
            gap=16,
        )
        card = surface("card", column(label(self.tr("Appearance"), "strong"), fields, gap=12, margins=(16, 14, 16, 16)))
        later = label(
            self.tr(
                "Clinic and hours, workflow, loss reasons, sources, people, data and backup, and keyboard are not in this version yet."
            ),
            tone="text3",
            wrap=True,
        )
        self.content.addLayout(column(card, later, None, gap=16))
        self._show_now()
        theme().changed.connect(self._show_now)
        self._scheme.activated.connect(self._choose)
        self._size.activated.connect(self._choose)
        self._density.activated.connect(self._choose)
        self._clock.activated.connect(lambda: self.clock_wanted.emit(self._clock.key() == "24"))

    def show_clock(self, *, is_24h: bool, why_not: str = "") -> None:
        """Show how the practice writes times; `why_not` says why this person can't change it."""
        self._clock.choose("24" if is_24h else "12")
        self._clock.setEnabled(not why_not)
        self._clock.setToolTip(why_not)

    @override
    def main_list(self) -> QComboBox:
        """The first setting takes the focus."""
        return self._scheme

    def _show_now(self) -> None:
        self._scheme.choose(theme().scheme)
        self._size.choose(theme().percent)
        self._density.choose("compact" if theme().is_compact else "")

    def _choose(self) -> None:
        theme().choose(scheme=cast("Scheme", self._scheme.key()), percent=cast("int", self._size.key()), compact=bool(self._density.key()))
        self.appearance_changed.emit()
