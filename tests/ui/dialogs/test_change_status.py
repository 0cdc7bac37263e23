"""Change status: what each status of each preset asks for, its keys, refusals at the field, and live "When you save"."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.domain.workflow import Reason, Role, Workflow
from frontdesk.ui.lead.change_status.dialog import ChangeStatus, StatusAnswer, Twin
from frontdesk.ui.lead.change_status.reasons import SEARCH_FROM
from tests.architecture.accessible import unnamed
from tests.domain.cases import preset
from tests.ui.dialogs.people import LIN, control, opened, press, said, shown, somebody

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
    "appointment_led": ("lead", {"booked": VISIT, "cancelled": DATE, "invoiced": MONEY, "lost": {"reason"}}),
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


def answers(dialog: ChangeStatus) -> list[StatusAnswer]:
    kept: list[StatusAnswer] = []
    dialog.saved.connect(kept.append)
    return kept


def error(dialog: ChangeStatus, name: str) -> str:
    return dialog.asked.error(name)


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


def test_a_missing_reason_is_said_at_the_list_and_nothing_is_saved(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "contacted"), to="lost")
    kept = answers(dialog)
    dialog.action.click()
    assert not kept
    assert error(dialog, "reason") == "Choose a reason so the report can count it."
    assert QApplication.focusWidget() is control(dialog, "reason")
    assert control(dialog, "reason").property("wrong") is True


def test_the_sentence_goes_when_a_reason_is_chosen_by_arrow(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "contacted"), to="lost")
    dialog.action.click()
    press(Qt.Key.Key_Down)
    assert dialog.asked.reasons.key() is not None
    assert error(dialog, "reason") == ""


def test_the_reasons_stand_in_the_workflows_order_without_those_of_the_system(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("three_attempts", "contacted"), to="dead")
    reasons = control(dialog, "reason")
    assert isinstance(reasons, QListWidget)
    words = [reasons.item(at).text() for at in range(reasons.count())]
    assert words[0] == "Invalid phone number"
    assert words[-2:] == ["No contact after 3 attempts", "Something else"]


def test_a_reason_that_needs_attempts_is_disabled_with_the_count(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("three_attempts", "contacted"), to="dead")
    reasons = control(dialog, "reason")
    assert isinstance(reasons, QListWidget)
    needy = reasons.findItems("No contact after 3 attempts", Qt.MatchFlag.MatchExactly)[0]
    assert not needy.flags() & Qt.ItemFlag.ItemIsEnabled
    assert "needs 2 more attempts" in needy.data(Qt.ItemDataRole.AccessibleTextRole)
    dialog.asked.reasons.choose("no_contact")
    assert dialog.asked.reasons.key() is None


def test_it_can_be_chosen_once_the_attempts_are_made(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("three_attempts", "contacted", attempts=3), to="dead")
    dialog.asked.reasons.choose("no_contact")
    assert dialog.asked.reasons.key() == "no_contact"


def many_reasons(count: int) -> Workflow:
    workflow = preset("three_attempts")
    more = {f"more_{n}": Reason(f"more_{n}", f"Reason {n}", frozenset({"loss"})) for n in range(count - 9)}
    return replace(workflow, reasons={**workflow.reasons, **more})


def test_there_is_no_search_field_below_ten_reasons(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("three_attempts", "contacted"), to="dead")
    assert not control(dialog, "reason-search").isVisible()


def test_from_ten_reasons_on_a_search_field_narrows_them(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody(many_reasons(SEARCH_FROM), "contacted"), to="dead")
    search, reasons = control(dialog, "reason-search"), control(dialog, "reason")
    assert search.isVisible()
    assert isinstance(reasons, QListWidget)
    QTest.keyClicks(search, "fee")
    assert [reasons.item(at).text() for at in range(reasons.count()) if not reasons.item(at).isHidden()] == ["Consultation fee too high"]


def test_a_reason_that_wants_words_makes_the_note_required(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "contacted"), to="lost")
    dialog.asked.reasons.choose("something_else")
    kept = answers(dialog)
    dialog.action.click()
    assert not kept
    assert error(dialog, "note") == "Write a short note: this needs one."
    assert dialog.asked.note.accessibleName() == "Note, required"
    assert QApplication.focusWidget() is dialog.asked.note


def test_invalid_asks_to_have_made_sure(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "contacted"), to="invalid")
    dialog.asked.reasons.choose("spam")
    kept = answers(dialog)
    dialog.action.click()
    assert error(dialog, "verified") == "Tick that you made sure this isn't a patient."
    dialog.asked.verified.box.click()
    dialog.action.click()
    assert kept[0].decision.answers.verified


def test_a_transfer_needs_the_colleague_at_its_field(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("three_attempts", "contacted"), to="transfer")
    dialog.asked.note.setPlainText("Prefers Spanish")
    dialog.action.click()
    assert error(dialog, "to_person") == "Choose who takes this lead over."
    dialog.asked.to_person.choose(LIN.id)
    assert "Goes to the queue of Lin Wu" in said(dialog)


def test_the_follow_up_is_filled_from_the_workflow(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "new"), to="attempting")
    assert dialog.asked.when.text() == "Tue 24 Nov, 14:40"
    assert dialog.asked.when.echo().startswith("Tue 24 Nov, 14:40")


def test_the_wait_of_a_status_is_left_to_the_rule_unless_a_date_is_typed(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("six_follow_ups", "follow_up_1"), to="follow_up_2")
    dialog.asked.note.setPlainText("Left a message with her sister")
    kept = answers(dialog)
    dialog.save()
    assert kept[0].decision.answers.follow_up is None
    assert "Comes back in 2 d" in said(dialog) or "Comes back in 48 h" in said(dialog) or "Comes back in 47 h" in said(dialog)


def test_a_date_that_is_not_understood_is_refused_at_its_field(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "contacted"), to="attempting")
    dialog.asked.when.set_text("when pigs fly")
    kept = answers(dialog)
    dialog.action.click()
    assert not kept
    assert error(dialog, "follow_up") == "Try “tomorrow 3pm” or “in 2 days”."


def test_a_date_typed_in_words_is_the_next_follow_up(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "new"), to="contacted")
    dialog.asked.when.set_text("tomorrow 3pm")
    assert "Next follow-up tomorrow 15:00." in said(dialog)


def test_what_was_typed_stays_when_another_status_is_looked_at(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "contacted"), to="lost")
    dialog.asked.note.setPlainText("Going elsewhere")
    dialog.asked.reasons.choose("price_shopping")
    dialog.choose("scheduled")
    dialog.choose("lost")
    assert (dialog.asked.note.toPlainText(), dialog.asked.reasons.key()) == ("Going elsewhere", "price_shopping")


def test_when_you_save_says_what_losing_a_lead_does(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "contacted"), to="lost")
    assert said(dialog) == "Choose a reason so the report can count it."
    dialog.asked.reasons.choose("found_another_provider")
    assert said(dialog) == (
        "Leaves the call queue. Today’s follow-up is cancelled. Counts as lost in November, reason “Found another provider”. "
        "You can undo this, or reopen the lead at any time."
    )


def test_when_you_save_says_that_nobody_may_call_any_more(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("six_follow_ups", "follow_up_1"), to="dnc")
    assert "Do-not-call is set: nobody may call this person." in said(dialog)


def test_when_you_save_says_that_an_invalid_lead_is_not_counted(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "contacted"), to="invalid")
    dialog.asked.reasons.choose("test")
    dialog.asked.verified.box.setChecked(True)
    assert "Isn’t counted in any report." in said(dialog)


def test_when_you_save_warns_of_a_lead_without_a_next_step(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "attempting", due_in=None), to="contacted")
    dialog.asked.when.set_text("")
    assert "No follow-up is set: nothing brings this lead back." in said(dialog)


def test_a_won_status_asks_for_the_amount_or_the_tick(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "consult_completed"), to="procedure_completed")
    kept = answers(dialog)
    dialog.action.click()
    assert error(dialog, "amount") == "Give the amount, or tick that you add it later."
    dialog.asked.later.click()
    dialog.action.click()
    assert dict(kept[0].decision.revenues) == {}


def test_an_amount_is_read_as_money(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "consult_completed"), to="procedure_completed")
    QTest.keyClicks(dialog.asked.amount, "1,250")
    assert "Revenue: \u2068$1,250\u2069." in said(dialog)
    kept = answers(dialog)
    dialog.save()
    assert dict(kept[0].decision.revenues) == {5: 125_000}
    assert str(kept[0].decision.received_on) == "2026-11-24"


def test_nonsense_is_no_amount(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "consult_completed"), to="procedure_completed")
    QTest.keyClicks(dialog.asked.amount, "lots")
    dialog.action.click()
    assert error(dialog, "amount") == "That isn't an amount. Try “1,250.00”."


def test_the_present_status_with_another_reason_changes_only_the_reason(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "lost", reason="price_shopping"), to="lost")
    assert dialog.asked.reasons.key() == "price_shopping"
    assert dialog.action.text() == "Change the reason"
    dialog.asked.reasons.choose("insurance")
    assert "The report counts “Insurance” instead of “Price shopping”." in said(dialog)


def test_a_duplicate_offers_to_merge_instead(qtbot: QtBot) -> None:
    twin = Twin(77, "Grace Kim, (253) 555-0110")
    dialog = opened(qtbot, somebody("front_desk", "contacted"), to="invalid", twins=[twin])
    merge = next(each for each in dialog.findChildren(QPushButton) if each.text() == "Merge with Grace Kim, (253) 555-0110 instead")
    assert not merge.isVisible()
    dialog.asked.reasons.choose("duplicate")
    with qtbot.waitSignal(dialog.merge_wanted) as wanted:
        merge.click()
    assert wanted.args == [77]


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
