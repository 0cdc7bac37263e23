"""Deeds: from a page through a dialog to the database and back, with refusals, conflicts and drafts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.domain.records import AppointmentState
from frontdesk.domain.rules import Plan
from frontdesk.domain.workflow import Disposition, Role
from frontdesk.services import appointments, leads, lists
from frontdesk.services.followups import set_follow_up
from frontdesk.services.undo import undo
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.lanes import Inline
from frontdesk.ui.lead.change_status.dialog import ChangeStatus
from frontdesk.ui.lead.deeds import Deeds
from frontdesk.ui.lead.dialogs.appointments import AppointmentDialog
from frontdesk.ui.lead.dialogs.attempts import AttemptDialog
from frontdesk.ui.lead.dialogs.follow_ups import FollowUpDialog
from frontdesk.ui.lead.dialogs.frames import LeadDialog
from frontdesk.ui.lead.dialogs.owners import HandOverDialog, OwnerDialog
from frontdesk.ui.lead.dialogs.revenues import RevenueDialog
from frontdesk.ui.lead.practices import Practice
from tests.services.practice import Office
from tests.ui.dialogs.people import Windows, host


class Page:
    """A page with its deeds, and what it was told."""

    def __init__(self, qtbot: QtBot, office: Office) -> None:
        self.office = office
        self.root = host(qtbot)
        member = office.people[Role.ADMINISTRATOR]
        practice = Practice.of(office.desk.ask(lists.choices), member, office.clock)
        self.page = QWidget(self.root)
        self.jobs = Jobs(office.desk, Inline(), self.page)
        self.deeds = Deeds(self.page, self.jobs, lambda: practice)
        self.told: list[str] = []
        self.next: list[bool] = []
        self.deeds.said.connect(self.told.append)
        self.deeds.next_wanted.connect(lambda: self.next.append(True))

    def dialog(self, kind: type[LeadDialog]) -> LeadDialog:
        found = self.deeds.dialog()
        assert isinstance(found, kind)
        return found


@pytest.fixture
def page(qtbot: QtBot, office: Office) -> Iterator[Page]:
    made = Page(qtbot, office)
    yield made
    made.jobs.close()


def change_status(page: Page, lead_id: int, to: str = "lost") -> ChangeStatus:
    page.deeds.change_status([lead_id], to=to)
    found = page.dialog(ChangeStatus)
    assert isinstance(found, ChangeStatus)
    return found


def test_a_status_is_saved_and_said(page: Page) -> None:
    lead_id = page.office.new("Mia Meyer")
    dialog = change_status(page, lead_id)
    dialog.asked.reasons.choose("price_shopping")
    dialog.save()
    assert (page.office.lead(lead_id).status, page.office.lead(lead_id).reason) == ("lost", "price_shopping")
    assert page.told == ["Mia Meyer is now lost, reason “Price shopping”."]
    assert page.next == [True]
    assert page.deeds.dialog() is None


def test_the_next_lead_is_not_wanted_without_its_tick(page: Page) -> None:
    dialog = change_status(page, page.office.new(), "attempting")
    dialog.next_box.setChecked(False)
    dialog.save()
    assert page.next == []


def test_a_status_with_its_consultation_is_one_change_and_one_undo(page: Page) -> None:
    lead_id = page.office.new("Mia Meyer")
    dialog = change_status(page, lead_id, "scheduled")
    dialog.asked.starts.set_text("tomorrow 15:00")
    dialog.asked.whom.setText("Dr Lowe")
    dialog.save()
    case = page.office.case(lead_id)
    assert (case.lead.status, [each.with_whom for each in case.appointments]) == ("scheduled", ["Dr Lowe"])
    assert page.told == ["Booked: Mia Meyer, tomorrow 15:00 with Dr Lowe."]
    page.office.do(undo)
    case = page.office.case(lead_id)
    assert (case.lead.status, case.appointments) == ("new", ())


def test_a_clash_of_consultations_is_said_at_once_and_keeps_nobody_from_saving(page: Page) -> None:
    other, lead_id = page.office.new("Tom Ray"), page.office.new("Mia Meyer")
    starts = page.office.clock.now.replace(hour=15) + timedelta(days=1)
    page.office.do(appointments.book_appointment, lead_id=other, starts=starts, with_whom="Dr Lowe")
    dialog = change_status(page, lead_id, "scheduled")
    starts_field, whom = dialog.asked.starts, dialog.asked.whom
    starts_field.set_text("tomorrow 15:15")
    unnamed = starts_field.warning()
    whom.setText("Dr Rao")
    with_another = starts_field.warning()
    whom.setText("dr lowe")
    assert (unnamed, with_another) == ("Tom Ray is booked then with Dr Lowe, 15:00 to 15:30.", "")
    assert starts_field.warning() == unnamed
    dialog.save()
    assert [each.with_whom for each in page.office.case(lead_id).appointments] == ["dr lowe"]


def test_a_moved_consultation_clashes_with_others_and_not_with_itself(page: Page) -> None:
    starts = page.office.clock.now.replace(hour=15) + timedelta(days=1)
    for name, shift in (("Tom Ray", 60), ("Ada Low", 80), ("Mia Meyer", 0)):
        lead_id = page.office.new(name)
        page.office.do(appointments.book_appointment, lead_id=lead_id, starts=starts + timedelta(minutes=shift))
    page.deeds.appointment(lead_id, "move")
    dialog = page.dialog(AppointmentDialog)
    assert isinstance(dialog, AppointmentDialog)
    dialog.starts.set_text("tomorrow 15:05")
    by_itself = dialog.starts.warning()
    dialog.starts.set_text("tomorrow 16:10")
    assert (by_itself, dialog.starts.warning()) == ("", "Ada Low is booked then, 16:20 to 16:50. And 1 more.")


def test_other_follow_ups_at_that_time_are_counted_behind_the_echo(page: Page) -> None:
    ids = [page.office.new(name) for name in ("Mia Meyer", "Tom Ray", "Ada Low")]
    at = page.office.clock.now.replace(hour=15) + timedelta(days=1)
    for lead_id in ids:
        page.office.do(set_follow_up, lead_id=lead_id, plan=Plan(at))
    page.deeds.follow_up(ids[0])
    dialog = page.dialog(FollowUpDialog)
    assert isinstance(dialog, FollowUpDialog)
    said = []
    for words in ("tomorrow 15:00", "tomorrow", "tomorrow 16:00", "tomorrow 15:00"):
        dialog.when.set_text(words)
        said.append(dialog.when.aside())
    assert said == ["2 other follow-ups at 15:00", "", "", "2 other follow-ups at 15:00"]
    dialog.close_overlay()
    page.deeds.change_status(ids[:2], to="attempting")
    many = page.dialog(ChangeStatus)
    assert isinstance(many, ChangeStatus)
    many.asked.when.set_text("tomorrow 15:00")
    assert many.asked.when.aside() == "1 other follow-up at 15:00"


def test_many_leads_are_saved_at_once_with_revenue_for_each(page: Page) -> None:
    ids = [page.office.new(name) for name in ("Mia Meyer", "Tom Ray")]
    page.deeds.change_status(ids, to="procedure_completed")
    dialog = page.dialog(ChangeStatus)
    QTest.keyClicks(next(each for each in dialog.findChildren(QWidget) if each.accessibleName() == "Revenue of Tom Ray"), "900")
    dialog.save()
    assert page.told == ["2 leads are now procedure completed."]
    assert [page.office.desk.ask(lists.profile, lead_id=each).revenues for each in ids[:1]] == [()]
    assert [each.amount for each in page.office.desk.ask(lists.profile, lead_id=ids[1]).revenues] == [90_000]
    page.office.do(undo)
    assert [page.office.lead(each).status for each in ids] == ["new", "new"]


def test_what_somebody_saved_meanwhile_can_be_kept(page: Page) -> None:
    lead_id = page.office.new()
    dialog = change_status(page, lead_id)
    dialog.asked.reasons.choose("insurance")
    page.office.desk_of(Role.MANAGER).do(leads.change_status, lead_id=lead_id, to="contacted")
    dialog.save()
    assert dialog.notice.text() == "Ada changed this to Contacted a moment ago."
    answer(dialog, "&Keep theirs")
    assert page.office.lead(lead_id).status == "contacted"
    assert page.deeds.dialog() is None


def test_another_change_than_of_the_status_is_said_too(page: Page) -> None:
    lead_id = page.office.new()
    dialog = change_status(page, lead_id, "attempting")
    page.office.desk_of(Role.MANAGER).do(leads.mark_important, lead_id=lead_id, important=True)
    dialog.save()
    assert dialog.notice.text() == "Ada changed this a moment ago."


def test_many_leads_are_told_of_too_and_saved_again(page: Page) -> None:
    ids = [page.office.new("Mia Meyer"), page.office.new("Tom Ray")]
    page.deeds.change_status(ids, to="attempting")
    dialog = page.dialog(ChangeStatus)
    page.office.do(leads.mark_important, lead_id=ids[1], important=True)
    dialog.save()
    assert dialog.notice.text() == "Somebody else changed this a moment ago. Nothing was overwritten."
    answer(dialog, "&Use mine")
    assert [page.office.lead(each).status for each in ids] == ["attempting", "attempting"]


def test_or_mine_is_used(page: Page) -> None:
    lead_id = page.office.new()
    dialog = change_status(page, lead_id)
    dialog.asked.reasons.choose("insurance")
    page.office.do(leads.change_status, lead_id=lead_id, to="contacted")
    dialog.save()
    answer(dialog, "&Use mine")
    assert page.office.lead(lead_id).status == "lost"


def answer(dialog: LeadDialog, words: str) -> None:
    next(each for each in dialog.notice.findChildren(QPushButton) if each.text() == words).click()


def test_escape_keeps_what_was_typed_for_this_lead(page: Page) -> None:
    lead_id, other = page.office.new("Mia Meyer"), page.office.new("Tom Ray")
    dialog = change_status(page, lead_id)
    dialog.asked.note.setPlainText("Moved away")
    QTest.keyClick(dialog.asked.note, Qt.Key.Key_Escape)
    assert page.deeds.dialog() is None
    assert change_status(page, other).asked.note.toPlainText() == ""
    page.dialog(ChangeStatus).close_overlay()
    assert change_status(page, lead_id).asked.note.toPlainText() == "Moved away"


def test_what_was_saved_leaves_no_draft(page: Page) -> None:
    lead_id = page.office.new()
    dialog = change_status(page, lead_id, "attempting")
    dialog.asked.note.setPlainText("Rang twice")
    dialog.save()
    assert change_status(page, lead_id, "contacted").asked.note.toPlainText() == ""


def test_a_draft_is_there_for_the_next_start_of_the_program(page: Page, qtbot: QtBot, office: Office) -> None:
    lead_id = office.new()
    dialog = change_status(page, lead_id)
    dialog.asked.note.setPlainText("Moved away")
    qtbot.waitSignal(dialog.rested).wait()
    assert change_status(Page(qtbot, office), lead_id).asked.note.toPlainText() == "Moved away"


def test_a_page_names_what_it_wants(page: Page) -> None:
    lead_id = page.office.new()
    names = ("status", "follow_up", "attempt", "appointment", "revenue", "transfer", "owner")
    opened = []
    for name in names:
        page.deeds.do(name, [lead_id])
        dialog = page.deeds.dialog()
        assert dialog is not None
        opened.append(type(dialog).__name__)
        dialog.close_overlay()
    assert opened == [
        "ChangeStatus",
        "FollowUpDialog",
        "AttemptDialog",
        "AppointmentDialog",
        "RevenueDialog",
        "HandOverDialog",
        "OwnerDialog",
    ]


def test_no_dialog_is_ever_a_window_of_its_own(page: Page, qapp: QApplication) -> None:
    lead_id = page.office.new()
    page.office.do(set_follow_up, lead_id=lead_id, plan=page.office.plan(hours=5))
    watch = Windows()
    qapp.installEventFilter(watch)
    for name in ("status", "follow_up", "attempt", "appointment", "cancel", "revenue", "transfer", "owner"):
        page.deeds.do(name, [lead_id])
        dialog = page.deeds.dialog()
        assert dialog is not None
        assert dialog.isVisible()
        dialog.close_overlay()
    qapp.removeEventFilter(watch)
    assert watch.shown == []


def test_a_second_dialog_does_not_open_over_the_first(page: Page) -> None:
    lead_id = page.office.new()
    first = change_status(page, lead_id)
    page.deeds.follow_up(lead_id)
    assert page.deeds.dialog() is first


def test_a_lead_that_has_gone_is_refused_in_a_sentence(page: Page, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.jobs.refused) as told:
        page.deeds.follow_up(1)
    assert told.args is not None
    assert told.args[1].code == "lead_unknown"
    assert page.deeds.dialog() is None


def test_a_follow_up_is_set_and_removed(page: Page) -> None:
    lead_id = page.office.new("Mia Meyer")
    page.deeds.follow_up(lead_id)
    dialog = page.dialog(FollowUpDialog)
    assert isinstance(dialog, FollowUpDialog)
    dialog.when.set_text("tomorrow 15:00")
    dialog.save()
    assert page.office.lead(lead_id).next_follow_up is not None
    page.deeds.follow_up(lead_id)
    page.dialog(FollowUpDialog).findChild(QPushButton, "remove").click()
    assert page.office.lead(lead_id).next_follow_up is None
    assert page.told == ["Follow-up for Mia Meyer set for tomorrow 15:00.", "The follow-up of Mia Meyer is removed."]


def test_an_attempt_is_logged_with_its_dialog(page: Page) -> None:
    lead_id = page.office.new("Mia Meyer")
    page.deeds.log(lead_id, disposition=Disposition.LEFT_MESSAGE)
    page.dialog(AttemptDialog).save()
    assert page.office.lead(lead_id).attempts == 1
    assert page.told == ["Left message for Mia Meyer. Back in the queue today 13:00."]


def test_an_attempt_is_logged_in_one_key(page: Page) -> None:
    lead_id = page.office.new("Mia Meyer")
    page.deeds.log_at_once(lead_id, channel="call", disposition=Disposition.NO_ANSWER)
    assert page.deeds.dialog() is None
    assert page.office.lead(lead_id).attempts == 1
    assert page.told == ["No answer for Mia Meyer. Back in the queue today 13:00."]


def test_the_dialog_opens_where_one_key_is_not_enough(page: Page) -> None:
    lead_id = page.office.new("Mia Meyer")
    page.deeds.log_at_once(lead_id, channel="call", disposition=Disposition.SET_FOLLOW_UP)
    dialog = page.dialog(AttemptDialog)
    assert isinstance(dialog, AttemptDialog)
    assert dialog.form.field("follow_up").error() == "Give the date and time of the follow-up."
    assert page.office.lead(lead_id).attempts == 0


def test_an_appointment_is_booked_moved_and_settled(page: Page) -> None:
    lead_id = page.office.new("Mia Meyer")
    for deed, words in (("book", "tomorrow 15:00"), ("move", "tomorrow 16:00")):
        page.deeds.appointment(lead_id, deed)  # type: ignore[arg-type]
        dialog = page.dialog(AppointmentDialog)
        assert isinstance(dialog, AppointmentDialog)
        dialog.starts.set_text(words)
        dialog.save()
    page.deeds.appointment(lead_id, "no_show")
    page.dialog(AppointmentDialog).save()
    case = page.office.case(lead_id)
    assert (case.lead.status, [each.state for each in case.appointments]) == ("no_show", [AppointmentState.DID_NOT_ARRIVE])
    assert page.told == [
        "Booked: Mia Meyer, tomorrow 15:00.",
        "Appointment of Mia Meyer moved to tomorrow 16:00.",
        "Mia Meyer did not arrive.",
    ]


def test_revenue_is_recorded(page: Page) -> None:
    lead_id = page.office.new("Mia Meyer")
    page.deeds.revenue(lead_id)
    dialog = page.dialog(RevenueDialog)
    assert isinstance(dialog, RevenueDialog)
    dialog.amount.setText("2400")
    dialog.save()
    assert [each.amount for each in page.office.desk.ask(lists.profile, lead_id=lead_id).revenues] == [240_000]
    assert page.told == ["\u2068£2,400\u2069 from Mia Meyer recorded."]


def test_a_lead_is_handed_over(page: Page) -> None:
    lead_id, omar = page.office.new("Mia Meyer"), page.office.people[Role.CALL_CENTRE]
    page.deeds.transfer(lead_id)
    dialog = page.dialog(HandOverDialog)
    assert isinstance(dialog, HandOverDialog)
    dialog.to_person.choose(omar.id)
    dialog.note.setPlainText("Prefers Turkish")
    dialog.save()
    assert (page.office.lead(lead_id).owner_id, page.told) == (omar.id, ["Mia Meyer handed over to Omar."])


def test_leads_get_another_owner(page: Page) -> None:
    ids, omar = [page.office.new("Mia Meyer"), page.office.new("Tom Ray")], page.office.people[Role.CALL_CENTRE]
    page.deeds.owner(ids)
    dialog = page.dialog(OwnerDialog)
    assert isinstance(dialog, OwnerDialog)
    dialog.owner.choose(omar.id)
    dialog.save()
    assert [page.office.lead(each).owner_id for each in ids] == [omar.id, omar.id]
    assert page.told == ["2 leads belong to Omar now."]


def test_somebody_without_a_name_is_called_by_the_number(page: Page) -> None:
    lead_id = page.office.new("", phones=("020 7946 0958",))
    page.deeds.log_at_once(lead_id, channel="call", disposition=Disposition.NO_ANSWER)
    assert page.told == ["No answer for 020 7946 0958. Back in the queue today 13:00."]
