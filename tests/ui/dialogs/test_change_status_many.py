"""Change status of many leads at once: one dialog, revenue per person, one save."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from frontdesk.services.decisions import Subject
from frontdesk.ui.lead.change_status.answers import StatusAnswer
from frontdesk.ui.lead.change_status.dialog import ChangeStatus
from tests.ui.dialogs.people import opened, said, shown, somebody

NAMES = ("Grace Kim", "Tom Ray", "Ann Lee", "Bo Chu")


def four(status: str = "consult_completed") -> list[Subject]:
    return [somebody("front_desk", status, name, lead_id) for lead_id, name in enumerate(NAMES, 11)]


def line_of(dialog: ChangeStatus, name: str) -> QLineEdit:
    return next(each for each in dialog.findChildren(QLineEdit) if each.accessibleName() == f"Revenue of {name}")


def test_the_head_says_how_many(qtbot: QtBot) -> None:
    dialog = opened(qtbot, *four())
    assert "4 leads" in [each.text() for each in dialog.findChildren(QLabel)]


def test_the_action_says_how_many(qtbot: QtBot) -> None:
    assert opened(qtbot, *four(), to="lost").action.text() == "Mark 4 leads as lost"


def test_what_is_true_of_one_of_them_is_said_in_the_singular(qtbot: QtBot) -> None:
    dialog = opened(
        qtbot, somebody("front_desk", "contacted", "Grace Kim", 11), somebody("front_desk", "lost", "Tom Ray", 12), to="invalid"
    )
    dialog.asked.reasons.choose("spam")
    dialog.asked.verified.box.setChecked(True)
    assert said(dialog).startswith("1 lead leaves the call queue.")


def test_there_is_no_next_lead_to_open(qtbot: QtBot) -> None:
    assert not shown(opened(qtbot, *four(), to="lost"), ("open-next",))


def test_a_won_status_asks_for_the_revenue_of_each_person(qtbot: QtBot) -> None:
    dialog = opened(qtbot, *four(), to="procedure_completed")
    assert all(line_of(dialog, name).isVisible() for name in NAMES)
    assert shown(dialog, ("amount", "later", "received_on")) == {"received_on"}


def test_one_answer_has_all_amounts_and_leaves_empty_ones_for_later(qtbot: QtBot) -> None:
    dialog = opened(qtbot, *four(), to="procedure_completed")
    kept: list[StatusAnswer] = []
    dialog.saved.connect(kept.append)
    QTest.keyClicks(line_of(dialog, "Grace Kim"), "1250")
    QTest.keyClicks(line_of(dialog, "Ann Lee"), "80.50")
    assert "Revenue: \u2068$1,330.50\u2069." in said(dialog)
    dialog.save()
    assert [dict(each.decision.revenues) for each in kept] == [{11: 125_000, 13: 8_050}]


def test_an_amount_that_is_none_is_said_and_gone_to(qtbot: QtBot) -> None:
    dialog = opened(qtbot, *four(), to="procedure_completed")
    kept: list[StatusAnswer] = []
    dialog.saved.connect(kept.append)
    QTest.keyClicks(line_of(dialog, "Tom Ray"), "lots")
    dialog.action.click()
    assert not kept
    assert line_of(dialog, "Tom Ray").hasFocus()
    assert "That isn't an amount. Try “1,250.00”." in [each.text() for each in dialog.findChildren(QLabel) if each.isVisible()]


def test_when_you_save_counts_the_leads(qtbot: QtBot) -> None:
    dialog = opened(qtbot, *four("contacted"), to="lost")
    dialog.asked.reasons.choose("insurance")
    assert said(dialog) == (
        "4 leads leave the call queue. Follow-ups cancelled: 4. 4 count as lost in November, reason “Insurance”. One undo takes all of it back."
    )


def test_a_reason_needs_the_attempts_of_every_lead(qtbot: QtBot) -> None:
    tried = [
        somebody("front_desk", "contacted", name, at, attempts=made)
        for at, (name, made) in enumerate(zip(NAMES, (6, 6, 6, 4), strict=True), 11)
    ]
    dialog = opened(qtbot, *tried, to="lost")
    dialog.asked.reasons.choose("no_contact")
    assert dialog.asked.reasons.key() is None


def test_leads_of_several_statuses_can_be_moved_together(qtbot: QtBot) -> None:
    dialog = opened(
        qtbot, somebody("front_desk", "contacted", lead_id=11), somebody("front_desk", "attempting", "Tom Ray", 12), to="attempting"
    )
    dialog.asked.when.set_text("tomorrow 3pm")
    assert said(dialog) == "Next follow-up for 2 leads. One undo takes all of it back."
