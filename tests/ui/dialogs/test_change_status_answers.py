"""Change status: reasons, dates, amounts and notes, refused at their field; and live "When you save"."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from frontdesk.domain.workflow import Reason, Workflow
from frontdesk.ui.lead.change_status.answers import Twin
from frontdesk.ui.lead.change_status.reasons import SEARCH_FROM
from tests.domain.cases import preset
from tests.ui.dialogs.people import LIN, answers, control, error, opened, press, said, somebody


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


def test_closing_a_lead_with_a_consultation_says_that_it_stays_in_the_book(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("sales_funnel", "scheduled", appointment=True), to="not_qualified")
    assert "The lead is closed; its consultation Tue 3 Mar, 1:00 stays in the book." in said(dialog)


def test_a_won_lead_gets_its_revenue_while_the_status_stays(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "procedure_completed"), to="procedure_completed")
    assert (dialog.action.text(), dialog.action.property("kind")) == ("Add revenue", "primary")
    QTest.keyClicks(dialog.asked.amount, "300")
    assert said(dialog) == "Revenue: \u2068$300\u2069. You can undo this."


def test_the_reason_that_a_lead_has_already_is_no_draft(qtbot: QtBot) -> None:
    dialog = opened(qtbot, somebody("front_desk", "lost", reason="price_shopping"), to="lost")
    dialog.choose("contacted")
    assert dialog.draft() == {}
    dialog.choose("lost")
    dialog.asked.reasons.choose("insurance")
    assert dialog.draft() == {"to": "lost", "reason": "insurance"}
