"""`undo`, `redo` and `undo-import`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping

from frontdesk.cli.session import Session, identifier
from frontdesk.services import imports, undo
from frontdesk.services.imports import Import
from frontdesk.services.undo import Undone
from frontdesk.texts import taken_back


def _undo(session: Session, words: argparse.Namespace) -> None:
    undone = session.desk.do(undo.undo).value
    if isinstance(undone, Import):
        _take_import_back(session, undone.id)
    else:
        _show(session, "Taken back", undone)


def _redo(session: Session, words: argparse.Namespace) -> None:
    _show(session, "Done again", session.desk.do(undo.redo).value)


def _undo_import(session: Session, words: argparse.Namespace) -> None:
    _take_import_back(session, identifier(words.import_id) if words.import_id else None)


def _take_import_back(session: Session, import_id: int | None) -> None:
    kept = imports.undo_import(session.desk, import_id)
    plain = {"import_id": str(kept.import_id), "taken_back": kept.taken_back, "kept": kept.kept}
    lines = [f"Taken back: {kept.taken_back} rows of {kept.file_name}."]
    session.show(plain, [*lines, f"Kept {kept.kept} rows that somebody has worked on since."] if kept.kept else lines)


def _show(session: Session, words: str, undone: Undone | None) -> None:
    if undone is not None:
        plain = {"change": str(undone.change), "rule": undone.rule, "leads": [str(each) for each in undone.lead_ids]}
        session.show(plain, [f"{words}: {taken_back(undone.rule)}."])


COMMANDS: Mapping[str, Callable[[Session, argparse.Namespace], None]] = {"undo": _undo, "redo": _redo, "undo-import": _undo_import}
