"""`import` and `export`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from frontdesk.cli.leads import sorted_by, wanted_leads
from frontdesk.cli.session import Session
from frontdesk.cli.streams import counting
from frontdesk.domain.imports import Match, parse_map
from frontdesk.domain.ports import Choices
from frontdesk.domain.problems import Refused
from frontdesk.services import exports, imports
from frontdesk.services.imports import Prepared, Problem, Result, Wishes
from frontdesk.texts import sentence

MOST_REFUSED = 50
MOST_NUMBERS = 20
"""So many rows and line numbers are printed; `--json` has all of them."""

MAKEABLE = frozenset(("sources", "people"))


def _import(session: Session, words: argparse.Namespace) -> None:
    prepared = imports.prepare(session.desk, Path(words.file), _wishes(words))
    with counting(wanted=not words.json) as progress:
        result = (imports.check if words.dry_run else imports.run)(session.desk, prepared, progress=progress)
    if words.problems and result.refused:
        imports.save_problems(prepared, result, Path(words.problems))
    session.show(_figures(prepared, result), _lines(prepared, result, dry=words.dry_run))


def _wishes(words: argparse.Namespace) -> Wishes:
    create = frozenset(each.strip() for each in words.create.split(",") if each.strip())
    if create - MAKEABLE:
        raise Refused("create_unknown", "create")
    heading = {"yes": True, "no": False, None: None}[words.heading]
    on_match = words.on_match or ("overwrite" if words.match else "skip")
    delimiter = {"tab": "\t", "\\t": "\t"}.get(words.delimiter, words.delimiter)
    return Wishes(
        Choices(words.encoding, delimiter, heading, words.sheet),
        parse_map(words.map),
        tuple(words.value),
        words.workflow or "",
        create,
        words.match,
        on_match,
        words.dates,
        words.agree,
    )


def _figures(prepared: Prepared, result: Result) -> Mapping[str, object]:
    shape = prepared.table.shape
    return {
        "rows": result.rows,
        "created": result.created,
        "updated": result.updated,
        "already_here": result.already_here,
        "tests_left_out": result.tests,
        "refused": [_told(each) for each in result.refused],
        "warnings": [_told(each) for each in result.warnings],
        "import_id": str(result.import_id) if result.import_id else None,
        "file": {"encoding": shape.encoding, "delimiter": shape.delimiter, "sheet": shape.sheet, "heading_line": shape.heading_line},
        "columns": {column.heading: column.field for column in prepared.columns.columns},
        "missing": list(prepared.columns.missing),
        "dates_assumed": [prepared.columns.columns[index].heading for index in prepared.survey.assumed],
        "dates_mixed": [prepared.columns.columns[index].heading for index, dates in prepared.survey.dates.items() if dates.mixed],
        "values": {f"{each.field}:{each.word}": each.key for each in prepared.values.choices.values() if each.match is not Match.UNKNOWN},
    }


def _told(problem: Problem) -> Mapping[str, object]:
    return {"line": problem.line, "field": problem.field, "sentence": sentence(Refused(problem.code, problem.field))}


def _lines(prepared: Prepared, result: Result, *, dry: bool) -> Iterable[str]:
    shape = prepared.table.shape
    how = f"sheet {shape.sheet}" if shape.sheet else f"{shape.encoding}, separated by {shape.delimiter!r}"
    yield f"Read as {how}, headings in line {shape.heading_line}." if shape.has_heading else f"Read as {how}, without headings."
    for column in prepared.columns.columns:
        yield f"  {column.heading} -> {column.field or '(left out)'}"
    for index in prepared.survey.assumed:
        heading, mixed = prepared.columns.columns[index].heading, prepared.survey.dates[index].mixed
        yield f"  {heading}: {'days written both ways; --dates dmy or mdy says which counts' if mixed else 'day and month in the order of the region (assumed)'}"
    done = "Would import" if dry else "Imported"
    yield f"{done} {result.created} leads. {result.updated} updated, {result.already_here} already here, {len(result.refused)} refused."
    for problem in result.refused[:MOST_REFUSED]:
        yield f"  line {problem.line}: {_sentence(problem)}"
    if len(result.refused) > MOST_REFUSED:
        yield f"  and {len(result.refused) - MOST_REFUSED} more; --problems FILE saves all of these rows"
    if result.warnings:
        yield "Imported all the same, but look at these:" if not dry else "These would be imported, but look at them:"
    yield from _summed(result.warnings)


def _summed(warnings: Iterable[Problem]) -> Iterable[str]:
    """What is alike in one line, with the first of its line numbers."""
    alike: dict[str, list[str]] = {}
    for each in warnings:
        alike.setdefault(_sentence(each), []).append(str(each.line))
    for said, numbers in alike.items():
        more = f" and {len(numbers) - MOST_NUMBERS} more" if len(numbers) > MOST_NUMBERS else ""
        yield f"  {said} ({'line' if len(numbers) == 1 else 'lines'} {', '.join(numbers[:MOST_NUMBERS])}{more})"


def _sentence(problem: Problem) -> str:
    said = sentence(Refused(problem.code, problem.field))
    return f"{problem.field}: {said}" if problem.field else said


def _export(session: Session, words: argparse.Namespace) -> None:
    target = Path(words.file)
    if not target.name:
        raise Refused("file_name_unusable", "file")
    if words.format and target.suffix.lower() != f".{words.format}":
        target = target.with_name(f"{target.name}.{words.format}")
    wanted, sort = wanted_leads(session, words), sorted_by(words.sort)
    written = exports.export_leads(session.desk, target, wanted=wanted, sort=sort, overwrite=words.force)
    session.show({"file": str(target), "leads": written}, [f"{written} leads written to {target}."])


COMMANDS: Mapping[str, Callable[[Session, argparse.Namespace], None]] = {
    "import": _import,
    "export": _export,
}
