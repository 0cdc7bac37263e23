"""The only place that wires a window: logging, crash hook, desk, jobs, watcher, pages. Heavy modules are imported behind the first frame."""

from __future__ import annotations

import argparse
import os
import sys


def main(words: argparse.Namespace) -> int:
    """Open the window, or draw one picture of it; the exit code.

    Raises:
        Refused: the database could not be opened, and nobody did anything about it in the window.
    """
    if words.screenshot:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - behind the variable that it reads

    from frontdesk.app.start import Start  # noqa: PLC0415 - the same

    app = QApplication(sys.argv[:1])
    app.setApplicationName("frontdesk")
    start = Start(app, words)
    try:
        start.begin()
        code = app.exec()
    finally:
        start.end()
    if start.problem is not None:
        raise start.problem
    return code
