"""People: corrected, their wishes, merged and taken apart again, and found while somebody types."""

from __future__ import annotations

from datetime import date

import pytest

from frontdesk.domain.records import Person
from frontdesk.domain.workflow import Role
from frontdesk.services import leads, lists, people, undo
from frontdesk.services.people import PersonFields
from frontdesk.store import leads as stored_leads
from tests.services.practice import Office, conflicts, refused

MIA = PersonFields("Mia", "Meyer", ("020 7946 0958", "07700 900123"), ("Mia@Example.com",))


def entered(office: Office, fields: PersonFields) -> Person:
    """A person with a lead."""
    made = office.do(leads.create_lead, person=fields)
    return office.desk.ask(people.get, office.lead(made).person_id)


def points(person: Person) -> list[str]:
    return [point.canonical for point in person.points]


def test_add_person_keeps_what_was_typed_and_what_is_compared(office: Office) -> None:
    person = entered(office, MIA)
    assert points(person) == ["+442079460958", "+447700900123", "mia@example.com"]
    assert [each.typed for each in person.points] == [*MIA.phones, *MIA.emails]


def test_add_person_keeps_a_phone_only_once(office: Office) -> None:
    assert points(entered(office, PersonFields(phones=("020 7946 0958", "+44 20 7946 0958")))) == ["+442079460958"]


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        (PersonFields(), "nobody_to_save", "phone"),
        (PersonFields(phones=("x",)), "phone_not_understood", "phone"),
        (PersonFields(emails=("nobody",)), "email_not_understood", "email"),
        (PersonFields("x" * 300), "text_too_long", "first_name"),
    ],
)
def test_add_person_refuses_at_the_field(office: Office, fields: PersonFields, code: str, field: str) -> None:
    before = office.rows()
    with refused(code, field):
        office.do(people.add_person, fields=fields)
    assert office.rows() == before


def test_get_gives_the_person_that_stayed(office: Office) -> None:
    winner, loser = entered(office, MIA), entered(office, PersonFields("Maya", "Mayer"))
    office.do(people.merge_people, winner_id=winner.id, loser_id=loser.id)
    assert office.desk.ask(people.get, loser.id).id == winner.id


def test_edit_person_keeps_the_row_of_a_phone_that_stays(office: Office) -> None:
    before = entered(office, MIA)
    fields = PersonFields("Mia", "Major", ("+44 20 7946 0958",), ("new@example.com",), date(1990, 5, 1), "N1 9GU")
    office.do(people.edit_person, person_id=before.id, version=before.version, fields=fields)
    after = office.desk.ask(people.get, before.id)
    assert (after.last_name, after.birth_date, after.postal_code) == ("Major", date(1990, 5, 1), "N1 9GU")
    assert points(after) == ["+442079460958", "new@example.com"]
    assert after.points[0].id == before.points[0].id


def test_edit_person_keeps_the_wishes(office: Office) -> None:
    person = entered(office, MIA)
    office.do(people.set_wishes, person_id=person.id, do_not_call=True, no_marketing=False)
    office.do(people.edit_person, person_id=person.id, fields=PersonFields("Mia", "Major"))
    assert office.desk.ask(people.get, person.id).do_not_call


def test_edit_person_is_a_conflict_when_somebody_changed_it_since(office: Office) -> None:
    person = entered(office, MIA)
    office.desk_of(Role.MANAGER).do(people.edit_person, person_id=person.id, fields=PersonFields("Mia", "Major"))
    with conflicts():
        office.do(people.edit_person, person_id=person.id, version=person.version, fields=PersonFields("Mia", "Minor"))


def test_edit_person_refuses_to_leave_nothing_and_a_stranger(office: Office) -> None:
    person = entered(office, MIA)
    with refused("nobody_to_save", "phone"):
        office.do(people.edit_person, person_id=person.id, fields=PersonFields())
    with refused("person_unknown", "person"):
        office.do(people.edit_person, person_id=77, fields=MIA)


def test_set_wishes_notes_who_may_be_called(office: Office) -> None:
    person = entered(office, MIA)
    office.do(people.set_wishes, person_id=person.id, do_not_call=True, no_marketing=True)
    after = office.desk.ask(people.get, person.id)
    assert (after.do_not_call, after.no_marketing) == (True, True)


def test_merge_people_moves_leads_and_points_and_unmerge_people_moves_them_back_exactly(office: Office) -> None:
    winner = entered(office, MIA)
    loser = entered(office, PersonFields("Maya", "Mayer", ("020 7946 0958", "020 7946 0999"), ("maya@example.com",)))
    before = office.rows()
    office.do(people.merge_people, winner_id=winner.id, loser_id=loser.id)
    assert len(office.desk.ask(stored_leads.of_person, winner.id)) == 2
    assert set(points(office.desk.ask(people.get, winner.id))) == {*points(winner), "+442079460999", "maya@example.com"}
    office.do(people.unmerge_people, loser_id=loser.id)
    assert office.rows() == before


