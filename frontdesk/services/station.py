"""This computer's own settings: a TOML file that the user may read and mend; nothing of a patient is ever in it."""

from __future__ import annotations

import os
import threading
import tomllib
from pathlib import Path

import platformdirs
import tomli_w


class Station:
    """A few named texts that one computer remembers: where the window stood, the theme, the columns of a list."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = file or Path(platformdirs.user_config_dir("frontdesk", False)) / "station.toml"
        self._lock = threading.Lock()
        self._values = self._read()

    def get(self, key: str) -> str:
        """What was kept, empty when nothing was."""
        return self._values.get(key, "")

    def keep(self, key: str, value: str) -> None:
        """Keep a value; the file is replaced whole, so a crash leaves the old or the new one."""
        with self._lock:
            if self._values.get(key, "") == value:
                return
            self._values[key] = value
            self._write()

    def _read(self) -> dict[str, str]:
        try:
            found = tomllib.loads(self.file.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
            return {}  # a first start, or a file mended wrongly: nothing of value is lost
        return {key: value for key, value in found.items() if isinstance(value, str)}

    def _write(self) -> None:
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            half = self.file.with_name(f"{self.file.name}.{os.getpid()}")
            half.write_text(tomli_w.dumps(self._values), "utf-8")
            half.replace(self.file)
        except OSError:
            return  # a read-only home: remembered until the program ends
