"""What is wanted of the lead in front, done through jobs; and what was done, said with the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication

from frontdesk.domain import contacts
from frontdesk.domain.money import amount
from frontdesk.domain.problems import Conflict, Refused
from frontdesk.domain.records import Lead
from frontdesk.services import appointments
from frontdesk.services.attempts import log_attempt
from frontdesk.services.corrections import correct_lead
from frontdesk.services.drafts import drop_draft, keep_draft
from frontdesk.services.leads import add_note, assign, edit_lead, mark_important
from frontdesk.services.lists import Profile
from frontdesk.services.people import PersonFields, edit_person
from frontdesk.services.undo import undo
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.lead import acts
from frontdesk.ui.lead.headlines import display_name, first_point, why_not
from frontdesk.ui.lead.outcomes import outcome_sentence
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.lead.profile import ProfileView
from frontdesk.ui.lead.words import clock
from frontdesk.ui.problems import sentence, show_conflict

_SCHEMES = {"call": "tel", "email": "mailto", "text": "sms"}
_CHANNELS = {"call": acts.CALL, "email": acts.EMAIL, "text": acts.TEXT}
_SETTLING = {
    "attended": appointments.mark_attended,
    "no_show": appointments.mark_no_show,
    "cancel": appointments.cancel_appointment,
}


class ProfileDeeds(QObject):
    """The deeds of one profile view.

    Attributes:
        done: a sentence for the undo strip, and whether it can be undone.
        dialog_wanted: "status", "follow_up", "appointment", "move", "revenue" or "transfer", with the leads it is about.
        reread: the lead shall be read again, after a conflict.
    """

    done = Signal(str, bool)
    dialog_wanted = Signal(str, object)
    reread = Signal()

    def __init__(self, jobs: Jobs, view: ProfileView, practice: Callable[[], Practice]) -> None:
        super().__init__(view)
        self._jobs, self._view, self._practice = jobs, view, practice
        self._deeds: Mapping[str, Callable[[Profile, Any], object]] = {
            "important": self._important,
            "note": self._note,
            "fact": self._fact,
            "details": self._details,
            "outcome": self._outcome,
            "undo": self._undo,
            "draft": self._draft,
            "appointment": self._appointment,
            "copy_phone": self._copy_phone,
        }
        view.wanted.connect(self.do)

    def do(self, deed: str, what: object = None) -> None:
        """Do what is wanted of the lead in front; deeds that are not its own it leaves to the page."""
        profile = self._view.profile
        if profile is None:
            return
        if deed in _SCHEMES:
            self._contact(deed, profile)
        elif deed in {"status", "follow_up", "revenue", "transfer"}:
            self.dialog_wanted.emit(deed, [profile.lead.id])
        elif deed in self._deeds:
            self._deeds[deed](profile, what)

    def name(self, profile: Profile) -> str:
        """How the person is called in sentences."""
        return display_name(profile.person, self._practice())

    def _contact(self, deed: str, profile: Profile) -> None:
        """Hand the number or address to the system, and ask what came of it."""
        reason = why_not(profile.person, self._practice()).get(deed)
        if reason:
            self._view.notice.say(reason, "warn")
            return
        point = first_point(profile.person, "email" if deed == "email" else "phone")
        QDesktopServices.openUrl(QUrl(f"{_SCHEMES[deed]}:{point}"))
        if self._practice().may_write():
            self._view.ask_outcome(_CHANNELS[deed])

    def _copy_phone(self, profile: Profile, _what: object) -> None:
        number = self._practice().phone(first_point(profile.person, "phone"))
        if number:
            QGuiApplication.clipboard().setText(number)
            self.done.emit(self.tr("Copied {number}").format(number=number), False)

    def _important(self, profile: Profile, _what: object) -> None:
        wanted = not profile.lead.important
        words = self.tr("{name} is important now.") if wanted else self.tr("{name} is no longer marked important.")
        lead = profile.lead
        self._send(mark_important, words.format(name=self.name(profile)), profile, lead_id=lead.id, important=wanted)

    def _note(self, profile: Profile, text: str) -> None:
        words = self.tr("Note added for {name}.").format(name=self.name(profile))
        self._jobs.do(
            add_note,
            owner=self._view,
            on_done=lambda _: self._note_saved(profile, words),
            on_refused=self._note_refused,
            lead_id=profile.lead.id,
            note=text,
        )

    def _note_saved(self, profile: Profile, words: str) -> None:
        if self._view.lead_id() == profile.lead.id:
            self._view.note.clear()
        self._drop("note", profile)
        self.done.emit(words, True)

    def _note_refused(self, problem: Refused) -> None:
        self._view.note.refuse(sentence(problem))

    def _fact(self, profile: Profile, what: tuple[str, object]) -> None:
        key, value = what
        fact = self._view.facts[key]
        words = self.tr("{fact} of {name} changed.").format(fact=fact.words(), name=self.name(profile))
        try:
            command, values = self._edit(profile, key, value)
        except Refused as problem:
            fact.refuse(sentence(problem))
            return
        refused = lambda problem: fact.refuse(sentence(problem))  # noqa: E731 - one line, used once
        self._send(command, words, profile, on_refused=refused, **values)

    def _edit(self, profile: Profile, key: str, value: object) -> tuple[Callable[..., Any], dict[str, Any]]:
        lead, practice = profile.lead, self._practice()
        if key in {"phone", "email"}:
            return edit_person, {
                "person_id": profile.person.id,
                "version": profile.person.version,
                "fields": _reached(profile, key, str(value)),
            }
        if key == "owner_id":
            return assign, {"chosen": [(lead.id, lead.version)], "owner_id": value}
        if key == "estimate":
            text = str(value).strip()
            value = amount(text, practice.book.currency, practice.book.country) if text else None
        return edit_lead, {"lead_id": lead.id, "version": lead.version, "facts": {key: value}}

    def _details(self, profile: Profile, what: tuple[PersonFields, Any, Mapping[str, bool]]) -> None:
        person, facts, wishes = what
        kept = replace(person, birth_date=profile.person.birth_date)
        values = {"lead_id": profile.lead.id, "person": kept, "facts": facts, **wishes}
        versions = {"version": profile.lead.version, "person_version": profile.person.version}
        self._correct(profile, values, versions)

    def _correct(self, profile: Profile, values: Mapping[str, Any], versions: Mapping[str, Any]) -> None:
        self._jobs.do(
            correct_lead,
            owner=self._view,
            on_done=lambda _: self._corrected(profile),
            on_refused=self._details_refused,
            on_conflict=lambda problem: show_conflict(
                problem,
                self._view.notice,
                theirs=partial(self._theirs, profile),
                mine=lambda: self._correct(profile, values, {}),
            ),
            **values,
            **versions,
        )

    def _corrected(self, profile: Profile) -> None:
        self._view.details.accept()
        self._drop("details", profile)
        self.done.emit(self.tr("Details of {name} changed.").format(name=self.name(profile)), True)

    def _details_refused(self, problem: Refused) -> None:
        form = self._view.details.form
        if not form.refuse(problem.field, sentence(problem)):
            self._view.notice.say(sentence(problem), "warn")

    def _theirs(self, profile: Profile) -> None:
        self._drop("details", profile)
        self._view.details.accept()
        self.reread.emit()

    def _outcome(self, profile: Profile, what: tuple[str, Any]) -> None:
        channel, disposition = what
        note = self._view.note.text()
        self._jobs.do(
            log_attempt,
            owner=self._view,
            on_done=lambda done: self._logged(profile, done.value, note),
            on_refused=self._outcome_refused,
            lead_id=profile.lead.id,
            channel=channel,
            disposition=disposition,
            note=note,
        )

    def _logged(self, profile: Profile, ruling: Any, note: str) -> None:
        self._view.outcomes.hide()
        if note:
            self._view.note.clear()
            self._drop("note", profile)
        if ruling is not None:
            self.done.emit(outcome_sentence(ruling, self.name(profile), self._practice()), True)

    def _outcome_refused(self, problem: Refused) -> None:
        if problem.field == "note" or problem.code == "note_needed":
            self._view.note.refuse(sentence(problem))
        else:
            self._view.notice.say(sentence(problem), "warn")

    def _appointment(self, profile: Profile, what: str) -> None:
        if what in _SETTLING:
            words = {
                "attended": self.tr("{name} came to the appointment."),
                "no_show": self.tr("{name} did not arrive."),
                "cancel": self.tr("Appointment of {name} cancelled."),
            }[what]
            self._send(_SETTLING[what], words.format(name=self.name(profile)), profile, lead_id=profile.lead.id)
        else:
            self.dialog_wanted.emit("appointment" if what == "book" else what, [profile.lead.id])

    def _undo(self, profile: Profile, change: int) -> None:
        self._send(undo, self.tr("Taken back for {name}.").format(name=self.name(profile)), profile, can_undo=False, change=change)

    def _draft(self, profile: Profile, what: tuple[str, Mapping[str, str]]) -> None:
        form, texts = what
        self._jobs.do(
            keep_draft,
            owner=self._view,
            on_done=lambda _: self._kept(form),
            form=form,
            subject=subject_of(profile.lead),
            texts=dict(texts),
        )

    def _kept(self, form: str) -> None:
        if form == "note":
            practice = self._practice()
            self._view.note.say_kept(clock(practice.hours.local(practice.now()), is_24h=practice.book.clock_24h))

    def _drop(self, form: str, profile: Profile) -> None:
        self._jobs.do(drop_draft, owner=self._view, on_done=lambda _: None, form=form, subject=subject_of(profile.lead))

    def _send(
        self,
        command: Callable[..., Any],
        words: str,
        profile: Profile,
        *,
        can_undo: bool = True,
        on_refused: Callable[[Refused], object] | None = None,
        **values: Any,
    ) -> None:
        """Run a command; a conflict offers theirs and mine beside the lead."""
        again = {key: None if key == "version" else value for key, value in values.items()}
        if "chosen" in again:
            again["chosen"] = [(lead_id, None) for lead_id, _ in values["chosen"]]

        def conflicted(problem: Conflict) -> None:
            mine = partial(self._send, command, words, profile, can_undo=can_undo, on_refused=on_refused, **again)
            show_conflict(problem, self._view.notice, theirs=self.reread.emit, mine=mine)

        self._jobs.do(
            command,
            owner=self._view,
            on_done=lambda _: self.done.emit(words, can_undo),
            on_refused=on_refused or (lambda problem: self._view.notice.say(sentence(problem), "warn")),
            on_conflict=conflicted,
            **values,
        )


def subject_of(lead: Lead) -> str:
    """What the drafts of a lead are kept under."""
    return f"lead:{lead.id}"


def _reached(profile: Profile, key: str, text: str) -> PersonFields:
    """The person with other phones or e-mails, all else as it is."""
    person = profile.person
    phones = tuple(each.typed for each in person.points if each.kind == "phone")
    emails = tuple(each.typed for each in person.points if each.kind == "email")
    if key == "phone":
        phones = contacts.split_phones(text)
    else:
        emails = contacts.split_emails(text)
    return PersonFields(person.first_name, person.last_name, phones, emails, person.birth_date, person.postal_code)
