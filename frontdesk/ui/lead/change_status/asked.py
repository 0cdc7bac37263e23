"""What the chosen status asks for: the right side of Change status, made from the workflow's data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from frontdesk.domain.problems import Refused
from frontdesk.domain.records import FollowUpKind
from frontdesk.domain.rules import Answers, Plan
from frontdesk.domain.workflow import Asks, Stage, Status
from frontdesk.services.decisions import Booking, Decision, Subject
from frontdesk.services.slots import Slot, Taken
from frontdesk.ui.lead.change_status.previews import first_date, missing_attempts
from frontdesk.ui.lead.change_status.reasons import Offer, ReasonList
from frontdesk.ui.lead.change_status.revenues import RevenueTable
from frontdesk.ui.lead.change_status.ticks import Tick
from frontdesk.ui.lead.date_fields import date_field, written
from frontdesk.ui.lead.dialogs import inputs
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.lead.slots import say_taken, slot_of
from frontdesk.ui.widgets.buttons import CheckBox
from frontdesk.ui.widgets.forms import Field, set_text, text_of
from frontdesk.ui.widgets.layouts import column, row

SHOWN: Mapping[Asks, tuple[str, ...]] = MappingProxyType(
    {
        Asks.FOLLOW_UP: ("follow_up", "kind"),
        Asks.TO_PERSON: ("to_person",),
        Asks.APPOINTMENT: ("starts", "minutes", "with_whom"),
        Asks.REVENUE: ("amount", "received_on"),
    }
)


class Asked(QWidget):
    """All questions, of which those of the chosen status are shown; what was typed stays when another status is looked at.

    Attributes:
        changed: an answer is another one.
    """

    changed = Signal()

    def __init__(self, subjects: Sequence[Subject], practice: Practice) -> None:
        super().__init__()
        self._subjects, self._practice = subjects, practice
        self._status: Status | None = None
        self._filled = ""
        self._kept_reasons: dict[str, str] = {}
        self.reasons = ReasonList()
        self.table = RevenueTable(subjects, practice)
        self.later = CheckBox(self.tr("I’ll &add revenue later"))
        self.later.setObjectName("later")
        self.verified = Tick(self.tr("I &made sure this isn’t a patient"), "verified")
        self.when, self.starts = date_field(practice, self.tr("Next follow-up")), date_field(practice, self.tr("Date and time"))
        self.kind, self.length = inputs.kinds(), inputs.lengths()
        self.to_person, self.whom = inputs.colleagues(practice), QLineEdit()
        self.amount, self.day = QLineEdit(), inputs.day_field(practice)
        self.note = inputs.note_area()
        self._fields = self._make_fields()
        self._lay_out()
        self._listen()

    def _make_fields(self) -> dict[str, Field]:
        optional, required = self.tr("optional"), self.tr("required")
        fields = {
            "follow_up": Field(self.tr("Next &follow-up"), self.when, aside=optional),
            "kind": Field(self.tr("K&ind"), self.kind),
            "to_person": Field(self.tr("Who takes it o&ver"), self.to_person, aside=required),
            "starts": Field(self.tr("Consultation, &date and time"), self.starts, aside=optional),
            "minutes": Field(self.tr("&Length"), self.length),
            "with_whom": Field(self.tr("&With whom"), self.whom, aside=optional),
            "amount": Field(self.tr("&Revenue"), self.amount),
            "received_on": Field(self.tr("Received o&n"), self.day),
            "note": Field(self.tr("No&te"), self.note, aside=optional),
        }
        for key, field in fields.items():
            field.control.setObjectName(key)
            field.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return fields

    def _lay_out(self) -> None:
        at = self._fields
        follow_up = _beside(at["follow_up"], at["kind"], wide=0)
        place = _beside(at["minutes"], at["with_whom"], wide=1)
        received = _beside(at["amount"], at["received_on"], wide=0)
        chosen = (self.later, self.table, self.verified)
        inner = column(self.reasons, at["to_person"], follow_up, at["starts"], place, received, *chosen, at["note"], gap=8)
        inner.setStretchFactor(self.reasons, 1)
        inner.addStretch(0)
        self.setLayout(inner)

    def _listen(self) -> None:
        self.reasons.chosen.connect(self._reason_chosen)
        self.verified.changed.connect(self.changed)
        self.table.changed.connect(self.changed)
        self.later.toggled.connect(self._postponed)
        self.amount.textEdited.connect(lambda: self.later.setChecked(False))
        for field in self._fields.values():
            field.changed.connect(self.changed)

    def show_status(self, status: Status) -> None:
        """Show what this status asks for."""
        self._status = status
        is_many = len(self._subjects) > 1
        shown = {key for asks in status.asks for key in SHOWN.get(asks, ())} | {"note"}
        if is_many:
            shown -= {"amount", "starts", "minutes", "with_whom"}
        for key, field in self._fields.items():
            field.setVisible(key in shown)
            field.accept()
        self.reasons.setVisible(self._has_reasons(status))
        self.verified.setVisible(Asks.VERIFIED in status.asks)
        self.later.setVisible(Asks.REVENUE in status.asks and not is_many)
        self.table.setVisible(Asks.REVENUE in status.asks and is_many)
        if self._has_reasons(status):
            self._offer_reasons(status)
        self._fill_date(status)
        self._say_note()

    def decision(self) -> Decision:
        """What is answered, for the chosen status; raises Refused at the field that cannot be understood."""
        status = self._status
        if status is None:
            raise Refused("status_needed", "to")
        answers = Answers(
            self.reasons.key() if self._has_reasons(status) else None,
            self.note.toPlainText().strip(),
            inputs.colleague(self.to_person) if Asks.TO_PERSON in status.asks else None,
            self.verified.box.isChecked(),
            self._plan(status),
        )
        revenues, day = self._revenues(status), inputs.day_of(self.day)
        return Decision(status.key, answers, self._booking(status), revenues, day if revenues else None)

    def slot(self) -> Slot | None:
        """The time of the consultation, else of the follow-up, where the chosen status asks for one."""
        asks = self._status.asks if self._status is not None else frozenset()
        slots: list[Slot | None] = []
        if Asks.APPOINTMENT in asks and len(self._subjects) == 1:
            slots.append(slot_of(self.starts, int(str(self.length.key())), self.whom.text().strip()))
        if Asks.FOLLOW_UP in asks:
            slots.append(slot_of(self.when))
        return next(filter(None, slots), None)

    def show_taken(self, found: Taken) -> None:
        """Say what else is planned then."""
        say_taken(self.starts, replace(found, follow_ups=0), self._practice)
        say_taken(self.when, replace(found, clashes=()), self._practice)

    def check(self) -> None:
        """Refuse what only the screen asks for: an amount, or the tick that it comes later."""
        asks = self._status is not None and Asks.REVENUE in self._status.asks and len(self._subjects) == 1
        if asks and not self.later.isChecked() and not self.amount.text().strip():
            raise Refused("amount_needed", "amount")

    def refuse(self, name: str | None, sentence: str) -> bool:
        """Show a sentence at the field of an answer and go there; False when there is no such field on show."""
        if name == "reason" and not self.reasons.isHidden():
            self.reasons.refuse(sentence)
            self.reasons.list.setFocus()
        elif name == "verified":
            self.verified.refuse(sentence)
            self.verified.box.setFocus()
        elif name == "amount" and not self.table.isHidden():
            self.table.refuse(sentence)
        elif name in self._fields and not self._fields[name].isHidden():
            self._fields[name].refuse(sentence)
            self._fields[name].control.setFocus()
        else:
            return False
        return True

    def error(self, name: str) -> str:
        """The sentence that stands at a field."""
        return self.reasons.error() if name == "reason" else self.verified.error() if name == "verified" else self._fields[name].error()

    def texts(self) -> dict[str, str]:
        """What was typed and chosen, to be kept as a draft; without what the workflow filled in."""
        found = {key: text_of(field.control) for key, field in self._fields.items() if key not in {"kind", "minutes", "received_on"}}
        present = self._subjects[0].case.lead.reason if len(self._subjects) == 1 else None
        found["reason"] = (self.reasons.key() or "") if self.reasons.key() != present else ""
        return {key: text for key, text in found.items() if text and text != self._filled}

    def restore(self, texts: Mapping[str, str]) -> None:
        """Put a draft back."""
        for key, text in texts.items():
            if key == "reason":
                self.reasons.choose(text)
            elif key in self._fields:
                set_text(self._fields[key].control, text)

    def _offer_reasons(self, status: Status) -> None:
        lead, missing = self._subjects[0].case.lead, missing_attempts(self._subjects)
        offers = [
            Offer(each.key, self._practice.reason_label(each.key), missing[each.key], each.needs_note)
            for each in self._subjects[0].workflow.reasons_for(status)
            if not each.system_only
        ]
        kept = self._kept_reasons.get(status.key) or (lead.reason if lead.status == status.key and len(self._subjects) == 1 else None)
        question, spoken = _question(status, self)
        self.reasons.offer(question, spoken, offers, kept, is_required=Asks.REASON in status.asks)

    def _has_reasons(self, status: Status) -> bool:
        """Some statuses ask for a reason, others only offer a list of them."""
        return any(not each.system_only for each in self._subjects[0].workflow.reasons_for(status)) if status.reasons else False

    def _fill_date(self, status: Status) -> None:
        """Fill the date from the workflow, unless somebody has typed one."""
        if self.when.text() not in {"", self._filled}:
            return
        due = first_date(self._subjects[0], status, self._practice) if Asks.FOLLOW_UP in status.asks else None
        self._filled = written(due, self._practice) if due else ""
        self.when.set_text(self._filled)

    def _plan(self, status: Status) -> Plan | None:
        if Asks.FOLLOW_UP not in status.asks or (status.wait and self.when.text() == self._filled and self._is_call()):
            return None  # the status sets it by its own wait, and it is the system's then
        return inputs.plan(self.when, FollowUpKind(str(self.kind.key())))

    def _is_call(self) -> bool:
        return self.kind.key() == FollowUpKind.CALL

    def _booking(self, status: Status) -> Booking | None:
        if Asks.APPOINTMENT not in status.asks or len(self._subjects) > 1:
            return None
        found = inputs.understood(self.starts, "starts")
        return Booking(found.instant, int(str(self.length.key())), self.whom.text().strip()) if found else None

    def _revenues(self, status: Status) -> dict[int, int]:
        if Asks.REVENUE not in status.asks:
            return {}
        if len(self._subjects) > 1:
            return self.table.amounts()
        amount = inputs.amount_of(self.amount, self._practice)
        return {self._subjects[0].case.lead.id: amount} if amount else {}

    def _postponed(self, is_later: bool) -> None:
        if is_later:
            self.amount.clear()
            self._fields["amount"].accept()
        self.changed.emit()

    def _reason_chosen(self) -> None:
        if self._status is not None and (key := self.reasons.key()):
            self._kept_reasons[self._status.key] = key
        self._say_note()
        self.changed.emit()

    def _say_note(self) -> None:
        if self._status is None:
            return
        reason = self._subjects[0].workflow.reasons.get(self.reasons.key() or "") if self._has_reasons(self._status) else None
        is_needed = Asks.NOTE in self._status.asks or bool(reason and reason.needs_note)
        self._fields["note"].set_aside(self.tr("required") if is_needed else self.tr("optional"))


def _beside(one: Field, other: Field, *, wide: int) -> QHBoxLayout:
    """Two fields side by side, their labels on one line."""
    line = row(one, other, gap=12)
    line.setStretch(wide, 1)
    for field in (one, other):
        line.setAlignment(field, Qt.AlignmentFlag.AlignTop)
    return line


def _question(status: Status, asked: Asked) -> tuple[str, str]:
    if status.stage is Stage.EXCLUDED:
        return asked.tr("What kind of enquiry was it?"), asked.tr("Kind")
    if status.stage is Stage.NOT_QUALIFIED:
        return asked.tr("Why can’t we serve them?"), asked.tr("Reason")
    return asked.tr("Why was this lead lost?"), asked.tr("Reason for loss")
