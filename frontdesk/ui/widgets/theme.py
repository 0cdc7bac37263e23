"""The one theme: colours, palette, fonts and style sheet, made from the tokens and switched while the window is open.

`theme().colour("accent")` is what hand-painted widgets ask; everything else comes from the sheet. A widget chooses its look by
properties (`kind`, `role`, `tone`, `surface`) and never sets a colour of its own.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from string import Template
from typing import Literal, cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from frontdesk.places import shipped
from frontdesk.ui.widgets.tokens import DARK, LIGHT

Scheme = Literal["system", "light", "dark"]
Role = Literal["number", "title", "name", "heading", "strong", "body", "small", "tiny"]

SIZES: dict[str, float] = {"number": 18, "title": 15, "name": 13.5, "heading": 12, "strong": 9.75, "body": 9.75, "small": 9, "tiny": 8.25}
"""Points of each text role at 100 %."""
_WEIGHTS = {"number": 600, "title": 600, "name": 600, "heading": 600, "strong": 600, "tiny": 500}
SMALLEST, LARGEST = 90, 150
COMPACT_BY = 8
_POOR_FAMILIES = {"", "dejavu sans", "bitstream vera sans", "sans serif", "sans", "helvetica", "ms shell dlg 2", "fixed"}
_INTER = "Inter"
_LABEL_TONES = ("text2", "text3", "accentText", "warn", "danger", "ok", "onNotice", "noticeText", "noticeKey")

_PALETTE = {
    QPalette.ColorRole.Window: "bg",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.Highlight: "sel",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accentText",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "line",
    QPalette.ColorRole.Mid: "line2",
    QPalette.ColorRole.Dark: "ctl",
    QPalette.ColorRole.Shadow: "line2",
}
_IN_HIGH_CONTRAST = {
    "bg": QPalette.ColorRole.Window,
    "surface": QPalette.ColorRole.Base,
    "raised": QPalette.ColorRole.Base,
    "sel": QPalette.ColorRole.Highlight,
    "accent": QPalette.ColorRole.Highlight,
    "onAccent": QPalette.ColorRole.HighlightedText,
    "hover": QPalette.ColorRole.AlternateBase,
    "sunken": QPalette.ColorRole.AlternateBase,
    "notice": QPalette.ColorRole.Window,
    "onDanger": QPalette.ColorRole.Base,
}


class Theme(QObject):
    """Which colours and sizes hold now; `changed` tells hand-painted widgets to paint again.

    Attributes:
        changed: the scheme, the contrast or the text size is another one.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._scheme: Scheme = "system"
        self._forced_contrast: bool | None = None
        self._percent = 100
        self._is_compact = False
        self._fonts: dict[tuple[str, int | None, bool], QFont] = {}
        self._colours: dict[str, QColor] = {}
        self._wants_contrast = False
        self._family = ""
        self._system_palette = QPalette()

    @property
    def scheme(self) -> Scheme:
        """What was chosen in Settings, not what the system answered."""
        return self._scheme

    @property
    def percent(self) -> int:
        """The text size, 90 to 150."""
        return self._percent

    @property
    def is_compact(self) -> bool:
        """Whether lists show more rows on less height."""
        return self._is_compact

    @property
    def is_dark(self) -> bool:
        """Whether dark colours hold now."""
        if self._scheme == "system":
            return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self._scheme == "dark"

    @property
    def is_high_contrast(self) -> bool:
        """Whether the system's own palette is used and the sheet is dropped."""
        return self._wants_contrast if self._forced_contrast is None else self._forced_contrast

    def install(self) -> None:
        """Take the application over: Fusion, fonts, palette, sheet; follow the system from now on."""
        self._system_palette = QPalette(QGuiApplication.palette())
        QApplication.setStyle("Fusion")
        for file in sorted((shipped("resources") / "fonts").glob("*.otf")):
            QFontDatabase.addApplicationFont(str(file))
        own = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
        self._family = _INTER if own.lower() in _POOR_FAMILIES or QGuiApplication.platformName() == "offscreen" else own
        self._hints = QGuiApplication.styleHints()  # what hangs on it lives as long as this
        self._hints.colorSchemeChanged.connect(self._follow_system)
        if accessibility := getattr(self._hints, "accessibility", None):
            accessibility().contrastPreferenceChanged.connect(self._apply)
        self._apply()

    def choose(
        self, *, scheme: Scheme | None = None, percent: int | None = None, high_contrast: bool | None = None, compact: bool | None = None
    ) -> None:
        """Switch what is given, at once, in every open window."""
        self._is_compact = self._is_compact if compact is None else compact
        self._scheme = scheme or self._scheme
        self._percent = min(LARGEST, max(SMALLEST, percent or self._percent))
        self._forced_contrast = high_contrast if high_contrast is not None else self._forced_contrast
        self._apply()

    def colour(self, token: str) -> QColor:
        """The colour of a token now; in high contrast the system's nearest role."""
        if self.is_high_contrast:
            default = QPalette.ColorRole.Base if token.endswith("Soft") else QPalette.ColorRole.WindowText
            return self._system_palette.color(_IN_HIGH_CONTRAST.get(token, default))
        if token not in self._colours:  # asked for hundreds of times in every frame
            self._colours[token] = QColor(self.tokens()[token])
        return QColor(self._colours[token])

    def tokens(self) -> dict[str, str]:
        """All tokens of the scheme that holds now, as #RRGGBB."""
        return dict(DARK if self.is_dark else LIGHT)

    def font(self, role: Role = "body", weight: int | None = None, *, tabular: bool = False) -> QFont:
        """The font of a text role at the chosen text size; tabular figures line up in columns. Do not change what you get."""
        key = (role, weight, tabular)
        if key not in self._fonts:
            font = QFont(self._family) if self._family else QFont()
            font.setPointSizeF(SIZES[role] * self._percent / 100)
            font.setWeight(QFont.Weight(weight or _WEIGHTS.get(role, 400)))
            if QGuiApplication.platformName() == "offscreen":
                font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            if tabular:
                font.setFeature(QFont.Tag("tnum"), 1)
            self._fonts[key] = font
        return self._fonts[key]

    def px(self, size: int) -> int:
        """A height or width that has to grow with the text."""
        return round(size * max(100, self._percent) / 100)

    def row(self, size: int) -> int:
        """The height of a row of a list at the chosen text size and density."""
        return self.px(size - COMPACT_BY if self._is_compact else size)

    def _follow_system(self) -> None:
        if self._scheme == "system":
            self._apply()

    @contextmanager
    def undressed(self) -> Iterator[None]:
        """Put many widgets together without the sheet, and dress them once at the end: Qt dresses all that is below at every step otherwise."""
        app = cast("QApplication", QApplication.instance())
        sheet = app.styleSheet()
        with _uncollected():
            app.setStyleSheet("")
        try:
            yield
        finally:
            with _uncollected():
                app.setStyleSheet(sheet)

    def _apply(self) -> None:
        app = cast("QApplication", QApplication.instance())
        self._fonts.clear()
        self._colours.clear()
        self._wants_contrast = _system_wants_contrast()
        with _uncollected():
            app.setFont(self.font())
            app.setPalette(self._system_palette if self.is_high_contrast else self._palette())
            app.setStyleSheet("" if self.is_high_contrast else self.sheet())
        self.changed.emit()

    def _palette(self) -> QPalette:
        palette = QPalette()
        for role, token in _PALETTE.items():
            palette.setColor(role, QColor(self.tokens()[token]))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(self.tokens()["text3"]))
        return palette

    def sheet(self) -> str:
        """The style sheet for the colours, sizes and reading direction that hold now."""
        template = Template((shipped("resources") / "style" / "sheet.qss").read_text(encoding="utf-8"))
        return template.substitute(self.tokens(), **self._sizes(), **_sides(), label_tones=_label_tones(self.tokens()))

    def _sizes(self) -> dict[str, str]:
        sizes = {role: f"{points * self._percent / 100:.2f}pt" for role, points in SIZES.items()}
        inner = self.px(30)
        heights = {"inner": inner, "inner2": inner - 2, "inner4": inner + 2, "inner4b": inner - 4, "inner5": inner - 5, "inner7": inner - 7}
        heights |= {"inner8": inner - 8, "chipradius": (inner - 3) // 2}
        return sizes | {name: str(height) for name, height in heights.items()}


@contextmanager
def _uncollected() -> Iterator[None]:
    """Qt dresses all widgets of the program in one loop; a cycle collected in the middle of it takes some away, and the program dies there."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _sides() -> dict[str, str]:
    mirrored = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return {"start": "right", "end": "left"} if mirrored else {"start": "left", "end": "right"}


def _label_tones(tokens: dict[str, str]) -> str:
    return "\n".join(f'QLabel[tone="{tone}"] {{ color: {tokens[tone]}; }}' for tone in _LABEL_TONES)


def _system_wants_contrast() -> bool:
    """The hint came with Qt 6.10; before it no system theme can be told apart from a user's own colours."""
    hints = QGuiApplication.styleHints()
    accessibility = getattr(hints, "accessibility", None)
    preference = accessibility().contrastPreference() if accessibility else None
    return getattr(preference, "name", "") == "HighContrast"


@cache
def theme() -> Theme:
    """The theme of this program."""
    return Theme()
