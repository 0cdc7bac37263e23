"""Forms and dates in words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCalendarWidget, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from frontdesk.domain.problems import Conflict, Refused
from frontdesk.domain.workdays import OpeningHours
from frontdesk.services.words import words
from frontdesk.ui import problems
from frontdesk.ui.widgets.buttons import CheckBox, DropDown
from frontdesk.ui.widgets.date_field import DateField
from frontdesk.ui.widgets.date_words import DateWords
from frontdesk.ui.widgets.forms import Form
from frontdesk.ui.widgets.notices import NoticeLine

TUESDAY = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
HOURS = OpeningHours.of("Europe/London", {day: ["08:00", "18:00"] for day in ("mon", "tue", "wed", "thu", "fri")}, [])


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form()
    made.add("phone", "&Phone", QLineEdit())
    made.add("source", "&Source", DropDown("", [("", "None"), ("web", "Website")]))
    made.add("note", "N&ote", QPlainTextEdit(), aside="optional")
    made.add("important", "&Important", CheckBox("&Important"))
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def when(qtbot: QtBot) -> DateField:
    said = DateWords(lambda: TUESDAY, HOURS, words())
    made = DateField(said.reading, said.writing, "Next follow-up")
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_refusal_shows_its_sentence_at_its_field_and_goes_there(qtbot: QtBot, form: Form) -> None:
    notice = NoticeLine()
    qtbot.addWidget(notice)
    problems.show_refusal(Refused("note_needed", "note"), form, notice)
    field = form.field("note")
    assert (field.error(), field.control.hasFocus(), notice.text()) == ("Write a short note: this needs one.", True, "")


def test_the_sentence_goes_when_the_answer_is_changed(qtbot: QtBot, form: Form) -> None:
    form.refuse("phone", "That isn't a phone number.")
    qtbot.keyClicks(form.field("phone").control, "2")
    assert form.field("phone").error() == ""


def test_a_refusal_without_a_field_is_said_in_the_notice_line(qtbot: QtBot, form: Form) -> None:
    notice = NoticeLine()
    qtbot.addWidget(notice)
    problems.show_refusal(Refused("disk_full"), form, notice)
    assert notice.text() == "The disk is full. Nothing was saved. Make room and try again."


def test_a_draft_is_offered_one_second_after_the_last_key_and_comes_back_whole(qtbot: QtBot, form: Form) -> None:
    with qtbot.waitSignal(form.rested, timeout=3000):
        qtbot.keyClicks(form.field("note").control, "wants a price")
        form.restore({"phone": "206", "source": "web", "important": "yes"})
    kept = form.texts()
    form.restore({"phone": "", "source": "", "note": "", "important": ""})
    form.restore(kept)
    assert form.texts() == {"phone": "206", "source": "web", "note": "wants a price", "important": "yes"}


def test_every_label_has_an_alt_letter_of_its_own_and_names_its_control(form: Form) -> None:
    letters = [one.text()[one.text().index("&") + 1].lower() for one in form.findChildren(QLabel) if "&" in one.text()]
    names = [form.field(key).control.accessibleName() for key in ("phone", "note")]
    assert (sorted(letters), names) == (["i", "o", "p", "s"], ["Phone", "Note, optional"])


def test_a_conflict_offers_theirs_and_mine(qtbot: QtBot) -> None:
    notice, chosen = NoticeLine(), []
    qtbot.addWidget(notice)
    problems.show_conflict(
        Conflict("changed_elsewhere"), notice, theirs=lambda: chosen.append("theirs"), mine=lambda: chosen.append("mine")
    )
    notice.show()
    button = next(one for one in notice.findChildren(QPushButton) if one.accessibleName() == "Use mine")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (chosen, notice.text()) == (["mine"], "")


def test_a_crash_report_names_places_and_kinds_but_no_words_of_the_error() -> None:
    def broken() -> None:
        try:
            raise ValueError("Grace Kim 2535550110")
        except ValueError as cause:
            raise KeyError("Grace") from cause

    with pytest.raises(KeyError) as caught:
        broken()
    report = problems.crash_report(caught.value, "change_status", "1.2")
    assert ("Grace" in report, "builtins.KeyError" in report, "builtins.ValueError" in report, "in broken" in report) == (
        False,
        True,
        True,
        True,
    )


def test_a_date_in_words_is_echoed_at_once(qtbot: QtBot, when: DateField) -> None:
    qtbot.keyClicks(when.line, "tomorrow 3pm")
    found = when.understood()
    assert found is not None
    assert (when.echo(), found.instant) == ("Wed 25 Nov, 15:00 · in 28 h", datetime(2026, 11, 25, 15, tzinfo=UTC))


def test_words_that_mean_nothing_get_an_example(qtbot: QtBot, when: DateField) -> None:
    qtbot.keyClicks(when.line, "blub")
    assert (when.echo(), when.understood()) == ("Try “tomorrow 3pm” or “in 2 days”", None)


def test_tab_takes_the_opening_that_is_offered_when_the_practice_is_closed(qtbot: QtBot, when: DateField) -> None:
    when.line.setFocus()
    qtbot.keyClicks(when.line, "sun 10")
    assert when.echo() == "Closed then. Mon 30, 8:00 instead?"
    qtbot.keyClick(when.line, Qt.Key.Key_Tab)
    assert (when.text(), when.echo()) == ("Mon 30, 8:00", "Mon 30 Nov, 8:00 · in 6 days")


@pytest.mark.parametrize(("key", "day"), [(Qt.Key.Key_Up, date(2026, 11, 26)), (Qt.Key.Key_Down, date(2026, 11, 24))])
def test_control_and_an_arrow_move_by_a_day_and_keep_the_time(qtbot: QtBot, when: DateField, key: Qt.Key, day: date) -> None:
    when.set_text("tomorrow 3pm")
    qtbot.keyClick(when.line, key, Qt.KeyboardModifier.ControlModifier)
    found = when.understood()
    assert found is not None
    assert (found.day, HOURS.local(found.instant).hour) == (day, 15)


def test_the_month_opens_with_the_mouse_too(qtbot: QtBot, when: DateField) -> None:
    when.set_text("tomorrow 3pm")
    picture = when.line.findChild(QToolButton)
    assert picture is not None
    qtbot.mouseClick(picture, Qt.MouseButton.LeftButton)
    month = when.findChild(QCalendarWidget)
    assert month is not None
    assert month.weekdayTextFormat(Qt.DayOfWeek.Sunday) == month.weekdayTextFormat(Qt.DayOfWeek.Monday)
    month.clicked.emit(QDate(2026, 12, 1))
    found = when.understood()
    assert (picture.accessibleName(), found and found.day) == ("Choose in the month", date(2026, 12, 1))
