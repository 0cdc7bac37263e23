"""What this computer remembers of the window: where it stood, the theme, the last page; restored only onto a screen that is there."""

from __future__ import annotations

from typing import Protocol, cast

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QWidget

from frontdesk.ui.widgets.theme import Scheme, theme

_GEOMETRY, _SCHEME, _PERCENT, _PAGE, _DENSITY = "window.geometry", "window.theme", "window.text_size", "window.page", "window.density"


class Station(Protocol):
    """This computer's own settings; `services.station` keeps them in a file."""

    def get(self, key: str) -> str:
        """What was kept, empty when nothing was."""

    def keep(self, key: str, value: str) -> None:
        """Keep a value."""


def restore_appearance(station: Station) -> None:
    """Choose the theme, text size and density of last time, before anything is shown."""
    scheme = station.get(_SCHEME)
    percent = station.get(_PERCENT)
    theme().choose(
        scheme=cast("Scheme", scheme) if scheme in {"system", "light", "dark"} else None,
        percent=int(percent) if percent.isdigit() else None,
        compact=station.get(_DENSITY) == "compact",
    )


def keep_appearance(station: Station) -> None:
    """Remember theme, text size and density."""
    station.keep(_SCHEME, theme().scheme)
    station.keep(_PERCENT, str(theme().percent))
    station.keep(_DENSITY, "compact" if theme().is_compact else "")


def restore_window(station: Station, window: QWidget) -> bool:
    """Put the window where it was; Qt moves it onto a screen that exists. False when nothing was remembered."""
    kept = station.get(_GEOMETRY)
    return bool(kept) and window.restoreGeometry(QByteArray.fromBase64(QByteArray(kept.encode())))


def keep_window(station: Station, window: QWidget, page: str) -> None:
    """Remember where the window stands and what it shows."""
    station.keep(_GEOMETRY, bytes(window.saveGeometry().toBase64().data()).decode())
    station.keep(_PAGE, page)


def last_page(station: Station) -> str:
    """The page of last time, empty when there is none."""
    return station.get(_PAGE)
