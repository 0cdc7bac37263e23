"""The entry point: `run` opens the window, everything else is the command line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from frontdesk.cli.session import Session


def main() -> int:
    """Run the program with the arguments it was started with; the answer is its exit code."""
    from frontdesk import cli

    return cli.main(sys.argv[1:], window=_window)


def _window(session: Session) -> int:
    """Open the window; only here, so that the command line never loads Qt."""
    from frontdesk import app

    return app.main(session)


if __name__ == "__main__":
    raise SystemExit(main())
