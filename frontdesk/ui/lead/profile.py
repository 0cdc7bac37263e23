"""The profile of a lead: head, status, actions, facts, tabs, the person's other enquiries, and the note at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from frontdesk.domain.money import plain_amount
from frontdesk.domain.records import LeadId
from frontdesk.services.lists import Profile
from frontdesk.ui.lead.acts import Actions, Outcomes
from frontdesk.ui.lead.books import AppointmentList, MoneyList
from frontdesk.ui.lead.details import Details
from frontdesk.ui.lead.enquiries import Enquiries
from frontdesk.ui.lead.facts import Fact
from frontdesk.ui.lead.head import Head, StatusWell
from frontdesk.ui.lead.headlines import headline, why_not
from frontdesk.ui.lead.notes import NoteField
from frontdesk.ui.lead.panes import Halves, scrolled_pane
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.lead.tellings import tell
from frontdesk.ui.lead.timeline import Timeline
from frontdesk.ui.widgets.buttons import button
from frontdesk.ui.widgets.icons import IconLabel
from frontdesk.ui.widgets.keys import shortcut
from frontdesk.ui.widgets.labels import label
from frontdesk.ui.widgets.layouts import column, hline, holder, row, surface
from frontdesk.ui.widgets.notices import NoticeLine
from frontdesk.ui.widgets.privacy import privacy
from frontdesk.ui.widgets.tabs import Tabs
from frontdesk.ui.widgets.theme import theme

_ROOMY = 860
"""From this width on the timeline stands beside the facts."""
_TABS = ("timeline", "details", "appointments", "money")


class ProfileView(QWidget):
    """Everything about one lead; plain data in, wishes out.

    Attributes:
        wanted: a deed and what it is about: ("status", None), ("call", None), ("important", None), ("undo", change),
            ("enquiry", lead id), ("width", None), ("fact", (key, value)), ("details", (person, facts, wishes)), ("outcome", (channel, disposition)),
            ("note", text), ("draft", (form, text or texts)), ("appointment", "book" …), ("revenue", None), ("new_enquiry", None), ("close", None).
    """

    wanted = Signal(str, object)

    def __init__(self, practice: Practice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._practice = practice
        self.profile: Profile | None = None
        self._revealed: LeadId | None = None
        self.setAccessibleName(self.tr("Profile"))
        self.notice = NoticeLine()
        self.head, self.well, self.acts, self.outcomes = Head(), StatusWell(), Actions(), Outcomes()
        self.facts = dict(self._facts())
        self.tabs = Tabs(self.tr("Profile tabs"))
        self.timeline, self.details = Timeline(), Details(practice)
        self.appointments, self.money, self.enquiries = AppointmentList(), MoneyList(), Enquiries()
        self.note = NoteField()
        self._warning = label("", "strong", "danger")
        self._warning_line = holder(row(IconLabel("phone-off", "danger", 16), self._warning, None, gap=6))
        self._merged = label("", "small", "text2", wrap=True)
        self._merged.setObjectName("merged")
        merged = row(IconLabel("merge", "text2", 14), self._merged, gap=6)
        merged.setStretch(1, 1)
        self._merged_line = holder(merged)
        self._books = column(gap=0)
        self._lay_out()
        self._connect()
        self._keys()
        self._show_tab(_TABS[0])

    def show_profile(self, profile: Profile, drafts: Mapping[str, Mapping[str, str]] | None = None) -> None:
        """Show a lead; the tab, and for the same lead the scroll position and whatever is being typed, stay."""
        same = self.profile is not None and self.profile.lead.id == profile.lead.id
        self.profile = profile
        if not same and self._revealed != profile.lead.id:
            self._revealed = None
        lead, person, practice = profile.lead, profile.person, self._practice
        said = headline(lead, person, profile.appointments, profile.revenues, practice)
        self.head.show_lead(replace(said, name=self._seen(said.name)))
        self.well.show_lead(said)
        self._end.setAccessibleName(self.tr("Change status of {name}").format(name=said.name))
        self._warning.setText(said.warning)
        self._warning_line.setVisible(bool(said.warning))
        self._show_merged(profile.merged)
        self.acts.show_lead(said.name, why_not(person, practice))
        self._show_facts(profile)
        kept = drafts or {}
        self.details.show_lead(lead, person, kept.get("details"))
        self.timeline.show_entries([tell(replace(event, note=self._seen(event.note)), practice) for event in profile.timeline], same=same)
        self.appointments.show_appointments(profile.appointments, practice)
        self.money.show_money(lead, profile.revenues, practice)
        self.enquiries.show_enquiries(lead.id, (profile.line, *profile.enquiries), practice)
        self._count_tabs(profile)
        if not same:
            self.outcomes.hide()
            self.notice.hide()
            self.note.show_person(said.name, kept.get("note", {}).get("note", ""))

    def reveal(self, lead_id: LeadId) -> None:
        """Show the personal details of this lead also while they are hidden, until another one is shown."""
        self._revealed = lead_id
        if privacy().is_on and lead_id == self.lead_id():
            self._show_again()

    def lead_id(self) -> LeadId | None:
        """Whose profile it is, None before the first."""
        return self.profile.lead.id if self.profile is not None else None

    def choose_tab(self, key: str) -> None:
        """Show a tab."""
        self.tabs.choose(key)
        self._show_tab(key)

    def go_to(self, where: str) -> None:
        """Put the focus where it is wanted: "status", "note" or "history"."""
        if where == "note":
            self.note.area.setFocus()
        elif where == "history":
            self.choose_tab("timeline")
            self._area.ensureWidgetVisible(self.tabs)
            self.tabs.setFocus()
        else:
            self.well.change.setFocus()

    def ask_outcome(self, channel: str) -> None:
        """Ask what came of a contact that was begun."""
        self.outcomes.ask(channel)

    def _facts(self) -> list[tuple[str, Fact]]:
        practice = self._practice
        owners = [(None, self.tr("Nobody")), *((each.id, practice.owner(each.id)) for each in practice.members)]
        facts = (
            Fact("phone", self.tr("Phone"), tabular=True),
            Fact("email", self.tr("E-mail")),
            Fact("best_time", self.tr("Best time")),
            Fact("estimate", self.tr("Estimate"), tabular=True),
            Fact("owner_id", self.tr("Owner"), choices=owners),
        )
        for fact in facts:
            fact.saved.connect(lambda key, value: self.wanted.emit("fact", (key, value)))
        return [(fact.key, fact) for fact in facts]

    def _show_facts(self, profile: Profile) -> None:
        lead, practice = profile.lead, self._practice
        phones = ", ".join(practice.phone(each.typed) for each in profile.person.points if each.kind == "phone")
        emails = ", ".join(each.typed for each in profile.person.points if each.kind == "email")
        estimate = "" if lead.estimate is None else practice.money(lead.estimate)
        typed = "" if lead.estimate is None else plain_amount(lead.estimate, practice.book.currency)
        self.facts["phone"].show_value(self._seen(phones), phones)
        self.facts["email"].show_value(self._seen(emails), emails)
        self.facts["best_time"].show_value(lead.best_time, lead.best_time)
        self.facts["estimate"].show_value(estimate, typed)
        self.facts["owner_id"].show_value(practice.owner(lead.owner_id), lead.owner_id)

    def _seen(self, text: str) -> str:
        """The text as it may be seen on this card now."""
        return text if self._revealed is not None and self._revealed == self.lead_id() else privacy().shown(text)

    def _show_merged(self, names: Sequence[str]) -> None:
        """Say under which other names this person was here before they were merged."""
        known = ", ".join(self._seen(name) for name in names if name)
        words = self.tr("{names} turned out to be the same person. Everything is here.").format(names=known)
        self._merged.setText(words if known else self.tr("Another entry turned out to be the same person. Everything is here."))
        self._merged_line.setVisible(bool(names))

    def _count_tabs(self, profile: Profile) -> None:
        counts = {"timeline": len(profile.timeline), "appointments": len(profile.appointments), "money": len(profile.revenues)}
        words = (self.tr("Timeline"), self.tr("Details"), self.tr("Appointments"), self.tr("Money"))
        self.tabs.offer([(key, name, str(counts[key]) if counts.get(key) else "") for key, name in zip(_TABS, words, strict=True)])

    def _lay_out(self) -> None:
        for page in (self.timeline, self.details, self.appointments, self.money):
            self._books.addWidget(page)
        self._end = button(self.tr("Change status"), partial(self.wanted.emit, "status", None), icon="workflow")
        self._end.setObjectName("change-status-at-the-end")
        facts = column(*self.facts.values(), gap=1)
        self._halves = Halves(
            holder(column(self.well, self._warning_line, self.acts, self.outcomes, facts, gap=12)),
            holder(column(column(self.tabs, hline(), gap=0), self._books, gap=12)),
            holder(column(hline(), self.enquiries, row(self._end, None), gap=12)),
        )
        content = column(self.head, self._merged_line, self.notice, self._halves, None, gap=12)
        self._area = scrolled_pane(content)
        foot = surface("pane", column(self.note, margins=(19, 8, 20, 12)))
        whole = column(self._area, foot, gap=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def _connect(self) -> None:
        say = self.wanted.emit
        self.head.important_wanted.connect(partial(say, "important", None))
        self.head.close_wanted.connect(partial(say, "close", None))
        self.head.width_wanted.connect(partial(say, "width", None))
        self.well.change_wanted.connect(partial(say, "status", None))
        self.acts.wanted.connect(lambda deed: say("appointment", "book") if deed == "appointment" else say(deed, None))
        self.outcomes.chosen.connect(lambda channel, disposition: say("outcome", (channel, disposition)))
        self.timeline.undo_wanted.connect(partial(say, "undo"))
        self.details.saved.connect(lambda person, facts, wishes: say("details", (person, facts, wishes)))
        self.details.rested.connect(lambda texts: say("draft", ("details", texts)))
        self.appointments.wanted.connect(partial(say, "appointment"))
        self.money.record_wanted.connect(partial(say, "revenue", None))
        self.enquiries.opened.connect(partial(say, "enquiry"))
        self.enquiries.new_wanted.connect(partial(say, "new_enquiry", None))
        self.note.written.connect(partial(say, "note"))
        self.note.rested.connect(lambda text: say("draft", ("note", {"note": text})))
        self.tabs.chosen.connect(self._show_tab)
        privacy().changed.connect(self._hide_again)

    def _hide_again(self) -> None:
        self._revealed = None
        self._show_again()

    def _show_again(self) -> None:
        if self.profile is not None:
            self.show_profile(self.profile)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._halves.spread(is_beside=self.width() >= theme().px(_ROOMY))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.wanted.emit("width", None)
        else:
            super().keyPressEvent(event)

    def _keys(self) -> None:
        shortcut(self, "Ctrl+PgDown", partial(self.tabs.step, 1))
        shortcut(self, "Ctrl+PgUp", partial(self.tabs.step, -1))

    def _show_tab(self, key: str) -> None:
        for name, page in zip(_TABS, (self.timeline, self.details, self.appointments, self.money), strict=True):
            page.setVisible(name == key)
