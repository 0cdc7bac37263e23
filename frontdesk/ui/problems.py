"""How refusals, conflicts and crashes reach the user: at the field, as a choice, or as a report without personal data."""

from __future__ import annotations

import platform
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, qVersion

from frontdesk import texts
from frontdesk.domain.problems import Conflict, Refused
from frontdesk.ui.widgets.forms import Form
from frontdesk.ui.widgets.notices import NoticeLine


def tr(text: str) -> str:
    """Translate a sentence of this module."""
    return QCoreApplication.translate("problems", text)


def sentence(problem: Refused | Conflict) -> str:
    """The sentence for a problem in the interface language."""
    return QCoreApplication.translate("texts", texts.sentence(problem))


def show_refusal(problem: Refused, form: Form | None, notice: NoticeLine) -> None:
    """Show a refusal at its field and go there; without such a field, in the notice line next to the thing."""
    words = sentence(problem)
    if form is None or not form.refuse(problem.field, words):
        notice.say(words, "warn")


def show_conflict(problem: Conflict, notice: NoticeLine, *, theirs: Callable[[], object], mine: Callable[[], object]) -> None:
    """Someone else changed the same thing: keep theirs (read it again), use mine (save again over it), or close and decide later."""
    notice.say(sentence(problem), "warn", [(tr("Keep &theirs"), theirs), (tr("&Use mine"), mine)])


def show_crash(notice: NoticeLine, report: str, *, try_again: Callable[[], object] | None = None) -> None:
    """Say that something went wrong, with the report folded away; nothing typed is touched."""
    actions = [(tr("Try again"), try_again)] if try_again else []
    notice.say(tr("Something went wrong. Nothing was lost."), "danger", actions, details=report)


def crash_report(error: BaseException, doing: str, version: str) -> str:
    """What to send to whoever keeps this program: kinds and places of errors, never their words, which may quote a patient."""
    lines = [f"frontdesk {version}", f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}", f"while: {doing}"]
    cause: BaseException | None = error
    while cause is not None:
        lines += [f"{type(cause).__module__}.{type(cause).__qualname__}", *_places(cause.__traceback__)]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines)


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)
    return [f"  {'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} in {frame.name}" for frame in frames]
