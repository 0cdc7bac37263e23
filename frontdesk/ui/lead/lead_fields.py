"""The fields of a lead as a form: phone first, in the order of the new-lead form; read back as the plain data that commands take."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from frontdesk.domain import contacts
from frontdesk.domain.money import amount, plain_amount
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import Lead, Person
from frontdesk.services.leads import LeadFacts
from frontdesk.services.people import PersonFields
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.widgets.buttons import CheckBox, DropDown
from frontdesk.ui.widgets.forms import Form
from frontdesk.ui.widgets.theme import theme


class LeadFields(Form):
    """Phone, names, e-mail, source with its channel, campaign, interest, best time, owner, postcode, important, note."""

    def __init__(self, practice: Practice, *, with_note: bool) -> None:
        super().__init__()
        self._practice = practice
        self._known: tuple[str, ...] = ()
        self.phone = QLineEdit()
        self.phone.textEdited.connect(self._nationally)
        self.add("phone", self.tr("&Phone"), self.phone)
        names = self.add_row()
        self.add("first_name", self.tr("&First name"), QLineEdit(), beside=names)
        self.add("last_name", self.tr("&Last name"), QLineEdit(), beside=names)
        self.add("email", self.tr("&E-mail"), QLineEdit())
        self._add_source(practice)
        self.add("interest", self.tr("&Interest"), QLineEdit())
        times = self.add_row()
        self.add("best_time", self.tr("&Best time"), QLineEdit(), beside=times)
        self.add("estimate", self.tr("Es&timate"), QLineEdit(), beside=times)
        self._owner = DropDown(self.tr("Owner"))
        self._owner.offer([(None, self.tr("Nobody")), *_owners(practice)])
        last = self.add_row()
        self.add("owner_id", self.tr("O&wner"), self._owner, beside=last)
        self.add("postal_code", self.tr("Postco&de"), QLineEdit(), beside=last)
        self._important = CheckBox(self.tr("I&mportant"))
        self.add("important", "", self._important, beside=last)
        self._important.setAccessibleName(self.tr("Important"))
        self._note = QPlainTextEdit()
        self._note.setFixedHeight(theme().px(64))
        self._note.setTabChangesFocus(True)
        if with_note:
            self.add("note", self.tr("&Note"), self._note)
        else:
            self._note.setParent(self)
            self._note.hide()
            self._note.setAccessibleName(self.tr("Note"))

    def show_lead(self, lead: Lead, person: Person) -> None:
        """Fill in what is known of a lead."""
        phones = [self._practice.phone(point.typed) for point in person.points if point.kind == "phone"]
        emails = [point.typed for point in person.points if point.kind == "email"]
        estimate = "" if lead.estimate is None else plain_amount(lead.estimate, self._practice.book.currency)
        self.blockSignals(True)
        self.restore(
            {
                "phone": ", ".join(phones),
                "first_name": person.first_name,
                "last_name": person.last_name,
                "email": ", ".join(emails),
                "source_id": str(lead.source_id or ""),
                "campaign_id": str(lead.campaign_id or ""),
                "interest": lead.interest,
                "best_time": lead.best_time,
                "estimate": estimate,
                "owner_id": str(lead.owner_id or ""),
                "postal_code": person.postal_code,
                "important": "yes" if lead.important else "",
            }
        )
        self.blockSignals(False)

    def person(self) -> PersonFields:
        """The person as typed."""
        typed = self.texts()
        return PersonFields(
            typed["first_name"].strip(),
            typed["last_name"].strip(),
            contacts.split_phones(typed["phone"]),
            contacts.split_emails(typed["email"]),
            postal_code=typed["postal_code"].strip(),
        )

    def facts(self) -> LeadFacts:
        """The enquiry as typed; Refused `amount_not_understood` about the estimate."""
        typed = self.texts()
        return LeadFacts(
            source_id=_number(self._source.key()),
            campaign_id=_number(self._campaign.key()),
            interest=typed["interest"].strip(),
            estimate=self._estimate(typed["estimate"]),
            best_time=typed["best_time"].strip(),
            owner_id=_number(self._owner.key()),
            important=self._important.isChecked(),
            note=typed.get("note", ""),
        )

    def is_empty(self) -> bool:
        """Whether nothing was typed that would be lost."""
        typed = self.texts()
        return not any(typed.get(key, "").strip() for key in ("phone", "first_name", "last_name", "email", "interest", "note"))

    def clear_all(self) -> None:
        """Empty every field for the next person; source, campaign and owner stay as they were."""
        kept = {"source_id", "campaign_id", "owner_id"}
        self.restore({key: "" for key in self.texts() if key not in kept})
        self.accept_all()
        self.phone.setFocus()

    def _add_source(self, practice: Practice) -> None:
        line = self.add_row()
        self._source = DropDown(self.tr("Source"))
        self._source.offer([(None, "—"), *((each.id, each.label) for each in practice.offered)])
        self._campaign = DropDown(self.tr("Campaign"))
        self._campaign.offer([(None, "—"), *practice.campaigns.items()])
        self.source_field = self.add("source_id", self.tr("&Source"), self._source, beside=line)
        campaign = self.add("campaign_id", self.tr("&Campaign"), self._campaign, beside=line)
        for field in (self.source_field, campaign):
            line.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        self._source.currentIndexChanged.connect(self._source_chosen)
        self._source_chosen()

    def _source_chosen(self) -> None:
        key = _number(self._source.key())
        channel = next((each.channel for each in self._practice.offered if each.id == key), "")
        self.source_field.set_hint(self.tr("Channel: {channel}").format(channel=channel) if channel else "")

    def _nationally(self, typed: str) -> None:
        """Group the digits while somebody types at the end of the field; a correction in the middle is left alone."""
        if self.phone.cursorPosition() == len(typed) and sum(map(str.isdigit, typed)) <= 15:
            shown = contacts.as_you_type(typed, self._practice.book.country)
            if shown != typed and len(shown) >= len(typed.rstrip()):
                self.phone.setText(shown)

    def _estimate(self, typed: str) -> int | None:
        if not typed.strip():
            return None
        return _amount_at("estimate", lambda: amount(typed, self._practice.book.currency, self._practice.book.country))


def _owners(practice: Practice) -> list[tuple[int, str]]:
    return [(each.id, practice.owner(each.id)) for each in practice.members]


def _number(key: object) -> int | None:
    return key if isinstance(key, int) else None


def _amount_at(field: str, read: Callable[[], int]) -> int:
    """Read an amount; what is refused is refused at this field."""
    try:
        return read()
    except Refused as problem:
        raise Refused(problem.code, field) from problem
