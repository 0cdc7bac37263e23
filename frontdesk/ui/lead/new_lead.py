"""The new-lead form in the right pane: phone first, because the phone is; says who is already here while somebody types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.domain.problems import Refused
from frontdesk.domain.records import LeadId, Person
from frontdesk.ui.lead.lead_fields import LeadFields
from frontdesk.ui.lead.panes import scrolled_pane
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.problems import sentence
from frontdesk.ui.widgets.buttons import button, icon_button
from frontdesk.ui.widgets.icons import IconLabel
from frontdesk.ui.widgets.keys import shortcut
from frontdesk.ui.widgets.labels import label
from frontdesk.ui.widgets.layouts import column, hline, row, surface
from frontdesk.ui.widgets.notices import NoticeLine
from frontdesk.ui.widgets.pills import KeyCap
from frontdesk.ui.widgets.undo_strip import announce

FEWEST_DIGITS = 7
_OF_THE_PERSON = ("phone", "first_name", "last_name", "email", "postal_code")


@dataclass(frozen=True, slots=True)
class Already:
    """Somebody who is here already with what is being typed.

    Attributes:
        what: "number" or "e-mail".
    """

    lead_id: LeadId
    name: str
    status: str
    what: str = "number"


class NewLead(QWidget):
    """The form of a new lead, or of the next enquiry of a person who is here.

    Attributes:
        saved: PersonFields (None for a known person), LeadFacts, and whether the next one follows.
        sought: the person as typed so far, once the phone or e-mail is long enough to look for; None before.
        open_wanted: the lead of the person who is already here.
        rested: what to keep as a draft.
        left: the form shall go; the draft stays.
    """

    saved = Signal(object, object, bool)
    sought = Signal(object)
    open_wanted = Signal(object)
    rested = Signal(object)
    left = Signal()

    def __init__(self, practice: Practice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("New lead"))
        self.person: Person | None = None
        self._already: Already | None = None
        self._waved_on = ""
        self._title = label("", "name")
        self._title.setObjectName("new-lead-title")
        self.notice = NoticeLine()
        self.form = LeadFields(practice, with_note=True)
        self._already_line = self._make_already_line()
        self._save = button(self.tr("Save"), lambda: self.save(again=False), kind="primary")
        self._save.setObjectName("save-lead")
        self._next = button(self.tr("Save and new"), lambda: self.save(again=True))
        self._next.setObjectName("save-and-new")
        self._lay_out()
        shortcut(self, "Ctrl+Return", lambda: self.save(again=False))
        shortcut(self, "Ctrl+Shift+Return", lambda: self.save(again=True))
        self.form.changed.connect(self._look)
        self.form.rested.connect(lambda: self.rested.emit(self.form.texts()))

    def start(self, draft: Mapping[str, str] | None = None, *, typed: str = "") -> None:
        """A new person; what was typed in Find goes into its field."""
        self._begin(None, self.tr("New lead"))
        self.form.clear_all()
        if draft:
            self.form.restore(draft)
        if typed:
            field = "email" if "@" in typed else "phone" if any(map(str.isdigit, typed)) else "first_name"
            given, _, family = typed.rpartition(" ") if field == "first_name" else (typed, "", "")
            self.form.restore({field: given or family} | ({"last_name": family} if given and family else {}))
        self._look()
        self.form.phone.setFocus()

    def start_enquiry(self, person: Person, name: str) -> None:
        """The next enquiry of somebody who is here already."""
        self._begin(person, self.tr("New enquiry of {name}").format(name=name))
        self.form.clear_all()
        self.form.field("source_id").control.setFocus()

    def show_already(self, found: Already | None) -> None:
        """Say who is here with this number or e-mail."""
        typed = self._sought()
        self._already = found if typed and typed != self._waved_on else None
        self._already_line.setVisible(self._already is not None)
        if self._already is not None:
            who = self._already
            words = self.tr("Already here: {name}, {status}").format(name=who.name, status=who.status)
            if words != self._already_words.text():
                announce(self._already_words, words)
            self._already_words.setText(words)

    def already(self) -> str:
        """The sentence about who is already here, empty when nobody is."""
        return "" if self._already_line.isHidden() else self._already_words.text()

    def save(self, *, again: bool) -> None:
        """Send the form; the rules say at the field what is wrong."""
        self.form.accept_all()
        try:
            person = None if self.person is not None else self.form.person()
            facts = self.form.facts()
        except Refused as problem:
            self.refuse(problem)
            return
        self.saved.emit(person, facts, again)

    def refuse(self, problem: Refused) -> None:
        """Show a refusal at its field."""
        words = sentence(problem)
        if not self.form.refuse(problem.field, words):
            self.notice.say(words, "warn")

    def _begin(self, person: Person | None, title: str) -> None:
        self.person = person
        self._waved_on = ""
        self._title.setText(title)
        self.notice.hide()
        self.show_already(None)
        for key in _OF_THE_PERSON:
            self.form.field(key).setVisible(person is None)

    def _lay_out(self) -> None:
        close = icon_button("x", self.tr("Close and keep the draft"), self.left.emit, key="Esc")
        head = row(self._title, None, close)
        content = column(head, self.notice, self._already_line, self.form, None, gap=12)
        foot = row(self._save, KeyCap("Ctrl+Enter"), 6, self._next, KeyCap("Ctrl+Shift+Enter"), None, gap=6, margins=(20, 10, 20, 12))
        whole = column(scrolled_pane(content), hline(), surface("pane", foot), gap=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def _make_already_line(self) -> QWidget:
        self._already_words = label("", "strong", wrap=True)
        self._already_words.setObjectName("already-here")
        open_it = button(self.tr("&Open"), self._open_already, name=self.tr("Open who is already here"))
        add = button(self.tr("Add anyway"), self._wave_on, kind="plain")
        add.setObjectName("add-anyway")
        line = row(IconLabel("user-check", "warn", 16), self._already_words, open_it, add, gap=8, margins=(12, 8, 8, 8))
        line.setStretch(1, 1)
        frame = surface("warn", line)
        frame.hide()
        return frame

    def _sought(self) -> str:
        typed = self.form.texts()
        if sum(map(str.isdigit, typed["phone"])) >= FEWEST_DIGITS:
            return typed["phone"].strip()
        email = typed["email"].strip()
        return email if "@" in email and "." in email.rpartition("@")[2] else ""

    def _look(self) -> None:
        if self.person is None:
            self.sought.emit(self.form.person() if self._sought() else None)
            if not self._sought():
                self.show_already(None)

    def _open_already(self) -> None:
        if self._already is not None:
            self.open_wanted.emit(self._already.lead_id)

    def _wave_on(self) -> None:
        self._waved_on = self._sought()
        self.show_already(None)
        self.form.phone.setFocus()
