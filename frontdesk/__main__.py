"""The entry point: `run` opens the window, everything else is the command line."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

COLLECT_AFTER = 50_000
"""So many new objects before Python looks for cycles among them; by itself it looks after 700, which is a sixth of the time of an import."""


def main() -> int:
    """Run the program with the arguments it was started with; the answer is its exit code."""
    gc.set_threshold(COLLECT_AFTER)
    from frontdesk import cli

    return cli.main(sys.argv[1:], window=_window)


def _window(words: argparse.Namespace) -> int:
    """Open the window; only here, so that the command line never loads Qt."""
    from frontdesk import app

    return app.main(words)


if __name__ == "__main__":
    raise SystemExit(main())
