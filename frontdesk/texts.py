"""Every sentence for a problem, a rule and an effect; no Qt. `ui` translates them, `cli` prints them (ux.md section 8: plain, short, what to do)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from frontdesk.domain.problems import Conflict, Refused

PROBLEMS: Mapping[str, str] = MappingProxyType(
    {
        # leads and their statuses
        "starts_needed": "Give the date and time of the consultation.",
        "status_needed": "Choose the new status.",
        "amount_needed": "Give the amount, or tick that you add it later.",
        "already_open": "This lead is open already.",
        "received_in_the_future": "Money that comes later can't be recorded yet. Give a day up to today.",
        "already_there": "This lead has that status already. Choose another one.",
        "amount_not_positive": "Give an amount above zero.",
        "amount_not_understood": "That isn't an amount. Try “1,250.00”.",
        "cannot_be_reopened": "A lead with this status can't be reopened. Start a new enquiry for this person instead.",
        "channel_unknown": "There is no such channel. Choose one of the list.",
        "created_in_the_future": "The first contact can't lie in the future.",
        "date_not_understood": "That isn't a date. Write it as 2026-03-24.",
        "do_not_call": "This person asked not to be called.",
        "external_id_taken": "Lead {lead} has this number already. Open that one, or give another number.",
        "follow_up_needed": "Give the date and time of the follow-up.",
        "lead_is_closed": "This lead is closed. Reopen it first, then set a follow-up.",
        "lead_unknown": "There is no lead with this number.",
        "nobody_to_save": "A phone, an e-mail or a name is enough to save. Give one of them.",
        "not_an_id": "That isn't a number of a lead. It is the long number that the list shows.",
        "no_appointment": "This lead has no appointment that could be changed.",
        "appointment_ahead": "Their appointment lies ahead. Say with --key which they came to: {choices}.",
        "appointment_needed": "This lead has several appointments. Say with --key which one: {choices}.",
        "appointment_unknown": "This lead has no appointment of that key. The lead's page lists them.",
        "minutes_out_of_range": "An appointment takes between 1 minute and 24 hours.",
        "no_follow_up": "This lead has no follow-up.",
        "no_lead_yet": "The lead was not created, so nothing can happen to it.",
        "note_needed": "Write a short note: this needs one.",
        "import_not_redoable": "An import that was taken back can't be done again. Import the file once more.",
        "nothing_to_redo": "There is nothing to do again.",
        "nothing_to_undo": "There is nothing to undo.",
        "number_needed": "Give the number of the enrolment.",
        "reason_is_automatic": "This reason is only given automatically. Choose another one.",
        "reason_needed": "Choose a reason so the report can count it.",
        "reason_needs_attempts": "This reason needs more attempts first ({missing} to go).",
        "reason_unknown": "This reason isn't in the list of this status. Choose one of the list.",
        "activity_unknown": "There is no such entry in the history.",
        "answer_not_printed": "The answer can't be written there: no room, or no right to. What was changed is saved.",
        "cancelled": "Stopped. Nothing was changed.",
        "stopped": "Stopped. Nothing half done was left behind.",
        "check_found_faults": "The check found {count} faults. Make a copy of the file, then restore the newest sound backup.",
        "create_unknown": "Only sources and people can be made: --create sources,people.",
        "file_not_found": "There is no such file.",
        "import_running": "Another import is running. Wait until it has ended.",
        "import_unknown": "There is no such import.",
        "no_backup": "There is no sound backup of this database.",
        "no_workflow": "This practice has no workflow in use. Choose one.",
        "already_in_use": "This workflow is in use already.",
        "outcome_unknown": "An outcome is open, won, lost or excluded.",
        "same_person": "A person can't be merged with themselves. Choose two people.",
        "shared_backup": "A shared database is backed up on its server.",
        "sort_unknown": "Leads can't be sorted by that. Take one of the columns, like name or created.",
        "stage_unknown": "There is no such stage. It is one of new, follow_up, booked, rebook, seen, won, lost, not_qualified, excluded.",
        "role_not_allowed": "Your role may not do this. Ask a manager.",
        "administrator_needed": "Only an administrator may do this. Ask one.",
        "status_is_automatic": "This status is set automatically and can't be chosen by hand.",
        "status_not_allowed_from_here": "The workflow doesn't allow this status from the present one.",
        "status_unknown": "The workflow has no status “{status}”.",
        "to_person_needed": "Choose who takes this lead over.",
        "verified_needed": "Tick that you made sure this isn't a patient.",
        # people
        "already_merged": "One of these people was merged before. Open the one that stayed.",
        "merge_with_self": "A person can't be merged with themselves. Choose two people.",
        "several_merged": "Several people were merged into this one. Give the number of one: {choices}.",
        "not_merged": "These people are not merged.",
        "person_unknown": "There is no such person. Check the number.",
        "staff_unknown": "Nobody of the practice has this name.",
        "person_needed": "Several people work here, and none has the name of the system's user. Say who you are: --as NAME.",
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
        "time_is_ahead": "That lies ahead. Give a day and time that has passed.",
        "past_not_understood": "Give the day and time they first got in touch, like “yesterday 3pm”, “2 days ago” or 2026-03-24T15:00.",
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
        "trigger_gives_no_reason": "Nothing that happens by itself can lead to “{status}”: it asks for a reason.",
        "trigger_moves_closed_leads": "What happens by itself leaves closed leads alone. Name open stages only.",
        "wait_not_understood": "A wait is a number and a unit: 90m, 4h or 7d.",
        "wait_out_of_range": "A wait lies between one minute and one year.",
        "workflow_key_not_valid": "A key has small letters, digits and _ only, and begins with a letter.",
        "workflow_key_twice": "This key is there twice.",
        "workflow_unknown": "There is no workflow “{workflow}”.",
        # scripts and workflows in files
        "file_is_folder": "That is a folder. Name a file in it.",
        "file_not_utf8": "This file is not text in UTF-8. Save it again as UTF-8.",
        "json_not_sound": "This is not sound JSON. Look at line {line}, column {column}.",
        "toml_not_sound": "This is not sound TOML. Look at line {line}.",
        "nested_too_deep": "This file has brackets within brackets without end. Look at its beginning.",
        "kind_wrong": "This must be {wanted}.",
        "value_not_known": "“{word}” is no {kind}. Use {choices}.",
        "word_missing": "“{word}” is missing. Add it.",
        "word_unknown": "There is no “{word}” here. Use {choices}.",
        # rehearsal scripts
        "script_begins_with_create": "A script begins with one create and has no other.",
        "script_times_out_of_order": "The times of a script must rise.",
        # settings
        "setting_not_valid": "This setting can't have that value.",
        "size_not_understood": "Give the size of the picture as width x height, like 1366x768.",
        "setting_unknown": "There is no such setting.",
        "clock_only_in_practice_mode": "Only a database made with --practice-mode can have another time.",
        # saved views
        "label_needed": "Give the view a name.",
        "view_unknown": "This view is no longer there.",
        # databases
        "already_a_practice": "There is a practice in this database already.",
        "database_damaged": "The database file is damaged. Restore the newest sound backup: frontdesk restore.",
        "database_damaged_backup": "The database file is damaged. Its newest sound backup is {backup}: “frontdesk restore” puts it back.",
        "database_damaged_no_backup": "The database file is damaged, and no sound backup lies beside it. Keep the file, and restore a backup from elsewhere.",
        "database_in_cloud_folder": "The database can't lie in a folder that is synchronised: two copies would destroy each other. Move it to a local folder.",
        "database_in_use": "Another frontdesk window has this database open. Close it first.",
        "backup_unsound": "This backup is missing or damaged. Choose another one.",
        "database_foreign": "This is the database of another program. Choose another file.",
        "database_full_of_people": "The server takes no more connections. Try again in a moment.",
        "database_not_openable": "The database can't be opened. Check the name, and the rights of its file and folder.",
        "database_sign_in": "The server did not accept the name or the password.",
        "database_unknown": "The server has no such database. Check the address.",
        "disk_failing": "The disk reports errors. Nothing was saved. Make a backup to another disk now.",
        "not_allowed": "The server does not let you do that. Ask your administrator.",
        "number_too_large": "That number is too large.",
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
        "connector_unknown": "There is no connection of that name.",
        "file_exists": "There is a file of that name already. Choose another name, or say that it may be replaced.",
        "file_kind_unknown": "Give the file a name that ends in .csv, .xlsx or .json.",
        "file_missing": "There is no such file. Check the name.",
        "file_name_unusable": "A file can't have that name. Use letters and digits.",
        "file_not_readable": "This file can't be read. Check its rights, and that no other program has it open.",
        "folder_missing": "There is no such folder. Make it first, or choose another one.",
        "folder_not_writable": "Nothing can be written in this folder. Choose another one.",
        "json_damaged": "This file is not sound JSON.",
        "json_too_large": "This JSON file is too large. Write one object a line, or use CSV.",
        "not_a_file": "That is not a file. Choose a CSV file or a workbook.",
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
        # imported rows and columns
        "appointments_not_understood": "This isn't a list of appointments as an export writes it. It was kept as a note.",
        "cell_count": "This row has another number of cells than the heading.",
        "cell_too_long": "A cell of this row is far too long.",
        "column_map_not_understood": "A column is sent to a field as HEADING=FIELD.",
        "count_not_understood": "That isn't a number of times.",
        "currency_differs": "That is another currency than the practice's. Convert the amount first.",
        "date_order_mixed": "This column has days written both ways (13/3 and 3/13), so this one could be either. Say which order counts.",
        "digits_lost": "A spreadsheet program has rounded this number. Export the column as text.",
        "fact_in_the_future": "This has happened already, so its date can't lie in the future. Correct it.",
        "field_unknown": "There is no such field. Choose one of the list.",
        "heading_row_needed": "This file seems to have no heading row. Say whether its first row is one.",
        "heading_unknown": "The file has no such column. It has {headings}.",
        "no_identifying_column": "No column says who somebody is. Choose the one with the phone, e-mail, name or number.",
        "nul_character": "This row is damaged: it holds zero bytes.",
        "payments_differ": "The payments don't add up to the revenue. Correct one of the two.",
        "payments_not_understood": "This isn't a list of payments as an export writes it. It was kept as a note.",
        "phone_not_valid": "Such a phone number can't exist. It was kept as it is.",
        "quote_not_closed": "A quotation mark in this row is never closed.",
        "reason_beside_open": "A lead that isn't lost has no reason for it. The text was kept as a note.",
        "second_column": "Two columns go to this field and differ here. The first was taken, the second kept as a note.",
        "source_unknown": "There is no such source. Choose one of the list.",
        "too_many_values": "This column holds too many different words to be a list. Choose another column.",
        "truth_not_understood": "Write yes or no.",
        "undecodable": "This row is not in the encoding of the file. Choose another encoding.",
        "value_not_understood": "A word is sent to its meaning as HEADING:WORD=MEANING.",
        "value_unknown": "Nobody has said what this word means here.",
        "values_unknown": "Some words of the file are unknown here; say what each means, with --value HEADING:WORD=VALUE or --agree: {listed}.",
        # someone else was there
        "changed_elsewhere": "Somebody else changed this a moment ago. Nothing was overwritten.",
        "added_elsewhere": "Somebody else added the same a moment ago. Nothing was saved.",
        "already_undone": "That has been undone already.",
        "changed_since": "This can't be undone: somebody has worked on it since.",
        "details_erased": "This can't be undone: what stood there was erased for good.",
        "not_undoable": "This can't be undone.",
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
        "undo": "Taken back",
        "redo": "Done again",
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
        "import": "Import noted",
        "imported": "Imported",
        "import_undone": "Import taken back",
        "merged": "Merged with another person",
        "unmerged": "Taken apart again",
        "revenue_recorded": "Revenue recorded",
        "duplicate_marked": "Marked as a duplicate",
        "workflow_changed": "Workflow changed",
        "view_saved": "View saved",
        "set_up": "Practice set up",
        "settings_changed": "Settings changed",
    }
)


NOUNS: Mapping[str, str] = MappingProxyType(
    {
        # what stands at a place of a script or a workflow
        "asks": "question of a status",
        "channel": "channel",
        "converted": "stage that counts as converted",
        "disposition": "outcome of a call",
        "do": "event",
        "entered": "way to enter a status",
        "give_up": "way of giving up",
        "group": "group of reasons",
        "move_follow_up_roles": "role",
        "needs_attempts": "whole number",
        "opening_hours": "day of the week",
        "role": "role",
        "roles": "role",
        "stage": "stage",
        "stages": "stage",
        "triggers": "event",
        # kinds of values
        "array": "a list",
        "bool": "true or false",
        "count": "a whole number, 0 or more",
        "float": "a number",
        "int": "a whole number",
        "object": "a table of words and values",
        "str": "text",
    }
)
"""How the parts of a file are called in sentences."""


def sentence(problem: Refused | Conflict) -> str:
    """The sentence for a problem, with its figures; it never carries a person's data."""
    spoken = {"kind": _called, "wanted": lambda names: _one_of(tuple(map(_called, names))), "choices": _one_of}
    return PROBLEMS[problem.code].format_map(
        {name: spoken[name](value) if name in spoken else value for name, value in problem.facts.items()}
    )


def _one_of(words: object) -> str:
    """Several words as “a, b or c”; a text stays as it is."""
    *first, last = words if isinstance(words, tuple) else (words,)
    return f"{', '.join(first)} or {last}" if first else last


def _called(name: object) -> str:
    return NOUNS.get(str(name), str(name))


def rule(name: str) -> str:
    """What a rule did, in a few words; an unknown rule is a bug that the structure tests find."""
    return RULES[name]


def taken_back(name: str) -> str:
    """What somebody did that undo takes back; the rules of an attempt say what comes of it, and here it is the attempt that counts."""
    of_an_attempt = {"attempt_wait", "conversation_wait", "follow_up_given", "give_up_wait", "uncounted_contact"}
    return "Entry in the history" if name == "recorded" else RULES["attempt_logged" if name in of_an_attempt else name]