def test_merge_people_takes_the_fields_that_were_chosen_from_the_loser_and_every_wish(office: Office) -> None:
    winner, loser = entered(office, MIA), entered(office, PersonFields("Maya", "Mayer", postal_code="N1"))
    office.do(people.set_wishes, person_id=loser.id, do_not_call=True, no_marketing=False)
    office.do(people.merge_people, winner_id=winner.id, loser_id=loser.id, keep={"last_name": "loser", "first_name": "winner"})
    after = office.desk.ask(people.get, winner.id)
    assert (after.name, after.postal_code, after.do_not_call) == ("Mia Mayer", "", True)


def test_merged_person_is_the_one_of_the_number_or_the_one_that_the_lead_came_with(office: Office) -> None:
    def merged(number: int) -> int:
        return office.desk.ask(people.merged_person, number=number)

    winner, first, second = office.new("Mia Meyer"), office.new("Ann One"), office.new("Bo Two")
    persons = {lead_id: office.lead(lead_id).person_id for lead_id in (winner, first, second)}
    assert merged(persons[first]) == persons[first]
    with refused("not_merged", "person"):
        merged(first)
    for loser in (first, second):
        office.do(people.merge_people, winner_id=persons[winner], loser_id=persons[loser])
    assert [merged(each) for each in (first, second)] == [persons[first], persons[second]]
    with refused("several_merged", "person"):
        merged(winner)
    office.do(people.unmerge_people, loser_id=persons[first])
    assert merged(winner) == persons[second]


def test_unmerge_people_leaves_a_lead_that_came_after_the_merge_with_the_winner(office: Office) -> None:
    winner, loser = entered(office, MIA), entered(office, PersonFields("Maya", "Mayer"))
    office.do(people.merge_people, winner_id=winner.id, loser_id=loser.id)
    office.do(leads.create_lead, person_id=winner.id)
    office.do(people.unmerge_people, loser_id=loser.id)
    assert len(office.desk.ask(stored_leads.of_person, winner.id)) == 2
    assert len(office.desk.ask(stored_leads.of_person, loser.id)) == 1


def test_merge_people_refuses_one_person_twice_and_one_that_was_merged(office: Office) -> None:
    winner, loser = entered(office, MIA), entered(office, PersonFields("Maya", "Mayer"))
    with refused("merge_with_self", "person"):
        office.do(people.merge_people, winner_id=winner.id, loser_id=winner.id)
    with refused("not_merged", "person"):
        office.do(people.unmerge_people, loser_id=loser.id)
    office.do(people.merge_people, winner_id=winner.id, loser_id=loser.id)
    with refused("already_merged", "person"):
        office.do(people.merge_people, winner_id=winner.id, loser_id=loser.id)


def test_merge_people_refuses_a_field_that_cannot_be_chosen(office: Office) -> None:
    winner, loser = entered(office, MIA), entered(office, PersonFields("Maya", "Mayer"))
    before = office.rows()
    with refused("setting_unknown", "id"):
        office.do(people.merge_people, winner_id=winner.id, loser_id=loser.id, keep={"id": "loser"})
    assert office.rows() == before


def test_a_merge_is_undone_with_one_step(office: Office) -> None:
    winner, loser = entered(office, MIA), entered(office, PersonFields("Maya", "Mayer", ("020 7946 0958",)))
    before = office.rows()
    office.do(people.merge_people, winner_id=winner.id, loser_id=loser.id, keep={"last_name": "loser"})
    office.do(undo.undo)
    assert office.rows() == before


def test_people_like_finds_who_is_here_already_by_phone(office: Office) -> None:
    person = entered(office, MIA)
    (found,) = office.desk.ask(people.people_like, fields=PersonFields(phones=("+44 20 7946 0958",)))
    assert found.person.id == person.id
    assert found.line is not None
    assert found.line.person_id == person.id


def test_people_like_finds_nobody_by_half_a_number_or_a_stranger(office: Office) -> None:
    person = entered(office, MIA)
    assert office.desk.ask(people.people_like, fields=PersonFields(phones=("0",), emails=("mi",))) == []
    assert office.desk.ask(people.people_like, fields=PersonFields("Otto", "Ober")) == []
    assert office.desk.ask(people.people_like, fields=MIA, but=person.id) == []


def test_twins_of_names_who_else_may_be_this_person_and_not_the_person(office: Office) -> None:
    here = office.new("Grace Kim", phones=("(253) 555-0110",))
    twin = office.new("Gracie Kim", phones=("253 555 0110",))
    office.new("Noah Park", phones=("206 555 0144",))
    person_of = {lead: office.desk.ask(lists.person_of, lead_id=lead) for lead in (here, twin)}
    found = office.desk.ask(people.twins_of, person_id=person_of[here])
    assert [each.person.id for each in found] == [person_of[twin]]
