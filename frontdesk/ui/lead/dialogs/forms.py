"""A dialog that is one form about one lead, with the well *When you save* below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from frontdesk.services.decisions import Subject
from frontdesk.ui.lead.dialogs.frames import LeadDialog
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.widgets.forms import Field, Form
from frontdesk.ui.widgets.layouts import column, scrolled

WIDTH = 520


class FormDialog(LeadDialog):
    """Add fields to `form`, then call `finish`."""

    def __init__(self, host: QWidget, title: str, subjects: Sequence[Subject], practice: Practice, *, height: int) -> None:
        super().__init__(host, title, subjects, practice, size=QSize(WIDTH, height))
        self.form = Form()
        self._at_first: dict[str, str] = {}

    def finish(self, *before: QWidget) -> None:
        """Lay it out when all fields are there, and say what saving does from now on; `before` stands at the start of the foot."""
        inner = QWidget()
        inner.setLayout(column(self.form, None, self.well, gap=12, margins=(20, 14, 20, 14)))
        self.lay_out(column(scrolled(inner), gap=0), *before)
        self._at_first = self.form.texts()
        self.form.changed.connect(self.retell)
        self.retell()

    @override
    def first(self) -> QWidget:
        return next((field.control for field in self.form.findChildren(Field)), self.action)

    @override
    def show_at_field(self, field: str | None, sentence: str) -> bool:
        return self.form.refuse(field, sentence)

    @override
    def draft(self) -> dict[str, str]:
        return {key: text for key, text in self.form.texts().items() if text and text != self._at_first[key]}

    @override
    def restore(self, draft: dict[str, str]) -> None:
        self.form.restore(draft)
