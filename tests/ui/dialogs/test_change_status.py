"""Change status: what each status of each preset asks for, its keys, refusals at the field, and live "When you save"."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.domain.workflow import Role
from frontdesk.ui.lead.change_status.dialog import ChangeStatus
from tests.architecture.accessible import unnamed
from tests.domain.cases import preset
from tests.ui.dialogs.people import answers, control, opened, press, shown, somebody

QUESTIONS = (
    "reason",
    "follow_up",
    "kind",
    "to_person",
    "starts",
    "minutes",
    "with_whom",
    "amount",
    "received_on",
    "later",
    "verified",
    "note",
)
DATE, VISIT = {"follow_up", "kind"}, {"starts", "minutes", "with_whom"}
MONEY = {"amount", "received_on", "later"}

# From which status, and what each status that can be chosen from there asks for besides the note (workflows.md section 5).
ASKED: dict[str, tuple[str, dict[str, set[str]]]] = {
    "three_attempts": (
        "contacted",
        {"contacted": DATE, "scheduled": VISIT, "transfer": {"to_person"}, "dead": {"reason"}, "invalid": {"reason", "verified"}},
    ),
    "six_follow_ups": (
        "follow_up_1",
        {
            **{f"follow_up_{k}": DATE for k in range(1, 7)},
            "unserviceable_lead": set(),
            "out_of_area": set(),
            "dnc": set(),
            "not_sold_thinking_it_over": DATE,
            "not_sold_lost": set(),
            "cold_lead": set(),
        },
    ),
    "appointment_led": ("lead", {"lead": set(), "booked": VISIT, "cancelled": DATE, "invoiced": MONEY, "lost": {"reason"}}),
    "sales_funnel": (
        "follow_up",
        {
            "new": set(),
            "follow_up": DATE,
            "scheduled": VISIT,
            "consult_completed": DATE,
            "procedure_completed": MONEY,
            "not_qualified": set(),
        },
    ),
    "front_desk": (
        "contacted",
        {
            "new": set(),
            "attempting": DATE,
            "contacted": DATE,
            "scheduled": VISIT,
            "cancelled": DATE,
            "no_show": DATE,
            "consult_completed": DATE,
            "procedure_completed": MONEY,
            "lost": {"reason"},
            "not_qualified": {"reason"},
            "invalid": {"reason", "verified"},
        },
    ),
}


def statuses(dialog: ChangeStatus) -> list[str]:
    found = control(dialog, "statuses")
    assert isinstance(found, QListWidget)
    return [found.item(at).text() for at in range(found.count())]


@pytest.mark.parametrize("key", ASKED)
def test_the_statuses_that_the_workflow_allows_by_hand_are_offered(qtbot: QtBot, key: str) -> None:
    present, asked = ASKED[key]
    dialog = opened(qtbot, somebody(key, present))
    assert statuses(dialog) == [preset(key).statuses[each].label for each in asked]


@pytest.mark.parametrize(("key", "to"), [(key, to) for key, (_, asked) in ASKED.items() for to in asked])
def test_every_status_shows_what_it_asks_for(qtbot: QtBot, key: str, to: str) -> None:
    present, asked = ASKED[key]
    dialog = opened(qtbot, somebody(key, present), to=to)
    assert shown(dialog, QUESTIONS) == asked[to] | {"note"}


def test_a_role_that_may_not_choose_a_status_is_not_offered_it(qtbot: QtBot) -> None:
    label = "Consultation Cancelled and DNC"
    assert label not in statuses(opened(qtbot, somebody("six_follow_ups", "follow_up_1")))
    assert label in statuses(opened(qtbot, somebody("six_follow_ups", "follow_up_1"), role=Role.CALL_CENTRE))


def test_nothing_is_chosen_at_first_and_the_focus_is_in_the_statuses(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "contacted"))
    assert dialog.chosen() is None
    assert QApplication.focusWidget() is control(dialog, "statuses")


def test_saving_before_a_status_is_chosen_says_so(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "contacted"))
    kept = answers(dialog)
    dialog.action.click()
    assert not kept
    assert dialog.notice.text() == "Choose the new status."


def test_a_digit_chooses_the_status_with_that_key(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "contacted"))
    press("9")
    assert dialog.chosen() == "lost"


def test_a_digit_in_the_note_is_text(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "contacted"), to="lost")
    dialog.asked.note.setFocus()
    press("3")
    assert dialog.chosen() == "lost"
    assert dialog.asked.note.toPlainText() == "3"


def test_letters_search_the_statuses(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "contacted"))
    QTest.keyClicks(control(dialog, "statuses"), "inv")
    assert dialog.chosen() == "invalid"


def test_arrows_move_through_the_statuses(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("three_attempts", "contacted"))
    press("3")
    press(Qt.Key.Key_Down)
    assert dialog.chosen() == "dead"


def test_the_present_status_says_now_to_readers(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("three_attempts", "contacted"))
    found = control(dialog, "statuses")
    assert isinstance(found, QListWidget)
    spoken = found.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Contacted, now, 1 of 5. ")


def test_the_action_is_named_after_its_result(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("three_attempts", "contacted"))
    names = {}
    for to in ("contacted", "scheduled", "transfer", "dead", "invalid"):
        dialog.choose(to)
        names[to] = dialog.action.text()
    assert names == {
        "contacted": "Set follow-up",
        "scheduled": "Mark as scheduled",
        "transfer": "Transfer",
        "dead": "Mark as dead",
        "invalid": "Mark as invalid",
    }


def test_only_a_losing_status_has_a_red_button(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("three_attempts", "contacted"), to="dead")
    assert dialog.action.property("kind") == "danger"
    dialog.choose("scheduled")
    assert dialog.action.property("kind") == "primary"


def test_a_booked_time_makes_it_save_appointment(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "contacted"), to="scheduled")
    dialog.asked.starts.set_text("3 dec 9")
    assert dialog.action.text() == "Save appointment"


def test_enter_in_the_reasons_saves(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "contacted"), to="lost")
    control(dialog, "reason").setFocus()
    dialog.asked.reasons.choose("insurance")
    kept = answers(dialog)
    press(Qt.Key.Key_Return)
    assert kept[0].decision.answers.reason == "insurance"


def test_enter_in_the_note_is_a_new_line_and_ctrl_enter_saves(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "contacted"), to="lost")
    dialog.asked.reasons.choose("insurance")
    dialog.asked.note.setFocus()
    kept = answers(dialog)
    press(Qt.Key.Key_Return)
    assert not kept
    assert dialog.asked.note.toPlainText() == "\n"
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(kept) == 1


def test_enter_on_cancel_cancels(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "contacted"), to="attempting")
    kept = answers(dialog)
    control(dialog, "cancel").setFocus()
    with qtbot.waitSignal(dialog.closed):
        press(Qt.Key.Key_Return)
    assert not kept


def test_tab_goes_from_the_statuses_through_the_answers_to_the_action(qtbot: QtBot) -> None:
    opened(qtbot, somebody("three_attempts", "contacted"), to="dead")
    visited = []
    for _ in range(5):
        press(Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        visited.append(focus.objectName())
    assert visited == ["reason", "note", "open-next", "cancel", "action"]


def test_every_label_has_an_alt_letter_of_its_own(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "contacted"))
    for status in preset("front_desk").statuses.values():
        dialog.choose(status.key)
        labels = [each.text() for each in dialog.findChildren(QLabel) if each.isVisible() and each.buddy()]
        boxes = [each.text() for each in (dialog.next_box, dialog.asked.later, dialog.asked.verified.box) if each.isVisible()]
        letters = [words[words.index("&") + 1].lower() for words in labels + boxes if "&" in words]
        assert len(letters) == len(labels + boxes)
        assert len(set(letters)) == len(letters)


def test_a_second_press_does_not_save_twice(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "contacted"), to="attempting")
    kept = answers(dialog)
    dialog.save()
    dialog.save()
    assert len(kept) == 1


def test_going_on_to_the_next_lead_is_part_of_the_answer(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "contacted"), to="attempting")
    kept = answers(dialog)
    dialog.next_box.click()
    dialog.save()
    assert not kept[0].open_next


def test_below_700_the_statuses_are_a_drop_down(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "contacted"), height=640)
    assert shown(dialog, ("statuses", "status-drop-down")) == {"status-drop-down"}
    assert QApplication.focusWidget() is control(dialog, "status-drop-down")
    dialog.drop_down.choose("lost")
    assert dialog.chosen() == "lost"
    assert "reason" in shown(dialog, QUESTIONS)


def test_at_full_height_they_are_a_list(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "contacted"))
    assert shown(dialog, ("statuses", "status-drop-down")) == {"statuses"}


def test_a_draft_brings_back_everything_that_was_typed(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "contacted"), to="lost")
    dialog.asked.reasons.choose("something_else")
    dialog.asked.note.setPlainText("Moved to Boise")
    draft = dialog.draft()
    again = opened(qtbot, somebody("front_desk", "contacted"))
    again.restore(draft)
    assert (again.chosen(), again.asked.reasons.key(), again.asked.note.toPlainText()) == ("lost", "something_else", "Moved to Boise")


@pytest.mark.parametrize("key", ASKED)
def test_every_control_has_an_accessible_name(qtbot: QtBot, key: str) -> None:
    present, asked = ASKED[key]
    dialog = opened(qtbot, somebody(key, present))
    for to in asked:
        dialog.choose(to)
        assert not unnamed(dialog)


def test_all_of_it_fits_the_overlay_without_scrolling(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "contacted"), to="lost")
    note = dialog.asked.findChild(QPlainTextEdit)
    assert isinstance(note, QWidget)
    assert (
        dialog.well.mapTo(dialog, dialog.well.rect().bottomLeft()).y() < control(dialog, "action").mapTo(dialog, note.rect().topLeft()).y()
    )


def test_lines_take_focus_in_the_order_they_stand(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "contacted"), to="scheduled")
    press(Qt.Key.Key_Tab)
    first = QApplication.focusWidget()
    assert isinstance(first, QLineEdit)
    assert first is dialog.asked.starts.line
