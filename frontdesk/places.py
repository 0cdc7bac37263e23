"""Where the files lie that travel with the program: in the package once installed or frozen, one level up in a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent


def shipped(folder: Literal["migrations", "resources"]) -> Path:
    """The folder of that name that belongs to this very program."""
    for place in (_PACKAGE / folder, _PACKAGE.parent / folder):
        if place.is_dir():
            return place
    raise FileNotFoundError(folder)
