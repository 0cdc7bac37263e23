"""Cells that a spreadsheet program would run as a formula: made harmless on the way out, restored on the way in.

One `'` is put before such a cell, and before one that already begins with `'` and would be taken for ours; reading takes one away.
So whatever was exported imports again exactly.
"""

from __future__ import annotations

import re

_STARTS = re.compile("'*(?:\ufeff|[ \u00a0\u200b\n]*[=@\t\r+\\-＝＠＋－|%])")
"""A mark of byte order at the beginning of a cell goes the same way, because reading takes a bare one for what joining files left behind."""
_PHONE = re.compile(r"\+\d[\d ().\-/\u00a0]{4,24}")


def disarm(cell: str) -> str:
    """The cell as it may stand in a CSV file; a phone number keeps its plus and stays readable."""
    bare = cell.replace("\0", "")
    return f"'{bare}" if _STARTS.match(bare) and not _PHONE.fullmatch(bare) else bare


def restore(cell: str) -> str:
    """The cell as it was before it was disarmed."""
    return cell[1:] if cell[:1] == "'" and _STARTS.match(cell) else cell
