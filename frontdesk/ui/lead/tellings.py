"""The timeline in words: what happened, by whom, when, and why the workflow did something by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from frontdesk import texts
from frontdesk.services.timelines import Moment
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.lead.words import moment as moment_words
from frontdesk.ui.lead.words import tr

UNDO, REDO = "undo", "redo"
DISPOSITIONS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "no_answer": ("No answer", "phone-missed", "follow"),
        "left_message": ("Left message", "voicemail", "follow"),
        "spoke": ("Spoke", "message-square", "contacted"),
        "set_follow_up": ("Agreed on a follow-up", "phone-forwarded", "follow"),
    }
)
CHANNELS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "call": ("Called", "phone-outgoing"),
        "call_answered": ("Call answered", "phone"),
        "email_reply": ("E-mail sent", "mail"),
        "text": ("Text sent", "message-square"),
        "chat_email": ("Chat e-mail", "mail"),
        "automatic_email": ("Automatic e-mail", "mail"),
        "visit": ("Came by", "user-check"),
        # said of an appointment that was settled already
        "move": ("Another time noted", "calendar-check"),
        "cancel": ("Cancellation noted", "calendar-x"),
        "no_show": ("Not arriving noted", "user-x"),
        "attend": ("Coming noted", "stethoscope"),
    }
)
INBOUND: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "call": ("They called", "phone-incoming"),
        "voicemail": ("They left a voicemail", "voicemail"),
        "email": ("They wrote an e-mail", "mail"),
        "text": ("They sent a text", "message-square"),
        "web": ("They wrote on the website", "globe"),
    }
)
APPOINTMENTS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "booked": ("Appointment booked", "calendar-check", "sched"),
        "cancelled": ("Appointment cancelled", "calendar-x", "follow"),
        "did_not_arrive": ("Did not arrive", "user-x", "dead"),
        "attended": ("Came to the appointment", "stethoscope", "consult"),
    }
)
_ICONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "note_added": ("notebook-pen", "contacted"),
        "assigned": ("user", "invalid"),
        "transferred": ("arrow-right-left", "transfer"),
        "marked": ("star", "follow"),
        "merged": ("merge", "invalid"),
        "imported": ("file-up", "invalid"),
        "enrolled": ("graduation-cap", "done"),
    }
)
FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "first_name": "first name",
        "last_name": "last name",
        "contact_point": "phone or e-mail",
        "postal_code": "postcode",
        "birth_date": "birth date",
        "source_id": "source",
        "campaign_id": "campaign",
        "interest": "interest",
        "estimate": "estimate",
        "best_time": "best time",
        "category": "category",
        "created": "first contact",
        "enrolment_number": "enrolment number",
    }
)


@dataclass(frozen=True, slots=True)
class Telling:
    """One entry as it is shown.

    Attributes:
        details: parts of the second line, joined by dots.
        note: what somebody wrote.
        because: why the workflow did it, empty when a person did.
        is_quiet: a system entry, or one that was taken back.
        can_undo: whether a change of the workflow's own can be taken back here.
    """

    icon: str
    tone: str
    title: str
    details: tuple[str, ...]
    when: str
    change: int
    note: str = ""
    because: str = ""
    is_quiet: bool = False
    can_undo: bool = False

    def spoken(self) -> str:
        """The entry as one sentence for a screen reader."""
        return ", ".join(part for part in (self.title, self.when, *self.details, self.note, self.because) if part)


def tell(event: Moment, practice: Practice) -> Telling:
    """One entry of the timeline in words."""
    icon, tone, title = _headline(event, practice)
    is_system = event.by is None
    counted, *others = _details(event, practice)
    details = [part for part in (counted, event.by or "", *others) if part]
    if event.is_undone:
        details.append(tr("taken back"))
    because = tr("By the workflow: {rule}").format(rule=_rule(event.rule)) if is_system and event.rule not in (UNDO, REDO) else ""
    return Telling(
        "undo-2" if event.rule == UNDO else icon,
        "invalid" if is_system or event.is_undone else tone,
        title,
        tuple(details),
        moment_words(event.at, practice.now(), practice.hours, is_24h=practice.book.clock_24h),
        event.change,
        tr("“{note}”").format(note=event.note) if event.note else "",
        because,
        is_system or event.is_undone,
        is_system and not event.is_undone and event.to_status is not None and event.from_status is not None,
    )


def _headline(event: Moment, practice: Practice) -> tuple[str, str, str]:
    if event.rule in (UNDO, REDO):
        return "redo-2", "invalid", _undone(event, practice)
    if event.inbound:
        words, icon = INBOUND.get(event.channel, ("They got in touch", "phone-incoming"))
        return icon, "new", _said(words)
    if event.rule in texts.RULES and event.rule.startswith("created"):
        return "user-plus", "new", tr("Lead created")
    if (disposition := event.disposition or "") in DISPOSITIONS:
        words, icon, tone = DISPOSITIONS[disposition]
        return icon, tone, _said(words)
    if event.channel and (event.number is not None or event.rule in ("uncounted_contact", "recorded")):
        words, icon = CHANNELS.get(event.channel, (event.channel, "phone"))
        return icon, "contacted", _said(words)
    return _plain_headline(event, practice)


def _plain_headline(event: Moment, practice: Practice) -> tuple[str, str, str]:
    if (state := event.appointment_state or "") in APPOINTMENTS:
        words, icon, tone = APPOINTMENTS[state]
        return icon, tone, _said(words)
    if event.to_status is not None and event.from_status is not None:
        pill = practice.pill(event.to_status)
        return "arrow-right-left", pill.tone, _move(event, practice)
    if event.amount is not None:
        return "banknote", "done", tr("{amount} received").format(amount=practice.money(event.amount))
    if event.follow_up is not None:
        return "clock", "follow", tr("Follow-up set")
    icon, tone = ("pencil", "invalid") if event.edited else _ICONS.get(event.rule, ("circle-dot", "invalid"))
    return icon, tone, tr("Note") if event.rule == "note_added" else _rule(event.rule)


def _details(event: Moment, practice: Practice) -> list[str]:
    allowed = practice.attempts_allowed()
    found = [tr("Doesn't count as an attempt") if event.rule == "uncounted_contact" else ""]
    if event.number is not None:
        words = tr("Attempt {number} of {all}") if allowed else tr("Attempt {number}")
        found = [words.format(number=event.number, all=allowed)]
    if event.appointment is not None:
        found.append(_when(event.appointment, practice))
    is_headline = event.disposition is None and event.appointment_state is None and not event.channel
    if event.to_status is not None and event.from_status is not None and not is_headline:
        found.append(_move(event, practice))
    if event.reason:
        found.append(practice.reason_label(event.reason))
    if event.follow_up is not None:
        found.append(tr("Follow-up {when}").format(when=_when(event.follow_up, practice)))
    found.extend(dict.fromkeys(_said(FIELDS.get(name, name.replace("_", " "))) for name in event.edited))
    return found


def _undone(event: Moment, practice: Practice) -> str:
    what = practice.status_label(event.took_back_status) if event.took_back_status else _taken_back(event.took_back)
    if not what:
        return tr("Taken back") if event.rule == UNDO else tr("Done again")
    first = (event.by or "").partition(" ")[0]
    if not first:
        return (tr("Taken back: {what}") if event.rule == UNDO else tr("Done again: {what}")).format(what=what)
    return (tr("{who} took back: {what}") if event.rule == UNDO else tr("{who} did again: {what}")).format(who=first, what=what)


def _taken_back(rule: str) -> str:
    return QCoreApplication.translate("texts", texts.taken_back(rule)) if rule in texts.RULES else ""


def _move(event: Moment, practice: Practice) -> str:
    was, now = practice.status_label(event.from_status or ""), practice.status_label(event.to_status or "")
    return tr("Status: {was} to {now}").format(was=was, now=now)


def _when(instant: object, practice: Practice) -> str:
    return moment_words(instant, practice.now(), practice.hours, is_24h=practice.book.clock_24h)  # type: ignore[arg-type] # Moment's own instants


def _rule(name: str) -> str:
    return QCoreApplication.translate("texts", texts.RULES.get(name, name.replace("_", " ")))


def _said(words: str) -> str:
    return tr(words)
