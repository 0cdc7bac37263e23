"""The words of the command line."""

from __future__ import annotations

import argparse
from typing import Any

from typing_extensions import override

from frontdesk.domain.workflow import Disposition

LEAD_ID: dict[str, Any] = {"metavar": "ID", "help": "number of the lead, as the list shows it"}
FORMATS = ("csv", "xlsx", "json")
GENERAL: dict[str, dict[str, Any]] = {
    "--database": {"metavar": "PATH_OR_URL", "help": "the local file or the server; else the one of this computer"},
    "--as": {"dest": "person", "metavar": "PERSON", "help": "who does it; else the system's user"},
    "--clock": {"metavar": "TIME", "help": "the present, in a database made with --practice-mode"},
}


class Parser(argparse.ArgumentParser):
    """A parser whose commands take the general words before or after them, and texts that begin with a dash."""

    @override
    def _parse_optional(self, arg_string: str) -> Any:
        """WORKAROUND: argparse takes every word with a dash for an option; ours have two of them, but for -h, and a note may be “-x”."""
        is_text = arg_string[:1] == "-" and arg_string[1:2] != "-" and arg_string != "-h"
        return None if is_text else super()._parse_optional(arg_string)

    def general(self, *, is_top: bool = False) -> None:
        """Who asks where and when, and how it is printed; behind a command only what is said there counts."""
        unsaid = {} if is_top else {"default": argparse.SUPPRESS, "help": argparse.SUPPRESS}
        for name, given in GENERAL.items():
            self.add_argument(name, **given | unsaid)
        self.add_argument("--json", action="store_true", default=False if is_top else argparse.SUPPRESS, help="print JSON")

    def command(self, group: argparse._SubParsersAction[Any], name: str, sentence: str) -> argparse.ArgumentParser:
        """Add a command with its sentence."""
        added: Parser = group.add_parser(name, help=sentence, description=sentence, allow_abbrev=False)
        added.general()
        return added


def whole_number(text: str) -> int:
    """A count: 0 or more, and no more than a database can take."""
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise argparse.ArgumentTypeError(f"not a whole number: {text!r}")
    return int(text)


def parser() -> Parser:
    """The whole command line."""
    top = Parser(
        prog="frontdesk",
        description="The front office of a clinic: every enquiry worked until it is booked, won or lost.",
        epilog="A text that begins with two dashes is given as --note=--x, or behind -- where it has no option.",
        allow_abbrev=False,
    )
    top.general(is_top=True)
    group = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for add in (_practice, _files, _looking, _entering, _working, _small, _appointments, _workflows):
        add(top, group)
    return top


def _practice(top: Parser, group: Any) -> None:
    init = top.command(group, "init", "Set up a new practice.")
    for name in ("--name", "--zone", "--country", "--currency"):
        init.add_argument(name, default="")
    init.add_argument("--person", dest="first_person", default="", help="the administrator; else the system's user")
    init.add_argument("--workflow", default="front_desk", help="which of the ready workflows to start with")
    init.add_argument("--practice-mode", action="store_true", help="for training: the clock can be set")
    run = top.command(group, "run", "Open the window.")
    run.add_argument("--example", action="store_true", help="start on invented leads over a year")
    run.add_argument("--screenshot", metavar="FILE", help="draw a page into a picture and stop")
    run.add_argument("--size", metavar="WxH", default="1366x768")
    run.add_argument("--theme", choices=("light", "dark"))
    run.add_argument("--page", metavar="NAME", default="leads")
    backup = top.command(group, "backup", "Copy the database, checked before it counts.")
    backup.add_argument("file", nargs="?", help="where to; else beside the database")
    restore = top.command(group, "restore", "Put a backup back; the present file is kept beside it.")
    restore.add_argument("file", nargs="?", help="which backup; else the newest sound one")
    top.command(group, "upgrade", "Bring the database to this program's version, after a backup.")
    top.command(group, "check", "Check the integrity, the seals and the counts.")
    top.command(group, "tick", "Do what is due: close the leads whose time has run out.")


def _files(top: Parser, group: Any) -> None:
    reading = top.command(group, "import", "Import leads from a CSV file or a spreadsheet.")
    reading.add_argument("file")
    reading.add_argument("--map", action="append", default=[], metavar="HEADING=FIELD")
    reading.add_argument("--value", action="append", default=[], metavar="HEADING:WORD=VALUE")
    reading.add_argument("--agree", action="store_true", help="take the meanings that are proposed for unknown statuses")
    reading.add_argument("--workflow", metavar="KEY", help="the workflow whose statuses the file means")
    reading.add_argument("--create", default="", metavar="sources,people", help="make unknown sources and people")
    reading.add_argument("--match", choices=("external-id", "phone", "email"), help="how rows find leads that are here already")
    reading.add_argument(
        "--on-match", choices=("skip", "fill", "overwrite", "add"), default=None, help="what to do with a lead that is here already"
    )
    reading.add_argument("--encoding")
    reading.add_argument("--delimiter")
    reading.add_argument("--sheet")
    reading.add_argument("--heading", choices=("yes", "no"), help="whether the first row has the headings")
    reading.add_argument("--dates", choices=("dmy", "mdy"), help="the order of day and month")
    reading.add_argument("--problems", metavar="FILE", help="save the rows that could not be read")
    reading.add_argument("--dry-run", action="store_true")
    undo = top.command(group, "undo-import", "Take the last import back, but for rows somebody has worked on.")
    undo.add_argument("import_id", nargs="?", metavar="ID")
    writing = top.command(group, "export", "Write leads to a file.")
    writing.add_argument("file")
    writing.add_argument("--format", choices=FORMATS)
    writing.add_argument("--force", action="store_true", help="replace a file that is there")
    _filters(writing)


