"""Reading a file in: prepared (columns and words understood), checked (what would happen), run (in changes of 500 rows), taken back."""

from frontdesk.services.imports.preparing import Prepared, Wishes, prepare, prepared_again, remember
from frontdesk.services.imports.results import Problem, Result
from frontdesk.services.imports.running import check, recover, run, save_problems
from frontdesk.services.imports.undoing import Kept, undo_import
from frontdesk.store.imports import Import

__all__ = [
    "Import",
    "Kept",
    "Prepared",
    "Problem",
    "Result",
    "Wishes",
    "check",
    "prepare",
    "prepared_again",
    "recover",
    "remember",
    "run",
    "save_problems",
    "undo_import",
]
