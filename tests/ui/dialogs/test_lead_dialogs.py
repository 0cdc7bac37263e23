"""The small dialogs about a lead: follow-up, attempt, appointment, revenue, hand over, owner."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from frontdesk.domain.records import FollowUpKind
from frontdesk.domain.workflow import Disposition, Role
from frontdesk.services.decisions import Subject
from frontdesk.ui.lead.dialogs.appointments import AppointmentDialog, Deed
from frontdesk.ui.lead.dialogs.attempts import AttemptDialog
from frontdesk.ui.lead.dialogs.follow_ups import FollowUpDialog
from frontdesk.ui.lead.dialogs.forms import FormDialog
from frontdesk.ui.lead.dialogs.owners import HandOver, HandOverDialog, OwnerDialog
from frontdesk.ui.lead.dialogs.revenues import RevenueDialog
from frontdesk.ui.widgets.theme import theme
from tests.architecture.accessible import unnamed
from tests.ui.dialogs.people import LIN, control, host, practice, press, said, somebody


def show(qtbot: QtBot, make: Callable[..., Any], subject: Subject, *more: object, role: Role = Role.RECEPTIONIST, **named: object) -> Any:
    dialog = make(host(qtbot), subject, practice(subject.workflow, role), *more, **named)
    dialog.start()
    return dialog


def kept(dialog: FormDialog) -> list[Any]:
    found: list[Any] = []
    dialog.saved.connect(found.append)
    return found


def error(dialog: FormDialog, name: str) -> str:
    return dialog.form.field(name).error()


def texts(dialog: FormDialog) -> list[str]:
    return [each.text() for each in dialog.findChildren(QLabel) if each.isVisible()]


def test_a_follow_up_begins_in_its_date(qtbot: QtBot) -> None:
    dialog = show(qtbot, FollowUpDialog, somebody("front_desk", "contacted"))
    assert QApplication.focusWidget() is dialog.when.line


def test_a_follow_up_is_said_in_words_and_echoed(qtbot: QtBot) -> None:
    dialog = show(qtbot, FollowUpDialog, somebody("front_desk", "contacted"))
    found = kept(dialog)
    QTest.keyClicks(dialog.when.line, "tomorrow 3pm")
    dialog.kind.choose(FollowUpKind.TEXT)
    assert dialog.when.echo().startswith("Wed 25 Nov, 15:00")
    assert said(dialog) == "Next follow-up tomorrow 15:00. You can undo this."
    press(Qt.Key.Key_Return)
    assert (found[0].due.isoformat(), found[0].kind) == ("2026-11-25T23:00:00+00:00", FollowUpKind.TEXT)


def test_a_follow_up_without_a_date_is_refused_at_it(qtbot: QtBot) -> None:
    dialog = show(qtbot, FollowUpDialog, somebody("front_desk", "contacted"))
    dialog.action.click()
    assert error(dialog, "follow_up") == "Give the date and time of the follow-up."


def test_a_closed_lead_takes_no_follow_up(qtbot: QtBot) -> None:
    dialog = show(qtbot, FollowUpDialog, somebody("front_desk", "lost"))
    dialog.when.set_text("tomorrow")
    dialog.action.click()
    assert error(dialog, "follow_up") == "This lead is closed. Reopen it first, then set a follow-up."


def test_a_role_that_may_not_move_it_is_told_so_above_everything(qtbot: QtBot) -> None:
    dialog = show(qtbot, FollowUpDialog, somebody("six_follow_ups", "follow_up_1"))
    dialog.when.set_text("tomorrow")
    dialog.action.click()
    assert dialog.notice.text() == "Your role may not do this. Ask a manager."


def test_a_planned_follow_up_is_shown_and_can_be_removed(qtbot: QtBot) -> None:
    dialog = show(qtbot, FollowUpDialog, somebody("front_desk", "contacted"))
    assert "Planned now: today 12:40" in texts(dialog)
    with qtbot.waitSignal(dialog.removal_wanted):
        control(dialog, "remove").click()  # type: ignore[attr-defined]


def test_without_a_planned_one_there_is_nothing_to_remove(qtbot: QtBot) -> None:
    dialog = show(qtbot, FollowUpDialog, somebody("front_desk", "contacted", due_in=None))
    assert not control(dialog, "remove").isVisible()


def test_an_attempt_says_when_the_lead_comes_back(qtbot: QtBot) -> None:
    dialog = show(qtbot, AttemptDialog, somebody("front_desk", "new", attempts=0), disposition=Disposition.NO_ANSWER)
    assert "Comes back in 4 h: today 14:40." in said(dialog)
    assert "Counts as attempt 1 of 6." in said(dialog)


def test_the_last_attempt_of_three_says_that_it_closes_the_lead(qtbot: QtBot) -> None:
    dialog = show(qtbot, AttemptDialog, somebody("three_attempts", "created", attempts=2), disposition=Disposition.NO_ANSWER)
    assert said(dialog).startswith("Last attempt: will be marked as dead at once.")
    assert "reason “Best practices”" in said(dialog)


def test_a_date_saves_a_lead_from_its_last_attempt(qtbot: QtBot) -> None:
    dialog = show(qtbot, AttemptDialog, somebody("three_attempts", "created", attempts=2), disposition=Disposition.NO_ANSWER)
    dialog.when.set_text("tomorrow 9")
    assert "Last attempt" not in said(dialog)
    assert "Next follow-up tomorrow 9:00." in said(dialog)


def test_the_last_attempt_of_the_front_desk_says_when_it_gives_up(qtbot: QtBot) -> None:
    dialog = show(qtbot, AttemptDialog, somebody("front_desk", "attempting", attempts=5), disposition=Disposition.NO_ANSWER)
    assert "Last attempt: will be marked as lost tomorrow 10:40, unless something happens before." in said(dialog)


def test_agreeing_on_a_follow_up_needs_its_date(qtbot: QtBot) -> None:
    dialog = show(qtbot, AttemptDialog, somebody("front_desk", "contacted"), disposition=Disposition.SET_FOLLOW_UP)
    found = kept(dialog)
    dialog.action.click()
    assert not found
    assert error(dialog, "follow_up") == "Give the date and time of the follow-up."


def test_six_follow_ups_want_a_note_with_every_attempt(qtbot: QtBot) -> None:
    dialog = show(qtbot, AttemptDialog, somebody("six_follow_ups", "follow_up_1"), role=Role.CALL_CENTRE, disposition=Disposition.NO_ANSWER)
    dialog.action.click()
    assert error(dialog, "note") == "Write a short note: this needs one."


def test_a_text_message_says_that_it_does_not_count(qtbot: QtBot) -> None:
    dialog = show(qtbot, AttemptDialog, somebody("front_desk", "contacted"), channel="text")
    assert said(dialog).startswith("Doesn’t count as an attempt.")
    assert dialog.action.text() == "Log the contact"


def test_somebody_who_is_not_to_be_called_cannot_be(qtbot: QtBot) -> None:
    subject = somebody("front_desk", "contacted")
    barred = Subject(subject.case.__class__(subject.case.lead, do_not_call=True), subject.person, subject.workflow, subject.hours)
    dialog = show(qtbot, AttemptDialog, barred, disposition=Disposition.NO_ANSWER)
    dialog.action.click()
    assert error(dialog, "channel") == "This person asked not to be called."


def test_the_answer_of_an_attempt_has_all_that_was_given(qtbot: QtBot) -> None:
    dialog = show(qtbot, AttemptDialog, somebody("front_desk", "contacted"), disposition=Disposition.SPOKE)
    dialog.note.setPlainText(" Wants a price list ")
    found = kept(dialog)
    dialog.save()
    assert (found[0].channel, found[0].disposition, found[0].note) == ("call", Disposition.SPOKE, "Wants a price list")


def test_an_appointment_is_booked_in_words(qtbot: QtBot) -> None:
    dialog = show(qtbot, AppointmentDialog, somebody("front_desk", "contacted"))
    found = kept(dialog)
    QTest.keyClicks(dialog.starts.line, "3 dec 9")
    QTest.keyClicks(dialog.whom, "Dr Lowe")
    assert "Consultation Thu 3 Dec, 9:00 with Dr Lowe. The status becomes “Scheduled”." in said(dialog)
    dialog.save()
    booking = found[0].booking
    assert (booking.starts.isoformat(), booking.minutes, booking.with_whom) == ("2026-12-03T17:00:00+00:00", 30, "Dr Lowe")


def test_an_appointment_without_a_time_is_refused_at_it(qtbot: QtBot) -> None:
    dialog = show(qtbot, AppointmentDialog, somebody("front_desk", "contacted"))
    dialog.action.click()
    assert error(dialog, "starts") == "Give the date and time of the consultation."


def test_cancelling_says_that_the_lead_comes_back_at_once(qtbot: QtBot) -> None:
    dialog = show(qtbot, AppointmentDialog, somebody("front_desk", "scheduled", appointment=True), "cancel")
    assert "The status becomes “Cancelled”. Back in the call queue at once. The attempts start again from 0." in said(dialog)
    assert (dialog.action.text(), control(dialog, "cancel").text()) == ("Cancel appointment", "Keep it")  # type: ignore[attr-defined]


@pytest.mark.parametrize(("deed", "words"), [("no_show", "No-show"), ("attended", "Consult Completed")])
def test_settling_says_what_the_status_becomes(qtbot: QtBot, deed: Deed, words: str) -> None:
    dialog = show(qtbot, AppointmentDialog, somebody("front_desk", "scheduled", appointment=True), deed)
    assert f"The status becomes “{words}”." in said(dialog)


@pytest.mark.parametrize("deed", ["cancel", "no_show", "attended"])
def test_without_an_appointment_there_is_nothing_to_settle(qtbot: QtBot, deed: Deed) -> None:
    dialog = show(qtbot, AppointmentDialog, somebody("front_desk", "contacted"), deed)
    found = kept(dialog)
    dialog.action.click()
    assert not found
    assert dialog.notice.text() == "This lead has no appointment that could be changed."


def test_moving_asks_only_for_the_new_time(qtbot: QtBot) -> None:
    dialog = show(qtbot, AppointmentDialog, somebody("front_desk", "scheduled", appointment=True), "move")
    dialog.starts.set_text("fri 11")
    assert list(dialog.form.texts()) == ["starts"]
    assert "Consultation Fri 27, 11:00." in said(dialog)


def test_revenue_is_read_and_dated_today(qtbot: QtBot) -> None:
    dialog = show(qtbot, RevenueDialog, somebody("front_desk", "procedure_completed"))
    found = kept(dialog)
    QTest.keyClicks(dialog.amount, "$2,400.50")
    press(Qt.Key.Key_Return)
    assert (found[0].amount, str(found[0].received_on)) == (240_050, "2026-11-24")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "Give an amount above zero."), ("0", "Give an amount above zero."), ("a lot", "That isn't an amount. Try “1,250.00”.")],
)
def test_what_is_no_amount_is_refused_at_it(qtbot: QtBot, typed: str, sentence: str) -> None:
    dialog = show(qtbot, RevenueDialog, somebody("front_desk", "procedure_completed"))
    QTest.keyClicks(dialog.amount, typed)
    dialog.action.click()
    assert error(dialog, "amount") == sentence


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_the_calendar_of_a_day_stands_beside_its_figures(qtbot: QtBot, qapp: QApplication, direction: Qt.LayoutDirection) -> None:
    qapp.setLayoutDirection(direction)
    theme().choose(compact=True)  # the sheet is made anew for this direction, and after the test again
    dialog = show(qtbot, RevenueDialog, somebody("front_desk", "consult_completed"))
    line = dialog.day.lineEdit().geometry()
    icon = QRect(10 if direction is Qt.LayoutDirection.RightToLeft else dialog.day.width() - 24, 0, 14, dialog.day.height())
    assert (line.intersects(icon), dialog.day.height()) == (False, dialog.amount.height())


def test_handing_over_needs_a_colleague_and_a_note(qtbot: QtBot) -> None:
    dialog = show(qtbot, HandOverDialog, somebody("front_desk", "contacted"))
    found = kept(dialog)
    dialog.action.click()
    assert error(dialog, "to_person") == "Choose who takes this lead over."
    dialog.to_person.choose(LIN.id)
    dialog.action.click()
    assert error(dialog, "note") == "Write a short note: this needs one."
    dialog.note.setPlainText("Prefers Spanish")
    assert said(dialog).startswith("Goes to the queue of Lin Wu, as handed over.")
    dialog.action.click()
    assert found == [HandOver(LIN.id, "Prefers Spanish")]


def test_a_closed_lead_is_not_handed_over(qtbot: QtBot) -> None:
    dialog = show(qtbot, HandOverDialog, somebody("front_desk", "lost"))
    dialog.action.click()
    assert dialog.notice.text() == "This lead is closed. Reopen it first, then set a follow-up."


def test_leads_are_given_to_another_owner(qtbot: QtBot) -> None:
    leads = [somebody("front_desk", "contacted"), somebody("front_desk", "new", "Tom Ray", 12)]
    dialog = OwnerDialog(host(qtbot), leads, practice(leads[0].workflow))
    dialog.start()
    found = kept(dialog)
    dialog.owner.choose(LIN.id)
    assert said(dialog) == "2 leads belong to Lin Wu. You can undo this."
    dialog.save()
    dialog.action.setEnabled(True)
    dialog.owner.choose(None)
    dialog.save()
    assert found == [LIN.id, None]


def test_a_draft_has_only_what_was_typed(qtbot: QtBot) -> None:
    dialog = show(qtbot, AttemptDialog, somebody("front_desk", "contacted"), disposition=Disposition.NO_ANSWER)
    assert dialog.draft() == {}
    dialog.note.setPlainText("Rang six times")
    assert dialog.draft() == {"note": "Rang six times"}


@pytest.mark.parametrize("make", [FollowUpDialog, AttemptDialog, AppointmentDialog, RevenueDialog, HandOverDialog])
def test_every_control_has_an_accessible_name(qtbot: QtBot, make: Callable[..., Any]) -> None:
    assert not unnamed(show(qtbot, make, somebody("front_desk", "contacted")))
