"""The right pane of Leads: the profile of the chosen lead, or the form of a new one; it keeps its place when the selection changes."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.domain.problems import Refused
from frontdesk.domain.records import LeadId
from frontdesk.services.drafts import drafts, drop_draft, keep_draft
from frontdesk.services.leads import create_lead
from frontdesk.services.lists import Profile, profile
from frontdesk.services.people import people_like
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.lead.headlines import display_name
from frontdesk.ui.lead.new_lead import Already, NewLead
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.lead.profile import ProfileView
from frontdesk.ui.lead.profile_deeds import ProfileDeeds
from frontdesk.ui.problems import sentence
from frontdesk.ui.widgets.icons import IconLabel
from frontdesk.ui.widgets.labels import label
from frontdesk.ui.widgets.layouts import clothe, column, holder, row
from frontdesk.ui.widgets.privacy import privacy
from frontdesk.ui.widgets.theme import theme

NARROW, WIDE = 456, 560
_NEW = "new"
_ANY_WIDTH = 16_777_215
"""What Qt calls no limit."""


class LeadPane(QStackedWidget):
    """Profile or form.

    Attributes:
        done: a sentence for the undo strip, and whether it can be undone.
        dialog_wanted: what of the leads shall be decided in a dialog.
        opened: another lead shall be shown and chosen in the list.
        created: a lead was entered.
        left: the pane shall close.
        width_wanted: the profile shall have the whole page, or go back beside the list.
    """

    done = Signal(str, bool)
    dialog_wanted = Signal(str, object)
    opened = Signal(object)
    created = Signal(object)
    left = Signal()
    width_wanted = Signal()

    def __init__(self, jobs: Jobs, practice: Practice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._practice = jobs, practice
        self._wanted: LeadId | None = None
        self._exactly: LeadId | None = None
        self._duplicates: list[LeadId] = []
        self._nothing = label(self.tr("Choose a lead to see everything about it here."), "body", "text3", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        nothing = column(None, row(None, IconLabel("user", "text3", 24), None), self._nothing, None, gap=10, margins=(40, 0, 40, 0))
        self.addWidget(holder(nothing))
        self._build()
        self.set_wide(is_wide=False)

    def set_wide(self, *, is_wide: bool, is_full: bool = False) -> None:
        """456 wide, 560 from a window of 1600 on; over the list as wide as the page."""
        width = theme().px(WIDE if is_wide else NARROW)
        self.setMinimumWidth(width)
        self.setMaximumWidth(_ANY_WIDTH if is_full else width)

    def set_practice(self, practice: Practice) -> None:
        """The practice's words changed: everything is built anew, what is shown is read again."""
        self._practice = practice
        for view in (self.view, self.form):
            self.removeWidget(view)
            view.deleteLater()
        self._build()
        if self._wanted is not None:
            self.show_lead(self._wanted)

    def show_lead(self, lead_id: LeadId | None) -> None:
        """Show a lead, or nothing; the profile stands until the next one has landed. Of a duplicate the enquiry that stayed is shown."""
        self._duplicates = []
        if lead_id != self._exactly:
            self._exactly = None
        self._ask(lead_id)

    def show_exactly(self, lead_id: LeadId) -> None:
        """Show a lead also when it is a duplicate."""
        self._exactly = lead_id
        self.show_lead(lead_id)

    def refresh(self) -> None:
        """Read the lead in front again."""
        if self._wanted is not None:
            self.show_lead(self._wanted)

    def start_new(self, typed: str = "") -> None:
        """Open the form of a new lead, with its draft unless something was typed already."""
        self._show_form()
        self.form.start(None, typed=typed)
        if not typed:
            self._jobs.ask(drafts, owner=self.form, on_done=self._restore_draft, key="leads-new-draft", forms=[_NEW], subject=_NEW)

    def is_new(self) -> bool:
        """Whether the form is in front."""
        return self.currentWidget() is self.form

    def show_view(self) -> None:
        """The lead instead of the form, with the focus on what is done next and not on whatever stands behind the field that went."""
        self.setCurrentWidget(self.view)
        self.view.go_to("status")

    def is_empty(self) -> bool:
        """Whether neither a lead nor the form is in front or on its way."""
        return self.currentIndex() == 0 and self._wanted is None

    def leave_new(self) -> None:
        """Back from the form; what was typed is kept."""
        self._keep(self.form.form.texts())
        if self._wanted is not None:
            self.setCurrentWidget(self.view)
            self.refresh()
        else:
            self.setCurrentIndex(0)
            self.left.emit()

    def _build(self) -> None:
        self.view, self.form = ProfileView(self._practice), NewLead(self._practice)
        self.deeds = ProfileDeeds(self._jobs, self.view, lambda: self._practice)
        for widget in (self.view, self.form):
            clothe(widget, "pane")
            self.addWidget(widget)
        self.deeds.done.connect(self.done)
        self.deeds.dialog_wanted.connect(self.dialog_wanted)
        self.deeds.reread.connect(self.refresh)
        self.view.wanted.connect(self._wanted_of_page)
        self.form.left.connect(self.leave_new)
        self.form.saved.connect(self._save)
        self.form.sought.connect(self._seek)
        self.form.open_wanted.connect(self.opened)
        self.form.rested.connect(self._keep)

    def _wanted_of_page(self, deed: str, what: object) -> None:
        if deed == "close":
            self.left.emit()
        elif deed == "width":
            self.width_wanted.emit()
        elif deed == "enquiry":
            self._exactly = cast("LeadId", what)
            self.opened.emit(what)
        elif deed == "new_enquiry" and self.view.profile is not None:
            self._show_form()
            person = self.view.profile.person
            self.form.start_enquiry(person, display_name(person, self._practice))

    def _ask(self, lead_id: LeadId | None) -> None:
        self._wanted = lead_id
        if lead_id is None:
            self.setCurrentIndex(0)
        else:
            self._jobs.ask(profile, owner=self, on_done=self._landed, on_refused=self._gone, key="leads-profile", lead_id=lead_id)

    def _landed(self, found: Profile) -> None:
        original = found.lead.duplicate_of
        was_here = found.lead.id in self._duplicates  # two leads can be duplicates of each other
        if original is not None and found.lead.id != self._exactly and not was_here:
            self._duplicates.append(found.lead.id)
            self._ask(original)
            return
        forms = ("details", "note")
        subject = f"lead:{found.lead.id}"
        same = self.view.lead_id() == found.lead.id
        if same:
            self._show(found, None)
            return
        self._jobs.ask(
            drafts, owner=self.view, on_done=lambda kept: self._show(found, kept), key="leads-drafts", forms=forms, subject=subject
        )

    def _show(self, found: Profile, kept: dict[str, dict[str, str]] | None) -> None:
        self.view.show_profile(found, kept)
        if self._duplicates:
            self._say_duplicate(self._duplicates[0])
        if not self.is_new():
            self.setCurrentWidget(self.view)

    def _say_duplicate(self, lead_id: LeadId) -> None:
        words = self.tr("You opened a duplicate. This is the enquiry that stayed.")
        self.view.notice.say(words, "info", [(self.tr("Show the duplicate"), partial(self.show_exactly, lead_id))])

    def _gone(self, problem: Refused) -> None:
        self._nothing.setText(sentence(problem))
        self.setCurrentIndex(0)

    def _show_form(self) -> None:
        self.setCurrentWidget(self.form)

    def _restore_draft(self, kept: dict[str, dict[str, str]]) -> None:
        if kept.get(_NEW) and self.form.form.is_empty():
            self.form.start(kept[_NEW])
            self.form.notice.say(self.tr("This is the draft you left."), "info", [(self.tr("Start empty"), self._forget_draft)])

    def _forget_draft(self) -> None:
        self._drop()
        self.form.start(None)

    def _keep(self, texts: dict[str, str]) -> None:
        if self.form.person is None and not self.form.form.is_empty():
            self._jobs.do(keep_draft, owner=self.form, on_done=lambda _: None, form=_NEW, subject=_NEW, texts=texts)

    def _drop(self) -> None:
        self._jobs.do(drop_draft, owner=self.form, on_done=lambda _: None, form=_NEW, subject=_NEW)

    def _seek(self, fields: Any) -> None:
        if fields is not None:
            self._jobs.ask(people_like, owner=self.form, on_done=self._found_alike, key="leads-alike", fields=fields)

    def _found_alike(self, found: Any) -> None:
        line = next((each.line for each in found if each.line is not None), None)
        if line is None:
            self.form.show_already(None)
            return
        name = line.name or (self._practice.phone(line.phones[0]) if line.phones else "")
        self.form.show_already(Already(line.id, name, self._practice.status_label(line.status)))

    def _save(self, person: Any, facts: Any, again: bool) -> None:
        who = {"person_id": self.form.person.id} if self.form.person is not None else {"person": person}
        self._jobs.do(
            create_lead,
            owner=self.form,
            on_done=lambda done: self._saved(done.value, self._name(person), again=again),
            on_refused=self.form.refuse,
            facts=facts,
            channel="hand",
            **who,
        )

    def _name(self, fields: Any) -> str:
        """Whom the saved lead is about: the person who was here, or the one that was typed."""
        if self.form.person is not None:
            return display_name(self.form.person, self._practice)
        typed = (fields.first_name, fields.last_name)
        return (
            " ".join(filter(None, typed)) or next((self._practice.phone(each) for each in fields.phones), "") or "".join(fields.emails[:1])
        )

    def _saved(self, lead_id: LeadId | None, name: str, *, again: bool) -> None:
        if self.form.person is None:
            self._drop()
        self.done.emit(self.tr("Lead saved: {name}.").format(name=privacy().shown(name)), True)
        if again:
            self.form.start(None)
            return
        self.form.form.clear_all()
        self.show_view()
        if lead_id is not None:
            self.created.emit(lead_id)
