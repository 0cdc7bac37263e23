"""Whoever is found in Find a caller: how they are listed, and what happens when one is opened, calls, is called, or is new."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt

from frontdesk.domain.lines import LeadLine
from frontdesk.domain.records import LeadId
from frontdesk.services.attempts import log_inbound
from frontdesk.ui.find_caller import Found
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.leads.columns import step_of
from frontdesk.ui.leads.page import LeadsPage
from frontdesk.ui.main_window import MainWindow

_A_NUMBER = 7


class Callers(QObject):
    """Answers Find with the Leads page."""

    def __init__(self, leads: LeadsPage, jobs: Jobs, practice: Callable[[], Practice]) -> None:
        super().__init__(leads)
        self._leads, self._jobs, self._practice = leads, jobs, practice

    def serve(self, window: MainWindow) -> None:
        """Answer what is found in this window."""
        self._window = window
        window.lead_wanted.connect(self.open_lead)
        window.new_lead_wanted.connect(self.start_new_lead)
        window.call_wanted.connect(self.call)

    def open_lead(self, lead_id: LeadId, they_called: bool = False) -> None:
        """Show a lead; log that they called when that is so."""
        self._window.open_page("leads")
        self._leads.open_lead(lead_id)
        is_listed = self._leads.table.current_id() == lead_id
        (self._leads.table if is_listed else self._leads.lead_pane).setFocus(Qt.FocusReason.OtherFocusReason)
        if they_called:
            self._jobs.do(log_inbound, owner=self, on_done=lambda _: self._logged(), lead_id=lead_id, channel="call")

    def start_new_lead(self, typed: str = "") -> None:
        """Open the form, with what was typed in Find."""
        self._window.open_page("leads")
        self._leads.start_new_lead(typed)

    def call(self, lead_id: LeadId) -> None:
        """Show a lead and call it."""
        self._window.open_page("leads")
        self._leads.call(lead_id)

    def found(self, line: LeadLine, text: str) -> Found:
        """One person of the search as the list shows them: the part that matched is bold, the next step stands below."""
        practice = self._practice()
        at = line.name.casefold().find(text.casefold())
        digits = "".join(sign for sign in text if sign.isdigit())
        number = next((phone for phone in line.phones if digits and digits in "".join(filter(str.isdigit, phone))), (*line.phones, "")[0])
        name = line.name or practice.phone(number) or (*line.emails, "")[0]
        bold = (at, len(text)) if at >= 0 and line.name else (0, 0)
        phone = practice.phone(number) if number else ""
        return Found(line.id, name, phone, practice.pill(line.status), step_of(line, practice).words, bold, matched(phone, digits))

    def written(self, text: str) -> str:
        """What was typed as it is written here: a whole number in its national form."""
        return self._practice().phone(text) if sum(sign.isdigit() for sign in text) >= _A_NUMBER else text

    def _logged(self) -> None:
        words = self.tr("Logged: they called us. They stay on top of the queue until you log what came of it.")
        self._leads.undo_strip.say(words)


def matched(written: str, digits: str) -> tuple[int, int]:
    """The part of a written number that holds the digits, as (start, length); (0, 0) when it does not."""
    places = [at for at, sign in enumerate(written) if sign.isdigit()]
    at = "".join(written[place] for place in places).find(digits) if digits else -1
    return (places[at], places[at + len(digits) - 1] + 1 - places[at]) if at >= 0 else (0, 0)
