"""Files that people write by hand: scripts and workflows, as JSON or TOML; what is wrong with one is said with its line."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from frontdesk.domain.problems import Refused


def read_document(path: Path, field: str, *, is_toml: bool = False) -> Any:
    """What a file says.

    Raises:
        Refused: it cannot be read, or is not sound at a line; `field` is who is told.
    """
    text = _text(path, field)
    try:
        return tomllib.loads(text) if is_toml else json.loads(text)
    except json.JSONDecodeError as problem:
        raise Refused("json_not_sound", field, line=problem.lineno, column=problem.colno) from None
    except tomllib.TOMLDecodeError as problem:
        found = re.search(r"at line (\d+)", str(problem))
        raise Refused("toml_not_sound", field, line=found[1] if found else text.count("\n") + 1) from None
    except RecursionError:
        raise Refused("nested_too_deep", field) from None
    except ValueError:  # the only other one: a number of thousands of digits
        raise Refused("number_too_large", field) from None


def _text(path: Path, field: str) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        raise Refused("file_missing", field) from None
    except UnicodeDecodeError:
        raise Refused("file_not_utf8", field) from None
    except (OSError, ValueError):  # a name with a zero byte is a ValueError
        raise Refused("file_is_folder" if path.is_dir() else "file_not_readable", field) from None