def _filters(command: argparse.ArgumentParser) -> None:
    for name in ("--status", "--stage", "--outcome", "--owner", "--source", "--reason", "--search"):
        command.add_argument(name)
    command.add_argument("--sort", metavar="COLUMN", help="name, created, next_follow_up …; --sort=-created begins with the newest")
    for name in ("--created-from", "--created-to", "--booked-from", "--booked-to", "--won-from", "--won-to"):
        command.add_argument(name, metavar="DATE")
    command.add_argument("--important", action="store_true", default=None)
    command.add_argument("--limit", type=whole_number)


def _looking(top: Parser, group: Any) -> None:
    _filters(top.command(group, "leads", "List leads."))
    top.command(group, "lead", "Show one lead with its history.").add_argument("id", **LEAD_ID)
    find = top.command(group, "find", "Find a caller by digits or letters.")
    find.add_argument("text")
    queue = top.command(group, "queue", "List whom to call, in order.")
    queue.add_argument("--everyone", action="store_true", help="not only mine and nobody's")
    queue.add_argument("--limit", type=whole_number, default=100)
    play = top.command(group, "rehearse", "Play a script of events through a workflow and print every state.")
    play.add_argument("script")


def _entering(top: Parser, group: Any) -> None:
    new = top.command(group, "new", "Enter a lead.")
    for name in (
        "--name",
        "--first-name",
        "--last-name",
        "--source",
        "--campaign",
        "--interest",
        "--best-time",
        "--owner",
        "--postal-code",
        "--note",
        "--created",
    ):
        new.add_argument(name, default="")
    new.add_argument("--phone", action="append", default=[])
    new.add_argument("--email", action="append", default=[])
    new.add_argument("--channel", default="hand")
    new.add_argument("--external-id", default="")
    new.add_argument("--important", action="store_true")
    new.add_argument("--person", dest="of_lead", metavar="ID", help="a new enquiry of the person of this lead")


def _working(top: Parser, group: Any) -> None:
    attempt = top.command(group, "attempt", "Log a contact attempt.")
    attempt.add_argument("id", **LEAD_ID)
    attempt.add_argument("--channel", required=True)
    attempt.add_argument("--disposition", choices=[each.value for each in Disposition])
    attempt.add_argument("--follow-up", metavar="WHEN")
    attempt.add_argument("--note", default="")
    inbound = top.command(group, "inbound", "Log that somebody got in touch.")
    inbound.add_argument("id", **LEAD_ID)
    inbound.add_argument("--channel", required=True)
    inbound.add_argument("--note", default="")
    status = top.command(group, "status", "Change the status.")
    status.add_argument("id", **LEAD_ID)
    status.add_argument("to", metavar="TO")
    status.add_argument("--reason")
    status.add_argument("--note", default="")
    status.add_argument("--verified", action="store_true")
    status.add_argument("--to-person")
    status.add_argument("--follow-up", metavar="WHEN")


def _small(top: Parser, group: Any) -> None:
    """Commands of a lead with a word or two."""
    words = {
        "follow-up": ("Set or move the follow-up.", ("when",)),
        "revenue": ("Record revenue.", ("amount",)),
        "enrol": ("Record the enrolment.", ("number",)),
        "reopen": ("Reopen a closed lead.", ()),
        "note": ("Add a note.", ("text",)),
        "assign": ("Give a lead to a colleague; “nobody” takes it away.", ("owner",)),
        "merge": ("Merge the person of another lead into the person of this one.", ("other",)),
    }
    for name, (sentence, others) in words.items():
        command = top.command(group, name, sentence)
        command.add_argument("id", **LEAD_ID)
        for other in others:
            command.add_argument(other, metavar=other.upper())
    group.choices["revenue"].add_argument("--on", metavar="DATE")
    group.choices["follow-up"].add_argument("--note", default="")
    important = top.command(group, "important", "Mark a lead important.")
    important.add_argument("id", **LEAD_ID)
    important.add_argument("--off", action="store_true")
    apart = top.command(group, "unmerge", "Take a merged person apart again.")
    apart.add_argument("id", metavar="ID", help="number of the person, or of a lead that came with them")
    top.command(group, "undo", "Take back your last change, be it an import.")
    top.command(group, "redo", "Do again what was taken back.")


def _appointments(top: Parser, group: Any) -> None:
    appointment = top.command(group, "appointment", "Book, move, cancel, miss or keep an appointment.")
    kinds = appointment.add_subparsers(dest="act", metavar="ACT", required=True)
    for act in ("book", "move", "cancel", "no-show", "attend"):
        command = top.command(kinds, act, f"{act} an appointment")
        command.add_argument("id", **LEAD_ID)
        command.add_argument("--key", help="the appointment's own key, or its number; needed where there are several")
        if act in {"book", "move"}:
            command.add_argument("starts", metavar="WHEN", nargs="?")
            command.add_argument("--starts", dest="starts_at", metavar="WHEN")
        if act == "book":
            command.add_argument("--minutes", type=int, default=30)
            command.add_argument("--with", dest="with_whom", default="")
            command.add_argument("--kind", default="")


def _workflows(top: Parser, group: Any) -> None:
    workflow = top.command(group, "workflow", "List, show, check or change the workflow.")
    kinds = workflow.add_subparsers(dest="act", metavar="ACT", required=True)
    top.command(kinds, "list", "List the workflows.")
    top.command(kinds, "show", "Show a workflow.").add_argument("key", nargs="?")
    top.command(kinds, "check", "Check a workflow file.").add_argument("file")
    use = top.command(kinds, "use", "Work by another workflow.")
    use.add_argument("key")
    use.add_argument("--map", action="append", default=[], metavar="OLD=NEW")
