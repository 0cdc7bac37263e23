"""Two rows that are one person become one, field by field."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from frontdesk.services.leads import create_lead
from frontdesk.services.undo import undo
from frontdesk.ui.lead.change_status import ChangeStatus
from frontdesk.ui.lead.merge import MergeDialog
from frontdesk.ui.leads.page import LeadsPage
from frontdesk.ui.widgets.privacy import privacy
from tests.architecture.accessible import unnamed
from tests.ui.lead_fixtures import clinic, empty_practice, page
from tests.ui.lead_pages import Clinic

__all__ = ["clinic", "empty_practice", "page"]


def dialog(page: LeadsPage, first: int, second: int) -> MergeDialog:
    page.refresh()
    page.commands.of_many.merge([first, second], page.commands.host())
    found = page.commands.host().findChild(MergeDialog)
    assert isinstance(found, MergeDialog)
    return found


def radio(asked: MergeDialog, name: str) -> QRadioButton:
    found = asked.findChild(QRadioButton, name)
    assert isinstance(found, QRadioButton)
    return found


def test_the_older_one_stays_and_gets_every_enquiry_and_number(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    older = clinic.enter("Grace Kim", "(253) 555-0110", ago=timedelta(days=3))
    newer = clinic.enter("Grace Kimm", "(206) 555-0142")
    asked = dialog(page, newer, older)
    assert radio(asked, "stays-0").text() == "Grace Kim"
    asked.findChild(QPushButton, "merge-people").click()
    found = clinic.profile(newer)
    assert found.person.name == "Grace Kim"
    assert len([each for each in found.person.points if each.kind == "phone"]) == 2
    assert [each.id for each in found.enquiries] == [older]
    assert page.undo_strip.text() == "Merged. Everything is with Grace Kim now."


def test_a_field_of_the_other_one_can_be_kept(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    older = clinic.enter("Grace Kim", "(253) 555-0110", ago=timedelta(days=3))
    newer = clinic.enter("Grace Lee", "(206) 555-0142")
    asked = dialog(page, older, newer)
    radio(asked, "last_name-1").click()
    qtbot.keyClick(radio(asked, "last_name-1"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert clinic.profile(newer).person.name == "Grace Lee"


def test_whoever_stays_gives_the_values_unless_theirs_is_empty(clinic: Clinic, page: LeadsPage) -> None:
    older = clinic.enter("Grace Kim", "(253) 555-0110", ago=timedelta(days=3))
    newer = clinic.enter("Grace", "(206) 555-0142")
    asked = dialog(page, older, newer)
    radio(asked, "stays-1").click()
    assert radio(asked, "last_name-0").isChecked()
    asked.decide()
    assert clinic.profile(newer).person.name == "Grace Kim"


def test_esc_merges_nothing(qtbot: QtBot, clinic: Clinic, page: LeadsPage) -> None:
    first, second = clinic.enter("Grace Kim"), clinic.enter("Grace Kimm")
    asked = dialog(page, first, second)
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    assert clinic.profile(first).person.id != clinic.profile(second).person.id


def test_undo_takes_a_merge_back(clinic: Clinic, page: LeadsPage) -> None:
    first, second = clinic.enter("Grace Kim"), clinic.enter("Grace Kimm")
    dialog(page, first, second).decide()
    assert clinic.profile(first).person.id == clinic.profile(second).person.id
    clinic.do(undo)
    assert clinic.profile(first).person.id != clinic.profile(second).person.id


def test_two_leads_of_one_person_are_offered_as_a_duplicate(clinic: Clinic, page: LeadsPage) -> None:
    first = clinic.enter("Grace Kim")
    second = clinic.do(create_lead, person_id=clinic.profile(first).person.id)
    page.refresh()
    page.commands.of_many.merge([first, second], page.commands.host())
    next(each for each in page.notice.findChildren(QPushButton) if each.text() == "Mark as a duplicate").click()
    assert clinic.profile(second).lead.duplicate_of == first


def test_merging_needs_two_leads(clinic: Clinic, page: LeadsPage) -> None:
    page.commands.of_many.merge([clinic.enter("Grace Kim")], page.commands.host())
    assert page.notice.text() == "Choose two leads in the list, then merge them."


def test_everything_in_the_dialog_has_a_name(clinic: Clinic, page: LeadsPage) -> None:
    assert unnamed(dialog(page, clinic.enter("Grace Kim"), clinic.enter("Ben Carter"))) == []


def marked_as_duplicate(page: LeadsPage, lead_id: int) -> ChangeStatus:
    """Change status of a lead, with Duplicate chosen."""
    page.commands.dialogs.change_status([lead_id], to="invalid")
    asked = page.commands.dialogs.dialog()
    assert isinstance(asked, ChangeStatus)
    asked.asked.reasons.choose("duplicate")
    return asked


def offers(asked: ChangeStatus) -> list[QPushButton]:
    return [each for each in asked.findChildren(QPushButton) if each.accessibleName().startswith("Merge with") and each.isVisible()]


def test_a_duplicate_offers_to_merge_with_who_is_here_already(clinic: Clinic, page: LeadsPage) -> None:
    clinic.enter("Grace Kim", "(253) 555-0110", ago=timedelta(days=3))
    newer = clinic.enter("Grace Kimm", "253 555 0110")
    page.refresh()
    (offer,) = offers(marked_as_duplicate(page, newer))
    assert offer.text().replace("\u2068", "").replace("\u2069", "") == "Merge with Grace Kim, (253) 555-0110 instead"


def test_merging_instead_compares_the_two_and_the_one_who_was_here_stays(clinic: Clinic, page: LeadsPage) -> None:
    older = clinic.enter("Grace Kim", "(253) 555-0110", ago=timedelta(days=3))
    newer = clinic.enter("Grace Kimm", "253 555 0110")
    page.refresh()
    offers(marked_as_duplicate(page, newer))[0].click()
    compared = page.commands.host().findChild(MergeDialog)
    assert isinstance(compared, MergeDialog)
    assert radio(compared, "stays-0").text() == "Grace Kim"
    compared.decide()
    assert clinic.profile(newer).person.id == clinic.profile(older).person.id
    assert clinic.profile(newer).lead.status == "new"


def test_nobody_alike_means_no_offer(clinic: Clinic, page: LeadsPage) -> None:
    clinic.enter("Ben Carter", "(206) 555-0142")
    alone = clinic.enter("Grace Kim", "(253) 555-0110")
    page.refresh()
    assert offers(marked_as_duplicate(page, alone)) == []


def test_hidden_details_are_hidden_in_the_offer_too(clinic: Clinic, page: LeadsPage) -> None:
    clinic.enter("Grace Kim", "(253) 555-0110", ago=timedelta(days=3))
    newer = clinic.enter("Grace Kimm", "253 555 0110")
    page.refresh()
    privacy().set_on(True)
    assert "Kim" not in offers(marked_as_duplicate(page, newer))[0].text()
