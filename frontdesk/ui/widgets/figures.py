"""Counts as the region writes them."""

from __future__ import annotations

from PySide6.QtCore import QLocale


def figure(number: int) -> str:
    """A count with its digits in groups: 8,800. A system without a region would group none, so it reads as English there."""
    region = QLocale()
    if region.language() is QLocale.Language.C:
        region = QLocale(QLocale.Language.English)
    return region.toString(number)
