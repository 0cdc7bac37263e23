"""Step 2: which column of the file goes to which field; what was guessed is marked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from frontdesk.domain.imports import Column, Confidence
from frontdesk.ui.imports import words
from frontdesk.ui.imports.choosers import Chooser, grid, heads, shared
from frontdesk.ui.imports.works import Looked
from frontdesk.ui.widgets.icons import IconLabel
from frontdesk.ui.widgets.labels import ElidedLabel, label, restyle
from frontdesk.ui.widgets.layouts import column, holder, row, scrolled, surface
from frontdesk.ui.widgets.notices import NoticeLine
from frontdesk.ui.widgets.pills import StatusPill
from frontdesk.ui.widgets.privacy import privacy
from frontdesk.ui.widgets.theme import theme
from frontdesk.ui.widgets.undo_strip import announce


@dataclass(frozen=True, slots=True)
class _Row:
    """The widgets of one column of the file."""

    chooser: Chooser
    pill: StatusPill
    wrong: QLabel


class ColumnsStep(QWidget):
    """Every column of the file with three of its values, and the field it goes to.

    Attributes:
        chosen: a heading and the field it shall go to, "" for none.
    """

    chosen = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._by_heading: dict[str, _Row] = {}
        self._fields = shared(words.field_choices())
        self.notice = NoticeLine()
        self._missing = label("", "small", "text2", wrap=True)
        self._body = QWidget()
        self._area = scrolled(self._body)
        self._card = surface("card", column(self._area, margins=(4, 6, 4, 6)))
        whole = column(self.notice, self._card, self._missing, gap=10)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def begin(self) -> None:
        """Take the focus at the first column."""
        first = next(iter(self._by_heading.values()), None)
        if first is not None:
            first.chooser.setFocus()

    def show_columns(self, looked: Looked) -> None:
        """Show the columns of another file, or of the same one read in another way."""
        self.notice.hide()
        self._by_heading = {}
        lines = grid(2, 3, 0, 2, 0)
        heads(lines, self.tr("Column of the file"), self.tr("For example"), "", self.tr("Goes to"), "")
        for at, each in enumerate(looked.prepared.columns.columns, start=1):
            self._add(lines, at, each)
        self._body = holder(column(lines, None, margins=(14, 6, 14, 6)))
        self._area.takeWidget()
        self._body.setProperty("surface", "clear")
        self._area.setWidget(self._body)
        self._body.setAutoFillBackground(False)
        self._show_left_out(looked)
        self.show_missing(looked)

    def show_missing(self, looked: Looked) -> None:
        """Say which of the wanted fields no column brings."""
        missing = looked.prepared.columns.missing
        names = words.listed([words.field_words(each) for each in missing])
        self._missing.setText(self.tr("No column for: {names}. They stay empty.").format(names=names) if missing else "")
        self._missing.setVisible(bool(missing))

    def refuse(self, heading: str, sentence: str) -> None:
        """Say at a column what is wrong with its field; without such a column, above all of them."""
        found = self._by_heading.get(heading)
        if found is None:
            self.notice.say(sentence, "danger")
            announce(self, sentence)
            return
        found.wrong.setText(sentence)
        found.wrong.show()
        restyle(found.chooser, "wrong", True)
        found.chooser.setAccessibleDescription(sentence)
        found.chooser.setFocus()
        self._area.ensureWidgetVisible(found.chooser)
        announce(found.chooser, sentence)

    def chooser(self, heading: str) -> Chooser:
        """The drop-down of a column."""
        return self._by_heading[heading].chooser

    def _show_left_out(self, looked: Looked) -> None:
        if looked.left_out:
            names = words.listed([f"“{each}”" for each in looked.left_out])
            self.notice.say(self.tr("{names}: too many different words for a list, so it is left out.").format(names=names), "info")

    def _add(self, lines: QGridLayout, at: int, each: Column) -> None:
        chooser = Chooser(self.tr("{heading} goes to").format(heading=each.heading))
        chooser.share(self._fields, theme().px(200))
        chooser.choose(each.field or words.LEFT_OUT)
        chooser.setObjectName(f"column-{each.index}")
        pill = StatusPill(words.confidence_pill(each.confidence, left_out=each.field is None))
        wrong = label("", "small", "danger", wrap=True)
        wrong.hide()
        samples = ElidedLabel(privacy().shown("  ·  ".join(" ".join(cell.split()) for cell in each.samples)) or "–", tone="text2")
        lines.addWidget(ElidedLabel(each.heading, "medium"), at, 0)
        lines.addWidget(samples, at, 1)
        lines.addWidget(IconLabel("arrow-right", "text3", 14), at, 2)
        lines.addLayout(column(chooser, wrong, gap=3), at, 3)
        lines.addLayout(row(pill, None), at, 4)
        self._by_heading[each.heading] = _Row(chooser, pill, wrong)
        chooser.activated.connect(partial(self._choose, each.heading))

    def _choose(self, heading: str, _at: int) -> None:
        found = self._by_heading[heading]
        field = str(found.chooser.key() or "")
        found.pill.show_pill(words.confidence_pill(Confidence.GIVEN, left_out=not field))
        found.wrong.hide()
        found.chooser.setAccessibleDescription("")
        restyle(found.chooser, "wrong", False)
        self.notice.hide()
        self.chosen.emit(heading, field)
