"""Step 3: what the words of the file mean here, and how its dates are read; proposals and assumptions are marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLayout, QWidget

from frontdesk.domain.imports import Order, ValueChoice
from frontdesk.services.lists import Choices
from frontdesk.ui.imports import words
from frontdesk.ui.imports.answers import CREATE, Answers, Word, can_create, is_known, proposal, word_of
from frontdesk.ui.imports.choosers import Chooser, grid, heads
from frontdesk.ui.imports.works import Looked
from frontdesk.ui.widgets.buttons import DropDown, button
from frontdesk.ui.widgets.figures import figure
from frontdesk.ui.widgets.forms import Field
from frontdesk.ui.widgets.icons import IconLabel
from frontdesk.ui.widgets.labels import ElidedLabel, label, restyle
from frontdesk.ui.widgets.layouts import Item, column, holder, row, scrolled, surface
from frontdesk.ui.widgets.notices import NoticeLine
from frontdesk.ui.widgets.pills import Pill, StatusPill
from frontdesk.ui.widgets.undo_strip import announce

LISTED = 60
"""So many words of one field are listed; all further ones are answered together."""
_FIELDS = ("status", "reason", "source", "owner")


@dataclass(frozen=True, slots=True)
class _Row:
    """The widgets of one word."""

    chooser: Chooser
    pill: StatusPill


class ValuesStep(QWidget):
    """Unknown words with their meanings, and the dates as they are read.

    Attributes:
        meant: words (field and word) and what they mean: a key, "" for nothing, or CREATE; None takes the answer back.
        order_chosen: `dmy` or `mdy`.
        workflow_chosen: the key of the workflow whose statuses the file means.
    """

    meant = Signal(object)
    order_chosen = Signal(str)
    workflow_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._by_word: dict[Word, _Row] = {}
        self.notice = NoticeLine()
        self._body = QWidget()
        self._area = scrolled(self._body)
        whole = column(self.notice, self._area, gap=10)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def begin(self) -> None:
        """Take the focus at the first word."""
        first = next(iter(self._by_word.values()), None)
        if first is not None:
            first.chooser.setFocus()

    def show_values(self, looked: Looked, answers: Answers, choices: Choices) -> None:
        """Show the words and dates of the file."""
        again = next((one.objectName() for one in self._body.findChildren(QWidget) if one.hasFocus()), "")
        self.notice.hide()
        self._by_word = {}
        by_field = {key: [each for each in looked.words if each.field == key] for key in _FIELDS}
        cards = [self._words_card(key, of, looked, answers, choices) for key, of in by_field.items() if of]
        if looked.days:
            cards.append(self._days_card(looked, answers))
        if not cards:
            text = self.tr("This file has no statuses, sources, reasons, people or dates. There is nothing to settle here.")
            cards.append(surface("card", column(label(text, tone="text2", wrap=True), margins=(16, 14, 16, 14))))
        self._area.takeWidget()
        self._body = holder(column(*cards, None, gap=12, margins=(0, 0, 4, 0)))
        self._body.setProperty("surface", "clear")
        self._area.setWidget(self._body)
        self._body.setAutoFillBackground(False)
        control = self._body.findChild(QWidget, again) if again else None
        if control is not None:  # what was chosen built everything anew; the keyboard stays where it was
            control.setFocus()

    def show_open(self, still_open: Sequence[ValueChoice]) -> None:
        """Mark the words that nobody has given a meaning, and go to the first."""
        wanted = {word_of(choice) for choice in still_open}
        rows = [found for word, found in self._by_word.items() if word in wanted]
        for found in rows:
            restyle(found.chooser, "wrong", True)
        one = self.tr("1 word has no meaning yet. Choose one, or leave it empty.")
        more = self.tr("{n} words have no meaning yet. Choose one for each, or leave them empty.")
        sentence = words.counted(len(still_open), one, more)
        self.notice.say(sentence, "danger")
        announce(self, sentence)
        if rows:
            rows[0].chooser.setFocus()
            self._area.ensureWidgetVisible(rows[0].chooser)

    def chooser(self, field: str, word: str) -> Chooser:
        """The drop-down of a word."""
        return self._by_word[field, word].chooser

    def _words_card(self, key: str, of: Sequence[ValueChoice], looked: Looked, answers: Answers, choices: Choices) -> QFrame:
        asked = [each for each in of if not is_known(each)]
        known = words.counted(len(of) - len(asked), self.tr("1 word is known"), self.tr("{n} words are known"))
        title = row(label(self._title(key), "strong"), label(known if len(of) > len(asked) else "", "small", "text3"), None, gap=10)
        items: list[Item] = [title]
        if key == "status":
            title.addWidget(label(self.tr("of the workflow"), "small", "text2"))
            title.addWidget(self._workflows(looked, choices))
        if asked:
            title.addLayout(self._at_once(key, asked))
            items.append(self._words_grid(key, asked, looked, answers, choices))
        if len(asked) > LISTED:
            more = self.tr("And {n} more words, which the buttons above answer together.")
            items.append(label(more.replace("{n}", figure(len(asked) - LISTED)), "small", "text2"))
        return surface("card", column(*items, gap=8, margins=(16, 10, 16, 14)))

    def _words_grid(self, key: str, asked: Sequence[ValueChoice], looked: Looked, answers: Answers, choices: Choices) -> QGridLayout:
        options = _options(key, looked, choices)
        lines = grid(3, 0, 0, 4, 0)
        heads(lines, self.tr("In the file"), self.tr("Rows"), "", self.tr("Means"), "")
        for at, choice in enumerate(asked[:LISTED], start=1):
            self._add(lines, at, choice, options, answers)
        return lines

    def _add(self, lines: QGridLayout, at: int, choice: ValueChoice, options: list[tuple[object, str]], answers: Answers) -> None:
        made = [(CREATE, self.tr("Create “{name}”").format(name=choice.label))] if can_create(choice.field) else []
        ask = [(None, self.tr("Choose…"))] if proposal(choice) is None else []
        ways: list[tuple[object, str]] = [*ask, *made, ("", self.tr("Leave empty")), *options]
        chooser = Chooser(self.tr("{word} means").format(word=choice.word), ways)
        chooser.setMinimumWidth(200)
        meaning = answers.meaning(choice)
        if meaning is not None:
            chooser.choose(meaning)
        pill = StatusPill(_pill(choice, answers))
        lines.addWidget(ElidedLabel(choice.word, "medium"), at, 0)
        lines.addWidget(label(figure(choice.count), tone="text2", tabular=True), at, 1)
        lines.addWidget(IconLabel("arrow-right", "text3", 14), at, 2)
        lines.addWidget(chooser, at, 3)
        lines.addLayout(row(pill, None), at, 4)
        self._by_word[word_of(choice)] = _Row(chooser, pill)
        chooser.activated.connect(partial(self._choose, word_of(choice)))

    def _choose(self, word: Word, _at: int) -> None:
        found = self._by_word[word]
        meaning = found.chooser.key()
        restyle(found.chooser, "wrong", False)
        found.pill.show_pill(_chosen_pill() if meaning is not None else _open_pill())
        self.notice.hide()
        self.meant.emit({word: meaning})

    def _at_once(self, key: str, asked: Sequence[ValueChoice]) -> QLayout:
        """Answers for all words of a field together; what was chosen before is chosen over."""
        made = row(gap=6)
        if can_create(key):
            made.addWidget(button(self.tr("Create all"), partial(self._mean_all, asked, CREATE), name=self.tr("Create all of these words")))
        leave = self.tr("Leave all of these words empty")
        made.addWidget(button(self.tr("Leave all empty"), partial(self._mean_all, asked, ""), name=leave))
        return made

    def _mean_all(self, asked: Sequence[ValueChoice], meaning: str) -> None:
        for choice in asked:
            if found := self._by_word.get(word_of(choice)):
                found.chooser.choose(meaning)
                restyle(found.chooser, "wrong", False)
                found.pill.show_pill(_chosen_pill())
        self.notice.hide()
        self.meant.emit({word_of(choice): meaning for choice in asked})

    def _workflows(self, looked: Looked, choices: Choices) -> DropDown:
        chooser = DropDown(self.tr("Statuses of"), [(key, each.label) for key, each in choices.workflows.items()])
        chooser.setObjectName("workflow")
        chooser.setToolTip(self.tr("Whose statuses the file means"))
        chooser.choose(looked.prepared.workflow.key)
        chooser.activated.connect(lambda _at: self.workflow_chosen.emit(str(chooser.key())))
        return chooser

    def _days_card(self, looked: Looked, answers: Answers) -> QFrame:
        lines = grid(3, 3, 0, 4, 0)
        heads(lines, self.tr("Column"), self.tr("In the file"), "", self.tr("Read as"), "")
        for at, day in enumerate(looked.days, start=1):
            known = self.tr("read as {day}").format(day=words.day_in_words(day.read_as)) if day.read_as else ""
            read = known or self.tr("can't be read as a date")
            lines.addWidget(ElidedLabel(day.heading, "medium"), at, 0)
            lines.addWidget(ElidedLabel(day.cell or "–", tone="text2"), at, 1)
            lines.addWidget(IconLabel("arrow-right", "text3", 14), at, 2)
            lines.addWidget(label(read, tone="text" if day.read_as else "danger"), at, 3)
            pill = StatusPill(Pill(self.tr("Assumed"), "circle-question-mark", "follow"))
            pill.setVisible(day.assumed)
            lines.addLayout(row(pill, None), at, 4)
        items: list[Item] = [label(self.tr("Dates"), "strong"), lines]
        if answers.order or any(day.assumed for day in looked.days):
            items.append(row(Field(self.tr("&Which number is the day"), self._order(looked, answers)), None))
        return surface("card", column(*items, gap=8, margins=(16, 10, 16, 14)))

    def _order(self, looked: Looked, answers: Answers) -> DropDown:
        ways = [
            (Order.DAY_FIRST.value, self.tr("The first: 03/12 is 3 December")),
            (Order.MONTH_FIRST.value, self.tr("The second: 03/12 is 12 March")),
        ]
        chooser = DropDown("", ways)
        chooser.setObjectName("order")
        chooser.choose(answers.order or next(day.order.value for day in looked.days if day.assumed))
        chooser.activated.connect(lambda _at: self.order_chosen.emit(str(chooser.key())))
        return chooser

    def _title(self, key: str) -> str:
        titles = {"status": self.tr("Statuses"), "reason": self.tr("Reasons"), "source": self.tr("Sources"), "owner": self.tr("People")}
        return titles[key]


def _options(key: str, looked: Looked, choices: Choices) -> list[tuple[object, str]]:
    workflow = looked.prepared.workflow
    found = {
        "status": [(each.key, each.label) for each in workflow.statuses.values()],
        "reason": [
            (each.key, _reason(each.label, workflow.attempts.maximum if workflow.attempts else 0)) for each in workflow.reasons.values()
        ],
        "source": [(str(each.id), each.label) for each in choices.offered],
        "owner": [(str(each.id), each.name) for each in choices.members],
    }
    return [(option, label_of) for option, label_of in found[key]]


def _reason(text: str, attempts: int) -> str:
    return text.replace("{max}", str(attempts))


def _pill(choice: ValueChoice, answers: Answers) -> Pill:
    if word_of(choice) in answers.meanings:
        return _chosen_pill()
    if answers.meaning(choice) is None:
        return _open_pill()
    return Pill(words.tr("Proposed"), "circle-question-mark", "follow")


def _open_pill() -> Pill:
    return Pill(words.tr("To be said"), "circle-alert", "dead")


def _chosen_pill() -> Pill:
    return Pill(words.tr("Your choice"), "user-check", "done")
