"""Every sentence for a problem, a rule and an effect; no Qt. `ui` translates them, `cli` prints them (ux.md section 8: plain, short, what to do)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from frontdesk.domain.problems import Conflict, Refused

PROBLEMS: Mapping[str, str] = MappingProxyType(
    {
        # leads and their statuses
        "already_open": "This lead is open already.",
        "already_there": "This lead has that status already. Choose another one.",
        "amount_not_positive": "Give an amount above zero.",
        "amount_not_understood": "That isn't an amount. Try “1,250.00”.",
        "cannot_be_reopened": "A lead with this status can't be reopened. Start a new enquiry for this person instead.",
        "channel_unknown": "There is no such channel. Choose one of the list.",
        "created_in_the_future": "The first contact can't lie in the future.",
        "date_not_understood": "That isn't a date. Write it as 2026-03-24.",
        "do_not_call": "This person asked not to be called.",
        "follow_up_needed": "Give the date and time of the follow-up.",
        "lead_is_closed": "This lead is closed. Reopen it first, then set a follow-up.",
        "lead_unknown": "There is no lead with this number.",
        "nobody_to_save": "A phone, an e-mail or a name is enough to save. Give one of them.",
        "not_an_id": "That isn't a number of a lead. It is the long number that the list shows.",
        "no_appointment": "This lead has no appointment that could be changed.",
        "no_follow_up": "This lead has no follow-up.",
        "no_lead_yet": "The lead was not created, so nothing can happen to it.",
        "note_needed": "Write a short note: this needs one.",
        "nothing_to_redo": "There is nothing to do again.",
        "nothing_to_undo": "There is nothing to undo.",
        "number_needed": "Give the number of the enrolment.",
        "reason_is_automatic": "This reason is only given automatically. Choose another one.",
        "reason_needed": "Choose a reason so the report can count it.",
        "reason_needs_attempts": "This reason needs more attempts first ({missing} to go).",
        "reason_unknown": "This reason isn't in the list of this status. Choose one of the list.",
        "role_not_allowed": "Your role may not do this. Ask a manager.",
        "status_is_automatic": "This status is set automatically and can't be chosen by hand.",
        "status_not_allowed_from_here": "The workflow doesn't allow this status from the present one.",
        "status_unknown": "The workflow has no status “{status}”.",
        "to_person_needed": "Choose who takes this lead over.",
        "verified_needed": "Tick that you made sure this isn't a patient.",
        # people
        "already_merged": "One of these people was merged before. Open the one that stayed.",
        "merge_with_self": "A person can't be merged with themselves. Choose two people.",
        "not_merged": "These people are not merged.",
        "person_unknown": "There is no such person. Check the number.",
        "staff_unknown": "Nobody of the practice has this name.",
        "last_administrator": "This is the last administrator. Make somebody else administrator first.",
        # times
        "holiday_wrong": "A holiday is a date like 2026-12-25.",
        "country_unknown": "There is no such country. Give its two letters, like GB.",
        "subdivision_unknown": "This country has no such region.",
        "no_opening_in_sight": "The practice does not open in the next year. Check the opening hours.",
        "never_open": "The practice is never open. Give at least one opening time.",
        "offset_not_in_zone": "That offset does not fit the practice's time zone on that day.",
        "opening_times_cross": "The opening times of a day must follow each other.",
        "opening_times_wrong": "An opening time is a pair like 08:00 and 18:00.",
        "time_in_gap": "That time does not exist: the clocks go forward then. Take an hour later.",
        "time_is_past": "That time is past. Give one that lies ahead.",
        "time_not_understood": "That isn't a date and time. Write it as 2026-03-24T15:00.",
        "weekday_differs": "That date is another day of the week. Check both.",
        "weekday_unknown": "Write the days of the week as mon, tue, wed, thu, fri, sat, sun.",
        "when_not_understood": "Try “tomorrow 3pm” or “in 2 days”.",
        "zone_unknown": "There is no such time zone. Write it as Europe/London.",
        # contacts
        "email_not_understood": "That isn't an e-mail address. It looks like name@example.com.",
        "phone_not_understood": "That isn't a phone number. It needs at least three digits.",
        "name_not_understood": "That isn't a name.",
        "text_too_long": "That is too long.",
        "text_not_valid": "That text holds signs that can't be kept.",
        # workflows
        "attempt_table_has_a_hole": "The attempts must be numbered 1, 2, 3 without a gap.",
        "giving_up_must_close": "Giving up must lead to a status that closes the lead.",
        "grace_needed": "Say how long to wait before giving up.",
        "initial_status_not_new": "The first status must belong to the stage “new”.",
        "map_incomplete": "These statuses are used and need a new one: {missing}. Add --map OLD=NEW for each.",
        "map_not_understood": "A map is written OLD=NEW.",
        "maximum_out_of_range": "Between 2 and 20 attempts are possible.",
        "status_cannot_be_reached": "No lead can ever reach the status “{status}”.",
        "status_has_no_reasons": "The status “{status}” asks for a reason but its list is empty.",
        "tone_unknown": "There is no such tone.",
        "wait_not_understood": "A wait is a number and a unit: 90m, 4h or 7d.",
        "wait_out_of_range": "A wait lies between one minute and one year.",
        "workflow_file_not_readable": "This file is not a workflow: {detail}.",
        "workflow_key_not_valid": "A key has small letters, digits and _ only, and begins with a letter.",
        "workflow_key_twice": "This key is there twice.",
        "workflow_not_readable": "{detail}.",
        "workflow_unknown": "There is no workflow “{workflow}”.",
        # rehearsal scripts
        "script_begins_with_create": "A script begins with one create and has no other.",
        "script_file_not_readable": "This file is not a script: {detail}.",
        "script_not_readable": "{detail}.",
        "script_times_out_of_order": "The times of a script must rise.",
        "script_word_missing": "This event needs “{word}”.",
        "script_word_unknown": "The word “{word}” is not known here.",
        # settings
        "setting_not_valid": "This setting can't have that value.",
        "setting_unknown": "There is no such setting.",
        "clock_only_in_practice_mode": "Only a database made with --practice-mode can have another time.",
        # databases
        "already_a_practice": "There is a practice in this database already.",
        "database_damaged": "The database file is damaged. Restore the newest sound backup: frontdesk restore.",
        "database_in_cloud_folder": "The database can't lie in a folder that is synchronised: two copies would destroy each other. Move it to a local folder.",
        "database_in_use": "Another frontdesk window has this database open. Close it first.",
        "database_locked": "Another program is using the database. Try again in a moment.",
        "database_missing": "There is no database there.",
        "database_needs_upgrade": "This database is older than the program. Run frontdesk upgrade once.",
        "database_newer": "This database was made by a newer frontdesk. Update the program; until then you can only look.",
        "database_on_network": "The database can't lie on a network drive: it would be damaged sooner or later. Move it to this computer, or use a server.",
        "database_read_only": "The database can't be written. Check the rights of its file and folder.",
        "database_slow": "The database did not answer in time. Nothing was saved. Try again.",
        "database_unreachable": "The database can't be reached. Check the connection and the address.",
        "disk_full": "The disk is full. Nothing was saved. Make room and try again.",
        "server_too_old": "The database server is too old. PostgreSQL 15 or newer is needed.",
        "sqlite_too_old": "The database library is too old to be safe. Install frontdesk again.",
        # files
        "cell_too_long_for_a_sheet": "A text is too long for a spreadsheet cell. Export as CSV instead.",
        "delimiter_unknown": "The separator must be a comma, semicolon, tab or |.",
        "encoding_unknown": "There is no such encoding.",
        "file_empty": "This file is empty.",
        "not_a_table": "This file is not a table.",
        "sheet_unknown": "The workbook has no such sheet.",
        "too_many_rows_for_a_sheet": "Too many rows for a spreadsheet. Export as CSV instead.",
        "workbook_damaged": "This workbook can't be read. Open it in a spreadsheet program and save it again.",
        "workbook_encrypted": "This workbook has a password. Save it without one.",
        "workbook_too_large": "This workbook is too large or unpacks to far too much. Save it as CSV.",
        # someone else was there
        "changed_elsewhere": "Somebody else changed this a moment ago. Nothing was overwritten.",
    }
)

RULES: Mapping[str, str] = MappingProxyType(
    {
        "created": "Lead created",
        "attempt_wait": "Comes back after the wait of the workflow",
        "conversation_wait": "Spoken to: comes back after the wait of the workflow",
        "follow_up_given": "Comes back at the time that was given",
        "attempt_logged": "Attempt logged",
        "give_up_wait": "Last attempt: closed by itself unless something happens",
        "uncounted_contact": "Doesn't count as an attempt",
        "recorded": "Recorded, nothing else changed",
        "follow_up_set": "Follow-up set",
        "follow_up_cancelled": "Follow-up cancelled",
        "status_chosen": "Status chosen",
        "reason_changed": "Reason changed",
        "booked": "Appointment booked",
        "moved": "Appointment moved",
        "cancelled": "Appointment cancelled",
        "did_not_arrive": "Did not arrive",
        "attended": "Came to the appointment",
        "invoiced": "Payment recorded",
        "enrolled": "Enrolment recorded",
        "inbound": "They got in touch",
        "came_back": "Came back after it was closed",
        "attempts_exhausted": "Closed by the workflow after the last attempt",
        "reopened": "Reopened",
        "undone": "Taken back",
        "redone": "Done again",
        "repeated": "Repeated, nothing changed",
        "look": "Nothing changed",
        "edited": "Details changed",
        "assigned": "Owner changed",
        "transferred": "Handed over",
        "marked": "Marked",
        "note_added": "Note added",
        "settled": "Dealt with",
        "imported": "Imported",
        "import_undone": "Import taken back",
        "merged": "Merged with another person",
        "unmerged": "Taken apart again",
        "revenue_recorded": "Revenue recorded",
        "duplicate_marked": "Marked as a duplicate",
        "workflow_changed": "Workflow changed",
        "set_up": "Practice set up",
        "settings_changed": "Settings changed",
    }
)


def sentence(problem: Refused | Conflict) -> str:
    """The sentence for a problem, with its figures; it never carries a person's data."""
    return PROBLEMS[problem.code].format_map({"detail": "", **problem.facts})


def rule(name: str) -> str:
    """What a rule did, in a few words; an unknown rule is a bug that the structure tests find."""
    return RULES[name]
